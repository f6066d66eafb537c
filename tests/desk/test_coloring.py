"""Colours of the points."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from collections_for_tests import FOUR, build_collection

from press_themes.desk.coloring import COLORINGS, color_passages, shorten
from press_themes.desk.explore import load_words

WORDS = load_words("fr")


def test_a_passage_has_the_colour_of_its_strongest_theme() -> None:
    collection = build_collection(Path("nowhere"))
    colors = color_passages(collection, "theme", WORDS)
    labels = dict(zip(collection.themes["theme"], collection.themes["label"], strict=True))
    for row in range(60):
        own = [t for t, bears in zip(labels, collection.bears[row], strict=True) if bears]
        best = max(own, key=lambda t: collection.scores[t][row], default=None)
        expected = shorten(labels[best]) if best else "aucun thème"
        assert colors["label"][row] == expected


@pytest.mark.parametrize("coloring", COLORINGS)
def test_a_label_has_one_colour_and_every_category_is_present(coloring: str) -> None:
    many = replace(FOUR, n_passages=400, n_topics=30, n_outlets=25, n_articles=100)
    colors = color_passages(build_collection(Path("nowhere"), many), coloring, WORDS)
    assert colors.groupby("label", observed=True)["color"].nunique().max() == 1
    assert set(colors["label"].cat.categories) == set(colors["label"])
    assert len(colors["label"].cat.categories) <= 12


def test_a_run_without_themes_and_topics_is_coloured() -> None:
    bare = replace(FOUR, n_themes=0, n_topics=0, n_outlets=0, dates=(None,))
    collection = build_collection(Path("nowhere"), bare)
    for coloring in COLORINGS:
        assert np.char.startswith(
            color_passages(collection, coloring, WORDS)["color"].to_numpy(str), "#"
        ).all()


def test_long_labels_are_shortened() -> None:
    assert shorten("a" * 34) == "a" * 34
    assert shorten("a" * 35) == "a" * 33 + "…"
