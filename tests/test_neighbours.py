import numpy as np
import pandas as pd
import pytest

from press_themes.findings.charts.house_style import QUIET
from press_themes.findings.charts.neighbours import keep_together


def _frame(n=120, seed=3):
    generator = np.random.default_rng(seed)
    theme = generator.choice(["", "x", "y"], n)
    points = generator.normal(0, 1, (n, 2)) + 2 * (theme == "x")[:, None]
    return pd.DataFrame(
        {
            "x": points[:, 0],
            "y": points[:, 1],
            "theme": theme,
            "label": theme,
            "color": np.where(theme == "", QUIET, "#000000"),
        }
    )


def test_neighbours_are_recounted_one_by_one():
    frame = _frame()
    points, theme = frame[["x", "y"]].to_numpy(), frame["theme"].to_numpy()
    distance = np.linalg.norm(points[:, None] - points[None], axis=2)
    np.fill_diagonal(distance, np.inf)
    same = theme[distance.argmin(axis=1)] == theme
    together = keep_together(frame)
    assert together["theme"].tolist() == ["x", "y"]
    for row in together.itertuples():
        mine = theme == row.theme
        assert row.same == pytest.approx(same[mine].mean())
        assert row.by_chance == pytest.approx((mine.sum() - 1) / (len(frame) - 1))


def test_small_themes_and_no_theme_are_not_measured():
    frame = _frame(20)
    assert keep_together(frame[frame["theme"] == ""].reset_index(drop=True)).empty
    assert keep_together(_frame(8)).empty
