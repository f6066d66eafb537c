"""What departs from expectation: themes by outlet or language, and themes that keep company.

Charts and sentences ask here, so that a title and a finding never disagree.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd

from press_themes.measures.bursts import ERROR
from press_themes.measures.counts import list_members, list_stories, tabulate_stories
from press_themes.measures.ranking import FEWEST_STORIES

#: An outlet or language with fewer stories is not compared.
FEWEST_OF_GROUP = 5
#: Below this many expected stories the residual is not nearly normal.
FEWEST_EXPECTED = 5
_ROUNDS = 500
_CLOSE = 1e-6


def compare_stories(
    passages: pd.DataFrame, articles: pd.DataFrame, column: str, most_groups: int = 8
) -> pd.DataFrame:
    """Compare how many stories of each outlet or language bear each theme with what to expect."""
    size = f"n_{column}"
    columns = ["theme", column, "n_stories", size, "expected", "residual"]
    read = articles[articles["article_id"].isin(passages["article_id"])].dropna(subset=[column])
    read = read.assign(story=list_stories(read, articles))
    sizes = read.drop_duplicates([column, "story"])[column].value_counts()
    total, sizes = sizes.sum(), sizes[sizes >= FEWEST_OF_GROUP]
    ordered = sorted(sizes.index, key=lambda group: (-sizes[group], group))[:most_groups]
    members = list_members(passages, articles, "themes")
    if len(ordered) < 2 or members.empty:
        return pd.DataFrame(columns=columns)
    groups = read.set_index("article_id")[column]
    pairs = members.assign(group=members["article_id"].map(groups)).dropna(subset=["group"])
    observed: pd.Series = pairs.groupby(["theme", "group"])["story"].nunique()
    grid = pd.MultiIndex.from_product([sorted(members["theme"].unique()), ordered])
    filled = observed.reindex(grid.set_names(["theme", column]), fill_value=0)
    frame = filled.rename("n_stories").reset_index()
    n_group = frame[column].map(sizes)
    rate = frame["theme"].map(observed.groupby("theme").sum()).fillna(0) / total
    expected = n_group * rate
    spread = np.sqrt(expected * (1 - rate) * (1 - n_group / total))
    residual = ((frame["n_stories"] - expected) / spread.where(spread > 0)).fillna(0.0)
    return frame.assign(**{size: n_group}, expected=expected, residual=residual)[columns]


def compare_pairs(passages: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Compare in how many stories two themes meet with what chance would bring together.

    Long stories bear many themes, so any two themes meet more often than their frequencies alone
    would have it. Expected is therefore what chance would bring together in stories that each
    keep their number of themes, while every theme keeps, on average, its number of stories: Chen,
    Dempster and Liu, "Weighted finite population sampling to maximize entropy", Biometrika 81,
    1994. Where no story bears more than two of two themes, nothing can be learnt, and the
    residual is 0.
    """
    columns = ["first", "second", "n_stories", "n_first", "n_second", "expected", "residual"]
    themes, counts, _ = tabulate_stories(passages, articles, "themes")
    if len(themes) < 2 or len(counts) < FEWEST_STORIES:
        return pd.DataFrame(columns=columns)
    borne = counts > 0
    n_alike = np.bincount(borne.sum(axis=1), minlength=len(themes) + 1).astype(float)
    pulls = _fit_pulls(n_alike, borne.sum(axis=0).astype(float))
    rows = []
    for first, second in combinations(range(len(themes)), 2):
        both = _share_with(pulls, [first, second])
        expected = float(n_alike @ both)
        variance = float(n_alike @ (both * (1 - both)))
        n_stories = int((borne[:, first] & borne[:, second]).sum())
        residual = (n_stories - expected) / np.sqrt(variance) if variance > _CLOSE else 0.0
        sizes = (int(borne[:, first].sum()), int(borne[:, second].sum()))
        rows.append((themes[first], themes[second], n_stories, *sizes, expected, residual))
    return pd.DataFrame(rows, columns=columns)


def find_departure(compared: pd.DataFrame) -> pd.Series | None:
    """Return the row that departs most from expectation, if that beats chance."""
    from scipy.stats import norm

    reliable = compared[compared["expected"] >= FEWEST_EXPECTED]
    if reliable.empty:
        return None
    bound = norm.isf(ERROR / 2 / len(compared))
    best = reliable.iloc[int(reliable["residual"].abs().to_numpy().argmax())]
    return best if abs(best["residual"]) >= bound else None


def _fit_pulls(n_alike: np.ndarray, n_bearing: np.ndarray) -> np.ndarray:
    """Return how strongly each theme draws stories, so that each gets its number of them."""
    pulls = n_bearing / n_bearing.sum()
    for _ in range(_ROUNDS):
        given = [n_alike @ _share_with(pulls, [theme]) for theme in range(len(pulls))]
        pulls = pulls * np.minimum(n_bearing / np.array(given), 1e3)
        pulls = np.clip(pulls / np.exp(np.log(pulls).mean()), 1e-6, 1e6)
        if np.allclose(given, n_bearing, rtol=_CLOSE):
            break
    return pulls


def _share_with(pulls: np.ndarray, chosen: list[int]) -> np.ndarray:
    """Return the chance that a story with 0, 1, … themes bears all the chosen ones."""
    rest = _weigh_sets(np.delete(pulls, chosen))
    weight = np.zeros(len(pulls) + 1)
    weight[len(chosen) :] = rest * np.prod(pulls[chosen])
    return weight / _weigh_sets(pulls)


def _weigh_sets(pulls: np.ndarray) -> np.ndarray:
    """Return the total weight of the sets of 0, 1, … themes (elementary symmetric polynomials)."""
    weights = np.zeros(len(pulls) + 1)
    weights[0] = 1.0
    for pull in pulls:
        weights[1:] += pull * weights[:-1].copy()
    return weights
