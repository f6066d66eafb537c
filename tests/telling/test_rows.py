import pandas as pd

from press_themes.telling.rows import each_row


def test_rows_come_in_order_with_their_label():
    frame = pd.DataFrame({"n": [2, 1]}, index=["b", "a"])
    assert [(row.Index, row.n) for row in each_row(frame)] == [("b", 2), ("a", 1)]
