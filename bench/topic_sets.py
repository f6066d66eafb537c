"""Sets of press on which topics are measured, as passages with vectors that carry what is known of them.

Read from shared/data beside the repository; the corpus that ships and a set of our own in thirteen languages
lie in it. Nothing is kept but the vectors, in the encoder's own cache.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import yaml

from press_themes.articles.passages import split_passages
from press_themes.articles.read import read_articles as read_corpus
from press_themes.identifiers import content_id
from press_themes.vectors.continued_alignment import align_languages
from press_themes.vectors.embeddings import embed_passages
from press_themes.vectors.encoders import load_encoder
from press_themes.vectors.parallel import embed_parallel_sentences
from press_themes.vectors.titles import align_titles, embed_titles

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"
SETS = ("masakhanews", "confounded", "ntrex", "10kgnad", "sib200", "corpus", "thirteen", "debate")
# Subjects that differ by language, so that a topic that follows one follows the other.
_CONFOUNDED = {
    "sw": {"sports", "health"},
    "ha": {"politics", "business", "sports"},
    "am": {"sports", "politics"},
}
_SIB200 = {
    "ar": "arb_Arab",
    "de": "deu_Latn",
    "en": "eng_Latn",
    "es": "spa_Latn",
    "fr": "fra_Latn",
    "zh": "zho_Hans",
}
_DEBATE_WORDS = 50_000
_DEBATE = "debate"


class Pressed(NamedTuple):
    """A set as the stage of topics receives it.

    Attributes
    ----------
    passages : DataFrame
        ``passage_id, article_id, position, text, language, label, sentence``: the label is a section,
        a story or a subject; equal sentences of one label translate each other.
    articles : DataFrame
        ``article_id, title, language``.
    embeddings, vectors : ndarray of float32, shape (n_passages, n_dimensions)
        Before and after languages were aligned.
    titles : DataFrame
        From `align_titles`.
    """

    passages: pd.DataFrame
    articles: pd.DataFrame
    embeddings: np.ndarray
    vectors: np.ndarray
    titles: pd.DataFrame


def read_set(name: str, step: int = 1) -> Pressed:
    """Read a set, every so-many-th article of it."""
    articles = _READERS[name]().iloc[::step].reset_index(drop=True)
    articles["article_id"] = articles["article_id"].astype(str)
    encoder = load_encoder()
    if name == "sib200":
        passages = articles.rename(columns={"body": "text"}).assign(position=0)
        passages["passage_id"] = passages["article_id"]
    else:
        passages = split_passages(articles, encoder)
        known = articles[["article_id", "language", "label", "sentence"]]
        passages = passages.drop(columns="language").merge(known, on="article_id")
    embeddings = embed_passages(passages, encoder)
    parallel = embed_parallel_sentences(passages, encoder)
    vectors, shifts = align_languages(embeddings, passages, parallel=parallel)
    titles = align_titles(embed_titles(articles, encoder), articles, shifts)
    return Pressed(passages, articles, embeddings, vectors, titles)


def _frame(rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    columns = ["article_id", "title", "body", "language", "label", "sentence"]
    return pd.DataFrame(rows, columns=columns)


def _read_lines(name: str) -> list[dict[str, Any]]:
    text = (DATA / "press" / f"{name}.jsonl").read_text("utf-8")
    return [json.loads(line) for line in text.split("\n") if line]


def _read_masakhanews() -> pd.DataFrame:
    rows = []
    for language in _CONFOUNDED:
        for number, own in enumerate(_read_lines(f"masakhanews_{language}")):
            label = own["category"]
            identifier = f"{language}{number:05d}"
            rows.append((identifier, own["title"], own["text"], language, label, ""))
    return _frame(rows)


def _read_confounded() -> pd.DataFrame:
    articles = _read_masakhanews()
    pairs = zip(articles["label"], articles["language"], strict=True)
    return articles[[label in _CONFOUNDED[language] for label, language in pairs]]


def _read_ntrex() -> pd.DataFrame:
    rows = []
    for number, own in enumerate(_read_lines("ntrex_articles")):
        label = own.get("event") or own["cluster"]
        identifier = f"ntrex{number:05d}"
        rows.append((identifier, own["title"], own["text"], own["language"], label, own["cluster"]))
    return _frame(rows)


def _read_10kgnad() -> pd.DataFrame:
    lines = enumerate(_read_lines("10kgnad-test/articles"))
    return _frame(
        [(f"gnad{n:05d}", "", own["text"], "de", own["labels"][0], "") for n, own in lines]
    )


def _read_sib200() -> pd.DataFrame:
    rows = []
    for language, name in _SIB200.items():
        table = pd.read_csv(DATA / "sib200" / f"{name}.tsv", sep="\t", quoting=3)
        rows += [
            (content_id(text, language), "", text, language, category, str(number))
            for number, category, text in table[["index_id", "category", "text"]].to_numpy()
        ]
    return _frame(rows)


def _read_shipped() -> pd.DataFrame:
    articles = read_corpus(ROOT / "corpus")[0]
    story = articles["path"].str.extract(r"([^/]+)\.\w\w\.\w+$")[0]
    return articles.assign(label=story, sentence=story)


def _read_thirteen() -> pd.DataFrame:
    text = Path(__file__).with_name("thirteen_languages.yml").read_text("utf-8")
    rows = [
        (f"{language}-{subject}-{number}", "", body, language, subject, "")
        for language, subjects in yaml.safe_load(text).items()
        for subject, bodies in subjects.items()
        for number, body in enumerate(bodies)
    ]
    return _frame(rows)


def _read_debate() -> pd.DataFrame:
    """Politics of many articles as one text of 50,000 words, beside 16 articles on four stories."""
    politics = [
        own["text"]
        for own in _read_lines("10kgnad-test/articles")
        if own["labels"][0] in ("Inland", "International")
    ]
    # The speeches of a debate are paragraphs; a line of the set is one block.
    words = np.cumsum([len(text.split()) for text in politics])
    body = "\n\n".join(politics[: int((words < _DEBATE_WORDS).sum()) + 1])
    stories = _read_ntrex()
    stories = stories[stories["language"].isin(["de", "en", "es", "fr"])]
    chosen = sorted(stories["label"].unique())[:4]
    debate = _frame([("debate", "", body, "de", _DEBATE, "")])
    return pd.concat([debate, stories[stories["label"].isin(chosen)]], ignore_index=True)


_READERS = {
    "masakhanews": _read_masakhanews,
    "confounded": _read_confounded,
    "ntrex": _read_ntrex,
    "10kgnad": _read_10kgnad,
    "sib200": _read_sib200,
    "corpus": _read_shipped,
    "thirteen": _read_thirteen,
    "debate": _read_debate,
}
