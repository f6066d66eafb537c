"""The language of an article, told among the languages that a corpus can plausibly hold.

Fewer plausible languages make the answer surer; the identifier is loaded once, when first asked.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from typing import Any, NamedTuple

from press_themes.errors import ConfigurationError

# Every standard language that the identifier knows by a two-letter code.
PLAUSIBLE = (
    "af", "am", "ar", "as", "az", "be", "bg", "bn", "br", "bs", "ca", "cs", "cy", "da", "de", "el",
    "en", "eo", "es", "et", "eu", "fa", "fi", "fr", "fy", "ga", "gd", "gl", "gu", "ha", "he", "hi",
    "hr", "ht", "hu", "hy", "id", "ig", "is", "it", "ja", "jv", "ka", "kk", "km", "kn", "ko", "ku",
    "ky", "lg", "ln", "lo", "lt", "lv", "mg", "mk", "ml", "mn", "mr", "ms", "mt", "my", "ne", "nl",
    "no", "om", "or", "pa", "pl", "ps", "pt", "qu", "ro", "ru", "rw", "si", "sk", "sl", "sn", "so",
    "sq", "sr", "sv", "sw", "ta", "te", "tg", "th", "tk", "tl", "tr", "tt", "ug", "uk", "ur", "uz",
    "vi", "xh", "yo", "zh", "zu",
)  # fmt: skip
UNKNOWN = "und"
# The press writes the standard language where the identifier hears a variety or an ancestor of it.
_VARIETIES = {
    "wuu": "zh", "yue": "zh", "ary": "ar", "arz": "ar", "pcm": "en", "gcf": "fr", "gcr": "fr",
    "wa": "fr", "grc": "el", "nn": "no", "sdh": "ku", "hbo": "he", "uzs": "uz",
}  # fmt: skip
# As a beginning, and again from the middle: a lede may quote another language.
_READ = 300
_LEAST = 0.5
_UNHEARD = 1e-6


class Detected(NamedTuple):
    """A language code (ISO 639-1) and the identifier's probability for it, 0 to 1."""

    language: str
    probability: float


def detect_language(text: str, plausible: tuple[str, ...] = PLAUSIBLE) -> Detected:
    """Tell the language of a text.

    Parameters
    ----------
    text : str
        The text; 300 characters of its beginning and of its middle are read.
    plausible : tuple of str
        ISO 639-1 codes to choose from.

    Returns
    -------
    Detected
        The most probable of them, or ``und`` where none has half of the probability.
    """
    if len(plausible) == 1:
        return Detected(plausible[0], 1.0)
    middle = len(text) // 2
    sample = text if len(text) <= 2 * _READ else f"{text[:_READ]} {text[middle : middle + _READ]}"
    return _detect(sample, frozenset(plausible))


@lru_cache(maxsize=256)
def _detect(sample: str, allowed: frozenset[str]) -> Detected:
    """Tell the language of a sample; tables hold the same text again and again."""
    shares: dict[str, float] = {}
    for code, probability in _identifier().rank(sample):
        standard = code if code in allowed else _VARIETIES.get(code, code)
        shares[standard] = shares.get(standard, 0.0) + float(probability)
    possible = {code: share for code, share in shares.items() if code in allowed}
    total = sum(possible.values())
    if total < _UNHEARD or not any(map(str.isalpha, sample)):
        return Detected(UNKNOWN, 0.0)
    language = max(possible, key=lambda code: (possible[code], code))
    share = possible[language] / total
    return Detected(language, share) if share >= _LEAST else Detected(UNKNOWN, share)


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
    return frozenset(_identifier().nb_classes)


def language_code(name: str) -> str | None:
    """Return the code of a language that a field names."""
    lowered = name.strip().replace("_", "-").casefold()
    if lowered.split("-")[0] in known_languages():
        return lowered.split("-")[0]
    return _names().get(lowered)


@lru_cache(maxsize=1)
def _identifier() -> Any:
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
