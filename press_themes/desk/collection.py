"""A run's passages packed for the desk: columns in few bytes, the same for a cell and for a page.

What other rooms know (phrases, palette, estimates) is handed in.
"""

from __future__ import annotations

import base64
import gzip
import json
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from press_themes.desk.search import COMPONENT, read_rules

#: The topic of passages outside every topic.
OUTSIDE = -1
#: Parts of the component, in order; they are put together, so that nothing is fetched.
_PARTS = ("search", "map", "model", "counts", "desk", "judging", "start")
_KINDS = {"f4": "<f4", "u1": "u1", "i4": "<i4", "u4": "<u4"}
_BORNE, _NEAR = 1, 2


class Parts(NamedTuple):
    """The tables of a run that the desk shows.

    Attributes
    ----------
    articles : DataFrame
        ``article_id, title, outlet, date, url``, and ``story_id`` or ``family_id``.
    passages : DataFrame
        ``passage_id, article_id, position, text, language, topic, topic_strength, x, y``.
    theme_scores : DataFrame
        ``passage_id, theme, score, assigned``, and ``near_miss`` where it is known.
    themes, topics : DataFrame
        ``theme, label, color`` and ``topic, label``.
    """

    articles: pd.DataFrame
    passages: pd.DataFrame
    theme_scores: pd.DataFrame
    themes: pd.DataFrame
    topics: pd.DataFrame


@dataclass(frozen=True)
class Handed:
    """What the desk is given by those who know it.

    Attributes
    ----------
    language : str
        Language of phrases and numbers.
    phrases : dict
        By key a phrase, or a list of two: for one and for several.
    palette : list of str
        Colours of topics, outlets and languages, the largest first.
    grey : str
        Colour of all others.
    estimates : dict
        ``themes`` and ``differences``: rows that the run has measured, as `list_rows` gives them.
    fewest_stories : int
        Below so many stories a number is called uncertain.
    """

    language: str = "en"
    phrases: dict[str, Any] = field(default_factory=dict)
    palette: tuple[str, ...] = ("#004DE1", "#C77900", "#B80058", "#00734D", "#7A3E9D", "#00727A")
    grey: str = "#6E6E6E"
    estimates: dict[str, Any] = field(default_factory=lambda: {"themes": [], "differences": []})
    fewest_stories: int = 5


def pack_collection(parts: Parts, handed: Handed = Handed()) -> dict[str, Any]:
    """Pack the tables of a run for the desk.

    Parameters
    ----------
    parts : Parts
        The tables.
    handed : Handed
        What other rooms know.

    Returns
    -------
    dict
        Ready for JSON. Rows are in the order of `parts.passages`; texts are composed (NFC).
    """
    articles = parts.articles.reset_index(drop=True)
    themes = parts.themes.reindex(columns=["theme", "label", "color"])
    story = "story_id" if "story_id" in articles else "family_id"
    languages, spoken = pd.factorize(parts.passages["language"].fillna("und"), sort=True)
    return {
        "format": 1,
        "language": handed.language,
        "phrases": handed.phrases,
        "palette": list(handed.palette),
        "grey": handed.grey,
        "fewest_stories": handed.fewest_stories,
        "rules": read_rules(),
        "languages": [str(code) for code in spoken],
        "articles": {
            "id": articles["article_id"].astype(str).tolist(),
            "title": _texts(articles["title"]),
            "outlet": _texts(articles["outlet"]),
            "date": _days(articles["date"]),
            "url": _texts(articles["url"]),
            "story": pd.factorize(articles[story].fillna(articles["article_id"]))[0].tolist(),
        },
        "passages": _pack_passages(parts, articles, themes["theme"].tolist(), languages),
        "themes": list_rows(themes),
        "topics": list_rows(parts.topics[["topic", "label"]]),
        "estimates": handed.estimates,
        "judgements": [],
        "queue": [],
        "ledger": [],
        "writes": False,
        "can_run": False,
        "most_nearest": 0,
    }


def list_rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    """List the rows of a table for JSON; what is not a number or a text there is None."""
    rows: list[dict[str, Any]] = json.loads(table.to_json(orient="records", date_format="iso"))
    return rows


def pack_array(values: np.ndarray, kind: str) -> dict[str, str]:
    """Pack numbers as base64: ``f4``, ``u1``, ``i4`` or ``u4``, the least byte first."""
    content = np.ascontiguousarray(values, dtype=_KINDS[kind]).tobytes()
    return {"kind": kind, "data": base64.b64encode(content).decode("ascii")}


def encode_payload(payload: dict[str, Any]) -> bytes:
    """Write a payload as bytes of JSON."""
    return json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def read_component() -> str:
    """Return the component as one ES module, with its style."""
    style = json.dumps((COMPONENT / "desk.css").read_text(encoding="utf-8"))
    parts = [(COMPONENT / f"{name}.js").read_text(encoding="utf-8") for name in _PARTS]
    return "\n".join([f"const STYLE = {style};", *parts])


def pack_data(payload: dict[str, Any]) -> str:
    """Write a payload as a page holds it: gzip as base64, of equal collections the same."""
    # Without a time, so that equal collections give equal pages.
    return base64.b64encode(gzip.compress(encode_payload(payload), mtime=0)).decode("ascii")


def embed_component(payload: dict[str, Any], name: str = "desk") -> str:
    """Return HTML that shows a collection, read only, in a page that stands alone."""
    data = pack_data(payload)
    code = read_component().replace("</", "<\\/")
    return (
        f'<div id="{name}"></div>\n'
        f'<script type="text/plain" id="{name}-data">{data}</script>\n'
        f'<script type="module">{code}\n'
        f'mount(document.getElementById("{name}"), '
        f'readEmbedded(document.getElementById("{name}-data")));</script>\n'
    )


def _pack_passages(
    parts: Parts, articles: pd.DataFrame, themes: list[str], languages: np.ndarray
) -> dict[str, Any]:
    passages = parts.passages
    place = pd.Index(articles["article_id"]).get_indexer(passages["article_id"])
    scores = parts.theme_scores
    strength = _widen(scores, "score", passages, themes)
    bears = np.where(_widen(scores, "assigned", passages, themes) == 1, _BORNE, 0)
    if "near_miss" in scores:
        near = _widen(scores, "near_miss", passages, themes) == 1
        bears = np.where(near & (bears == 0), _NEAR, bears)
    return {
        "id": passages["passage_id"].astype(str).tolist(),
        "text": _texts(passages["text"]),
        "article": pack_array(place, "u4"),
        "language": pack_array(languages, "u4"),
        "topic": pack_array(passages["topic"].to_numpy(), "i4"),
        "x": pack_array(passages["x"].to_numpy(dtype="float32"), "f4"),
        "y": pack_array(passages["y"].to_numpy(dtype="float32"), "f4"),
        # Four digits say all that a margin means, and zeros after them pack small.
        "strength": pack_array(_trim(strength), "f4"),
        "bears": pack_array(bears, "u1"),
    }


def _trim(values: np.ndarray) -> np.ndarray:
    """Round to a multiple of a power of two near a thousandth."""
    return np.round(values * 1024) / 1024


def _widen(
    scores: pd.DataFrame, values: str, passages: pd.DataFrame, themes: list[str]
) -> np.ndarray:
    """Return a value for each passage and theme, NaN where there is none."""
    wide = np.full((len(passages), len(themes)), np.nan, dtype="float32")
    row = pd.Index(passages["passage_id"]).get_indexer(scores["passage_id"])
    column = pd.Index(themes, dtype=object).get_indexer(pd.Index(scores["theme"]))
    known = (row >= 0) & (column >= 0)
    wide[row[known], column[known]] = scores[values].to_numpy(dtype="float32")[known]
    return wide


def _texts(values: Iterable[Any]) -> list[str]:
    return ["" if pd.isna(text) else unicodedata.normalize("NFC", str(text)) for text in values]


def _days(dates: pd.Series) -> list[str]:
    days = pd.to_datetime(dates, errors="coerce", format="ISO8601").dt.strftime("%Y-%m-%d")
    return days.astype(object).where(days.notna(), "").tolist()
