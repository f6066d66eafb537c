"""A column of the input becomes a group: parties in speeches, the leaning of papers in a table."""

import csv

import numpy as np
import pandas as pd
import pytest

from press_themes.articles.read import read_articles
from press_themes.errors import ConfigurationError
from press_themes.measures.group_effects import GroupEffectSettings, count_bearing, model_groups

_OPENINGS = (
    "I rise to speak on the item that stands before the house this afternoon",
    "Members will recall what was promised to this chamber in the spring",
    "The committee heard eleven witnesses and I read every word they said",
    "My constituents on the coast write to me about little else these days",
)
_MATTERS = (
    "the pier that the county closed to fishing boats without a word",
    "a school bus which has not come to the upper valley since March",
    "the dam above the mill town and the farms that lie below it",
    "two hospital wards that share one nurse from dusk to dawn",
    "the ferry, its engine, and the islanders who wait for both",
)
_MONEY = "What it costs the treasury must stand in the budget, line by line, before we vote."
_NO_MONEY = "What it means for those who live there must be said aloud before we vote."


def _texts(rng, n, bears):
    """Return speeches of two paragraphs, of which the second speaks of money where `bears` says."""
    for number, speaks_of_money in zip(range(n), bears, strict=True):
        opening, matter = rng.choice(_OPENINGS), rng.choice(_MATTERS)
        first = f"{opening}: {matter}, item {number} of the order paper of this long session."
        yield f"{first}\n\n{_MONEY if speaks_of_money else _NO_MONEY} Item {number} is no other."


def _write(path, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def _bearing(articles):
    rows = [
        (article.article_id, ["money"] if "treasury" in paragraph else [])
        for article in articles.itertuples()
        for paragraph in article.body.split("\n\n")
    ]
    return count_bearing(pd.DataFrame(rows, columns=["article_id", "themes"]))


@pytest.fixture(scope="module")
def speeches(tmp_path_factory):
    """A parliament of two parties and a small one; ministers, most of one party, add nothing."""
    rng = np.random.default_rng(4)
    debate = np.repeat(np.arange(90), 4)
    party = rng.choice(["Reform Union", "Harbour List"], len(debate))
    party[debate < 3] = "Lone Hand"
    is_minister = rng.random(len(debate)) < np.where(party == "Reform Union", 0.6, 0.2)
    bears = rng.random(len(debate)) < np.where(party == "Reform Union", 0.75, 0.25)
    folder = tmp_path_factory.mktemp("speeches")
    rows = [
        {
            "title": f"Debate {d}, speech {n}",
            "date": f"2025-{1 + d % 9:02}-{1 + d % 27:02}",
            "language": "en",
            "debate": f"debate {d}",
            "party": p,
            "role": "minister" if m else "member",
            "text": text,
        }
        for n, (d, p, m, text) in enumerate(
            zip(debate, party, is_minister, _texts(rng, len(debate), bears), strict=True)
        )
    ]
    _write(folder / "speeches.csv", rows)
    articles = read_articles(folder).articles
    return articles.assign(story_id=articles["group_debate"])


def test_parties_arrive_as_a_group_and_their_difference_is_told_with_its_interval(
    speeches,
):
    assert {"group_party", "group_role", "group_debate"} <= set(speeches.columns)
    settings = GroupEffectSettings(groups=("party", "role"))
    found = model_groups(_bearing(speeches), speeches, settings).set_index(["column", "group"])
    (party,) = [row for row in found.itertuples() if row.Index[0] == "party" and not row.note]
    sign = 1 if party.Index[1] == "Reform Union" else -1
    # Of two paragraphs one speaks of money or not: shares of passages differ by half of .5.
    assert party.effect_low < sign * 0.25 < party.effect_high
    assert party.beyond_chance
    assert {party.Index[1], party.reference} == {"Reform Union", "Harbour List"}
    (role,) = [row for row in found.itertuples() if row.Index[0] == "role"]
    assert role.effect_low < 0 < role.effect_high
    assert not role.beyond_chance


def test_a_party_that_spoke_in_three_debates_is_named_and_not_compared(speeches):
    settings = GroupEffectSettings(groups=("party", "role"))
    found = model_groups(_bearing(speeches), speeches, settings)
    small = found[found["group"] == "Lone Hand"].iloc[0]
    assert small["note"] == "few stories"
    assert small["n_stories"] == 3
    assert np.isnan(small["effect"])


def test_the_leaning_of_papers_is_held_apart_from_their_region(tmp_path):
    rng = np.random.default_rng(7)
    story = np.repeat(np.arange(80), 3)
    leaning = rng.choice(["left", "centre", "right"], len(story))
    is_south = rng.random(len(story)) < np.where(leaning == "left", 0.8, 0.3)
    chance = pd.Series(leaning).map({"left": 0.8, "centre": 0.5, "right": 0.2}).to_numpy()
    bears = rng.random(len(story)) < chance
    rows = [
        {"headline": f"Item {n}", "date": "2025-05-06", "newspaper": f"The {lean} paper",
         "region": "south" if south else "north", "leaning": lean, "event": f"e{s}", "body": text}
        for n, (s, lean, south, text) in enumerate(
            zip(story, leaning, is_south, _texts(rng, len(story), bears), strict=True)
        )
    ]  # fmt: skip
    _write(tmp_path / "press.csv", rows)
    articles = read_articles(tmp_path).articles
    articles = articles.assign(story_id=articles["group_event"])
    settings = GroupEffectSettings(groups=("leaning", "region"))
    found = model_groups(_bearing(articles), articles, settings)
    chances = {"left": 0.4, "centre": 0.25, "right": 0.1}
    for row in found[found["column"] == "leaning"].itertuples():
        truth = chances[row.group] - chances[row.reference]
        assert row.effect_low < truth < row.effect_high
        assert row.effect_high - row.effect_low < 0.3
    region = found[found["column"] == "region"].iloc[0]
    assert region["effect_low"] < 0 < region["effect_high"]


def test_a_group_that_no_column_bears_is_refused_with_those_there_are(speeches):
    with pytest.raises(ConfigurationError, match="party"):
        model_groups(_bearing(speeches), speeches, GroupEffectSettings(groups=("fraction",)))
