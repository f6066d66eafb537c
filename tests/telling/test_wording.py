import ast
import math
import re
import string
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest
from babel.messages.pofile import read_po

import press_themes
from press_themes.errors import ConfigurationError
from press_themes.telling.charts.chart_list import CHARTS, CHARTS_OF_CHANGES
from press_themes.telling.wording import (
    LANGUAGES,
    LOCALE,
    NARROW_SPACE,
    load_wording,
    say_in_all,
)

PACKAGE = Path(press_themes.__file__).parent
DOMAINS = ("press_themes", "desk")


def _path(language, domain):
    return LOCALE / language / "LC_MESSAGES" / f"{domain}.po"


def _read(language, domain):
    with _path(language, domain).open("rb") as file:
        return read_po(file, locale=language, domain=domain, abort_invalid=True)


def _key(message):
    return message.id[0] if isinstance(message.id, tuple) else message.id


def _forms(message):
    return message.string if isinstance(message.string, tuple) else (message.string,)


CATALOGUES = {(x, domain): _read(x, domain) for x in LANGUAGES for domain in DOMAINS}
PHRASES = {
    place: {_key(message): _forms(message) for message in catalogue if message.id}
    for place, catalogue in CATALOGUES.items()
}


def _placeholders(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("place", CATALOGUES, ids=".".join)
def test_a_catalogue_is_sound(place):
    catalogue = CATALOGUES[place]
    assert not [(message.id, errors) for message, errors in catalogue.check() if errors]
    assert not [message.id for message in catalogue if message.fuzzy and message.id]
    assert all(form.strip() for forms in PHRASES[place].values() for form in forms)
    assert catalogue.plural_expr == {"en": "(n != 1)", "fr": "(n > 1)"}[place[0]]


@pytest.mark.parametrize("place", CATALOGUES, ids=".".join)
def test_no_key_stands_twice(place):
    written = re.findall(r'(?m)^msgid "(.+)"$', _path(*place).read_text(encoding="utf-8"))
    assert [key for key, n in Counter(written).items() if n > 1] == []
    assert len(written) == len(PHRASES[place])


@pytest.mark.parametrize("domain", DOMAINS)
def test_every_phrase_is_in_every_language_with_the_same_placeholders(domain):
    english = PHRASES["en", domain]
    for language in LANGUAGES:
        other = PHRASES[language, domain]
        assert other.keys() == english.keys()
        for key, forms in english.items():
            both = zip(forms, other[key], strict=True)
            assert all(_placeholders(x) == _placeholders(y) for x, y in both), key


def test_a_phrase_of_the_desk_that_says_the_same_is_not_written_again():
    shared = PHRASES["en", "desk"].keys() & PHRASES["en", "press_themes"].keys()
    for key in shared:
        assert any(PHRASES[x, "desk"][key] != PHRASES[x, "press_themes"][key] for x in LANGUAGES)


def _list_asked():
    """List the keys that the code asks for, the patterns of keys made up of parts, and all texts."""
    keys, patterns, texts = set(), set(), set()
    for path in [p for p in PACKAGE.rglob("*.py") if not {"topics", "voices"} & set(p.parts)]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                texts.add(node.value)
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name not in ("words", "self", "say_in_all", "template"):
                continue
            branches = [node.args[0]]
            if isinstance(branches[0], ast.IfExp):
                branches = [branches[0].body, branches[0].orelse]
            for asked in branches:
                if isinstance(asked, ast.Constant):
                    keys.add(asked.value)
                elif isinstance(asked, ast.JoinedStr):
                    parts = (
                        re.escape(x.value) if isinstance(x, ast.Constant) else ".+"
                        for x in asked.values  # noqa: PD011
                    )
                    patterns.add("".join(parts))
    for path in PACKAGE.rglob("*.js"):
        script = path.read_text(encoding="utf-8")
        texts |= set(re.findall(r'"([\w.]+)"', script))
        keys |= set(re.findall(r'say\("([\w.]+)"[,)]', script))
        asked = re.findall(r"say\(`([^`]+)`", script)
        patterns |= {re.sub(r"\\\$\\\{\w+\\\}", ".+", re.escape(key)) for key in asked}
    for path in PACKAGE.rglob("*.j2"):
        template = path.read_text(encoding="utf-8")
        keys |= set(re.findall(r"""words(?:\.template)?\(["']([\w. ]+)["'][,)]""", template))
        patterns |= {
            re.escape(x) + ".+" for x in re.findall(r"""words\(["']([\w.]+)["'] ~""", template)
        }
    return keys, patterns, texts


def test_every_phrase_asked_for_exists_and_none_is_idle():
    keys, patterns, texts = _list_asked()
    known = {key for phrases in PHRASES.values() for key in phrases}
    assert len(keys) > 200
    assert sorted(keys - known) == []
    assert [x for x in patterns if not any(re.fullmatch(x, key) for key in known)] == []
    idle = known - keys - texts
    assert [key for key in sorted(idle) if not any(re.fullmatch(x, key) for x in patterns)] == []


@pytest.mark.parametrize("chart", [*CHARTS, *CHARTS_OF_CHANGES], ids=lambda chart: chart.name)
def test_every_chart_has_a_heading_and_a_text_alternative(chart):
    assert {f"figure.{chart.name}", f"{chart.name}.alt"} <= PHRASES["en", "press_themes"].keys()


def test_an_unknown_phrase_is_an_error_and_not_its_own_key():
    for domain in DOMAINS:
        with pytest.raises(KeyError):
            load_wording("fr", domain)("no.such.phrase")
        with pytest.raises(KeyError):
            load_wording("fr", domain)("no.such.phrase", n=2)


def test_no_phrase_differs_from_another_by_the_length_of_a_period_alone():
    steps = r"\b(days?|weeks?|months?|years?)\b"
    masked = Counter(
        re.sub(steps, "PERIOD", forms[-1])
        for key, forms in PHRASES["en", "press_themes"].items()
        if not key.startswith("period.")
    )
    assert [text for text, n in masked.items() if n > 1 and "PERIOD" in text] == []


def _list_terms():
    table = (LOCALE / "README.md").read_text(encoding="utf-8").split("## Terms")[1]
    rows = re.findall(r"(?m)^\| (.+?) \| (.+?) \| (.+?) \|$", table)[1:]
    return [word for *_, shunned in rows for word in shunned.split(", ")]


@pytest.mark.parametrize("word", _list_terms())
def test_a_word_that_the_list_of_terms_shuns_is_used_nowhere(word):
    english = "keep company", "the dates cut", "cut by the dates"
    for (language, _), phrases in PHRASES.items():
        if language == ("en" if word in english else "fr"):
            texts = [form for forms in phrases.values() for form in forms]
            assert not [x for x in texts if re.search(rf"\b{word}\b", x, re.IGNORECASE)]


def test_english_per_cent_signs_follow_their_number():
    texts = [x for y in PHRASES["en", "press_themes"].values() for x in y]
    assert not [text for text in texts if re.search(r"\d\s%", text)]


def test_french_signs_stand_after_a_narrow_space_and_apostrophes_are_curled():
    words = load_wording("fr")
    for key in PHRASES["fr", "press_themes"]:
        for n in (None, 1, 2):
            text = words.template(key, n) if n or words.knows(key) else ""
            assert not re.search(r" [;:!?%»]|« |\w'\w", text)
    assert words.percent(0.123) == f"12{NARROW_SPACE}%"
    assert words.quote("a") == f"«{NARROW_SPACE}a{NARROW_SPACE}»"
    assert words.typeset("Oui : 3 %") == f"Oui{NARROW_SPACE}: 3{NARROW_SPACE}%"
    assert words.typeset("l'essai d'un 'mot'") == "l’essai d’un 'mot'"
    assert load_wording("en").typeset("Yes : 3 %") == "Yes : 3 %"


def test_a_sentence_for_any_reader_is_said_in_every_language():
    said = say_in_all("warning.copies", 1)
    assert said["en"].startswith("1 article is an exact copy")
    assert said["fr"].startswith("1 article est la copie exacte")


@pytest.mark.parametrize(
    ("language", "n", "text"),
    [
        ("en", 0, "0 passages"),
        ("en", 1, "1 passage"),
        ("en", 2, "2 passages"),
        ("fr", 0, "0 passage"),
        ("fr", 1, "1 passage"),
        ("fr", 2, "2 passages"),
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
