import pandas as pd

from press_themes.stories.story_table import describe_stories

ARTICLES = pd.DataFrame(
    {
        "article_id": ["a", "b", "c", "d"],
        "title": ["Une", "Central", "Reprint", "Alone"],
        "title_derived": False,
        "date": pd.to_datetime(["2026-01-03", "2026-01-02", None, "2026-01-09"]),
        "outlet": ["A", "B", None, "A"],
        "language": ["fr", "en", "en", "de"],
        "family_id": ["a", "b", "b", "d"],
    }
)
LINKED = pd.DataFrame(
    {
        "article_id": ["a", "b", "c", "d"],
        "story_id": ["b", "b", "b", "d"],
        "confidence": [0.9, 0.95, 0.99, 1.0],
        "chain_id": [None, None, None, None],
    }
)
LINKS = pd.DataFrame(
    {
        "article_id": ["a", "b"],
        "other_id": ["b", "c"],
        "probability": [0.9, 0.95],
        "linked": [True, True],
    }
)
PASSAGES = pd.DataFrame(
    {
        "article_id": ["a", "a", "b", "c", "d"],
        "themes": [["law"], ["law", "work"], ["work"], ["law"], []],
    }
)


def described(language="", articles=ARTICLES):
    return describe_stories(articles, PASSAGES, LINKED, LINKS, language).set_index("story_id")


def test_a_story_spans_its_articles():
    row = described().loc["b"]
    assert (row["first_date"], row["last_date"]) == (
        pd.Timestamp("2026-01-02"),
        pd.Timestamp("2026-01-03"),
    )
    assert row["outlets"] == ["A", "B"]
    assert row["languages"] == ["en", "fr"]
    assert (row["n_articles"], row["n_passages"], row["n_families"]) == (3, 4, 2)
    assert row["themes"] == ["law", "work"]
    assert row["confidence"] == 0.9


def test_the_title_is_the_most_central_one_in_the_report_s_language_where_there_is_one():
    assert described()["title"]["b"] == "Central"
    assert described("fr")["title"]["b"] == "Une"
    assert described("es")["title"]["b"] == "Central"


def test_the_first_outlet_is_told_only_where_it_is_known():
    assert described()["first_outlet"]["b"] == "B"
    tie = ARTICLES.assign(date=pd.Timestamp("2026-01-02"))
    assert pd.isna(described(articles=tie)["first_outlet"]["b"])
    undated = ARTICLES.assign(date=pd.NaT)
    assert pd.isna(described(articles=undated)["first_outlet"]["b"])


def test_stories_of_most_articles_come_first_and_the_order_of_rows_does_not_matter():
    shuffled = ARTICLES.sample(frac=1, random_state=3)
    pd.testing.assert_frame_equal(described(), described(articles=shuffled))
    assert described().index.tolist() == ["b", "d"]
