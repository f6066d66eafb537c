"""Subtitles and transcripts with times (SRT, WebVTT): what is said, without the times.

Lines that roll on from one caption to the next are told once; a pause opens a paragraph.
"""

from __future__ import annotations

import re
from pathlib import Path

from press_themes.articles.formats.records import Found, Record, Unusable

_CLOCK = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[,.](\d{1,3})"
_TIMES = re.compile(rf"^[ \t]*{_CLOCK}[ \t]*-->[ \t]*{_CLOCK}.*$", re.MULTILINE)
_MARKUP = re.compile(r"<[^<>\n]{0,200}>|\{\\[^{}\n]{0,80}\}")
_PAUSE = 2.0
_LONGEST_PARAGRAPH = 700
_SENTENCE_END = (".", "!", "?", "…", "。", "！", "？", "؟", "।")


def looks_like_subtitles(text: str) -> bool:
    """Tell whether a text opens with times of captions."""
    opening = text[:2_000].lstrip("\ufeff \n")
    return opening.startswith("WEBVTT") or bool(
        re.match(rf"\d+[ \t]*\n[ \t]*{_CLOCK} *-->", opening)
    )


def read_subtitles(text: str, path: Path) -> Found:
    """Read a file of subtitles as one article."""
    times = list(_TIMES.finditer(text))
    paragraphs: list[str] = []
    last_end = 0.0
    last_lines: list[str] = []
    ends = [match.start() for match in times[1:]] + [len(text)]
    for match, end in zip(times, ends, strict=False):
        block = text[match.end() : end].strip("\n").split("\n\n", 1)[0]
        lines = [" ".join(_MARKUP.sub("", line).split()) for line in block.split("\n")]
        lines = [line for line in lines if line and not line.isdigit()]
        new = [line for line in lines if line not in last_lines]
        start = _seconds(match.groups()[:4])
        if new:
            said = paragraphs[-1] if paragraphs else ""
            ends_sentence = said.endswith(_SENTENCE_END)
            opens = start - last_end > _PAUSE or len(said) > _LONGEST_PARAGRAPH
            if not said or (opens and (ends_sentence or len(said) > 2 * _LONGEST_PARAGRAPH)):
                paragraphs.append("")
            paragraphs[-1] = " ".join([paragraphs[-1], *new]).strip()
        last_end, last_lines = _seconds(match.groups()[4:8]), lines or last_lines
    if not paragraphs:
        yield Unusable(0, "", "holds times and no words", "fill it or remove it")
        return
    yield Record(text="\n\n".join(paragraphs), date_basis="field")


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in parts)
    return 3600 * hours + 60 * minutes + seconds + thousandths / 1000
