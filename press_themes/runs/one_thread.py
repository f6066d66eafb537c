"""Linear algebra on one thread.

How many threads share a sum decides the order of its terms, and so its last digits: on one thread a
machine with many cores computes what a machine with two does. The small systems that most stages
solve are quicker so, by a factor of five where other programs keep the cores busy.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def use_one_thread() -> Iterator[None]:
    """Let linear algebra use one thread; encoders and compiled loops keep theirs."""
    # NumPy and SciPy bring a library each, and only what is loaded can be limited.
    import scipy.linalg  # noqa: F401
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1, user_api="blas"):
        yield
