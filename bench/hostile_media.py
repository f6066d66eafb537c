"""Whether any text of a hostile corpus becomes code where its run is opened: how often, in each place.

`python bench/hostile_media.py FOLDER` makes a hostile corpus and two runs of it in FOLDER (minutes, or
goes on with those that are there) and opens every page in Chromium, every notebook in JupyterLab, as
it is and with all cells run, and every table in LibreOffice. Printed for each: scripts that ran,
requests to elsewhere, dialogs, mathematics set; or cells, and formulas among them.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hostile_corpus import write_answers, write_corpus

_ROOT = Path(__file__).resolve().parents[1]
_SEPARATORS = {",": 44, ";": 59, "tab": 9, "|": 124}
_SETTINGS = {"windowingMode": "none"}
_PATIENCE = 600_000


def main() -> None:
    """Make what is missing, open everything, print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--part", choices=("pages", "notebooks", "tables"))
    options = parser.parse_args()
    folder = options.folder.resolve()
    lab = make_runs(folder)
    for name, tell in (("pages", _open_pages), ("notebooks", _open_lab), ("tables", _open_tables)):
        if options.part in (None, name):
            for line in tell(folder, lab):
                print(line, flush=True)


def _open_pages(folder: Path, lab: Path) -> Iterator[str]:
    pages = [lab / "run" / "report.html", folder / "compared" / "compare.html"]
    pages += [*sorted(lab.glob("run/notebooks/*.html")), *sorted(lab.glob("run-notebooks/*.html"))]
    with _browser() as browser:
        for path in pages:
            yield _open(browser, path.as_uri(), path.relative_to(folder).as_posix())


def _open_lab(folder: Path, lab: Path) -> Iterator[str]:
    own = sorted(lab.glob("run/notebooks/*.ipynb"))
    known = {path.name for path in own}
    others = [path for path in sorted(lab.glob("run-*/*.ipynb")) if path.name not in known]
    with _browser() as browser, _jupyter(lab, folder / "settings") as address:
        for path in [*others, *own]:
            name = path.relative_to(lab).as_posix()
            yield _open(browser, f"{address}/lab/tree/{name}?reset", name, address)


def _open_tables(folder: Path, lab: Path) -> Iterator[str]:
    tables = [*sorted((lab / "run").rglob("*.csv")), *sorted(folder.glob("compared/*.csv"))]
    tables += sorted(folder.glob("export-csv-excel/*.csv"))
    known = folder / "known.csv"
    known.write_text("a\n=1+1\n", encoding="utf-8")
    # Where a formula that is there is not counted, the counts mean nothing.
    assert _count_cells([known], folder, "CSV:44,34,76")[1] == 1
    yield f"workbook: {_say(_count_cells([folder / 'export-xlsx'], folder))}"
    for told, separator in _SEPARATORS.items():
        counted = _count_cells(tables, folder, f"CSV:{separator},34,76")
        yield f"CSV parted at {told}: tables {len(tables)}, {_say(counted)}"


def make_runs(folder: Path) -> Path:
    """Make a hostile corpus, two runs of it and what comes of them; return where the notebooks lie."""
    import pandas as pd

    from press_themes.articles.read import read_articles

    first, lab = folder / "first", folder / "lab"
    if not first.exists():
        articles = read_articles(_ROOT / "corpora" / "platforms_and_ai" / "articles").articles
        write_corpus(articles[articles["language"].isin(["en", "fr"])], folder / "corpus")
    (corpus,) = (folder / "corpus").iterdir()
    if not first.exists():
        _command("run", corpus, "--out", first, "--no-notebooks")
    if not (lab / "run").exists():
        write_answers(corpus, pd.read_parquet(first / "tables" / "passages.parquet"))
        _command("run", corpus, "--out", lab / "run")
    if not (folder / "compared").exists():
        _command("compare", first, lab / "run", "--out", folder / "compared")
    for kind in ("xlsx", "csv-excel"):
        if not (folder / f"export-{kind}").exists():
            _command("export", lab / "run", "--to", kind, "--out", folder / f"export-{kind}")
    if not (lab / "run-notebooks").exists():
        _command("notebooks", lab / "run", "--out", lab / "run-notebooks")
    return lab


def _command(*words: object) -> None:
    subprocess.run([sys.executable, "-m", "press_themes", *map(str, words)], check=True)


@contextmanager
def _browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@contextmanager
def _jupyter(folder: Path, settings: Path) -> Iterator[str]:
    """Serve a folder as JupyterLab does, every cell of a notebook in the page at once."""
    place = settings / "@jupyterlab" / "notebook-extension"
    place.mkdir(parents=True, exist_ok=True)
    (place / "tracker.jupyterlab-settings").write_text(json.dumps(_SETTINGS), encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    given = {
        "ServerApp.port": port, "IdentityProvider.token": "", "ServerApp.root_dir": folder,
        "LabApp.user_settings_dir": settings, "LabApp.expose_app_in_browser": True,
        "LabApp.news_url": "None", "ServerApp.open_browser": False, "ServerApp.allow_root": True,
    }  # fmt: skip
    command = [
        sys.executable,
        "-m",
        "jupyterlab",
        *(f"--{key}={own}" for key, own in given.items()),
    ]
    environment = {**os.environ, "PYTHONPATH": str(_ROOT)}
    with (settings / "server.log").open("w") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log, env=environment)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(240):
            try:
                urllib.request.urlopen(f"{address}/api", timeout=5).close()
                break
            except OSError:
                time.sleep(0.5)
        yield address
    finally:
        server.terminate()
        server.wait()


def _open(browser: Any, address: str, name: str, lab: str = "") -> str:
    """Open a page and do there what a reader might; count what should not happen."""
    page = browser.new_page()
    requests: list[str] = []
    dialogs: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.goto(address)
    told = []
    if lab:
        page.wait_for_function(_READY, timeout=_PATIENCE)
        page.wait_for_timeout(5_000)
        told.append(f"as it is: {_count(page, requests, dialogs, lab)}")
        page.evaluate(_RUN)
        page.wait_for_function(_DONE, timeout=_PATIENCE)
        page.wait_for_timeout(5_000)
        cells, failed = page.evaluate(_CELLS)
        told.append(f"cells run {cells}, failed {failed}")
    page.evaluate("document.querySelectorAll('details').forEach(own => own.open = true)")
    _press_everything(page)
    told.append(_count(page, requests, dialogs, lab or "file:"))
    page.close()
    return f"{name}: {'; '.join(told)}"


_READY = (
    "window.jupyterapp?.shell?.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'"
)
_RUN = """() => {
  jupyterapp.shell.currentWidget.content.widgets.forEach(cell => cell.model.clearExecution?.());
  jupyterapp.commands.execute('notebook:run-all-cells');
}"""
# A cell has a count when it has run.
_DONE = """() => {
  const own = jupyterapp.shell.currentWidget, kernel = own.sessionContext.session?.kernel;
  const code = own.content.widgets.filter(c => c.model.type === 'code');
  return kernel?.status === 'idle' && (code.every(c => c.model.executionCount) ||
    code.some(c => c.model.outputs.toJSON().some(o => o.output_type === 'error')));
}"""
_CELLS = """() => {
  const own = jupyterapp.shell.currentWidget.content.widgets.filter(c => c.model.type === 'code');
  const failed = own.filter(c => c.model.outputs.toJSON().some(o => o.output_type === 'error'));
  return [own.length, failed.length];
}"""


def _press_everything(page: Any) -> None:
    """Search, choose and hover in the desk and the report, so that every list has been drawn."""
    for field in page.locator("input[type=search]:visible").all()[:3]:
        field.fill("a")
        page.wait_for_timeout(500)
    for key in ("j", "j", "k"):
        page.keyboard.press("Escape")
        page.keyboard.press(key)
    for row in page.locator("li:visible, figure:visible, tr:visible").all()[:40]:
        try:
            row.hover(timeout=300)
        except Exception:
            # What lies under another part cannot be pointed at.
            continue
    page.wait_for_timeout(500)


def _count(page: Any, requests: list[str], dialogs: list[str], own: str) -> str:
    ran = page.evaluate("window.__ran === undefined ? 0 : 1")
    away = {
        url
        for url in requests
        if not url.startswith((own, own.replace("http", "ws"), "data:", "blob:"))
    }
    active = page.evaluate(_ACTIVE)
    maths = page.locator("mjx-container").count()
    return (
        f"scripts run {ran}, requests elsewhere {len(away)}, dialogs {len(dialogs)}, "
        f"active elements {active}, mathematics {maths}{'; ' + ' '.join(sorted(away))[:300] if away else ''}"
    )


# What a hostile text would have made: handlers, addresses of scripts, frames.
_ACTIVE = """() => [...document.querySelectorAll('*')].filter(own =>
  [...own.attributes].some(a => a.value.includes('__ran') && (a.name.startsWith('on') ||
  a.name === 'srcdoc' || /^javascript:/i.test(a.value))) ||
  (own.tagName === 'SCRIPT' && /^window.__ran/.test(own.textContent))).length"""


# LibreOffice writes the truth of a cell as a formula, too.
_FORMULA = re.compile(r'table:formula="(?!of:=(?:TRUE|FALSE)\(\)")')


def _count_cells(paths: list[Path], folder: Path, taken_as: str = "") -> tuple[int, int]:
    """Return how many cells LibreOffice sees in some tables, and how many of them are formulas."""
    given, out = folder / "given", folder / "opened"
    for place in (given, out):
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
    ending = ".csv" if taken_as else ".xlsx"
    copies = [shutil.copy(path, given / f"{n}{ending}") for n, path in enumerate(paths)]
    command = ["soffice", f"-env:UserInstallation={(folder / 'office').as_uri()}", "--headless"]
    command += ["--convert-to", "fods", "--outdir", str(out)]
    command += [f"--infilter={taken_as}"] if taken_as else []
    subprocess.run([*command, *copies], check=True, capture_output=True, timeout=900)
    made = [path.read_text(encoding="utf-8") for path in out.iterdir()]
    assert len(made) == len(paths)
    return sum(t.count("<table:table-cell") for t in made), sum(
        len(_FORMULA.findall(t)) for t in made
    )


def _say(counted: tuple[int, int]) -> str:
    return f"cells {counted[0]}, formulas {counted[1]}"


if __name__ == "__main__":
    main()
