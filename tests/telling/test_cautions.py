import pandas as pd
import pytest
from tables_for_tests import Shape, build_summary, build_tables

from press_themes.telling.charts.stability_by_size import UNSTABLE
from press_themes.telling.report.cautions import name_stability, write_cautions
from press_themes.telling.wording import load_wording


def test_cautions_name_what_is_open_with_recounted_numbers():
    tables = build_tables(Shape(120, 30, dates=("2026-02-03", None)))
    text = "\n".join(write_cautions(tables, build_summary(tables, "en"), load_wording("en")))
    raw = (tables.passages["topic_raw"] == -1).sum()
    left = (tables.passages["topic"] == -1).sum()
    unstable = (tables.topics["stability"] < UNSTABLE).sum()
    assert f"left {raw} of 120 passages" in text
    assert f"topic {left} remain" in text
    assert f"{unstable} of {len(tables.topics)} topics" in text
    assert f"{tables.articles['date'].isna().sum()} of 30 articles have no date" in text
    assert f"{tables.articles['truncated'].sum()} of 30 articles are cut short" in text
    assert "A small corpus: read it as a sketch." in text
    assert "One warning about the corpus." in text


def test_a_reassignment_that_moved_nothing_is_not_told():
    tables = build_tables(Shape(120, 30))
    summary = build_summary(tables, "en")
    summary["counts"]["outliers"] = summary["counts"]["outliers_raw"]
    text = "\n".join(write_cautions(tables, summary, load_wording("en")))
    assert "outside every topic." in text
    assert "reassignment" not in text


def test_outlets_not_stated_and_themes_nobody_judged_are_told():
    tables = build_tables(Shape(120, 30))
    articles = tables.articles.assign(outlet=[None] * 7 + ["Gazette A"] * 23)
    tables = tables._replace(articles=articles)
    text = "\n".join(write_cautions(tables, build_summary(tables, "en"), load_wording("en")))
    assert "7 of 30 articles do not state their outlet" in text
    assert "Nobody has judged by hand" in text
    judged = tables.theme_scores.assign(judged=["yes"] + [""] * (len(tables.theme_scores) - 1))
    told = tables._replace(theme_scores=judged)
    text = "\n".join(write_cautions(told, build_summary(told, "en"), load_wording("en")))
    assert "Nobody has judged" not in text


def test_nothing_is_said_of_topics_where_there_are_none():
    tables = build_tables(Shape(3, 1, n_topics=0))
    text = "\n".join(write_cautions(tables, build_summary(tables, "en"), load_wording("en")))
    assert "cluster" not in text


def test_stable_topics_are_no_warning():
    tables = build_tables(Shape(120, 30))
    topics = tables.topics.assign(stability=[0.6, *[None] * (len(tables.topics) - 1)])
    tables = tables._replace(topics=topics.astype({"stability": float}))
    text = "\n".join(write_cautions(tables, build_summary(tables, "en"), load_wording("en")))
    assert "The 1 topic with a measured stability comes back" in text
    assert "do not build" not in text


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (0.75, "stable (0.75)"),
        (0.6, "fairly stable (0.60)"),
        (0.49, "unstable (0.49)"),
        (0.7460, "stable (0.75)"),
        (0.744, "fairly stable (0.74)"),
        (float("nan"), "stability not measured"),
    ],
)
def test_stability_has_a_word_and_a_number(value, name):
    assert name_stability(value, load_wording("en")) == name


def _accuracy(**known):
    row = dict.fromkeys(
        f"{x}{end}" for x in ("precision", "recall") for end in ("", "_low", "_high")
    )
    return pd.DataFrame([{"theme": "", "n_judged": 83, "basis": "sheet", **row, **known}])


def test_judgements_are_told_with_what_they_allow_and_what_they_do_not():
    tables = build_tables(Shape(120, 30))
    calibration = _accuracy(precision=0.62, precision_low=0.5, precision_high=0.73)
    shares = pd.DataFrame({"theme": ["open_source", "ai_products"], "basis": ["judged", "read"]})
    judged = tables._replace(theme_calibration=calibration, theme_shares=shares)
    words = load_wording("en")
    told = write_cautions(judged, build_summary(judged, "en"), words)
    assert "83 passages were judged by hand, drawn at random for the label sheet." in told
    assert "Of the themes given, 62% are right (95% interval 50% to 73%)." in told
    assert "How many themes were overlooked cannot be said from these judgements." in told
    assert any(x.startswith(f"The share of 1 of {len(tables.themes)} themes") for x in told)
    assert "No passage was judged by two people, so their agreement cannot be said." in told
    agreement = pd.DataFrame({"n_double": [40, 25, 0], "alpha": [0.71, 0.4, None]})
    disagreements = pd.DataFrame({"id": range(7)})
    agreed = judged._replace(agreement=agreement, disagreements=disagreements)
    told = " ".join(write_cautions(agreed, build_summary(agreed, "en"), words))
    assert "Up to 40 passages were judged by two people or more" in told
    assert "is 0.40 to 0.71 by theme, and 7 judgements differ" in told


def test_the_quality_of_links_is_told_only_where_articles_were_linked():
    tables = build_tables(Shape(120, 30))
    measured = {"n_sets": 9, "precision_low": 0.9, "precision_high": 1.0}
    measured |= {"recall_low": 0.4, "recall_high": 1.0}
    for most, said in ((3, True), (1, False)):
        told = tables._replace(stories=pd.DataFrame({"n_articles": [most, 1]}))
        summary = {**build_summary(told, "en"), "measured": {"links": measured}}
        text = " ".join(write_cautions(told, summary, load_wording("en")))
        assert ("90% to 100% of its links were right" in text) == said


def test_the_error_of_shares_that_nobody_judged_is_told_and_not_that_of_judged_ones():
    tables = build_tables(Shape(120, 30))
    summary = build_summary(tables, "en")
    errors = {"n_sets": 5, "mean_error_low": 0.021, "mean_error_high": 0.041, "worst_error": 0.088}
    summary["measured"] = {"shares": errors}
    text = "\n".join(write_cautions(tables, summary, load_wording("en")))
    assert "in 5 open collections" in text
    assert "2.1 to 4.1 percentage points off on average, and 8.8 at most" in text
    judged = tables._replace(theme_shares=pd.DataFrame({"basis": ["judged", "judged"]}))
    text = "\n".join(write_cautions(judged, summary, load_wording("en")))
    assert "open collections" not in text
