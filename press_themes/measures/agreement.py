"""How far several coders agree on what passages bear, and where they do not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd

#: Texts judged by two or more coders below which no agreement is said.
FEWEST_DOUBLE = 10
_RESAMPLES = 2_000
#: The row that takes all themes together.
ALL = ""
COLUMNS = [
    "theme",
    "n_coders",
    "n_double",
    "n_differing",
    "agreement",
    "alpha",
    "alpha_low",
    "alpha_high",
]
DISAGREEMENT_COLUMNS = ["id", "kind", "theme", "said_yes", "said_no", "adjudicated"]


class Agreement(NamedTuple):
    """What coders share.

    Attributes
    ----------
    agreement : DataFrame
        One row for all themes together (``theme`` is "") and one a theme: ``n_coders``,
        ``n_double`` (passages, or pairs of passage and theme, judged by two or more),
        ``n_differing`` (of these, judged differently), ``agreement`` (share of pairs of judgements
        of the same that are alike), Krippendorff's ``alpha`` with ``alpha_low`` and ``alpha_high``
        (95 %). NaN with fewer than ten double judgements, or where all say the same, so that alpha
        is undefined. Empty without double judgements.
    disagreements : DataFrame
        One row a passage and theme judged differently: ``id, kind, theme, said_yes, said_no`` (the
        coders, commas between), ``adjudicated`` ("yes", "no" or "").
    """

    agreement: pd.DataFrame
    disagreements: pd.DataFrame


def measure_agreement(judgements: pd.DataFrame, themes: Iterable[str], seed: int = 0) -> Agreement:
    """Measure how far coders agree.

    Parameters
    ----------
    judgements : DataFrame
        Every judgement, from `read_labels`: ``id, kind, theme, label, coder, adjudicated``. Those
        without a coder's name count as one coder's; adjudicated ones are nobody's.
    themes : iterable of str
        Identifiers of the codebook.
    seed : int
        Seed of the resampling.

    Returns
    -------
    Agreement
        Two tables.

    Notes
    -----
    Alpha for nominal data (Krippendorff, "Content Analysis", 4th ed. 2019, chapter 12). Its
    interval comes from resampling passages, each with all its judgements, since those on several
    themes of one passage are not independent (Zapf et al. 2016, doi:10.1186/s12874-016-0200-9).
    """
    own = judgements[~judgements["adjudicated"].astype(bool)]
    keys = ["id", "kind", "theme"]
    units = own.groupby(keys, sort=True)["label"].agg(n_yes="sum", n="size").reset_index()
    units = units[units["n"] > 1].reset_index(drop=True)
    if units.empty:
        empty = pd.DataFrame(columns=DISAGREEMENT_COLUMNS)
        return Agreement(pd.DataFrame(columns=COLUMNS), empty)
    rows = []
    for theme in [ALL, *themes]:
        chosen = units if theme == ALL else units[units["theme"] == theme]
        said = own if theme == ALL else own[own["theme"] == theme]
        rows.append((theme, said["coder"].nunique(), *_measure(chosen, seed)))
    table = pd.DataFrame(rows, columns=COLUMNS)
    return Agreement(table, _list_disagreements(judgements, units, keys))


def _measure(units: pd.DataFrame, seed: int) -> tuple[int, int, float, float, float, float]:
    yes = units["n_yes"].to_numpy(dtype=float)
    no = units["n"].to_numpy(dtype=float) - yes
    differing = int(((yes > 0) & (no > 0)).sum())
    if len(units) < FEWEST_DOUBLE:
        return len(units), differing, np.nan, np.nan, np.nan, np.nan
    n = yes + no
    alike = float((yes * (yes - 1) + no * (no - 1)).sum() / (n * (n - 1)).sum())
    if not yes.any() or not no.any():
        return len(units), differing, alike, np.nan, np.nan, np.nan
    passage, _ = pd.factorize(units["id"], sort=True)
    counts = np.column_stack([yes * no / (n - 1), yes, no])
    low, high = _resample(counts, passage, seed)
    return len(units), differing, alike, _alpha(*counts.sum(axis=0)), low, high


def _alpha(apart: float, yes: float, no: float) -> float:
    """Return alpha of yes and no: 1 less what differs over what would by chance (Krippendorff 2004)."""
    return float(1 - (yes + no - 1) * apart / (yes * no))


def _resample(counts: np.ndarray, passage: np.ndarray, seed: int) -> tuple[float, float]:
    """Return the interval of alpha, from sums over passages drawn with replacement."""
    sums = np.zeros((passage.max() + 1, counts.shape[1]))
    np.add.at(sums, passage, counts)
    n_passages = len(sums)
    even = np.full(n_passages, 1 / n_passages)
    times = np.random.default_rng(seed).multinomial(n_passages, even, _RESAMPLES)
    apart, yes, no = (times @ sums).T
    defined = (yes > 0) & (no > 0)
    alphas = 1 - (yes + no - 1)[defined] * apart[defined] / (yes * no)[defined]
    low, high = np.quantile(alphas, [0.025, 0.975])
    return float(low), float(high)


def _list_disagreements(
    judgements: pd.DataFrame, units: pd.DataFrame, keys: list[str]
) -> pd.DataFrame:
    differing = units.loc[(units["n_yes"] > 0) & (units["n_yes"] < units["n"]), keys]
    rows = []
    for key, own in judgements.merge(differing, on=keys).groupby(keys, sort=True):
        decided = own[own["adjudicated"].astype(bool)]["label"].tolist()[-1:]
        said = own[~own["adjudicated"].astype(bool)]
        coders = (", ".join(sorted(said.loc[said["label"] == label, "coder"])) for label in (1, 0))
        answer = {True: "yes", False: "no"}[bool(decided[0])] if decided else ""
        rows.append((*key, *coders, answer))
    return pd.DataFrame(rows, columns=DISAGREEMENT_COLUMNS)
