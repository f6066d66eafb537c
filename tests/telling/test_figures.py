import pandas as pd
from tables_for_tests import Shape, build_summary, build_tables

from press_themes.telling.charts.chart_list import draw_charts
from press_themes.telling.report.figures import MOST_TABLE_ROWS, embed_figures
from press_themes.telling.wording import load_wording

COLUMNS = ["name", "title", "subtitle", "alt", "svg", "png", "csv", "txt", "reason"]


def _figures(folder, table, name="left_out"):
    (folder / "figures").mkdir()
    (folder / f"figures/{name}.svg").write_text("<svg/>", encoding="utf-8")
    table.to_csv(folder / f"figures/{name}.csv", index=False)
    files = [f"figures/{name}.svg", "", f"figures/{name}.csv", ""]
    rows = [
        [name, "T", "S", "A", *files, ""],
        ["topic_keywords", "", "", "", "", "", "", "", "No."],
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
    assert drawn["image"] == ("data:image/svg+xml,<svg/>", True, 0, 0)
    assert drawn["csv"].startswith("data:text/csv;charset=utf-8,")
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


def test_empty_periods_are_left_to_the_file_and_the_others_named(tmp_path):
    table = pd.DataFrame({"n_passages": [1, 0, 2], "status": ["partial", "empty", "full"]})
    figures = _figures(tmp_path, table, "coverage_over_time")
    drawn, _ = embed_figures(figures, tmp_path, load_wording("fr"))
    assert drawn["rows"] == [["1", "incomplète"], ["2", "complète"]]
    assert drawn["n_rows"] == 2


def test_a_crosstab_has_one_row_a_theme_and_no_codes(tmp_path):
    tables = build_tables(Shape(900, 90, n_topics=30))
    tables.topics["label"] = [
        f"a label that is far too long to be drawn whole {i}" for i in tables.topics["topic"]
    ]
    summary = build_summary(tables, "en")
    figures = draw_charts(tables, summary, tmp_path / "figures", "en")
    drawn = {x["anchor"]: x for x in embed_figures(figures, tmp_path, load_wording("en"))}
    crossed = drawn["figure-themes_by_topic"]
    assert len(crossed["rows"]) == crossed["n_rows"] == len(tables.themes) + 1
    assert {len(row) for row in crossed["rows"]} == {len(crossed["columns"])}
    assert crossed["rows"][-1][0] == "no theme"
    n_outliers = (tables.passages["topic"] == -1).sum()
    assert crossed["columns"][-1] == f"outliers, in no topic ({n_outliers})"
    assert crossed["columns"][-2].startswith("smaller topics together (")
    assert "drawn whole" in crossed["columns"][1]
    bare = tables.passages["themes"].map(len) == 0
    outlying = (bare & (tables.passages["topic"] == -1)).sum()
    assert crossed["rows"][-1][-1] == str(outlying)
    kept = pd.read_csv(tmp_path / "figures/themes_by_topic.csv")
    assert not {"-1", "-2"} & set(kept["topic"].astype(str))
    assert not kept["topic_label"].str.contains("…").any()
    outlets = drawn["figure-theme_by_outlet"]
    assert len(outlets["columns"]) == 4
    assert "(exp. " in outlets["rows"][0][1]
    assert drawn["figure-theme_map"]["columns"] == []
