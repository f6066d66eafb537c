import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from press_themes.vectors.windows import join_windows, split_windows


def count(texts: list[str]) -> list[int]:
    return [2 + len(text) for text in texts]


@given(st.lists(st.text("ab ", max_size=60), max_size=5), st.integers(4, 20))
def test_every_window_fits_and_none_of_the_text_is_lost(texts: list[str], reach: int) -> None:
    windows, owners, weights = split_windows(texts, count, reach)
    assert all(size <= reach for size in count(windows))
    assert weights.tolist() == count(windows)
    for row, text in enumerate(texts):
        own = [window for window, owner in zip(windows, owners, strict=True) if owner == row]
        assert "".join(own).replace(" ", "") == text.replace(" ", "")


def test_a_text_that_fits_keeps_its_vector_and_a_long_one_gets_the_mean() -> None:
    vectors = np.array([[1, 0], [0, 1], [1, 0]], np.float32)
    joined = join_windows(vectors, np.array([0, 0, 1]), np.array([10.0, 10.0, 5.0]), 2)
    np.testing.assert_allclose(joined[0], [2**-0.5, 2**-0.5], rtol=1e-6)
    np.testing.assert_array_equal(joined[1], [1, 0])


def test_a_text_is_cut_between_words() -> None:
    windows, _, _ = split_windows(["harbour master speaks"], count, 18)
    assert windows == ["harbour", "master speaks"]
