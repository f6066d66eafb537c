"""The command line: read, run, compare, export, notebooks, new, cache, doctor.

Nothing heavy is imported before a command needs it, so that help answers at once.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from press_themes import __version__, commands
from press_themes.errors import PressThemesError, first_line
from press_themes.safe_text import say

if TYPE_CHECKING:
    pass

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
    subcommands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    read = subcommands.add_parser("read", help="read articles into tables and print counts")
    read.add_argument("corpus", type=Path, metavar="CORPUS", help="folder or file of articles")
    read.add_argument("--out", type=Path, required=True, metavar="DIR", help="where tables go")
    read.set_defaults(command=commands.read_command)

    run = subcommands.add_parser("run", help="the whole way, into a run folder with a report")
    run.add_argument("corpus", type=Path, metavar="CORPUS", help="folder or file of articles")
    run.add_argument(
        "--out", type=Path, metavar="DIR", help="run folder (default: runs/NAME of the corpus)"
    )
    run.add_argument(
        "--encoder", metavar="NAME", help="sentence-transformers name or folder (default: packaged)"
    )
    run.add_argument(
        "--second-reader",
        metavar="NAME",
        help="another such model, or universal-sentence-encoder, that reads themes too (default: none)",
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
    run.set_defaults(command=commands.run_command)

    cache = subcommands.add_parser(
        "cache", help="size of the cache of models and vectors; prune it"
    )
    cache.add_argument(
        "--prune",
        nargs="?",
        type=float,
        const=90.0,
        metavar="DAYS",
        help="remove what was not used for so many days (default: 90)",
    )
    cache.set_defaults(command=commands.cache_command)

    compare = subcommands.add_parser("compare", help="what changed from run to run")
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
    compare.set_defaults(command=commands.compare_command)

    export = subcommands.add_parser("export", help="a run for other programs")
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
    export.set_defaults(command=commands.export_command)

    notebooks = subcommands.add_parser(
        "notebooks", help="every notebook executed on a finished run"
    )
    notebooks.add_argument("run", type=Path, metavar="RUN", help="a run folder")
    notebooks.add_argument(
        "--out", type=Path, metavar="DIR", help="where they go (default: beside the run)"
    )
    notebooks.set_defaults(command=commands.notebooks_command)

    new = subcommands.add_parser("new", help="start a corpus: a folder ready for your articles")
    new.add_argument("folder", type=Path, metavar="FOLDER", help="the folder to make")
    new.set_defaults(command=commands.new_command)

    doctor = subcommands.add_parser(
        "doctor", help="what is installed, what would be used, what is missing"
    )
    doctor.add_argument("--licences", action="store_true", help="list licences of what is required")
    doctor.set_defaults(command=commands.doctor_command)
    for command in (read, run, compare, export, notebooks, new, cache, doctor):
        command.add_argument("--debug", action="store_true", help="show the traceback of an error")
    return parser
