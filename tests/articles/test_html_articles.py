import re

import pytest

from press_themes.articles.formats.html_articles import (
    cut_at,
    empty,
    lines_behind,
    paragraphs,
    parse_markup,
    with_class,
)


def test_a_page_is_cut_where_articles_open():
    opening = re.compile("<article")
    assert cut_at("head<article>a</article><article>b", opening) == [
        "<article>a</article>",
        "<article>b",
    ]
    assert cut_at("no article", opening) == []


def test_text_is_read_as_it_is_set():
    root = parse_markup(
        "<div>One <b>bold</b>\nword<br>two&nbsp;words<p>three<!-- no --> left</p>"
        "<script>no()</script>four <a href='x'>five</a></div>"
    )
    assert paragraphs(root) == ["One bold word", "two words", "three left", "four five"]


@pytest.mark.parametrize("markup", ["", "\0", "<", "<!--", "<b><i><p>x", "\x01\ufffe", "&#1;x&#0;"])
def test_whatever_stands_in_the_markup_is_parsed(markup):
    root = parse_markup(markup)
    assert root is None or isinstance(paragraphs(root), list)


def test_classes_are_found_whatever_their_capitals_and_neighbours():
    root = parse_markup("<p class='a TitleOne'>x</p><p class='titleone-more'>y</p><p class=b>z</p>")
    assert [part.text for part in with_class(root, "titleone")] == ["x"]
    assert [part.text for part in with_class(root, "missing", "b", "titleone")] == ["z"]
    assert with_class(root, "missing") == []


def test_emptied_elements_keep_what_follows_them():
    root = parse_markup("<p>a <aside>no <b>no</b></aside>b&#1; c</p>")
    empty(root.iter("aside"))
    assert " ".join(paragraphs(root)).startswith("a b")


def test_lines_behind_an_element():
    root = parse_markup("<p>before <b>title</b> first</p>second<p>third</p>")
    title = next(root.iter("b"))
    assert lines_behind(root, title) == ["first", "second", "third"]
