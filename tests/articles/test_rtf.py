import pytest
from articles_for_tests import (
    ARTICLES,
    FRENCH,
    mutated,
    read_all,
    row,
    text_of,
    told_in_a_sentence,
)
from hypothesis import HealthCheck, given, settings

from press_themes.articles.formats.rtf import looks_like_rtf, read_rtf
from press_themes.errors import InputError

FONTS = r"{\fonttbl{\f0\fswiss Helvetica;}{\f1\fnil\fcharset0 Arial;}{\f2\fcharset178 Arial;}}"
HEAD = r"{\rtf1\ansi\ansicpg1252\deff1" + FONTS


def escaped(text):
    """Write a text as Word does: code points, with a stand-in for old programs."""
    units = text.encode("utf-16-le")
    codes = [
        int.from_bytes(units[i : i + 2], "little", signed=True) for i in range(0, len(units), 2)
    ]
    return "".join(
        f"\\u{code}?" if not 0 <= code < 128 else chr(code).replace("\\", "\\\\") for code in codes
    )


def written(article, stored=True):
    info = r"{\info{\title " + escaped(article.title) + r"}{\author Nobody}}" if stored else ""
    paragraphs = "".join(
        r"\pard\plain\f1 " + escaped(paragraph) + "\\par\n"
        for paragraph in (article.title, *article.body)
    )
    frame = r"{\header\pard Header line\par}{\footer\pard Footer line\par}"
    return (HEAD + info + frame + paragraphs + "}").encode("ascii")


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.language)
@pytest.mark.parametrize("stored", [True, False])
def test_a_file_is_read_back_whole(article, stored):
    data = written(article, stored)
    assert looks_like_rtf(data)
    (record,) = read_all(read_rtf, data)
    assert (record.title, record.text) == (article.title, text_of(article))


def test_the_date_line_is_the_date():
    lines = (FRENCH.body[0], *FRENCH.body[1:])
    data = written(FRENCH._replace(body=("Publié le 5 février 2026 à 8 h 00", *lines)))
    (record,) = read_all(read_rtf, data)
    assert record.text == text_of(FRENCH)
    assert str(row(record)["date"]) == "2026-02-05"


def test_characters_of_code_pages_and_beyond_the_first_plane():
    text = r"\f1 L'\'e9t\'e9 {\f2 \'e3\'cf\'ed\'e4\'c9} " + escaped("😀")
    (record,) = read_all(read_rtf, (HEAD + text + r"\par}").encode())
    assert record.text == "L'été مدينة 😀"


def test_links_keep_their_words_alone_and_pictures_go():
    link = r'{\field{\*\fldinst{HYPERLINK "https://x.org/a"}}{\fldrslt{the words}}}'
    picture = r"{\pict\pngblip " + "89504e47" * 2_000 + "}"
    (record,) = read_all(read_rtf, (HEAD + f"Here are {link} of it.{picture}\\par}}").encode())
    assert record.text == "Here are the words of it."


@pytest.mark.parametrize("data", [HEAD.encode(), (HEAD + "}").encode(), b"{\\rtf1"])
def test_a_file_without_text_is_told(data):
    with pytest.raises(InputError, match="without text"):
        read_all(read_rtf, data)


def test_a_title_alone_is_no_article():
    data = (HEAD + r"{\info{\title A tram}}A tram\par}").encode()
    with pytest.raises(InputError, match="a title and no text"):
        read_all(read_rtf, data)


@pytest.mark.parametrize(
    "hostile",
    [
        "{" * 500_000,
        r"{\fonttbl" + r"{\f1\fnil" * 60_000,
        r"{\fonttbl" + r"\f1 " * 100_000 + r"\fcharset0 ",
        r"{\field{\*\fldinst{" * 30_000,
        r"{\field{\*\fldinst{HYPERLINK " * 20_000,
        r"{\title " * 40_000,
        r"\u99999999999 \bin999999999 \pict",
        "word " * 200_000,
    ],
)
def test_hostile_files_end_in_bounded_time(hostile):
    told_in_a_sentence(read_rtf, (r"{\rtf1\ansi " + hostile).encode())


def test_a_huge_file_is_told():
    with pytest.raises(InputError, match="too large"):
        read_all(read_rtf, b"{\\rtf1 " + b"word " * 4_100_000)


def test_what_is_no_rtf():
    assert not looks_like_rtf(b"words {\\rtf")
    assert not looks_like_rtf(b"")
    assert looks_like_rtf(b"\xef\xbb\xbf{\\rtf1 words}")


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mutated(written(FRENCH)))
def test_whatever_is_broken_is_told(data):
    told_in_a_sentence(read_rtf, data)
    assert looks_like_rtf(data) in (True, False)
