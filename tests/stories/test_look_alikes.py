"""Two storms, two elections, two finals, told in four languages among other news, and a column."""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path

import pandas as pd
import pytest

from press_themes.articles.passages import split_passages
from press_themes.articles.read import read_articles
from press_themes.stories.linking import link_stories
from press_themes.vectors.continued_alignment import align_languages
from press_themes.vectors.embeddings import embed_passages
from press_themes.vectors.encoders import load_encoder
from press_themes.vectors.parallel import embed_parallel_sentences

ROOT = Path(__file__).resolve().parent.parent.parent
MADE = ROOT / "tests/data/stories/look_alikes.jsonl"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def told(encoder_cache):
    """Return the made articles with the story that each is linked to, and the one it tells."""
    rows = [json.loads(line) for line in MADE.read_text("utf-8").splitlines()]
    made = pd.DataFrame(rows).rename(columns={"text": "body", "story": "key"})
    made["date"] = pd.to_datetime(made["date"])
    made["article_id"] = [f"made{number:02}" for number in range(len(made))]
    others = read_articles(ROOT / "corpus").articles
    articles = pd.concat([made, others], ignore_index=True).assign(title_derived=False)
    articles["family_id"] = articles["article_id"]
    encoder = load_encoder(cache=encoder_cache)
    passages = split_passages(articles, encoder)
    # What opens the other articles is enough to tell near from usual.
    kept = passages["article_id"].str.startswith("made") | (passages["position"] == 0)
    passages = passages[kept].reset_index(drop=True)
    vectors = embed_passages(passages, encoder)
    parallel = embed_parallel_sentences(passages, encoder)
    aligned = align_languages(vectors, passages, parallel=parallel).vectors
    story = link_stories(articles, passages, aligned).stories.set_index("article_id")["story_id"]
    return made.assign(story=made["article_id"].map(story))


def test_events_of_one_kind_in_different_places_are_never_one_story(told):
    assert told.groupby("story")["key"].nunique().max() == 1


def test_most_reports_of_one_event_are_linked_over_languages(told):
    events = told[~told["key"].str.startswith("column")]
    pairs = [
        (one.story == other.story, one.language != other.language)
        for _, group in events.groupby("key")
        for one, other in combinations(group.itertuples(), 2)
    ]
    linked = [is_linked for is_linked, _ in pairs]
    assert sum(linked) >= 0.75 * len(pairs)
    assert sum(is_linked for is_linked, is_foreign in pairs if is_foreign) >= 8


def test_the_days_of_a_column_are_stories_of_their_own(told):
    column = told[told["key"].str.startswith("column")]
    assert column["story"].nunique() == len(column)
