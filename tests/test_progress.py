import sys

import pytest

from press_themes import progress


@pytest.fixture
def at_once(monkeypatch):
    monkeypatch.setattr(progress, "_SECONDS_BETWEEN_LINES", 0.0)
    monkeypatch.setattr(progress, "_SECONDS_BETWEEN_NOTES", 0.0)


def test_plain_lines_say_how_far_and_what_came_of_it(at_once, capsys):
    with progress.show_progress("reading files", 2) as shown:
        shown.update(0, "5 articles")
        shown.update(1)
    assert capsys.readouterr().err.splitlines() == [
        "  reading files: 0 of 2, 5 articles",
        "  reading files: 1 of 2",
    ]


def test_short_work_says_nothing(capsys):
    with progress.show_progress("reading files", 2) as shown:
        shown.update(2)
    assert capsys.readouterr().err == ""


def test_a_terminal_gets_a_bar_with_the_same_note(at_once, capsys, monkeypatch):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with progress.show_progress("reading files", 2) as shown:
        shown._bar.delay = 0
        shown.update(1, "5 articles")
        assert shown._bar.postfix == "5 articles"
        assert shown._bar.n == 1
