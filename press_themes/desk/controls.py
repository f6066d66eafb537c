"""The controls of the filters, and the filter that they stand for.

Every list says how many passages of the whole run stand behind each choice.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from press_themes.desk.collection import OUTSIDE, Collection
from press_themes.desk.coloring import shorten
from press_themes.desk.filters import NO_THEME, Filter, measure_strength
from press_themes.telling.wording import Wording

_ROWS = 6


class Controls(NamedTuple):
    """The widgets of the filters.

    Attributes
    ----------
    themes, topics, outlets, languages : SelectMultiple
        Several can be chosen; none narrows nothing.
    since, until : DatePicker
        First and last day.
    strength : FloatSlider
        At its left end it narrows nothing.
    words, sentence : Text
        Words to find in the texts, and a sentence to search by meaning.
    near_misses : Checkbox
        Whether near misses of the chosen themes are shown.
    clear : Button
        Sets everything back.
    """

    themes: Any
    topics: Any
    outlets: Any
    languages: Any
    since: Any
    until: Any
    strength: Any
    words: Any
    sentence: Any
    near_misses: Any
    clear: Any


def build_controls(collection: Collection, words: Wording) -> Controls:
    """Build the controls for a collection."""
    import ipywidgets

    lists = list_choices(collection, words)
    select = {
        kind: ipywidgets.SelectMultiple(
            options=options, rows=_ROWS, layout={"width": "100%"}, disabled=not options
        )
        for kind, options in lists.items()
    }
    strength = measure_strength(collection)
    least, most = (float(strength.min()), float(strength.max())) if len(strength) else (0.0, 1.0)
    low, high = np.floor(least * 100) / 100, np.ceil(most * 100) / 100
    is_dated = bool(collection.passages["date"].notna().any())
    wide = {"width": "100%"}
    return Controls(
        **select,
        since=ipywidgets.DatePicker(disabled=not is_dated, layout=wide),
        until=ipywidgets.DatePicker(disabled=not is_dated, layout=wide),
        strength=ipywidgets.FloatSlider(
            value=low, min=low, max=max(high, low + 0.01), step=0.01, readout_format=".2f",
            continuous_update=False, layout=wide,
        ),
        words=ipywidgets.Text(
            placeholder=words("placeholder.words"), continuous_update=False, layout=wide
        ),
        sentence=ipywidgets.Text(
            placeholder=words("placeholder.sentence"), continuous_update=False, layout=wide
        ),
        near_misses=ipywidgets.Checkbox(
            description=words("near_misses"), indent=False, disabled=not collection.near.any(),
            layout={"width": "auto"},
        ),
        clear=ipywidgets.Button(description=words("clear"), icon="undo", layout={"width": "auto"}),
    )  # fmt: skip


def list_choices(collection: Collection, words: Wording) -> dict[str, list[tuple[str, Any]]]:
    """List what can be chosen, with the number of passages behind each choice."""
    passages = collection.passages
    names = dict(zip(collection.themes["theme"], collection.themes["label"], strict=True))
    borne = collection.bears.sum(axis=0)
    themes = [
        (_count(names[theme], number), theme)
        for theme, number in zip(collection.scores.columns, borne, strict=True)
    ]
    if themes:
        without = int((~collection.bears.any(axis=1)).sum())
        themes.append((_count(words("no_theme"), without), NO_THEME))
    topics = dict(zip(collection.topics["topic"], collection.topics["label"], strict=True))
    topics[OUTSIDE] = words("outside_topics")
    languages = {code: words.language_name(code) for code in passages["language"].unique()}
    return {
        "themes": themes,
        "topics": _choices(passages["topic"], topics) if len(collection.topics) else [],
        "outlets": _choices(passages["outlet"], {"": words("none_stated")}),
        "languages": _choices(passages["language"], languages),
    }


def read_filter(controls: Controls) -> Filter:
    """Read the filter that the controls stand for."""
    strength = controls.strength
    return Filter(
        themes=tuple(controls.themes.value),
        topics=tuple(controls.topics.value),
        outlets=tuple(controls.outlets.value),
        languages=tuple(controls.languages.value),
        since=controls.since.value,
        until=controls.until.value,
        strength=strength.value if strength.value > strength.min else None,
        words=controls.words.value,
        near_misses=controls.near_misses.value,
    )


def clear_controls(controls: Controls) -> None:
    """Set all controls back to showing everything."""
    for select in (controls.themes, controls.topics, controls.outlets, controls.languages):
        select.value = ()
    controls.since.value = controls.until.value = None
    controls.strength.value = controls.strength.min
    controls.words.value = controls.sentence.value = ""
    controls.near_misses.value = False


def _choices(values: pd.Series, labels: dict[Any, str]) -> list[tuple[str, Any]]:
    sizes = values.value_counts()
    order = sorted(sizes.index, key=lambda value: (-sizes[value], str(value)))
    return [(_count(labels.get(value, str(value)), sizes[value]), value) for value in order]


def _count(label: str, number: int) -> str:
    return f"{shorten(label)} ({number})"
