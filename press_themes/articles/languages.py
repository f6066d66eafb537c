"""The language of an article, told among the languages that a corpus can plausibly hold.

Fewer plausible languages make the answer surer; the identifier is loaded once, when first asked.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from typing import Any, NamedTuple

from press_themes.errors import ConfigurationError

# What the press indexes of this field hold most; a corpus that holds others names them in its
# settings.
PLAUSIBLE = (
    "ar", "ca", "cs", "da", "de", "el", "en", "es", "fa", "fi", "fr", "he", "hi", "hu", "it", "ja",
    "ko", "nl", "no", "pl", "pt", "ro", "ru", "sv", "tr", "uk", "vi", "zh",
)  # fmt: skip
# A sentence is enough for one answer in fifty to be wrong; this holds three.
_READ = 400


class Detected(NamedTuple):
    """A language code (ISO 639-1) and the identifier's probability for it, 0 to 1."""

    language: str
    probability: float


def detect_language(text: str, plausible: tuple[str, ...] = PLAUSIBLE) -> Detected:
    """Tell the language of a text.

    Parameters
    ----------
    text : str
        The text; the first 400 characters are read.
    plausible : tuple of str
        ISO 639-1 codes to choose from.

    Returns
    -------
    Detected
        The most probable of them.
    """
    if len(plausible) == 1:
        return Detected(plausible[0], 1.0)
    language, probability = _identifier(tuple(sorted(plausible))).classify(text[:_READ])
    return Detected(language, float(probability))


def check_plausible(languages: Collection[str]) -> None:
    """Refuse a setting that names languages which the identifier does not know."""
    unknown = sorted(set(languages) - known_languages())
    if unknown or not languages:
        cause = f"unknown language {', '.join(unknown) or '(none given)'}"
        raise ConfigurationError(
            "plausible_languages", cause, "use two-letter codes such as fr, en, ar"
        )


@lru_cache(maxsize=1)
def known_languages() -> frozenset[str]:
    """Return the codes that the identifier knows."""
    return frozenset(_load().nb_classes)


def language_code(name: str) -> str | None:
    """Return the code of a language that a field names."""
    lowered = name.strip().replace("_", "-").casefold()
    if lowered.split("-")[0] in known_languages():
        return lowered.split("-")[0]
    return _names().get(lowered)


@lru_cache(maxsize=8)
def _identifier(plausible: tuple[str, ...]) -> Any:
    identifier = _load()
    identifier.set_languages(list(plausible))
    return identifier


def _load() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    from babel import Locale

    names = {
        "fra": "fr", "fre": "fr", "eng": "en", "spa": "es", "deu": "de", "ger": "de", "ita": "it",
        "por": "pt", "ara": "ar", "zho": "zh", "chi": "zh", "nld": "nl", "rus": "ru", "中文": "zh",
    }  # fmt: skip
    for locale in ("en", "fr", "es", "de", "it", "pt", "ar", "zh"):
        for code in known_languages():
            name = Locale(locale).languages.get(code)
            if name:
                names.setdefault(name.casefold(), code)
    return names
