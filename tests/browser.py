"""A page opened in headless Chromium, with what it asked for and what it complained of."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest

_ARGUMENTS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


class Opened(NamedTuple):
    """An open page: the page itself, the addresses it asked for, its errors and dialogs."""

    page: Any
    requests: list[str]
    messages: list[str]


@contextmanager
def open_page(
    path: Path, width: int = 1280, scheme: str = "light", scripts: bool = True, at: str = ""
) -> Iterator[Opened]:
    """Open a file in Chromium; skip the test, by name, where there is no browser."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="needs playwright")
    browser_path = shutil.which("chromium")
    if browser_path is None:
        pytest.skip("needs chromium")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=_ARGUMENTS)
        page = browser.new_page(
            viewport={"width": width, "height": 800},
            color_scheme=scheme,
            java_script_enabled=scripts,
        )
        requests: list[str] = []
        messages: list[str] = []
        page.on("request", lambda request: requests.append(request.url))
        page.on("console", lambda message: messages.append(message.text))
        page.on("dialog", lambda dialog: messages.append(dialog.message))
        page.on("pageerror", lambda error: messages.append(str(error)))
        page.goto(path.as_uri() + at)
        yield Opened(page, requests, messages)
        browser.close()


def check_page_is_self_contained(opened: Opened, path: Path, width: int) -> None:
    """Assert that a page asks for nothing, complains of nothing and fits its width."""
    assert [url for url in opened.requests if not url.startswith(("data:", "file:"))] == []
    assert opened.requests.count(path.as_uri()) == 1
    assert opened.messages == []
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width


def find_barriers(opened: Opened) -> list[str]:
    """Name what axe-core finds serious or critical on a page, with the element."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe")
    found = axe.Axe().run(opened.page).response["violations"]
    return [
        f"{violation['id']}: {node['html'][:120]}"
        for violation in found
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
    ]
