"""The codebook's own health: where it cannot tell themes apart, and what it leaves out."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from press_themes.themes.codebook_vectors import (
    OWN,
    CodebookVectors,
    centre_vectors,
    find_centres,
    list_themes,
)
from press_themes.themes.heads import Heads, fit_head, fit_heads

COLUMNS = ["theme", "problem", "detail", "proposal"]
# Themes are mistaken for one another when this share of the texts of one lies nearer the other.
_MISTAKEN = 0.25
# With fewer examples nothing says how near a text of the theme lies to its definition.
_FEWEST_EXAMPLES = 3
# Passages named as left out by a theme.
_MOST_LEFT_OUT = 3


def check_codebook(
    codebook: CodebookVectors,
    passages: pd.DataFrame,
    embeddings: np.ndarray,
    scores: pd.DataFrame,
) -> pd.DataFrame:
    """Look for what is wrong with a codebook, in its own texts and in the passages it leaves out.

    Parameters
    ----------
    codebook : CodebookVectors
        The themes, from `embed_codebook`.
    passages : DataFrame
        With ``passage_id`` and ``language``.
    embeddings : ndarray of float32, shape (n_passages, n_dimensions)
        Unaligned vectors of unit length, rows as in `passages`.
    scores : DataFrame
        From `assign_themes`.

    Returns
    -------
    DataFrame
        One row a problem: ``theme``, ``problem`` (few_examples, one_language, mistaken,
        example_elsewhere, claims_ordinary, left_out, bears_nothing), ``detail`` (the other theme,
        the text or the passage concerned) and ``proposal`` (add_examples, add_languages,
        sharpen_border, move_example, narrow_definition, add_example_like, check_definition).
        Empty where nothing is wrong.
    """
    names = list_themes(codebook)
    if not names:
        return pd.DataFrame(columns=COLUMNS, dtype=object)
    centres = find_centres(codebook)
    texts = centre_vectors(codebook.vectors, codebook.texts["language"].to_numpy(), centres)
    rows = _check_counts(codebook, names)
    held_out = _score_held_out(codebook, texts, names)
    rows += _check_borders(codebook, held_out, names)
    rows += _check_pages(codebook, fit_heads(codebook, texts).score(texts), names)
    if len(passages):
        rows += _check_passages(passages, scores, names)
        centred = centre_vectors(embeddings, passages["language"].to_numpy(dtype=str), centres)
        rows += _check_left_out(codebook, texts, (passages, centred), scores, names)
    frame = pd.DataFrame(rows, columns=COLUMNS)
    order = frame["theme"].map({name: place for place, name in enumerate(names)})
    return frame.iloc[np.argsort(order.to_numpy(), kind="stable")].reset_index(drop=True)


def _check_counts(codebook: CodebookVectors, names: list[str]) -> list[dict[str, Any]]:
    rows = []
    for theme in names:
        own = codebook.texts[codebook.texts["theme"] == theme]
        n_examples = int((own["kind"] == "example").sum())
        if n_examples < _FEWEST_EXAMPLES:
            rows.append(_row(theme, "few_examples", str(n_examples), "add_examples"))
        languages = own["language"].unique()
        if (
            len(languages) == 1
            and codebook.texts.loc[codebook.texts["kind"].isin(OWN), "language"].nunique() > 1
        ):
            rows.append(_row(theme, "one_language", str(languages[0]), "add_languages"))
    return rows


def _score_held_out(codebook: CodebookVectors, texts: np.ndarray, names: list[str]) -> np.ndarray:
    """Score each example for every theme by heads that have not seen it, three parts in turn."""
    scores = np.full((len(texts), len(names)), np.nan)
    examples = np.flatnonzero((codebook.texts["kind"] == "example").to_numpy())
    for part in range(3):
        # Versions of one example in two languages stand apart by the same number and go together.
        place = codebook.texts.loc[examples].groupby(["theme", "language"]).cumcount().to_numpy()
        out = examples[place % 3 == part]
        if not len(out):
            continue
        kept = np.setdiff1d(np.arange(len(texts)), out)
        shorter = CodebookVectors(
            codebook.texts.iloc[kept].reset_index(drop=True), codebook.vectors[kept]
        )
        if list_themes(shorter) != names:
            continue
        scores[out] = fit_heads(shorter, texts[kept]).score(texts[out])
    return scores


def _check_borders(
    codebook: CodebookVectors, held_out: np.ndarray, names: list[str]
) -> list[dict[str, Any]]:
    rows = []
    owners = codebook.texts["theme"].to_numpy()
    for column, theme in enumerate(names):
        own = np.flatnonzero((owners == theme) & ~np.isnan(held_out).any(axis=1))
        if not len(own) or len(names) < 2:
            continue
        nearest = held_out[own].argmax(axis=1)
        for other in np.unique(nearest[nearest != column]):
            astray = own[nearest == other]
            if len(astray) / len(own) >= _MISTAKEN:
                rows.append(_row(theme, "mistaken", names[other], "sharpen_border"))
            for row in astray:
                detail = f"{names[other]}: {codebook.texts['text'].iloc[row]}"
                rows.append(_row(theme, "example_elsewhere", detail, "move_example"))
    return rows


def _check_pages(
    codebook: CodebookVectors, scores: np.ndarray, names: list[str]
) -> list[dict[str, Any]]:
    """Name the ordinary pages that a theme claims although they taught it what it is not."""
    ordinary = (codebook.texts["theme"] == "").to_numpy()
    return [
        _row(
            names[column], "claims_ordinary", codebook.texts["text"].iloc[row], "narrow_definition"
        )
        for row, column in np.argwhere((scores > 0) & ordinary[:, None])
    ]


def _check_passages(
    passages: pd.DataFrame, scores: pd.DataFrame, names: list[str]
) -> list[dict[str, Any]]:
    bearing = scores.groupby("theme")["assigned"].sum()
    return [
        _row(theme, "bears_nothing", str(len(passages)), "check_definition")
        for theme in names
        if not bearing.get(theme, 0)
    ]


def _check_left_out(
    codebook: CodebookVectors,
    texts: np.ndarray,
    read: tuple[pd.DataFrame, np.ndarray],
    scores: pd.DataFrame,
    names: list[str],
) -> list[dict[str, Any]]:
    """Name the passages that a theme's definition finds and its examples leave out."""
    passages, centred = read
    kinds = codebook.texts["kind"].to_numpy()
    defined = np.flatnonzero(kinds != "example")
    shorter = CodebookVectors(
        codebook.texts.iloc[defined].reset_index(drop=True), codebook.vectors[defined]
    )
    rows = []
    for column, theme in enumerate(names):
        if not ((codebook.texts["theme"] == theme) & (kinds == "example")).any():
            continue
        direction, line = fit_head(shorter, texts[defined], column)
        found = Heads(direction[None], np.array([line])).score(centred)[:, 0]
        own = scores[scores["theme"] == theme].set_index("passage_id")["assigned"]
        borne = own.reindex(passages["passage_id"]).to_numpy(dtype=bool)
        missed = np.flatnonzero(~borne & (found > 0))
        for row in missed[np.argsort(-found[missed], kind="stable")][:_MOST_LEFT_OUT]:
            name = str(passages["passage_id"].iloc[row])
            rows.append(_row(theme, "left_out", name, "add_example_like"))
    return rows


def _row(theme: str, problem: str, detail: str, proposal: str) -> dict[str, Any]:
    return {"theme": theme, "problem": problem, "detail": detail, "proposal": proposal}
