"""Lines become paragraphs, and a first sentence becomes a title where a page has none.

Pages break lines in the middle of sentences; paragraphs end where sentences do.
"""

from __future__ import annotations

import re
import statistics

from press_themes.articles.lines import Line, without_bullet

_TITLE_LENGTH = 100
_CHINESE_END = re.compile(r"[\u3040-\u30ff\u3400-\u9fff。，、；：]$")
_CONTINUES = re.compile(r"^\s*[»”)\],.;:!?]")
_CUT = re.compile(r"(?:\[…\]|\[\.\.\.\])\W{0,3}$")
_FIRST_SENTENCE = re.compile(r"^.{20,}?(?:[.!?…](?=\s)|[。！？؟])")


def join_lines(lines: list[Line]) -> list[str]:
    """Join the lines of a body into paragraphs."""
    paragraphs: list[str] = []
    for block in _blocks(lines):
        wrapped = _is_hard_wrapped(block)
        for index, line in enumerate(block):
            text = without_bullet(line.text)
            if index and (wrapped or _goes_on(block[index - 1], line)) and not line.is_list_item:
                paragraphs[-1] = _glue(paragraphs[-1], text)
            else:
                paragraphs.append(text)
    return [paragraph for paragraph in paragraphs if paragraph]


def derive_title(paragraph: str) -> str:
    """Make a title from the first sentence of a body."""
    match = _FIRST_SENTENCE.match(paragraph[:2_000])
    sentence = (match.group() if match else paragraph[:2_000]).strip()
    if len(sentence) <= _TITLE_LENGTH:
        return sentence.rstrip(" .。")
    cut = sentence[:_TITLE_LENGTH]
    at_word = cut.rsplit(" ", 1)[0] if " " in cut[40:] else cut
    return at_word.rstrip(" ,;:–—-«(") + "…"


def breaks_off(paragraph: str) -> bool:
    """Tell whether a text ends in the mark that feeds put where they cut it."""
    return bool(_CUT.search(paragraph[-12:]))


def wrapped_lines(lines: list[Line]) -> set[int]:
    """Find the lines of paragraphs that are broken at a fixed width."""
    found: set[int] = set()
    start = 0
    for block in _blocks(lines):
        if _is_hard_wrapped(block):
            found.update(range(start, start + len(block)))
        start += len(block)
    return found


def _blocks(lines: list[Line]) -> list[list[Line]]:
    blocks: list[list[Line]] = []
    for line in lines:
        if not blocks or line.gap or line.number > blocks[-1][-1].number + 1:
            blocks.append([])
        blocks[-1].append(line)
    return blocks


def _is_hard_wrapped(block: list[Line]) -> bool:
    """Tell whether a block is one paragraph broken at a fixed width."""
    if len(block) < 3 or any(line.is_list_item for line in block[1:]):
        return False
    lengths = [len(line.text) for line in block[:-1]]
    width = statistics.median(lengths)
    even = sum(0.8 * width <= length <= 1.2 * width for length in lengths) >= 0.8 * len(lengths)
    open_ends = sum(not line.ends_sentence for line in block[:-1])
    return 40 <= width <= 110 and even and open_ends >= 0.6 * len(lengths)


def _goes_on(above: Line, line: Line) -> bool:
    start = line.text[:1]
    return not above.ends_sentence and (start.islower() or bool(_CONTINUES.match(line.text)))


def _glue(left: str, right: str) -> str:
    blank = (
        "" if _CHINESE_END.search(left) or (_CONTINUES.match(right) and right[0] in ".,)]") else " "
    )
    return left + blank + right
