"""How large the report gets and how soon a browser has it ready, at 500, 5,000 and 20,000 passages.

    python bench/report_size.py [--rounds 7] [--language fr] [PASSAGES ...]

The tables are invented: articles of five passages with sentences of random words, 60 topics, 12
outlets, two languages. Times are taken in turns with an empty page in the same browser, because a
busy machine slows both; the lowest and the middle of the rounds are printed. "Work" is the time
the page's thread computed until it was ready, which other programs stretch less than the clock.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from browser import _ARGUMENTS
from press_themes.telling.charts.draw import draw_charts
from tables_for_tests import Shape, build_summary, build_tables

from press_themes.telling.report.report import write_report

_READY = "performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"
_SEARCH = """() => {
  const start = performance.now();
  const field = document.getElementById("ask-theme");
  field.selectedIndex = 1;
  field.dispatchEvent(new Event("change", { bubbles: true }));
  return performance.now() - start;
}"""
_TYPE = """async () => {
  const field = document.getElementById("ask-text");
  field.value = "conseil rivière";
  const start = performance.now();
  const told = found.textContent;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  while (found.textContent === told) await new Promise(done => setTimeout(done, 1));
  return performance.now() - start - 150;
}"""


def build_report(n_passages: int, folder: Path, language: str) -> tuple[Path, float]:
    """Write a report on invented tables and say how many seconds the report alone took."""
    shape = Shape(
        n_passages, max(1, n_passages // 5), n_topics=60, n_outlets=12, languages=("fr", "en")
    )
    tables = build_tables(shape)
    summary = {**build_summary(tables, language), "quote_characters": 400}
    figures = draw_charts(tables, summary, folder / "figures", language)
    start = time.perf_counter()
    path = write_report(tables, summary, figures, folder, language)
    return path, time.perf_counter() - start


def measure(pages: dict[str, Path], rounds: int) -> dict[str, dict[str, list[float]]]:
    """Open the pages in turns and measure milliseconds."""
    told: dict[str, dict[str, list[float]]] = {name: {} for name in pages}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=_ARGUMENTS
        )
        for _ in range(rounds):
            for name, path in pages.items():
                page = browser.new_page(viewport={"width": 1280, "height": 800})
                session = page.context.new_cdp_session(page)
                session.send("Performance.enable", {"timeDomain": "threadTicks"})
                page.goto(path.as_uri(), wait_until="domcontentloaded")
                metrics = session.send("Performance.getMetrics")["metrics"]
                worked = next(x["value"] for x in metrics if x["name"] == "TaskDuration")
                told[name].setdefault("work", []).append(1000 * worked)
                told[name].setdefault("ready", []).append(page.evaluate(_READY))
                if name != "empty page":
                    told[name].setdefault("first filter", []).append(page.evaluate(_SEARCH))
                    told[name].setdefault("first words", []).append(page.evaluate(_TYPE))
                page.close()
        browser.close()
    return told


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sizes", nargs="*", type=int, default=[500, 5_000, 20_000])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--language", default="fr")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        empty = Path(home) / "empty.html"
        empty.write_text("<!doctype html><title>empty</title><p>Empty.", encoding="utf-8")
        pages = {"empty page": empty}
        for n_passages in given.sizes:
            path, seconds = build_report(n_passages, Path(home) / str(n_passages), given.language)
            pages[f"{n_passages:,} passages"] = path
            size = path.stat().st_size / 1e6
            print(f"{n_passages:>7,} passages: {size:5.2f} MB, written in {seconds:.1f} s")
        for name, times in measure(pages, given.rounds).items():
            parts = (
                f"{what} {min(values):.0f} ms lowest, {median(values):.0f} ms middle"
                for what, values in times.items()
            )
            print(f"{name:>16}: {'; '.join(parts)}")


if __name__ == "__main__":
    main()
