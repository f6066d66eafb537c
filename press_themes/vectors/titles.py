"""Titles: what a headline says of its article, as a vector beside those of the passages."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from press_themes.vectors.alignment import apply_shifts
from press_themes.vectors.embeddings import Encodes, embed_texts


class TitleVectors(NamedTuple):
    """Titles as vectors.

    Attributes
    ----------
    article_ids : ndarray of str, shape (n_titles,)
        The articles that have a title of their own.
    vectors : ndarray of float32, shape (n_titles, n_dimensions)
        Unit length, not aligned.
    """

    article_ids: np.ndarray
    vectors: np.ndarray


def embed_titles(articles: pd.DataFrame, encoder: Encodes) -> TitleVectors:
    """Embed the titles of articles.

    Parameters
    ----------
    articles : DataFrame
        With ``article_id`` and ``title``; ``title_derived`` where the title was taken from the body,
        which then says nothing beside it.
    encoder : Encoder
        The one that embeds the passages.

    Returns
    -------
    TitleVectors
        One vector for each article that has a title of its own.
    """
    titles = articles["title"].fillna("").astype(str).str.strip()
    own = (titles != "") & ~articles["article_id"].duplicated()
    if "title_derived" in articles:
        own &= ~articles["title_derived"].fillna(False).astype(bool)
    chosen = articles.loc[own, "article_id"].to_numpy(dtype=str)
    if not len(chosen):
        return TitleVectors(chosen, np.zeros((0, 0), np.float32))
    return TitleVectors(chosen, embed_texts(titles[own].tolist(), encoder))


def align_titles(
    titles: TitleVectors, articles: pd.DataFrame, shifts: pd.DataFrame
) -> pd.DataFrame:
    """Align titles as the passages of their articles were.

    Parameters
    ----------
    titles : TitleVectors
        From `embed_titles`.
    articles : DataFrame
        ``article_id, language``.
    shifts : DataFrame
        ``language, shift`` from `align_languages`.

    Returns
    -------
    DataFrame
        ``article_id, vector`` (float32, unit length).
    """
    languages = articles.drop_duplicates("article_id").set_index("article_id")["language"]
    titled = pd.DataFrame({"article_id": titles.article_ids})
    titled["language"] = titled["article_id"].map(languages)
    vectors = np.asarray(titles.vectors)
    if len(titled):
        vectors = apply_shifts(vectors, titled, shifts)
    return pd.DataFrame(
        {"article_id": titled["article_id"], "vector": pd.Series(list(vectors), dtype=object)}
    )
