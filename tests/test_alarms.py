"""What is loud on the first screen, and that nothing else is."""

import pandas as pd
import pytest
from tables_for_tests import Shape, build_tables

from press_themes.alarms import state_alarms
from press_themes.articles.article_rows import LONGEST_ARTICLE


def _say(default=False, regime=None, apart=(), **columns):
    tables = build_tables(Shape(60, 12))
    quality = pd.DataFrame({"language": ["fr", "am"], "apart": [x in apart for x in ("fr", "am")]})
    told = tables._replace(articles=tables.articles.assign(**columns), alignment_quality=quality)
    return [alarm["en"] for alarm in state_alarms(told, default, regime or {})]


def test_an_ordinary_corpus_alarms_nobody():
    assert _say(kind="article", regime={"largest_article": 0.1}) == []


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"default": True}, "The corpus has no themes.yml"),
        ({"apart": ("am",)}, "Amharic could not be brought together"),
        ({"language": [None, "", *["fr"] * 10]}, "The language of 2 of 12 articles"),
        ({"n_chars": [LONGEST_ARTICLE + 1, *[900] * 11]}, "1 article is far longer"),
        ({"kind": ["headline"] * 3 + ["article"] * 9}, "3 of 12 articles are headlines"),
        ({"kind": "headline"}, "The corpus holds headlines only"),
        ({"regime": {"largest_article": 0.6}}, "One article holds 60% of all passages"),
    ],
)
def test_each_danger_is_named_with_its_number(given, said):
    (alarm,) = _say(**given)
    assert alarm.startswith(said)
