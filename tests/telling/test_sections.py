import re

import numpy as np
import pandas as pd
from tables_for_tests import Shape, build_tables

from press_themes.telling.report.examples import Bank
from press_themes.telling.report.sections import (
    MOST_TOPICS,
    anchor,
    list_articles,
    list_skipped,
    list_themes,
    list_topics,
    state_missed,
)
from press_themes.telling.wording import load_wording

WORDS = load_wording("en")


def test_anchors_hold_only_safe_characters():
    assert re.fullmatch("theme-open-script-[0-9a-f]{8}", anchor("theme", 'open"><script>'))
    assert anchor("theme", "open_source") == "theme-open_source"
    assert anchor("topic", 3) == "topic-3"


def test_names_that_look_alike_as_identifiers_have_anchors_of_their_own():
    names = ["气候", "经济", "éco a", "éco-a", "-", "--", "eco"]
    assert len({anchor("theme", name) for name in names}) == len(names)


def _cover(sizes, covered):
    """Topics of these sizes, those named with a theme on every passage."""
    tables = build_tables(Shape(sum(sizes), 20, n_topics=len(sizes)))
    topic = np.repeat(np.arange(len(sizes)), sizes)
    themes = [["open_source"] if x in covered else [] for x in topic]
    topics = pd.concat([tables.topics.head(1)] * len(sizes), ignore_index=True)
    topics = topics.assign(topic=range(len(sizes)), n_passages=sizes)
    passages = tables.passages.assign(topic=topic, themes=themes)
    return tables._replace(passages=passages, topics=topics)


def test_a_handful_of_passages_is_no_topic_that_the_codebook_misses():
    missed = state_missed(_cover([37, 20, 3], {0, 1}), WORDS)
    assert missed["sentence"].startswith("The codebook misses no topic")
    few = state_missed(_cover([4, 3], set()), WORDS)
    assert few["sentence"].startswith("It cannot be said")


def test_missed_topics_that_are_not_described_are_counted_and_named():
    tables = _cover([6] * MOST_TOPICS + [5] * 10, set(range(MOST_TOPICS)))
    missed = state_missed(tables, WORDS)
    assert "misses 10 topics" in missed["sentence"]
    assert [anchor for anchor, _ in missed["topics"]] == [""] * 10
    assert not any(topic["missed"] for topic in list_topics(tables, Bank(tables, 9, WORDS), WORDS))


def test_themes_are_listed_by_size_with_their_numbers():
    tables = build_tables(Shape(200, 40))
    listed = list_themes(tables, Bank(tables, 100, WORDS), WORDS)
    ordered = tables.themes.sort_values("n_passages", ascending=False)
    assert [theme["label"] for theme in listed] == ordered["label"].tolist()
    first = ordered.iloc[0]
    assert listed[0]["n_passages"] == f"{int(first['n_passages'])} passages"
    assert listed[0]["share"] == WORDS.percent(first["share"])
    outlets = tables.articles.set_index("article_id")["outlet"]
    bears = [first["theme"] in names for names in tables.passages["themes"]]
    recounted = tables.passages["article_id"][bears].drop_duplicates().map(outlets).value_counts()
    assert {outlet: n for outlet, n, _ in listed[0]["outlets"]} == {
        outlet: WORDS("noun.article", n=n) for outlet, n in recounted.items()
    }


def test_topics_tell_their_themes_and_whether_the_codebook_misses_them():
    tables = build_tables(Shape(200, 40))
    bare = tables.passages["topic"] == 1
    themes = [[] if x else names for x, names in zip(bare, tables.passages["themes"], strict=True)]
    tables = tables._replace(passages=tables.passages.assign(themes=themes))
    listed = {
        topic["anchor"]: topic for topic in list_topics(tables, Bank(tables, 100, WORDS), WORDS)
    }
    assert listed["topic-1"]["missed"]
    assert listed["topic-1"]["themes"] == []
    assert not listed["topic-0"]["missed"]
    inside = tables.passages[tables.passages["topic"] == 0]["themes"].explode().value_counts()
    assert [int(n) for _, _, n in listed["topic-0"]["themes"]] == inside.head(3).tolist()


def test_articles_are_listed_by_date_with_their_strongest_theme():
    tables = build_tables(Shape(60, 20, dates=("2026-02-03", "2026-02-01", None)))
    listed = list_articles(tables, WORDS)
    dates = [article["date"] for article in listed]
    assert dates == sorted(dates, key=["1 Feb 2026", "3 Feb 2026", "undated"].index)
    owners = tables.passages.set_index("passage_id")["article_id"]
    scores = tables.theme_scores.assign(owner=tables.theme_scores["passage_id"].map(owners))
    borne = scores[scores["assigned"]].groupby("owner")["theme"].agg(set)
    labels = tables.themes.set_index("theme")["label"]
    titles = tables.articles.set_index("title")["article_id"]
    assert len(borne)
    for article in listed:
        possible = {labels[theme] for theme in borne.get(titles[article["title"]], set())}
        assert article["theme"] in (possible or {"–"})


def test_skipped_items_are_counted_from_one_and_may_have_no_place():
    tables = build_tables(Shape(30, 10))
    skipped = pd.DataFrame(
        {"path": ["a", "b"], "position": pd.array([0, None], dtype="Int64"), "reason": ["r", "s"]}
    )
    listed = list_skipped(tables._replace(skipped=skipped))
    assert [row["position"] for row in listed] == ["1", ""]
