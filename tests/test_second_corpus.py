"""The corpus with a course of time is read whole, and its texts hold the facts listed beside it."""

from __future__ import annotations

import csv
import datetime
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from press_themes.articles.read import Reading, read_articles
from press_themes.configuration import SHIPPED_CORPUS, read_configuration
from press_themes.measures.events import read_events

CORPORA = Path(__file__).resolve().parents[1] / "corpora"
CORPUS = CORPORA / "platforms_and_ai"
FILES = sorted((CORPUS / "articles").glob("*.md"))
FIELDS = {
    "title",
    "outlet",
    "date",
    "language",
    "digest_of",
    "institution",
    "source_title",
    "licence",
}
DESKS = {f"{desk} desk (digests)" for desk in ("Rules", "Work", "Rights")}
FIRST, LAST = datetime.date(2023, 1, 1), datetime.date(2024, 6, 30)
# A fact is told on its day or soon after; the open letter of March 2023 became known a week later,
# what the actors' contract says after four days.
MOST_DAYS_LATER = 7

each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)


def split(path: Path) -> tuple[dict[str, Any], str]:
    _, header, body = path.read_text(encoding="utf-8").split("---\n", 2)
    return yaml.safe_load(header), body.strip()


def list_numbers(text: str) -> set[str]:
    """Numbers without the marks that languages set between their digits."""
    joined = re.sub(r"(?<=\d)[.,\u00a0\u202f](?=\d)", "", text)
    return set(re.findall(r"\d+", joined))


def read_facts() -> list[dict[str, str]]:
    with (CORPORA / "platforms_and_ai-facts.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


FACTS = read_facts()


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read_articles(CORPUS, read_configuration(CORPUS).articles)


def test_every_file_is_one_dated_article_and_nothing_is_left_out(reading: Reading) -> None:
    articles = reading.articles
    assert len(articles) == len(FILES) == 210
    assert sorted(articles["path"]) == [f"articles/{path.name}" for path in FILES]
    assert (articles["date_basis"] == "field").all()
    assert not articles["truncated"].any()
    assert reading.skipped.empty
    assert reading.discarded.empty


def test_articles_are_read_as_their_front_matter_states(reading: Reading) -> None:
    read = reading.articles.set_index("path")
    for path in FILES:
        fields, body = split(path)
        article = read.loc[f"articles/{path.name}"]
        assert article["title"].split() == fields["title"].split()
        assert article["outlet"] == fields["outlet"]
        assert article["date"].date() == fields["date"]
        assert article["language"] == fields["language"]
        assert article["body"].split() == body.split()


def test_eighteen_months_are_covered_unevenly(reading: Reading) -> None:
    months = reading.articles["date"].dt.strftime("%Y-%m").value_counts()
    assert len(months) == 18
    assert months.min() >= 4
    assert months.max() >= 3 * months.min()


def test_languages_and_tellings_are_those_stated() -> None:
    languages = Counter(split(path)[0]["language"] for path in FILES)
    versions = Counter(split(path)[0]["digest_of"] for path in FILES)
    assert languages == {"en": 99, "fr": 65, "de": 46}
    assert len(versions) == 128
    assert Counter(versions.values()) == {1: 65, 2: 44, 3: 19}
    note = yaml.safe_load((CORPUS / "corpus.yml").read_text(encoding="utf-8"))["note"]
    for text in note.values():
        assert {"128", "210"} <= list_numbers(text)


@each_file
def test_front_matter_is_complete(path: Path) -> None:
    fields, body = split(path)
    assert FIELDS <= set(fields) <= FIELDS | {"official_page"}
    assert path.name == f"{fields['digest_of']}.{fields['language']}.md"
    assert fields["outlet"] in DESKS
    assert fields["licence"] == "CC BY 4.0"
    assert FIRST <= fields["date"] <= LAST
    assert fields.get("official_page", "https://").startswith("https://")
    assert 90 <= len(body.split()) <= 200


@pytest.mark.parametrize(
    "path", [path for path in FILES if path.name.endswith(".fr.md")], ids=lambda path: path.name
)
def test_french_typography(path: Path) -> None:
    fields, body = split(path)
    text = f"{fields['title']}\n{body}"
    assert not re.search(r"['\"]| [:;?!%»]|« ", text)
    assert not re.search(r"\w[;?!»%]|\w:(?!//)|«\w", text)


def test_every_article_has_facts_and_they_have_a_source() -> None:
    listed = {name for fact in FACTS for name in fact["articles"].split()}
    assert listed == {path.name for path in FILES}
    assert all(fact["claim"] and fact["institution"] and fact["source_title"] for fact in FACTS)


def test_a_version_is_dated_on_the_day_of_a_fact_or_soon_after() -> None:
    days: dict[str, list[datetime.date]] = {}
    for fact in FACTS:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", fact["date"]):
            for name in fact["articles"].split():
                days.setdefault(name, []).append(datetime.date.fromisoformat(fact["date"]))
    assert set(days) == {path.name for path in FILES}
    for path in FILES:
        later = (split(path)[0]["date"] - max(days[path.name])).days
        assert 0 <= later <= MOST_DAYS_LATER, path.name


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact["claim"][:40])
def test_every_version_holds_the_figures_of_its_facts(fact: dict[str, str]) -> None:
    for name in fact["articles"].split():
        fields, body = split(CORPUS / "articles" / name)
        missing = set(fact["figures"].split()) - list_numbers(f"{fields['title']} {body}")
        assert not missing, (name, missing)


def test_events_name_digests_of_their_day(reading: Reading) -> None:
    events = read_events(CORPUS / "events.yml", reading.articles, "fr")
    dates = reading.articles.set_index("article_id")["date"]
    assert len(events) == 18
    later = (dates.loc[events["source"]].to_numpy() - events["date"]).dt.days
    assert later.between(0, MOST_DAYS_LATER).all()


def test_the_codebook_is_the_one_of_the_first_corpus() -> None:
    told = read_configuration(CORPUS)
    assert told.codebook == SHIPPED_CORPUS / "themes.yml"
    assert not told.codebook_is_default
