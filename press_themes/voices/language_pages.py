"""What is known about speech in each language, read once from the data files beside this module.

A language without a page keeps its quotation marks (the general set) and names nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).resolve().parent
#: Languages that write no spaces between words.
UNSPACED = frozenset({"zh", "ja"})


@dataclass(frozen=True)
class SpeechPage:
    """The words around speech in one language, in lower case; lists as in ``speech.yml``."""

    language: str
    verbs: frozenset[tuple[str, ...]]
    framing: frozenset[tuple[str, ...]]
    that: frozenset[str]
    zero: frozenset[tuple[str, ...]]
    addressed: frozenset[tuple[str, ...]]
    pronouns: frozenset[str]
    bare: bool
    sources: tuple[tuple[str, ...], ...]
    skipped: frozenset[str]
    articles: frozenset[str]
    stops: frozenset[str]

    @property
    def is_known(self) -> bool:
        """Say whether a page is written for the language."""
        return bool(self.verbs)


@dataclass(frozen=True)
class MarksPage:
    """Opening mark → its closing marks, in order of preference; whether dashes open speech."""

    closers: dict[str, str]
    preferred: str
    dash: bool


_LETTERS = r"[\w\u0300-\u036f\u064b-\u065f\u0670]+"
_WORD = re.compile(rf"{_LETTERS}(?:[’'`.‑-]{_LETTERS})*")
# An apostrophe that ends an elided word ("l'", "qu’") ends the token; inside a name it does not.
_ELIDED = frozenset(
    "d l j m t s n c qu jusqu lorsqu puisqu dell dall nell sull all un quest".split()  # noqa: SIM905
)


def iterate_words(text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """Yield the words of a stretch of text with their places; an elided word is one of its own."""
    for match in _WORD.finditer(text, start, end):
        word, begin = match.group(), match.start()
        if "’" in word or "'" in word:
            cut = min(place for place in (word.find("’"), word.find("'")) if place >= 0)
            if word[:cut].casefold() in _ELIDED:
                yield word[: cut + 1], begin, begin + cut + 1
                word, begin = word[cut + 1 :], begin + cut + 1
        yield word, begin, match.end()


def split_words(text: str) -> tuple[str, ...]:
    """Split a phrase of a data file as texts are split."""
    return tuple(word.casefold().rstrip("’'") for word, _, _ in iterate_words(text, 0, len(text)))


@lru_cache(maxsize=64)
def speech_page(language: str) -> SpeechPage:
    """Return what is known about speech in a language."""
    pages = _read("speech.yml")
    page = pages.get(language) or pages["general"]

    def phrases(key: str) -> frozenset[tuple[str, ...]]:
        return frozenset(split_words(phrase) for phrase in page.get(key, []))

    def words(key: str) -> frozenset[str]:
        return frozenset(str(word).casefold().strip("’'") for word in page.get(key, []))

    sources = sorted((split_words(p) for p in page.get("sources", [])), key=len, reverse=True)
    return SpeechPage(
        language,
        phrases("verbs"),
        phrases("framing"),
        words("that"),
        phrases("zero"),
        phrases("addressed"),
        words("pronouns"),
        page.get("bare") == "true",
        tuple(sources),
        words("skipped"),
        words("articles"),
        frozenset(word for stop in words("stops") for word in [stop] if " " not in stop),
    )


@lru_cache(maxsize=64)
def plain_verbs(language: str) -> tuple[str, ...]:
    """Return the verbs as written, longest first, for a language without spaces."""
    pages = _read("speech.yml")
    page = pages.get("zh" if language in UNSPACED else language) or pages["general"]
    return tuple(sorted(page["verbs"], key=len, reverse=True))


@lru_cache(maxsize=64)
def plain_list(language: str, key: str) -> tuple[str, ...]:
    """Return one list of a page as written, longest first."""
    pages = _read("speech.yml")
    page = pages.get("zh" if language in UNSPACED else language) or pages["general"]
    return tuple(sorted(page[key], key=len, reverse=True))


@lru_cache(maxsize=64)
def marks_page(language: str) -> MarksPage:
    """Return the quotation marks of a language."""
    table = _read("quotation_marks.yml")
    own = table["languages"].get(language, {"pairs": [], "dash": "false"})
    closers: dict[str, str] = {}
    for opener, closer in [*own["pairs"], *table["general"]]:
        if opener + closer in table["titles"]:
            continue
        closers[opener] = closers.get(opener, "") + closer
    # A typewriter's mark closes what any double mark opened, and the other way round.
    for opener in closers:
        if opener not in "‘‚‹›":
            closers[opener] += '"”' if opener in '"“„”' else '"'
    if any(pair == "„“" for pair in own["pairs"]):
        # Where “ closes, it opens only what is closed by ”.
        closers["“"] = "”" + '"'
    preferred = "".join(pair[0] for pair in own["pairs"])
    return MarksPage(closers, preferred, own["dash"] == "true")


@lru_cache(maxsize=4)
def _read(name: str) -> dict[str, Any]:
    import yaml

    # BaseLoader: "no", "on" and "y" are words here.
    content: dict[str, Any] = yaml.load(
        (_FOLDER / name).read_text(encoding="utf-8"), Loader=yaml.BaseLoader
    )
    return content
