from __future__ import annotations

import tracemalloc

import numpy as np
import pandas as pd
import pytest
from stand_ins import make_passages

from press_themes.vectors import alignment
from press_themes.vectors.alignment import AlignmentSettings, apply_shifts
from press_themes.vectors.continued_alignment import align_languages
from press_themes.vectors.mixing import measure_mixing


def _two_languages(n: int = 60, offset: float = 0.8, seed: int = 0) -> tuple[np.ndarray, list[str]]:
    """The same points in two languages, the second moved by a constant: a language's own share."""
    random = np.random.default_rng(seed)
    points = random.normal(size=(n, 24))
    move = np.zeros(24)
    move[0] = offset * 5
    both = np.vstack([points, points + move + 0.05 * random.normal(size=points.shape)])
    both /= np.linalg.norm(both, axis=1, keepdims=True)
    return both.astype(np.float32), ["en"] * n + ["fr"] * n


def test_a_constant_shift_between_languages_is_taken_out() -> None:
    vectors, languages = _two_languages()
    passages = make_passages([f"text {i}" for i in range(len(vectors))], languages)
    alignment = align_languages(vectors, passages)
    mixing = measure_mixing(vectors, alignment.vectors, passages, alignment.shifts)
    assert (mixing["foreign_before"] < 0.35).all()
    assert abs(mixing["foreign_after"] - mixing["expected"]).max() < 0.2
    assert not mixing["apart"].any()
    assert (alignment.shifts["n_pairs"] > 20).all()
    np.testing.assert_allclose(np.linalg.norm(alignment.vectors, axis=1), 1, rtol=1e-5)


def test_one_language_is_left_alone_and_said_to_be() -> None:
    vectors, _ = _two_languages()
    passages = make_passages([f"text {i}" for i in range(len(vectors))], "en")
    alignment = align_languages(vectors, passages)
    np.testing.assert_allclose(alignment.vectors, vectors, atol=1e-6)
    assert alignment.shifts["note"].tolist() == ["the only language: nothing to align"]


def _apart(n: int = 60, offset: float = 1.0, shared: float = 0.0) -> tuple:
    """Two languages that cover different things but for a share, the second moved by a constant."""
    random = np.random.default_rng(0)
    centres = 3 * random.normal(size=(2, 24))
    own = np.array([0] * n + [1] * n)
    own[n : n + round(shared * n)] = 0
    points = centres[own] + random.normal(size=(2 * n, 24))
    truth = points / np.linalg.norm(points, axis=1, keepdims=True)
    vectors = truth.copy()
    vectors[n:, 0] += offset
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    # Parallel sentences say nearly what the language adds.
    added = 0.9 * (vectors - truth)[n:].mean(axis=0)
    parallel = pd.DataFrame({"language": ["en", "fr"], "vector": [np.zeros(24), added]})
    passages = make_passages([str(i) for i in range(2 * n)], ["en"] * n + ["fr"] * n)
    return vectors.astype(np.float32), passages, parallel, truth


def test_languages_that_share_nothing_are_said_to_be_apart() -> None:
    vectors, passages, parallel, _ = _apart()
    alignment = align_languages(vectors, passages, parallel=parallel)
    table = measure_mixing(vectors, alignment.vectors, passages, alignment.shifts)
    assert table["apart"].all()
    shared = _apart(shared=1.0)
    alignment = align_languages(shared[0], shared[1], parallel=shared[2])
    table = measure_mixing(shared[0], alignment.vectors, shared[1], alignment.shifts)
    assert not table["apart"].any()


def test_held_out_translations_are_found_more_often_after_alignment() -> None:
    vectors, languages = _two_languages(offset=0.8)
    passages = make_passages([f"text {i}" for i in range(len(vectors))], languages)
    alignment = align_languages(vectors, passages)
    held = [list(vectors[:10]), list(vectors[60:70])]
    parallel = pd.DataFrame({"language": ["en", "fr"], "held_out": held})
    table = measure_mixing(vectors, alignment.vectors, passages, alignment.shifts, parallel)
    assert table["n_sentences"].tolist() == [10, 10]
    assert (table["found_after"] >= table["found_before"]).all()
    assert (table["found_after"] > 0.8).all()


def test_what_languages_share_is_brought_together_and_what_they_do_not_stays_apart() -> None:
    vectors, passages, parallel, _ = _apart(shared=0.3)
    alignment = align_languages(vectors, passages, parallel=parallel)
    assert (alignment.shifts["shift_length"] > 0).all()
    # The first 18 French passages speak of what the English ones speak of.
    before, after = vectors[60:] @ vectors[:60].T, alignment.vectors[60:] @ alignment.vectors[:60].T
    assert after[:18].mean() > before[:18].mean() + 0.1
    assert after[18:].mean() < after[:18].mean() - 0.3


def test_parallel_sentences_say_what_pairs_of_unlike_passages_cannot() -> None:
    vectors, passages, parallel, truth = _apart(shared=0.3)

    def error(aligned: np.ndarray) -> float:
        gap = aligned[60:].mean(axis=0) - aligned[:60].mean(axis=0)
        return float(np.linalg.norm(gap - truth[60:].mean(axis=0) + truth[:60].mean(axis=0)))

    told = align_languages(vectors, passages, parallel=parallel).vectors
    pairs_only = align_languages(vectors, passages).vectors
    assert error(told) < 0.8 * error(pairs_only)


def test_the_order_of_rows_does_not_matter() -> None:
    vectors, languages = _two_languages()
    passages = make_passages([f"text {i}" for i in range(len(vectors))], languages)
    order = np.random.default_rng(1).permutation(len(vectors))
    settings = AlignmentSettings(sample=40)
    straight = align_languages(vectors, passages, settings).vectors
    shuffled = align_languages(
        vectors[order], passages.iloc[order].reset_index(drop=True), settings
    ).vectors
    np.testing.assert_allclose(shuffled, straight[order], atol=1e-6)


def test_shifts_read_back_give_the_same_vectors() -> None:
    vectors, languages = _two_languages()
    passages = make_passages([f"text {i}" for i in range(len(vectors))], languages)
    alignment = align_languages(vectors, passages)
    assert (apply_shifts(vectors, passages, alignment.shifts) == alignment.vectors).all()


def test_shifts_hold_little_more_than_the_result_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    vectors, languages = _two_languages(2_000)
    passages = make_passages([f"text {i}" for i in range(len(vectors))], languages)
    table = align_languages(vectors, passages, AlignmentSettings(sample=100)).shifts
    whole = apply_shifts(vectors, passages, table)
    monkeypatch.setattr(alignment, "_ROWS", 7)
    np.testing.assert_array_equal(apply_shifts(vectors, passages, table), whole)
    wide, passages = np.ones((4_000, 2_000), np.float32), pd.DataFrame({"language": languages})
    table = pd.DataFrame({"language": ["en"], "shift": [np.zeros(2_000, np.float32)]})
    tracemalloc.start()
    apply_shifts(wide, passages, table)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1.5 * wide.nbytes


@pytest.mark.parametrize("n", [0, 1, 2])
def test_tiny_corpora_do_not_crash(n: int) -> None:
    vectors, languages = _two_languages()
    rows = [0, 60][:n]
    passages = make_passages([str(r) for r in rows], [languages[r] for r in rows])
    alignment = align_languages(vectors[rows], passages)
    assert alignment.vectors.shape == (n, 24)
