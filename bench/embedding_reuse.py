"""What a run costs the first time, unchanged, and with one article in a hundred new."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from embedding_child import embed_in_process
from embedding_corpora import vary


def measure_reuse(texts: Sequence[str]) -> dict[str, dict[str, float]]:
    """Measure a first run, the same again, and one with 1 % new passages.

    Parameters
    ----------
    texts : sequence of str
        The passages.

    Returns
    -------
    dict
        By run: seconds and megabytes, see `embed_in_process`; ``share`` is its embedding time
        divided by that of the first, ``same`` says whether the old passages' vectors are.
    """
    n_new = max(1, len(texts) // 100)
    changed = [*texts[n_new:], *vary(texts, len(texts) + n_new)[len(texts) :]]
    with tempfile.TemporaryDirectory() as place:
        cache, out = Path(place) / "cache", Path(place) / "first.npy"
        runs = {
            "first, nothing prepared": embed_in_process(texts[:1], Path(place) / "x.npy", cache),
            "first": embed_in_process(texts, out, cache),
            "unchanged": embed_in_process(texts, Path(place) / "again.npy", cache, "", False),
            "1 % new": embed_in_process(changed, Path(place) / "new.npy", cache),
        }
        first, again = np.load(out), np.load(Path(place) / "again.npy")
        new = np.load(Path(place) / "new.npy")[: len(texts) - n_new]
    for run in runs.values():
        run["share"] = run["embedding"] / runs["first"]["embedding"]
    runs["unchanged"]["same"] = float(np.array_equal(first, again))
    runs["1 % new"]["same"] = float(np.array_equal(first[n_new:], new))
    return runs


if __name__ == "__main__":
    import json
    import sys

    from embedding_corpora import read_corpora

    most = int(sys.argv[1]) if sys.argv[1:] else 2004
    print(json.dumps(measure_reuse(list(read_corpora(most).values())[-1]), indent=2))
