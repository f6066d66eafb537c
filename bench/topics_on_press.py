"""Topics on real press in several languages: whether they follow the subject or the language.

MasakhaNEWS in Swahili, Hausa and Amharic, whole and with subjects that differ by language, and the
stories of NTREX-128 in eight, at each level, beside plain BERTopic. Run: python bench/topics_on_press.py
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.metrics import adjusted_mutual_info_score, normalized_mutual_info_score

from press_themes.articles.passages import split_passages
from press_themes.topics.topics import LEVEL_COLUMNS, discover_topics
from press_themes.vectors.alignment import align_languages
from press_themes.vectors.embeddings import embed_passages
from press_themes.vectors.encoders import load_encoder
from press_themes.vectors.parallel import embed_parallel_sentences
from press_themes.vectors.titles import embed_titles

FOLDER = Path(__file__).resolve().parent.parent.parent / "shared" / "data" / "press"
CONFOUNDED = {
    "sw": {"sports", "health"},
    "ha": {"politics", "business", "sports"},
    "am": {"sports", "politics"},
}


def run_plain_bertopic(passages: pd.DataFrame, embeddings: np.ndarray, seed: int) -> np.ndarray:
    """Return the topics of BERTopic with its own defaults, but for a seed."""
    from bertopic import BERTopic
    from bertopic.backend import BaseEmbedder
    from umap import UMAP

    # BERTopic's own UMAP settings; it has none for the seed.
    reducer = UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=seed)
    model = BERTopic(embedding_model=BaseEmbedder(), umap_model=reducer)
    return np.array(model.fit_transform(passages["text"].tolist(), embeddings)[0])


def read_articles(kind: str, step: int) -> pd.DataFrame:
    """Read every so-many-th article, with ``article_id, title, body, language, category``."""
    names = ["ntrex_articles"] if kind == "ntrex" else [f"masakhanews_{x}" for x in CONFOUNDED]
    rows = []
    for name in names:
        for number, line in enumerate((FOLDER / f"{name}.jsonl").read_text("utf-8").splitlines()):
            own = json.loads(line)
            label = own.get("category") or own.get("event") or own["cluster"]
            identifier = f"{name}-{number:05d}"
            rows.append((identifier, own["title"], own["text"], own["language"], label))
    columns = ["article_id", "title", "body", "language", "category"]
    articles = pd.DataFrame(rows, columns=columns)
    if kind == "confounded":
        pairs = zip(articles["category"], articles["language"], strict=True)
        articles = articles[[category in CONFOUNDED[language] for category, language in pairs]]
    return articles.iloc[::step].reset_index(drop=True)


def score(passages: pd.DataFrame, topics: np.ndarray) -> dict[str, float]:
    """Score topics: information on language, agreement of articles with categories, sport together."""
    placed = topics >= 0
    language = passages["language"].to_numpy()
    table = passages.assign(topic=topics)
    most = table[placed].groupby("article_id")["topic"].agg(lambda own: own.value_counts().index[0])
    articles = table.drop_duplicates("article_id").set_index("article_id")
    of_article = most.reindex(articles.index).fillna(-1)
    shares = pd.crosstab(topics, language, normalize="index").max(axis="columns")
    together = shares.index[(shares <= 0.95) & (shares.index >= 0)]
    sport = table[table["category"] == "sports"]
    return {
        "topics": len(np.unique(topics[placed])),
        "outliers": float((~placed).mean()),
        "nmi_language": normalized_mutual_info_score(language[placed], topics[placed]),
        "ami_articles": adjusted_mutual_info_score(articles["category"], of_article),
        "sport_together": float(sport["topic"].isin(together).mean()),
    }


def main() -> None:
    """Print one row for plain BERTopic and one for each level."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--step", type=int, default=1, help="read every so-many-th article")
    step = parser.parse_args().step
    if not FOLDER.is_dir():
        sys.exit("The press is not beside the repository (../shared/data/press): nothing measured.")
    encoder = load_encoder()
    for kind in ("masakhanews", "confounded", "ntrex"):
        articles = read_articles(kind, step)
        passages = split_passages(articles, encoder)
        passages = passages.drop(columns="language").merge(
            articles[["article_id", "language", "category"]], on="article_id"
        )
        embeddings = embed_passages(passages, encoder)
        parallel = embed_parallel_sentences(passages, encoder)
        vectors, shifts = align_languages(embeddings, passages, parallel=parallel)
        titles = embed_titles(articles, encoder, shifts)
        found = discover_topics(passages, vectors, titles=titles).assignments
        rows = {"plain BERTopic": score(passages, run_plain_bertopic(passages, embeddings, 0))}
        rows |= {
            level: score(passages, found[column].to_numpy())
            for level, column in LEVEL_COLUMNS.items()
        }
        print(f"{kind}: {len(articles)} articles, {len(passages)} passages")
        print(pd.DataFrame(rows).T.round(3).to_string())


if __name__ == "__main__":
    main()
