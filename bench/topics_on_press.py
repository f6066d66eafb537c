"""Topics on real press: whether they follow the subject or the language, at each level.

Beside plain BERTopic on the same vectors, aligned and not. Writes results_topics.json and .md.
Run: python bench/topics_on_press.py [SET …]
"""

from __future__ import annotations

import argparse
import json
import sys
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from sklearn.metrics import adjusted_mutual_info_score, normalized_mutual_info_score
from topic_sets import DATA, SETS, Pressed, read_set

from press_themes.topics.topics import LEVEL_COLUMNS, discover_topics

RESULTS = Path(__file__).with_name("results_topics.json")
# A topic of which one language holds more than this is of that language.
_ALONE = 0.95
# A second story with this part of a topic's passages makes it one that mixes.
_MIXED = 0.25


def run_plain_bertopic(passages: pd.DataFrame, embeddings: np.ndarray, seed: int = 0) -> np.ndarray:
    """Return the topics of BERTopic with its own defaults, but for a seed."""
    from bertopic import BERTopic
    from bertopic.backend import BaseEmbedder
    from umap import UMAP

    # BERTopic's own UMAP settings; it has none for the seed.
    reducer = UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=seed)
    model = BERTopic(embedding_model=BaseEmbedder(), umap_model=reducer)
    return np.array(model.fit_transform(passages["text"].tolist(), embeddings)[0])


def score(passages: pd.DataFrame, topics: np.ndarray) -> dict[str, float]:
    """Score topics against languages, labels and translations.

    Returns
    -------
    dict of str to float
        ``ami`` of passages and ``ami_articles`` (by the topic of most passages of an article, none a
        group of its own) with the labels, and ``ami_LANGUAGE`` within one; ``nmi_language`` of the
        passages in topics; ``torn`` labels whose articles have different topics and ``mixed`` topics
        in which a second label has a quarter; ``pairs`` the share of translations of an article that
        have the same topic; ``sport_together``.
    """
    table = passages.assign(topic=topics)
    placed = topics >= 0
    language = table["language"]
    articles = table.drop_duplicates("article_id").set_index("article_id")
    most = table[placed].groupby("article_id")["topic"].agg(_most)
    articles["topic"] = most.reindex(articles.index).fillna(-1).astype(int)
    scores = {
        "topics": len(np.unique(topics[placed])),
        "outside": float((~placed).mean()),
        "ami": adjusted_mutual_info_score(table["label"], topics),
        "ami_articles": adjusted_mutual_info_score(articles["label"], articles["topic"]),
    }
    if articles["language"].nunique() > 1:
        scores["nmi_language"] = normalized_mutual_info_score(language[placed], topics[placed])
    counts = table[placed].groupby(["topic", "label"]).size()
    largest = counts.groupby("topic").transform(
        lambda own: own.rank(ascending=False, method="first")
    )
    share = counts / counts.groupby("topic").transform("sum")
    scores["mixed"] = int((share[largest == 2] >= _MIXED).sum())
    by_label = articles[articles["topic"] >= 0].groupby("label")["topic"].nunique()
    scores["torn"] = int((by_label > 1).sum())
    if articles["sentence"].astype(bool).any():
        scores |= _score_translations(articles)
    if "sports" in set(table["label"]):
        by_language = pd.crosstab(topics, language, normalize="index").max(axis="columns")
        together = by_language.index[(by_language <= _ALONE) & (by_language.index >= 0)]
        sport = table[table["label"] == "sports"]
        scores["sport_together"] = float(sport["topic"].isin(together).mean())
        for code, own in articles.groupby("language"):
            scores[f"ami_{code}"] = adjusted_mutual_info_score(own["label"], own["topic"])
    return scores


def _most(values: pd.Series) -> int:
    counts = values.value_counts()
    return int(min(counts[counts == counts.max()].index))


def _score_translations(articles: pd.DataFrame) -> dict[str, float]:
    wide = articles.pivot_table(
        index="sentence", columns="language", values="topic", aggfunc="first"
    )
    same = both = pairs = 0
    for left, right in combinations(wide.columns, 2):
        known = wide[[left, right]].dropna()
        placed = (known >= 0).all(axis=1)
        pairs, both = pairs + len(known), both + int(placed.sum())
        same += int((placed & (known[left] == known[right])).sum())
    return {"pairs": same / max(both, 1), "pairs_strict": same / max(pairs, 1)}


def score_debate(passages: pd.DataFrame, topics: np.ndarray) -> dict[str, float]:
    """Say whether 16 articles keep topics of their own beside one long text."""
    table = passages.assign(topic=topics, long=passages["label"] == "debate")
    of_debate = table[topics >= 0].groupby("topic")["long"].mean()
    short = table[~table["long"]]
    alone = short["topic"].isin(of_debate.index[of_debate < 0.5])
    return {"own_topics": float(alone.mean()), "topics_of_debate": int((of_debate >= 0.5).sum())}


def measure(name: str, press: Pressed) -> dict[str, Any]:
    """Score plain BERTopic, on the vectors as they are and aligned, and each level of ours."""
    passages = press.passages
    found = discover_topics(passages, press.vectors, titles=press.titles)
    ways = {
        "plain BERTopic": run_plain_bertopic(passages, press.embeddings),
        "plain BERTopic, aligned": run_plain_bertopic(passages, press.vectors),
    } | {level: found.assignments[column].to_numpy() for level, column in LEVEL_COLUMNS.items()}
    rows = {}
    for way, topics in ways.items():
        rows[way] = score(passages, topics)
        if name == "debate":
            short = (passages["label"] != "debate").to_numpy()
            own = score(passages[short], topics[short])
            rows[way] = score_debate(passages, topics) | {"ami_articles": own["ami_articles"]}
    n_articles = passages["article_id"].nunique()
    return {"articles": n_articles, "passages": len(passages), "ways": rows}


def write_results(results: dict[str, Any]) -> None:
    """Write the results and a table of each."""
    kept = json.loads(RESULTS.read_text("utf-8")) if RESULTS.exists() else {}
    kept |= results
    text = json.dumps(kept, indent=1, sort_keys=True, default=float)
    RESULTS.write_text(text + "\n", encoding="utf-8")
    lines = ["# Topics on real press, measured", "", "Made by `python bench/topics_on_press.py`."]
    for name in [name for name in SETS if name in kept]:
        own = kept[name]
        table = pd.DataFrame(own["ways"]).T
        lines += ["", f"## {name}: {own['articles']} articles, {own['passages']} passages", ""]
        lines += ["| |" + "|".join(table.columns) + "|", "|---|" + "--:|" * len(table.columns)]
        for way, row in table.iterrows():
            cells = [f"{x:.0f}" if x == int(x) and x > 1 else f"{x:.3f}" for x in row.fillna(-1)]
            lines.append(f"|{way}|" + "|".join(cells) + "|")
    RESULTS.with_suffix(".md").write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Measure the sets asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="*", choices=[*SETS, []], default=list(SETS))
    parser.add_argument("--step", type=int, default=1, help="read every so-many-th article")
    options = parser.parse_args()
    if not DATA.is_dir():
        sys.exit("The press is not beside the repository (../shared/data): nothing measured.")
    results = {}
    for name in options.sets or SETS:
        press = read_set(name, options.step)
        results[name] = measure(name, press)
        print(name, len(press.articles), "articles", len(press.passages), "passages")
        print(pd.DataFrame(results[name]["ways"]).T.round(3).to_string(), flush=True)
    if options.step == 1:
        write_results(results)


if __name__ == "__main__":
    main()
