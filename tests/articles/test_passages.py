from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stand_ins import WordEncoder, make_articles

from press_themes.articles.passages import PassageSettings, split_passages
from press_themes.errors import ConfigurationError

SENTENCE = "The committee met on a quiet morning and agreed on the plan for the harbour."


def _paragraph(sentences: int) -> str:
    return " ".join([SENTENCE] * sentences)


def _words(text: str) -> list[str]:
    return re.findall(r"\S+", text)


def test_short_paragraphs_join_and_long_ones_are_divided_at_sentences() -> None:
    body = "\n\n".join([_paragraph(1), _paragraph(1), _paragraph(40)])
    passages = split_passages(make_articles([body]), WordEncoder())
    assert len(passages) >= 5
    assert passages["n_tokens"].max() <= PassageSettings().most_tokens
    # Every part of the divided paragraph ends where a sentence ends.
    assert all(text.rstrip().endswith(".") for text in passages["text"])


def test_a_subhead_opens_a_passage_and_never_closes_one() -> None:
    body = "\n\n".join([_paragraph(6), "A short subhead", _paragraph(6)])
    passages = split_passages(make_articles([body]), WordEncoder())
    assert [text.startswith("A short subhead") for text in passages["text"]] == [False, True]


def test_copies_of_a_text_have_the_same_identifier_and_a_counter() -> None:
    passages = split_passages(make_articles([_paragraph(5)] * 3), WordEncoder())
    first = passages["passage_id"].iloc[0]
    assert passages["passage_id"].tolist() == [first, f"{first}-2", f"{first}-3"]


def test_a_text_without_spaces_or_sentences_is_divided_too() -> None:
    passages = split_passages(make_articles(["语" * 20_000], "zh"), WordEncoder())
    assert "".join(passages["text"]) == "语" * 20_000
    assert passages["n_tokens"].max() <= PassageSettings().most_tokens


def test_nothing_is_longer_than_an_encoder_of_short_reach_takes_in() -> None:
    encoder = WordEncoder()
    encoder.max_tokens = 40
    body = "\n\n".join([_paragraph(1), _paragraph(40), "word " * 500, "语" * 900])
    passages = split_passages(make_articles([body]), encoder)
    assert passages["n_tokens"].max() <= 40
    assert "".join(_words(" ".join(passages["text"]))) == "".join(_words(body))


def test_no_articles_give_an_empty_table_with_all_columns() -> None:
    passages = split_passages(make_articles([]), WordEncoder())
    assert passages.empty
    assert "n_tokens" in passages.columns


def test_unknown_language_in_the_settings() -> None:
    with pytest.raises(ConfigurationError, match="unknown language xx"):
        split_passages(
            make_articles([]), WordEncoder(), PassageSettings(plausible_languages=("xx",))
        )


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=400),
        max_size=8,
    ),
    st.sampled_from(["en", "fr", "de", "ar", "zh", "xx"]),
)
def test_no_word_is_lost(paragraphs: list[str], language: str) -> None:
    body = "\n\n".join(paragraphs)
    passages = split_passages(make_articles([body], language), WordEncoder())
    kept = "".join(_words(" ".join(passages["text"])))
    assert kept == "".join(_words(body))
