"""Prototypes: the codebook as points among the vectors, and the ordinary newspaper around them.

What a language itself adds to a vector is read from sentences that mean the same in every language.
"""

from __future__ import annotations

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
# Texts of a codebook at which its mean weighs half: the mean of a few texts is what these texts are about,
# and without it nothing of them is left. Of SIB-200's categories, one theme of three texts alone was found
# in 0 % of its sentences at a weight of 0.75 and is in 58 % so; at 15 texts fewer are found, at 45 more
# are found wrongly (bench/small_codebooks.py).
_HALF_TRUSTED = 25
# With fewer examples nothing can be said of how near a text of the theme lies to the others.
_FEWEST_EXAMPLES = 3


class Encodes(Protocol):
    """Anything that turns texts into vectors."""

    def encode(self, texts: list[str]) -> np.ndarray:
        """Return one vector of unit length a text."""
        ...


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
    is_ordinary : ndarray of bool, shape (n_themes, n_sections)
        Whether a section stands for "not this theme": the sports page does for every theme but
        sport.
    centres : dict of str to ndarray
        What is subtracted from a raw vector, by language; ``""`` for a language without anchor.
    """

    themes: np.ndarray
    counters: list[np.ndarray]
    sections: np.ndarray
    is_ordinary: np.ndarray
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


def list_themes(codebook: CodebookVectors) -> list[str]:
    """Return the themes of a codebook, in its order."""
    themes = codebook.texts["theme"]
    return list(dict.fromkeys(themes[themes != ""]))


def build_prototypes(codebook: CodebookVectors) -> Prototypes:
    """Turn the texts of a codebook into one point a theme."""
    texts = codebook.texts.assign(row=np.arange(len(codebook.texts)))
    background = texts[texts["kind"] == "background"]
    sections = {
        str(language): codebook.vectors[part["row"]]
        for language, part in background.groupby("language", sort=False)
    }
    own = texts[texts["kind"] != "background"]
    centres = _centres(own, codebook.vectors, sections)
    centred = centre_vectors(codebook.vectors, texts["language"].to_numpy(), centres)
    by_language = [centred[part["row"]] for _, part in background.groupby("language", sort=False)]
    ordinary = _unit(np.mean(by_language, axis=0))
    themes, counters, is_ordinary = [], [], []
    for theme in list_themes(codebook):
        of_theme = own[own["theme"] == theme]
        themes.append(_theme_vector(centred, of_theme))
        counters.append(centred[of_theme.loc[of_theme["kind"] == "counter-example", "row"]])
        is_ordinary.append(_stand_apart(ordinary, themes[-1], centred, of_theme))
    return Prototypes(np.array(themes), counters, ordinary, np.array(is_ordinary), centres)


@lru_cache(maxsize=1)
def read_background() -> dict[str, list[str]]:
    """Read the sentences of an ordinary newspaper that ship with the package, by language."""
    import yaml

    path = Path(__file__).with_name("background.yml")
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def centre_vectors(
    vectors: np.ndarray, languages: Any, centres: dict[str, np.ndarray]
) -> np.ndarray:
    """Subtract from each vector the centre of its language, then give it unit length."""
    centred = np.empty_like(vectors)
    for language in np.unique(languages):
        rows = languages == language
        centred[rows] = vectors[rows] - centres.get(language, centres[""])
    return _unit(centred)


def _centres(
    texts: pd.DataFrame, raw: np.ndarray, sections: dict[str, np.ndarray]
) -> dict[str, np.ndarray]:
    """Return what is common to codebook and newspaper, moved by what each language adds."""
    spoken = [language for language in sections if (texts["language"] == language).any()]
    spoken = spoken or list(sections)
    positive = texts[(texts["kind"] != "counter-example")]
    per_language = [
        raw[positive.loc[positive["language"] == language, "row"]].mean(axis=0)
        for language in positive["language"].unique()
    ]
    codebook = np.mean(per_language, axis=0)
    newspaper = np.mean([sections[language].mean(axis=0) for language in spoken], axis=0)
    weight = min(_CENTRE, len(positive) / (len(positive) + _HALF_TRUSTED))
    common = weight * codebook + (1 - weight) * newspaper
    centres = {
        language: common + part.mean(axis=0) - newspaper for language, part in sections.items()
    }
    everywhere = np.mean([part.mean(axis=0) for part in sections.values()], axis=0)
    centres[""] = common + everywhere - newspaper
    return centres


def _theme_vector(centred: np.ndarray, texts: pd.DataFrame) -> np.ndarray:
    definition = _mean_vector(centred, texts[texts["kind"] == "definition"])
    examples = _mean_vector(centred, texts[texts["kind"] == "example"])
    # The definition weighs as much as all examples: it says what they have in common.
    return _unit(definition + examples)


def _stand_apart(
    sections: np.ndarray, theme: np.ndarray, centred: np.ndarray, texts: pd.DataFrame
) -> np.ndarray:
    """Say which sections are farther from a theme than its own examples are from the rest of it."""
    examples = texts[texts["kind"] == "example"]
    if len(examples) < _FEWEST_EXAMPLES:
        return np.ones(len(sections), dtype=bool)
    definition = _mean_vector(centred, texts[texts["kind"] == "definition"])
    vectors, languages = centred[examples["row"]], examples["language"].to_numpy()
    sums = {language: vectors[languages == language].sum(axis=0) for language in set(languages)}
    nearness = []
    for vector, language in zip(vectors, languages, strict=True):
        # Without the example itself; zero, which has no direction, where it is its language's only.
        rest = [_unit(sums[name] - vector * (name == language)) for name in sorted(sums)]
        nearness.append(vector @ _unit(definition + _unit(np.sum(rest, axis=0))))
    apart = sections @ theme < np.quantile(nearness, 0.25)
    return apart if apart.any() else ~apart


def _mean_vector(centred: np.ndarray, texts: pd.DataFrame) -> np.ndarray:
    """Return the unit mean over languages of the unit means within each; zero without texts."""
    if texts.empty:
        return np.zeros(centred.shape[1], centred.dtype)
    means = [centred[part["row"]].mean(axis=0) for _, part in texts.groupby("language")]
    return _unit(np.sum([_unit(mean) for mean in means], axis=0))


def _unit(vectors: np.ndarray) -> np.ndarray:
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return vectors / np.where(lengths > 0, lengths, 1)
