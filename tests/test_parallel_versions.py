"""Each story that ships is told in five languages with the same facts and the same theme.

Part of the versions are the corpus; the others lie in tests/data/parallel as the key to it.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
FACTS = yaml.safe_load((ROOT / "tests/data/facts.yml").read_text(encoding="utf-8"))
PARALLEL = ROOT / "tests/data/parallel"
SHIPPED = ROOT / "corpus/articles"
LANGUAGES = ("fr", "en", "es", "de", "ar")
# How each language groups thousands, and its decimal mark, as patterns.
_SEPARATORS = {
    "fr": ("[ \u00a0\u202f]", ","),
    "en": (",", r"\."),
    "es": ("[.\u00a0\u202f]", ","),
    "de": ("[.\u00a0\u202f]", ","),
    "ar": (",", r"\."),
}

each_story = pytest.mark.parametrize("story", FACTS)


def find_version(story: str, language: str) -> Path:
    name = f"{story}.{language}.md"
    return SHIPPED / name if (SHIPPED / name).exists() else PARALLEL / name


def read_version(story: str, language: str) -> tuple[dict, str]:
    _, header, body = find_version(story, language).read_text(encoding="utf-8").split("---\n", 2)
    return yaml.safe_load(header), re.sub(r"\s+", " ", body)


def list_numbers(text: str, language: str) -> set[str]:
    """Numbers without the grouping of thousands and with a decimal point; hours as 17h45."""
    group, mark = _SEPARATORS[language]
    text = re.sub(r"(?<!\d)(\d{1,2})(?: ?h ?|:)(\d{2})(?!\d)", r"\1h\2", text)
    text = re.sub(rf"(?<=\d){group}(?=\d{{3}}(?!\d))", "", text)
    text = re.sub(rf"(?<=\d){mark}(?=\d)", ".", text)
    return set(re.findall(r"\d+(?:[.h]\d+)*", text))


def test_there_are_24_stories_in_five_languages_and_no_version_twice():
    stories = {path.name.removesuffix(".fr.md") for path in SHIPPED.glob("*.fr.md")}
    assert stories == set(FACTS)
    assert len(stories) == 24
    shipped = {path.name for path in SHIPPED.glob("*.md")}
    apart = {path.name for path in PARALLEL.glob("*.md")}
    assert not shipped & apart
    assert shipped | apart == {f"{story}.{lang}.md" for story in stories for lang in LANGUAGES}


@each_story
def test_versions_share_every_field_but_title_and_language(story):
    headers = {language: read_version(story, language)[0] for language in LANGUAGES}
    shared = [
        {name: value for name, value in header.items() if name not in ("title", "language")}
        for header in headers.values()
    ]
    assert all(fields == shared[0] for fields in shared)
    assert len({header["title"] for header in headers.values()}) == len(LANGUAGES)
    assert all(header["language"] == language for language, header in headers.items())


@pytest.mark.parametrize("language", LANGUAGES[1:])
@each_story
def test_every_number_of_the_french_version_is_in_the_others(story, language):
    otherwise = FACTS[story].get("numbers", {}).get(language, {})
    french = list_numbers(read_version(story, "fr")[1], "fr")
    found = list_numbers(read_version(story, language)[1], language)
    assert {str(otherwise.get(number, number)) for number in french} - found == set()
    assert set(map(str, otherwise)) <= french, "an exception that nothing needs"


@pytest.mark.parametrize("language", LANGUAGES)
@each_story
def test_every_name_is_in_every_version(story, language):
    arabic = FACTS[story].get("arabic", {}) if language == "ar" else {}
    body = read_version(story, language)[1]
    assert [name for name in FACTS[story]["names"] if arabic.get(name, name) not in body] == []
