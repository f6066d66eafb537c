"""What a name names: a person, a body, a place, or no telling.

Decided by words in the name, by what stands before it over the whole corpus, and by CLDR's lists of
territories and cities.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from press_themes.voices.name_lists import bodies_at_end, body_words
from press_themes.voices.name_runs import Run

_DEMONYMS = (
    "an",
    "ans",
    "ish",
    "ese",
    "i",
    "is",
    "ien",
    "iens",
    "ienne",
    "ano",
    "ana",
    "er",
    "ais",
    "aise",
    "és",
    "és",
    "ch",
    "k",
)
# A title may stand beside anything once; beside a person it does so again and again.
_LEAST_TITLED = 0.2


class Evidence(NamedTuple):
    """What the corpus says about one form of a name.

    Attributes
    ----------
    key : str
        The form, folded.
    kind : str
        "person", "organisation", "place" or "unknown".
    runs : list of Run
        Where it stands.
    """

    key: str
    kind: str
    runs: list[Run]


class Signs(NamedTuple):
    """What else speaks for a person.

    The last word stands alone in the same article; it speaks; others bear its first name; none of its
    words is ever written small.
    """

    shortened: bool
    speaks: bool
    first_name: bool
    own_words: bool


def tell_kind(runs: list[Run], languages: list[str], signs: Signs) -> str:
    """Say what one form of a name names."""
    text = runs[0].text
    words = re.findall(r"[^\W_]+(?:[’'-][^\W_]+)*", text)
    folded = [word.casefold() for word in words]
    share = {
        key: sum(getattr(run, key) for run in runs) / len(runs)
        for key in ("titled", "article", "located")
    }
    if not runs[0].spaced:
        return _unspaced_kind(text, share["titled"])
    if _is_body(text, words, folded):
        return "organisation"
    if text.casefold() in places(tuple(languages)):
        return "place"
    if share["titled"] >= _LEAST_TITLED and not _is_acronym(text):
        return "person"
    if len(words) == 1:
        # Letters and mixed capitals name bodies, but also things: who speaks is no thing.
        if _is_acronym(text) or (text[1:] != text[1:].lower() and "-" not in text):
            return "organisation" if signs.speaks else "unknown"
        if _is_of_a_place(text.casefold(), places(tuple(languages))):
            return "place"
        return "place" if share["located"] >= 0.5 and share["article"] < 0.3 else "unknown"
    return _kind_of_several(words, share, signs)


def _kind_of_several(words: list[str], share: dict[str, float], signs: Signs) -> str:
    if any(char.isdigit() for word in words for char in word) or len(words) > 4:
        return "unknown"
    if share["located"] >= 0.5 and not signs.speaks:
        return "place"
    if share["article"] > 0.5:
        return "organisation"
    if len(words) > 3 and not (signs.speaks or signs.shortened):
        return "unknown"
    return "person" if any(signs) else "unknown"


def _is_body(text: str, words: list[str], folded: list[str]) -> bool:
    known = body_words()
    if "&" in text or any(word in known for word in folded):
        return True
    return len(words) > 1 and any(_is_acronym(word) and len(word) > 2 for word in words)


def _is_acronym(word: str) -> bool:
    return 2 <= len(word) <= 8 and word.isupper() and word.isalpha()


def _is_of_a_place(word: str, known: frozenset[str]) -> bool:
    """Say whether a word is made from the name of a country ("Syrian", "syrischen")."""
    if not word.endswith(_DEMONYMS) or len(word) < 5:
        return False
    stem = word[: max(4, len(word) - 4)]
    return any(name.startswith(stem) for name in known)


def _unspaced_kind(text: str, titled: float) -> str:
    if text.endswith(bodies_at_end()):
        return "organisation"
    return "person" if "·" in text or "・" in text or titled > 0 or " " in text else "unknown"


@lru_cache(maxsize=16)
def places(languages: tuple[str, ...]) -> frozenset[str]:
    """Return territories and cities as written in the languages of a corpus, in lower case (CLDR)."""
    from babel import Locale, UnknownLocaleError

    known: set[str] = set()
    for language in {*languages, "en"}:
        try:
            locale = Locale.parse(language)
        except (UnknownLocaleError, ValueError):
            continue
        known |= {name.casefold() for code, name in locale.territories.items()}
        for zone, names in locale.time_zones.items():
            city = names.get("city") or zone.rsplit("/", 1)[-1].replace("_", " ")
            known.add(city.casefold())
    return frozenset(known)


@lru_cache(maxsize=16)
def calendar_and_languages(languages: tuple[str, ...]) -> frozenset[str]:
    """Return months, days and names of languages in lower case (CLDR): capitals, but no names."""
    from babel import Locale, UnknownLocaleError

    known: set[str] = set()
    for language in {*languages, "en"}:
        try:
            locale = Locale.parse(language)
        except (UnknownLocaleError, ValueError):
            continue
        for table in (locale.months, locale.days):
            for forms in table.values():
                known |= {name for form in forms.values() for name in form.values()}
        known |= set(locale.languages.values())
    # Where they are written small, a capital makes another word of them.
    return frozenset(name.casefold().strip(".") for name in known if name[:1].isupper())
