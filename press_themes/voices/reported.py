"""Indirect speech: what somebody is said to have said, without marks."""

from __future__ import annotations

import itertools
import re
from typing import NamedTuple

from press_themes.voices import unspaced
from press_themes.voices.clauses import (
    Token,
    find_verb,
    function_words,
    sentence_ends,
    subject_after,
    subject_before,
    tokens_of,
)
from press_themes.voices.frames import ending_frame, source_after
from press_themes.voices.language_pages import UNSPACED, SpeechPage, speech_page
from press_themes.voices.marks import Marked

_FEWEST_WORDS = 4
_STOP = re.compile(r"[,،;:.–—\"“”]")
_RELATIVE = frozenset(
    [
        "who", "which", "qui", "who", "dont", "che", "quien", "quienes", "quem", "który", "która",
        "którzy", "które", "который", "которая", "которые", "الذي", "التي", "الذين",
    ]
)  # fmt: skip

# What follows a verb of speech and is no infinitive ("a dit hier") stands among its page's stops.
_INFINITIVES = {
    "es": re.compile(r"\w*(?:[aei]r|ír)(?:se|l[aeo]s?|me|nos)?"),
    "pt": re.compile(r"(?:\w*[aei]r(?:em|mos)?|pôr)(?:-(?:se|lhes?|[ao]s?|me|nos))?"),
    "fr": re.compile(r"être|faire|dire|\w+(?:crire|duire|prendre|mettre)|\w{2,}(?:er|ir|oir)"),
}
_COMMA_BEFORE_THAT = ("de", "nl", "ru", "pl")
_DENIALS = frozenset(["no", "não", "nunca", "ne", "n", "pas", "jamais", "plus", "se", "s", "y"])


class Reported(NamedTuple):
    """A reported clause: its places, speaker, verb and on what the speaker rests."""

    start: int
    end: int
    speaker: tuple[int, int] | None
    verb: tuple[int, int] | None
    basis: str


def find_reported(text: str, language: str, spans: list[Marked]) -> list[Reported]:
    """Find reported clauses outside quotation marks."""
    page = speech_page("zh" if language in UNSPACED else language)
    if not page.is_known:
        return []
    found = []
    start = 0
    for stop in [*sentence_ends(text, 0, len(text)), len(text)]:
        if text[start:stop].strip() and not _lies_in(spans, start, stop):
            found += _of_sentence(text, start, stop, page)
        start = stop
    return [clause for clause in found if not _is_covered(clause, spans)]


def _of_sentence(text: str, start: int, stop: int, page: SpeechPage) -> list[Reported]:
    while start < stop and text[start].isspace():
        start += 1
    end = stop - len(text[start:stop]) + len(text[start:stop].rstrip(" .。!?\n"))
    if page.language in UNSPACED:
        clauses = unspaced.clauses_reported(text, start, end, page.language)
        return [
            Reported(what[0], what[1], None, verb, who)
            if isinstance(who, str)
            else Reported(what[0], what[1], who, verb, "named")
            for who, verb, what in clauses
        ]
    tokens = tokens_of(text, start, end)
    for read in _READERS:
        clause = read(text, tokens, page, end)
        least = 2 if read is _with_that else _FEWEST_WORDS
        if clause and len(tokens_of(text, clause.start, clause.end)) >= least:
            return [clause]
    return []


def _with_that(text: str, tokens: list[Token], page: SpeechPage, end: int) -> Reported | None:
    """Read "NAME said that …"."""
    at = 0
    while (place := find_verb(tokens[at:], page.verbs)) is not None:
        first, last = place[0] + at, place[1] + at
        if _is_relative(tokens, first, page):
            at = last
            continue
        for that in range(last, min(last + 12, len(tokens))):
            gap = text[tokens[that - 2].end : tokens[that - 1].start] if that > last else ""
            if _STOP.search(gap) and not _opens_insertion(text, tokens, that - 1, page):
                break
            if tokens[that].word in page.that and not _is_other(tokens, that, last, page):
                if not _may_stand_between(tokens, first, last, that, page):
                    break
                speaker, basis = _subject(tokens, first, last, that, page)
                if basis != "none":
                    return _report(tokens, that + 1, end, speaker, (first, last), basis)
                break
        at = last
    return None


def _opens_insertion(text: str, tokens: list[Token], at: int, page: SpeechPage) -> bool:
    """Say whether a word opens a few between two commas right before "that" (", however, that")."""
    if page.language in _COMMA_BEFORE_THAT:
        # There it parts clauses, not insertions ("sagte, er glaube, dass").
        return False
    marks: list[str] = []
    for place in range(at, min(at + 6, len(tokens))):
        gap = text[tokens[place - 1].end : tokens[place].start].strip()
        if gap and place > at:
            return [*marks, gap] == [",", ","] and tokens[place].word in page.that
        marks += [gap] if gap else []
    return False


def _may_stand_between(
    tokens: list[Token], first: int, last: int, that: int, page: SpeechPage
) -> bool:
    """Say whether what stands between verb and "that" is a subject, an addressee or a circumstance."""
    gap = tokens[last:that]
    if not gap or page.language in ("de", "nl", "ru", "pl", "ar"):
        return True
    verb = tuple(token.word for token in tokens[first:last])
    lead = [t for t in tokens[:first] if t.word not in page.skipped]
    small = function_words(page.language) - page.articles - page.pronouns
    return (
        not lead or verb in page.addressed or gap[0].word in page.stops
        or all(token.word in small for token in gap)
    )  # fmt: skip


def _is_relative(tokens: list[Token], verb: int, page: SpeechPage) -> bool:
    """Say whether a verb belongs to a clause about somebody ("who say that …")."""
    at = verb - 1
    while at >= 0 and tokens[at].word in page.skipped - _RELATIVE:
        at -= 1
    return at >= 0 and (tokens[at].word in _RELATIVE or tokens[at].word in page.that - {"se", "si"})


def _is_other(tokens: list[Token], that: int, last: int, page: SpeechPage) -> bool:
    """Say whether a word like "that" opens something else than what is said."""
    word = tokens[that].word
    after = tokens[that + 1].word if that + 1 < len(tokens) else ""
    if word == "di":
        # "affermato di avere": only right after the verb and before an infinitive.
        return that > last or not after.endswith(("re", "rsi", "rlo", "rla"))
    if page.language == "fr" and word == "de":
        return True
    # "if" and "whether" open other clauses more often than reported ones.
    return word in ("se", "si", "if", "ob", "of") and that > last


def _subject(
    tokens: list[Token], first: int, last: int, that: int, page: SpeechPage
) -> tuple[tuple[int, int] | None, str]:
    before = subject_before(tokens, first, page)
    after = subject_after(tokens[:that], last, page)
    lead = [t for t in tokens[:first] if t.word not in page.skipped]
    order = [after, before] if page.language == "ar" else [before]
    if not lead or (page.language in ("de", "nl", "ru", "pl") and before is None):
        order.append(after)
    for found in order:
        if isinstance(found, str):
            return None, found
        if isinstance(found, tuple):
            return found, "named"
    return None, "pronoun" if page.bare else ""


def _at_the_end(text: str, tokens: list[Token], page: SpeechPage, end: int) -> Reported | None:
    """Read "…, said NAME" at the end of a sentence."""
    frame = ending_frame(tokens, page)
    if frame is None:
        return None
    last = max(token.end for token in tokens if token.end <= frame[1][0])
    return Reported(tokens[0].start, last, *frame)


def _in_the_middle(text: str, tokens: list[Token], page: SpeechPage, end: int) -> Reported | None:
    """Read "…, she says, …": a verb alone with its subject between two commas."""
    cuts = [
        i
        for i in range(1, len(tokens))
        if tokens[i].breaks and "," in text[tokens[i - 1].end : tokens[i].start].replace("،", ",")
    ]
    for first, last in itertools.pairwise(cuts):
        chunk = tokens[first:last]
        place = find_verb(chunk, page.verbs | page.framing) if len(chunk) <= 4 else None
        if place is None or any(token.word in page.that for token in chunk):
            continue
        lead = [token for token in chunk[: place[0]] if token.word not in page.skipped]
        if (len(chunk) - place[1] > 0 and lead) or _is_relative(chunk, place[0], page):
            continue
        if lead and lead[0].word in function_words(page.language) - page.articles - page.pronouns:
            continue
        found = (
            subject_before(chunk, place[0], page) if lead else subject_after(chunk, place[1], page)
        )
        verb = (chunk[place[0]].start, chunk[place[1] - 1].end)
        if isinstance(found, tuple):
            return Reported(tokens[0].start, end, found, verb, "named")
        if isinstance(found, str) or (page.bare and not lead):
            return Reported(tokens[0].start, end, None, verb, found or "pronoun")
    return None


def _from_source(text: str, tokens: list[Token], page: SpeechPage, end: int) -> Reported | None:
    """Read "according to NAME, …" and "…, according to NAME"."""
    words = [token.word for token in tokens]
    for phrase in page.sources:
        for at in range(len(words) - len(phrase)):
            if tuple(words[at : at + len(phrase)]) != phrase:
                continue
            found = source_after(tokens, at + len(phrase), page)
            if not isinstance(found, tuple):
                return None
            verb = (tokens[at].start, tokens[at + len(phrase) - 1].end)
            # German and Dutch go on without a comma.
            bare = page.language in ("de", "nl")
            comma = text.find(",", found[1], end)
            rest = next((t for t in tokens if t.start >= (found[1] if bare else comma) >= 0), None)
            if at == 0 and rest:
                return Reported(rest.start, end, found, verb, "named")
            if at and tokens[at].breaks:
                return Reported(tokens[0].start, tokens[at - 1].end, found, verb, "named")
            return None
    return None


def _without_that(text: str, tokens: list[Token], page: SpeechPage, end: int) -> Reported | None:
    """Read "NAME said it would …" and German "sagte, er werde …"."""
    place = find_verb(tokens, page.zero)
    if place is None or place[1] >= len(tokens):
        return None
    first, last = place
    opens = tokens[last]
    if page.language == "de" and not opens.breaks:
        return None
    if page.language == "en" and (
        opens.breaks or opens.word in page.stops - {"this", "last", "while", "when", "if"}
    ):
        return None
    speaker, basis = _subject(tokens[:last], first, last, last, page)
    if page.language == "en" and basis == "":
        return None
    return _report(tokens, last, end, speaker, place, basis)


def _with_infinitive(text: str, tokens: list[Token], page: SpeechPage, end: int) -> Reported | None:
    """Read Romance "NAME afirma no haber …", "dit ne pas avoir …"."""
    ending = _INFINITIVES.get(page.language)
    place = find_verb(tokens, page.verbs) if ending else None
    if ending is None or place is None or _is_relative(tokens, place[0], page):
        return None
    first, last = place
    at = last
    while at < len(tokens) and tokens[at].word in _DENIALS:
        at += 1
    if at >= len(tokens) or any(token.breaks for token in tokens[last : at + 1]):
        return None
    opens = tokens[at]
    if opens.word in page.stops or not opens.text.islower() or not ending.fullmatch(opens.word):
        return None
    speaker, basis = _subject(tokens[:last], first, last, last, page)
    return _report(tokens, last, end, speaker, place, basis) if basis else None


def _report(
    tokens: list[Token], at: int, end: int, speaker: tuple[int, int] | None, verb: tuple[int, int],
    basis: str,
) -> Reported | None:  # fmt: skip
    if at >= len(tokens):
        return None
    return Reported(
        tokens[at].start, end, speaker, (tokens[verb[0]].start, tokens[verb[1] - 1].end), basis
    )


def _lies_in(spans: list[Marked], start: int, stop: int) -> bool:
    return any(span.left <= start and stop <= span.right + 1 for span in spans)


def _is_covered(clause: Reported, spans: list[Marked]) -> bool:
    shared = sum(
        max(0, min(clause.end, span.right) - max(clause.start, span.left)) for span in spans
    )
    inside = clause.verb is not None and any(s.left < clause.verb[0] < s.right for s in spans)
    return inside or shared > 0.5 * (clause.end - clause.start)


_READERS = (
    _with_that, _at_the_end, _in_the_middle, _from_source, _without_that, _with_infinitive
)  # fmt: skip
