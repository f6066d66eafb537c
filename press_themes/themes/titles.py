"""Titles as vectors: the part of an article's context that stands above it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from press_themes.themes.codebook_vectors import Encodes
from press_themes.themes.reading_in_context import Titles


def embed_titles(articles: pd.DataFrame, encoder: Encodes) -> Titles:
    """Embed the titles of articles.

    Parameters
    ----------
    articles : DataFrame
        With ``article_id`` and ``title``; ``title_derived`` where the title was taken from the body,
        which then says nothing beside it.
    encoder : Encoder
        The encoder that makes the embeddings of the passages.

    Returns
    -------
    Titles
        One vector for each article that has a title of its own.
    """
    titles = articles["title"].fillna("").astype(str).str.strip()
    own = titles != ""
    if "title_derived" in articles:
        own &= ~articles["title_derived"].fillna(False).astype(bool)
    chosen = articles.loc[own, "article_id"].to_numpy(dtype=str)
    if not len(chosen):
        return Titles(chosen, np.zeros((0, 0), np.float32))
    return Titles(chosen, encoder.encode(titles[own].tolist()))
