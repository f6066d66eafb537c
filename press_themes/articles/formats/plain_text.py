"""Plain text files: scraped pages, still to be split into their articles.

The whole file is one record; `scraped` does the rest.
"""

from __future__ import annotations

from pathlib import Path

from press_themes.articles.formats.records import Found, Record


def read_plain_text(text: str, path: Path) -> Found:
    """Read a plain text file."""
    yield Record(text=text, is_page=True, date_basis="page")
