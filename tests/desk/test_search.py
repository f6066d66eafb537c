"""One search: the same answers in Python and in the desk, in every script."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from browser import open_page
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

from press_themes.desk.search import COMPONENT, fold, read_rules, search_words, split_query

VECTORS = json.loads((ROOT / "tests/data/search_vectors.json").read_text("utf-8"))
TEXTS = VECTORS["texts"]
NAMES = list(TEXTS)


@pytest.mark.parametrize(("query", "wanted"), VECTORS["queries"], ids=lambda x: repr(x)[:40])
def test_a_query_finds_the_texts_that_hold_all_of_it(query: str, wanted: list[str] | None) -> None:
    found = search_words(list(TEXTS.values()), query)
    names = [name for name, held in zip(NAMES, found, strict=True) if held]
    assert names == (NAMES if wanted is None else [name for name in NAMES if name in wanted])


def test_no_text_and_texts_with_the_letter_that_parts_them() -> None:
    assert search_words([], "word").tolist() == []
    assert search_words(["a\0b word", "", "b"], "b").tolist() == [True, False, True]


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=40))
def test_folding_twice_is_folding_once_and_no_query_fails(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    search_words([text, "other"], text)
    assert all(term.text for term in split_query(text))


def _write_page(folder: Path) -> Path:
    code = (COMPONENT / "search.js").read_text("utf-8")
    page = folder / "search.html"
    rules = json.dumps(read_rules()).replace("</", "<\\/")
    page.write_text(
        f'<!doctype html><meta charset="utf-8"><script>{code}\n'
        f"window.search = makeSearch({rules});</script>",
        encoding="utf-8",
    )
    return page


@pytest.mark.slow
def test_the_desk_gives_the_answers_of_python_and_marks_what_it_found(tmp_path: Path) -> None:
    odd = [
        "a\u0301b ",
        "\u1112\u1161\u11ab",
        "ǆ Ⅷ ½ ﷺ",
        "ſtone",
        "x\n\n  y",
        "👍🏽 𠀀中",
        "ﾊﾞ",
        "ẛ̣",
        "a'b",
        "ΑΣ ΑΣΑ",
    ]
    texts = [*TEXTS.values(), *odd]
    queries = [query for query, _ in VECTORS["queries"]] + odd + ["x y", '"x y"', "中", "stone"]
    with open_page(_write_page(tmp_path)) as opened:
        found = opened.page.evaluate(
            "([texts, queries]) => { const ready = search.prepare(texts);"
            " return queries.map((query) => Array.from(search.find(ready, query))); }",
            [texts, queries],
        )
        folded = opened.page.evaluate("(texts) => texts.map(search.fold)", texts)
        marked = opened.page.evaluate(
            "(asked) => asked.map(([text, query]) =>"
            " search.mark(text, query).map(([a, b]) => text.slice(a, b)))",
            [[TEXTS[name], query] for name, query, _ in VECTORS["marks"]],
        )
        assert opened.messages == []
    assert folded == [fold(text) for text in texts]
    for query, answers in zip(queries, found, strict=True):
        assert [bool(x) for x in answers] == search_words(texts, query).tolist(), query
    assert marked == [wanted for _, _, wanted in VECTORS["marks"]]
