"""The command line: read, run, compare, export, notebooks, new, cache, doctor.

Nothing heavy is imported before a command needs it, so that help answers at once.
"""

from __future__ import annotations

import argparse
import shlex
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from press_themes import __version__
from press_themes.errors import ConfigurationError, InputError, PressThemesError, first_line
from press_themes.identifiers import name_corpus
from press_themes.runs.aside import find_finished
from press_themes.safe_text import say

if TYPE_CHECKING:
    from press_themes.configuration import Configuration

_UNFORESEEN = "run the corpus again if it is a run; else say it again with --debug and report it."


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command.

    Parameters
    ----------
    arguments : sequence of str, optional
        Words of the command line; by default those of the process.

    Returns
    -------
    int
        0 done, 1 the input gave nothing to work on, 2 wrong usage or configuration.
    """
    options = _parser().parse_args(arguments)
    try:
        return int(options.command(options))
    except PressThemesError as error:
        if options.debug:
            raise
        say(f"press-themes: {error}", sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        say("press-themes: stopped; nothing written before was changed.", sys.stderr)
        return 130
    except OSError as error:
        if options.debug:
            raise
        place = error.filename or "the file system"
        say(f"press-themes: {place}: {error.strerror or error}.", sys.stderr)
        return 1
    except Exception as error:
        if options.debug:
            raise
        kind = f"{type(error).__name__}: {first_line(error)[:200]}"
        say(
            f"press-themes: {_subject(options)}: could not be used ({kind}); {_UNFORESEEN}",
            sys.stderr,
        )
        return 1


def _subject(options: argparse.Namespace) -> str:
    """Name what a command was given, where nobody knows better what is wrong."""
    named = [getattr(options, name, None) for name in ("like", "run", "corpus")]
    runs = ", ".join(map(str, getattr(options, "runs", ())))
    return runs or next((str(one) for one in named if one is not None), "press-themes")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="press-themes", description="From a folder of press articles to themes you can defend."
    )
    parser.add_argument("--version", action="version", version=f"press-themes {__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    read = commands.add_parser("read", help="read articles into tables and print counts")
    read.add_argument("corpus", type=Path, metavar="CORPUS", help="folder or file of articles")
    read.add_argument("--out", type=Path, required=True, metavar="DIR", help="where tables go")
    read.set_defaults(command=_read)

    run = commands.add_parser("run", help="the whole way, into a run folder with a report")
    run.add_argument("corpus", type=Path, metavar="CORPUS", help="folder or file of articles")
    run.add_argument(
        "--out", type=Path, metavar="DIR", help="run folder (default: runs/NAME of the corpus)"
    )
    run.add_argument(
        "--encoder", metavar="NAME", help="sentence-transformers name or folder (default: packaged)"
    )
    run.add_argument(
        "--engine",
        metavar="NAME",
        help="auto, int8, half or torch: what computes the vectors (default: auto, the fastest here)",
    )
    run.add_argument(
        "--scheduler",
        default="",
        metavar="ADDRESS",
        help="Dask scheduler whose workers compute the vectors, or local:N for N processes here",
    )
    run.add_argument(
        "--codebook", metavar="FILE", help="themes.yml to use, or 'none' (default: the corpus's)"
    )
    run.add_argument("--seed", type=int, metavar="N", help="seed of every random step (default: 0)")
    run.add_argument(
        "--no-notebooks", action="store_true", help="do not execute the notebooks into the run"
    )
    run.add_argument(
        "--like",
        type=Path,
        metavar="RUN",
        help="continue a finished run: its settings, codebook and topics, with what is new",
    )
    run.add_argument(
        "--language-service",
        metavar="ADDRESS",
        help="allow this service, which corpus.yml names, to rewrite names of topics; the key in "
        "PRESS_THEMES_KEY goes to it alone",
    )
    run.set_defaults(command=_run)

    cache = commands.add_parser("cache", help="size of the cache of models and vectors; prune it")
    cache.add_argument(
        "--prune",
        nargs="?",
        type=float,
        const=90.0,
        metavar="DAYS",
        help="remove what was not used for so many days (default: 90)",
    )
    cache.set_defaults(command=_cache)

    compare = commands.add_parser("compare", help="what changed from run to run")
    compare.add_argument(
        "runs", type=Path, nargs="*", metavar="RUN", help="run folders, the earliest first"
    )
    compare.add_argument(
        "--out",
        type=Path,
        metavar="DIR",
        help="where the comparison goes (default: beside the last run)",
    )
    compare.add_argument(
        "--seed", type=int, default=0, metavar="N", help="seed of every test (default: 0)"
    )
    compare.set_defaults(command=_compare)

    export = commands.add_parser("export", help="a run for other programs")
    export.add_argument("run", type=Path, metavar="RUN", help="a run folder")
    export.add_argument(
        "--to",
        required=True,
        metavar="FORMAT",
        help="xlsx (a workbook), qdpx (MAXQDA, ATLAS.ti, NVivo), gexf (a network of names), csv-excel",
    )
    export.add_argument(
        "--out", type=Path, metavar="TARGET", help="where it goes (default: beside the run)"
    )
    export.set_defaults(command=_export)

    notebooks = commands.add_parser("notebooks", help="every notebook executed on a finished run")
    notebooks.add_argument("run", type=Path, metavar="RUN", help="a run folder")
    notebooks.add_argument(
        "--out", type=Path, metavar="DIR", help="where they go (default: beside the run)"
    )
    notebooks.set_defaults(command=_notebooks)

    new = commands.add_parser("new", help="start a corpus: a folder ready for your articles")
    new.add_argument("folder", type=Path, metavar="FOLDER", help="the folder to make")
    new.set_defaults(command=_new)

    doctor = commands.add_parser(
        "doctor", help="what is installed, what would be used, what is missing"
    )
    doctor.add_argument("--licences", action="store_true", help="list licences of what is required")
    doctor.set_defaults(command=_doctor)
    for command in (read, run, compare, export, notebooks, new, cache, doctor):
        command.add_argument("--debug", action="store_true", help="show the traceback of an error")
    return parser


def _read(options: argparse.Namespace) -> int:
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


def _run(options: argparse.Namespace) -> int:
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
    from press_themes.configuration import read_configuration

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

    for name in ("encoder", "codebook", "seed"):
        if getattr(options, name) is not None:
            raise ConfigurationError(
                f"--{name}", "is decided by the run that --like names", "leave one of the two out"
            )
    return continue_configuration(options.corpus, options.like)


def _cache(options: argparse.Namespace) -> int:
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


def _compare(options: argparse.Namespace) -> int:
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


def _export(options: argparse.Namespace) -> int:
    from press_themes.exports.export_run import export_run

    say(f"written: {export_run(options.run, options.to, options.out)}")
    return 0


def _notebooks(options: argparse.Namespace) -> int:
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


def _new(options: argparse.Namespace) -> int:
    from press_themes.new_corpus import ARTICLES, start_corpus

    for path in start_corpus(options.folder):
        say(f"written: {path}")
    corpus = shlex.quote(str(options.folder))
    say(
        f"Drop your articles into {options.folder / ARTICLES}, write your themes into themes.yml, "
        f"then: press-themes run {corpus} (or: make report CORPUS={corpus})"
    )
    return 0


def _doctor(options: argparse.Namespace) -> int:
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
