import pandas as pd
from tables_for_tests import Shape, build_tables

from press_themes.measures.tallies import tally


def _tally(tables):
    return tally(
        tables.articles, tables.passages, tables.skipped, tables.discarded, tables.trends
    ).set_index("name")


def test_every_part_is_a_recount_against_its_own_whole():
    tables = build_tables(Shape(100, 30, dates=("2026-02-03", None)))
    articles = tables.articles.assign(outlet=[None] * 7 + ["A"] * 23)
    rows = _tally(tables._replace(articles=articles))
    sizes = [len(names) for names in tables.passages["themes"]]
    families = list(tables.articles["family_id"])
    expected = {
        "unread": (1, 31),
        "no_outlet": (7, 30),
        "reprints": (30 - len(set(families)), 30),
        "most_reprinted": (max(map(families.count, families)), 30),
        "no_theme": (sizes.count(0), 100),
        "several_themes": (sum(size > 1 for size in sizes), 100),
        "newsletter": (9, None),
    }
    for name, (part, whole) in expected.items():
        assert rows.loc[name, "n"] == part, name
        assert (
            pd.isna(rows.loc[name, "n_whole"])
            if whole is None
            else (rows.loc[name, ["n_whole", "share"]].tolist() == [whole, part / whole])
        )


def test_one_period_is_tallied_only_where_it_holds_nearly_all():
    crowded = _tally(build_tables(Shape(200, 100, dates=("2026-02-03",) * 19 + ("2026-02-05",))))
    assert crowded.loc["one_period", "share"] > 0.8
    assert "one_period" not in _tally(build_tables(Shape(200, 100))).index
