"""Press with categories as passages, with what the tool reads in them from definitions alone.

Read from shared/data beside the repository; a benchmark ends with one sentence where that is absent.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from press_themes.articles.passages import split_passages
from press_themes.themes.assignment import assign_themes
from press_themes.themes.codebook import Codebook, read_codebook
from press_themes.themes.codebook_vectors import CodebookVectors, embed_codebook
from press_themes.themes.reading_in_context import Reading, Titles, read_passages
from press_themes.vectors.embeddings import embed_passages
from press_themes.vectors.encoders import Encoder, load_encoder

BENCH = Path(__file__).resolve().parent
DATA = BENCH.parent.parent / "shared" / "data"
#: Passages of an article at most, evenly spread.
MOST_OF_ARTICLE = 4
_GNAD = {
    "Wirtschaft": "business",
    "Inland": "politics",
    "International": "politics",
    "Sport": "sports",
    "Etat": "media",
    "Kultur": "culture",
    "Wissenschaft": "science",
    "Web": "technology",
    "Panorama": "accidents_crime",
}
_MASAKHA = ("business", "entertainment", "health", "politics", "religion", "sports", "technology")
SETS = ("masakhanews_sw", "masakhanews_ha", "masakhanews_am", "10kgnad", "sib200")


class Press(NamedTuple):
    """A set of passages and what is read in them.

    Attributes
    ----------
    passages : DataFrame
        ``passage_id, article_id, story, language, text, category``.
    scores : DataFrame
        From `assign_themes`, in order of passage and theme.
    """

    passages: pd.DataFrame
    scores: pd.DataFrame


class Read(NamedTuple):
    """A set of passages with their vectors, a codebook of definitions and what it reads in them."""

    passages: pd.DataFrame
    embeddings: np.ndarray
    book: CodebookVectors
    reading: Reading


def score_press(name: str) -> Press:
    """Read, split and embed a set, and assign its themes by definitions in English.

    Parameters
    ----------
    name : {"masakhanews_sw", "masakhanews_ha", "masakhanews_am", "10kgnad", "sib200"}
        Of SIB-200 German, English and French, whose parallel sentences are one story.

    Returns
    -------
    Press
        The vectors come from the cache after the first time.
    """
    read = read_press(name, False, load_encoder())
    if read is None:
        sys.exit("the sets are not beside the repository (../shared/data): nothing measured.")
    titles = _embed_titles(read.passages, load_encoder())
    scores = assign_themes(read.passages, read.embeddings, read.book, titles=titles)
    order = ["passage_id", "theme"]
    return Press(
        read.passages.sort_values("passage_id", kind="stable").reset_index(drop=True),
        scores.sort_values(order, kind="stable").reset_index(drop=True),
    )


def read_press(name: str, in_own_language: bool, encoder: Encoder) -> Read | None:
    """Read a set by definitions in English alone, or in the languages of the set; None where absent."""
    if not DATA.is_dir():
        print(f"left out, because it is absent: {name}", file=sys.stderr)
        return None
    passages = _read_sentences() if name == "sib200" else _read_articles(name, encoder)
    themes = {"10kgnad": tuple(sorted(set(_GNAD.values()))), "sib200": ()}.get(name, _MASAKHA)
    file = "sib200_themes.yml" if name == "sib200" else "press_categories.yml"
    codebook = read_codebook(BENCH / file)
    spoken = set(passages["language"]) if in_own_language else {"en"}
    defined = codebook.texts[codebook.texts["kind"] == "definition"]
    if in_own_language and not spoken & set(defined["language"]):
        return None
    book = embed_codebook(_define(codebook, themes, spoken), encoder)
    vectors = _embed(passages, encoder)
    reading = read_passages(passages, vectors, book, titles=_embed_titles(passages, encoder))
    return Read(passages, vectors, book, reading)


def _embed_titles(passages: pd.DataFrame, encoder: Encoder) -> Titles | None:
    if "title" not in passages:
        return None
    titled = passages[(passages["title"] != "") & ~passages["article_id"].duplicated()]
    if titled.empty:
        return None
    vectors = encoder.encode(titled["title"].tolist())
    return Titles(titled["article_id"].to_numpy(dtype=str), vectors)


def _define(codebook: Codebook, themes: tuple[str, ...], spoken: set[str]) -> Codebook:
    """Keep the definitions in these languages."""
    texts = codebook.texts
    kept = texts[(texts["kind"] == "definition") & texts["language"].isin(spoken)]
    kept = kept[kept["theme"].isin(themes)] if themes else kept
    return Codebook(codebook.themes, kept.reset_index(drop=True))


def _read_sentences() -> pd.DataFrame:
    names = {"de": "deu_Latn", "en": "eng_Latn", "fr": "fra_Latn"}
    tables = [
        pd.read_csv(DATA / "sib200" / f"{file}.tsv", sep="\t", quoting=3).assign(language=language)
        for language, file in names.items()
    ]
    frame = pd.concat(tables, ignore_index=True)
    frame["passage_id"] = frame["language"] + frame["index_id"].map("{:05d}".format)
    category = frame["category"].str.replace("/", "_")
    frame = frame.assign(article_id=frame["passage_id"], category=category)
    return frame.rename(columns={"index_id": "story"})


def _read_articles(name: str, encoder: Encoder) -> pd.DataFrame:
    path = DATA / "press" / (f"{name}-test/articles" if name == "10kgnad" else name)
    lines = path.with_suffix(".jsonl").read_text("utf-8").split("\n")[:-1]
    rows = [json.loads(line) for line in lines]
    articles = pd.DataFrame(
        {
            "article_id": [f"{name}{number:05d}" for number in range(len(rows))],
            "title": [row["title"] for row in rows],
            "body": [row["text"] for row in rows],
            "language": [row["language"] for row in rows],
            "category": [row.get("category") or _GNAD[row["labels"][0]] for row in rows],
        }
    )
    passages = split_passages(articles, encoder)
    told = articles.set_index("article_id")[["category", "language", "title"]].fillna("")
    passages = passages.drop(columns="language").merge(told, on="article_id")
    number = passages.groupby("article_id").cumcount()
    size = passages.groupby("article_id")["article_id"].transform("size").clip(MOST_OF_ARTICLE)
    kept = number * MOST_OF_ARTICLE // size != (number - 1) * MOST_OF_ARTICLE // size
    return passages[kept].assign(story=passages["article_id"]).reset_index(drop=True)


def _embed(passages: pd.DataFrame, encoder: Encoder) -> np.ndarray:
    texts = "\n".join([encoder.identity, *passages["text"]])
    mark = hashlib.blake2b(texts.encode(), digest_size=8).hexdigest()
    folder = Path(os.environ.get("PRESS_THEMES_CACHE") or tempfile.gettempdir())
    kept = folder / f"press-{mark}.npy"
    if not kept.exists():
        folder.mkdir(parents=True, exist_ok=True)
        np.save(kept, embed_passages(passages, encoder), allow_pickle=False)
    return np.asarray(np.load(kept))
