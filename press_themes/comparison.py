"""From run folders to a comparison: the only place that reads several runs at once.

Nothing is written to a compared run, no file of it is executed, and no encoder is loaded.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

import press_themes
from press_themes.errors import ConfigurationError
from press_themes.measures.changes.compare import compare_runs
from press_themes.measures.changes.compared import ComparedRun, CompareSettings, Comparison
from press_themes.measures.changes.method_differences import have_one_encoder
from press_themes.runs.aside import build_aside
from press_themes.runs.folder import read_run
from press_themes.runs.formats import write_csv
from press_themes.runs.results import read_stored
from press_themes.stages import STAGES
from press_themes.stored_checks import check_rows
from press_themes.stories.families import link_families
from press_themes.tables import RunTables
from press_themes.telling.changes.change_sentences import write_changes, write_trust
from press_themes.telling.changes.page import write_page
from press_themes.telling.charts.chart_list import draw_changes
from press_themes.telling.wording import load_wording
from press_themes.topics.continuity import Former
from press_themes.topics.words import extract_terms
from press_themes.vectors.alignment import apply_shifts

FORMAT = 1
_NO_EVENTS = pd.DataFrame(columns=["date", "label", "theme", "source", "source_title"])
_TABLES = (
    "articles", "skipped", "discarded", "passages", "theme_scores", "themes", "topics", "trends",
    "alignment",
)  # fmt: skip


class Changes:
    """What changed from run to run: tables as attributes, and what they say in sentences.

    Parameters
    ----------
    runs : list of ComparedRun
        The runs, in order of time.
    tables : Comparison
        What was measured.
    settings : CompareSettings
        How.
    """

    def __init__(
        self, runs: list[ComparedRun], tables: Comparison, settings: CompareSettings
    ) -> None:
        self.compared, self.tables, self.settings = runs, tables, settings

    @property
    def summary(self) -> dict[str, Any]:
        """The facts about the last run."""
        return self.compared[-1].summary

    @property
    def findings(self) -> list[str]:
        """What changed, a sentence each, in the language of the last run's report."""
        words = load_wording(self.summary["language"])
        return [finding["sentence"] for finding in write_changes(self.tables, words)]

    @property
    def cautions(self) -> list[str]:
        """How far the comparison can be trusted, a sentence each."""
        words = load_wording(self.summary["language"])
        return write_trust(self.tables, words, self.settings.error)

    def write(self, out: str | Path) -> Path:
        """Write ``compare.html``, figures and tables into a folder, replaced when the new one is whole."""
        with build_aside(Path(out), "compare.json", "a comparison") as aside:
            for name, table in self.tables._asdict().items():
                table.to_parquet(aside / f"{name}.parquet", index=False)
                write_csv(aside / f"{name}.csv", table)
            figures = draw_changes(self.tables, aside / "figures", self.summary["language"])
            language, error = self.summary["language"], self.settings.error
            write_page(self.tables, figures, aside, language, error)
            _write_json(aside, self.compared, self.tables, self.settings)
        return Path(out)

    def __getattr__(self, name: str) -> pd.DataFrame:
        if name.startswith("_") or name not in Comparison._fields:
            known = ", ".join(Comparison._fields)
            raise AttributeError(f"a comparison has no '{name}'; it has {known}")
        return getattr(self.tables, name)

    def __dir__(self) -> list[str]:
        return [*Comparison._fields, "cautions", "compared", "findings", "summary", "write"]

    def __repr__(self) -> str:
        names = " → ".join(run.name for run in self.compared)
        return f"<changes {names}: {len(self.findings)} findings>"


def compare_folders(*folders: str | Path, settings: CompareSettings = CompareSettings()) -> Changes:
    """Compare finished runs.

    Parameters
    ----------
    *folders : str or Path
        At least two run folders, in order of time.
    settings : CompareSettings
        Error, resamples, sample and seed.

    Returns
    -------
    Changes
        Nothing is written unless its ``write`` is called.

    Raises
    ------
    InputError
        If a run folder is not whole.
    ConfigurationError
        If fewer than two are named.
    """
    if len(folders) < 2:
        raise ConfigurationError("compare", "one run has nothing to be compared with", "name two")
    runs = read_runs([Path(folder) for folder in folders])
    return Changes(runs, compare_runs(runs, extract_terms, settings), settings)


def read_runs(folders: Sequence[Path]) -> list[ComparedRun]:
    """Read run folders so that they can be compared."""
    summaries = [read_run(folder) for folder in folders]

    def read(place: int, name: str) -> Any:
        return read_stored(STAGES, folders[place], summaries[place], name)

    places = range(len(folders))
    tables = _join_stories(
        [RunTables(**{n: read(place, n) for n in _TABLES}, events=_NO_EVENTS) for place in places]
    )
    alike = [have_one_encoder(summary, summaries[-1]) for summary in summaries]
    # A shift has a meaning only in the space of its own encoder.
    shifts = _join_shifts([own.alignment for own, one in zip(tables, alike, strict=True) if one])
    runs = []
    for place, own in enumerate(tables):
        embeddings = read(place, "embeddings")
        check_rows(embeddings, own.passages, own.alignment["shift"], folders[place])
        runs.append(
            ComparedRun(
                _name_run(folders, place),
                own,
                summaries[place],
                apply_shifts(embeddings, own.passages, shifts) if alike[place] else None,
                read(place, "codebook_vectors").texts,
                _name_continued(folders, place, tables, read(place, "former")),
            )
        )
    return runs


def name_comparison(folders: Sequence[Path]) -> Path:
    """Name the folder of a comparison after the first and the last run, beside the last.

    Parameters
    ----------
    folders : sequence of Path
        Run folders, in order of time.

    Returns
    -------
    Path
        Such as ``runs/week-12-since-week-11``.
    """
    first, last = folders[0].resolve(), folders[-1].resolve()
    return last.parent / f"{last.name}-since-{first.name}"


def check_apart(folders: Sequence[Path], out: Path) -> None:
    """Refuse to write a comparison into, over or around a run that it compares.

    Parameters
    ----------
    folders : sequence of Path
        The run folders.
    out : Path
        Where the comparison goes.

    Raises
    ------
    ConfigurationError
        If it is, lies in or holds one of them.
    """
    place = out.resolve()
    for folder in folders:
        own = folder.resolve()
        if place == own or place.is_relative_to(own) or own.is_relative_to(place):
            raise ConfigurationError(
                f"--out {out}", f"is, lies in or holds the run {folder}", "name another folder"
            )


def _join_stories(tables: list[RunTables]) -> list[RunTables]:
    """Name the stories alike in every run: a reprint of last week's text tells last week's story."""
    every = pd.concat([own.articles for own in tables]).drop_duplicates("article_id")
    every = every.sort_values("article_id", kind="stable").reset_index(drop=True)
    families = link_families(every, every["body"].tolist())["family_id"]
    story = dict(zip(every["article_id"], families, strict=True))
    return [
        own._replace(articles=own.articles.assign(family_id=own.articles["article_id"].map(story)))
        for own in tables
    ]


def _join_shifts(alignments: list[pd.DataFrame]) -> pd.DataFrame:
    """Put the runs into one space: the shifts of the run with most languages, others added to them."""
    ordered = sorted(alignments, key=lambda own: -len(own))
    joined = _shifts_of(ordered[0])
    for own in ordered[1:]:
        shifts = _shifts_of(own)
        common = joined.keys() & shifts.keys()
        # Each run's shifts are known up to one that all of its languages share.
        offset = np.mean([joined[x] - shifts[x] for x in sorted(common)], axis=0) if common else 0.0
        joined |= {x: shift + offset for x, shift in shifts.items() if x not in joined}
    return pd.DataFrame({"language": list(joined), "shift": list(joined.values())})


def _shifts_of(alignment: pd.DataFrame) -> dict[str, np.ndarray]:
    pairs = zip(alignment["language"], alignment["shift"], strict=True)
    return {str(language): np.asarray(shift, dtype=float) for language, shift in pairs}


def _name_run(folders: Sequence[Path], place: int) -> str:
    names = [folder.resolve().name for folder in folders]
    name = names[place]
    return f"{name} ({place + 1})" if names.count(name) > 1 else name


def _name_continued(
    folders: Sequence[Path], place: int, tables: list[RunTables], former: Former | None
) -> str:
    """Name the earlier of the compared runs whose topics this one took over, as they are now."""
    if former is None:
        return ""
    taken_over = set(zip(former.passages["passage_id"], former.passages["topic"], strict=True))
    # A former run that was made again since may number its topics otherwise.
    known = [n for n in range(place) if _list_topics(tables[n]) <= taken_over]
    return _name_run(folders, known[-1]) if known else ""


def _list_topics(tables: RunTables) -> set[tuple[str, int]]:
    return set(zip(tables.passages["passage_id"], tables.passages["topic"], strict=True))


def _write_json(
    folder: Path, runs: list[ComparedRun], changed: Comparison, settings: CompareSettings
) -> None:
    content = {
        "format": FORMAT,
        "version": press_themes.__version__,
        "runs": [
            {
                "name": run.name,
                "title": run.summary["title"],
                "corpus_hash": run.summary["corpus_hash"],
                "counts": run.summary["counts"],
                "encoder": run.summary["encoder"],
            }
            for run in runs
        ],
        "settings": asdict(settings),
        "findings": write_changes(changed, load_wording(runs[-1].summary["language"])),
        "rows": {name: len(table) for name, table in changed._asdict().items()},
    }
    text = json.dumps(content, indent=2, ensure_ascii=False)
    (folder / "compare.json").write_text(text + "\n", encoding="utf-8")
