"""Where names stand: runs of capitals, and what stands for them in scripts without capitals.

What a run is, and with which other it belongs, is decided over the whole corpus, not here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

import pandas as pd

from press_themes.voices.clauses import PARTICLES, Token, function_words, is_named, tokens_of
from press_themes.voices.language_pages import UNSPACED, speech_page
from press_themes.voices.name_lists import (
    abbreviated_titles,
    locative_words,
    name_words,
    title_words,
)
from press_themes.voices.unspaced import words_before_name

_AND = frozenset({"e", "y", "and", "et", "und", "the", "la", "le", "of", "de la"})
_GENITIVES = frozenset({"des", "der", "den", "dem", "du", "zum", "zur"})
_UNSPACED = re.compile(r"[一-鿿぀-ヿ]")
_ENDS = re.compile(r"[.!?…:؟。！？\n]|[«“„\"(]\s*$|—|–")
_CASED = re.compile(r"[A-Za-zÀ-ɏͰ-ӿԱ-և]")
_HAN_NAME = re.compile(r"(?:[一-鿿]{1,6}[·・‧•]){1,3}[一-鿿]{1,6}")
_ARABIC_WORD = re.compile(r"[ء-ٰٟ-ۓ]+")
_MOST_WORDS = 7


class Run(NamedTuple):
    """A possible name.

    Attributes
    ----------
    passage_id, article_id, language : str
        Where it stands.
    start, end : int
        Offsets in the passage's text.
    text : str
        As written.
    titled : bool
        A title or a role stands before it.
    article : bool
        An article stands before it.
    located : bool
        A preposition of place stands before it.
    opens : bool
        It opens a sentence.
    spaced : bool
        It is written in a script with capitals.
    """

    passage_id: str
    article_id: str
    language: str
    start: int
    end: int
    text: str
    titled: bool
    article: bool
    located: bool
    opens: bool
    spaced: bool = True


def find_runs(passages: pd.DataFrame, quotations: pd.DataFrame) -> list[Run]:
    """Find all possible names."""
    speakers = {
        key: rows[["speaker_start", "speaker_end"]].to_numpy().tolist()
        for key, rows in quotations[quotations["speaker_start"] >= 0].groupby("passage_id")
    }
    found: list[Run] = []
    row: Any
    for row in passages.itertuples(index=False):
        text, language = str(row.text), str(row.language)
        runs = list(_capitals(row, text, language)) if _CASED.search(text) else []
        if language in ("zh", "ja"):
            runs += _han(row, text, speakers.get(row.passage_id, []))
        elif language in ("ar", "fa", "ur"):
            runs += _arabic(row, text, speakers.get(row.passage_id, []))
        found += sorted(runs, key=lambda run: (run.start, run.end))
    return found


def _capitals(row: Any, text: str, language: str) -> Iterable[Run]:
    # Where no spaces part the words, Latin letters stand between characters of another script.
    readable = _UNSPACED.sub("，", text) if language in UNSPACED else text
    tokens = tokens_of(readable, 0, len(text))
    capitals = sum(token.text.isupper() and len(token.text) > 1 for token in tokens)
    if capitals > 0.5 * len(tokens) and len(tokens) > 6:
        # A text in capitals tells no names.
        return
    place = 0
    while place < len(tokens):
        if not _is_capital(tokens[place]):
            place += 1
            continue
        end = _run_end(readable, tokens, place, language)
        run = _trimmed(row, readable, tokens, place, end, language)
        if run:
            yield run
        place = end


def _is_capital(token: Token) -> bool:
    return is_named(token) and token.text[0].isalpha() and "." not in token.text.strip(".")


def _run_end(text: str, tokens: list[Token], place: int, language: str) -> int:
    end = place + 1
    ahead = place + 1
    while ahead < len(tokens) and ahead - place < _MOST_WORDS + 3:
        gap = text[tokens[ahead - 1].end : tokens[ahead].start]
        initial = gap.strip() == "." and (
            len(tokens[ahead - 1].text) == 1 or tokens[ahead - 1].word in abbreviated_titles()
        )
        if not (gap.strip() in ("", "&", "’", "'") or initial) or "\n" in gap:
            break
        if _is_capital(tokens[ahead]) and "." not in tokens[ahead].text:
            end = ahead + 1
        elif not _joins(tokens, ahead, language):
            break
        ahead += 1
    return end


def _joins(tokens: list[Token], at: int, language: str) -> bool:
    """Say whether a small word can stand inside a name of this language."""
    word = tokens[at].word
    if word not in PARTICLES - _AND or (word == "das" and language != "pt"):
        return False
    if language == "de" and word in _GENITIVES:
        # "von der Leyen" is a name, "Süden des Landes" is none.
        return tokens[at - 1].word in ("von", "van")
    return True


def _trimmed(
    row: Any, text: str, tokens: list[Token], start: int, end: int, language: str
) -> Run | None:
    titles, functions = title_words(), function_words(language)
    articles = speech_page(language).articles
    before = text[: tokens[start].start]
    opens = not before.strip() or bool(_ENDS.search(before[max(0, len(before) - 3) :].rstrip(" ")))
    start, titled = _after_titles(tokens, start, end, titles)
    if language == "de" and end - start >= 3 and start and tokens[start - 1].word in articles:
        # "Der Fährmann NAME NAME": the noun after the article is no part of the name.
        start, titled = start + 1, True
    opens = opens and not titled
    while start < end and _is_small_word(tokens[start], functions, opens or language == "de"):
        # What follows the first word of a sentence no longer opens it.
        start, opens = start + 1, False
        while start < end and not _is_capital(tokens[start]):
            start += 1
    while start < end and (tokens[end - 1].word in functions and not _is_capital(tokens[end - 1])):
        end -= 1
    if start >= end or end - start > _MOST_WORDS:
        return None
    previous = tokens[start - 1] if start else None
    lead = previous.word if previous and not _breaks_between(text, previous, tokens[start]) else ""
    last = tokens[end - 1]
    stop = last.end - (2 if re.search(r"[’']s$", last.text) else 0)
    return Run(
        row.passage_id, row.article_id, language, tokens[start].start, stop,
        text[tokens[start].start : stop], titled or _is_title(lead, titles), lead in articles,
        lead in locative_words(), opens,
    )  # fmt: skip


def _after_titles(
    tokens: list[Token], start: int, end: int, titles: frozenset[str]
) -> tuple[int, bool]:
    """Return where the name begins behind "Foreign Minister", and whether a title stood there."""
    for place in range(min(start + 2, end - 2), start - 1, -1):
        if _is_title(tokens[place].word.rstrip("."), titles):
            after = place + 1
            # "Secretary of State NAME" is more than this tells apart.
            return (after, True) if _is_capital(tokens[after]) else (end, True)
    return start, False


def _is_small_word(token: Token, functions: frozenset[str], anywhere: bool) -> bool:
    if not anywhere:
        return False
    return token.word in functions and len(token.text) > 1 and not token.text.isupper()


def _breaks_between(text: str, one: Token, other: Token) -> bool:
    return bool(re.search(r"[^\s.’'-]", text[one.end : other.start]))


def _is_title(word: str, titles: frozenset[str]) -> bool:
    # "US-Schauspieler", "Austria-Trainer": the last part counts.
    return word in titles or word.rsplit("-", 1)[-1] in titles


def _han(row: Any, text: str, speakers: list[list[int]]) -> list[Run]:
    spans = {
        (m.start() + words_before_name(m.group()), m.end() - _tail(m.group()))
        for m in _HAN_NAME.finditer(text)
    }
    surnames = name_words()["surnames_chinese"]
    for start, end in speakers:
        who = text[start:end]
        if re.fullmatch(r"[一-鿿]{2,4}", who) and (
            (who[0] in surnames and len(who) <= 3) or _is_foreign_name(who, text)
        ):
            spans.add((start, end))
    bodies = "|".join(map(re.escape, name_words()["bodies_at_end_chinese"]))
    for match in re.finditer(rf"(?<=[，。、“《\s])[一-鿿]{{2,8}}(?:{bodies})", text):
        spans.add(match.span())
    return [
        Run(
            row.passage_id,
            row.article_id,
            row.language,
            a,
            b,
            text[a:b],
            False,
            False,
            False,
            False,
            False,
        )
        for a, b in sorted(spans)
    ]


def _tail(name: str) -> int:
    """Return how much after the last dot belongs to the sentence."""
    last = re.split("[·・‧•]", name)[-1]
    places = [last.find(word, 2) for word in name_words()["after_names_chinese"]]
    cuts = [place for place in places if place >= 2]
    return len(last) - min(cuts) if cuts else 0


def _is_foreign_name(who: str, text: str) -> bool:
    """Say whether a short speaker is the end of a name written with a dot in the same text."""
    return bool(re.search(rf"[·・‧•]{re.escape(who)}", text))


def _arabic(row: Any, text: str, speakers: list[list[int]]) -> list[Run]:
    words = [(m.group(), m.start(), m.end()) for m in _ARABIC_WORD.finditer(text)]
    titles = title_words()
    spans: dict[tuple[int, int], bool] = {}
    for start, end in speakers:
        who = text[start:end]
        inside = [w for w in words if start <= w[1] and w[2] <= end]
        named = [w for w in inside if w[0] not in titles]
        if (
            1 <= len(named) <= 3
            and not named[0][0].startswith("ال")
            and not re.search(r"[\d«»]", who)
        ):
            spans[named[0][1], named[-1][2]] = len(named) < len(inside)
    functions = function_words("ar")
    for place, (word, _, end) in enumerate(words[:-2]):
        if word not in titles or not word.startswith("ال"):
            continue
        following = words[place + 1 : place + 3]
        apart = (
            text[end : following[0][1]].strip() or text[following[0][2] : following[1][1]].strip()
        )
        if not apart and not any(w[0].startswith("ال") or w[0] in functions for w in following):
            spans[following[0][1], following[1][2]] = True
    return [
        Run(
            row.passage_id,
            row.article_id,
            row.language,
            a,
            b,
            text[a:b],
            titled,
            False,
            False,
            False,
            False,
        )
        for (a, b), titled in sorted(spans.items())
    ]


def count_lower(passages: pd.DataFrame) -> dict[str, Counter[str]]:
    """Count the words that are written small, by language: a name is not."""
    counted: dict[str, Counter[str]] = {}
    for text, language in zip(passages["text"], passages["language"], strict=True):
        counter = counted.setdefault(str(language), Counter())
        counter.update(
            t.word for t in tokens_of(str(text), 0, len(str(text))) if t.text[:1].islower()
        )
    return counted
