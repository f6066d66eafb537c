"""Columns, keys and elements of structured files, recognised by their names or by what they hold.

What is recognised becomes a field of a record; everything else goes with it as a group.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from press_themes.articles.dates import parse_date
from press_themes.articles.formats.html import has_markup
from press_themes.articles.formats.html_articles import read_fragment
from press_themes.articles.formats.records import LeftOut, Record, Unusable
from press_themes.articles.lines import Line, same_text
from press_themes.articles.vocabulary import field_names, fold_name

_INNER_NAMES = ("name", "title", "value", "text", "label", "nom")
# Attributes that hold the value of their element.
_VALUES = frozenset(
    ("norm", "when", "literal", "content", "display_name", "full_name", "paragraph")
)
_LONGEST_TITLE = 600
# A summary of a few hundred words is the article; a group is a word or a name.
_WHOLE = 1_500
_LONGEST_GROUP = 300
_LONG_TEXT, _FEW = 120, 10
_DEEPEST = 6
# How services mark where they cut a text: "… [+412 chars]", "[…]".
_CUT = re.compile(r"\s*(?:…|\.\.\.)?\s*\[\s*(?:…|\.\.\.|\+\s?[\d,. ]+\s?[^\W\d_]+)\s*\]\s*$")
_ADDRESS = re.compile(r"^\s*(?:https?|ftp)://\S+\s*$", re.IGNORECASE)
_EMPTY = frozenset(("", "nan", "none", "null", "<na>", "nat", "[]", "{}"))


def recognise_columns(names: Iterable[str]) -> dict[str, str]:
    """Find the column that most surely holds each field."""
    return {field: found[0] for field, found in rank_columns(tuple(map(str, names))).items()}


@lru_cache(maxsize=256)
def rank_columns(names: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Find the columns that may hold each field, the surest first."""
    found: dict[str, list[tuple[tuple[int, int], int, str]]] = {}
    for place, name in enumerate(names):
        field, score = _recognise(name)
        if field:
            found.setdefault(field, []).append((score, place, name))
    return {field: tuple(name for *_, name in sorted(held)) for field, held in found.items()}


def holds_articles(names: Iterable[str]) -> bool:
    """Tell whether some names are those of articles: a text, or a headline and what goes with it."""
    known = rank_columns(tuple(map(str, names))).keys() - {"author"}
    return len(known) >= 2 and bool(known & {"text", "title"})


def make_record(
    row: Mapping[str, Any], position: int, place: str, guessed: Mapping[str, str] | None = None
) -> Record | Unusable:
    """Make a record of one row; where it has no text, of its summary, or of its headline alone."""
    ranked = dict(rank_columns(tuple(row)))
    for field, name in (guessed or {}).items():
        ranked = {key: tuple(n for n in found if n != name) for key, found in ranked.items()}
        ranked[field] = (name, *ranked.get(field, ()))
    used: dict[str, str] = {}
    stated = {field: _choose(field, row, ranked, used) for field in ("title", "url", "language")}
    stated["outlet"] = _choose("outlet", row, ranked, used)
    text = plain_value(_choose("text", row, ranked, used), "\n\n")
    told_of_text = bool(text or ranked.get("text"))
    summary = _choose("strapline", row, ranked, used)
    is_excerpt = not text and len(summary) < _WHOLE
    if not text:
        text, summary = summary, ""
    title = stated["title"]
    alone = bool(title) and ((not told_of_text and not text) or same_text(text) == same_text(title))
    if not text and not alone:
        name = next(iter(ranked.get("text", ranked.get("strapline", ()))), "text")
        return Unusable(position, place, "has no text", f"fill in '{name}' or drop it")
    text, left_out, is_cut = _clean(title if alone else text)
    date: object = _choose("date", row, ranked, used) or None
    if date and not isinstance(row[used["date"]], (Mapping, list)):
        date = row[used["date"]]
    further = _further(row, ranked, set(used.values()))
    return Record(
        text=text,
        position=position,
        place=place,
        date=date,
        title=title or None,
        outlet=stated["outlet"] or None,
        url=stated["url"] or None,
        language=stated["language"] or None,
        strapline=None if alone or same_text(summary) in same_text(text) else summary or None,
        is_excerpt=not alone and (is_excerpt or is_cut),
        is_headline=alone,
        groups={name: value for name, value in further.items() if len(value) <= _LONGEST_GROUP},
        left_out=(
            *left_out,
            *(
                LeftOut(f"further text: {name}", value)
                for name, value in further.items()
                if len(value) > _LONGEST_GROUP
            ),
        ),
    )


def guess_columns(rows: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Find by what they hold the text and the title of a table whose names say nothing.

    A text is long in most rows; a title is a line of a few words, and another one in every row.
    """
    names = dict.fromkeys(name for row in rows for name in row)
    ranked = rank_columns(tuple(names))
    if not rows or "text" in ranked:
        return {}
    known = {name for found in ranked.values() for name in found}
    values = {
        name: [value for row in rows if (value := plain_value(row.get(name)))]
        for name in names
        if name not in known
    }
    texts = {name: _middle(held) for name, held in values.items() if len(held) * 2 >= len(rows)}
    text = max(texts, key=lambda name: texts[name], default=None)
    if text is None or texts[text] < _LONG_TEXT or not _reads(values[text]):
        return {}
    guessed = {"text": text}
    titles = {
        name: held
        for name, held in values.items()
        if name != text
        and len(set(held)) == len(held) >= len(rows) / 2
        and all(Line(1, value, True).is_headline_like for value in held[:_FEW])
        and not _ADDRESS.match(held[0])
    }
    if "title" not in ranked and titles:
        guessed["title"] = max(titles, key=lambda name: _middle(titles[name]))
    return guessed


def flatten(value: Mapping[str, Any], above: str = "") -> dict[str, Any]:
    """Bring up the fields of inner objects, by dotted names such as "source.name"."""
    flat: dict[str, Any] = {}
    for key, inner in value.items():
        name = f"{above}{key}"
        if isinstance(inner, Mapping) and name.count(".") < _DEEPEST:
            flat |= flatten(inner, f"{name}.")
        else:
            flat[name] = inner
    return flat


def plain_value(value: Any, between: str = "; ") -> str:
    """Return a value as text: lists are joined, a nested name is taken out."""
    if value is None or (isinstance(value, float) and value != value):
        return ""
    if isinstance(value, Mapping):
        named = next((plain_value(value[key], between) for key in _INNER_NAMES if key in value), "")
        return named or between.join(
            filter(None, (plain_value(v, between) for v in value.values()))
        )
    if isinstance(value, (list, tuple)) or type(value).__name__ == "ndarray":
        return between.join(filter(None, (plain_value(v, between) for v in value)))
    text = str(value).strip()
    return "" if text.casefold() in _EMPTY else text


def _recognise(name: str) -> tuple[str | None, tuple[int, int]]:
    """Return the field that a name stands for, and how sure that is: how deep, which of the names."""
    known, ranks = field_names(), _ranks()
    parts = [part for part in name.split(".") if part and not part.isdigit()]
    for depth, folded in ((0, fold_name(name)), (len(parts) - 2, fold_name("_".join(parts[-2:])))):
        # The name itself, or its last two parts: "date.issue", "fields.source.name".
        if folded in known:
            return known[folded], (depth, ranks[folded])
    above = [known.get(fold_name(part)) for part in parts[:-1]]
    leaf = fold_name(parts[-1]) if parts else ""
    named = leaf in known and above[-1:] == ["text"]
    if above and above[-1] and not named and (leaf in _INNER_NAMES or leaf in _VALUES):
        return above[-1], (len(above), ranks[fold_name(parts[-2])])
    # "author.url" is no address of the article; "article.url" and "data.url" are.
    inside = all(field in (None, "text", "date", known.get(leaf)) for field in above)
    if above and leaf in known and inside:
        return known[leaf], (len(above), ranks[leaf])
    if above and "text" in above:
        return "text", (len(above) + 1, 0)
    return None, (0, 0)


@lru_cache(maxsize=1)
def _ranks() -> dict[str, int]:
    return {name: -rank for rank, name in enumerate(field_names())}


def _choose(
    field: str,
    row: Mapping[str, Any],
    ranked: Mapping[str, tuple[str, ...]],
    used: dict[str, str],
) -> str:
    """Return the first value that can be the field's, and note the column it stands in."""
    between = "\n\n" if field in ("text", "strapline") else "; "
    held = [(name, plain_value(row.get(name), between)) for name in ranked.get(field, ())]
    if field == "url":
        # Some tools name the address of an article as its source.
        sources = [(name, plain_value(row.get(name))) for name in ranked.get("outlet", ())]
        held += [(name, value) for name, value in sources if _ADDRESS.match(value)]
    held = [(name, value) for name, value in held if value and name not in used.values()]
    if field == "outlet":
        held = [(name, value) for name, value in held if not _ADDRESS.match(value)]
    if field == "title":
        held = [(name, value) for name, value in held if len(value) <= _LONGEST_TITLE]
    if field == "date" and len(held) > 1:
        # A day that can be read one way only stands before one that may open with the month.
        read = [
            (name, value)
            for day_first in (None, True)
            for name, value in held
            if (found := parse_date(value, day_first)) and found.day
        ]
        held = (read or held)[:1]
    if not held:
        return ""
    used[field] = held[0][0]
    return held[0][1]


def _clean(text: str) -> tuple[str, list[LeftOut], bool]:
    """Return a text without markup and marks, what was taken off, and whether it was cut."""
    left_out: list[LeftOut] = []
    if has_markup(text):
        text, captions = read_fragment(text)
        left_out = [LeftOut("caption", caption) for caption in captions]
    cut = _CUT.search(text[-200:])
    if cut is None:
        return text, left_out, False
    mark = cut.group().strip()
    return (
        text[: len(text) - len(cut.group())].rstrip(),
        [*left_out, LeftOut("cut mark", mark)],
        True,
    )


def _further(
    row: Mapping[str, Any], ranked: Mapping[str, tuple[str, ...]], used: set[str]
) -> dict[str, str]:
    """Return what a row states beside the fields, by a name that is the same in every file."""
    further: dict[str, str] = {}
    authors = ranked.get("author", ())
    for name, value in row.items():
        text = " ".join(plain_value(value).split()) if name not in used else ""
        slug = "author" if name in authors else fold_name(name)
        if not text or not slug:
            continue
        further[slug] = "; ".join(dict.fromkeys(filter(None, (further.get(slug), text))))
    return further


def _middle(values: Sequence[str]) -> int:
    return sorted(map(len, values))[len(values) // 2] if values else 0


def _reads(values: Sequence[str]) -> bool:
    """Tell whether most values read as sentences and not as code, markup or lists of names."""
    prose = [Line(1, value.strip().split("\n")[0], True).is_prose for value in values[:_FEW]]
    return sum(prose) * 2 > len(prose)
