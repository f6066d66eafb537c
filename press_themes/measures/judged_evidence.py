"""What was read of every passage and what was judged of a sample, side by side, in order of story."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from press_themes.measures.counts import list_stories


class Evidence(NamedTuple):
    """What is known of passages and themes, in order of story.

    Attributes
    ----------
    themes : list of str
        The themes, by name.
    order : ndarray of int, shape (n_passages,)
        Which row of the passages stands at each place.
    stories : ndarray of int, shape (n_passages,)
        Story of each place, ascending from 0.
    read : ndarray of float32, shape (n_passages, n_themes)
        What the codebook reads without any judgement: certainty from 0 to 1.
    borne : ndarray of bool, shape (n_passages, n_themes)
        Whether it reads the theme.
    places : ndarray of int, shape (n_judged,)
        Places of the judged passages, ascending.
    judged : ndarray of float, shape (n_judged, n_themes)
        Share of coders who say yes, 0 to 1; NaN where the theme was not judged.
    weights : ndarray of float, shape (n_judged, n_themes)
        How many passages each judgement stands for.
    """

    themes: list[str]
    order: np.ndarray
    stories: np.ndarray
    read: np.ndarray
    borne: np.ndarray
    places: np.ndarray
    judged: np.ndarray
    weights: np.ndarray


def gather_evidence(
    passages: pd.DataFrame, articles: pd.DataFrame, scores: pd.DataFrame, sample: pd.DataFrame
) -> Evidence:
    """Bring what was read and what was judged together.

    Parameters
    ----------
    passages : DataFrame
        ``passage_id, article_id``.
    articles : DataFrame
        ``article_id``, and ``story_id`` or ``family_id``.
    scores : DataFrame
        ``passage_id, theme, read`` (certainty, 0 to 1, before any judgement) and ``borne`` (whether
        the codebook reads the theme, before any judgement); one row a passage and theme.
    sample : DataFrame
        ``passage_id, theme, value`` (0 to 1), ``stands_for``: judgements of passages drawn at
        random, from `read_labels`; may be empty.

    Returns
    -------
    Evidence
        In order of story and passage, so that the order of rows does not matter.
    """
    names = passages["passage_id"].to_numpy()
    _, codes = np.unique(list_stories(passages, articles), return_inverse=True)
    order = np.lexsort((names, codes))
    place_of = pd.Series(np.arange(len(order)), index=names[order])
    place_of = place_of[~place_of.index.duplicated()]
    themes = sorted(scores["theme"].unique())
    shape = (len(order), len(themes))
    read, borne = np.zeros(shape, np.float32), np.zeros(shape, bool)
    scored = place_of.reindex(scores["passage_id"]).to_numpy()
    known = ~np.isnan(scored)
    cells = scored[known].astype(int), pd.Index(themes).get_indexer(scores["theme"][known])
    read[cells] = scores["read"].to_numpy()[known]
    borne[cells] = scores["borne"].to_numpy()[known]
    judged = np.zeros((0, len(themes)))
    evidence = Evidence(themes, order, codes[order], read, borne, np.zeros(0, int), judged, judged)
    return add_judgements(evidence, passages, sample)


def add_judgements(evidence: Evidence, passages: pd.DataFrame, sample: pd.DataFrame) -> Evidence:
    """Put judgements in place of those that are there; `passages` and `sample` as above."""
    names = pd.Index(passages["passage_id"].to_numpy()[evidence.order])
    first = pd.Series(np.arange(len(names)), index=names)[~names.duplicated()]
    used = sample[sample["passage_id"].isin(names) & sample["theme"].isin(evidence.themes)]
    places, row = np.unique(first.loc[used["passage_id"]].to_numpy(), return_inverse=True)
    column = pd.Index(evidence.themes).get_indexer(pd.Index(used["theme"]))
    judged = np.full((len(places), len(evidence.themes)), np.nan)
    weights = np.zeros(judged.shape)
    judged[row, column], weights[row, column] = used["value"], used["stands_for"]
    return evidence._replace(places=places, judged=judged, weights=weights)
