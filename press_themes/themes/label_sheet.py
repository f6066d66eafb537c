"""The label sheet: the questions whose answers teach most about where a theme begins.

They are drawn at random with known chances, so that the answers also say how good the themes are.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from press_themes.themes.reading import SLOPE

COLUMNS = ["id", "theme", "label", "stands_for", "language", "outlet", "date", "title", "text"]


@dataclass(frozen=True)
class LabelSheetSettings:
    """How the questions of a label sheet are drawn.

    Attributes
    ----------
    questions : int
        Rows of the sheet at most.
    seed : int
        Seed of the draw.
    """

    questions: int = 50
    seed: int = 0


def draw_label_sheet(
    passages: pd.DataFrame,
    articles: pd.DataFrame,
    scores: pd.DataFrame,
    settings: LabelSheetSettings = LabelSheetSettings(),
) -> pd.DataFrame:
    """Draw the passages and themes an analyst should judge.

    Parameters
    ----------
    passages : DataFrame
        With ``passage_id``, ``article_id``, ``text``, ``language``.
    articles : DataFrame
        With ``article_id``, ``family_id``, ``outlet``, ``date``, ``title``.
    scores : DataFrame
        From `assign_themes`; what was judged already is not asked again.
    settings : LabelSheetSettings
        Number of questions and seed.

    Returns
    -------
    DataFrame
        One question a row, does this passage speak of this theme?: ``id`` (of the passage),
        ``theme``, ``label`` (empty, to be filled with yes or no), ``stands_for`` (how many pairs
        of passage and theme the row was drawn for), ``language, outlet, date, title, text``. In
        random order, so that the first rows are a sample as well.

    Notes
    -----
    Systematic sampling with chances proportional to the variance p(1 − p) of the decision (Madow
    1949, doi:10.1214/aoms/1177729988), along theme, language and story: the less sure a decision,
    the more often it is asked, and neighbouring passages do not come twice.
    """
    pairs = _list_pairs(passages, articles, scores)
    probability = pairs["probability"].fillna(1 / (1 + np.exp(-SLOPE * pairs["room"])))
    chances = _chances((probability * (1 - probability)).to_numpy(), settings.questions)
    generator = np.random.default_rng(settings.seed)
    ends = np.cumsum(chances) + generator.random()
    # Where the running sum passes a whole number a pair is drawn; rounding must not draw one more.
    drawn = np.flatnonzero(np.diff(np.floor(ends + 1e-9), prepend=np.floor(ends[:1] - chances[:1])))
    drawn = generator.permutation(drawn)
    chosen = pairs.iloc[drawn].assign(label="", stands_for=np.round(1 / chances[drawn], 3))
    chosen["date"] = pd.to_datetime(chosen["date"]).dt.strftime("%Y-%m-%d").fillna("")
    chosen = chosen.rename(columns={"passage_id": "id"})[COLUMNS]
    filled = ["language", "outlet", "title"]
    chosen[filled] = chosen[filled].astype(object).where(chosen[filled].notna(), "")
    return chosen.reset_index(drop=True)


def _list_pairs(
    passages: pd.DataFrame, articles: pd.DataFrame, scores: pd.DataFrame
) -> pd.DataFrame:
    """List what can be asked, along theme, language and story."""
    distinct = passages.drop_duplicates("text")[["passage_id", "article_id", "text", "language"]]
    owners = articles[["article_id", "family_id", "outlet", "date", "title"]]
    pairs = scores[scores["judged"] == ""].merge(distinct, on="passage_id")
    pairs = pairs.merge(owners, on="article_id", how="left")
    best = pairs.sort_values(["room", "theme"], ascending=[False, True], kind="stable")
    strongest = best.drop_duplicates("passage_id").set_index("passage_id")["theme"]
    pairs["strongest"] = pairs["passage_id"].map(strongest)
    order = ["strongest", "language", "family_id", "passage_id", "theme"]
    return pairs.sort_values(order, kind="stable").reset_index(drop=True)


def _chances(sizes: np.ndarray, wanted: int) -> np.ndarray:
    """Return chances in proportion to sizes that sum to what is wanted and do not pass 1."""
    if len(sizes) <= wanted:
        return np.ones(len(sizes))
    sizes = np.maximum(sizes, 1e-6)
    certain = np.zeros(len(sizes), dtype=bool)
    while True:
        chances = np.where(certain, 1.0, sizes * (wanted - certain.sum()) / sizes[~certain].sum())
        if (chances <= 1).all():
            return chances
        certain |= chances > 1
