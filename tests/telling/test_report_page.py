"""The report as its readers meet it: in a browser, from a file, by keyboard and on paper."""

from __future__ import annotations

import csv
import io
from urllib.parse import quote

import numpy as np
import pandas as pd
import pytest
from browser import check_page_is_self_contained, find_barriers, open_page
from reports_for_tests import HOSTILE, TEXT, save_report

pytestmark = pytest.mark.slow


def _found(page) -> list[str]:
    """Show all that was found and return the identifiers in the order shown."""
    while page.locator("#more").is_visible():
        page.click("#more")
    with page.expect_download() as download:
        page.click("#save")
    text = download.value.path().read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert page.locator("#hits > figure").count() == len(rows)
    return [row["passage_id"] for row in rows]


def _until(page, condition: str) -> None:
    """Wait for a condition; the page's policy forbids the waiting that playwright would do."""
    for _ in range(100):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(50)
    raise AssertionError(condition)


def _ask(page, **asked: str) -> None:
    """Ask for passages by the address, as a link would."""
    query = "&".join(f"{name}={quote(value)}" for name, value in asked.items())
    page.evaluate("query => { found.textContent = ''; location.hash = query; }", f"#/{query}")
    _until(page, "found.textContent !== ''")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("scripts", [True, False])
def test_nothing_is_asked_for_nothing_complains_and_it_fits(report, width, scheme, scripts):
    with open_page(report, width, scheme, scripts) as opened:
        check_page_is_self_contained(opened, report, width)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_there_are_no_barriers(report, width, scheme):
    with open_page(report, width, scheme, at="#/text=a") as opened:
        opened.page.evaluate("document.querySelectorAll('details').forEach(x => x.open = true)")
        assert find_barriers(opened) == []


def test_without_scripts_every_passage_can_be_read_and_no_control_is_dead(report, report_tables):
    with open_page(report, scripts=False) as opened:
        page = opened.page
        assert page.locator("details p[data-n]").count() == len(report_tables.passages)
        page.locator("summary", has_text="Gazette").first.click()
        assert page.locator("p[data-n]").first.is_visible()
        assert not page.locator("button:visible, form:visible, select:visible").count()
        assert page.locator(".findings a").first.is_visible()
    with open_page(report, scripts=False, at="#passage-p000005") as opened:
        assert opened.page.get_by_text("Été à l’œuvre").first.is_visible()


def test_filters_find_what_the_tables_hold(report, report_tables):
    passages = report_tables.passages.merge(
        report_tables.articles[["article_id", "outlet", "date"]], on="article_id"
    )
    theme, topic = passages["themes"].explode().value_counts().index[0], 2
    bears = passages["themes"].map(lambda names: theme in names)
    expected = {
        ("theme", theme): bears,
        ("theme", "(none)"): passages["themes"].map(len) == 0,
        ("topic", str(topic)): passages["topic"] == topic,
        ("topic", "(none)"): passages["topic"] < 0,
        ("outlet", "Gazette B"): passages["outlet"] == "Gazette B",
        ("outlet", "(none)"): passages["outlet"].isna(),
        ("language", "en"): passages["language"] == "en",
        ("from", "2026-02-04"): passages["date"] >= "2026-02-04",
        ("to", "2026-02-04"): passages["date"] <= "2026-02-04",
        ("article", "a00003"): passages["article_id"] == "a00003",
    }
    both = bears & (passages["outlet"] == "Gazette B") & (passages["date"] == "2026-02-03")
    asked = {"theme": theme, "outlet": "Gazette B", "from": "2026-02-03", "to": "2026-02-03"}
    with open_page(report) as opened:
        for (name, value), inside in expected.items():
            assert inside.any(), name
            _ask(opened.page, **{name: value})
            assert set(_found(opened.page)) == set(passages["passage_id"][inside]), (name, value)
            assert f"{inside.sum()} of 160" in opened.page.inner_text("#found")
        _ask(opened.page, **asked)
        scores = report_tables.theme_scores.query("theme == @theme").set_index("passage_id")[
            "score"
        ]
        ordered = sorted(passages["passage_id"][both], key=lambda x: -round(scores[x], 3))
        assert _found(opened.page) == ordered


def test_text_is_found_without_accents_and_shown_as_it_stands(report):
    cases = {
        "ete œuvre": ["Été", "œuvre", "été"],
        "OEUVRE l'oeuvre": ["l’œuvre"],
        '"à l’œuvre"': ["à l’œuvre"],
        "oeuv": ["œuv"],
        "uvre": None,
        '"œuvre à"': None,
        "(œuvre": None,
    }
    with open_page(report) as opened:
        for asked, marked in cases.items():
            _ask(opened.page, text=asked)
            quotations = opened.page.locator("#hits blockquote")
            assert quotations.count() == (marked is not None), asked
            if marked:
                assert quotations.inner_text() == TEXT
                assert quotations.locator("mark").all_inner_texts() == marked


def test_the_state_is_in_the_address_and_the_way_back_leads_back(report):
    with open_page(report) as opened:
        page = opened.page
        page.click("a[href='#passages']")
        page.select_option("#ask-theme", index=2)
        page.select_option("#ask-outlet", "Gazette B")
        asked, told = page.url, page.inner_text("#found")
        assert "outlet=Gazette+B" in asked
        page.click("#clear")
        assert page.inner_text("#found").startswith("160 of 160")
        assert page.url.endswith("#passages")
        page.go_back()
        _until(page, "location.hash.startsWith('#/') && !found.textContent.startsWith('160 ')")
        assert page.url == asked
        assert page.inner_text("#found") == told
        assert opened.messages == []
    with open_page(report, at="#" + asked.split("#")[1]) as opened:
        assert opened.page.inner_text("#found") == told
        assert opened.page.input_value("#ask-outlet") == "Gazette B"
    with open_page(report, at="#/theme=unheard&from=yesterday&%E0%A4%A=%&article") as opened:
        assert opened.page.inner_text("#found").startswith("160 of 160")
        assert opened.messages == []


def test_links_lead_from_findings_and_quotations_to_passages(report):
    with open_page(report) as opened:
        page = opened.page
        links = page.locator(".findings a[data-ask]")
        assert links.count() >= 2
        for i in range(links.count()):
            links.nth(i).click()
            _until(page, "document.activeElement.id === 'found' && hits.children.length > 0")
            page.locator("#main").focus()
        place = page.locator("#themes a.place").first
        quoted = place.locator("xpath=ancestor::figure[1]").locator("blockquote").inner_text()
        place.click()
        _until(page, "document.querySelector('.marked') !== null")
        assert page.locator(".marked blockquote").inner_text() == quoted
        assert page.inner_text("#only").startswith("Only the article")
        page.click("#only button")
        assert page.inner_text("#found").startswith("160 of 160")


def test_every_function_works_by_keyboard(report):
    with open_page(report) as opened:
        page, press = opened.page, opened.page.keyboard.press
        press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"
        reached = set()
        for _ in range(400):
            press("Tab")
            reached.add(
                page.evaluate(
                    "(x => x.id || x.dataset.save || x.download || x.tagName)(document.activeElement)"
                )
            )
        asked = {
            f"ask-{name}"
            for name in ("text", "theme", "with", "topic", "outlet", "language", "from", "to")
        }
        assert asked | {"clear", "more", "save", "png", "svg", "SUMMARY", "themes.csv"} <= reached
        page.focus("#ask-theme")
        press("ArrowDown")
        assert "theme=" in page.url
        page.focus("#ask-text")
        page.keyboard.type("a")
        _until(page, "location.hash.includes('text=a')")
        page.focus("#clear")
        press("Enter")
        page.focus("#more")
        press("Enter")
        assert page.locator("#hits > figure").count() == 40
        assert (
            page.evaluate("[...hits.children].indexOf(document.activeElement.closest('figure'))")
            == 20
        )
        page.focus("#figures summary")
        press("Enter")
        assert page.locator("#figures details[open]").count() == 1


def test_focus_can_be_seen(report):
    with open_page(report) as opened:
        page = opened.page
        for selector in (
            "nav a",
            "#ask-text",
            "#ask-theme",
            "#clear",
            "summary",
            "[data-save=png]",
        ):
            page.focus("nav a")
            page.keyboard.press("Tab")
            page.locator(selector).first.focus()
            assert page.evaluate("getComputedStyle(document.activeElement).outlineWidth") == "3px"


def test_figures_can_be_saved_as_picture_drawing_and_numbers(report):
    with open_page(report) as opened:
        page = opened.page
        content = {}
        for selector in ("[data-save=png]", "[data-save=svg]", ".saves a[download]"):
            with page.expect_download() as download:
                page.locator(f"#figure-theme_shares {selector}").click()
            content[download.value.suggested_filename] = download.value.path().read_bytes()
        assert content["theme_shares.png"].startswith(b"\x89PNG")
        assert content["theme_shares.svg"].startswith(b"<svg")
        table = pd.read_csv(io.BytesIO(content["theme_shares.csv"]))
        beside = pd.read_csv(report.parent / "figures" / "theme_shares.csv")
        pd.testing.assert_frame_equal(table, beside)
        assert opened.messages == []


def test_saved_passages_hold_no_formula(report_tables, tmp_path):
    path = save_report(
        report_tables._replace(passages=report_tables.passages.assign(text="=1+1")), tmp_path
    )
    with open_page(path, at="#/article=a00003") as opened:
        with opened.page.expect_download() as download:
            opened.page.click("#save")
        rows = csv.DictReader(io.StringIO(download.value.path().read_text("utf-8-sig")))
        assert {row["quotation"] for row in rows} == {"'=1+1"}


@pytest.mark.parametrize(
    ("width", "scheme", "scripts"), [(1280, "light", True), (320, "dark", False)]
)
def test_a_hostile_corpus_is_shown_as_text_and_runs_nothing(hostile_report, width, scheme, scripts):
    with open_page(hostile_report, width, scheme, scripts, at="#/text=alert") as opened:
        page = opened.page
        check_page_is_self_contained(opened, hostile_report, width)
        shown = HOSTILE.replace("\u202e", "")
        passages = "#hits blockquote" if scripts else "details p[data-n]"
        assert page.locator(passages).count() >= 20
        assert page.locator(passages).first.text_content().startswith(shown)
        assert (
            page.locator("img:not([src^='data:image/svg+xml,'], [src^='data:image/png;'])").count()
            == 0
        )
        assert page.locator("script").count() == 1
        assert page.locator("[onclick], [onerror], a[href^='javascript']").count() == 0


def test_it_prints_without_controls_and_with_every_figure(report):
    with open_page(report) as opened:
        page = opened.page
        page.emulate_media(media="print")
        # A picture that is not read yet has no height, and would count as unseen.
        _until(page, "[...document.images].every(image => image.naturalWidth > 0)")
        assert not page.locator("nav:visible, button:visible, form:visible").count()
        figures = page.locator("figure .card img")
        assert figures.count() >= 7
        assert page.locator("figure .card img:visible").count() == figures.count()
        assert page.locator("#topics details blockquote").first.is_visible()
        pages = _render(page.pdf(format="A4"))
        assert 5 < len(pages) < 60
        # Only figures have colours on paper. They stand two across, so each has a quarter of the
        # surface, and of the coloured points, that it would have alone.
        halves = [half for shot in pages for half in np.array_split(shot, 2, axis=1)]
        places = [part for half in halves for part in np.array_split(half, 2, axis=0)]
        coloured = [((part.max(axis=2) - part.min(axis=2)) > 60).sum() > 25 for part in places]
        assert sum(coloured) >= 4


def _render(document: bytes) -> list[np.ndarray]:
    import pypdfium2

    pages = pypdfium2.PdfDocument(document)
    return [page.render(scale=0.5).to_numpy().astype(int)[:, :, :3] for page in pages]


def test_hits_without_quotations_have_no_empty_box(report_tables, tmp_path):
    path = save_report(report_tables, tmp_path, quote_characters=0)
    with open_page(path, at="#/theme=open_source") as opened:
        page = opened.page
        assert page.locator("#hits figure").count() > 0
        assert page.locator("#hits blockquote").count() == 0
        assert all(page.locator("#hits .themes").all_text_contents())
