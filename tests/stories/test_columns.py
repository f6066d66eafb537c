import numpy as np
import pandas as pd

from press_themes.stories.daily_columns import find_columns, find_doubtful

LONG = "What happened is told here at some length. " * 5


def articles(titles, dated=True, **columns):
    n = len(titles)
    dates = pd.Timestamp("2026-05-01") + pd.to_timedelta(np.arange(n), "D")
    table = pd.DataFrame(
        {"title": titles, "body": LONG, "outlet": "Gazette", "language": "en", "date": dates}
    )
    return table.assign(**columns) if dated else table.assign(date=pd.NaT, **columns)


DIARY = ["What to do on 1 May", "What to do on 2 May", "What to do on 3 June"]


def doubtful(table, alike=True):
    pairs = pd.DataFrame({"left": [0], "right": [1], "alike": [alike]})
    return bool(find_doubtful(table, pairs)[0])


def test_a_heading_that_stands_but_for_the_day_is_a_column():
    assert (find_columns(articles(DIARY)) == 0).all()
    assert (find_columns(articles(DIARY, dated=False)) == 0).all()
    assert doubtful(articles(DIARY))


def test_a_story_and_its_sequel_are_no_column():
    assert (find_columns(articles(["Storm: 3 dead", "Storm: 5 dead"])) == -1).all()
    assert not doubtful(articles(["Storm: 3 dead", "Storm: 5 dead"]))


def test_a_heading_of_one_day_or_of_several_outlets_is_no_column():
    assert (find_columns(articles(DIARY, date=pd.Timestamp("2026-05-01"))) == -1).all()
    assert (find_columns(articles(DIARY, outlet=["A", "B", "C"])) == -1).all()


def test_a_derived_title_names_no_column():
    assert (find_columns(articles(DIARY, title_derived=True)) == -1).all()


def test_headings_that_begin_alike_are_a_series():
    table = articles(["At home with Ann Lee", "At home with Bo Marsh", "At home with Cy Dunn"])
    assert (find_columns(table) == -1).all()
    assert doubtful(table)


def test_a_caption_says_too_little_in_one_language_and_counts_over_two():
    table = articles(["The song", "Another song"], body="Watch the video.")
    assert doubtful(table)
    assert not doubtful(table, alike=False)


def test_missing_titles():
    assert (find_columns(articles([None, float("nan"), ""])) == -1).all()
