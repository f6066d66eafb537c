"""What a stage computes does not hang on how many cores a machine has."""

from __future__ import annotations

from threadpoolctl import threadpool_info, threadpool_limits

from press_themes.runs.one_thread import use_one_thread


def _count_threads() -> set[int]:
    return {pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"}


def test_linear_algebra_has_one_thread_inside_and_its_own_number_outside() -> None:
    import scipy.linalg  # noqa: F401

    with threadpool_limits(2, user_api="blas"):
        with use_one_thread():
            assert _count_threads() == {1}
        assert _count_threads() == {2}


def test_a_stage_computes_on_one_thread() -> None:
    from press_themes.runs.graph import Graph, stage
    from press_themes.runs.results import Results

    def count(settings: object) -> int:
        return max(_count_threads())

    graph = Graph([stage(count, "settings", "threads")])
    with threadpool_limits(2, user_api="blas"):
        assert Results(graph, 0).get("threads") == 1
