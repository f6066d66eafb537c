"""Alignment where languages cover different things: vectors as they are, language means, shifts.

Each draw gives every language some categories it shares with all others, in unequal amounts, and
deals the rest out; no sentence stands in two languages. "Perfect" are the shifts that all translations
give, which no corpus has. Run: python bench/alignment_on_sib200.py
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from itertools import product
from typing import NamedTuple

import numpy as np
import pandas as pd
from sib200 import read_sentences
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_mutual_info_score

from press_themes.vectors.alignment import AlignmentSettings, align_languages
from press_themes.vectors.encoders import load_encoder
from press_themes.vectors.mixing import measure_mixing
from press_themes.vectors.parallel import embed_parallel_sentences

GROUPS = (("en", "fr"), ("ar", "zh"), ("de", "es", "zh"), ("ar", "de", "en", "es", "fr", "zh"))
SHARED = (0, 1, 2, 4, 7)


def draw_subset(
    passages: pd.DataFrame, languages: Sequence[str], shared: int, seed: int
) -> np.ndarray:
    """Return the rows of a subset in which the languages share some categories only.

    Parameters
    ----------
    passages : DataFrame
        With ``sentence, language, category``.
    languages : sequence of str
        Languages of the subset.
    shared : int
        Categories that every language covers; the others are dealt out, one language each.
    seed : int
        Which categories are shared, which sentence goes to which language, in what amounts.

    Returns
    -------
    ndarray of int
        Row numbers; a shared category is split between languages by a Dirichlet draw.
    """
    random = np.random.default_rng(seed)
    first = passages.drop_duplicates("sentence")
    categories = random.permutation(np.unique(first["category"]))
    place = passages.reset_index().set_index(["sentence", "language"])["index"]
    rows: list[int] = []
    for number, category in enumerate(categories):
        sentences = random.permutation(first.loc[first["category"] == category, "sentence"])
        if number < shared:
            amounts = random.dirichlet(np.full(len(languages), 2.0))
            spoken = random.choice(languages, len(sentences), p=amounts)
        else:
            spoken = np.full(len(sentences), languages[number % len(languages)])
        rows.extend(place[key] for key in zip(sentences, spoken, strict=True))
    return np.sort(np.array(rows))


def subtract(vectors: np.ndarray, shifts: np.ndarray) -> np.ndarray:
    """Subtract a shift from each vector, keep the common centre, and return unit vectors."""
    moved = vectors - shifts + shifts.mean(axis=0)
    return moved / np.linalg.norm(moved, axis=1, keepdims=True)


def subtract_means(vectors: np.ndarray, languages: np.ndarray) -> np.ndarray:
    """Subtract each language's mean vector and return vectors of unit length."""
    names, rows = np.unique(languages, return_inverse=True)
    means = np.array([vectors[languages == name].mean(axis=0) for name in names])
    return subtract(vectors, means[rows])


class Scores(NamedTuple):
    """How well clusters agree with categories.

    Attributes
    ----------
    ami : float
        Adjusted mutual information between clusters and categories.
    within : float
        The same inside each language, averaged over passages: what is left of it when the language
        itself no longer tells the category.
    together : float
        Share of pairs of one category in two languages that fall into one cluster.
    """

    ami: float
    within: float
    together: float


def score(vectors: np.ndarray, passages: pd.DataFrame, seed: int) -> Scores:
    """Cluster into as many groups as there are categories and compare.

    Parameters
    ----------
    vectors : ndarray of float32, shape (n_passages, n_dimensions)
        Aligned in one of the ways.
    passages : DataFrame
        With ``language, category``, rows as in `vectors`.
    seed : int
        Seed of k-means.

    Returns
    -------
    Scores
        ``together`` is missing where no category is shared.
    """
    categories = passages["category"].to_numpy()
    languages = passages["language"].to_numpy()
    model = KMeans(len(np.unique(categories)), n_init=10, random_state=seed)
    found = model.fit_predict(vectors)
    within = [
        (languages == language).mean()
        * adjusted_mutual_info_score(
            categories[languages == language], found[languages == language]
        )
        for language in np.unique(languages)
        if len(np.unique(categories[languages == language])) > 1
    ]
    same = pairs = 0.0
    for _, own in pd.crosstab([categories, languages], found).groupby(level=0):
        counts = own.to_numpy(dtype=float)
        sizes = counts.sum(axis=1)
        same += (counts.sum(axis=0) ** 2).sum() - (counts**2).sum()
        pairs += sizes.sum() ** 2 - (sizes**2).sum()
    return Scores(
        float(adjusted_mutual_info_score(categories, found)),
        float(sum(within)) if within else np.nan,
        same / pairs if pairs else np.nan,
    )


def measure(draws: int, settings: AlignmentSettings = AlignmentSettings()) -> pd.DataFrame:
    """Score the ways on every group of languages, number of shared categories and draw.

    Parameters
    ----------
    draws : int
        Draws of each kind.
    settings : AlignmentSettings
        Of the shifts.

    Returns
    -------
    DataFrame
        ``languages, shared, draw, mixed, apart, way`` and the scores; ``mixed`` is how foreign the
        neighbours are after alignment against chance, ``apart`` the share of languages said to be so.
    """
    passages, embeddings = read_sentences()
    parallel = embed_parallel_sentences(passages, load_encoder())
    language = passages["language"].to_numpy()
    whole = {name: embeddings[language == name].mean(axis=0) for name in np.unique(language)}
    rows = []
    for languages, shared, draw in product(GROUPS, SHARED, range(draws)):
        chosen = draw_subset(passages, languages, shared, draw)
        own, raw = passages.iloc[chosen].reset_index(drop=True), embeddings[chosen]
        known = parallel[parallel["language"].isin(languages)]
        aligned, shifts = align_languages(raw, own, settings, known)
        ways = {
            "as they are": raw,
            "means": subtract_means(raw, own["language"].to_numpy()),
            "pairs only": align_languages(raw, own, settings).vectors,
            "shifts": aligned,
            "perfect": subtract(raw, np.array([whole[x] for x in own["language"]])),
        }
        mixing = measure_mixing(raw, aligned, own, shifts)
        mixed = float((mixing["foreign_after"] / mixing["expected"]).mean())
        where = (" ".join(languages), shared, draw, mixed, float(mixing["apart"].mean()))
        rows.extend((*where, way, *score(vectors, own, draw)) for way, vectors in ways.items())
    columns = ["languages", "shared", "draw", "mixed", "apart", "way", *Scores._fields]
    return pd.DataFrame(rows, columns=columns)


def main() -> None:
    """Print a table of means over the draws and how far the shifts fall behind the best way."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, default=5)
    table = measure(parser.parse_args().draws)
    kinds = ["languages", "shared"]
    print(table.groupby(kinds)[["mixed", "apart"]].mean().round(2).to_string())
    for kind in Scores._fields:
        means = table.groupby([*kinds, "way"])[kind].mean().unstack("way")
        means = means[["as they are", "means", "pairs only", "shifts", "perfect"]]
        best = means[["as they are", "means", "shifts"]].max(axis=1)
        means["behind"] = best - means["shifts"]
        print(f"\n{kind}\n{means.round(3).to_string(na_rep='–')}")
        print(f"shifts behind the best of the three, at most: {means['behind'].max():.3f}")


if __name__ == "__main__":
    main()
