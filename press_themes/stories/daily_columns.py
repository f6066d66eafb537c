"""Columns: what an outlet prints under one heading again and again tells no story.

The day's diary, the weather, the week's pictures, a series of portraits are more alike than two
reports of one event, in their words as in their vectors.
"""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

# Twice may be a story and its sequel.
_FEWEST = 3
# Words with which the headings of a series begin.
_OPENING = 3
# A body of fewer words (of scripts without spaces, twice as many signs) is a heading or a caption
# and does not say what happened.
_SHORTEST = 30
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_NOT_LETTERS = re.compile(r"[\W\d_]+")


def find_columns(articles: pd.DataFrame) -> np.ndarray:
    """Return a number for each standing heading of an outlet, -1 for what has none.

    Parameters
    ----------
    articles : DataFrame
        With ``title, outlet, language, date``, and ``title_derived`` where known.

    Returns
    -------
    ndarray of int, shape (n_articles,)
        A heading stands where it is the same but for figures and months on at least three days,
        or, undated, in three wordings.
    """
    stems = _stems(articles)
    months = _months(articles)
    words = [[word for word in stem if word not in months] for stem in stems]
    return _number(articles, [" ".join(found) for found in words])


def find_doubtful(articles: pd.DataFrame, pairs: pd.DataFrame) -> np.ndarray:
    """Return which pairs are alike for what they are rather than for what they report.

    Parameters
    ----------
    articles : DataFrame
        With ``title, body, outlet, language, date``.
    pairs : DataFrame
        ``left, right`` (rows of `articles`) and ``alike`` (both in one language).

    Returns
    -------
    ndarray of bool, shape (n_pairs,)
        True for two articles of a column, two of an outlet's series (headings that begin alike in
        three articles or more), and for two texts of one language of which one is too short to
        say what happened.
    """
    left, right = pairs["left"].to_numpy(), pairs["right"].to_numpy()
    series = _number(articles, [" ".join(stem[:_OPENING]) for stem in _stems(articles)])
    column = find_columns(articles)
    is_short = np.array([_is_short(str(body)) for body in articles["body"]], dtype=bool)
    short = pairs["alike"].to_numpy(dtype=bool) & (is_short[left] | is_short[right])
    return short | _same(series, left, right) | _same(column, left, right)


def _is_short(body: str) -> bool:
    opening = body[: 40 * _SHORTEST]
    return len(opening.split()) < _SHORTEST and len(_UNSPACED.findall(opening)) < 2 * _SHORTEST


def _same(number: np.ndarray, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    return np.asarray((number[left] == number[right]) & (number[left] >= 0))


def _stems(articles: pd.DataFrame) -> list[list[str]]:
    return [
        _NOT_LETTERS.sub(" ", title.casefold()).split() if isinstance(title, str) else []
        for title in articles["title"]
    ]


def _months(articles: pd.DataFrame) -> set[str]:
    """Return the names of months and days in the languages of the articles."""
    from babel import Locale, UnknownLocaleError

    found: set[str] = set()
    for language in articles["language"].dropna().unique():
        try:
            locale = Locale.parse(str(language))
        except (UnknownLocaleError, ValueError):
            continue
        for names in (locale.months, locale.days):
            for context in names.values():
                for name in [*context["wide"].values(), *context["abbreviated"].values()]:
                    found |= set(_NOT_LETTERS.sub(" ", name.casefold()).split())
    return found


def _number(articles: pd.DataFrame, headings: list[str]) -> np.ndarray:
    """Give each heading that an outlet repeats a number, from 0."""
    derived = (
        articles["title_derived"].to_numpy(dtype=bool) if "title_derived" in articles else False
    )
    dates = pd.Series(articles["date"].to_numpy()).astype(str)
    titles = articles["title"].astype(str).to_numpy()
    frame = pd.DataFrame(
        {
            "heading": headings,
            "outlet": articles["outlet"].astype("object").fillna("").to_numpy(),
            "language": articles["language"].astype(str).to_numpy(),
            # On one day several articles may bear the heading of one event.
            "day": np.where(articles["date"].notna().to_numpy(), dates.to_numpy(), titles),
        }
    )
    usable = (frame["heading"] != "") & ~np.asarray(derived)
    groups = frame[usable].groupby(["heading", "outlet", "language"], sort=True)
    number = pd.Series(-1, index=frame.index)
    number[usable] = groups.ngroup().where(groups["day"].transform("nunique") >= _FEWEST, -1)
    return number.to_numpy()
