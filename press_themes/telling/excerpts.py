"""How much of the corpus is quoted: one limit for the list of passages, the examples and the figures.

Whoever sends a report on answers for what it quotes, so what is said of it must hold for all of it.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from press_themes.telling.charts.lettering import shorten

MOST_PASSAGES = 20_000
#: Bytes of text the list may hold for a passage, on average: a report must fit in a mail.
ROOM = 270
_ALWAYS_ROOM_FOR = 4_000
_FEWEST_CHARACTERS = 60


def choose_listed(passages: pd.DataFrame) -> pd.DataFrame:
    """Choose the passages that a report lists."""
    if len(passages) <= MOST_PASSAGES:
        return passages
    return passages.sort_values("passage_id", kind="stable").head(MOST_PASSAGES)


def fit_quotations(passages: pd.DataFrame, allowed: int) -> int:
    """Return how many characters of a passage are quoted, wherever it is quoted."""
    texts = choose_listed(passages)["text"]
    room = ROOM * max(len(texts), _ALWAYS_ROOM_FOR)
    limit = allowed
    while limit > _FEWEST_CHARACTERS:
        size = sum(len(text[:limit].encode()) for text in texts)
        if size <= room:
            break
        limit = max(_FEWEST_CHARACTERS, min(limit - 1, int(limit * room / size)))
    return limit


def measure_quoted(passages: pd.DataFrame, quoted: Iterable[str], characters: int) -> float:
    """Measure how much of the text of all passages is quoted."""
    texts = passages["text"].astype(str)
    whole = int(texts.str.len().sum())
    chosen = texts[passages["passage_id"].isin(set(quoted))]
    return sum(len(shorten(text, characters)) for text in chosen) / whole if whole else 0.0
