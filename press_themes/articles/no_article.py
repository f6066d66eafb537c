"""Pages that stand where an article should: a question for consent, an error, a check for robots.

They are short, speak to the reader, and say when nothing happened.
"""

from __future__ import annotations

from press_themes.articles.date_lines import read_date_line
from press_themes.articles.lines import Line, count_words, split_lines
from press_themes.articles.vocabulary import pattern
from press_themes.folding import fold

_MOST_CONSENT, _MOST_ERROR = 500, 120
_LEAST_TERMS = 3
_LEAST_SHARE = 0.5
_FIRST_LINES = 4
_LONGEST_LOOKED_AT = 6_000


def why_no_article(text: str) -> str | None:
    """Say what a page is that holds no article, or None."""
    if len(text) > _LONGEST_LOOKED_AT:
        return None
    words = count_words(text)
    lines = split_lines(text)
    if words > _MOST_CONSENT or any(read_date_line(line.text) for line in lines):
        return None
    first = [line for line in lines[:_FIRST_LINES] if line.words <= 20]
    if words <= _MOST_ERROR and any(map(_says_error, first)):
        return "is the page of an error or of a check for robots"
    prose = [fold(line.text) for line in lines if line.words >= 8]
    hits = [len(set(pattern("consent", "terms").findall(line))) for line in prose]
    whole = fold(text)
    terms = set(pattern("consent", "terms").findall(whole))
    asks = len(pattern("consent", "reader").findall(whole))
    asked = asks >= 2 and len(terms) >= _LEAST_TERMS and "cookie" in whole
    if prose and asked and sum(map(bool, hits)) >= _LEAST_SHARE * len(prose):
        return "asks for consent to cookies"
    return None


def _says_error(line: Line) -> bool:
    return bool(pattern("error_page").search(line.folded))
