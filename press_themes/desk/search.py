"""Search by meaning: the passages nearest to a sentence, in every language of the corpus.

The sentence goes through the encoder of the run and is aligned as its passages were.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from press_themes.articles.languages import detect_language
from press_themes.desk.collection import Collection
from press_themes.vectors.alignment import apply_shifts
from press_themes.vectors.embeddings import Encodes


@dataclass(frozen=True)
class SearchSettings:
    """How many passages a search shows.

    Attributes
    ----------
    nearest : int
        Passages a language, at most: a language with few passages is not crowded out.
    """

    nearest: int = 25


def search_passages(
    sentence: str,
    collection: Collection,
    encoder: Encodes,
    settings: SearchSettings = SearchSettings(),
) -> pd.DataFrame:
    """Find the passages nearest to a sentence."""
    nearness = measure_nearness(sentence, collection, encoder)
    found = pd.DataFrame({"row": np.arange(len(nearness)), "nearness": nearness})
    found["language"] = collection.passages["language"].to_numpy()
    # Stable, so that equal passages keep the order of the corpus.
    found = found.sort_values("nearness", ascending=False, kind="stable")
    texts = collection.passages["text"]
    # Copies lie at one place: four times what is shown is enough to look for them in.
    ahead = found.groupby("language").head(4 * settings.nearest)
    distinct = ahead[~texts.iloc[ahead["row"]].duplicated().to_numpy()]
    shown = distinct.groupby("language").head(settings.nearest)
    return shown[["row", "nearness"]].reset_index(drop=True)


def measure_nearness(sentence: str, collection: Collection, encoder: Encodes) -> np.ndarray:
    """Measure how near each passage lies to a sentence."""
    vectors = collection.vectors
    if not len(vectors):
        return np.zeros(0, dtype="float32")
    spoken = tuple(sorted(collection.shifts["language"].astype(str)))
    language = detect_language(sentence, spoken).language if spoken else ""
    vector = encoder.encode([sentence])
    asked = apply_shifts(vector, pd.DataFrame({"language": [language]}), collection.shifts)[0]
    # In this form because a second array of all vectors would not fit beside a large one.
    mean = vectors.mean(axis=0)
    asked = asked - mean
    lengths = np.sqrt(np.maximum(1 - 2 * (vectors @ mean) + mean @ mean, 1e-12))
    return (vectors @ asked - mean @ asked) / (lengths * max(float(np.linalg.norm(asked)), 1e-6))
