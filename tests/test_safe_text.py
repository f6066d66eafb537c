import html
import io
import re

import pandas as pd
import pytest

from press_themes.safe_text import defuse_formulas, defuse_text, in_markdown, plain_text, say


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_texts_that_look_like_formulas_are_defused(start):
    frame = pd.DataFrame({"title": [f"{start}cmd()", "plain", None]})
    safe = defuse_formulas(frame)["title"].tolist()
    assert safe[0] == f"'{start}cmd()"
    assert safe[1] == "plain"
    assert pd.isna(safe[2])
    assert frame["title"].iloc[0] == f"{start}cmd()"


def test_negative_numbers_stay_numbers():
    frame = pd.DataFrame({"residual": [-1.5, 2.0], "date": pd.to_datetime(["2026-02-03"] * 2)})
    pd.testing.assert_frame_equal(defuse_formulas(frame), frame)


@pytest.mark.parametrize(
    ("told", "safe"),
    [
        ("a;=1+1", "a;'=1+1"),
        ("a\t@SUM(A1)", "a\t'@SUM(A1)"),
        ('a;"=1"', 'a;\'"=1"'),
        (" =1+1", "' =1+1"),
        ("\uff1d1+1", "'\uff1d1+1"),
        ("a\n-1", "a\n'-1"),
        ("a; b, 1 - 2", "a; b, 1 - 2"),
    ],
)
def test_no_separator_opens_a_formula(told, safe):
    assert defuse_formulas(pd.DataFrame({"a": [told]}))["a"].tolist() == [safe]


def test_a_text_alone_is_defused_as_in_a_table():
    assert [defuse_text(own) for own in ("x;=1+1", "=1", "a - b")] == ["x;'=1+1", "'=1", "a - b"]


def test_the_names_of_columns_are_defused_too():
    assert list(defuse_formulas(pd.DataFrame({"=cmd()": [1]}))) == ["'=cmd()"]


HOSTILE = "\x1b]0;x\x07\x1b[2J\u202eevil\u2066\x9b31m"


def test_a_terminal_gets_no_commands():
    assert set(plain_text(HOSTILE)) <= set("?]0;x[2Jevil31m")
    assert plain_text("una línea\n\u200cفارسی\u200c") == "una línea\n\u200cفارسی\u200c"


def test_a_terminal_of_few_characters_gets_what_it_can_show():
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    say("naïve \u4e2d", stream)
    stream.flush()
    assert stream.buffer.getvalue() == b"na\\xefve \\u4e2d\n"


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>", "[k](javascript:alert(1))", "![x](http://a.org/x.png)",
        "$\\frac{1}{$", "# Heading", "`code` **bold** <img src=x onerror=alert(1)>", "| a | b |",
        "http://a.org", "    code", "1. list", "<!-- -->",
    ],
)  # fmt: skip
def test_in_markdown_a_text_means_itself(text):
    from nbconvert.filters.markdown_mistune import markdown2html_mistune

    page = markdown2html_mistune(f"**{in_markdown(text)}**")
    assert re.fullmatch(r"<p><strong>[^<>]*</strong></p>", page.strip())
    assert html.unescape(page.strip()[11:-13]) == " ".join(text.split())
