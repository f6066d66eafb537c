import numpy as np
from stand_ins import WordEncoder, make_passages

from press_themes.vectors.embeddings import embed_passages, embed_texts


def test_a_repeated_text_is_encoded_once_and_rows_keep_their_order() -> None:
    encoder = WordEncoder()
    vectors = embed_passages(make_passages(["b c", "a", "b c", "d"]), encoder)
    assert sorted(encoder.encoded) == ["a", "b c", "d"]
    assert (vectors[0] == vectors[2]).all()
    np.testing.assert_array_equal(vectors[1], WordEncoder().encode(["a"])[0])
    assert vectors.dtype == np.float32


def test_no_texts_give_no_rows() -> None:
    assert embed_texts([], WordEncoder()).shape == (0, 48)
