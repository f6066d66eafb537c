"""Memory and throughput of ever more passages: neither should depend on how many there are."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from embedding_child import embed_in_process
from embedding_corpora import vary


def measure_memory(
    texts: Sequence[str], counts: Sequence[int], cache: Path
) -> list[dict[str, float]]:
    """Embed real passages, repeated with changed words.

    Parameters
    ----------
    texts : sequence of str
        Real passages.
    counts : sequence of int
        How many to embed, one process each.
    cache : Path
        With the prepared model; copied, so that nothing is found in its store.

    Returns
    -------
    list of dict
        ``passages, passages_per_second, megabytes, megabytes_of_texts``.
    """
    rows = []
    for count in counts:
        many = vary(texts, count)
        with tempfile.TemporaryDirectory() as place:
            own = Path(place) / "cache"
            shutil.copytree(cache, own, ignore=shutil.ignore_patterns("vectors"))
            run = embed_in_process(many, Path(place) / "out.npy", own)
        rows.append(
            {
                "passages": count,
                "passages_per_second": count / run["embedding"],
                "megabytes": run["megabytes"],
                "megabytes_of_texts": sum(map(len, many)) / 1e6,
            }
        )
    return rows


if __name__ == "__main__":
    import json
    import sys

    from embedding_corpora import read_corpora

    from press_themes.vectors.encoders import encoder_cache

    # --words N keeps the first N words of each passage: a long measurement in less time.
    words = int(sys.argv[sys.argv.index("--words") + 1]) if "--words" in sys.argv else None
    counts = [int(count) for count in sys.argv[1].split(",")]
    texts = [text for corpus in read_corpora().values() for text in corpus]
    if words:
        texts = [" ".join(text.split(" ")[:words])[: 8 * words] for text in texts]
    for row in measure_memory(texts, counts, encoder_cache()):
        print(json.dumps(row), flush=True)
