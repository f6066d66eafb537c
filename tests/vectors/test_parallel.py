from __future__ import annotations

import numpy as np
from stand_ins import WordEncoder, make_passages

from press_themes.vectors.parallel import embed_parallel_sentences, read_parallel_sentences


def test_every_language_has_the_same_number_of_sentences_and_none_twice() -> None:
    sentences = read_parallel_sentences()
    assert {"en", "fr", "de", "es", "ar", "zh"} <= set(sentences)
    assert {len(own) for own in sentences.values()} == {20}
    assert all(len(set(own)) == 20 for own in sentences.values())


def test_only_languages_of_the_corpus_are_embedded() -> None:
    encoder = WordEncoder()
    table = embed_parallel_sentences(make_passages(["a", "b", "c"], ["fr", "en", "tlh"]), encoder)
    assert table["language"].tolist() == ["en", "fr"]
    every = encoder.encode(list(read_parallel_sentences()["en"]))
    np.testing.assert_allclose(table["vector"].iloc[0], every[::2].mean(axis=0), atol=1e-6)
    np.testing.assert_allclose(np.stack(table["held_out"].iloc[0]), every[1::2], atol=1e-6)


def test_one_language_needs_none() -> None:
    encoder = WordEncoder()
    assert embed_parallel_sentences(make_passages(["a", "b"], ["fr", "tlh"]), encoder).empty
    assert encoder.encoded == []
