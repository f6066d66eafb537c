"""The widgets of the explorer, driven as the browser would drive them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from collections_for_tests import FOUR, build_collection
from stand_ins import WordEncoder
from tables_for_tests import Shape

from press_themes.desk.controls import (
    build_controls,
    clear_controls,
    list_choices,
    read_filter,
)
from press_themes.desk.desk import Desk
from press_themes.desk.explore import load_words, prepare_desk, show_desk
from press_themes.desk.filters import Filter, filter_passages
from press_themes.desk.listing import MOST_LISTED, tabulate_counts, tabulate_passages
from press_themes.desk.view import GROUPINGS, View, count_shown, list_shown

WORDS = load_words("en")
BARE = Shape(n_passages=5, n_articles=3, n_themes=0, n_topics=0, n_outlets=0, dates=(None,))


def _inside(widget: Any) -> list[Any]:
    return [widget, *(w for child in getattr(widget, "children", ()) for w in _inside(child))]


def _find(explorer: Any, kind: str) -> list[Any]:
    return [widget for widget in _inside(explorer) if type(widget).__name__ == kind]


def _press(explorer: Any, text: str) -> None:
    next(b for b in _find(explorer, "Button") if b.description == text).click()


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    (tmp_path / "corpus").mkdir()
    desk = prepare_desk(build_collection(tmp_path / "corpus"))
    desk.load_encoder = WordEncoder
    return desk


def test_the_numbers_beside_the_choices_are_those_they_show(desk: Desk) -> None:
    collection = desk.collection
    for kind, choices in list_choices(collection, WORDS).items():
        assert choices
        for label, value in choices:
            shown = filter_passages(collection, Filter(**{kind: (value,)})).sum()
            assert label.endswith(f" ({shown})")


def test_controls_stand_for_the_filter_and_go_back(desk: Desk) -> None:
    controls = build_controls(desk.collection, WORDS)
    assert read_filter(controls) == Filter()
    controls.themes.value = (desk.collection.scores.columns[0],)
    controls.words.value = "river"
    controls.strength.value = 0.02
    asked = read_filter(controls)
    assert (asked.words, asked.strength) == ("river", pytest.approx(0.02, abs=0.01))
    clear_controls(controls)
    assert read_filter(controls) == Filter()


def test_every_widget_moves_the_same_desk(desk: Desk) -> None:
    explorer = show_desk(desk)
    _, _, _, languages = _find(explorer, "SelectMultiple")[:4]
    languages.value = ("fr",)
    assert set(desk.collection.passages["language"].iloc[desk.listed["row"]]) == {"fr"}
    sentence = next(w for w in _find(explorer, "Text") if w.placeholder.startswith("A sentence"))
    sentence.value = "harbour ledger"
    assert desk.view.found is not None
    table = _find(explorer, "ITable")[0]
    table.selected_rows = [2]
    assert desk.row == desk.listed["row"][2]
    theme = next(w for w in _find(explorer, "Dropdown") if w.value in desk.collection.scores)
    theme.value = desk.collection.scores.columns[3]
    _press(explorer, "Yes, it does")
    label = desk.collection.themes["label"][3]
    assert desk.marks() == (f"You judged: it speaks of {label}.",)
    _press(explorer, "Show everything")
    assert len(desk.listed) == 60
    assert desk.view.found is None
    desk.choose((1, 2))
    _press(explorer, "Show everything")
    assert len(desk.listed) == 60
    _press(explorer, "Passages shown, as CSV")
    assert [path.name for path in desk.exports.iterdir()] == ["passages-001.csv"]


def test_the_map_waits_for_the_browser_and_follows_the_desk(desk: Desk) -> None:
    explorer = show_desk(desk)
    assert not _find(explorer, "JupyterScatter")
    _find(explorer, "Probe")[0].webgl = "yes"
    (chart,) = _find(explorer, "JupyterScatter")
    assert len(chart.points) == 60
    _find(explorer, "SelectMultiple")[3].value = ("fr",)
    assert sorted(chart.filter) == sorted(desk.listed["row"])
    chart.selection = desk.listed["row"].to_numpy()[:3].astype("uint32")
    assert len(desk.listed) == 3
    chart.selection = desk.listed["row"].to_numpy()[:1].astype("uint32")
    assert desk.row == chart.selection[0]
    coloring = next(w for w in _find(explorer, "Dropdown") if w.value == "theme")
    coloring.value = "language"
    assert {entry[0] for entry in chart.legend_encoding["color"]["values"]} == {
        "English",
        "French",
    }


def test_a_browser_without_webgl_gets_a_picture_that_follows(desk: Desk) -> None:
    explorer = show_desk(desk)
    _find(explorer, "Probe")[0].webgl = "no"
    assert not _find(explorer, "JupyterScatter")
    (picture,) = _find(explorer, "Image")
    before = bytes(picture.value)
    assert before.startswith(b"\x89PNG")
    _find(explorer, "SelectMultiple")[3].value = ("fr",)
    assert bytes(picture.value) != before


def test_topics_are_decided_by_buttons(desk: Desk) -> None:
    explorer = show_desk(desk)
    name = next(w for w in _find(explorer, "Text") if w.description == "New name")
    one = next(w for w in _find(explorer, "Dropdown") if w.description == "Topic")
    one.value, name.value = 1, "Rivers"
    _press(explorer, "Rename")
    assert "Rivers" in [label.split(" (")[0] for label, _ in one.options]
    topics = _find(explorer, "SelectMultiple")[1]
    assert any(label.startswith("Rivers (") for label, _ in topics.options)
    name.value = "Alone"
    _press(explorer, "Merge under this name")
    status = next(w for w in _find(explorer, "HTML") if w.value.startswith('<div class="pt-status'))
    assert "choose at least two topics" in status.value


def test_a_corpus_without_themes_topics_outlets_and_dates_is_explored(tmp_path: Path) -> None:
    desk = prepare_desk(build_collection(tmp_path, BARE))
    explorer = show_desk(desk)
    _find(explorer, "Probe")[0].webgl = "yes"
    assert len(desk.listed) == 5
    _press(explorer, "Next")
    assert desk.row is not None


def test_a_corpus_too_small_for_a_map_says_so(tmp_path: Path) -> None:
    collection = build_collection(tmp_path, BARE)
    passages = collection.passages.assign(x=float("nan"), y=float("nan"))
    explorer = show_desk(prepare_desk(collection._replace(passages=passages)))
    assert not _find(explorer, "Probe")
    assert any("too few passages for a map" in w.value for w in _find(explorer, "HTML"))


def test_the_list_is_cut_and_in_the_order_of_the_view(tmp_path: Path) -> None:
    large = Shape(n_passages=700, n_articles=50, language="en", languages=("en",))
    collection = build_collection(tmp_path, large)
    listed = list_shown(collection, View())
    table = tabulate_passages(collection, listed, WORDS)
    assert len(table) == MOST_LISTED
    assert table["strength"].tolist() == pytest.approx(
        listed["strength"].head(MOST_LISTED).tolist(), abs=0.001
    )
    assert "nearness" not in table.columns
    for grouping in GROUPINGS:
        counts = count_shown(collection, listed["row"].to_numpy(), grouping)
        assert (tabulate_counts(collection, counts, grouping, WORDS).iloc[:, 5] == 100).all()


def test_cells_are_escaped_in_the_browser(tmp_path: Path) -> None:
    collection = build_collection(tmp_path, FOUR, ["<img src=x onerror=alert(1)>"])
    explorer = show_desk(prepare_desk(collection))
    assert "<img src=x" not in str(_find(explorer, "ITable")[0]._dt_args)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_both_languages_say_everything(language: str) -> None:
    words = load_words(language)
    assert set(words.phrases) == set(WORDS.phrases)
    assert all(words.phrases.values())
