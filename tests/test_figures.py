import base64

import pandas as pd

from press_themes.findings.report.figures import MOST_TABLE_ROWS, embed_figures
from press_themes.findings.wording import load_wording

COLUMNS = ["name", "title", "subtitle", "alt", "svg", "png", "csv", "txt", "reason"]


def _figures(folder, table):
    (folder / "figures").mkdir()
    (folder / "figures/left_out.svg").write_text("<svg/>", encoding="utf-8")
    table.to_csv(folder / "figures/left_out.csv", index=False)
    files = ["figures/left_out.svg", "", "figures/left_out.csv", ""]
    rows = [
        ["left_out", "T", "S", "A", *files, ""],
        ["theme_map", "", "", "", "", "", "", "", "No."],
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def test_the_image_is_inside_and_the_numbers_are_formatted(tmp_path):
    table = pd.DataFrame(
        {
            "label": ["NA", None],
            "color": "#000000",
            "n_passages": [1200, 3],
            "share": [0.25, 0.031],
            "residual": [-1.5, 2.25],
            "n_whole": [10.0, None],
        }
    )
    drawn, absent = embed_figures(_figures(tmp_path, table), tmp_path, load_wording("en"))
    head, image = drawn["image"].split(",")
    assert head == "data:image/svg+xml;base64"
    assert base64.b64decode(image) == b"<svg/>"
    assert drawn["columns"] == ["label", "passages", "share", "residual", "of"]
    assert drawn["rows"] == [
        ["NA", "1,200", "25%", "-1.50", "10"],
        ["", "3", "3.1%", "2.25", "–"],
    ]
    assert "image" not in absent
    assert absent["reason"] == "No."


def test_long_tables_are_cut_and_counted(tmp_path):
    table = pd.DataFrame({"n": range(500)})
    drawn, _ = embed_figures(_figures(tmp_path, table), tmp_path, load_wording("en"))
    assert len(drawn["rows"]) == MOST_TABLE_ROWS
    assert drawn["n_rows"] == 500
