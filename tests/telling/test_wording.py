import math
import re
import string
from pathlib import Path

import pandas as pd
import pytest
import yaml

import press_themes.telling.wording as wording
from press_themes.errors import ConfigurationError
from press_themes.telling.wording import FILES, LANGUAGES, NARROW_SPACE, load_wording

HOME = Path(wording.__file__).parent
BY_FILE = {name: yaml.safe_load((HOME / name).read_text(encoding="utf-8")) for name in FILES}
PHRASES = {key: forms for phrases in BY_FILE.values() for key, forms in phrases.items()}


def test_no_phrase_stands_in_two_files():
    assert len(PHRASES) == sum(map(len, BY_FILE.values()))


def _forms(phrase):
    return phrase if isinstance(phrase, dict) else {"": phrase}


def _placeholders(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("key", PHRASES)
def test_every_phrase_is_in_every_language_with_the_same_placeholders(key):
    assert set(PHRASES[key]) == set(LANGUAGES)
    english, french = (_forms(PHRASES[key][language]) for language in ("en", "fr"))
    assert set(english) == set(french)
    for form, text in english.items():
        assert _placeholders(text) == _placeholders(french[form])
        assert text.strip()
        assert french[form].strip()


def test_every_key_used_in_the_code_exists():
    sources = [*HOME.rglob("*.py"), *HOME.rglob("*.j2")]
    used = {
        key
        for source in sources
        for key in re.findall(r'words\(\s*["\']([\w. ]+)["\']', source.read_text(encoding="utf-8"))
        if not key.endswith((".", "_"))
    }
    assert len(used) > 100
    assert used <= set(PHRASES)


def test_english_per_cent_signs_follow_their_number():
    phrases = load_wording("en").phrases.values()
    assert not [text for x in phrases for text in _forms(x).values() if re.search(r"\s%", text)]


def test_french_phrases_have_curled_apostrophes():
    phrases = load_wording("fr").phrases.values()
    assert not [text for phrase in phrases for text in _forms(phrase).values() if "'" in text]


def test_french_signs_stand_after_a_narrow_space():
    words = load_wording("fr")
    for phrase in words.phrases.values():
        for text in _forms(phrase).values():
            assert not re.search(r" [;:!?%»]|« ", text)
    assert words.percent(0.123) == f"12{NARROW_SPACE}%"
    assert words.quote("a") == f"«{NARROW_SPACE}a{NARROW_SPACE}»"
    assert words.typeset("Oui : 3 %") == f"Oui{NARROW_SPACE}: 3{NARROW_SPACE}%"
    assert words.typeset("l'essai d'un 'mot'") == "l’essai d’un 'mot'"
    assert load_wording("en").typeset("Yes : 3 %") == "Yes : 3 %"


@pytest.mark.parametrize(
    ("language", "n", "text"),
    [
        ("en", 0, "0 passages"),
        ("en", 1, "1 passage"),
        ("en", 2, "2 passages"),
        ("fr", 0, "0 passage"),
        ("fr", 1, "1 passage"),
        ("fr", 20_000, f"20{NARROW_SPACE}000 passages"),
        ("fr", 1_000_000, f"1{NARROW_SPACE}000{NARROW_SPACE}000 passages"),
    ],
)
def test_counts_agree_with_their_noun(language, n, text):
    assert load_wording(language)("noun.passage", n=n) == text


@pytest.mark.parametrize(
    ("share", "text"),
    [(0, "0"), (0.0412, "4.1"), (0.0996, "10"), (0.123, "12"), (1, "100"), (0.0004, "<0.1")],
)
def test_small_shares_have_a_decimal(share, text):
    assert load_wording("en").percent(share) == f"{text}%"


@pytest.mark.parametrize(
    ("difference", "text"), [(0.05, "+5"), (-0.012, "−1.2"), (0, "0"), (math.nan, "–")]
)
def test_differences_are_told_in_points_with_their_sign(difference, text):
    assert load_wording("en").points(difference) == text


def test_what_is_missing_is_said():
    words = load_wording("en")
    assert words.percent(math.nan) == "–"
    assert words.date(pd.NaT) == "undated"
    assert words.interval(math.nan, math.nan) == words("interval.none")
    assert words.pick({"de": "nur deutsch"}) == "nur deutsch"
    assert words.pick(None) == ""


@pytest.mark.parametrize(
    ("language", "step", "text"),
    [
        ("en", "day", "3 Feb 2026"),
        ("fr", "day", "3 févr. 2026"),
        ("en", "month", "Feb 2026"),
        ("fr", "year", "2026"),
    ],
)
def test_dates_are_written_as_the_language_does(language, step, text):
    assert load_wording(language).date(pd.Timestamp("2026-02-03"), step) == text


def test_another_language_is_refused():
    with pytest.raises(ConfigurationError, match="de"):
        load_wording("de")
