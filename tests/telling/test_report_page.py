"""The report as its readers meet it: in a browser, from a file, by keyboard and on paper."""

from __future__ import annotations

import csv
import io
from urllib.parse import urlencode

import numpy as np
import pandas as pd
import pytest
from browser import check_page_is_self_contained, find_barriers, open_page
from reports_for_tests import HOSTILE, save_report

from press_themes.desk.search import search_words
from press_themes.telling.charts.lettering import shorten

pytestmark = pytest.mark.slow


def _until(page, condition: str) -> None:
    """Wait for a condition; the page's policy forbids the waiting that playwright would do."""
    for _ in range(100):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(50)
    raise AssertionError(condition)


def _ask(page, **asked: str) -> None:
    """Ask for passages by the address, as a link would."""
    page.evaluate("state => { location.hash = '#desk?' + state; }", urlencode(asked))
    page.wait_for_timeout(150)
    page.wait_for_selector(".desk .summary")


def _saved(page) -> list[dict[str, str]]:
    """Save the passages that are shown and read the file."""
    with page.expect_download() as download:
        page.locator(".desk button.save").click()
    text = download.value.path().read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("scripts", [True, False])
def test_nothing_is_asked_for_nothing_complains_and_it_fits(report, width, scheme, scripts):
    with open_page(report, width, scheme, scripts) as opened:
        check_page_is_self_contained(opened, report, width)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_there_are_no_barriers(report, width, scheme):
    with open_page(report, width, scheme, at="#desk?words=a") as opened:
        opened.page.wait_for_selector(".desk .summary")
        opened.page.evaluate("document.querySelectorAll('details').forEach(x => x.open = true)")
        assert find_barriers(opened) == []


def test_without_scripts_every_passage_can_be_read_and_no_control_is_dead(report, report_tables):
    with open_page(report, scripts=False) as opened:
        page = opened.page
        assert page.locator("#passages p[id^='passage-']").count() == len(report_tables.passages)
        page.locator("summary", has_text="Gazette").first.click()
        assert page.locator("p[id^='passage-']").first.is_visible()
        assert not page.locator("button:visible, form:visible, select:visible").count()
        assert page.locator(".findings a").first.is_visible()
    with open_page(report, scripts=False, at="#passage-p000005") as opened:
        assert opened.page.get_by_text("Été à l’œuvre").first.is_visible()


def test_the_desk_shows_what_the_tables_hold(report, report_tables):
    passages = report_tables.passages.merge(
        report_tables.articles[["article_id", "outlet", "date"]], on="article_id"
    )
    themes = passages["themes"].explode().value_counts().index
    bears, also = (passages["themes"].map(lambda own, x=x: x in own) for x in themes[:2])
    expected = [
        ({"themes": themes[0]}, bears),
        ({"themes": "-"}, passages["themes"].map(len) == 0),
        ({"topics": "2"}, passages["topic"] == 2),
        ({"outlets": "Gazette B"}, passages["outlet"] == "Gazette B"),
        ({"outlets": "-"}, passages["outlet"].isna()),
        ({"languages": "en"}, passages["language"] == "en"),
        ({"since": "2026-02-04"}, passages["date"] >= "2026-02-04"),
        ({"until": "2026-02-04"}, passages["date"] <= "2026-02-04"),
    ]
    with open_page(report) as opened:
        for asked, inside in expected:
            assert inside.any(), asked
            _ask(opened.page, **asked)
            rows = _saved(opened.page)
            assert {row["id"] for row in rows} == set(passages["passage_id"][inside]), asked
        both = [("themes", themes[0]), ("themes", themes[1])]
        for state, inside in ((both, bears | also), ([*both, ("every", "true")], bears & also)):
            opened.page.evaluate("x => { location.hash = '#desk?' + x; }", urlencode(state))
            opened.page.wait_for_timeout(150)
            assert {row["id"] for row in _saved(opened.page)} == set(passages["passage_id"][inside])


def test_the_report_searches_as_the_desk_and_python_do(report, report_tables):
    # No search sees more of a passage than the report quotes.
    texts = [shorten(text, 200) for text in report_tables.passages["text"]]
    with open_page(report) as opened:
        for words in ("ete œuvre", "OEUVRE l'oeuvre", '"à l’œuvre"', "oeuv*", "uvre", "harbour"):
            _ask(opened.page, words=words)
            found = {row["id"] for row in _saved(opened.page)}
            wanted = report_tables.passages["passage_id"][search_words(texts, words)]
            assert found == set(wanted), words


def test_the_state_is_in_the_address_and_the_way_back_leads_back(report):
    with open_page(report) as opened:
        page = opened.page
        page.locator("#passages").scroll_into_view_if_needed()
        page.locator('.desk [data-key="outlets:Gazette B"]').check()
        asked, told = page.url, page.locator(".desk .summary").inner_text()
        assert "outlets=Gazette+B" in asked
        page.locator(".findings a[data-ask]").first.click()
        _until(page, "location.hash.includes('themes=')")
        page.go_back()
        _until(page, "location.hash.includes('outlets=Gazette')")
        page.wait_for_timeout(200)
        assert page.locator(".desk .summary").inner_text() == told
        assert opened.messages == []
    with open_page(report, at="#" + asked.split("#")[1]) as opened:
        assert opened.page.locator(".desk .summary").inner_text() == told
    with open_page(report, at="#desk?themes=unheard&since=yesterday&%E0%A4%A=%&reading") as opened:
        assert opened.page.locator(".desk .summary").inner_text()
        assert opened.messages == []


def test_links_lead_from_findings_and_quotations_to_passages(report):
    with open_page(report) as opened:
        page = opened.page
        links = page.locator(".findings a[data-ask]")
        assert links.count() >= 2
        for i in range(links.count()):
            links.nth(i).click()
            _until(page, "document.activeElement.id === 'desk'")
            page.wait_for_timeout(100)
            assert page.locator(".desk .row").count() > 0
            page.locator("#main").focus()
        place = page.locator("#themes a.place").first
        quoted = place.locator("xpath=ancestor::figure[1]").locator("blockquote").inner_text()
        place.click()
        page.wait_for_selector(".desk .reader .passage")
        page.wait_for_timeout(200)
        assert page.locator(".desk .reader .passage").inner_text().strip() == quoted.strip()
        assert page.url.endswith(place.get_attribute("href")) or "reading=" in page.url


def test_an_address_of_a_passage_or_an_article_opens_it(report):
    for at in ("#passage-p000005", "#article-a00003"):
        with open_page(report, at=at) as opened:
            opened.page.wait_for_selector(".desk .reader .passage")
            assert opened.page.locator(".desk .reader h3").inner_text()
            assert opened.messages == []


def test_every_function_works_by_keyboard(report):
    with open_page(report) as opened:
        page, press = opened.page, opened.page.keyboard.press
        press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"
        page.locator("#passages").scroll_into_view_if_needed()
        page.wait_for_selector(".desk .row")
        page.locator("#main").focus()
        reached, inside = set(), set()
        for _ in range(500):
            press("Tab")
            reached.add(
                page.evaluate(
                    "(x => x.id || x.dataset.save || x.download || x.tagName)(document.activeElement)"
                )
            )
            inside.add(
                page.evaluate(
                    "(x => x ? x.dataset.pane || x.dataset.key || x.className || x.tagName : '')"
                    "(document.getElementById('desk').shadowRoot.activeElement)"
                )
            )
        assert {"desk", "png", "svg", "SUMMARY", "themes.csv"} <= reached
        assert {"words", "rows", "reader", "clear", "CANVAS"} <= {x.split()[0] for x in inside if x}
        page.focus("#figures summary")
        press("Enter")
        assert page.locator("#figures details[open]").count() == 1


def test_focus_can_be_seen(report):
    with open_page(report) as opened:
        page = opened.page
        for selector in (
            "nav a",
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
    with open_page(path, at="#desk?topics=2") as opened:
        assert {row["text"] for row in _saved(opened.page)} == {"'=1+1"}


@pytest.mark.parametrize(
    ("width", "scheme", "scripts"), [(1280, "light", True), (320, "dark", False)]
)
def test_a_hostile_corpus_is_shown_as_text_and_runs_nothing(hostile_report, width, scheme, scripts):
    with open_page(hostile_report, width, scheme, scripts, at="#desk?words=alert") as opened:
        page = opened.page
        check_page_is_self_contained(opened, hostile_report, width)
        shown = HOSTILE.replace("\u202e", "")
        if scripts:
            page.wait_for_selector(".desk .summary")
            page.evaluate("location.hash = '#passage-p000000'")
            page.wait_for_selector(".desk .reader .passage")
            assert page.locator(".desk .passage img, .desk .passage script").count() == 0
            shown_first = page.locator(".desk .reader .passage").text_content()
        else:
            passages = page.locator("#passages p[id^='passage-']")
            assert passages.count() >= 20
            shown_first = passages.first.text_content()
        assert shown_first.startswith(shown)
        assert (
            page.locator("img:not([src^='data:image/svg+xml,'], [src^='data:image/png;'])").count()
            == 0
        )
        assert page.locator("script:not([type='text/plain'])").count() == 1
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


def test_where_nothing_may_be_quoted_the_desk_quotes_nothing(report_tables, tmp_path):
    path = save_report(report_tables, tmp_path, quote_characters=0)
    with open_page(path, at="#desk?themes=open_source") as opened:
        rows = _saved(opened.page)
        assert rows
        assert {row["text"] for row in rows} == {""}
