from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from stand_ins import WordEncoder, make_passages

from press_themes.vectors.embeddings import embed_passages, embed_texts
from press_themes.vectors.store import Part


def test_a_repeated_text_is_encoded_once_and_rows_keep_their_order() -> None:
    encoder = WordEncoder()
    vectors = embed_passages(make_passages(["b c", "a", "b c", "d"]), encoder)
    assert sorted(encoder.encoded) == ["a", "b c", "d"]
    assert (vectors[0] == vectors[2]).all()
    np.testing.assert_array_equal(vectors[1], WordEncoder().encode(["a"])[0])
    assert vectors.dtype == np.float32


def test_no_texts_give_no_rows() -> None:
    assert embed_texts([], WordEncoder()).shape == (0, 48)


class _Streaming(WordEncoder):
    """Gives its vectors in parts and out of order, as an encoder with a store does."""

    def stream(self, texts: Sequence[str]) -> Iterator[Part]:
        rows = np.arange(len(texts))[::-1]
        for part in np.array_split(rows, 3) if len(rows) else [rows]:
            yield Part(part, self.encode([texts[row] for row in part]))


@pytest.mark.parametrize("texts", [[], ["a"], ["b c", "a", "b c", "d", "e f g", "a"]])
@pytest.mark.parametrize("encoder", [WordEncoder, _Streaming])
def test_a_file_holds_what_memory_would(
    tmp_path: Path, texts: list[str], encoder: type[WordEncoder]
) -> None:
    path = tmp_path / "embeddings.npy"
    vectors = embed_texts(texts, encoder(), path)
    np.testing.assert_array_equal(vectors, embed_texts(texts, WordEncoder()))
    np.testing.assert_array_equal(np.load(path), vectors)
    assert [p.name for p in tmp_path.iterdir()] == ["embeddings.npy"]


def test_the_result_is_mapped_from_the_file(tmp_path: Path) -> None:
    vectors = embed_texts(["a", "b"], WordEncoder(), tmp_path / "embeddings.npy")
    assert isinstance(vectors.base, np.memmap)
    assert not vectors.flags.writeable
