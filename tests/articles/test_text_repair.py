import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from press_themes.articles.text_repair import decode, each_line, looks_binary, repair_text
from press_themes.folding import fold

FRENCH = "L’été s’achève à Lérac : « déjà », dit-elle, cœur léger, sur la jetée où l’on pêche. " * 4


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_french_comes_back_from_every_encoding(encoding):
    assert decode(FRENCH.encode(encoding)) == FRENCH


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1256", "افتتحت البلدية صباح اليوم أول سوق دائم للمزارعين على ضفة النهر. " * 6),
        ("gb18030", "青岭市三座社区图书馆昨日同时开馆，藏书共计十二万册。" * 6),
    ],
)
def test_legacy_encodings_of_other_scripts(encoding, text):
    assert decode(text.encode(encoding)) == text


def test_one_damaged_byte_does_not_change_the_encoding():
    damaged = FRENCH.encode().replace("à".encode(), b"\xc3", 1)
    assert decode(damaged).count("\ufffd") == 1
    assert "achève" in decode(damaged)


def test_binary_is_refused():
    data = bytes(range(256)) * 20
    assert looks_binary(data)
    with pytest.raises(ValueError, match="not text"):
        decode(data)
    assert not looks_binary(FRENCH.encode())


@pytest.mark.parametrize(
    ("broken", "sound"),
    [
        ("dÃ©jÃ\xa0 vu", "déjà vu"),
        ("Tom &amp; Jerry &#8217;", "Tom & Jerry ’"),
        ("a\u00a0:\u202fb", "a : b"),
        ("ﬁnance oﬃcielle", "finance officielle"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("nul\x00 et\x07 son", "nul et son"),
        ("\u202egnp.exe\u202c", "gnp.exe"),
        ("co\u00adopé\u200bration", "coopération"),
        ("e\u0301te\u0301", "été"),
    ],
)
def test_repairs(broken, sound):
    assert repair_text(broken) == sound


def test_what_is_sound_stays():
    for text in (FRENCH, "=cmd()|' /C calc'!A0", "👩\u200d🔬 نص ‌فارسی", "№ 5 — 10 % “ok”"):
        assert repair_text(text) == text


@given(st.text())
def test_repair_is_final_and_leaves_no_control_characters(text):
    once = repair_text(text)
    assert not any(ord(char) < 32 and char not in "\n\t" for char in once)
    assert not any(char in once for char in "\u202e\u2066\ufeff\x00")


@given(st.binary(max_size=300))
def test_decoding_gives_text_or_says_that_it_is_none(data):
    try:
        assert isinstance(decode(data), str)
    except ValueError:
        assert not data.startswith(codecs.BOM_UTF8)


def test_folding():
    assert fold("  L’ÉTÉ  ٣ à Lérac ") == "l'ete 3 a lerac"
    assert fold("المستشفى") == fold("المستشفي")
    assert fold("مُدَرِّس") == fold("مدرس")


@given(st.text(alphabet="ab\n", max_size=30))
def test_lines_are_handed_over_as_they_stand(text):
    assert list(each_line(text)) == text.splitlines(keepends=True)
