"""Words, sentences and noun phrases near a verb of speech.

A clause is a list of tokens with their places in the passage; nothing here knows about quotations.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from press_themes.voices.language_pages import SpeechPage, iterate_words

_BREAK = re.compile(r"[,،;:()\[\]«»“”„\"—–…\n。！？!?؟؛]|\.(?=\s|$)|\s-\s")
_SENTENCE = re.compile(r"[.!?…。！？؟]+[\"”“»’)\]]*(?=\s|$)|[。！？][”’」』]*|\n")
_INITIAL = re.compile(
    r"(?:^|[\s(])(?:\w|Mr|Mrs|Ms|Dr|Sr|Sra|St|Jr|Prof|Gen|Sen|Rep|Gov|Lt|Col|M|MM|Mme|Hr|Fr|No|vs|dott|ing|on|mr|dr|prof|św|ul|г|им|U\.S)$"
)
#: Small words inside a name, in several languages.
PARTICLES = frozenset(
    [
        "de", "da", "do", "dos", "das", "di", "del", "della", "delle", "dei", "degli", "du", "des",
        "la", "le", "van", "von", "der", "den", "ter", "ten", "zu", "zum", "af", "av", "al", "el",
        "bin", "ibn", "ben", "abu", "y", "e", "of", "and", "&", "und", "et", "the",
    ]
)  # fmt: skip
#: What makes a name part of a longer phrase ("a spokesman for Toyota").
PREPOSITIONS = frozenset(
    [
        "of", "for", "from", "at", "in", "de", "du", "des", "d", "l", "del", "della", "dell",
        "dello", "dei", "degli", "delle", "di", "da", "do", "dos", "das", "von", "vom", "der",
        "van", "bei", "beim", "für", "dans", "chez", "au", "aux", "en", "no", "na", "nos", "nas",
        "em", "para", "per", "con", "z", "ze", "w", "из", "от", "в", "при", "nel", "nella", "on",
        "zum", "zur", "im", "the",
    ]
)  # fmt: skip


CONJUNCTIONS = frozenset(
    ["and", "or", "but", "et", "ou", "mais", "und", "oder", "aber", "y", "pero", "e", "ma", "ed",
     "maar", "i", "ale", "и", "или", "но"]
)  # fmt: skip
OBLIQUE = frozenset(
    [
        "him", "her", "them", "lui", "eux", "elle", "elles", "ihm", "ihr", "ihnen", "él", "ella",
        "ellos", "ellas", "lei", "loro", "ele", "ela", "eles", "elas", "hem", "haar", "hen",
        "niego", "niej", "nich", "него", "неё", "нее", "них",
    ]
)  # fmt: skip
_THINGS = frozenset({"it", "es", "het", "оно", "ono", "ça", "cela"})


class Token(NamedTuple):
    """A word: as written, folded, and its place in the passage."""

    text: str
    word: str
    start: int
    end: int
    #: A comma or another mark stands between this word and the one before.
    breaks: bool


def tokens_of(text: str, start: int, end: int) -> list[Token]:
    """Return the words of a stretch of text."""
    found: list[Token] = []
    last = start
    for word, begin, stop in iterate_words(text, start, end):
        gap = text[last:begin]
        breaks = gap not in ("", " ") and bool(_BREAK.search(gap))
        found.append(Token(word, word.casefold().rstrip("’'"), begin, stop, breaks))
        last = stop
    return found


def sentence_ends(text: str, start: int, end: int) -> list[int]:
    """Return where sentences end within a stretch, abbreviations and initials apart."""
    ends = []
    for match in _SENTENCE.finditer(text, start, end):
        if match.group()[0] == "." and _INITIAL.search(
            text[max(start, match.start() - 8) : match.start()]
        ):
            continue
        ends.append(match.end())
    return ends


def find_verb(
    tokens: list[Token], verbs: frozenset[tuple[str, ...]], from_right: bool = False
) -> tuple[int, int] | None:
    """Return the first (or last) verb as positions in the list, end exclusive."""
    if not verbs:
        return None
    longest = max(map(len, verbs))
    order = range(len(tokens) - 1, -1, -1) if from_right else range(len(tokens))
    for place in order:
        for length in range(longest, 0, -1):
            words = tuple(token.word for token in tokens[place : place + length])
            # "dit-elle", "disse-lhe": the verb is what stands before the hyphen.
            words = (*words[:-1], words[-1].split("-")[0]) if words else words
            if (
                len(words) == length
                and words in verbs
                and (place == 0 or not is_named(tokens[place]))
            ):
                return place, place + length
    return None


@lru_cache(maxsize=64)
def function_words(language: str) -> frozenset[str]:
    """Return the stop words of a language, which no name consists of."""
    import stopwordsiso

    if not stopwordsiso.has_lang(language):
        return frozenset()
    return frozenset(word.casefold() for word in stopwordsiso.stopwords(language))


def is_named(token: Token) -> bool:
    """Say whether a word is written like a name: with a capital, or mixed."""
    text = token.text
    return text[:1].isupper() or text[1:] != text[1:].lower() or "." in text[1:-1]


def subject_before(
    tokens: list[Token], verb: int, page: SpeechPage
) -> tuple[int, int] | str | None:
    """Find the subject that stands before a verb."""
    at = verb
    functions = function_words(page.language)
    while at and not tokens[at].breaks and not is_pronoun(tokens[at - 1], page):
        word = tokens[at - 1].word
        if word in CONJUNCTIONS:
            # "… and said": the subject stands before another verb.
            return None
        is_small = word in functions - page.articles and not is_named(tokens[at - 1])
        if not (word in page.skipped or is_small):
            break
        at -= 1
    if not at:
        return None
    if tokens[at].breaks or (at < verb and any(t.breaks for t in tokens[at : verb + 1])):
        return _before_apposition(tokens, at, page)
    if is_pronoun(tokens[at - 1], page):
        return _kind_of(tokens[at - 1])
    start = at - 1
    while start and not tokens[start].breaks:
        start -= 1
    # A sentence opens with a capital, whatever its first word; "UN" and "WHO" are names there too.
    is_acronym = len(tokens[0].text) > 1 and tokens[0].text.isupper()
    if start == 0 and not is_acronym:
        start = int(tokens[0].word in function_words(page.language) - page.articles)
    return _phrase(tokens[start:at], page) if start < at else None


def _before_apposition(
    tokens: list[Token], at: int, page: SpeechPage
) -> tuple[int, int] | str | None:
    """Find the name in "NAME, who is what, said"."""
    cuts = [i for i in range(at) if i == 0 or tokens[i].breaks]
    chunks = [tokens[a:b] for a, b in zip(cuts, [*cuts[1:], at], strict=True)]
    named = [chunk for chunk in chunks if is_named(chunk[0]) and _name_run(chunk, 0) == len(chunk)]
    if len(chunks) >= 2 and chunks[-1] and len(named) == 1:
        return named[0][0].start, named[0][-1].end
    return None


def subject_after(
    tokens: list[Token], verb_end: int, page: SpeechPage
) -> tuple[int, int] | str | None:
    """Find the subject that stands after a verb; arguments and result as `subject_before`."""
    at = verb_end
    skipped = page.skipped - page.articles
    while at < len(tokens) and tokens[at].word in skipped and not tokens[at].breaks:
        at += 1
    chunk: list[Token] = []
    for token in tokens[at:]:
        stops = token.word in page.stops and not (token.word in page.articles and not chunk)
        # Small words inside a name do not end it ("van der Bellen").
        if (token.breaks and (chunk or at == verb_end)) or (
            stops and not _goes_on(chunk, token, tokens)
        ):
            break
        chunk.append(token)
    reached = min(at + len(chunk), len(tokens) - 1)
    if chunk and chunk[0].word in page.articles and not tokens[reached].breaks:
        far = _name_at_the_break(tokens, reached)
        if far:
            return far
    while chunk and chunk[-1].word in PARTICLES | PREPOSITIONS | page.articles and len(chunk) > 1:
        chunk.pop()
    if not chunk or not chunk[0].text[0].isalpha() or chunk[0].word in CONJUNCTIONS:
        return None
    if is_pronoun(chunk[0], page):
        return _kind_of(chunk[0])
    if is_named(chunk[0]):
        length = _name_run(chunk, 0)
        return chunk[0].start, chunk[length - 1].end
    return _phrase(chunk, page)


def _name_at_the_break(tokens: list[Token], at: int) -> tuple[int, int] | None:
    """Find the name at the end of a long role: "the minister for something NAME NAME,"."""
    end = at
    while end < len(tokens) and end < at + 8 and (end == at or not tokens[end].breaks):
        end += 1
    start = end
    while start > at and is_named(tokens[start - 1]):
        start -= 1
    return (tokens[start].start, tokens[end - 1].end) if end - start >= 2 else None


def _kind_of(token: Token) -> str:
    """Tell a pronoun for a person from one for a thing, which is never taken for a person."""
    return "thing" if token.word.rsplit("-", 1)[-1] in _THINGS else "pronoun"


def _goes_on(chunk: list[Token], token: Token, tokens: list[Token]) -> bool:
    after = tokens.index(token) + 1
    return (
        bool(chunk) and is_named(chunk[-1]) and token.word in PARTICLES
        and after < len(tokens) and is_named(tokens[after]) and not tokens[after].breaks
        and token.word not in ("e", "y", "and", "et", "und")
    )  # fmt: skip


def _phrase(chunk: list[Token], page: SpeechPage) -> tuple[int, int] | None:
    """Return the name at the end of a phrase, or the whole phrase if its head is a common noun."""
    if page.language == "ar":
        return _arabic_phrase(chunk)
    chunk = _without_head_words(chunk, page)
    if not chunk or len(chunk) > 12:
        return None
    opens = chunk[0].word in page.articles
    run = len(chunk)
    while run and (
        _may_be_name(chunk[run - 1], page)
        or (run < len(chunk) and chunk[run - 1].word in PARTICLES - page.articles)
    ):
        run -= 1
    while run < len(chunk) and not is_named(chunk[run]):
        run += 1
    tail = chunk[run:]
    before = chunk[run - 1].word if run else ""
    if page.language == "de" and before in page.articles and len(tail) >= 3:
        # "Der Fährmann NAME NAME": the noun after the article is no part of the name.
        return tail[1].start, tail[-1].end
    if tail and not _is_common(tail, before, page):
        if before not in PREPOSITIONS and before not in ("d", "l"):
            return tail[0].start, tail[-1].end
        if opens or is_named(chunk[0]) or page.language in ("ru", "pl"):
            return chunk[0].start, chunk[-1].end
        return None
    if opens and len(chunk) <= 8:
        return chunk[0].start, chunk[-1].end
    if is_named(chunk[0]) and len(chunk) <= 3:
        return chunk[0].start, chunk[-1].end
    is_small = all(token.word in function_words(page.language) for token in chunk)
    if page.language in ("ru", "pl") and len(chunk) <= 5 and not tail and not is_small:
        return chunk[0].start, chunk[-1].end
    return None


def _may_be_name(token: Token, page: SpeechPage) -> bool:
    # The first word of a sentence has a capital, too.
    return is_named(token) and token.word not in page.articles


def _is_common(tail: list[Token], before: str, page: SpeechPage) -> bool:
    # German writes every noun with a capital.
    return page.language == "de" and before in page.articles and len(tail) == 1


def _without_head_words(chunk: list[Token], page: SpeechPage) -> list[Token]:
    """Drop "and", "but", "meanwhile" and the like before the phrase itself."""
    for place, token in enumerate(chunk):
        opens = token.word in page.articles or is_named(token)
        if opens and (place == 0 or chunk[place - 1].word not in PREPOSITIONS):
            return chunk[place:]
    return chunk if len(chunk) <= 3 else []


def _arabic_phrase(chunk: list[Token]) -> tuple[int, int] | None:
    chunk = chunk[:5]
    return (chunk[0].start, chunk[-1].end) if chunk else None


def _name_run(chunk: list[Token], start: int) -> int:
    """Return where a run of names that begins at `start` ends."""
    end = start + 1
    place = start + 1
    while place < len(chunk) and not chunk[place].breaks:
        if is_named(chunk[place]):
            end = place + 1
        elif chunk[place].word not in PARTICLES or chunk[place].word in (
            "e",
            "y",
            "and",
            "et",
            "und",
        ):
            break
        place += 1
    return end


def is_pronoun(token: Token, page: SpeechPage) -> bool:
    """Say whether a word, or what a hyphen hangs on it, is a pronoun."""
    word = token.word
    return word in page.pronouns or (word.rsplit("-", 1)[-1] in page.pronouns and "-" in word)
