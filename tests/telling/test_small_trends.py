import re

import pandas as pd
import pytest
from tables_for_tests import Shape, build_tables

from press_themes.telling.report.small_trends import draw_small_trend
from press_themes.telling.wording import load_wording

WORDS = load_wording("en")


def _trends(rows):
    """Make trends of one theme from (day, passages with it, all passages, status)."""
    days = pd.to_datetime([row[0] for row in rows])
    with_it, whole = [row[1] for row in rows], [row[2] for row in rows]
    share = [n / m if m else float("nan") for n, m in zip(with_it, whole, strict=True)]
    trends = pd.DataFrame(
        {
            "theme": "t", "period": days, "period_end": days, "n_passages": with_it,
            "n_period": whole, "share": share, "share_low": float("nan"),
            "share_high": float("nan"), "status": [row[3] for row in rows],
            "basis": "read",
        }
    )  # fmt: skip
    return build_tables(Shape(20, 5))._replace(trends=trends)


def test_dots_stand_at_their_dates_and_lines_do_not_cross_gaps():
    rows = [
        ("2026-02-01", 1, 4, "partial"), ("2026-02-02", 2, 4, "full"),
        ("2026-02-03", 0, 0, "empty"), ("2026-02-04", 4, 4, "full"),
        ("2026-02-05", 0, 4, "full"),
    ]  # fmt: skip
    drawing = str(draw_small_trend(_trends(rows), "t", WORDS)["drawing"])
    across = [float(x) for x in re.findall(r'cx="([\d.]+)"', drawing)]
    assert across == [8.0, 84.0, 236.0, 312.0]
    upward = [float(y) for y in re.findall(r'cy="([\d.]+)"', drawing)]
    assert upward == [44.0, 32.0, 8.0, 56.0]
    (line,) = re.findall(r'class="line" d="([^"]+)"', drawing)
    assert line == "M8.0 44.0L84.0 32.0M236.0 8.0L312.0 56.0"
    assert drawing.count('class="hollow"') == 1


def test_an_estimate_is_a_diamond_and_is_named_so():
    rows = [("2026-02-01", 1, 4, "full"), ("2026-02-02", 2, 4, "full")]
    tables = _trends(rows)
    tables = tables._replace(trends=tables.trends.assign(basis=["read", "judged"]))
    trend = draw_small_trend(tables, "t", WORDS)
    assert trend["drawing"].count("<circle") == 1
    assert trend["drawing"].count('class="dot"') == 2
    assert "diamonds: estimated" in trend["caption"]


def test_two_periods_get_no_line():
    rows = [("2026-02-01", 1, 4, "full"), ("2026-02-02", 2, 4, "full")]
    drawing = draw_small_trend(_trends(rows), "t", WORDS)["drawing"]
    assert drawing.count("<circle") == 2
    assert "line" not in drawing


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([("2026-02-01", 1, 4, "full")], "fewer than two periods"),
        ([("2026-02-01", 0, 4, "full"), ("2026-02-02", 0, 4, "full")], "no dated passage bears"),
        ([("2026-02-01", 5, 90, "full"), ("2026-02-02", 1, 10, "full")], "90% of the dated"),
    ],
)
def test_where_no_trend_can_be_read_it_says_why(rows, reason):
    trend = draw_small_trend(_trends(rows), "t", WORDS)
    assert reason in trend["reason"]
    assert "drawing" not in trend


def test_the_text_instead_tells_the_counts():
    rows = [("2026-02-01", 1, 4, "full"), ("2026-02-02", 2, 4, "full")]
    drawing = draw_small_trend(_trends(rows), "t", WORDS)["drawing"]
    assert "1 Feb 2026: 1 of 4; 2 Feb 2026: 2 of 4." in drawing


def test_of_many_periods_the_highest_and_the_last_are_told():
    rows = [(f"2026-02-{day:02}", 3 if day == 5 else 1, 4, "full") for day in range(1, 12)]
    drawing = draw_small_trend(_trends(rows), "t", WORDS)["drawing"]
    assert "5 Feb 2026: 3 of 4; 11 Feb 2026: 1 of 4." in drawing
    assert "2 Feb 2026" not in drawing


def test_an_unknown_theme_and_no_dates_have_no_trend():
    tables = build_tables(Shape(20, 5, dates=(None,)))
    assert draw_small_trend(tables, "open_source", WORDS)["reason"]
