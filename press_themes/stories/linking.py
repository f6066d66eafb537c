"""Stories: the articles, in any languages, that report one event or affair.

Wrong links cost more than missed ones: a link is made where it is nearly sure, and what it rests on
is kept beside it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from press_themes.stories.candidates import find_neighbours, gather_passages
from press_themes.stories.daily_columns import find_columns, find_doubtful
from press_themes.stories.grouping import group_pairs
from press_themes.stories.link_evidence import FEATURES, list_pairs, weigh_pairs
from press_themes.stories.story_marks import Marks, list_shared, weigh_marks

LINK_COLUMNS = [
    "article_id",
    "other_id",
    "probability",
    "similarity",
    "shared",
    "days_apart",
    "linked",
]
_MODEL = Path(__file__).with_name("link_model.json")
# What a pair is worth that ranks below every candidate, in log-odds beside the line.
_UNSEEN = -3.0
# Two names that few articles have: what the stories of one affair go by.
_NAMED = float(np.log1p(1.0))
# Once because fewer such pairs are of one month; twice because the model was fitted on sets of few
# events. Chosen on links judged by hand in an archive of four years; with dates taken away from the
# digests that ship and from the incidents it costs at most two points of recall.
_TIMES_SPREAD = 2.0
_DAY = 86_400_000_000_000


@dataclass(frozen=True)
class StorySettings:
    """How articles are linked.

    Attributes
    ----------
    least_probability : float
        A link is made where the articles tell one story with at least this probability. Raise it
        for fewer wrong links, lower it for fewer missed ones.
    most_days : float
        Articles further apart are never linked directly; a story goes on over links of its own.
    patience : float
        Days that cost a pair as much as one unit of log-odds.
    undated : float
        Log-odds that a pair in one language costs at least of which a date is missing: what an
        outlet writes of one subject over years is more alike than two reports of one event. Where
        the dated articles span more than `most_days`, any such pair costs the more the less
        likely it is to be of the same weeks.
    neighbours : int
        Nearest articles of each that are looked at.
    """

    least_probability: float = 0.9
    most_days: float = 30.0
    patience: float = 7.0
    undated: float = 2.0
    neighbours: int = 20


class Linking(NamedTuple):
    """Which article tells which story, and what links them.

    Attributes
    ----------
    stories : DataFrame
        ``article_id, story_id, confidence, chain_id``: the mean probability of the article's links
        within its story, 1 where it stands alone or with its reprints; the chain is that of a long
        affair told in several stories, missing where there is one. Rows as the articles given.
    links : DataFrame
        ``article_id, other_id, probability, similarity, shared, days_apart, linked``: every pair
        that is more likely than not one story, and whether it became one; ``shared`` lists
        the rarest names and numbers that both have.
    """

    stories: pd.DataFrame
    links: pd.DataFrame


def link_stories(
    articles: pd.DataFrame,
    passages: pd.DataFrame,
    vectors: np.ndarray,
    settings: StorySettings = StorySettings(),
) -> Linking:
    """Link the articles that tell one story.

    Parameters
    ----------
    articles : DataFrame
        With ``article_id, title, body, date, outlet, language`` and ``family_id``.
    passages : DataFrame
        With ``article_id`` and ``position``.
    vectors : ndarray of float32, shape (n_passages, n_dimensions)
        Vectors of unit length with the languages aligned, rows as in `passages`.
    settings : StorySettings
        How sure a link must be, and how far apart.

    Returns
    -------
    Linking
        Stories and links. A story is named by its first report's id, so that it keeps its name
        when further articles come in; the members of a family are of one story.
    """
    order = np.argsort(articles["article_id"].to_numpy(dtype=str), kind="stable")
    sorted_articles = articles.iloc[order].reset_index(drop=True)
    pairs, marks = weigh_links(sorted_articles, passages, vectors, settings)
    stories, links = join_links(sorted_articles, pairs, marks, settings)
    back = np.empty(len(order), dtype=int)
    back[order] = np.arange(len(order))
    return Linking(stories.iloc[back].reset_index(drop=True), links)


def join_links(
    articles: pd.DataFrame, pairs: pd.DataFrame, marks: Marks, settings: StorySettings
) -> Linking:
    """Join articles, in the order of their ids, to stories by pairs from `weigh_links`."""
    left, right = pairs["left"].to_numpy(), pairs["right"].to_numpy()
    evidence = pairs["evidence"].to_numpy()
    line = float(np.log(settings.least_probability / (1 - settings.least_probability)))
    families = _families(articles)
    group = group_pairs(len(articles), left, right, evidence - line, _UNSEEN, families)
    stories = _name_stories(articles, group, pairs)
    stories["chain_id"] = _chain(stories["story_id"], pairs)
    return Linking(stories, _describe_links(articles, group, pairs, marks))


def _families(articles: pd.DataFrame) -> np.ndarray:
    """Give each family a number; the days of a column of one pattern are no reprints."""
    column = find_columns(articles)
    own = articles["article_id"].astype(str).where(column >= 0, "")
    return pd.factorize(articles["family_id"].astype(str) + "\n" + own)[0]


def weigh_links(
    articles: pd.DataFrame,
    passages: pd.DataFrame,
    vectors: np.ndarray,
    settings: StorySettings = StorySettings(),
) -> tuple[pd.DataFrame, Marks]:
    """Return every pair of near articles with its evidence in log-odds, and the articles' marks."""
    heads, counts, own = gather_passages(articles, passages, vectors)
    days = _days(articles)
    languages = pd.factorize(articles["language"].astype(str), sort=True)[0]
    near = find_neighbours(own, languages, days, settings.neighbours, settings.most_days)
    marks = weigh_marks(articles)
    pairs = weigh_pairs(list_pairs(near), near, (heads, counts), marks, languages)
    apart = np.abs(days[pairs["left"].to_numpy()] - days[pairs["right"].to_numpy()])
    likeness = _weigh(pairs)
    evidence = likeness - np.nan_to_num(apart) / settings.patience
    spread = _TIMES_SPREAD * _spread(days, settings.most_days)
    missing = np.where(pairs["alike"], max(settings.undated, spread), spread)
    evidence = evidence - np.where(np.isnan(apart), missing, 0.0)
    doubtful = find_doubtful(articles, pairs)
    evidence = np.where(doubtful, np.minimum(evidence, _UNSEEN), evidence)
    likeness = np.where(doubtful, np.minimum(likeness, _UNSEEN), likeness)
    return pairs.assign(days_apart=apart, evidence=evidence, likeness=likeness), marks


@lru_cache(maxsize=1)
def read_model() -> dict[str, Any]:
    """Return the coefficients by which evidence is weighed; `bench/stories.py` fits them."""
    model: dict[str, Any] = json.loads(_MODEL.read_text("utf-8"))
    assert all(set(part["weights"]) <= set(FEATURES) for part in model.values())
    return model


def _weigh(pairs: pd.DataFrame) -> np.ndarray:
    """Return the log-odds that pairs tell one story, in one language or over two."""
    model = read_model()
    found = {
        name: part["intercept"]
        + sum(weight * pairs[feature].to_numpy() for feature, weight in part["weights"].items())
        for name, part in model.items()
    }
    alike = pairs["alike"].to_numpy(dtype=bool)
    return np.where(alike, found["one_language"], found["two_languages"])


def _days(articles: pd.DataFrame) -> np.ndarray:
    dates = articles["date"]
    if not pd.api.types.is_datetime64_any_dtype(dates):
        return np.full(len(articles), np.nan)
    numbers = dates.astype("datetime64[ns]").astype("int64") / _DAY
    return numbers.where(dates.notna()).to_numpy(dtype=float)


def _spread(days: np.ndarray, most_days: float) -> float:
    """Return the log-odds by which two articles of unknown days are less likely of one month.

    The logarithm of how many times as many articles are dated in all as near one of them; nothing
    where none is dated, because nothing is known of their time then.
    """
    dated = np.sort(days[~np.isnan(days)])
    if not len(dated):
        return 0.0
    near = np.searchsorted(dated, dated + most_days, side="right")
    near = near - np.searchsorted(dated, dated - most_days, side="left")
    return float(np.log(len(dated) / near.mean()))


def _probability(evidence: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-np.clip(evidence, -30, 30)))


def _name_stories(articles: pd.DataFrame, group: np.ndarray, pairs: pd.DataFrame) -> pd.DataFrame:
    """Name stories after their first report, and say how sure each article's place is."""
    ids = articles["article_id"].astype(str).to_numpy()
    reports = pd.DataFrame({"group": group, "day": _days(articles), "id": ids})
    reports = reports.sort_values(["day", "id"]).drop_duplicates("group")
    first = reports.set_index("group")["id"]
    left, right = pairs["left"].to_numpy(), pairs["right"].to_numpy()
    inside = group[left] == group[right]
    chance = _probability(pairs["evidence"].to_numpy()[inside])
    ends = np.concatenate([left[inside], right[inside]])
    total = np.bincount(ends, np.tile(chance, 2), minlength=len(ids))
    count = np.bincount(ends, minlength=len(ids))
    confidence = np.where(count > 0, total / np.maximum(count, 1), 1.0)
    return pd.DataFrame(
        {"article_id": ids, "story_id": first.loc[group].to_numpy(), "confidence": confidence}
    )


def _chain(story: pd.Series, pairs: pd.DataFrame) -> list[str | None]:
    """Name the chains: stories that would be one, but for the days between them, or nearly so."""
    codes, names = pd.factorize(story)
    table = pd.DataFrame(
        {
            "left": codes[pairs["left"].to_numpy()],
            "right": codes[pairs["right"].to_numpy()],
            "likeness": pairs["likeness"].to_numpy(),
            "named": pairs["names"].to_numpy() >= _NAMED,
        }
    )
    table = table[(table["left"] != table["right"]) & table["named"]]
    low, high = table[["left", "right"]].min(axis=1), table[["left", "right"]].max(axis=1)
    best = table["likeness"].groupby([low.rename("low"), high.rename("high")]).max().reset_index()
    chain = group_pairs(
        len(names),
        best.iloc[:, 0].to_numpy(dtype=int),
        best.iloc[:, 1].to_numpy(dtype=int),
        best["likeness"].to_numpy(),
        _UNSEEN / 3,
        np.arange(len(names)),
    )
    members = np.bincount(chain, minlength=len(names))
    return [str(names[chain[c]]) if members[chain[c]] > 1 else None for c in codes]


def _describe_links(
    articles: pd.DataFrame, group: np.ndarray, pairs: pd.DataFrame, marks: Marks
) -> pd.DataFrame:
    kept = pairs[pairs["evidence"] > 0]
    ids = articles["article_id"].astype(str).to_numpy()
    left, right = kept["left"].to_numpy(), kept["right"].to_numpy()
    shared = [list_shared(marks, a, b) for a, b in zip(left, right, strict=True)]
    return pd.DataFrame(
        {
            "article_id": ids[left],
            "other_id": ids[right],
            "probability": _probability(kept["evidence"].to_numpy()),
            "similarity": kept["match"].to_numpy(),
            "shared": pd.Series(shared, dtype=object),
            "days_apart": kept["days_apart"].to_numpy(),
            "linked": group[left] == group[right],
        },
        columns=LINK_COLUMNS,
    )
