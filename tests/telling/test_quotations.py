import pandas as pd
import pytest

import press_themes.telling.excerpts as module
from press_themes.telling.excerpts import (
    ROOM,
    choose_listed,
    fit_quotations,
    measure_quoted,
)


def _passages(texts):
    return pd.DataFrame({"passage_id": [f"p{i:05d}" for i in range(len(texts))], "text": texts})


def test_a_small_corpus_is_quoted_as_far_as_it_allows():
    passages = _passages(["word " * 100] * 20)
    assert fit_quotations(passages, 400) == 400
    assert fit_quotations(passages, 0) == 0


@pytest.mark.parametrize("letter", ["a", "ж", "水"])
def test_letters_that_take_more_room_are_quoted_shorter(letter):
    passages = _passages([letter * 500] * 4_500)
    limit = fit_quotations(passages, 400)
    assert limit < 400
    assert 0.9 * ROOM < limit * len(letter.encode()) <= ROOM


def test_what_is_not_listed_does_not_shorten_what_is(monkeypatch):
    monkeypatch.setattr(module, "MOST_PASSAGES", 30)
    passages = _passages(["word"] * 60).iloc[::-1]
    assert choose_listed(passages)["passage_id"].max() == "p00029"


def test_a_passage_quoted_twice_counts_once_as_far_as_it_is_quoted():
    passages = _passages(["abcdefghij"] * 4)
    assert measure_quoted(passages, ["p00001", "p00001"], 5) == 5 / 40
    assert measure_quoted(passages, passages["passage_id"], 10) == 1
    assert measure_quoted(passages, passages["passage_id"], 0) == 0
    assert measure_quoted(passages.head(0), [], 5) == 0
