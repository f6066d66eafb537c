import pandas as pd
import pytest

from press_themes.safe_text import defuse_formulas


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_texts_that_look_like_formulas_are_defused(start):
    frame = pd.DataFrame({"title": [f"{start}cmd()", "plain", None]})
    safe = defuse_formulas(frame)["title"].tolist()
    assert safe[0] == f"'{start}cmd()"
    assert safe[1] == "plain"
    assert pd.isna(safe[2])
    assert frame["title"].iloc[0] == f"{start}cmd()"


def test_negative_numbers_stay_numbers():
    frame = pd.DataFrame({"residual": [-1.5, 2.0], "date": pd.to_datetime(["2026-02-03"] * 2)})
    pd.testing.assert_frame_equal(defuse_formulas(frame), frame)
