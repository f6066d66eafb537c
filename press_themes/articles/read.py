"""A corpus of files becomes one table of articles, with everything that was left out and why.

One bad file never stops the rest; only a corpus that gives nothing at all is an error.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pandas as pd

from press_themes.articles.article_rows import ReadSettings
from press_themes.articles.batches import (
    ARTICLE_COLUMNS,
    DISCARDED_COLUMNS,
    SKIPPED_COLUMNS,
    Link,
    read_in_batches,
)

__all__ = [
    "ARTICLE_COLUMNS",
    "DISCARDED_COLUMNS",
    "SKIPPED_COLUMNS",
    "ReadSettings",
    "Reading",
    "read_articles",
]


class Reading(NamedTuple):
    """What was read, what was not used and why, and what was peeled off.

    Attributes
    ----------
    articles : DataFrame
        One row an article, sorted by ``article_id``, a hash of its content. ``path`` is that of
        the file, with ``!/`` and the name inside for what lies in a container; ``position``
        counts from 0 through the file or the container;
        ``format`` is the format it was read as. ``title`` is the article's own unless
        ``title_derived``: then it was made from the first sentence. ``strapline, outlet, url`` are
        as stated, missing where they are not; ``body`` has paragraphs parted by blank lines.
        ``date`` is datetime64[s] without time of day, NaT if absent, and ``date_basis`` says what
        it rests on ("page", "field", "absent", "rejected"). ``language`` is an ISO 639-1 code,
        "und" where it is not certain. ``truncated`` says whether the page keeps a rest for
        subscribers; ``share_missing`` is the share of the
        article that the page keeps back, 0 to 1, NaN where not stated; ``n_chars`` counts the
        characters of the body. ``kind`` is "article", or "headline" where nothing but the title
        is given and stands for the body. Every further column of the input follows as
        ``group_<name>``, text, missing where not stated.
    skipped : DataFrame
        ``path, position, reason``: every input not used and every field not trusted.
    discarded : DataFrame
        ``path, line, kind, text, position``: every line peeled off, counted from 1 in the file, or
        in the text of a record, and every line that an export holds beside an article, which has no
        number; ``position`` is that of the article, or of the first one of a page.
    """

    articles: pd.DataFrame
    skipped: pd.DataFrame
    discarded: pd.DataFrame


def read_articles(
    corpus: Path, settings: ReadSettings = ReadSettings(), link: Link | None = None
) -> Reading:
    """Read every article of a corpus into memory.

    Parameters
    ----------
    corpus : Path
        A folder of files in any mix of formats, at any depth, or one file.
    settings : ReadSettings, optional
        Limits, latest date and languages.
    link : callable, optional
        As for `press_themes.articles.batches.read_in_batches`.

    Returns
    -------
    Reading
        Articles, skipped, discarded.

    Raises
    ------
    InputError
        If the corpus does not exist or holds no article at all.
    ConfigurationError
        If a plausible language is not known.
    """
    with read_in_batches(corpus, settings, link) as batches:
        parts = (batches.articles(), batches.skipped(), batches.discarded())
        return Reading(*(pd.concat(part, ignore_index=True) for part in parts))
