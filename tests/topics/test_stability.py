from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from stand_ins import WordEncoder, make_passages, make_subject_texts

from press_themes.topics.clustering import TopicSettings
from press_themes.topics.stability import measure_topic_stability
from press_themes.topics.topics import discover_topics


@pytest.mark.slow
def test_topics_found_are_stable_and_arbitrary_ones_are_not() -> None:
    texts, _ = make_subject_texts(90)
    passages, vectors = make_passages(texts), WordEncoder().encode(texts)
    settings = TopicSettings(resamples=3)
    real = discover_topics(passages, vectors, settings).assignments
    shuffled = np.random.default_rng(0).permutation(real["topic_raw"].to_numpy())
    stable = measure_topic_stability(passages, vectors, real, settings)
    arbitrary = measure_topic_stability(
        passages, vectors, pd.DataFrame({"topic": shuffled, "topic_raw": shuffled}), settings
    )
    assert (stable > 2 * arbitrary).all()
    assert stable.between(0, 1).all()


def test_a_corpus_too_small_to_resample_has_no_stability() -> None:
    texts, _ = make_subject_texts(6)
    topics = pd.DataFrame({"topic": [0, 0, 1, 1, 1, -1], "topic_raw": [0, 0, 1, 1, -1, -1]})
    stability = measure_topic_stability(make_passages(texts), WordEncoder().encode(texts), topics)
    assert stability.index.tolist() == [0, 1]
    assert stability.isna().all()


@pytest.mark.slow
def test_merged_and_divided_topics_have_a_stability_of_their_own() -> None:
    texts, true = make_subject_texts(90)
    passages, vectors = make_passages(texts), WordEncoder().encode(texts)
    settings = TopicSettings(resamples=3)
    subject = pd.factorize(np.array(true))[0]
    raw = np.where(subject == 2, -1, subject)
    found = pd.DataFrame({"topic": subject, "topic_raw": raw})
    apart = measure_topic_stability(passages, vectors, found, settings)
    assert apart.index.tolist() == [0, 1, 2]
    assert apart.notna().all()
    merged = found.assign(topic=np.where(subject == 1, 0, subject))
    together = measure_topic_stability(passages, vectors, merged, settings)
    assert together.index.tolist() == [0, 2]
    assert together[0] < apart[0]
    assert together[2] == apart[2]
