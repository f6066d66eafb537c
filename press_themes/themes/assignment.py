"""Which themes a passage bears: its nearness to the codebook against an ordinary newspaper page.

A score depends on the passage, the codebook and the encoder alone, so a growing corpus does not move it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import numpy as np
import pandas as pd

from press_themes.themes.codebook import Codebook

# Between the mean of the codebook (1) and the mean of an ordinary newspaper (0). At 0.75, of 147
# passages about the nine shipped themes 98 % lie nearer a theme than the background, and of 752
# sentences on sport, travel, health, politics, geography and entertainment 3 to 14 % a language.
_CENTRE = 0.75


class Encodes(Protocol):
    """Anything that turns texts into vectors."""

    def encode(self, texts: list[str]) -> np.ndarray: ...


@dataclass(frozen=True)
class ThemeSettings:
    """How themes are assigned.

    Attributes
    ----------
    margin : float
        How much nearer (in cosine) than the background a passage must lie to bear a theme.
    runner_up : float
        How far (in cosine) behind its strongest theme a further theme may lie.
    """

    margin: float = 0.0
    runner_up: float = 0.04


class CodebookVectors(NamedTuple):
    """The texts of the codebook and of an ordinary newspaper, with their vectors.

    Attributes
    ----------
    texts : DataFrame
        ``theme, kind, language, text``; the newspaper's sentences have the kind "background", no
        theme, and the same order in every language.
    vectors : ndarray of float32, shape (n_texts, n_dimensions)
        Unaligned vectors of unit length, rows as in `texts`.
    """

    texts: pd.DataFrame
    vectors: np.ndarray


class Prototypes(NamedTuple):
    """The codebook and the newspaper as points that passages are compared with.

    Attributes
    ----------
    themes : ndarray, shape (n_themes, n_dimensions)
        One unit vector a theme.
    counters : list of ndarray
        The counter-examples of each theme.
    sections : ndarray, shape (n_sections, n_dimensions)
        The sections of an ordinary newspaper.
    centres : dict of str to ndarray
        What is subtracted from a raw vector, by language; ``""`` for a language without anchor.
    """

    themes: np.ndarray
    counters: list[np.ndarray]
    sections: np.ndarray
    centres: dict[str, np.ndarray]


def embed_codebook(codebook: Codebook, encoder: Encodes) -> CodebookVectors:
    """Embed the texts of a codebook and of an ordinary newspaper.

    Parameters
    ----------
    codebook : Codebook
        The themes.
    encoder : Encoder
        The encoder that makes the embeddings of the passages.

    Returns
    -------
    CodebookVectors
        Empty for a codebook without themes.
    """
    if codebook.texts.empty:
        return CodebookVectors(codebook.texts, np.zeros((0, 0), np.float32))
    background = pd.DataFrame(
        [
            ("", "background", language, t)
            for language, texts in read_background().items()
            for t in texts
        ],
        columns=codebook.texts.columns,
    )
    texts = pd.concat([codebook.texts, background], ignore_index=True)
    return CodebookVectors(texts, encoder.encode(texts["text"].tolist()))


def assign_themes(
    passages: pd.DataFrame,
    embeddings: np.ndarray,
    codebook: CodebookVectors,
    settings: ThemeSettings = ThemeSettings(),
) -> pd.DataFrame:
    """Score every passage for every theme and assign the themes it bears.

    Parameters
    ----------
    passages : DataFrame
        With ``passage_id`` and ``language``.
    embeddings : ndarray of float32, shape (n_passages, n_dimensions)
        Unaligned vectors of unit length, rows as in `passages`.
    codebook : CodebookVectors
        The themes, from `embed_codebook`.
    settings : ThemeSettings
        Margin and distance of further themes.

    Returns
    -------
    DataFrame
        ``passage_id, theme, score, assigned``; the score is the cosine to the theme minus the
        cosine to the nearest section of an ordinary newspaper. A passage may bear no theme.
    """
    names = list_themes(codebook)
    scores = np.zeros((len(passages), len(names)))
    if names and len(passages):
        prototypes = build_prototypes(codebook)
        scores = score_passages(embeddings, passages["language"].to_numpy(), prototypes)
    assigned = decide(scores, settings)
    return pd.DataFrame(
        {
            "passage_id": np.repeat(passages["passage_id"].to_numpy(), len(names)),
            "theme": np.tile(np.array(names, dtype=object), len(passages)),
            "score": scores.reshape(-1),
            "assigned": assigned.reshape(-1),
        }
    )


def list_themes(codebook: CodebookVectors) -> list[str]:
    """Return the themes of a codebook, in its order."""
    themes = codebook.texts["theme"]
    return list(dict.fromkeys(themes[themes != ""]))


def decide(scores: np.ndarray, settings: ThemeSettings) -> np.ndarray:
    """Decide from scores which themes a passage bears.

    Parameters
    ----------
    scores : ndarray of float64, shape (n_passages, n_themes)
        From `score_passages`.
    settings : ThemeSettings
        Margin and distance of further themes.

    Returns
    -------
    ndarray of bool, shape (n_passages, n_themes)
        The strongest theme and those close behind it, where they exceed the margin.
    """
    if scores.size == 0:
        return np.zeros(scores.shape, dtype=bool)
    best = scores.max(axis=1, keepdims=True)
    return (scores > settings.margin) & (scores >= best - settings.runner_up)


def build_prototypes(codebook: CodebookVectors) -> Prototypes:
    """Turn the texts of a codebook into one point a theme.

    Parameters
    ----------
    codebook : CodebookVectors
        The themes.

    Returns
    -------
    Prototypes
        Unit vectors in the space of the centred passages.
    """
    texts = codebook.texts.assign(row=np.arange(len(codebook.texts)))
    background = texts[texts["kind"] == "background"]
    sections = {
        str(language): codebook.vectors[part["row"]]
        for language, part in background.groupby("language", sort=False)
    }
    own = texts[texts["kind"] != "background"]
    centres = _centres(own, codebook.vectors, sections)
    centred = _centre(codebook.vectors, texts["language"].to_numpy(), centres)
    themes, counters = [], []
    for theme in list_themes(codebook):
        of_theme = own[own["theme"] == theme]
        definition = _mean_vector(centred, of_theme[of_theme["kind"] == "definition"])
        examples = _mean_vector(centred, of_theme[of_theme["kind"] == "example"])
        # The definition weighs as much as all examples: it says what they have in common.
        themes.append(_unit(definition + examples))
        counters.append(centred[of_theme.loc[of_theme["kind"] == "counter-example", "row"]])
    by_language = [centred[part["row"]] for _, part in background.groupby("language", sort=False)]
    return Prototypes(np.array(themes), counters, _unit(np.mean(by_language, axis=0)), centres)


def score_passages(
    embeddings: np.ndarray, languages: np.ndarray, prototypes: Prototypes
) -> np.ndarray:
    """Score passages for themes.

    Parameters
    ----------
    embeddings : ndarray, shape (n_passages, n_dimensions)
        Unaligned unit vectors.
    languages : ndarray of str, shape (n_passages,)
        Language of each passage.
    prototypes : Prototypes
        From `build_prototypes`.

    Returns
    -------
    ndarray of float64, shape (n_passages, n_themes)
        Cosine to the theme minus cosine to the nearest ordinary section, or to the nearest
        counter-example of the theme where that is nearer still than the theme.
    """
    centred = _centre(embeddings, languages, prototypes.centres).astype(np.float64)
    nearness = centred @ prototypes.themes.T
    ordinary = (centred @ prototypes.sections.T).max(axis=1, keepdims=True)
    scores = nearness - ordinary
    for theme, counters in enumerate(prototypes.counters):
        if len(counters):
            # A counter-example speaks only where it is nearer than the theme it borders.
            excess = (centred @ counters.T).max(axis=1) - nearness[:, theme]
            scores[:, theme] -= np.clip(excess, 0, None)
    return scores


@lru_cache(maxsize=1)
def read_background() -> dict[str, list[str]]:
    """Read the sentences of an ordinary newspaper that ship with the package, by language."""
    import yaml

    path = Path(__file__).with_name("background.yml")
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _centres(
    texts: pd.DataFrame, raw: np.ndarray, sections: dict[str, np.ndarray]
) -> dict[str, np.ndarray]:
    """Return what is common to codebook and newspaper, moved by what each language adds.

    The parallel sections say what a language adds: they mean the same in every language.
    """
    spoken = [language for language in sections if (texts["language"] == language).any()]
    spoken = spoken or list(sections)
    positive = texts[(texts["kind"] != "counter-example")]
    per_language = [
        raw[positive.loc[positive["language"] == language, "row"]].mean(axis=0)
        for language in positive["language"].unique()
    ]
    codebook = np.mean(per_language, axis=0)
    newspaper = np.mean([sections[language].mean(axis=0) for language in spoken], axis=0)
    common = _CENTRE * codebook + (1 - _CENTRE) * newspaper
    centres = {
        language: common + part.mean(axis=0) - newspaper for language, part in sections.items()
    }
    everywhere = np.mean([part.mean(axis=0) for part in sections.values()], axis=0)
    centres[""] = common + everywhere - newspaper
    return centres


def _centre(vectors: np.ndarray, languages: Any, centres: dict[str, np.ndarray]) -> np.ndarray:
    """Subtract from each vector the centre of its language, then give it unit length."""
    centred = np.empty_like(vectors)
    for language in np.unique(languages):
        rows = languages == language
        centred[rows] = vectors[rows] - centres.get(language, centres[""])
    return _unit(centred)


def _mean_vector(centred: np.ndarray, texts: pd.DataFrame) -> np.ndarray:
    """Return the unit mean over languages of the unit means within each; zero without texts."""
    if texts.empty:
        return np.zeros(centred.shape[1], centred.dtype)
    means = [centred[part["row"]].mean(axis=0) for _, part in texts.groupby("language")]
    return _unit(np.sum([_unit(mean) for mean in means], axis=0))


def _unit(vectors: np.ndarray) -> np.ndarray:
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return vectors / np.where(lengths > 0, lengths, 1)
