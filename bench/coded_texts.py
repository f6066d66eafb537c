"""Texts coded by hand for the themes of the codebook that ships, as passages with a key.

Some lie in shared/data beside the repository and are left out by name where that is absent.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from press_themes.themes.codebook_vectors import CodebookVectors
from press_themes.themes.reading_in_context import Reading, ThemeSettings, Titles, read_passages
from press_themes.vectors.embeddings import Encodes

BENCH = Path(__file__).resolve().parent
DATA = BENCH.parent.parent / "shared" / "data"
#: Sets by name: those of other sources, those drawn or made up and coded here, the corpus that ships.
SETS = ("unseen", "by hand", "made up again", "corpus")
YES, ARGUABLE, NO = 2, 1, 0
# Characters of a drawn text that its coder saw.
_CODED = 600


class Coded(NamedTuple):
    """Texts with their key.

    Attributes
    ----------
    passages : DataFrame
        ``passage_id, article_id, language, title, text, source``.
    key : ndarray of int, shape (n_passages, n_themes)
        2 borne, 1 arguable, 0 not borne.
    """

    passages: pd.DataFrame
    key: np.ndarray


def read_coded(name: str, themes: list[str]) -> Coded:
    """Read a set; an empty one, named on the error stream, where its texts are absent."""
    if name in ("unseen", "corpus"):
        rows = _read_lines(DATA / "themes_key" / f"{name}.jsonl")
    elif name == "made up again":
        rows = _read_table("made_up_again.tsv", {})
    else:
        drawn = {}
        for path in ("aiid-blog/incidents", "ota-memos/articles", "10kgnad-test/articles"):
            drawn |= {str(row["id"]): row for row in _read_lines(DATA / "press" / f"{path}.jsonl")}
        rows = _read_table("made_up.tsv", {}) + _read_table("drawn.tsv", drawn)
    frame = pd.DataFrame(rows, columns=["passage_id", "language", "title", "text", "source", "key"])
    frame = frame.drop_duplicates("passage_id").reset_index(drop=True)
    of_title = frame["language"] + frame["title"]
    frame["article_id"] = of_title if name == "corpus" else frame["passage_id"]
    key = np.zeros((len(frame), len(themes)), int)
    for place, codes in enumerate(frame["key"]):
        for theme, code in codes.items():
            key[place, themes.index(theme)] = code
    return Coded(frame.drop(columns="key"), key)


def read_coded_texts(
    coded: Coded, book: CodebookVectors, encoder: Encodes, settings: ThemeSettings = ThemeSettings()
) -> Reading:
    """Read the themes of a set with its titles in view."""
    passages = coded.passages
    titled = passages[(passages["title"] != "") & ~passages["article_id"].duplicated()]
    titles = None
    if len(titled):
        vectors = encoder.encode(titled["title"].tolist())
        titles = Titles(titled["article_id"].to_numpy(dtype=str), vectors)
    return read_passages(
        passages, encoder.encode(passages["text"].tolist()), book, settings, titles
    )


def score_marks(key: np.ndarray, given: np.ndarray) -> tuple[float, float, float, int]:
    """Return precision, recall, F1 and how many marks are clear; the arguable count neither way."""
    right = int(((key == YES) & given).sum())
    wrong, missed = int(((key == NO) & given).sum()), int(((key == YES) & ~given).sum())
    precision, recall = right / max(right + wrong, 1), right / max(right + missed, 1)
    f1 = 2 * right / max(2 * right + wrong + missed, 1)
    return precision, recall, f1, right + missed


def _read_lines(path: Path) -> list[dict]:
    """Read a key or a set as rows; two coders agree on a clear yes, or one is sure."""
    if not path.is_file():
        print(f"left out, because it is absent: {path.name}", file=sys.stderr)
        return []
    rows = [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]
    for row in rows:
        row["passage_id"] = row.get("passage_id") or row["id"]
        row["source"], row["title"] = row.get("set", ""), row.get("title") or ""
        sums = {theme: sum(codes.values()) for theme, codes in (row.get("themes") or {}).items()}
        row["key"] = {t: YES if s >= 3 else ARGUABLE for t, s in sums.items() if s > 0}
    return rows


def _read_table(name: str, drawn: dict[str, dict]) -> list[dict]:
    table = pd.read_csv(BENCH / "read_by_hand" / name, sep="\t", dtype=str, keep_default_na=False)
    rows = []
    for row in table.to_dict("records"):
        text = row if "text" in row else drawn.get(row["id"])
        if text is None:
            continue
        codes = dict.fromkeys(row["clear"].replace("|", " ").split(), YES)
        codes |= dict.fromkeys(row["arguable"].replace("|", " ").split(), ARGUABLE)
        # What was drawn was coded by its beginning.
        whole = text["text"][:_CODED] if text is not row else text["text"]
        if text["title"]:
            whole = f"{text['title']}. {whole}"
        source = row.get("source", "made up")
        rows.append(
            {
                **row,
                "passage_id": row["id"],
                "text": whole,
                "source": source,
                "key": codes,
                "title": text["title"],
            }
        )
    return rows
