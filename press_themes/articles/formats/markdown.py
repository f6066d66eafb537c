"""Markdown files with YAML front matter: one article each.

Markup is removed and the words of links are kept, so that the body reads as its reader sees it.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from press_themes.articles.formats.columns import plain_value, recognise_columns
from press_themes.articles.formats.records import Found, Record, Unusable
from press_themes.errors import InputError
from press_themes.strict_yaml import explain_yaml_error, load_without_aliases

_FRONT_MATTER = re.compile(
    r"\A\ufeff?---[ \t]*\r?\n(?P<yaml>.*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL
)
# Every repetition is bounded and stops where its own opening stands again, so that twenty megabytes
# of one mark take seconds.
_MARKUP = (
    (re.compile(r"^(```|~~~).*$", re.MULTILINE), ""),
    (re.compile(r"<!--(?:(?!<!--|-->).){0,5000}-->", re.DOTALL), ""),
    (re.compile(r"!\[[^\[\]\n]{0,500}\]\([^)\n]{0,2000}\)"), ""),
    (re.compile(r"\[([^\[\]\n]{1,500})\]\([^()\n]{0,2000}\)"), r"\1"),
    (re.compile(r"\[\^[^\[\]\n]{1,80}\]:?"), ""),
    (re.compile(r"^#{1,6}[ \t]+(.*?)[ \t]*#*$", re.MULTILINE), r"\n\1\n"),
    (re.compile(r"^>\s?", re.MULTILINE), ""),
    (re.compile(r"^[ \t]*[-*+][ \t]+", re.MULTILINE), "• "),
    (re.compile(r"(\*\*|__)(?=\S)(.{1,200}?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<!\w)([*_])(?=\S)([^*_\n]{1,200}?)(?<=\S)\1(?!\w)"), r"\2"),
    (re.compile(r"`([^`\n]{1,500})`"), r"\1"),
    (re.compile(r"^[ \t]*([-*_])(?:[ \t]*\1){2,}[ \t]*$", re.MULTILINE), ""),
)
_FIRST_HEADING = re.compile(r"\A\s*#\s+(?P<title>[^\n]+?)\s*#*\s*(?:\n|\Z)")


def has_front_matter(text: str) -> bool:
    """Tell whether a text opens with a block of YAML between two rules."""
    match = _FRONT_MATTER.match(text[:20_000])
    return bool(match and re.search(r"^\s*[\w-]+\s*:", match["yaml"], re.MULTILINE))


def read_markdown(text: str, path: Path) -> Found:
    """Read a Markdown file."""
    match = _FRONT_MATTER.match(text)
    stated = _read_front_matter(match["yaml"], path) if match else {}
    body = text[match.end() :] if match else text
    columns = recognise_columns(stated)
    fields: dict[str, Any] = {
        field: plain_value(stated[column]) or None
        for field, column in columns.items()
        if field not in ("text", "author")
    }
    heading = _FIRST_HEADING.match(body)
    if heading and not fields.get("title"):
        fields["title"], body = heading["title"], body[heading.end() :]
    for expression, replacement in _MARKUP:
        body = expression.sub(replacement, body)
    body = body.strip() or plain_value(stated.get(columns.get("text", "")))
    if not body:
        yield Unusable(0, "", "has no text below its front matter", "add the article's text")
        return
    yield Record(text=body, **fields)


def _read_front_matter(block: str, path: Path) -> dict[str, object]:
    import yaml

    try:
        # Every value stays a string: dates are read by one rule only, and Norway's "no" is not
        # false.
        content = load_without_aliases(block, yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError) as error:
        cause, mend, line = explain_yaml_error(error)
        # The rule above the block is a line of the file, too.
        place = f"line {line + 1}" if line else None
        raise InputError(path, f"the front matter {cause}", mend, place) from error
    if not isinstance(content, dict):
        raise InputError(
            path, "the front matter holds no fields", "write one 'name: value' a line", "line 2"
        )
    return content
