"""Whether a sentence finds its translations: search by meaning with and without alignment, on SIB-200.

Run it with ``python bench/search_across_languages.py``.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from sib200 import read_sentences

from press_themes.vectors.alignment import align_languages
from press_themes.vectors.encoders import load_encoder
from press_themes.vectors.parallel import embed_parallel_sentences


def count_translations(passages: pd.DataFrame, vectors: np.ndarray) -> pd.Series:
    """Count, by language asked in, the translations among the five nearest other passages.

    Parameters
    ----------
    passages : DataFrame
        ``sentence, language``; every sentence is there in six languages.
    vectors : ndarray of float32, shape (n_passages, n_dimensions)
        Vectors of unit length.

    Returns
    -------
    Series of float64
        Mean share of the five translations found, by language.
    """
    centred = vectors - vectors.mean(axis=0)
    centred /= np.linalg.norm(centred, axis=1, keepdims=True)
    sentence = passages["sentence"].to_numpy()
    shares = []
    for start in range(0, len(centred), 1000):
        block = np.arange(start, min(start + 1000, len(centred)))
        nearness = centred[block] @ centred.T
        nearness[np.arange(len(block)), block] = -np.inf
        nearest = np.argpartition(-nearness, 5, axis=1)[:, :5]
        shares.append((sentence[nearest] == sentence[block][:, None]).mean(axis=1))
    return pd.Series(np.concatenate(shares)).groupby(passages["language"].to_numpy()).mean()


def main() -> None:
    """Print the shares by language, before and after alignment."""
    passages, embeddings = read_sentences()
    parallel = embed_parallel_sentences(passages, load_encoder())
    aligned, _ = align_languages(embeddings, passages, parallel=parallel)
    table = pd.DataFrame(
        {
            "as encoded": count_translations(passages, embeddings),
            "aligned": count_translations(passages, aligned),
        }
    )
    print("Share of a sentence's five translations among its five nearest passages:")
    print(table.round(3).to_string())


if __name__ == "__main__":
    main()
