"""Titles: what a headline says of its article, as a vector beside those of the passages."""

from __future__ import annotations

import numpy as np
import pandas as pd

from press_themes.vectors.embeddings import Encodes, embed_texts
from press_themes.vectors.shifts import apply_shifts


def embed_titles(articles: pd.DataFrame, encoder: Encodes, shifts: pd.DataFrame) -> pd.DataFrame:
    """Embed the headlines of articles and align them as their passages were.

    Parameters
    ----------
    articles : DataFrame
        ``article_id, title, language``.
    encoder : Encoder
        The one that embeds the passages.
    shifts : DataFrame
        ``language, shift`` from `align_languages`.

    Returns
    -------
    DataFrame
        ``article_id, vector`` (float32, unit length), in the order of the articles; none for an
        article without a headline.
    """
    titled = articles[articles["title"].fillna("").astype(str).str.strip() != ""]
    titled = titled.drop_duplicates("article_id").reset_index(drop=True)
    vectors = np.empty((0, 0), dtype=np.float32)
    if len(titled):
        vectors = embed_texts(titled["title"].astype(str).tolist(), encoder)
        vectors = apply_shifts(vectors, titled, shifts)
    return pd.DataFrame(
        {"article_id": titled["article_id"], "vector": pd.Series(list(vectors), dtype=object)}
    )
