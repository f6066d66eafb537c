from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from stand_ins import SUBJECTS, WordEncoder, make_passages, make_subject_texts

from press_themes.telling.wording import LANGUAGES, load_wording
from press_themes.topics.keywords import describe_groups, group_members
from press_themes.topics.quality import language_information, measure_quality


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([(0, "en"), (1, "fr")] * 5, 1.0),
        ([(0, "en"), (0, "fr"), (1, "en"), (1, "fr")], 0.0),
        ([(0, "en"), (1, "en")], 0.0),
        ([(-1, "en"), (-1, "fr")], 0.0),
    ],
)
def test_language_information(pairs: list[tuple[int, str]], expected: float) -> None:
    assert language_information(*zip(*pairs, strict=True)) == pytest.approx(expected)


def _tables(labels: list[int], texts: list[str], languages: list[str]) -> tuple:
    passages = make_passages(texts, languages).assign(topic=labels, topic_raw=labels)
    members = group_members(passages, "topic")
    keywords = describe_groups(passages, members)
    topics = pd.DataFrame(
        {
            "topic": list(members),
            "keywords": [
                [{"language": code, "words": words} for code, words in keywords[t].items()]
                for t in members
            ],
            "n_passages": [len(rows) for rows in members.values()],
            "stability": 0.8,
        }
    )
    return passages, topics


def _measure(labels: list[int], texts: list[str], languages: list[str]) -> pd.Series:
    passages, topics = _tables(labels, texts, languages)
    vectors = WordEncoder().encode(texts)
    return measure_quality(passages, topics, vectors, vectors).set_index("figure")["value"]


def test_real_topics_are_more_coherent_and_diverse_than_arbitrary_ones() -> None:
    texts, subjects = make_subject_texts(90)
    real = [list(SUBJECTS).index(s) for s in subjects]
    arbitrary = np.random.default_rng(0).permutation(real).tolist()
    good, bad = _measure(real, texts, ["en"] * 90), _measure(arbitrary, texts, ["en"] * 90)
    for figure in ("coherence_words", "coherence_vectors", "diversity"):
        assert good[figure] > bad[figure] + 0.1, figure
    assert good["stability"] == pytest.approx(0.8)
    assert "topic_language_information" not in good


def test_several_languages_have_their_information_before_and_after() -> None:
    texts, subjects = make_subject_texts(60)
    labels = [list(SUBJECTS).index(s) for s in subjects]
    labels[0] = -1
    figures = _measure(labels, texts, ["en", "fr"] * 30)
    assert figures["topic_language_information"] < 0.1
    assert {"language_information_before", "language_information_after"} <= set(figures.index)
    assert figures["outlier_share"] == pytest.approx(1 / 60)


def test_a_corpus_without_topics_has_no_figures() -> None:
    passages, topics = _tables([-1, -1], ["a b", "c d"], ["en", "fr"])
    assert measure_quality(passages, topics, np.eye(2), np.eye(2)).empty


def test_every_figure_has_its_sentence_in_both_languages() -> None:
    texts, subjects = make_subject_texts(60)
    labels = [list(SUBJECTS).index(s) for s in subjects]
    figures = _measure(labels, texts, ["en", "fr"] * 30)
    for language in LANGUAGES:
        words = load_wording(language)
        assert all(words(f"quality.{name}") for name in figures.index)
