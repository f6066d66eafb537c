"""Exports of the explorer: a CSV no spreadsheet runs, a picture of the map."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from collections_for_tests import FOUR, build_collection

from press_themes.desk.coloring import COLORINGS, color_passages
from press_themes.desk.explore import load_words
from press_themes.desk.export import COLUMNS, draw_view, export_passages, name_file
from press_themes.desk.view import View, list_shown

WORDS = load_words("en")


def test_passages_are_written_as_shown_and_no_cell_is_a_formula(tmp_path: Path) -> None:
    texts = ["=cmd|' /C calc'!A0", "+1", 'plain, with "quotes"\nand a line', "@x"]
    collection = build_collection(tmp_path, FOUR, texts)
    listed = list_shown(collection, View(selection=(0, 1, 2, 3, 9)))
    path = export_passages(collection, listed, tmp_path / "out")
    read = pd.read_csv(path, keep_default_na=False)
    assert read.columns.tolist() == COLUMNS
    expected = collection.passages["passage_id"].iloc[listed["row"]].tolist()
    assert read["passage_id"].tolist() == expected
    for column in ("text", "title", "outlet"):
        assert not read[column].str.match(r"[=+\-@\t\r\n]").any()
    assert "'=cmd|' /C calc'!A0" in read["text"].tolist()
    assert texts[2] in read["text"].tolist()


def test_a_file_is_never_replaced(tmp_path: Path) -> None:
    collection = build_collection(tmp_path)
    listed = list_shown(collection, View())
    names = [export_passages(collection, listed, tmp_path / "out").name for _ in range(3)]
    assert names == ["passages-001.csv", "passages-002.csv", "passages-003.csv"]
    (tmp_path / "out" / "passages-002.csv").unlink()
    assert name_file(tmp_path / "out", "passages", "csv").name == "passages-004.csv"


@pytest.mark.parametrize("coloring", COLORINGS)
def test_the_map_is_drawn_in_any_colours_and_repeats(tmp_path: Path, coloring: str) -> None:
    collection = build_collection(tmp_path)
    colors = color_passages(collection, coloring, WORDS)
    rows = np.arange(0, 60, 3)
    one, two = (
        draw_view(collection, rows, colors, "20 passages", tmp_path / "out") for _ in range(2)
    )
    assert one.read_bytes().startswith(b"\x89PNG")
    assert one.read_bytes() == two.read_bytes()
    assert one != two


def test_a_map_of_nothing_shown_is_drawn(tmp_path: Path) -> None:
    collection = build_collection(tmp_path)
    colors = color_passages(collection, "theme", WORDS)
    path = draw_view(collection, np.array([], int), colors, "0 passages", tmp_path)
    assert path.stat().st_size > 1000
