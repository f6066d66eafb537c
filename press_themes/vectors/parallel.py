"""Parallel sentences: the same twenty sentences in ten languages, to see what a language alone adds.

They are told in the same order in every language, so that their mean vectors differ by language only.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pandas as pd

from press_themes.vectors.embeddings import Encodes, embed_texts


@lru_cache(maxsize=1)
def read_parallel_sentences() -> dict[str, tuple[str, ...]]:
    """Return the sentences by language, each list in the same order."""
    import yaml

    path = Path(__file__).with_name("parallel_sentences.yml")
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {str(language): tuple(sentences) for language, sentences in content.items()}


def embed_parallel_sentences(passages: pd.DataFrame, encoder: Encodes) -> pd.DataFrame:
    """Embed the parallel sentences in the languages of a corpus.

    Parameters
    ----------
    passages : DataFrame
        With ``language``.
    encoder : Encoder
        The one that embeds the passages.

    Returns
    -------
    DataFrame
        ``language, vector, held_out``, one row a language that has the sentences: the mean vector
        (float32) of every other one, and the vectors of the ten others, by
        which alignment is tested; no row where fewer than two languages of the corpus have them.
    """
    sentences = read_parallel_sentences()
    spoken = sorted(set(passages["language"].astype(str)) & set(sentences))
    if len(spoken) < 2:
        spoken = []
    vectors = [embed_texts(sentences[language], encoder) for language in spoken]
    return pd.DataFrame(
        {
            "language": pd.Series(spoken, dtype=object),
            "vector": pd.Series([own[::2].mean(axis=0) for own in vectors], dtype=object),
            "held_out": pd.Series([list(own[1::2]) for own in vectors], dtype=object),
        }
    )
