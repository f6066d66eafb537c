"""Who says what stands between marks: read before, after or inside it.

Where what stands before and what stands after name different people, nobody is named.
"""

from __future__ import annotations

from typing import NamedTuple

from press_themes.voices import unspaced
from press_themes.voices.clauses import (
    find_verb,
    sentence_ends,
    subject_after,
    subject_before,
    tokens_of,
)
from press_themes.voices.frames import ending_frame, source_after
from press_themes.voices.language_pages import UNSPACED, SpeechPage, speech_page
from press_themes.voices.marks import Marked


class Said(NamedTuple):
    """What a frame says about a quotation.

    Attributes
    ----------
    speaker : tuple of int or None
        Places in the passage.
    verb : tuple of int or None
        Places in the passage.
    basis : str
        "named", "pronoun" (also where the subject is left out), "" where there is only a verb.
    ends : int
        Where the sentence of the frame ends; 0 for a frame before.
    """

    speaker: tuple[int, int] | None
    verb: tuple[int, int] | None
    basis: str
    ends: int = 0


def attribute(text: str, language: str, spans: list[Marked], number: int) -> Said | None:
    """Read the frames of one stretch between marks."""
    page = speech_page("zh" if language in UNSPACED else language)
    span = spans[number]
    begin = spans[number - 1].right if number else 0
    begin = max(begin, text.rfind("\n", 0, span.left) + 1)
    end = spans[number + 1].left if number + 1 < len(spans) else len(text)
    line = text.find("\n", span.right)
    end = min(end, line) if line >= 0 else end
    before = _before(text, begin, span, page) if span.opened else None
    after = _after(text, span, end, page) if span.closed else None
    inside = _inside(text, span, page)
    found = [said for said in (before, after, inside) if said]
    if len(found) > 1:
        return _settle(text, before, after, inside)
    return found[0] if found else None


def _settle(text: str, before: Said | None, after: Said | None, inside: Said | None) -> Said:
    found = [said for said in (after, before, inside) if said]
    names = {text[slice(*said.speaker)] for said in found if said.speaker}
    if len(names) <= 1:
        return next((said for said in found if said.speaker), found[0])
    if before and before.ends == -1:
        # A colon before it leaves no doubt.
        return before
    short = min(names, key=len)
    if all(short in name for name in names):
        return next(said for said in found if said.speaker)
    return Said(None, found[0].verb, "", max(said.ends for said in found))


def _before(text: str, begin: int, span: Marked, page: SpeechPage) -> Said | None:
    ends = sentence_ends(text, begin, span.left)
    start = ends[-1] if ends else begin
    lead = text[start : span.left]
    if not lead.strip(" \t,;–—-"):
        return None
    colon = lead.rstrip()[-1:] in ":："
    if page.language in UNSPACED:
        found = unspaced.spoken_before(text, start, span.left, page.language)
        return _said(found, -1 if colon else 0)
    tokens = tokens_of(text, start, span.left)
    source = _source(tokens, page)
    place = find_verb(tokens, page.verbs, from_right=True)
    if place is None:
        return Said(source, None, "named", -1 if colon else 0) if source else None
    # A verb far from the marks reports something else, unless a "that" or a colon bridges the gap.
    gap = tokens[place[1] :]
    bridged = (
        colon
        or any(token.word in page.that for token in gap)
        or tuple(token.word for token in tokens[slice(*place)]) in page.zero
    )
    if len(gap) > (25 if bridged else 8):
        return None
    if not bridged and len(gap) > 3 and any(token.breaks for token in gap[1:]):
        return None
    said = _around(tokens, place, page, is_after=False)
    return said._replace(ends=-1 if colon else 0)


def _after(text: str, span: Marked, end: int, page: SpeechPage) -> Said | None:
    ends = sentence_ends(text, span.right, end)
    stop = next((place for place in ends if place > span.right + 2), end)
    tail = text[span.right : stop]
    if not tail.strip(" ,.;"):
        return None
    closed = text[: span.end].rstrip()[-1:] in ".…。" or tail.lstrip(" \t")[:1] == "."
    if page.language in UNSPACED:
        found = unspaced.spoken_after(text, span.right, stop, page.language)
        return _said(found, stop)
    tokens = tokens_of(text, span.right, stop)
    verbs = page.verbs | page.framing
    place = find_verb(tokens[:9], verbs)
    if place is None:
        source = _source(tokens, page) if tail.lstrip()[:1] == "," else None
        if source:
            return Said(source, None, "named", stop)
        clause = None if closed else ending_frame(tokens, page)
        return Said(*clause, stop) if clause else None
    if tail.rstrip()[-1:] == ":" or (closed and len(tokens) - place[1] > 6):
        return None
    if (
        closed
        and tail.strip()[:1].isupper()
        and any(t.word in page.that for t in tokens[place[1] :])
    ):
        return None
    # A new clause between the marks and the verb is about something else.
    if sum(token.breaks for token in tokens[1 : place[0] + 1]) > 2 or place[0] > 6:
        return None
    said = _around(tokens, place, page, is_after=True)
    return said._replace(ends=stop)


def _around(tokens: list, place: tuple[int, int], page: SpeechPage, *, is_after: bool) -> Said:
    """Look for the subject on the side where the language puts it first."""
    verb = (tokens[place[0]].start, tokens[place[1] - 1].end)
    left = subject_before(tokens, place[0], page)
    lead = [t for t in tokens[: place[0]] if t.word not in page.skipped]
    is_addressed = tuple(token.word for token in tokens[slice(*place)]) in page.addressed
    right = None if is_addressed else subject_after(tokens, place[1], page)
    if tokens[place[1] - 1].word.rsplit("-", 1)[-1] in page.pronouns:
        return Said(None, verb, "pronoun")
    inverted = is_after and not lead
    order = [right, left] if inverted or page.language == "ar" else [left, right]
    if not is_after and lead and page.language not in ("ar", "de", "ru", "pl", "nl"):
        order = [left]
    if is_after and lead:
        order = [left]
    for found in order:
        if isinstance(found, str):
            return Said(None, verb, found)
        if found is not None:
            return Said(found, verb, "named")
    return Said(None, verb, "pronoun" if page.bare and not lead else "")


def _inside(text: str, span: Marked, page: SpeechPage) -> Said | None:
    """Find "words, – said NAME. – Words" within one pair of marks, as Russian and Polish write."""
    if page.language not in ("ru", "pl"):
        return None
    for dash in (" – ", " — ", " - "):
        place = text.find("," + dash, span.start, span.end)
        if place < 0:
            continue
        tokens = tokens_of(text, place + len(dash), min(span.end, place + 90))
        found = find_verb(tokens[:2], page.verbs)
        if found:
            return _around(tokens, found, page, is_after=True)._replace(ends=span.right)
    return None


def _source(tokens: list, page: SpeechPage) -> tuple[int, int] | None:
    """Find the speaker after "according to"."""
    words = [token.word for token in tokens]
    for phrase in page.sources:
        for at in range(len(words) - len(phrase) + 1):
            if tuple(words[at : at + len(phrase)]) == phrase:
                found = source_after(tokens, at + len(phrase), page)
                return found if isinstance(found, tuple) else None
    return None


def _said(found: tuple | None, ends: int) -> Said | None:
    if not found:
        return None
    who, verb = found
    return Said(None, verb, who, ends) if isinstance(who, str) else Said(who, verb, "named", ends)
