"""The lines of a page and what their shape tells: headline, prose, name, list item.

Shape works in any language; the words that only some languages use are in ``words``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from press_themes.folding import CHINESE, UNPARTED, WORD, fold, word_list

# Only the beginning of a line decides what it is, so that a line of fifty megabytes costs no more
# than a short one.
_LOOKED_AT = 4_000
_CHINESE_CHARACTER = re.compile(f"[{CHINESE}]")
_UNPARTED_RUN = re.compile(f"[{UNPARTED}]+")
_CLOSING = "\"'”’»)]）」』›"
_PARTICLES = frozenset(
    ("de", "du", "des", "d", "la", "le", "von", "van", "der", "den", "da", "dos", "del", "di", "al")
)
_BULLET = re.compile(r"^(?:[•‣◦▪●·–—*-]|\d{1,2}[.)])\s+")
# A name or initials behind the last full stop, as agencies sign.
_SIGNATURE = re.compile(r"[.。][\"”»)]* ?[(/]?[^\W\d_]+(?:[/ .-][^\W\d_]+)?[)]?$")
# How Markdown writes a heading, and how it keeps a number from opening a list.
_HEADING = re.compile(r"^#{1,6}\s+(?=\S)")
_ESCAPED = re.compile(r"(?<=\d)\\(?=[.)])")
_DECORATION = re.compile(r"^[^\w\"'“‘„‚‹«(\[¿¡#@&<>…$€£%+«「『《【-]+\s*")


@dataclass(frozen=True)
class Line:
    """One line of a page that is not blank.

    Parameters
    ----------
    number : int
        Its place in the file, from 1.
    raw : str
        The line as it stands.
    gap : bool
        Whether a blank line, or the beginning of the page, is above it.
    """

    number: int
    raw: str
    gap: bool

    @cached_property
    def text(self) -> str:
        """The line with single spaces."""
        return " ".join(self.raw.split())

    @cached_property
    def folded(self) -> str:
        """The beginning of the line, ready to be compared with a pattern."""
        return fold(_BULLET.sub("", self.text[:_LOOKED_AT]))

    @cached_property
    def words(self) -> int:
        """The length of its beginning in words, two Chinese characters counting as one."""
        return count_words(self.text[:_LOOKED_AT])

    @property
    def is_list_item(self) -> bool:
        """Whether it opens with a bullet or a number."""
        return bool(_BULLET.match(self.text[:40]))

    @property
    def ends_sentence(self) -> bool:
        """Whether it ends as a sentence does, whatever quotes or brackets follow."""
        return (
            self.text[-8:]
            .rstrip(_CLOSING + " ")
            .endswith((".", "!", "?", "…", "。", "！", "？", "؟", "۔", "।"))
        )

    @property
    def ends_with_stop(self) -> bool:
        """Whether it ends with a full stop, which headlines avoid."""
        end = self.text[-8:].rstrip(_CLOSING + " ")
        return end.endswith((".", "。", "۔", "।")) and not end.endswith(
            ("...", "U.S.", "U.K.", "Inc.", "etc.")
        )

    @property
    def is_prose(self) -> bool:
        """Whether it reads as a sentence or more, perhaps with a signature behind it."""
        if self.words >= 25 or (self.words >= 8 and self.ends_sentence):
            return True
        return self.words >= 12 and bool(_SIGNATURE.search(self.text[-60:]))

    @property
    def is_headline_like(self) -> bool:
        """Whether it could be a headline: a few words, no full stop, no list item."""
        return (
            2 <= self.words <= 32
            and len(self.text) <= 240
            and not self.ends_with_stop
            and not self.text.endswith((",", ";", ":", "：", "，", "、"))
            and not self.is_list_item
            and (self.words >= 3 or not self.text.isdigit())
        )

    @property
    def is_name_like(self) -> bool:
        """Whether it could be a person's name: two or three capitalised words, particles aside."""
        words = [word for word in self.text.split() if word not in _PARTICLES]
        plain = re.sub(r"[ .'’-]", "", self.text)
        return 2 <= len(words) <= 3 and plain.isalpha() and all(w[0].isupper() for w in words)

    @property
    def has_words(self) -> bool:
        """Whether it holds a letter or a digit at all."""
        return any(char.isalnum() for char in self.text[:_LOOKED_AT])


def split_lines(text: str) -> list[Line]:
    """Return the lines of a page that are not blank."""
    lines, gap = [], True
    for number, raw in enumerate(text.split("\n"), start=1):
        if not raw.strip():
            gap = True
            continue
        told = _ESCAPED.sub("", _HEADING.sub("", raw.strip()))
        lines.append(Line(number, told, gap))
        gap = False
    return lines


def count_words(text: str) -> int:
    """Count the words of a text in any script."""
    chinese = len(_CHINESE_CHARACTER.findall(text))
    counted = len(WORD.findall(text)) - chinese + (chinese + 1) // 2
    if text.isascii():
        return counted
    return counted + sum(len(run) // 4 for run in _UNPARTED_RUN.findall(text))


def same_text(text: str) -> str:
    """Reduce a line to what must agree for two lines to be the same."""
    return " ".join(word_list(text[:_LOOKED_AT]))


def undecorated(text: str) -> str:
    """Remove the pictograms and bullets in front of a headline."""
    return _DECORATION.sub("", text) or text


def without_bullet(text: str) -> str:
    """Remove the bullet of a list item; a number stays."""
    return re.sub(r"^[•‣◦▪●·*–-]\s+(?=\D)", "", text)
