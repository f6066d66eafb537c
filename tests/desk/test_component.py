"""The desk in a browser, standing alone: seen, filtered, searched, moved in by keys, and written from."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from browser import check_page_is_self_contained, find_barriers, open_page
from collections_for_tests import FOUR, build_parts, hand_over, open_parts

from press_themes.desk.collection import (
    embed_component,
    encode_payload,
    pack_collection,
    read_component,
)
from press_themes.desk.widget import DeskWidget
from press_themes.exploration import list_answers, pack_run, prepare_decisions
from press_themes.telling.wording import load_wording

pytestmark = pytest.mark.slow
TEXTS = [
    "The AI Act binds every provider of models, and newsrooms that use them.",
    "L’IA générative inquiète les rédactions, dit le syndicat des éditeurs.",
    "<img src=x onerror=alert(1)> is what this passage holds, letter by letter.",
]
_HEAD = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Desk</title></head>'
    "<body><main><h1>Desk</h1>"
)


def write_page(folder: Path, texts: list[str] | None = TEXTS) -> Path:
    path = folder / "page.html"
    html = embed_component(pack_collection(build_parts(FOUR, texts), hand_over()))
    path.write_text(f"{_HEAD}{html}</main></body></html>", encoding="utf-8")
    return path


def write_cell(folder: Path, payload: dict[str, Any]) -> Path:
    """Write a page in which the kernel is a function, `window.answer`, of what it is asked."""
    data = base64.b64encode(encode_payload(payload)).decode()
    path = folder / "cell.html"
    code = read_component().replace("</", "<\\/").replace("export default", "const widget =")
    path.write_text(
        f"""{_HEAD}<p id="note">run me again</p><div id="cell"></div><script type="module">
{code}
const bytes = Uint8Array.from(atob("{data}"), (x) => x.charCodeAt(0));
const told = {{}}, heard = {{}};
const values = {{ payload: new DataView(bytes.buffer), state: "", coder: "Ana", note: "note" }};
window.model = {{
  get: (name) => values[name], set: (name, value) => {{ values[name] = value; }}, save_changes: () => {{}},
  on: (name, act) => {{ heard[name] = act; }}, off: () => {{}},
  send: async (asked) => {{
    const answer = await window.answer?.(asked);
    if (answer) heard["msg:custom"]({{ ...answer, n: asked.n }});
  }},
}};
window.values = values;
widget.render({{ model: window.model, el: document.getElementById("cell") }});
</script></main></body></html>""",
        encoding="utf-8",
    )
    return path


def shown(page: Any) -> int:
    return int(page.locator(".summary").inner_text().split()[0])


@pytest.mark.parametrize("width", [1440, 900, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_its_width_and_bars_nobody(tmp_path: Path, width: int, scheme: str) -> None:
    path = write_page(tmp_path)
    with open_page(path, width, scheme) as opened:
        opened.page.wait_for_selector(".desk")
        if width == 390:
            for pane in ("filters", "map", "list", "reader", "counts"):
                opened.page.locator(f"[data-to={pane}]").click()
                assert opened.page.locator(f".{pane}.pane").is_visible()
                assert find_barriers(opened) == []
            opened.page.locator("[data-to=list]").click()
        opened.page.locator(".row").first.click()
        assert opened.page.locator(".reader .passage").is_visible()
        assert find_barriers(opened) == []
        check_page_is_self_contained(opened, path, width)


def test_everything_stands_on_one_screen(tmp_path: Path) -> None:
    with open_page(write_page(tmp_path), 1440) as opened:
        opened.page.set_viewport_size({"width": 1440, "height": 900})
        opened.page.evaluate(
            "document.querySelector('h1').remove(); document.body.style.margin = 0"
        )
        for pane in ("filters", "map", "list", "reader", "counts"):
            box = opened.page.locator(f".{pane}.pane").bounding_box()
            assert box["height"] > 150
            assert box["y"] + box["height"] <= 900


def test_a_search_narrows_all_and_marks_its_hits_and_stays_in_the_address(tmp_path: Path) -> None:
    path = write_page(tmp_path)
    with open_page(path) as opened:
        page = opened.page
        page.locator("input.words").fill("l'IA editeurs")
        page.wait_for_function(
            "document.getElementById('desk').shadowRoot"
            ".querySelector('.summary').textContent.startsWith('20 ')"
        )
        page.locator(".row").first.click()
        assert page.locator(".reader .passage mark").all_inner_texts() == ["IA", "éditeurs"]
        address = page.evaluate("location.hash")
        assert address.startswith("#desk?words=")
    with open_page(path, at=address) as opened:
        assert shown(opened.page) == 20
        assert opened.page.locator(".reader .passage mark").count() == 2
        opened.page.locator("button.clear").click()
        assert shown(opened.page) == 60


def test_filters_of_one_kind_widen_and_of_several_narrow(tmp_path: Path) -> None:
    parts = build_parts()
    first, second = parts.themes["theme"][:2]
    label = dict(zip(parts.themes["theme"], parts.themes["label"], strict=True))
    bears = parts.passages["themes"]
    either = bears.map(lambda own: first in own or second in own)
    french = parts.passages["language"] == "fr"
    with open_page(write_page(tmp_path, None)) as opened:
        page = opened.page
        for theme in (first, second):
            page.locator(f'[data-key="themes:{theme}"]').check()
            assert page.get_by_text(label[theme]).count()
        assert shown(page) == int(either.sum())
        page.locator('[data-key="languages:fr"]').check()
        assert shown(page) == int((either & french).sum())
        page.locator(f'[data-key="themes:{first}"]').uncheck()
        page.locator('[data-key="themes:-"]').check()
        wanted = bears.map(lambda own: second in own or not own) & french
        assert shown(page) == int(wanted.sum())


@pytest.mark.parametrize(
    "address",
    [
        "#desk?tab=judged&reading=gone&sort=%00&since=x",
        "#desk?%ff",
        "#other",
        "#desk?themes=gone&topics=x",
    ],
)
def test_an_address_that_says_nonsense_shows_a_desk(tmp_path: Path, address: str) -> None:
    with open_page(write_page(tmp_path), at=address) as opened:
        assert opened.page.locator(".summary").inner_text()
        assert opened.page.locator("[role=tab]").count() == 1
        assert opened.messages == []


def test_keys_alone_lead_everywhere(tmp_path: Path) -> None:
    with open_page(write_page(tmp_path)) as opened:
        page, keys = opened.page, opened.page.keyboard
        page.locator(".rows").focus()
        for key in ("ArrowDown", "ArrowDown", "j", "k", "End"):
            keys.press(key)
        assert page.locator(".row[aria-selected=true]").get_attribute("aria-posinset") == "60"
        keys.press("Home")
        keys.press("x")
        assert page.locator(".row.chosen").count() == 1
        keys.press("/")
        keys.type("act")
        keys.press("Enter")
        page.wait_for_timeout(200)
        assert shown(page) == 20
        keys.press("Escape")
        keys.press("Escape")
        assert shown(page) == 60
        page.locator("canvas").focus()
        before = page.locator(".reader h3").inner_text()
        for key in ("+", "+", "ArrowLeft", "ArrowUp", "Enter"):
            keys.press(key)
        assert page.locator(".reader h3").inner_text() != "" != before
        assert opened.messages == []


def test_a_point_and_its_row_are_one_and_a_lasso_narrows(tmp_path: Path) -> None:
    with open_page(write_page(tmp_path), 1440) as opened:
        page = opened.page
        page.locator("canvas").click()
        box = page.locator("canvas").bounding_box()
        page.locator("button.lasso").click()
        corners = [(0.02, 0.02), (0.98, 0.02), (0.98, 0.98), (0.5, 0.98), (0.5, 0.5)]
        places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in corners]
        page.mouse.move(*places[0])
        page.mouse.down()
        for place in places[1:]:
            page.mouse.move(*place, steps=4)
        page.mouse.up()
        assert 0 < shown(page) < 60
        assert "drawn around" in page.locator(".summary").inner_text()


def test_markup_in_a_passage_stays_text(tmp_path: Path) -> None:
    with open_page(write_page(tmp_path)) as opened:
        opened.page.locator("input.words").fill("onerror")
        opened.page.wait_for_timeout(300)
        opened.page.locator(".row").first.click()
        assert "<img src=x onerror=alert(1)>" in opened.page.locator(".passage").inner_text()
        assert opened.page.locator(".passage img").count() == 0
        assert opened.messages == []


def test_what_is_decided_by_keys_is_kept_shown_and_taken_back(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    opened_run = open_parts(corpus)
    decisions = prepare_decisions(opened_run, load_wording("en", "desk"))
    payload = pack_run(opened_run, decisions)
    widget = DeskWidget(payload, list_answers(opened_run, decisions))
    page_path = write_cell(tmp_path, payload)

    def answer(asked: dict[str, Any]) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(json.dumps(widget.answer(asked), allow_nan=False))
        return told

    with open_page(page_path, 1440) as opened:
        page, keys = opened.page, opened.page.keyboard
        page.expose_function("answer", answer)
        page.reload()
        page.wait_for_selector(".row")
        assert page.locator("#note").is_hidden()
        page.locator(".rows").focus()
        keys.press("ArrowDown")
        for key in ("1", "y", "2", "n"):
            keys.press(key)
            page.wait_for_timeout(150)
        assert page.locator(".judging li").count() == 2
        assert (corpus / "labels.csv").read_text("utf-8").count("Ana") == 2
        keys.press("u")
        page.wait_for_timeout(200)
        assert page.locator(".judging li").count() == 1
        page.locator("button.queue").click()
        assert shown(page) == 10
        page.locator(".rows").focus()
        keys.press("Enter")
        page.wait_for_timeout(300)
        keys.press("1")
        page.locator(".judging .main").click()
        page.wait_for_timeout(300)
        assert "2 of 10" in page.locator("button.queue").inner_text()
        assert page.locator(".counts tbody tr").count() > 9
        page.locator("button.clear").click()
        page.locator("[data-tab=topics]").click()
        page.get_by_role("button", name="Rename").click()
        page.wait_for_timeout(200)
        assert "exactly one topic" in page.locator(".message.failed").inner_text()
        assert not (corpus / "topic_names.yml").exists()
        assert find_barriers(opened) == []
        assert opened.messages == []


def test_a_kernel_that_is_gone_is_told(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    opened_run = open_parts(corpus)
    decisions = prepare_decisions(opened_run, load_wording("en", "desk"))
    with open_page(write_cell(tmp_path, pack_run(opened_run, decisions))) as opened:
        opened.page.evaluate("window.answer = () => null")
        opened.page.locator("input.meaning").fill("A sentence")
        opened.page.keyboard.press("Enter")
        opened.page.wait_for_selector(".message.failed", timeout=12000)
        assert "run this cell again" in opened.page.locator(".message").inner_text()


def test_a_kernel_that_was_restarted_is_told_at_once(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    opened_run = open_parts(corpus)
    decisions = prepare_decisions(opened_run, load_wording("en", "desk"))
    with open_page(write_cell(tmp_path, pack_run(opened_run, decisions))) as opened:
        opened.page.evaluate(
            "() => { window.model.send = () => { throw new Error('Cannot send'); }; }"
        )
        opened.page.locator("input.meaning").fill("A sentence")
        opened.page.keyboard.press("Enter")
        opened.page.wait_for_selector(".message.failed", timeout=4000)
        assert "run this cell again" in opened.page.locator(".message").inner_text()
