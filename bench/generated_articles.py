"""Articles made of invented words, for benchmarks that need many of them and no press text.

Words follow Zipf's law, so that texts share turns of phrase as much as real ones do.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np

_SYLLABLES = ("ba", "co", "di", "fu", "ga", "lo", "mi", "na", "pe", "ra", "si", "to", "ve", "zo")
_VOCABULARY = 30_000
_SENTENCE = 18


def make_texts(n: int, words: int = 460, seed: int = 0) -> Iterator[str]:
    """Make distinct texts of about six characters a word.

    Parameters
    ----------
    n : int
        How many.
    words : int
        Length of each.
    seed : int
        Seed of the words drawn.

    Yields
    ------
    str
        Paragraphs of five sentences, apart by blank lines.
    """
    rng = np.random.default_rng(seed)
    vocabulary = np.array(
        ["".join(rng.choice(_SYLLABLES, rng.integers(1, 5))) for _ in range(_VOCABULARY)]
    )
    weights = 1 / np.arange(3, _VOCABULARY + 3)
    weights /= weights.sum()
    for _ in range(n):
        drawn = vocabulary[rng.choice(_VOCABULARY, words, p=weights)]
        sentences = [
            " ".join(drawn[at : at + _SENTENCE]).capitalize() + "."
            for at in range(0, words, _SENTENCE)
        ]
        yield "\n\n".join(" ".join(sentences[at : at + 5]) for at in range(0, len(sentences), 5))


def write_files(folder: Path, n: int) -> None:
    """Write one Markdown file an article.

    Parameters
    ----------
    folder : Path
        Made if it is not there.
    n : int
        How many.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for number, text in enumerate(make_texts(n)):
        head = f"---\ntitle: Article {number}\ndate: 2026-01-{1 + number % 28:02}\n---\n\n"
        (folder / f"{number:06}.md").write_text(head + text, encoding="utf-8")


def write_lines(path: Path, n: int) -> None:
    """Write one JSON Lines file of all articles.

    Parameters
    ----------
    path : Path
        The file.
    n : int
        How many.
    """
    with path.open("w", encoding="utf-8") as file:
        for number, text in enumerate(make_texts(n)):
            row = {"title": f"Article {number}", "date": f"2026-01-{1 + number % 28:02}"}
            file.write(json.dumps({**row, "text": text}) + "\n")
