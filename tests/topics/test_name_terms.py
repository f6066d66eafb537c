"""Names of topics from the terms that lie nearest to them."""

from __future__ import annotations

import numpy as np
import pandas as pd
from stand_ins import WordEncoder, make_subject_texts

from press_themes.topics.name_terms import COLUMNS, find_name_terms
from press_themes.topics.names import name_groups
from press_themes.topics.nouns import Nouns


def _topics(n: int, languages: list[str] | None = None) -> tuple[pd.DataFrame, np.ndarray]:
    texts, subjects = make_subject_texts(n)
    numbers = {subject: i for i, subject in enumerate(dict.fromkeys(subjects))}
    passages = pd.DataFrame(
        {
            "text": texts,
            "language": languages or ["en"] * n,
            "topic": [numbers[subject] for subject in subjects],
        }
    )
    return passages, WordEncoder().encode(texts)


def test_a_term_that_lies_near_to_its_topic_comes_before_a_frequent_one_that_does_not() -> None:
    passages, vectors = _topics(60)
    # A word that stands in every passage of one topic and means what another topic is about.
    own, other = passages["topic"] == 0, passages["topic"] == 1
    stray = passages.loc[other, "text"].iloc[0].split()[0].casefold()
    passages.loc[own, "text"] = stray + " " + passages.loc[own, "text"]
    terms = find_name_terms(passages, vectors, WordEncoder(), "en")
    listed = terms.loc[terms["topic"] == 0, "term"].str.casefold().tolist()
    assert listed
    assert stray not in listed[:3]
    assert (terms["nearness"] > 0).all()
    assert terms.columns.tolist() == COLUMNS


def test_a_topic_is_named_in_the_language_wished_for_where_it_speaks_it() -> None:
    passages, vectors = _topics(60)
    rows = np.flatnonzero(passages["topic"] == 0)
    passages.loc[rows[2:], "language"] = "fr"
    spoken = find_name_terms(passages, vectors, WordEncoder(), "en").groupby("topic")["language"]
    assert spoken.unique().str[0].to_dict() == dict.fromkeys(sorted(set(passages["topic"])), "en")
    passages.loc[rows[1:], "language"] = "fr"
    terms = find_name_terms(passages, vectors, WordEncoder(), "en")
    assert set(terms.loc[terms["topic"] == 0, "language"]) == {"fr"}


def test_a_corpus_without_topics_has_no_terms_and_one_topic_has_some() -> None:
    passages, vectors = _topics(30)
    none = find_name_terms(passages.assign(topic=-1), vectors, WordEncoder(), "en")
    assert none.empty
    assert none.columns.tolist() == COLUMNS
    assert len(find_name_terms(passages.assign(topic=0), vectors, WordEncoder(), "en"))


def test_the_order_of_rows_changes_nothing() -> None:
    passages, vectors = _topics(60)
    mixed = np.random.default_rng(0).permutation(len(passages))
    first = find_name_terms(passages, vectors, WordEncoder(), "en")
    again = find_name_terms(
        passages.iloc[mixed].reset_index(drop=True), vectors[mixed], WordEncoder(), "en"
    )
    pd.testing.assert_frame_equal(first, again, rtol=1e-5)


def test_a_name_says_no_word_twice_and_ends_no_term_with_a_verb() -> None:
    nouns = {
        "en": Nouns(frozenset({"agency", "certificate", "request", "actor", "tide"}), frozenset())
    }
    terms = ["agency cites", "certificate", "request certificates", "tide", "actors"]
    assert (
        name_groups({0: {"en": terms}}, {0: "en"}, nouns)[0]
        == "Certificate, tide, request certificates"
    )
