"""Sets of articles of which it is known, or can be judged, which tell one story.

Texts are read from ``../shared`` beside the repository, or from the corpus that ships; passages and
vectors are kept in the folder that the variable STORY_CACHE names, so that a bench starts quickly.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from press_themes.articles.passages import split_passages
from press_themes.articles.read import read_articles
from press_themes.identifiers import content_id, number_copies
from press_themes.stories.families import link_families
from press_themes.vectors.embeddings import embed_passages
from press_themes.vectors.encoders import load_encoder

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
PRESS = SHARED / "data" / "press"
# Whole articles of these sets would take an hour to embed on two cores.
_OPENING = 1_200
# The BBC numbers its pages as they come; of these the day is known. Set against them, the number in
# an address tells the day of an article to within a few days.
_NUMBERED = {
    "2018-07-08": 44_762_097, "2019-06-19": 48_681_755, "2019-12-16": 50_806_303,
    "2020-03-01": 51_697_533, "2020-07-14": 53_394_227, "2020-11-29": 55_126_633,
    "2021-05-17": 57_142_777, "2021-09-22": 58_660_823, "2021-12-26": 59_794_029,
    "2022-02-17": 60_412_188, "2022-06-03": 61_683_423,
}  # fmt: skip
_CACHE = os.environ.get("STORY_CACHE", "")


class StorySet(NamedTuple):
    """Articles with passages and vectors, and the story of each where it is known."""

    articles: pd.DataFrame
    passages: pd.DataFrame
    vectors: np.ndarray
    key: pd.Series


def load_set(name: str) -> StorySet:
    """Read a set, divide and embed it; the key is indexed by article_id and empty where unknown."""
    articles, key = _SOURCES[name]()
    order = articles["article_id"].sort_values().index
    articles = articles.loc[order].reset_index(drop=True)
    folder = Path(_CACHE) if _CACHE else None
    kept = folder / f"stories_{name}" if folder else None
    if kept and kept.with_suffix(".npy").exists():
        passages = pd.read_parquet(kept.with_suffix(".parquet"))
        return StorySet(articles, passages, np.load(kept.with_suffix(".npy")), key)
    encoder = load_encoder()
    passages = split_passages(articles, encoder)
    vectors = np.asarray(embed_passages(passages, encoder))
    if kept:
        passages.to_parquet(kept.with_suffix(".parquet"))
        np.save(kept.with_suffix(".npy"), vectors)
    return StorySet(articles, passages, vectors, key)


def _read_lines(
    path: Path, cluster: str, most: int | None = None
) -> tuple[pd.DataFrame, pd.Series]:
    """Read a set in JSON lines; `cluster` is the field that says which story, if there is one."""
    if not path.exists():
        raise SystemExit(f"{path} is missing.")
    rows = [json.loads(line) for line in path.read_text("utf-8").split("\n") if line.strip()]
    return _as_articles(rows, [str(row.get(cluster) or "") for row in rows], most)


def _as_articles(
    rows: list[dict[str, Any]], stories: list[str], most: int | None
) -> tuple[pd.DataFrame, pd.Series]:
    titles = [" ".join(str(row.get("title") or "").split()) for row in rows]
    bodies = ["\n\n".join(p.strip() for p in row["text"][:most].split("\n\n")) for row in rows]
    ids = [content_id(t, b) for t, b in zip(titles, bodies, strict=True)]
    dates = [row.get("date") or _day_of(str(row.get("url") or "")) for row in rows]
    table = pd.DataFrame(
        {
            "article_id": number_copies(ids),
            "title": titles,
            "title_derived": [not title for title in titles],
            "body": bodies,
            "date": pd.to_datetime(pd.Series(dates, dtype="object"), format="ISO8601"),
            "outlet": [row.get("outlet") for row in rows],
            "language": [row["language"] for row in rows],
            "url": [row.get("url") for row in rows],
            "truncated": False,
        }
    )
    table["n_chars"] = table["body"].str.len()
    table = table.join(link_families(table, table["body"].tolist()))
    return table, pd.Series(stories, index=table["article_id"])


def _day_of(url: str) -> str | None:
    """Return the day of a numbered page, if its number lies among the known ones."""
    found = re.search(r"-(\d{8})$", url)
    numbers = list(_NUMBERED.values())
    if found is None or not numbers[0] <= int(found[1]) <= numbers[-1]:
        return None
    days = pd.to_datetime(list(_NUMBERED)).astype("datetime64[s]").astype("int64")
    second = np.interp(int(found[1]), numbers, days)
    return str(pd.Timestamp(int(second), unit="s").date())


def _read_corpus(with_all_versions: bool) -> tuple[pd.DataFrame, pd.Series]:
    """Read the digests that ship; the story is the file's name before its language."""
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder) / "corpus"
        shutil.copytree(ROOT / "corpus", corpus)
        for path in (ROOT / "tests/data/parallel").glob("*.md") if with_all_versions else []:
            shutil.copyfile(path, corpus / "articles" / path.name)
        articles = read_articles(corpus).articles
    return articles, articles.set_index("article_id")["path"].str.extract(r"([^/]+)\.\w\w\.md$")[0]


def _read_seeds() -> tuple[pd.DataFrame, pd.Series]:
    articles = read_articles(SHARED / "seeds").articles
    return articles, pd.Series(articles["article_id"].tolist(), index=articles["article_id"])


_SOURCES: dict[str, Callable[[], tuple[pd.DataFrame, pd.Series]]] = {
    "corpus": lambda: _read_corpus(False),
    "corpus_all": lambda: _read_corpus(True),
    "look_alikes": lambda: _read_lines(ROOT / "tests/data/stories/look_alikes.jsonl", "story"),
    "seeds": _read_seeds,
    "ntrex": lambda: _read_lines(PRESS / "ntrex_articles.jsonl", "cluster"),
    "thirds": lambda: _read_lines(PRESS / "ntrex_thirds.jsonl", "cluster"),
    "incidents": lambda: _read_lines(PRESS / "aiid-blog/incidents.jsonl", "cluster"),
    "posts": lambda: _read_lines(PRESS / "aiid-blog/posts.jsonl", "cluster"),
    "memos": lambda: _read_lines(PRESS / "ota-memos/articles.jsonl", "cluster"),
    "german": lambda: _read_lines(PRESS / "10kgnad-test/articles.jsonl", ""),
    "swahili": lambda: _read_lines(PRESS / "masakhanews_sw.jsonl", "", _OPENING),
    "hausa": lambda: _read_lines(PRESS / "masakhanews_ha.jsonl", "", _OPENING),
    "amharic": lambda: _read_lines(PRESS / "masakhanews_am.jsonl", "", _OPENING),
}
