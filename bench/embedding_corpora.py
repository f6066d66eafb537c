"""Passages for the measurements: the shipped corpus, scraped pages, and a longer corpus in six languages."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from press_themes.articles.passages import split_passages
from press_themes.articles.read import read_articles
from press_themes.vectors.encoders import load_encoder

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


def read_corpora(longest: int = 2004) -> dict[str, list[str]]:
    """Read the passages of every corpus that is here.

    Parameters
    ----------
    longest : int
        Passages of the longer corpus, at most.

    Returns
    -------
    dict of str to list of str
        Passages by the name of their corpus.
    """
    corpora = {"shipped": _split(ROOT / "corpus")}
    if (SHARED / "seeds").is_dir():
        corpora["seeds"] = _split(SHARED / "seeds")
    if (SHARED / "data" / "sib200").is_dir():
        corpora["sib200"] = thin(_join_sentences(SHARED / "data" / "sib200"), longest)
    return corpora


def thin(texts: Sequence[str], most: int) -> list[str]:
    """Take texts at equal distances, so that every language stays."""
    step = max(1, -(-len(texts) // most))
    return list(texts[::step])


def vary(texts: Sequence[str], count: int, seed: int = 0) -> list[str]:
    """Repeat real passages until there are `count`, with two words exchanged in each repetition."""
    chosen = random.Random(seed)
    varied = []
    for number in range(count):
        words = texts[number % len(texts)].split(" ")
        if number >= len(texts):
            for _ in range(2):
                words[chosen.randrange(len(words))] = chosen.choice(words)
            words[0] = f"{words[0]} {number}"
        varied.append(" ".join(words))
    return varied


def _split(corpus: Path) -> list[str]:
    return split_passages(read_articles(corpus).articles, load_encoder())["text"].tolist()


def _join_sentences(folder: Path) -> list[str]:
    """Join three sentences of a language to a passage, as long as an ordinary one."""
    passages = []
    for path in sorted(folder.glob("*.tsv")):
        texts = pd.read_csv(path, sep="\t", quoting=3)["text"].tolist()
        passages += [" ".join(texts[i : i + 3]) for i in range(0, len(texts) - 2, 3)]
    return passages
