"""Everything a click does, without a browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from collections_for_tests import FOUR, build_collection
from stand_ins import WordEncoder, make_subject_texts

from press_themes.desk.decisions import rename_topic
from press_themes.desk.desk import Desk
from press_themes.desk.explore import load_words
from press_themes.desk.filters import Filter

TEXTS, _ = make_subject_texts(60)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    (tmp_path / "corpus").mkdir()
    collection = build_collection(tmp_path / "corpus", FOUR, TEXTS)
    return Desk(collection, load_words("en"), tmp_path / "exports", WordEncoder)


def _record(desk: Desk) -> list[tuple[str, str]]:
    told: list[tuple[str, str]] = []
    desk.told.append(lambda what, message: told.append((what, message)))
    return told


def test_a_filter_and_a_search_narrow_together(desk: Desk) -> None:
    told = _record(desk)
    desk.search("weaver cotton")
    found = set(desk.listed["row"])
    desk.filter(Filter(languages=("fr",)))
    french = set(desk.collection.passages.index[desk.collection.passages["language"] == "fr"])
    assert set(desk.listed["row"]) == found & french
    desk.search("  ")
    assert set(desk.listed["row"]) == french
    assert [what for what, _ in told] == ["message", "view", "view", "view"]


def test_one_point_is_read_and_several_are_listed(desk: Desk) -> None:
    desk.choose((4,))
    assert (desk.row, len(desk.listed)) == (4, 60)
    desk.choose((1, 2, 3))
    assert sorted(desk.listed["row"]) == [1, 2, 3]
    assert "3 drawn around on the map" in desk.summary()
    desk.choose(())
    assert len(desk.listed) == 60


def test_a_new_filter_lets_go_of_the_selection(desk: Desk) -> None:
    desk.choose((1, 2, 3))
    desk.filter(Filter(languages=("fr",)))
    assert desk.view.selection == ()
    assert len(desk.listed) == (desk.collection.passages["language"] == "fr").sum()


def test_next_and_previous_go_round_what_is_shown(desk: Desk) -> None:
    desk.choose((1, 2, 3))
    order = desk.listed["row"].tolist()
    read = []
    for _ in range(4):
        desk.step(1)
        read.append(desk.row)
    assert read == [*order, order[0]]
    desk.step(-1)
    assert desk.row == order[-1]
    desk.filter(Filter(words="not to be found"))
    desk.step(1)
    assert desk.row == order[-1]


def test_a_judgement_is_told_and_shown(desk: Desk) -> None:
    told = _record(desk)
    theme, label = desk.collection.themes.loc[0, ["theme", "label"]]
    desk.read(7)
    assert desk.marks() == ()
    desk.judge(theme, False)
    assert desk.marks() == (f"You judged: it does not speak of {label}.",)
    assert told[-1] == ("message", "Saved in labels.csv; the next run uses it.")


def test_nothing_is_judged_before_something_is_read(desk: Desk) -> None:
    desk.judge(desk.collection.themes["theme"][0], True)
    assert not (Path(desk.collection.facts["corpus"]) / "labels.csv").exists()


def test_a_decision_about_topics_is_shown_at_once(desk: Desk) -> None:
    told = _record(desk)
    desk.decide(rename_topic(desk.collection, 0, "Seas"))
    assert desk.collection.topics.set_index("topic")["label"][0] == "Seas"
    assert [what for what, _ in told][:2] == ["collection", "view"]


def test_a_failure_is_told_and_not_raised(desk: Desk) -> None:
    told = _record(desk)
    desk.guard(lambda: desk.decide(rename_topic(desk.collection, 0, "")))()
    ((what, message),) = told
    assert what == "failure"
    assert message.startswith("topic: has no name that can be used; write one of 60 characters")


def test_a_judgement_that_cannot_be_kept_is_told_and_not_called_saved(desk: Desk) -> None:
    told = _record(desk)
    path = Path(desk.collection.facts["corpus"]) / "labels.csv"
    path.write_text("passage;thème;réponse\n", encoding="utf-8")
    desk.read(7)
    desk.guard(desk.judge)(desk.collection.themes["theme"][0], True)
    assert [what for what, _ in told] == ["row", "failure"]
    assert told[-1][1].startswith("labels.csv: has no column id")
    assert path.read_text("utf-8") == "passage;thème;réponse\n"


def test_undated_passages_left_out_by_dates_are_told(desk: Desk) -> None:
    from datetime import date

    desk.collection.passages.loc[:4, "date"] = None
    desk.filter(Filter(since=date(2026, 2, 4)))
    assert "5 undated passages lie outside every date and are left out" in desk.summary()
