"""What stands on a page beside the article, named line by line so that it can be checked.

Words come from the vocabulary; runs, walls, boxes and tails are told by their shape.
"""

from __future__ import annotations

import re
from collections import Counter

from press_themes.articles.lines import Line, same_text
from press_themes.articles.vocabulary import kinds, pattern

# Kinds that come as a block of short lines, some of which no vocabulary can foresee.
_SPREADING = {
    "comment form",
    "comment section",
    "share widget",
    "copyright notice",
    "reader chrome",
    "newsletter",
    "cookie notice",
}
# Kinds that a whole article in one line of a table could be mistaken for.
_UNSURE = {"headline wall", "advertisement"}
_ITEM_BREAK = re.compile(r"\s{3,}|\t+| \| | • ")
_SENTENCE_END = re.compile(r"[.!?。！？؟](?:[\s\"”»)]|$)")
_WALL_ITEMS = 8
_CLOSING_MARKS = re.compile(r"^[»”’\"'()\[\].,…!? ]{1,6}$")
_SHARE = re.compile(r"\d{1,3}(?= ?[%٪])")


def line_kind(line: Line) -> str | None:
    """Name the kind of page furniture that a line is, by its words.

    Parameters
    ----------
    line : Line
        A line of a page.

    Returns
    -------
    str or None
        None if the words are not furniture.
    """
    if not line.has_words:
        # A closing quotation mark alone on its line ends the sentence above.
        return None if _CLOSING_MARKS.match(line.text) else "separator"
    for kind in kinds():
        if line.words <= kind.words and kind.pattern.search(line.folded):
            return kind.name
    return "headline wall" if is_wall(line) else None


def is_wall(line: Line) -> bool:
    """Tell whether one line is a string of headlines.

    Parameters
    ----------
    line : Line
        A line of a page.

    Returns
    -------
    bool
        True for eight or more items set apart by wide blanks or marks of which few end in a full
        stop, and for a very long line with almost no sentence in it.
    """
    beginning = line.raw[:20_000]
    items = [item for item in _ITEM_BREAK.split(beginning) if item.strip()]
    if len(items) >= _WALL_ITEMS:
        stopped = sum(item.rstrip().endswith((".", "。")) for item in items)
        return stopped <= 0.3 * len(items)
    return len(beginning) > 1_500 and len(_SENTENCE_END.findall(beginning)) < len(beginning) / 700


def label_lines(lines: list[Line], is_page: bool = True) -> list[str | None]:
    """Name the kind of every line of one article that does not belong to it.

    Parameters
    ----------
    lines : list of Line
        The lines of one article, without its headline and date.
    is_page : bool, default True
        Whether they come from a scraped page; the text of a structured file is only peeled where a
        line's own words give it away.

    Returns
    -------
    list of str or None
        One kind a line; None where the line is article.
    """
    labels = [line_kind(line) for line in lines]
    if is_page:
        _label_tail(lines, labels)
    else:
        labels = [None if label in _UNSURE else label for label in labels]
    _label_biography(lines, labels)
    _label_captions(lines, labels)
    _label_boxes(lines, labels)
    if is_page:
        _spread_labels(lines, labels)
        _label_headline_runs(lines, labels)
    _label_repeats(lines, labels)
    return labels


def missing_share(line: Line) -> float | None:
    """Return the share of an article that a paywall note says is missing.

    Parameters
    ----------
    line : Line
        A line whose kind is "paywall note".

    Returns
    -------
    float or None
        From 0 to 1; None if the note states no share.
    """
    match = _SHARE.search(line.folded)
    return min(int(match.group()), 100) / 100 if match else None


def last_prose(lines: list[Line], labels: list[str | None]) -> int:
    """Return the index of the last line that is prose of the article.

    Parameters
    ----------
    lines : list of Line
        The lines of one article.
    labels : list of str or None
        Their kinds.

    Returns
    -------
    int
        -1 if there is none.
    """
    prose = [i for i, line in enumerate(lines) if labels[i] is None and line.is_prose]
    return prose[-1] if prose else -1


def _label_tail(lines: list[Line], labels: list[str | None]) -> None:
    """Label readers' comments: from their heading to the end, once the article is told."""
    prose_before = 0
    for index, line in enumerate(lines):
        if labels[index] == "comment section" and prose_before >= 2:
            for later in range(index + 1, len(lines)):
                labels[later] = labels[later] or "comment form"
            return
        prose_before += labels[index] is None and line.is_prose


def _label_biography(lines: list[Line], labels: list[str | None]) -> None:
    last = last_prose(lines, labels)
    for index in range(max(1, last - 1), last + 1):
        above = index - 1
        signed = lines[above].is_name_like and labels[above] is None
        if signed and pattern("biography").search(lines[index].folded):
            labels[above] = labels[index] = "author note"


def _label_captions(lines: list[Line], labels: list[str | None]) -> None:
    """Label the short line above a bare credit, which describes the same picture."""
    for index in range(1, len(lines)):
        above = lines[index - 1]
        bare = labels[index] == "caption" and lines[index].words <= 8
        if bare and labels[index - 1] is None and above.words <= 12 and not above.ends_sentence:
            labels[index - 1] = "caption"


def _label_boxes(lines: list[Line], labels: list[str | None]) -> None:
    """Label the heading of a sign-up box, which is quoted in the box."""
    for index in range(len(lines) - 1):
        kind = labels[index + 1]
        if (
            labels[index] is None
            and kind in ("newsletter", "donation appeal")
            and lines[index].words <= 12
        ):
            heading = same_text(lines[index].text)
            if heading and heading in same_text(lines[index + 1].text):
                labels[index] = kind


def _spread_labels(lines: list[Line], labels: list[str | None]) -> None:
    """Label a run of short lines as a whole if a third of them are widgets."""
    start = 0
    while start < len(lines):
        end = start + 1
        if _is_short(lines[start]):
            while end < len(lines) and not lines[end].gap and _is_short(lines[end]):
                end += 1
            run = [labels[i] for i in range(start, end) if labels[i] in _SPREADING]
            if end - start >= 3 and len(run) * 3 >= end - start:
                for index in range(start, end):
                    labels[index] = labels[index] or run[0]
        start = end


def _label_headline_runs(lines: list[Line], labels: list[str | None]) -> None:
    """Label the headlines and leftovers after the last sentence."""
    last = last_prose(lines, labels)
    tail = [i for i in range(last + 1, len(lines)) if labels[i] is None]
    listed = [i for i in tail if lines[i].is_headline_like]
    furniture = [
        i for i in range(last + 1, len(lines)) if labels[i] in _SPREADING | {"source link"}
    ]
    if last < 0 or (len(listed) < 4 and (not furniture or "paywall note" in labels)):
        return
    for index in tail:
        line = lines[index]
        below = bool(furniture) and index > furniture[0]
        # A headline may end in a question mark; so may an article, but not below its share buttons.
        if not line.is_list_item and not (line.ends_with_stop if below else line.ends_sentence):
            labels[index] = "headline wall" if line.words >= 4 else "reader chrome"


def _label_repeats(lines: list[Line], labels: list[str | None]) -> None:
    seen: Counter[str] = Counter()
    for index, line in enumerate(lines):
        if labels[index] is None and line.words >= 6 and len(line.text) < 4_000:
            key = same_text(line.text)
            seen[key] += 1
            if seen[key] > 1:
                labels[index] = "repeated paragraph"


def _is_short(line: Line) -> bool:
    return line.words <= 8 and not (line.ends_sentence and line.words >= 5)
