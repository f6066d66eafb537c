from tables_for_tests import Shape, build_tables

from press_themes.telling.charts.left_out import draw_left_out


def test_every_row_is_a_recount_against_its_own_whole():
    tables = build_tables(Shape(100, 30, dates=("2026-02-03", None)))
    rows = draw_left_out(tables, "en").numbers.set_index("name")
    articles, passages = tables.articles, tables.passages
    expected = {
        "unread": (1, 31),
        "no_passage": (0, 30),
        "truncated": (articles["truncated"].sum(), 30),
        "undated": (articles["date"].isna().sum(), 30),
        "reprints": (30 - articles["family_id"].nunique(), 30),
        "no_theme": ((passages["themes"].map(len) == 0).sum(), 100),
        "outliers_raw": ((passages["topic_raw"] == -1).sum(), 100),
        "outliers": ((passages["topic"] == -1).sum(), 100),
    }
    for name, (part, whole) in expected.items():
        assert (rows.loc[name, "n"], rows.loc[name, "n_whole"]) == (part, whole), name
    lines = rows[rows["stage"] == "lines"]
    assert lines["n"].to_dict() == {"newsletter": 9, "paywall note": 6, "caption": 4}
    assert lines["n_whole"].isna().all()
    assert lines["label"].iloc[0] == "Lines peeled off: newsletter"


def test_a_kind_of_line_without_a_translation_keeps_its_name():
    tables = build_tables(Shape(30, 10))
    tables = tables._replace(discarded=tables.discarded.assign(kind="odd <b>kind</b>"))
    rows = draw_left_out(tables, "fr").numbers
    assert rows["label"].iloc[-1].endswith("odd <b>kind</b>")


def test_the_flow_goes_from_files_to_passages_with_a_theme():
    tables = build_tables(Shape(100, 30))
    articles = tables.articles.copy()
    articles.loc[29, "article_id"] = "told in no passage"
    tables = tables._replace(articles=articles)
    texts = draw_left_out(tables, "en").axes[0].texts
    told = [text.get_text().replace("\u00a0", " ") for text in texts]
    bare = int((tables.passages["themes"].map(len) == 0).sum())
    assert told[::2] == ["31 files", "30 articles", "100 passages", f"{100 - bare} with a theme"]
    assert told[1] == "1 gave no article (3.2%)"
    assert told[3] == "1 gave no passage (3.3%)"
    assert told[5].startswith(f"{bare} bear no theme (")
