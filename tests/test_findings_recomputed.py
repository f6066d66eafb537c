"""Every sentence of every finding, against the same things counted again in another way."""

import pandas as pd
import pytest
from recomputed_findings import check, read_numbers, read_quoted
from tables_for_tests import Shape, build_tables

from press_themes.measures.counts import count_groups
from press_themes.measures.trends import count_trends
from press_themes.telling.report.sentences import write_findings
from press_themes.telling.wording import load_wording

MONTHS = tuple(f"2026-{month:02}-15" for month in range(1, 9))
SHAPES = {
    "three days": Shape(300, 60, n_topics=12),
    "another draw": Shape(240, 48, seed=3),
    "two languages, months": Shape(400, 80, languages=("fr", "en"), dates=MONTHS, seed=5),
    "years": Shape(200, 50, dates=("2019-05-01", "2022-05-01", "2026-05-01"), seed=8),
    "undated in part": Shape(200, 50, dates=("2026-02-03", None, "2026-02-09"), seed=2),
    "nearly one day": Shape(200, 100, dates=("2026-02-03",) * 19 + ("2026-02-05",)),
    "no topic, no outlet": Shape(60, 20, n_topics=0, n_outlets=0),
    "two themes": Shape(120, 40, n_themes=2),
    "one article": Shape(3, 1, dates=(None,), n_topics=0, n_outlets=0),
    "three articles": Shape(9, 3, n_topics=2, n_outlets=1),
    "one passage": Shape(1, 1, n_topics=0),
    "many": Shape(6_000, 1_200, n_topics=60, n_outlets=12, dates=MONTHS),
}


def _give(tables, themes):
    passages = tables.passages.assign(themes=pd.Series(themes, dtype=object))
    counted = count_groups(passages, tables.articles, "themes").set_index("theme")
    described = tables.themes.set_index("theme")
    for column in counted.columns:
        described[column] = counted[column].reindex(described.index).fillna(0)
    trends = count_trends(passages, tables.articles)
    return tables._replace(passages=passages, themes=described.reset_index(), trends=trends)


def _check(tables, language):
    words = load_wording(language)
    check(tables, write_findings(tables, words))


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("name", SHAPES)
def test_every_number_of_every_finding_is_counted_again(name, language):
    _check(build_tables(SHAPES[name]), language)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_planted_peaks_departures_and_pairs_are_stated_with_their_numbers(language):
    tables = build_tables(Shape(360, 120, dates=MONTHS, n_outlets=4))
    articles = tables.articles.set_index("article_id")
    outlets = tables.passages["article_id"].map(articles["outlet"])
    dates = tables.passages["article_id"].map(articles["date"])
    themes = [
        ["cybersecurity"] * (outlet == "Gazette B")
        + ["open_source", "press_economy"] * (date.month == 3)
        + ["ai_products"] * (i % 3 == 0)
        for i, (outlet, date) in enumerate(zip(outlets, dates, strict=True))
    ]
    planted = _give(tables, themes)
    words = load_wording(language)
    findings = write_findings(planted, words)
    check(planted, findings)
    told = {finding.name: finding for finding in findings}
    assert told["time"].ask == {"theme": "open_source", "from": "2026-03-01", "to": "2026-03-31"}
    assert told["outlets"].ask == {"theme": "cybersecurity", "outlet": "Gazette B"}
    assert told["together"].ask == {"theme": "open_source", "with": "press_economy"}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_stories_wider_than_texts_are_counted_as_stories(language):
    tables = build_tables(Shape(300, 60, dates=MONTHS))
    stories = [f"s{i // 3:02d}" for i in range(60)]
    told = tables._replace(articles=tables.articles.assign(story_id=stories))
    _check(_give(told, list(told.passages["themes"])), language)


def test_no_theme_anywhere_is_stated_too():
    tables = build_tables(Shape(120, 30))
    _check(_give(tables, [[]] * 120), "en")


def test_the_check_sees_a_wrong_number():
    tables = build_tables(Shape(120, 30))
    findings = write_findings(tables, load_wording("en"))
    wrong = [x._replace(sentence=x.sentence.replace("120", "121")) for x in findings]
    with pytest.raises(AssertionError):
        check(tables, wrong)


def test_numbers_are_read_in_both_languages():
    assert read_numbers("1,200 of “top 3”: 3.4% (<0.1%)") == ["1200", "3.4", "0.1"]
    french = "1\u202f200 sur «\u202fles 3\u202f» : 3,4\u202f%"
    assert read_numbers(french) == ["1200", "3.4"]
    assert read_quoted(french) == ["les 3"]
