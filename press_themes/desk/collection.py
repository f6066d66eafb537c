"""A run as one table of passages to explore, whatever the size of the corpus.

A finished run is read as it was written, even by a later version; a bare corpus is analysed first.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from press_themes.errors import InputError
from press_themes.identifiers import name_corpus
from press_themes.runs.folder import read_run

#: The topic of passages outside every topic.
OUTSIDE = -1
_ARTICLE = ["article_id", "title", "outlet", "date", "url", "family_id"]
_MARKS = re.compile("[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u0640\u0591-\u05c7]")


class Collection(NamedTuple):
    """What `explore` works on.

    Attributes
    ----------
    passages : DataFrame
        One row a passage, numbered from 0: the columns of ``passages.parquet`` with ``title,
        outlet, date, url, family_id`` of its article; ``date`` is NaT and ``outlet`` "" where
        not stated.
    folded : ndarray of object, shape (n_passages,)
        The texts without case, accents and vowel signs, for searching words.
    scores : DataFrame
        A column a theme, rows as in `passages`: margins in cosine.
    bears, near : ndarray of bool, shape (n_passages, n_themes)
        Whether the passage bears the theme, or just misses it.
    themes, topics : DataFrame
        ``theme, label, color`` and ``topic, label``.
    vectors : ndarray of float32, shape (n_passages, n_dimensions)
        Aligned vectors of unit length, rows as in `passages`.
    shifts : DataFrame
        ``language, shift``: what was taken from the vectors of each language.
    facts : dict
        ``name, title, language, encoder, corpus, folder``.
    """

    passages: pd.DataFrame
    folded: np.ndarray
    scores: pd.DataFrame
    bears: np.ndarray
    near: np.ndarray
    themes: pd.DataFrame
    topics: pd.DataFrame
    vectors: np.ndarray
    shifts: pd.DataFrame
    facts: dict[str, Any]


class Parts(NamedTuple):
    """The tables of a run that are explored, as a run folder holds them."""

    articles: pd.DataFrame
    passages: pd.DataFrame
    theme_scores: pd.DataFrame
    themes: pd.DataFrame
    topics: pd.DataFrame


def open_collection(where: str | Path) -> Collection:
    """Open a run, or a corpus, to explore it."""
    place = Path(where)
    if not place.exists():
        raise InputError(
            place, "does not exist", "make the run first, or name a folder of articles"
        )
    read = _read_finished if (place / "run.json").exists() else _analyse
    return read(place)


def collect_passages(
    parts: Parts, vectors: np.ndarray, shifts: pd.DataFrame, facts: dict[str, Any]
) -> Collection:
    """Join the tables of a run into a collection."""
    passages = parts.passages.reset_index(drop=True)
    owners = parts.articles[_ARTICLE].set_index("article_id")
    passages = passages.join(owners, on="article_id")
    for column in ("title", "outlet", "url"):
        passages[column] = passages[column].astype(object).where(passages[column].notna(), "")
    names = parts.themes["theme"].tolist()
    scores = _widen(parts.theme_scores, "score", passages, names).astype("float32")
    bears = _widen(parts.theme_scores, "assigned", passages, names) == 1
    near = np.zeros(bears.shape, dtype=bool)
    if "near_miss" in parts.theme_scores:
        near = (_widen(parts.theme_scores, "near_miss", passages, names) == 1).to_numpy()
    return Collection(
        passages,
        fold_texts(passages["text"].tolist()),
        scores,
        bears.to_numpy(),
        near,
        parts.themes[["theme", "label", "color"]],
        parts.topics[["topic", "label"]],
        vectors,
        shifts,
        facts,
    )


def fold_texts(texts: list[str]) -> np.ndarray:
    """Take case, accents and vowel signs out of texts."""
    # As one string, because a call for each of a million texts takes minutes.
    joined = "\0".join(text.replace("\0", " ") for text in texts)
    folded = _MARKS.sub("", unicodedata.normalize("NFKD", joined).casefold())
    return np.array(folded.split("\0") if texts else [], dtype=object)


def _widen(
    scores: pd.DataFrame, values: str, passages: pd.DataFrame, names: list[str]
) -> pd.DataFrame:
    wide = scores.assign(**{values: scores[values].astype("float32")})
    wide = wide.pivot(index="passage_id", columns="theme", values=values)
    return wide.reindex(index=passages["passage_id"], columns=names).reset_index(drop=True)


def _read_finished(folder: Path) -> Collection:
    """Read what lies in the folder: a run is explored as it is, not as it would be now."""
    from press_themes.runs.results import read_stored
    from press_themes.stages import STAGES

    content = read_run(folder)
    parts = Parts(*(read_stored(STAGES, folder, content, name) for name in Parts._fields))
    vectors = read_stored(STAGES, folder, content, "aligned")
    shifts = read_stored(STAGES, folder, content, "alignment")
    facts = {
        "name": folder.resolve().name,
        "title": content["title"],
        "language": content["language"],
        "encoder": content["configuration"]["encoder"],
        "corpus": Path(content["corpus"]),
        "folder": folder.resolve(),
    }
    return collect_passages(parts, vectors, shifts, facts)


def _analyse(corpus: Path) -> Collection:
    """Run a corpus into a folder that is gone afterwards, and read that."""
    from press_themes.configuration import read_configuration
    from press_themes.face import make_run

    with TemporaryDirectory() as aside:
        configuration = read_configuration(corpus)
        folder = make_run(configuration, Path(aside) / "run", with_notebooks=False).folder
        collection = _read_finished(folder)
    facts = {"name": name_corpus(configuration.corpus), "folder": None}
    return collection._replace(facts={**collection.facts, **facts})
