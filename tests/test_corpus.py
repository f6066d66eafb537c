"""The corpus that ships is complete, consistent and in words of its own.

Checks digests (shipped, or kept apart as parallel versions), codebook, events and settings as
files, without the package.
"""

from __future__ import annotations

import datetime
import re
from itertools import combinations
from pathlib import Path

import py3langid
import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT / "corpus"
PARALLEL = ROOT / "tests/data/parallel"
ARTICLES = sorted([*(CORPUS / "articles").glob("*.md"), *PARALLEL.glob("*.md")])
THEMES = yaml.safe_load((CORPUS / "themes.yml").read_text(encoding="utf-8"))["themes"]
EVENTS = yaml.safe_load((CORPUS / "events.yml").read_text(encoding="utf-8"))["events"]
REQUIRED = {"title", "language", "digest_of", "licence"}
OPTIONAL = {"outlet", "source_title", "date", "source_extent"}
RUN = 10

each_article = pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.name)
each_theme = pytest.mark.parametrize("theme", THEMES)


def split_article(path: Path) -> tuple[dict, str]:
    _, header, body = path.read_text(encoding="utf-8").split("---\n", 2)
    return yaml.safe_load(header), body.strip()


def list_words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def list_runs(text: str) -> set[tuple[str, ...]]:
    tokens = list_words(text)
    return set(zip(*(tokens[start:] for start in range(RUN)), strict=False))


def measure_luminance(color: str) -> float:
    channels = [int(color[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_all_stories_ship_in_french_and_a_share_of_them_in_each_other_language():
    shipped = [path.name.split(".")[1] for path in (CORPUS / "articles").glob("*.md")]
    assert shipped.count("fr") == 24
    assert all(8 <= shipped.count(language) <= 16 for language in ("en", "es", "de", "ar"))


@each_article
def test_front_matter_is_complete(path):
    fields, _ = split_article(path)
    assert set(fields) >= REQUIRED
    assert set(fields) <= REQUIRED | OPTIONAL
    assert all(fields.values())
    assert fields["licence"] == "CC BY 4.0"


@each_article
def test_file_name_is_slug_and_language(path):
    fields, _ = split_article(path)
    assert path.name == f"{fields['digest_of']}.{fields['language']}.md"
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", fields["digest_of"])


def test_titles_are_unique():
    titles = [split_article(path)[0]["title"] for path in ARTICLES]
    assert len(set(titles)) == len(titles)


@each_article
def test_date_is_a_day_no_later_than_the_collection(path):
    fields, _ = split_article(path)
    if "date" in fields:
        assert type(fields["date"]) is datetime.date
        assert fields["date"] <= datetime.date(2026, 2, 5)


@each_article
def test_body_has_short_paragraphs_and_150_to_350_words(path):
    _, body = split_article(path)
    paragraphs = re.split(r"\n{2,}", body)
    assert 3 <= len(paragraphs) <= 6
    assert not any("\n" in paragraph for paragraph in paragraphs)
    assert 150 <= len(body.split()) <= 350


@each_article
def test_detected_language_is_the_declared_one(path):
    fields, body = split_article(path)
    assert py3langid.classify(body)[0] == fields["language"]


@pytest.mark.parametrize(
    "path", [path for path in ARTICLES if path.name.endswith(".fr.md")], ids=lambda path: path.name
)
def test_french_typography(path):
    fields, body = split_article(path)
    text = f"{fields['title']}\n{body}"
    assert "'" not in text
    assert '"' not in text
    assert not re.search(r" [:;?!%»]|« ", text), "an ordinary space where it must not break"
    assert not re.search(r"[^\s\d/][;?!]|\w:(?!//)|\w»|«\w|\d%", text), "a missing space"
    assert text.count("«") == text.count("»")


@each_theme
def test_theme_has_every_part(theme):
    content = THEMES[theme]
    assert set(content) == {"label", "color", "definition", "examples", "counter_examples"}
    assert set(content["label"]) == {"en", "fr", "es", "de", "ar"}
    assert set(content["definition"]) == {"en", "fr", "es", "de", "ar"}
    assert set(content["examples"]) == {"en", "fr", "es", "de", "ar"}
    assert set(content["counter_examples"]) == {"en", "fr"}
    for part in ("examples", "counter_examples"):
        assert len(content[part]["en"]) == len(content[part]["fr"])
    assert all(2 <= len(content["examples"][language]) <= 6 for language in ("es", "de", "ar"))
    for language in ("en", "fr"):
        assert 3 <= len(content["examples"][language]) <= 6
        assert 2 <= len(content["counter_examples"][language]) <= 4
        assert all(isinstance(text, str) for text in content["examples"][language])
        assert all(isinstance(text, str) for text in content["counter_examples"][language])


@each_theme
def test_theme_texts_are_in_their_language(theme):
    for language, definition in THEMES[theme]["definition"].items():
        assert py3langid.classify(definition)[0] == language
    for language, examples in THEMES[theme]["examples"].items():
        assert py3langid.classify(" ".join(examples))[0] == language


@each_theme
def test_color_stands_out_on_white(theme):
    color = THEMES[theme]["color"]
    assert re.fullmatch(r"#[0-9A-F]{6}", color)
    assert 1.05 / (measure_luminance(color) + 0.05) >= 3


def test_themes_are_nine_with_distinct_labels_and_colors():
    assert len(THEMES) == 9
    for first, second in combinations(THEMES.values(), 2):
        assert first["color"] != second["color"]
        assert not set(first["label"].values()) & set(second["label"].values())


def test_examples_are_not_sentences_of_the_digests():
    digests = set().union(*(list_runs(split_article(path)[1]) for path in ARTICLES))
    for theme in THEMES.values():
        for sentences in (*theme["examples"].values(), *theme["counter_examples"].values()):
            assert not any(list_runs(sentence) & digests for sentence in sentences)


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event["label"]["en"])
def test_event_is_dated_labelled_and_sourced(event):
    assert set(event) == {"date", "label", "theme", "source"}
    assert type(event["date"]) is datetime.date
    assert set(event["label"]) == {"en", "fr"}
    assert all(len(label) <= 45 for label in event["label"].values())
    assert event["theme"] in THEMES
    _, body = split_article(CORPUS / event["source"])
    months = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
    day = f"{event['date'].day} {months.split()[event['date'].month - 1]}"
    assert day in body.replace("\u00a0", " "), "the source does not give the day of the event"


def test_events_are_in_order_and_few():
    dates = [event["date"] for event in EVENTS]
    assert 6 <= len(dates) <= 10
    assert dates == sorted(dates)


def test_corpus_settings():
    settings = yaml.safe_load((CORPUS / "corpus.yml").read_text(encoding="utf-8"))
    assert set(settings) == {
        "title",
        "note",
        "licence",
        "report_language",
        "quote_characters",
        "settings",
    }
    assert set(settings["title"]) == set(settings["note"]) == {"en", "fr"}
    assert settings["report_language"] in settings["title"]


def test_no_run_of_ten_words_comes_from_a_source(seeds):
    sources = [path.read_text(encoding="utf-8", errors="replace") for path in seeds.glob("*.txt")]
    assert sources
    known = set().union(*map(list_runs, sources))
    shared = {
        path.name: " ".join(next(iter(runs)))
        for path in [*CORPUS.rglob("*.*"), *PARALLEL.glob("*.md")]
        if (runs := list_runs(path.read_text(encoding="utf-8")) & known)
    }
    assert not shared
