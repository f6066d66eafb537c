"""The reader: a passage between its neighbours, whatever its text holds."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest
from collections_for_tests import FOUR, build_collection
from hypothesis import given, settings
from hypothesis import strategies as st

from press_themes.desk.collection import Collection
from press_themes.desk.explore import load_words
from press_themes.desk.reading import list_article, render_passage

WORDS = load_words("en")
ALLOWED = {"div", "h3", "p", "span", "bdi", "a", "br"}


class _Elements(HTMLParser):
    """Collects the elements, attributes and text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data


def _with(collection: Collection, row: int, **values: str) -> Collection:
    passages = collection.passages.copy()
    for column, value in values.items():
        passages.loc[row, column] = value
    return collection._replace(passages=passages)


@pytest.fixture(scope="module")
def collection() -> Collection:
    return build_collection(Path("nowhere"))


def test_a_passage_stands_between_its_neighbours(collection: Collection) -> None:
    row = int(collection.passages.index[collection.passages["position"] == 1][0])
    rows = list_article(collection, row)
    assert rows.tolist() == [row - 1, row, row + 1]
    page = _Elements(render_passage(collection, row, WORDS))
    texts = collection.passages["text"]
    places = [page.text.index(texts[other]) for other in rows]
    assert places == sorted(places)
    assert "passage 2 of 3" in page.text


def test_what_lies_further_away_is_shown_with_the_whole_article(collection: Collection) -> None:
    row = int(collection.passages.index[collection.passages["position"] == 0][0])
    last = collection.passages["text"][row + 2]
    assert last not in _Elements(render_passage(collection, row, WORDS)).text
    assert last in _Elements(render_passage(collection, row, WORDS, is_whole=True)).text


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=80), st.sampled_from(["text", "title", "outlet", "url"]))
def test_no_text_becomes_an_element(text: str, column: str) -> None:
    hostile = f'"><img src=x onerror=alert(1)><script>1</script>{text}'
    page = _Elements(render_passage(_with(COLLECTION, 1, **{column: hostile}), 1, WORDS))
    assert page.tags <= ALLOWED
    assert {name for name, _ in page.attributes} <= {
        "class", "dir", "style", "href", "target", "rel",
    }  # fmt: skip


COLLECTION = build_collection(Path("nowhere"), FOUR)


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "file:///etc", ""])
def test_only_pages_of_the_web_are_linked(address: str) -> None:
    page = _Elements(render_passage(_with(COLLECTION, 0, url=address), 0, WORDS))
    assert "a" not in page.tags
    linked = _Elements(render_passage(_with(COLLECTION, 0, url='https://a.org/?x="&y'), 0, WORDS))
    assert ("href", 'https://a.org/?x="&y') in linked.attributes


def test_a_passage_without_title_outlet_and_date_says_so() -> None:
    bare = _with(COLLECTION, 0, title="", outlet="")
    bare.passages.loc[0, "date"] = None
    text = _Elements(render_passage(bare, 0, WORDS)).text
    assert "untitled" in text
    assert "outlet not stated · undated" in text


def test_judgements_are_shown(collection: Collection) -> None:
    text = _Elements(render_passage(collection, 0, WORDS, marked=("You judged <so>.",))).text
    assert "You judged <so>." in text
