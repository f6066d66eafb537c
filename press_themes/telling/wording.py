"""The words of charts and report in the analyst's language, with its numbers, dates and spacing.

All phrases stand in ``words.yml`` and ``words_of_changes.yml``, English and French side by side.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from press_themes.errors import ConfigurationError

LANGUAGES = ("en", "fr")
FILES = ("words.yml", "words_of_changes.yml")
_SOURCES = tuple(Path(__file__).with_name(name) for name in FILES)
NARROW_SPACE = "\u202f"
_PERIODS = {
    "week": {"en": "d MMM y", "fr": "d MMM y"},
    "day": {"en": "d MMM y", "fr": "d MMM y"},
    "month": {"en": "MMM y", "fr": "MMM y"},
    "year": {"en": "y", "fr": "y"},
}


@dataclass(frozen=True)
class Wording:
    """Phrases and formats of one language.

    Attributes
    ----------
    language : str
        ``en`` or ``fr``.
    phrases : mapping
        Phrase by key; a phrase with a plural is a mapping of plural form to text.
    """

    language: str
    phrases: Mapping[str, Any]

    def __call__(self, key: str, n: float | None = None, **values: Any) -> str:
        """Return a phrase with its placeholders filled; `n` also chooses the plural form."""
        phrase = self.phrases[key]
        if isinstance(phrase, Mapping):
            phrase = phrase[_plural_form(self.language, n)]
        if n is not None:
            values["n"] = self.number(n)
        return phrase.format(**values)

    def knows(self, key: str) -> bool:
        """Return whether there is such a phrase."""
        return key in self.phrases

    def template(self, key: str, form: str | None = None) -> str:
        """Return a phrase, or one of its plural forms, with its placeholders still open."""
        phrase = self.phrases[key]
        return str(phrase[form] if isinstance(phrase, Mapping) else phrase)

    def number(self, value: float, decimals: int = 0) -> str:
        """Format a number with the language's separators; NaN is a dash."""
        from babel.numbers import format_decimal

        if pd.isna(value):
            return "–"
        pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
        return _narrow(format_decimal(value, format=pattern, locale=self.language))

    @property
    def percent_sign(self) -> str:
        """The sign as it follows a number: French sets it apart, English does not."""
        return f"{NARROW_SPACE}%" if self.language == "fr" else "%"

    def signed(self, value: float) -> str:
        """Format a margin with its sign and three decimals."""
        sign = "+" if value > 0 else "−" if value < 0 else ""
        return sign + self.number(abs(value), 3)

    def percent(self, share: float) -> str:
        """Format a share (0 to 1) in per cent, with a decimal only below 10 %."""
        if pd.isna(share):
            return "–"
        value = 100 * share
        if 0 < value < 0.05:
            return f"<{self.number(0.1, 1)}{self.percent_sign}"
        decimals = 0 if value >= 9.95 or value == 0 else 1
        return f"{self.number(value, decimals)}{self.percent_sign}"

    def points(self, difference: float) -> str:
        """Format a difference of shares (0.01 for one point) with its sign."""
        if pd.isna(difference):
            return "–"
        sign = "+" if difference > 0 else "−" if difference < 0 else ""
        rounded = round(100 * abs(difference), 1)
        return sign + self.number(rounded, 0 if rounded == int(rounded) else 1)

    def interval(self, low: float, high: float) -> str:
        """Format an interval of shares, or say that there is none."""
        if pd.isna(low) or pd.isna(high):
            return self("interval.none")
        return self("interval", low=self.percent(low), high=self.percent(high))

    def date(self, value: Any, period: str = "day") -> str:
        """Format a date, or the period that begins on it; NaT is "undated"."""
        from babel.dates import format_date

        if pd.isna(value):
            return self("undated")
        pattern = _PERIODS[period][self.language]
        return format_date(pd.Timestamp(value).date(), format=pattern, locale=self.language)

    def quote(self, text: str) -> str:
        """Put a text in the language's quotation marks."""
        if self.language == "fr":
            return f"«{NARROW_SPACE}{text}{NARROW_SPACE}»"
        return f"“{text}”"

    def typeset(self, text: str) -> str:
        """Give a sentence of this language the spaces and apostrophes of its typography."""
        return _space_french(text) if self.language == "fr" else text

    def language_name(self, code: str) -> str:
        """Return the name of a language, or the code where it has none."""
        from babel import Locale

        return str(Locale(self.language).languages.get(code, code))

    def pick(self, value: Any) -> str:
        """Return the text of this language from a text or a mapping by language."""
        if isinstance(value, Mapping):
            known = {key: text for key, text in value.items() if text}
            return str(known.get(self.language) or next(iter(known.values()), ""))
        return "" if value is None or (isinstance(value, float) and pd.isna(value)) else str(value)


@functools.cache
def load_wording(language: str, sources: tuple[Path, ...] = _SOURCES) -> Wording:
    """Load the words of a language.

    Parameters
    ----------
    language : str
        ``en`` or ``fr``.
    sources : tuple of Path
        Files of phrases; by default those of charts and report.

    Returns
    -------
    Wording
        Its phrases and formats.

    Raises
    ------
    ConfigurationError
        If the language is not one of these.
    """
    if language not in LANGUAGES:
        raise ConfigurationError(
            "report_language", f"'{language}' is not available", f"use {' or '.join(LANGUAGES)}"
        )
    import yaml

    phrases: dict[str, Any] = {}
    for source in sources:
        content = yaml.safe_load(source.read_text(encoding="utf-8"))
        phrases |= {key: forms[language] for key, forms in content.items()}
    if language == "fr":
        phrases = {key: _space_french(phrase) for key, phrase in phrases.items()}
    return Wording(language, phrases)


def _space_french(phrase: Any) -> Any:
    if isinstance(phrase, Mapping):
        return {form: _space_french(text) for form, text in phrase.items()}
    spaced = re.sub(r" (?=[;:!?%»])|(?<=«) ", NARROW_SPACE, phrase)
    return re.sub(r"(?<=\w)'(?=\w)", "’", spaced)


def _narrow(text: str) -> str:
    return text.replace("\u00a0", NARROW_SPACE)


@functools.cache
def _plural_rule(language: str) -> Any:
    from babel import Locale

    return Locale(language).plural_form


def _plural_form(language: str, n: float | None) -> str:
    form = "other" if n is None else _plural_rule(language)(n)
    return form if form in ("one", "other") else "other"
