"""Plain text files: many articles with a separator that repeats, or a scraped page.

A page is one record, still to be split into its articles.
"""

from __future__ import annotations

from pathlib import Path

from press_themes.articles.formats.labelled import read_many
from press_themes.articles.formats.records import Found, Record
from press_themes.articles.formats.wrapping import unwrap_in_place


def read_plain_text(text: str, path: Path) -> Found:
    """Read a plain text file."""
    found = read_many(text.split("\n"), path)
    if found is not None:
        yield from found
    else:
        yield Record(text=unwrap_in_place(text), is_page=True, date_basis="page")
