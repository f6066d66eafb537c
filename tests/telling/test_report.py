import base64
import gzip
import hashlib
import re
from html.parser import HTMLParser

import pandas as pd
import pytest
from browser import check_page_is_self_contained, open_page
from reports_for_tests import LADDER, save_report
from tables_for_tests import Shape, build_tables

from press_themes.telling import excerpts as quotations
from press_themes.telling.charts.chart_list import CHARTS
from press_themes.telling.wording import load_wording


class _Page(HTMLParser):
    """What a browser would make of the file: tags, identifiers, links and text."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.ids, self.links, self.images, self.texts = [], [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        known = dict(attributes)
        self.tags.append((tag, known))
        self.ids += [known["id"]] if "id" in known else []
        self.links += [known["href"]] if "href" in known else []
        self.images += [known] if tag == "img" else []

    def handle_data(self, data):
        self.texts.append(data)


@pytest.fixture(scope="module")
def page(report):
    return _Page(report.read_text(encoding="utf-8"))


def test_the_same_tables_give_the_same_bytes(tmp_path):
    tables = build_tables(Shape(40, 10))
    first, second = (save_report(tables, tmp_path / x, charts=LADDER).read_bytes() for x in "ab")
    assert first == second


def test_it_asks_nothing_of_the_network(page):
    policies = [known["content"] for tag, known in page.tags if "http-equiv" in known]
    assert len(policies) == 1
    assert policies[0].startswith("default-src 'none'; img-src data:; style-src 'unsafe-inline'")
    assert all(
        image["src"].startswith(("data:image/svg+xml,", "data:image/png;")) for image in page.images
    )
    assert not {"link", "iframe", "object"} & {tag for tag, _ in page.tags}
    outside = [link for link in page.links if not link.startswith(("#", "data:text/csv;"))]
    assert all(link.startswith("https://example.org/") for link in outside)


def test_the_only_script_is_the_one_whose_hash_the_policy_names(report, page):
    text = report.read_text(encoding="utf-8")
    (script,) = re.findall(r'<script type="module">(.*?)</script>', text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = next(known["content"] for _, known in page.tags if "http-equiv" in known)
    assert re.findall(r"script-src ([^;]+);", policy) == [f"'sha256-{digest}'"]
    # What is no JavaScript is not run: the packed passages of the desk.
    kinds = [known.get("type") for tag, known in page.tags if tag == "script"]
    assert kinds == ["text/plain", "module"]


def test_every_inner_link_leads_somewhere_and_identifiers_are_single(page):
    assert len(page.ids) == len(set(page.ids))
    inner = {link[1:] for link in page.links if link.startswith("#")}
    assert inner <= set(page.ids)
    assert {"main", "findings", "theme-open_source"} <= inner
    assert "topic-0" in page.ids


def test_every_figure_has_a_text_alternative_and_its_numbers(page):
    assert len(page.images) >= 7
    assert all(len(image["alt"]) > 40 for image in page.images)
    assert sum(tag == "details" for tag, _ in page.tags) >= 7


def test_findings_link_to_figure_and_passages(report):
    text = report.read_text(encoding="utf-8")
    findings = text.split('class="findings"')[1].split("</ol>")[0]
    assert 1 <= findings.count("<li>") <= 6
    assert findings.count("<blockquote") == findings.count("<li>")
    # The chart stands beside them.
    assert 'id="figure-theme_shares"' in text.split("</ol>")[1].split("</section>")[0]
    assert 'href="#theme-' in findings


def test_no_sentence_is_left_unfilled(report):
    text = report.read_text(encoding="utf-8")
    ours = r"<style>.*?</style>|<script[^>]*>.*?</script>|\"data:[^\"]*\"|data-[\w-]+=\"[^\"]*\""
    visible = re.sub(ours, "", text, flags=re.DOTALL)
    assert not re.search(r"\{\w*\}|\bnan\b|\bNone\b|\bNaT\b|Undefined", visible)


def test_french_is_french(tmp_path):
    path = save_report(build_tables(Shape(60, 12)), tmp_path, "fr")
    text = path.read_text(encoding="utf-8")
    page = _Page(text)
    assert ("html", {"lang": "fr"}) in page.tags
    assert {"Résultats", "Thèmes", "Glossaire"} <= set(page.texts)
    assert "Findings" not in text


def test_a_corpus_of_three_passages_says_what_it_cannot_say(tmp_path):
    tables = build_tables(Shape(3, 1, dates=(None,), n_topics=0, n_outlets=0))
    path = save_report(tables, tmp_path, charts=CHARTS)
    text = " ".join(_Page(path.read_text(encoding="utf-8")).texts)
    assert "Nothing can be said about change over time" in text
    assert text.count("Not drawn:") >= 6


def test_what_is_skipped_cut_short_and_derived_is_marked(page):
    text = " ".join(page.texts)
    for told in ("broken.bin", "Not a text; save it as text.", "cut short", "title from the text"):
        assert told in text


def test_a_hostile_corpus_is_shown_as_text(hostile_report):
    text = hostile_report.read_text(encoding="utf-8")
    page = _Page(text)
    kinds = [known.get("type") for tag, known in page.tags if tag == "script"]
    assert kinds == ["text/plain", "module"]
    assert not [known for _, known in page.tags if any(name.startswith("on") for name in known)]
    assert not [link for link in page.links if link.startswith("javascript")]
    assert "\u202e" not in text
    assert "<script>alert(1)</script>" in "".join(page.texts)
    assert "{{7*7}}" in text
    assert "x" * 300 not in text
    assert text.count("</noscript") == 1


def test_in_a_browser_nothing_runs_nothing_is_asked_and_nothing_overflows(hostile_report):
    for width, scheme in ((1280, "light"), (320, "dark")):
        with open_page(hostile_report, width, scheme) as opened:
            check_page_is_self_contained(opened, hostile_report, width)
            view = opened.page
            view.evaluate("for (const image of document.images) image.loading = 'eager'")
            view.evaluate("Promise.all([...document.images].map(image => image.decode()))")
            view.keyboard.press("Tab")
            assert view.evaluate("document.activeElement.className") == "skip"
            view.keyboard.press("Enter")
            assert view.evaluate("document.activeElement.id") == "main"


def test_both_conditions_of_a_theme_are_stated_where_they_matter(page):
    text = " ".join("".join(page.texts).split())
    assert text.count("no further than 0.040 behind the strongest theme of the passage") == 3


def test_the_rule_of_thumb_is_not_told_where_judgements_moved_the_line(tmp_path):
    tables = build_tables(Shape(40, 10))
    scores = tables.theme_scores.assign(judged=["yes"] + [""] * (len(tables.theme_scores) - 1))
    tables = tables._replace(theme_scores=scores)
    assert "no further than 0.040" not in save_report(tables, tmp_path).read_text("utf-8")


def test_what_is_unknown_leaves_no_half_sentence(tmp_path):
    tables = build_tables(Shape(40, 10))
    text = save_report(tables, tmp_path, licence="", settings={}).read_text(encoding="utf-8")
    footer = text.split("<footer>")[1]
    assert "Made with Press Themes. At most 200 characters" in footer
    assert "no further than" not in text


def test_lines_peeled_off_are_told_beside_what_was_skipped(page):
    assert "19 lines peeled off pages are listed in discarded.csv." in " ".join(page.texts)


def test_a_report_stays_small(report):
    assert report.stat().st_size < 3_000_000


def test_long_lists_are_cut_and_say_so(tmp_path):
    tables = build_tables(Shape(60, 12))
    many = pd.concat([tables.skipped] * 400, ignore_index=True)
    text = save_report(tables._replace(skipped=many), tmp_path).read_text(encoding="utf-8")
    assert "100 more entries are only in skipped.csv." in text


def test_quality_figures_are_explained_where_the_methods_are(page):
    text = " ".join("".join(page.texts).split())
    assert "0.80 — Languages mix well." in text


def test_where_nothing_may_be_quoted_no_text_of_the_corpus_is_there(tmp_path):
    tables = build_tables(Shape(60, 12))
    tables = tables._replace(passages=tables.passages.assign(text="zanzibar " * 40))
    discarded = tables.discarded.assign(text="zanzibar " * 3)
    tables = tables._replace(discarded=discarded)
    path = save_report(tables, tmp_path, charts=LADDER, quote_characters=0)
    text = path.read_text(encoding="utf-8")
    assert "zanzibar" not in text
    assert "<blockquote" not in text
    (packed,) = re.findall(r'id="desk-data">([^<]*)<', text)
    held = gzip.decompress(base64.b64decode(packed)).decode("utf-8")
    assert tables.passages["passage_id"].iloc[0] in held
    assert "zanzibar" not in held
    assert "No passage is quoted, because the corpus allows no quotation." in text
    page = _Page(text)
    assert {f"passage-{x}" for x in tables.passages["passage_id"]} <= set(page.ids)
    assert len([link for link in page.links if link.startswith("#passage-")]) > 9


def test_all_quotations_keep_the_limit_that_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(quotations, "_ALWAYS_ROOM_FOR", 0)
    monkeypatch.setattr(quotations, "MOST_PASSAGES", 50)
    tables = build_tables(Shape(60, 12))
    texts = [f"{i:02d}{'x' * 698}" for i in range(60)]
    tables = tables._replace(passages=tables.passages.assign(text=texts))
    path = save_report(tables, tmp_path, charts=LADDER, quote_characters=400)
    text = path.read_text(encoding="utf-8")
    assert "At most 270 characters of a passage are quoted" in text
    quoted = set(re.findall(r"\d\dx{5,}", text))
    assert max(map(len, quoted)) == 269
    passages = {part[:2] for part in quoted}
    assert len(passages) > 50
    share = load_wording("en").percent(len(passages) * 270 / (60 * 700))
    assert f"all quotations together are {share} of the text" in text
