"""A corpus of files becomes one table of articles, with everything that was left out and why.

One bad file never stops the rest; only a corpus that gives nothing at all is an error.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import chain, islice
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from press_themes.articles.article_rows import ReadSettings, Rows, make_rows
from press_themes.articles.corpus_files import CorpusFile, list_files, read_bytes
from press_themes.articles.dates import find_day_first
from press_themes.articles.families import link_families
from press_themes.articles.formats import Record, Unusable, read_file
from press_themes.articles.languages import check_plausible
from press_themes.errors import InputError
from press_themes.identifiers import content_id, number_copies
from press_themes.progress import show_progress

__all__ = ["ReadSettings", "Reading", "read_articles"]

ARTICLE_COLUMNS = [
    "article_id", "path", "position", "format", "title", "title_derived", "strapline", "body",
    "date", "date_basis", "outlet", "url", "language", "truncated", "share_missing",
    "family_id", "family_role", "n_chars",
]  # fmt: skip
SKIPPED_COLUMNS = ["path", "position", "reason"]
DISCARDED_COLUMNS = ["path", "line", "kind", "text"]
_TEXTS = ("path", "format", "title", "strapline", "body", "date_basis", "outlet", "url", "language")
_REASONS_TOLD = 3
_DATES_LOOKED_AT = 1_000


class Reading(NamedTuple):
    """What was read, what was not used and why, and what was peeled off.

    Attributes
    ----------
    articles : DataFrame
        One row an article, sorted by ``article_id``; columns as in `ARTICLE_COLUMNS`. ``date`` is
        datetime64[s] without time of day, NaT if absent; ``share_missing`` is the share of the
        article that the page keeps back, 0 to 1, NaN where not stated; ``n_chars`` counts the
        characters of the body.
    skipped : DataFrame
        ``path, position, reason``: every input not used and every field not trusted.
    discarded : DataFrame
        ``path, line, kind, text``: every line peeled off, counted from 1 in the file, or in the
        text of a record.
    """

    articles: pd.DataFrame
    skipped: pd.DataFrame
    discarded: pd.DataFrame


def read_articles(corpus: Path, settings: ReadSettings = ReadSettings()) -> Reading:
    """Read every article of a corpus.

    Parameters
    ----------
    corpus : Path
        A folder of files in any mix of formats, at any depth, or one file.
    settings : ReadSettings, optional
        Limits, latest date and languages.

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
    corpus = Path(corpus)
    check_plausible(settings.plausible_languages)
    latest = settings.latest_date or date.today() + timedelta(days=1)
    files, refused = list_files(corpus)
    articles: list[dict[str, Any]] = []
    skipped: list[tuple[str, int | None, str]] = [(name, None, reason) for name, reason in refused]
    discarded: list[tuple[str, int, str, str]] = []
    with show_progress("reading files", len(files)) as progress:
        for file in files:
            for name, rows in _read_safely(file, latest, settings):
                articles += [{"path": file.name, "format": name, **row} for row in rows.articles]
                skipped += [(file.name, position, reason) for position, reason in rows.skipped]
                discarded += [(file.name, *entry) for entry in rows.discarded]
            progress.update(1)
    if not articles:
        mend = "put articles there in one of the formats that the README lists"
        raise InputError(corpus, _nothing(files, skipped), mend)
    return Reading(
        _article_table(articles),
        pd.DataFrame(skipped, columns=SKIPPED_COLUMNS).astype({"position": "Int64"}),
        pd.DataFrame(discarded, columns=DISCARDED_COLUMNS),
    )


def _read_safely(
    file: CorpusFile, latest: date, settings: ReadSettings
) -> Iterator[tuple[str, Rows]]:
    """Read one file; whatever goes wrong is a reason to skip the rest of it."""
    try:
        yield from _read_records(file, latest, settings)
    except InputError as error:
        reason = str(error).removeprefix(str(file.path)).lstrip(",: ")
        yield "", Rows([], [(None, reason)], [])
    except Exception as error:
        # Parsers fail in ways of their own, and one file must not stop the others.
        cause = f"could not be read ({type(error).__name__}: {str(error)[:120]})"
        yield "", Rows([], [(None, f"{cause}; save it in another format.")], [])


def _read_records(
    file: CorpusFile, latest: date, settings: ReadSettings
) -> Iterator[tuple[str, Rows]]:
    name, found = read_file(file.path, read_bytes(file.path), latest)
    first = list(islice(found, _DATES_LOOKED_AT))
    day_first = find_day_first(item.date for item in first if isinstance(item, Record))
    for item in chain(first, found):
        if isinstance(item, Unusable):
            reason = ": ".join(filter(None, (item.place, f"{item.cause}; {item.mend}.")))
            yield name, Rows([], [(item.position, reason)], [])
        else:
            yield name, make_rows(item, latest, day_first, settings)


def _article_table(articles: list[dict[str, Any]]) -> pd.DataFrame:
    table = pd.DataFrame(articles).sort_values(
        ["path", "position"], kind="stable", ignore_index=True
    )
    table["date"] = pd.to_datetime(table["date"], format="%Y-%m-%d").astype("datetime64[s]")
    table["share_missing"] = table["share_missing"].astype(float)
    for column in _TEXTS:
        table[column] = table[column].astype("str")
    content = zip(table["title"], table["body"], strict=True)
    table["article_id"] = number_copies(content_id(title, body) for title, body in content)
    families = link_families(table)
    return table.join(families)[ARTICLE_COLUMNS].sort_values("article_id", ignore_index=True)


def _nothing(files: list[CorpusFile], skipped: list[tuple[str, int | None, str]]) -> str:
    if not files and not skipped:
        return "holds no files"
    told = "; ".join(f"{name}: {reason.rstrip('.')}" for name, _, reason in skipped[:_REASONS_TOLD])
    return f"holds no article that can be used ({told})"
