from pathlib import Path

import pytest

from press_themes.articles.formats.rtf_text import rtf_text
from press_themes.errors import InputError

HEAD = r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}"


def convert(body):
    return rtf_text((HEAD + body + "}").encode("cp1252"), Path("a.rtf")).strip()


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (r"One\par Two\line three\tab four", "One\nTwo\nthree\tfour"),
        (r"caf\'e9 \u8217? \u-10179?\u-8704?", "café ’ 😀"),
        (r"\{kept\} and \\", "{kept} and \\"),
        (r'{\field{\*\fldinst{HYPERLINK "http://x"}}{\fldrslt {\b shown}}} after', "shown after"),
        (r"\trowd a\cell b\cell\row", "a|b|"),
        # Faults that stop or shorten the conversion if they are left alone.
        (r"before } after", "before  after"),
        (r"before }}} {\b middle} } after", "before  middle  after"),
        (r"before {{{ after", "before  after"),
        (r"before \u99999999? after", "before ? after"),
        (r"before \uc after", "before after"),
    ],
)
def test_text(body, text):
    assert " ".join(convert(body).split(" ")) == text


def test_a_code_page_that_does_not_exist():
    data = rb"{\rtf1\ansicpg99999 {\fonttbl{\f0\fcharset99999 Arial;}}\f0 caf\'e9}"
    assert "caf" in rtf_text(data, Path("a.rtf"))


def test_what_is_no_text_is_told():
    with pytest.raises(InputError, match=r"a\.rtf: is a damaged RTF file; open it in a word"):
        rtf_text(b"{\\rtf1 " + bytes(range(32)) * 40, Path("a.rtf"))
