"""The words of charts and report in the analyst's language, with its numbers, dates and spacing.

All phrases stand in the gettext catalogues of ``locale``, by key; see its README.
"""

from __future__ import annotations

import functools
import gettext
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from press_themes.errors import ConfigurationError

LANGUAGES = ("en", "fr")
LOCALE = Path(__file__).with_name("locale")
NARROW_SPACE = "\u202f"
_DATES = {"day": "d MMM y", "week": "d MMM y", "month": "MMM y", "year": "y"}


class _Unknown(gettext.NullTranslations):
    """What catalogues fall back on: a phrase that nobody wrote is a mistake, not its own key."""

    def gettext(self, message: str) -> str:
        raise KeyError(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        raise KeyError(msgid1)


@dataclass(frozen=True)
class Wording:
    """Phrases and formats of one language.

    Attributes
    ----------
    language : str
        ``en`` or ``fr``.
    phrases : gettext.NullTranslations
        The catalogues; an unknown key is a KeyError.
    """

    language: str
    phrases: gettext.NullTranslations

    def __call__(self, key: str, n: float | None = None, **values: Any) -> str:
        """Return a phrase with its placeholders filled; `n` also chooses the plural form."""
        if n is not None:
            values["n"] = self.number(n)
        return self.template(key, n).format(**values)

    def template(self, key: str, n: float | None = None) -> str:
        """Return a phrase, in its form for so many, with its placeholders still open."""
        if n is not None:
            try:
                return self.typeset(self.phrases.ngettext(key, key, int(n)))
            except KeyError:
                pass  # A phrase that is the same for any number has one form.
        return self.typeset(self.phrases.gettext(key))

    def knows(self, key: str) -> bool:
        """Return whether there is such a phrase."""
        try:
            self.phrases.gettext(key)
        except KeyError:
            return False
        return True

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
        day = pd.Timestamp(value).date()
        return format_date(day, format=_DATES[period], locale=self.language)

    def when(self, value: Any, period: str) -> str:
        """Say in which day, week, month or year: "in the week of 2 Feb 2026"."""
        named = period if period in ("day", "week") else "period"
        return self(f"when.{named}", date=self.date(value, period))

    def quote(self, text: str) -> str:
        """Put a text in the language's quotation marks."""
        if self.language == "fr":
            return f"«{NARROW_SPACE}{text}{NARROW_SPACE}»"
        return f"“{text}”"

    def join(self, parts: Sequence[str]) -> str:
        """Join parts of a sentence: "a, b and c"."""
        from babel.lists import format_list

        return format_list(
            parts, style="standard", locale="en_GB" if self.language == "en" else "fr"
        )

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
def load_wording(language: str, domain: str = "press_themes") -> Wording:
    """Load the words of a language.

    Parameters
    ----------
    language : str
        ``en`` or ``fr``.
    domain : str
        Catalogue looked into before that of charts and report.

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
    phrases = _read_catalogue(language, domain)
    shared = "press_themes"
    phrases.add_fallback(_Unknown() if domain == shared else load_wording(language, shared).phrases)
    return Wording(language, phrases)


def list_phrases(language: str, domain: str, also: tuple[str, ...] = ()) -> dict[str, Any]:
    """List the phrases of a catalogue, for what fills them in elsewhere than here.

    Parameters
    ----------
    language : str
        ``en`` or ``fr``.
    domain : str
        The catalogue.
    also : tuple of str
        Keys of phrases that charts and report share with it.

    Returns
    -------
    dict
        By key a phrase, typeset, with its placeholders; a list of the two forms for one and for
        several where it has them.
    """
    from babel.messages.pofile import read_po

    words = load_wording(language, domain)
    path = LOCALE / language / "LC_MESSAGES" / f"{domain}.po"
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language, domain=domain, abort_invalid=True)
    phrases: dict[str, Any] = {key: words.template(key) for key in also}
    for message in catalogue:
        forms = [words.typeset(str(form)) for form in _list_forms(message.string)]
        if isinstance(message.id, tuple):
            phrases[message.id[0]] = forms
        elif message.id:
            phrases[str(message.id)] = forms[0]
    return phrases


def _list_forms(told: Any) -> list[Any]:
    return [told] if isinstance(told, str) else list(told)


def say_in_all(key: str, n: float | None = None, **values: Any) -> dict[str, str]:
    """Return a phrase in every language, for a summary whose reader is not known yet."""
    return {language: load_wording(language)(key, n, **values) for language in LANGUAGES}


def _read_catalogue(language: str, domain: str) -> gettext.GNUTranslations:
    from io import BytesIO

    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    path = LOCALE / language / "LC_MESSAGES" / f"{domain}.po"
    compiled = BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language, domain=domain, abort_invalid=True))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def _space_french(phrase: str) -> str:
    spaced = re.sub(r" (?=[;:!?%»])|(?<=«) ", NARROW_SPACE, phrase)
    return re.sub(r"(?<=\w)'(?=\w)", "’", spaced)


def _narrow(text: str) -> str:
    return text.replace("\u00a0", NARROW_SPACE)
