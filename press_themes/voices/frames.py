"""Who speaks after "according to", and at the end of a sentence."""

from __future__ import annotations

from press_themes.voices.clauses import (
    OBLIQUE,
    Token,
    find_verb,
    is_named,
    is_pronoun,
    subject_after,
)
from press_themes.voices.language_pages import SpeechPage


def source_after(tokens: list[Token], at: int, page: SpeechPage) -> tuple[int, int] | str | None:
    """Find who follows "according to", a verb in between allowed ("según revela una encuesta")."""
    if at < len(tokens) and (tokens[at].word in OBLIQUE or is_pronoun(tokens[at], page)):
        return None
    verb = find_verb(tokens[at : at + 3], page.verbs)
    return subject_after(tokens, at + verb[1] if verb else at, page)


def ending_frame(
    tokens: list[Token], page: SpeechPage
) -> tuple[tuple[int, int] | None, tuple[int, int], str] | None:
    """Read "…, said NAME" at the end of a sentence: speaker, verb and on what the speaker rests."""
    for at in range(len(tokens) - 1, 0, -1):
        if not tokens[at].breaks:
            continue
        tail = tokens[at:]
        place = find_verb(tail[:4], page.verbs | page.framing)
        if place is None or len(tail) > 12:
            continue
        lead = [token for token in tail[: place[0]] if token.word not in page.skipped]
        rest = tail[place[1] :]
        if (
            lead
            or any(token.word in page.that for token in tail)
            or any(t.breaks for t in rest[:1])
        ):
            return None
        verb = (tail[place[0]].start, tail[place[1] - 1].end)
        if tail[place[1] - 1].word.rsplit("-", 1)[-1] in page.pronouns or (page.bare and not rest):
            return None, verb, "pronoun"
        if tuple(token.word for token in tail[slice(*place)]) in page.addressed:
            return None
        found = subject_after(tail, place[1], page)
        if isinstance(found, str):
            return None, verb, found
        if found is None:
            return None
        # Whoever is only described ends the sentence; else it is what the verb is about.
        after = [token for token in rest if token.start >= found[1]]
        is_name = is_named(next(token for token in rest if token.start >= found[0]))
        return (
            (found, verb, "named")
            if len(after) <= (4 if is_name else int(page.language == "de"))
            else None
        )
    return None
