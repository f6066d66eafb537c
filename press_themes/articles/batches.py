"""A corpus of files becomes three tables, handed over in batches so that memory stays bounded.

Files are read one after another and their rows put aside; what concerns all articles, identifiers
and families, is worked out from a few columns.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date, timedelta
from itertools import chain
from pathlib import Path
from typing import Any

import pandas as pd

from press_themes.articles.article_rows import LONGEST_ARTICLE, ReadSettings
from press_themes.articles.corpus_files import CorpusFile, list_files
from press_themes.articles.file_rows import FileRows
from press_themes.articles.formats.members import INSIDE
from press_themes.articles.languages import check_plausible
from press_themes.articles.limited_reading import read_within_limits
from press_themes.articles.outlets import one_spelling
from press_themes.articles.row_store import RowStore
from press_themes.errors import InputError
from press_themes.identifiers import content_id, number_copies
from press_themes.progress import show_progress

Link = Callable[[pd.DataFrame, Any], pd.DataFrame]
ARTICLE_COLUMNS = [
    "article_id", "path", "position", "format", "title", "title_derived", "strapline", "body",
    "date", "date_basis", "outlet", "url", "language", "truncated", "share_missing",
    "family_id", "family_role", "n_chars", "kind",
]  # fmt: skip
SKIPPED_COLUMNS = ["path", "position", "reason"]
DISCARDED_COLUMNS = ["path", "line", "kind", "text", "position"]
_GLOBAL = ("article_id", "family_id", "family_role")
_HELD = [*(column for column in ARTICLE_COLUMNS if column not in _GLOBAL), "content", "groups"]
_MOST_GROUPS = 100
_TYPES = {
    **dict.fromkeys(
        (
            "path",
            "format",
            "title",
            "strapline",
            "body",
            "date_basis",
            "outlet",
            "url",
            "language",
            "kind",
        ),
        "str",
    ),
    **dict.fromkeys(("position", "n_chars"), "int64"),
    **dict.fromkeys(("title_derived", "truncated"), "bool"),
    "share_missing": "float64",
}
_BATCH_CHARACTERS = 8_000_000
_REASONS_TOLD = 3


class Batches:
    """The three tables of a corpus that was read, each in batches of bounded size.

    Parameters
    ----------
    store : RowStore
        Holds the rows.
    links : DataFrame
        ``row, n_chars, article_id, family_id, family_role``, sorted by ``article_id``.
    """

    def __init__(self, store: RowStore, links: pd.DataFrame) -> None:
        self._store, self._links = store, links
        self._spellings = one_spelling(store.counts("articles", "outlet"))
        self._groups = store.keys("articles", "groups")[:_MOST_GROUPS]

    def articles(self) -> Iterator[pd.DataFrame]:
        """Hand over the articles, sorted by ``article_id``.

        Yields
        ------
        DataFrame
            Columns as in `ARTICLE_COLUMNS`, then ``group_<name>`` for each further column of the
            input; about eight million characters of text.
        """
        batch = self._links["n_chars"].cumsum() // _BATCH_CHARACTERS
        for _, links in self._links.groupby(batch, sort=True):
            rows = self._store.rows("articles", links["row"].tolist())
            table = pd.DataFrame(rows, columns=_HELD).astype(_TYPES)
            table["date"] = pd.to_datetime(table["date"], format="%Y-%m-%d").astype("datetime64[s]")
            table["outlet"] = table["outlet"].replace(self._spellings)
            own = links.drop(columns=["row", "n_chars"]).reset_index(drop=True)
            stated = [json.loads(row[-1] or "{}") for row in rows]
            further = {
                f"group_{name}": pd.array([groups.get(name) for groups in stated], dtype="str")
                for name in self._groups
            }
            yield table.join(own)[ARTICLE_COLUMNS].assign(**further)

    def skipped(self) -> Iterator[pd.DataFrame]:
        """Hand over what was not used.

        Yields
        ------
        DataFrame
            Columns as in `SKIPPED_COLUMNS`; one batch at least.
        """
        return self._notes("skipped", SKIPPED_COLUMNS)

    def discarded(self) -> Iterator[pd.DataFrame]:
        """Hand over what was peeled off.

        Yields
        ------
        DataFrame
            Columns as in `DISCARDED_COLUMNS`; one batch at least.
        """
        return self._notes("discarded", DISCARDED_COLUMNS)

    def describe(self) -> str:
        """Say what was read, in counts.

        Returns
        -------
        str
            Some lines.
        """
        kept = self._store.counts
        dated = len(self._links) - kept("articles", "date").get(None, 0)
        lines = [
            f"articles {len(self._links)} (distinct stories {self._links['family_id'].nunique()}) "
            f"from files {len(kept('articles', 'path'))}; dated {dated}, truncated "
            f"{kept('articles', 'truncated').get(1, 0)}."
        ]
        for column in ("kind", "format", "language", "outlet"):
            counts: Counter[str | None] = Counter()
            for name, count in kept("articles", column).items():
                counts[self._spellings.get(name, name) if column == "outlet" else name] += count
            told = (
                f"{'not stated' if name is None else name} {count}"
                for name, count in counts.items()
            )
            lines.append(f"{column}: {', '.join(told)}")
        if self._groups:
            lines.append(f"further columns: {', '.join(f'group_{name}' for name in self._groups)}")
        long = sum(self._links["n_chars"] > LONGEST_ARTICLE)
        if long:
            lines.append(f"far longer than an article: {long}; see skipped.csv.")
        lines.append(
            f"inputs or fields not used: {self._store.count('skipped')} (skipped.csv); "
            f"lines or parts left out: {self._store.count('discarded')} (discarded.csv)."
        )
        return "\n".join(lines)

    def _notes(self, table: str, columns: list[str]) -> Iterator[pd.DataFrame]:
        batches: Iterator[list[Any]] = self._store.batches(table)
        numbers = {column: "Int64" for column in columns if column in ("position", "line")}
        for rows in chain([next(batches, [])], batches):
            yield pd.DataFrame(rows, columns=columns).astype(numbers)


class _StoredBodies:
    """The bodies of the articles, read when they are asked for."""

    def __init__(self, store: RowStore, rows: list[int]) -> None:
        self._store, self._rows = store, rows

    def __getitem__(self, place: int) -> str:
        return str(self._store.value("articles", "body", self._rows[place]))


@contextmanager
def read_in_batches(
    corpus: Path, settings: ReadSettings = ReadSettings(), link: Link | None = None
) -> Iterator[Batches]:
    """Read every article of a corpus, holding one file and a batch of rows in memory.

    Beside these, each article takes one or two kilobytes for its identifiers and for the sample of
    its words by which reprints are found.

    Parameters
    ----------
    corpus : Path
        A folder of files in any mix of formats, at any depth, or one file.
    settings : ReadSettings, optional
        Limits, latest date and languages.
    link : callable, optional
        Finds the articles that derive from one another: it takes ``article_id, truncated, n_chars``
        and the bodies, and gives ``family_id, family_role``. Without it each article stands alone.

    Yields
    ------
    Batches
        To be used before the context ends.

    Raises
    ------
    InputError
        If the corpus does not exist or holds no article at all.
    ConfigurationError
        If a plausible language is not known.
    """
    corpus = Path(corpus)
    check_plausible(settings.plausible_languages)
    files, refused = list_files(corpus)
    tables = {"articles": _HELD, "skipped": SKIPPED_COLUMNS, "discarded": DISCARDED_COLUMNS}
    with closing(RowStore(tables)) as store:
        store.add("skipped", [(name, None, reason) for name, reason in refused])
        _read_files(files, store, settings)
        _check_nothing_is_lost(files, store)
        if not store.count("articles"):
            mend = "put articles there in one of the formats that the README lists"
            raise InputError(corpus, _nothing(files, store), mend)
        _tell_unused(store)
        yield Batches(store, _link(store, link or _keep_apart))


def _tell_unused(store: RowStore) -> None:
    """Name the further columns beyond the most that a table takes."""
    beyond = store.keys("articles", "groups")[_MOST_GROUPS:]
    if beyond:
        reason = (
            f"more than {_MOST_GROUPS} further columns; not taken in: {', '.join(beyond)[:5000]}."
        )
        store.add("skipped", [("", None, reason)])


def _read_files(files: list[CorpusFile], store: RowStore, settings: ReadSettings) -> None:
    latest = settings.latest_date or date.today() + timedelta(days=1)
    read = 0
    with show_progress("reading files", len(files)) as progress:
        for found in read_within_limits(files, latest, settings, settings.limits):
            if found is not None:
                _put_aside(store, found)
                read += len(found.rows.articles)
            progress.update(int(found is None), f"{read} articles")


def _check_nothing_is_lost(files: list[CorpusFile], store: RowStore) -> None:
    """Every file ends as articles or as a reason, whatever its reader forgot."""
    paths = [path for table in ("articles", "skipped") for path in store.counts(table, "path")]
    # What lies in a container tells of it; a folder, too, may bear a name like a container's.
    told = {path[: found.start()] for path in paths for found in re.finditer(INSIDE, path)}
    told.update(paths)
    reason = "was read and gave neither an article nor a reason; check what it holds."
    store.add("skipped", [(file.name, None, reason) for file in files if file.name not in told])


def _put_aside(store: RowStore, found: FileRows) -> None:
    path, rows, articles = found.path, found.rows, []
    for article in rows.articles:
        content = content_id(article["title"], article["body"])
        row = {"path": path, "format": found.format, "content": content, **article}
        row["date"] = row["date"] and row["date"].isoformat()
        row["groups"] = json.dumps(row["groups"], ensure_ascii=False) if row["groups"] else None
        articles.append([row[column] for column in _HELD])
    store.add("articles", articles)
    store.add("skipped", [(path, position, reason) for position, reason in rows.skipped])
    store.add("discarded", [(path, *entry) for entry in rows.discarded])


def _keep_apart(links: pd.DataFrame, bodies: Any) -> pd.DataFrame:
    return pd.DataFrame({"family_id": links["article_id"], "family_role": "single"})


def _link(store: RowStore, link: Link) -> pd.DataFrame:
    """Give every article its identifier and its family."""
    wanted = ("content", "truncated", "n_chars")
    columns = ["row", "article_id", *wanted[1:]]
    found = store.columns("articles", *wanted, order=("path", "position"))
    links = pd.DataFrame(found, columns=columns).astype({"truncated": "bool"})
    del found
    links["article_id"] = pd.array(number_copies(links["article_id"]), dtype="str")
    families = link(links, _StoredBodies(store, links["row"].tolist()))
    links = links.drop(columns="truncated").join(families)
    return links.sort_values("article_id", ignore_index=True)


def _nothing(files: list[CorpusFile], store: RowStore) -> str:
    if not files and not store.count("skipped"):
        return "holds no files"
    skipped = store.rows("skipped", range(1, 1 + min(_REASONS_TOLD, store.count("skipped"))))
    told = "; ".join(f"{name}: {reason.rstrip('.')}" for name, _, reason in skipped)
    return f"holds no article that can be used ({told})"
