from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import adjusted_mutual_info_score
from stand_ins import WordEncoder, make_passages, make_subject_texts

from press_themes.topics.clustering import TopicSettings, least_topic_size
from press_themes.topics.topics import LEVEL_COLUMNS, choose_regime, discover_topics


def _find(texts: list[str], **settings: int) -> tuple:
    passages = make_passages(texts)
    vectors = WordEncoder().encode(texts)
    return passages, vectors, discover_topics(passages, vectors, TopicSettings(**settings))


@pytest.mark.slow
def test_topics_are_the_subjects_whatever_the_order_of_rows() -> None:
    texts, subjects = make_subject_texts(90)
    passages, vectors, topics = _find(texts)
    found = topics.assignments["topic"].to_numpy()
    assert adjusted_mutual_info_score(subjects, found) > 0.6
    order = np.random.default_rng(3).permutation(len(texts))
    again = discover_topics(passages.iloc[order].reset_index(drop=True), vectors[order])
    assert (again.assignments["topic"].to_numpy() == found[order]).all()
    np.testing.assert_array_equal(again.assignments["x"], topics.assignments["x"].to_numpy()[order])


@pytest.mark.slow
@pytest.mark.parametrize("n", [1, 2, 3, 4, 5, 7, 8, 12, 30])
def test_every_small_corpus_ends_with_a_table(n: int) -> None:
    texts, _ = make_subject_texts(n)
    _, _, topics = _find(texts)
    assert len(topics.assignments) == n
    assert topics.regime["name"] == ("codebook only" if n < 4 else "exact")
    if n < 4:
        assert (topics.assignments["topic"] == -1).all()
        assert topics.assignments["x"].isna().all()


def test_identical_texts_are_one_text() -> None:
    _, _, topics = _find(["anchor sailor reef"] * 30)
    assert topics.regime["name"] == "codebook only"
    assert topics.regime["n_texts"] == 1


@pytest.mark.slow
def test_above_the_sample_size_the_rest_is_assigned_as_the_sample_was() -> None:
    texts, subjects = make_subject_texts(300)
    _, _, topics = _find(texts, sample=120)
    assert topics.regime["name"] == "sampled"
    # Those outside the sample are outliers no more often than those in it.
    assert (topics.assignments["topic_raw"] >= 0).mean() > 0.6
    assert topics.assignments["x"].notna().all()
    assert adjusted_mutual_info_score(subjects, topics.assignments["topic"]) > 0.5


@pytest.mark.slow
def test_outliers_keep_their_raw_label_beside_the_topic_they_joined() -> None:
    texts, _ = make_subject_texts(90)
    _, _, topics = _find(texts)
    table = topics.assignments
    kept = table["topic_raw"] >= 0
    assert (table.loc[kept, "topic"] == table.loc[kept, "topic_raw"]).all()
    assert table["topic_strength"].isna().equals(table["topic"] == -1)


@pytest.mark.slow
def test_every_topic_lies_in_one_of_the_level_above() -> None:
    texts, _ = make_subject_texts(120)
    table = _find(texts)[2].assignments
    broad, middle, fine = LEVEL_COLUMNS.values()
    for below, above in ((fine, middle), (middle, broad)):
        placed = table[table[below] >= 0]
        assert (placed.groupby(below)[above].nunique() == 1).all()
        assert (placed[above] >= 0).all()
        assert table[above].nunique() <= table[below].nunique()
    assert (table["topic"] == table[middle]).all()


@pytest.mark.slow
def test_a_debate_does_not_swallow_the_articles_beside_it() -> None:
    random = np.random.default_rng(0)
    centres = random.normal(size=(5, 24))
    # Four subjects of four articles of five passages, and a debate of 400 passages.
    subject = np.array([i // 20 for i in range(80)] + [4] * 400)
    article = [f"a{i // 5}" for i in range(80)] + ["debate"] * 400
    points = centres[subject] + 0.6 * random.normal(size=(480, 24))
    vectors = (points / np.linalg.norm(points, axis=1, keepdims=True)).astype(np.float32)
    passages = make_passages([f"text {i}" for i in range(480)]).assign(article_id=article)
    passages["position"] = [i % 5 for i in range(80)] + list(range(400))
    topics = discover_topics(passages, vectors, TopicSettings(granularity="fine"))
    found = topics.assignments["topic"].to_numpy()
    assert adjusted_mutual_info_score(subject[:80], found[:80]) > 0.7
    assert topics.regime["largest_article"] > 0.8
    assert "83%" in topics.regime["sentence"]["en"]


def test_the_least_topic_follows_the_articles_and_not_the_passages_of_one_text() -> None:
    assert least_topic_size(250, 70) == 4
    assert least_topic_size(9_000, 2_200) < least_topic_size(400_000, 100_000)
    # Three articles can be a topic in a corpus of a thousand.
    assert least_topic_size(4_000, 1_000) <= 3 * 4
    assert least_topic_size(8, 8) == 2


def test_the_regime_is_stated_in_both_languages() -> None:
    for n in (0, 3, 4, 100, 50_000):
        texts = pd.DataFrame({"article_id": [f"a{i}" for i in range(n)]})
        regime = choose_regime(texts, np.arange(min(n, 20_000)))
        assert set(regime["sentence"]) == {"en", "fr"}
        assert str(n) in regime["sentence"]["en"]
