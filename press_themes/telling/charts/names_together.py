"""Which names come together: how many stories name both, for people, bodies and what all tongues name."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from press_themes.telling.charts.basis import (
    Basis,
    NothingToDrawError,
    Told,
    chart,
    source_line,
    story_of,
)
from press_themes.telling.charts.house_style import INK, SEQUENCE, finish, text_on
from press_themes.telling.charts.lettering import clean_label
from press_themes.telling.charts.new_figure import new_figure
from press_themes.telling.wording import Wording

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST_NAMES = 12
#: Names of one story all come together, so a pair is met in two stories or says nothing.
FEWEST_STORIES = 2
# A word of unknown kind that is spelled alike in so many languages is a name.
_LANGUAGES = 3


@chart
def draw_names_together(basis: Basis) -> Told:
    """Draw how many stories name each pair of names."""
    words = basis.words
    pairs, sizes = _count_pairs(basis)
    met = pairs[pairs["n_stories"] >= FEWEST_STORIES]
    if met.empty:
        raise NothingToDrawError(words("absent.names"))
    in_pairs = set(met["first"]) | set(met["second"])
    names = [x for x in sizes.index if x in in_pairs][:MOST_NAMES]
    frame = pairs[pairs["first"].isin(names) & pairs["second"].isin(names)].reset_index(drop=True)
    figure = new_figure(2.2 + 0.34 * len(names))
    axes = figure.subplots()
    counted = np.full((len(names), len(names)), np.nan)
    for first, second, n in zip(frame["first"], frame["second"], frame["n_stories"], strict=True):
        row, column = sorted((names.index(first), names.index(second)), reverse=True)
        counted[row, column] = n
    _draw(counted, [clean_label(x, 30) for x in names], axes, words)
    first = met.iloc[0]
    title = words(
        "names_together.title",
        first=words.quote(clean_label(first["first"], 40)),
        second=words.quote(clean_label(first["second"], 40)),
        stories=words("noun.story", n=int(first["n_stories"])),
    )
    subtitle = words("names_together.subtitle")
    finish(figure, title, subtitle, source_line(basis, "names"), words("missing_glyphs"))
    frame = frame[frame["n_stories"] > 0]
    columns = {"first": "one_name", "second": "other_name"}
    return Told(figure, frame.rename(columns=columns), title, subtitle)


def _count_pairs(basis: Basis) -> tuple[pd.DataFrame, pd.Series]:
    """Count the stories of each pair of names, and of each name that is in several."""
    names, mentions = basis.tables.names, basis.tables.name_mentions
    columns = ["first", "second", "n_stories"]
    if names.empty or mentions.empty:
        return pd.DataFrame(columns=columns), pd.Series(dtype=int)
    sure = names["kind"].isin(["person", "organisation"])
    everywhere = (names["kind"] == "unknown") & (names["languages"].map(len) >= _LANGUAGES)
    # What is all capitals may as well be a term: VPS, IP.
    sure |= everywhere & ~names["name"].str.isupper()
    known = names[sure & (names["n_stories"] >= FEWEST_STORIES)].set_index("name_id")["name"]
    stories = story_of(basis.tables.articles.set_index("article_id"))
    told = pd.DataFrame(
        {"name": mentions["name_id"].map(known), "story": mentions["article_id"].map(stories)}
    ).dropna()
    told_by = told.groupby("name")["story"].agg(set)
    sizes = told_by.map(len).sort_index().sort_values(ascending=False, kind="stable")
    # The corpus may hold thousands of names; the rare ones are in no pair that could be shown.
    chosen = sizes.index[: 10 * MOST_NAMES]
    rows = [(a, b, len(told_by[a] & told_by[b])) for a, b in combinations(chosen, 2)]
    pairs = pd.DataFrame(rows, columns=columns)
    return pairs.sort_values("n_stories", ascending=False, kind="stable"), sizes


def _draw(counted: np.ndarray, names: list[str], axes: Axes, words: Wording) -> None:
    from matplotlib.colors import LinearSegmentedColormap, Normalize

    colours = LinearSegmentedColormap.from_list("stories", list(SEQUENCE))
    scale = Normalize(0, max(1.0, float(np.nanmax(counted))))
    axes.pcolormesh(np.ma.masked_invalid(counted), cmap=colours, norm=scale, linewidth=0.8)
    for row, column in np.argwhere(counted > 0):
        n = counted[row, column]
        axes.text(column + 0.5, row + 0.5, words.number(n), ha="center", va="center", size=9,
                  color=text_on(colours(scale(n))))  # fmt: skip
    for row, name in enumerate(names):
        axes.text(row + 0.1, row + 0.5, name, size=9.5, va="center", color=INK)
    axes.invert_yaxis()
    axes.set_xticks([])
    axes.set_yticks([])
    for spine in axes.spines.values():
        spine.set_visible(False)
