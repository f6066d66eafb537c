"""The label sheet: a random sample of passages to judge, drawn with known chances.

What is unsure and what is rare is drawn more often, and each passage's chance is written beside it,
so that the answers say what holds for the whole corpus and not only for what was asked.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

COLUMNS = [
    "id",
    "themes",
    "coder",
    "language",
    "outlet",
    "date",
    "title",
    "text",
    "asked",
    "stratum",
    "probability",
    "drawn_from",
]
#: Share of the chances that is the same for every passage: whatever the codebook is sure of may be
#: wrong, and no judgement should stand for more than twice as many passages as another.
EVEN = 0.5


@dataclass(frozen=True)
class LabelSheetSettings:
    """How the passages of a label sheet are drawn.

    Attributes
    ----------
    passages : int
        Rows of the sheet at most.
    seed : int
        Seed of the draw.
    """

    passages: int = 50
    seed: int = 0


def draw_label_sheet(
    passages: pd.DataFrame,
    articles: pd.DataFrame,
    scores: pd.DataFrame,
    sample: pd.DataFrame,
    settings: LabelSheetSettings = LabelSheetSettings(),
) -> pd.DataFrame:
    """Draw the passages that an analyst should judge.

    Parameters
    ----------
    passages : DataFrame
        With ``passage_id``, ``article_id``, ``text``, ``language``.
    articles : DataFrame
        With ``article_id``, ``outlet``, ``date``, ``title``.
    scores : DataFrame
        From `assign_themes`: ``passage_id, theme, read, borne``, the reading before any judgement.
    sample : DataFrame
        From `read_labels`: what was drawn and judged already is not asked again.
    settings : LabelSheetSettings
        Number of passages and seed.

    Returns
    -------
    DataFrame
        One row a passage: ``id``, ``themes`` (empty: to be filled with all themes that the passage
        bears, semicolons between, or "none"), ``coder`` (empty: who judged), ``language, outlet,
        date, title, text``, ``asked`` (the themes of the codebook), ``stratum`` ("borne", "unsure",
        "not borne"), ``probability`` (chance to be drawn at each draw), ``drawn_from`` (how many
        different texts there were). The rows stand in the order of the draw: a longer sheet begins
        with the shorter one, and the first rows are a sample as well.

    Notes
    -----
    One answer for all themes of a passage takes hardly longer than one for a single theme, since
    reading it takes the time, and it tells of every theme. Chances follow the square root of the
    variance p(1 − p) of the reading, summed over the themes in proportion to what there is of each
    (Neyman 1934), so that rare themes are drawn more often; half of every chance is the same for
    all. The strata are certainty and language. Each text bears a random number that depends on its
    identifier alone: sequential Poisson sampling (Ohlsson 1998, Journal of Official Statistics 14),
    and the strata take turns as in systematic sampling, so that each has its part of every
    beginning of the sheet.
    """
    firsts, n_copies = _list_texts(passages)
    themes = sorted(scores["theme"].unique())
    if not len(firsts) or not themes:
        return pd.DataFrame(columns=COLUMNS)
    certainty, sizes = _size(passages["passage_id"].to_numpy()[firsts], scores, len(themes))
    sizes = sizes * n_copies
    texts = passages.iloc[firsts][["passage_id", "article_id", "text", "language"]].assign(
        stratum=certainty, probability=sizes / sizes.sum(), drawn_from=len(firsts)
    )
    judged = set(passages.loc[passages["passage_id"].isin(sample["passage_id"]), "text"])
    drawn = texts.iloc[_order_draws(texts, settings.seed)]
    drawn = drawn[~drawn["text"].isin(judged)].head(settings.passages)
    owners = articles[["article_id", "outlet", "date", "title"]]
    chosen = drawn.merge(owners, on="article_id", how="left").rename(columns={"passage_id": "id"})
    chosen["date"] = pd.to_datetime(chosen["date"]).dt.strftime("%Y-%m-%d").fillna("")
    chosen["probability"] = [float(f"{chance:.6g}") for chance in chosen["probability"]]
    chosen = chosen.assign(themes="", coder="", asked="; ".join(themes))[COLUMNS]
    filled = ["language", "outlet", "title"]
    chosen[filled] = chosen[filled].astype(object).where(chosen[filled].notna(), "")
    return chosen.reset_index(drop=True)


def _list_texts(passages: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Return a row for each different text, in order of identifier, and how many copies it has."""
    ordered = np.argsort(passages["passage_id"].to_numpy(dtype=str), kind="stable")
    codes, _ = pd.factorize(passages["text"].to_numpy(dtype=object)[ordered])
    _, first, copies = np.unique(codes, return_index=True, return_counts=True)
    return ordered[first], copies


def _size(names: np.ndarray, scores: pd.DataFrame, n_themes: int) -> tuple[np.ndarray, np.ndarray]:
    """Return how sure the reading of each text is, and how large its chances are beside others'."""
    place = pd.Series(np.arange(len(names)), index=names).reindex(scores["passage_id"]).to_numpy()
    known = ~np.isnan(place)
    rows, read = place[known].astype(int), scores["read"].to_numpy(dtype=np.float64)[known]
    theme, _ = pd.factorize(scores["theme"].to_numpy()[known], sort=True)
    doubt = read * (1 - read)
    of_theme = np.bincount(theme, doubt, n_themes)
    share = doubt / np.where(of_theme > 0, of_theme, 1.0)[theme]
    needs = np.sqrt(np.bincount(rows, share, len(names)))
    needs = needs / needs.mean() if needs.any() else np.ones(len(names))
    strongest = np.zeros(len(names))
    np.maximum.at(strongest, rows, read)
    borne = np.bincount(rows, scores["borne"].to_numpy(dtype=float)[known], len(names)) > 0
    nearest = strongest >= np.median(strongest[~borne]) if not borne.all() else borne
    certainty = np.where(borne, "borne", np.where(nearest, "unsure", "not borne"))
    return certainty, EVEN + (1 - EVEN) * needs


def _order_draws(texts: pd.DataFrame, seed: int) -> np.ndarray:
    """Order texts so that every beginning is a sample with chances in proportion to theirs."""
    stratum = (texts["stratum"] + "/" + texts["language"].astype(str)).to_numpy()
    chances = texts["probability"].to_numpy()
    turns = _draw_numbers(texts["passage_id"], seed) / chances
    order = np.lexsort((turns, stratum))
    names, starts, codes = np.unique(stratum[order], return_index=True, return_inverse=True)
    totals = np.bincount(codes, chances[order])
    ranks = np.arange(len(order)) - starts[codes]
    # A stratum's first turn comes at a random place of its round.
    waits = (ranks + _draw_numbers(names, seed)[codes]) / totals[codes]
    return order[np.argsort(waits, kind="stable")]


def _draw_numbers(names: Iterable[str], seed: int) -> np.ndarray:
    """Return a number between 0 and 1 for each name that depends on the name and the seed alone."""
    key = str(seed).encode()
    digests = b"".join(
        hashlib.blake2b(str(name).encode(), digest_size=8, key=key).digest() for name in names
    )
    return (np.frombuffer(digests, dtype="<u8") + 0.5) / 2.0**64
