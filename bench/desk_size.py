"""How large the desk of many passages is and how fast it moves, filters and searches, in Chromium.

The tables are made up, of the shape of a run. Run: ``python bench/desk_size.py 5000 100000``; it prints
a row each for bench/desk_size.md.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from collections_for_tests import build_parts, hand_over
from tables_for_tests import Shape

from press_themes.desk.collection import embed_component, pack_collection

_MEASURE = """async () => {
  const desk = window.desk, { map, model } = desk, told = {};
  const time = async (act) => {
    const begun = performance.now();
    await act();
    return performance.now() - begun;
  };
  const frames = [];
  for (let i = 0; i < 40; i++) {
    map.move(3, 2);
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    frames.push(map.time);
  }
  frames.sort((a, b) => a - b);
  [told.frame, told.slow_frame] = [frames[20], frames[37]];
  told.filter = await time(() => model.change({ themes: [model.themes[0].theme] }));
  await time(() => model.change({ themes: [] }));
  told.first_search = await time(() => model.change({ words: 'bridge "council river"' }));
  told.search = await time(() => model.change({ words: "garden" }));
  return told;
}"""


def main() -> None:
    """Print a row a size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="+", type=int)
    print(
        "| passages | page, MB | first picture, s | frame, ms | slow frame | filter, ms "
        "| first search | search |"
    )
    for size in parser.parse_args().sizes:
        html = _build(size)
        told = _measure(html)
        names = ("frame", "slow_frame", "filter", "first_search", "search")
        cells = [f"{told['picture']:.1f}", *(f"{told[name]:.0f}" for name in names)]
        print(f"| {size} | {len(html) / 1e6:.1f} | {' | '.join(cells)} |")


def _build(size: int) -> str:
    shape = Shape(
        size, max(24, size // 5), n_outlets=12, n_topics=9, languages=("en", "fr", "ar", "zh")
    )
    html = embed_component(pack_collection(build_parts(shape), hand_over()))
    return html.replace("\nmount(", "\nwindow.desk = await mount(")


def _measure(html: str) -> dict[str, Any]:
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = Path(folder) / "desk.html"
        path.write_text(f"<!doctype html><meta charset='utf-8'><body>{html}", encoding="utf-8")
        options = ["--no-sandbox", "--disable-gpu"]
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=options)
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        begun = time.perf_counter()
        page.goto(path.as_uri())
        page.wait_for_selector(".row", timeout=120_000)
        picture = time.perf_counter() - begun
        told: dict[str, Any] = page.evaluate(_MEASURE)
        return {"picture": picture, **told}


if __name__ == "__main__":
    main()
