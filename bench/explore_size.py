"""How long exploring a large run takes: opening, drawing the desk, filtering, searching, and its memory.

The passages of a finished run are repeated with new identifiers, their vectors with noise added.
Run: ``python bench/explore_size.py runs/corpus --passages 100000 [--keep FOLDER]``; a folder that is
kept can be opened with the notebook ``explore``, to see the same in a browser.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from press_themes.desk.explore import prepare_desk, show_desk
from press_themes.desk.filters import Filter
from press_themes.desk.listing import tabulate_passages

from press_themes.desk.collection import open_collection
from press_themes.desk.search import search_passages
from press_themes.vectors.encoders import load_encoder

_SENTENCES = ["Les comédiens de doublage craignent pour leur voix.", "A rocket lifts off."]
_NOISE = 0.02


def repeat_run(run: Path, folder: Path, count: int) -> None:
    """Write a run folder whose passages are those of another, repeated.

    Parameters
    ----------
    run : Path
        A finished run.
    folder : Path
        Where the repeated run goes; made if it does not exist.
    count : int
        Passages wanted, at least; every copy holds all articles.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("run.json", "themes.parquet", "topics.parquet", "alignment.parquet"):
        shutil.copyfile(run / name, folder / name)
    embeddings = np.load(run / "embeddings.npy")
    copies = -(-count // len(embeddings))
    for name, keys in (
        ("articles", ["article_id", "family_id"]),
        ("passages", ["passage_id", "article_id"]),
        ("theme_scores", ["passage_id"]),
    ):
        table = pd.read_parquet(run / f"{name}.parquet")
        many = [_rename(table, keys, number) for number in range(copies)]
        pd.concat(many, ignore_index=True).to_parquet(folder / f"{name}.parquet", index=False)
    random = np.random.default_rng(0)
    vectors = np.tile(embeddings, (copies, 1))
    vectors += random.normal(0, _NOISE, vectors.shape).astype("float32")
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    np.save(folder / "embeddings.npy", vectors.astype("float32"))


def measure_exploring(folder: Path) -> dict[str, Any]:
    """Measure the steps of an exploration.

    Parameters
    ----------
    folder : Path
        A run folder.

    Returns
    -------
    dict
        Seconds by step, the passages, and the peak of memory of this process in MB.
    """
    measured: dict[str, Any] = {}
    begun = time.perf_counter()

    def note(step: str) -> None:
        nonlocal begun
        measured[step] = time.perf_counter() - begun
        begun = time.perf_counter()

    collection = open_collection(folder)
    note("open the run")
    desk = prepare_desk(collection)
    show_desk(desk)
    note("build map, lists and tables")
    theme = collection.themes["theme"].iloc[0]
    desk.filter(Filter(themes=(theme,)))
    tabulate_passages(collection, desk.listed, desk.words)
    note("filter by theme and list")
    desk.filter(Filter(words="publicité"))
    note("search for a word")
    encoder = load_encoder()
    encoder.encode(["A first sentence."])
    note("load the encoder, once")
    for sentence in _SENTENCES:
        search_passages(sentence, collection, encoder)
    note(f"search by meaning, {len(_SENTENCES)} sentences")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"passages": len(collection.passages), **measured, "peak of memory, MB": peak}


def main() -> None:
    """Print the steps, a line each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path)
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--keep", type=Path, help="folder in which the repeated run stays")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as aside:
        folder = options.keep or Path(aside) / "run"
        repeat_run(options.run, folder, options.passages)
        for name, value in measure_exploring(folder).items():
            print(f"{name:<36} {value:>12,.2f}")


def _rename(table: pd.DataFrame, keys: list[str], number: int) -> pd.DataFrame:
    return table.assign(**{key: table[key].astype(str) + f"-{number}" for key in keys})


if __name__ == "__main__":
    main()
