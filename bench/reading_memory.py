"""Peak memory of reading corpora of growing size: files of one article, and one file of all.

`python bench/reading_memory.py [--table] [N …]` runs each size in a process of its own and prints
what the command `read` takes and, if asked, what one table in memory takes.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from generated_articles import write_files, write_lines

SIZES = (5_000, 20_000, 50_000)
_IN_MEMORY = (
    "import sys, pathlib; from press_themes.articles.read import read_articles; "
    "kept = read_articles(pathlib.Path(sys.argv[1]))"
)


def peak_of(*command: str) -> tuple[float, float]:
    """Run a command.

    Parameters
    ----------
    *command : str
        Program and arguments.

    Returns
    -------
    megabytes, seconds : float
        Largest resident memory, and time by the clock.
    """
    begun = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)}: exit code {process.returncode}")
    # Linux counts kilobytes, macOS bytes.
    unit = 1e6 if sys.platform == "darwin" else 1e3
    return used.ru_maxrss / unit, time.perf_counter() - begun


def measure(sizes: list[int], with_table: bool) -> None:
    """Print a row for each size and layout."""
    last = f"{'table MB':>10}" if with_table else ""
    print(f"{'articles':>9}  {'as':<9}{'text MB':>8}{'read MB':>9}{'seconds':>9}{last}")
    for n in (1, *sizes):
        for layout in ("files", "one file"):
            with tempfile.TemporaryDirectory() as folder:
                corpus = Path(folder, "corpus")
                if layout == "files":
                    write_files(corpus, n)
                else:
                    corpus = corpus.with_suffix(".jsonl")
                    write_lines(corpus, n)
                paths = corpus.iterdir() if corpus.is_dir() else [corpus]
                size = sum(path.stat().st_size for path in paths) / 1e6
                python = (sys.executable, "-m", "press_themes", "read", str(corpus))
                peak, seconds = peak_of(*python, "--out", f"{folder}/out")
                line = f"{n:>9}  {layout:<9}{size:>8.1f}{peak:>9.0f}{seconds:>9.0f}"
                if with_table:
                    table, _ = peak_of(sys.executable, "-c", _IN_MEMORY, str(corpus))
                    line += f"{table:>10.0f}"
            print(line, flush=True)


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    measure(numbers or list(SIZES), "--table" in sys.argv)
