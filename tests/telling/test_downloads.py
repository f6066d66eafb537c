import io
from urllib.parse import unquote

import pandas as pd
from tables_for_tests import Shape, build_tables

from press_themes.telling.report.downloads import MOST_BYTES, embed_csv, embed_tables
from press_themes.telling.wording import load_wording

WORDS = load_wording("en")


def _read(address):
    head, text = address.split(",", 1)
    assert head == "data:text/csv;charset=utf-8"
    return pd.read_csv(io.StringIO(unquote(text).removeprefix("\ufeff")))


def test_the_tables_inside_are_those_of_the_run():
    tables = build_tables(Shape(60, 12))
    files = {file.name: _read(file.address) for file in embed_tables(tables, 10, WORDS)}
    names = ["themes", "topics", "trends", "events", "skipped", "discarded"]
    assert list(files) == [f"{name}.csv" for name in names]
    assert files["themes.csv"]["n_passages"].tolist() == tables.themes["n_passages"].tolist()
    assert files["trends.csv"]["period"].iloc[0] == "2026-02-03"
    assert max(map(len, files["discarded.csv"]["text"])) <= 11
    first = tables.topics.iloc[0]
    assert files["topics.csv"]["keywords"].iloc[0] == "fr: " + ", ".join(first["keywords"]["fr"])
    assert files["topics.csv"]["representatives"].iloc[0] == "; ".join(first["representatives"])


def test_an_empty_table_is_not_offered():
    tables = build_tables(Shape(60, 12))
    none = tables._replace(skipped=tables.skipped.head(0))
    assert "skipped.csv" not in {file.name for file in embed_tables(none, 10, WORDS)}


def test_formulas_are_defused_and_nothing_ends_the_attribute():
    address = embed_csv(pd.DataFrame({"a": ['=1+1"><script>', "-2"]}))
    assert _read(address)["a"].tolist() == ["'=1+1\"><script>", "'-2"]
    assert not set(address) & set('"<>#&\n')


def test_what_is_too_large_stays_beside(tmp_path):
    path = tmp_path / "large.csv"
    path.write_text("a\n" + "1234567\n" * (MOST_BYTES // 8), encoding="utf-8")
    assert embed_csv(path) == ""
    path.write_text("a\n1\n", encoding="utf-8")
    assert _read(embed_csv(path))["a"].tolist() == [1]
