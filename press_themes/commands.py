"""What each command of the command line does."""

from __future__ import annotations

import argparse
import shlex
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from press_themes.errors import ConfigurationError, InputError
from press_themes.identifiers import name_corpus
from press_themes.runs.aside import find_finished
from press_themes.safe_text import say

if TYPE_CHECKING:
    from press_themes.configuration import Configuration


def read_command(options: argparse.Namespace) -> int:
    """Read articles into tables and print counts."""
    _check_corpus(options.corpus)
    _check_apart(options.corpus, options.out)
    from press_themes.articles.batches import read_in_batches
    from press_themes.configuration import read_configuration
    from press_themes.runs.reading_folder import write_reading
    from press_themes.stories.families import link_families

    configuration = read_configuration(options.corpus)
    with read_in_batches(options.corpus, configuration.articles, link_families) as batches:
        options.out.mkdir(parents=True, exist_ok=True)
        write_reading(options.out, batches)
        say(batches.describe())
    say(f"tables: {options.out}")
    return 0


def _check_name_is_free(out: Path, corpus: Path) -> None:
    """Refuse to replace the run of another corpus that happens to have the same name."""
    if not (out / "run.json").exists():
        return
    from press_themes.runs.folder import read_run

    try:
        other = read_run(out)["corpus"]
    except InputError:
        # A run that this version cannot read is made again.
        return
    # A corpus that was moved together with its runs is no longer where they say.
    if Path(other) != corpus.resolve() and Path(other).exists():
        raise ConfigurationError(
            out,
            f"holds the run of another corpus of the same name, {other}",
            "name another folder with --out (make report NAME=…)",
        )


def run_command(options: argparse.Namespace) -> int:
    """Go the whole way, into a run folder with a report."""
    _check_corpus(options.corpus)
    if options.seed is not None and options.seed < 0:
        raise ConfigurationError("--seed", f"is {options.seed}", "give a whole number from 0")
    out = options.out or Path("runs") / name_corpus(options.corpus)
    if options.like is not None and options.like.resolve() == out.resolve():
        raise ConfigurationError(
            f"--like {options.like}",
            "is the run that would be replaced",
            "name another folder with --out",
        )
    if options.out is None:
        _check_name_is_free(out, options.corpus)
    if options.language_service:
        from press_themes.permissions import allow_service

        allow_service(options.language_service)
    from press_themes.configuration import locate_encoder, read_configuration

    if options.like is None:
        configuration = read_configuration(
            options.corpus, options.encoder, options.codebook, options.seed
        )
    else:
        configuration = _continue(options)
    configuration = replace(
        configuration,
        engine=options.engine or configuration.engine,
        scheduler=options.scheduler,
        second_reader=(
            locate_encoder(options.second_reader)
            if options.second_reader
            else configuration.second_reader
        ),
    )
    from press_themes.face import make_run
    from press_themes.runs.folder import read_run

    folder = make_run(configuration, out, not options.no_notebooks, _tell).folder
    content = read_run(folder)
    counts = content["counts"]
    say(
        f"articles {counts['articles']} (distinct stories {counts['stories']}), passages "
        f"{counts['passages']}, of which with a theme {counts['passages_with_theme']}. "
        f"{content['regime']['sentence']['en']}"
    )
    for warning in [*content["alarms"], *content["warnings"]]:
        say(f"note: {warning['en']}")
    say(f"report: {folder / 'report.html'}")
    return 0


def _continue(options: argparse.Namespace) -> Configuration:
    from press_themes.continuation import continue_configuration

    for name in ("encoder", "second_reader", "codebook", "seed"):
        if getattr(options, name) is not None:
            raise ConfigurationError(
                f"--{name.replace('_', '-')}",
                "is decided by the run that --like names",
                "leave one of the two out",
            )
    return continue_configuration(options.corpus, options.like)


def cache_command(options: argparse.Namespace) -> int:
    """Say how large the cache is; prune it."""
    from press_themes.vectors.cache import list_cache, prune_cache
    from press_themes.vectors.encoders import encoder_cache

    cache = encoder_cache()
    if options.prune is not None:
        if not options.prune >= 0:
            raise ConfigurationError("--prune", f"is {options.prune}", "give days from 0")
        removed = prune_cache(cache, options.prune)
        say(f"removed: {len(removed)} of them, {removed['megabytes'].sum():.1f} MB.")
    held = list_cache(cache)
    for row in held.itertuples():
        say(f"{row.megabytes:>9.1f} MB  {row.days:>4.0f} days ago  {row.kind}: {row.what}")
    say(f"cache: {cache}, {held['megabytes'].sum():.1f} MB.")
    return 0


def compare_command(options: argparse.Namespace) -> int:
    """Say what changed from run to run."""
    if options.seed < 0:
        raise ConfigurationError("--seed", f"is {options.seed}", "give a whole number from 0")
    if len(options.runs) < 2:
        raise ConfigurationError(
            "compare",
            f"was given {len(options.runs)} run folders, and two or more are compared",
            "name them, the earliest first: press-themes compare runs/may runs/june",
        )
    from press_themes.comparison import check_apart, compare_folders, name_comparison
    from press_themes.measures.changes.compared import CompareSettings

    out = options.out or name_comparison(options.runs)
    check_apart(options.runs, out)
    changes = compare_folders(*options.runs, settings=CompareSettings(seed=options.seed))
    say("  comparing and drawing", sys.stderr)
    folder = changes.write(out)
    for finding in changes.findings:
        say(finding)
    say(f"page: {folder / 'compare.html'}")
    return 0


def export_command(options: argparse.Namespace) -> int:
    """Write a run for other programs."""
    from press_themes.exports.export_run import export_run

    say(f"written: {export_run(options.run, options.to, options.out)}")
    return 0


def notebooks_command(options: argparse.Namespace) -> int:
    """Execute every notebook on a finished run."""
    from press_themes.runs.notebooks import execute_every_notebook, find_notebooks

    run = options.run.resolve()
    out = options.out or run.with_name(f"{run.name}-notebooks")
    if run in (out.resolve(), *out.resolve().parents):
        raise ConfigurationError(
            f"--out {out}", "lies in the run, which nothing is added to", "name a folder beside it"
        )
    execute_every_notebook(find_notebooks(), run, out, lambda line: say(line, sys.stderr))
    say(f"notebooks: {out}")
    return 0


def new_command(options: argparse.Namespace) -> int:
    """Start a corpus."""
    from press_themes.new_corpus import ARTICLES, start_corpus

    for path in start_corpus(options.folder):
        say(f"written: {path}")
    corpus = shlex.quote(str(options.folder))
    say(
        f"Drop your articles into {options.folder / ARTICLES}, write your themes into themes.yml, "
        f"then: press-themes run {corpus} (or: make report CORPUS={corpus})"
    )
    return 0


def doctor_command(options: argparse.Namespace) -> int:
    """Say what is installed, would be used, or is missing."""
    from press_themes.doctor import examine, list_licences

    if options.licences:
        say("\n".join(list_licences()))
        return 0
    findings = examine()
    for finding in findings:
        say(finding)
    return 1 if any(finding.startswith("missing") for finding in findings) else 0


def _check_corpus(corpus: Path) -> None:
    if not corpus.exists():
        raise InputError(corpus, "does not exist", "name a folder or file of articles")


def _check_apart(corpus: Path, out: Path) -> None:
    """Refuse tables that would alter a finished run, or be read as articles the next time."""
    finished = find_finished(out)
    if finished is not None:
        raise ConfigurationError(
            f"--out {out}", f"would alter {finished}, which is finished", "name a folder beside it"
        )
    if out.resolve().is_relative_to(corpus.resolve()):
        raise ConfigurationError(f"--out {out}", "lies in the corpus", "name a folder apart")


def _tell(entry: dict[str, Any]) -> None:
    say(
        f"  {entry['stage'].replace('_', ' '):<26}{entry['how']:<10}{entry['seconds']:>8.2f} s",
        sys.stderr,
    )
