"""Records become rows of the articles table: repaired, split, peeled and dated.

Whatever could not be used or trusted on the way is told in one sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from press_themes.articles.dates import judge_date, parse_date
from press_themes.articles.formats import Record
from press_themes.articles.formats.html import has_markup, without_markup
from press_themes.articles.languages import PLAUSIBLE, UNKNOWN, detect_language, language_code
from press_themes.articles.limits import ReadLimits
from press_themes.articles.no_article import why_no_article
from press_themes.articles.scraped import LONGEST_SHOWN, Discarded, Piece, peel, split_page
from press_themes.articles.text_repair import repair_text
from press_themes.articles.vocabulary import fold_name

_SURE = 0.99
_LONG_ENOUGH = 200
# Some 15,000 words; the longest reports of magazines hold as many.
LONGEST_ARTICLE = 90_000
# A date that is all numbers may open with the day or with the month.
_DAY_OR_MONTH = re.compile(r"\d\s?[-/.]\s?\d{1,2}\s?[-/.]\s?\d{4}")


@dataclass(frozen=True)
class ReadSettings:
    """How a corpus is read.

    Attributes
    ----------
    min_body_characters : int
        A shorter body is no article. Forty characters of Chinese say what a hundred of French do.
    max_body_characters : int
        A longer body is no article either, but a file that was not divided.
    latest_date : date or None
        Later dates are rejected. None means tomorrow, because the day has already begun in the
        east; set it to make a run repeatable.
    plausible_languages : tuple of str
        ISO 639-1 codes among which the language of an article is told.
    limits : ReadLimits
        What one file may take; the person at the machine decides, never a corpus.
    """

    min_body_characters: int = 40
    max_body_characters: int = 1_000_000
    latest_date: date | None = None
    plausible_languages: tuple[str, ...] = PLAUSIBLE
    limits: ReadLimits = ReadLimits()


class Rows(NamedTuple):
    """What one record gave: articles, (position, reason) of what was skipped, lines discarded.

    A page takes as many places in its file as it has pieces.
    """

    articles: list[dict[str, Any]]
    skipped: list[tuple[int | None, str]]
    discarded: list[Discarded]
    places: int = 1


def make_rows(record: Record, latest: date, day_first: bool | None, settings: ReadSettings) -> Rows:
    """Turn one record into articles."""
    text = repair_text(record.text)
    if not record.is_page and has_markup(text):
        text = repair_text(without_markup(text))
    if day_first is None and _DAY_OR_MONTH.search(text if record.is_page else str(record.date)):
        # Only English writes dates both ways round.
        language = detect_language(text, settings.plausible_languages).language
        day_first = True if language != "en" else None
    discarded: list[Discarded] = []
    cause = None if record.is_headline or record.date_basis != "page" else why_no_article(text)
    if cause:
        return _refused(record, cause, text)
    if record.is_headline:
        alone = " ".join(text.split())
        pieces = [_with_fields(Piece(alone, False, None, (alone,)), record)] if alone else []
    elif record.is_page:
        pieces, discarded = split_page(text, day_first)
    else:
        title = _one_line(record.title)
        piece, discarded = peel(text, title)
        pieces = [_with_fields(piece, record)] if piece else []
    beside = [Discarded(None, kind, text[:LONGEST_SHOWN]) for kind, text in record.left_out]
    own = [entry._replace(position=record.position) for entry in [*discarded, *beside]]
    rows = Rows([], [], own, len(pieces))
    if not pieces:
        rows.skipped.append(
            (record.position, _sentence(record, "has no article text", "check what it holds"))
        )
    for place, piece in enumerate(pieces, start=record.position):
        _add_row(rows, piece, place, _Context(record, latest, day_first, settings))
    return rows


def _refused(record: Record, cause: str, text: str) -> Rows:
    """Return the rows of a page that holds no article."""
    reason = _sentence(record, cause, "save the article itself")
    entry = Discarded(None, "no article", text[:LONGEST_SHOWN], record.position)
    return Rows([], [(record.position, reason)], [entry])


class _Context(NamedTuple):
    record: Record
    latest: date
    day_first: bool | None
    settings: ReadSettings


def _add_row(rows: Rows, piece: Piece, position: int, context: _Context) -> None:
    record, settings = context.record, context.settings
    body = "\n\n".join(piece.paragraphs)
    least = 1 if record.is_headline else settings.min_body_characters
    if not least <= len(body) <= settings.max_body_characters:
        few = len(body) < least
        limit = "min_body_characters" if few else "max_body_characters"
        cause = f"holds {len(body)} characters, {'fewer' if few else 'more'} than {limit}"
        mend = (
            "complete it or lower the setting"
            if few
            else "divide it into articles or raise the setting"
        )
        rows.skipped.append((position, _sentence(record, cause, mend, piece)))
        return
    day, basis, date_problem = _article_date(piece, context)
    language, language_problem = _article_language(piece, body, settings)
    for problem in filter(None, (date_problem, language_problem, _length_problem(body))):
        rows.skipped.append((position, _sentence(record, *problem, piece)))
    rows.articles.append(
        {
            "position": position,
            "title": piece.title,
            "title_derived": piece.title_derived,
            "strapline": piece.strapline,
            "body": body,
            "date": day,
            "date_basis": basis,
            "outlet": _one_line(piece.fields.get("outlet")),
            "url": _one_line(piece.fields.get("url")),
            "language": language,
            "truncated": piece.truncated or record.is_excerpt,
            "share_missing": piece.share_missing,
            "n_chars": len(body),
            "kind": "headline" if record.is_headline else "article",
            "groups": {
                slug: value
                for name, stated in record.groups.items()
                if (value := _one_line(stated)) and (slug := fold_name(name))
            },
        }
    )


def _length_problem(body: str) -> tuple[str, str] | None:
    if len(body) <= LONGEST_ARTICLE:
        return None
    cause = f"holds {len(body)} characters, more than an article of the press"
    return cause, "it is read as one; check whether it is several"


def _article_date(
    piece: Piece, context: _Context
) -> tuple[date | None, str, tuple[str, str] | None]:
    """Return the day, what it rests on, and the cause and mend if it was rejected."""
    if piece.date is not None:
        day, problem, shown, basis = piece.date.day, piece.date.problem, piece.date.text, "page"
    else:
        found = parse_date(context.record.date, context.day_first)
        if found is None:
            return None, "absent", None
        day, problem = found.day, found.problem
        shown, basis = str(context.record.date)[:40], context.record.date_basis
    if day is not None:
        problem = judge_date(day, context.latest)
    if problem is None:
        return day, basis, None
    return None, "rejected", (f"the date '{shown}' {problem}", "it is left empty until corrected")


def _article_language(
    piece: Piece, body: str, settings: ReadSettings
) -> tuple[str, tuple[str, str] | None]:
    detected = detect_language(f"{piece.title}\n{body}", settings.plausible_languages)
    stated = piece.fields.get("language")
    if not stated and detected.language == UNKNOWN:
        cause = "the language of the text is not certain"
        return UNKNOWN, (cause, "state it in a field, or leave fewer plausible_languages")
    if not stated:
        return detected.language, None
    code = language_code(stated)
    if code is None:
        cause = f"the language '{stated[:40]}' is not known"
        return detected.language, (cause, f"'{detected.language}', told from the text, is used")
    sure = (
        detected.probability >= _SURE
        and len(body) >= _LONG_ENOUGH
        and code in settings.plausible_languages
    )
    if sure and code != detected.language:
        cause = f"the stated language '{code}' is not the language of the text"
        return detected.language, (cause, f"'{detected.language}', told from the text, is used")
    return code, None


def _with_fields(piece: Piece, record: Record) -> Piece:
    stated = {"outlet": record.outlet, "url": record.url, "language": record.language}
    fields = {name: value for name, value in stated.items() if value}
    return replace(piece, fields=fields, strapline=_one_line(record.strapline) or piece.strapline)


def _one_line(text: str | None) -> str | None:
    if not text:
        return None
    text = repair_text(text)
    if has_markup(text):
        text = without_markup(text)
    return " ".join(text.split()) or None


def _sentence(record: Record, cause: str, mend: str, piece: Piece | None = None) -> str:
    place = record.place or (f"line {piece.line}" if piece and record.is_page else "")
    return f"{place}: {cause}; {mend}." if place else f"{cause}; {mend}."
