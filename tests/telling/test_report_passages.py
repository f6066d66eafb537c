from tables_for_tests import Shape, build_tables

import press_themes.telling.excerpts as module
from press_themes.telling.report.examples import Bank
from press_themes.telling.report.passage_list import list_passages
from press_themes.telling.wording import load_wording

WORDS = load_wording("en")


def _list(tables, quote_characters=200):
    return list_passages(tables, Bank(tables, quote_characters, WORDS), WORDS)


def _flat(listed):
    return {
        passage["id"]: passage for article in listed.articles for passage in article["passages"]
    }


def test_every_passage_is_listed_once_under_its_article_and_in_order():
    tables = build_tables(Shape(90, 20, dates=("2026-02-03", "2026-02-01", None)))
    listed = _list(tables)
    owners = tables.passages.set_index("passage_id")["article_id"]
    assert set(_flat(listed)) == set(owners.index)
    assert listed.n_passages == 90
    for article in listed.articles:
        assert {owners[passage["id"]] for passage in article["passages"]} == {article["id"]}
        positions = [passage["position"] for passage in article["passages"]]
        assert positions == list(range(1, len(positions) + 1))
    days = [article["day"] for article in listed.articles]
    assert days == sorted(days, key=lambda day: day or "9")


def test_no_passage_is_quoted_beyond_the_limit():
    tables = build_tables(Shape(90, 20))
    listed = _list(tables, 100)
    texts = {passage["id"]: passage["text"] for passage in _flat(listed).values()}
    assert max(map(len, texts.values())) <= 101
    for row in tables.passages.itertuples():
        assert row.text.startswith(texts[row.passage_id].removesuffix("…"))


def test_a_corpus_too_large_is_listed_in_part(monkeypatch):
    monkeypatch.setattr(module, "MOST_PASSAGES", 30)
    tables = build_tables(Shape(90, 20))
    listed = _list(tables)
    assert listed.n_passages == 30
    assert set(_flat(listed)) == set(sorted(tables.passages["passage_id"])[:30])


def test_themes_are_those_assigned_strongest_first():
    tables = build_tables(Shape(90, 20))
    passages = _flat(_list(tables))
    labels = dict(zip(tables.themes["theme"], tables.themes["label"], strict=True))
    assigned = tables.theme_scores[tables.theme_scores["assigned"]]
    for passage_id, own in assigned.groupby("passage_id"):
        ordered = own.sort_values("score", ascending=False)
        told = passages[passage_id]["themes"]
        places = [told.index(labels[theme]) for theme in ordered["theme"]]
        assert places == sorted(places)
    bare = set(passages) - set(assigned["passage_id"])
    assert bare
    assert {passages[x]["themes"] for x in bare} == {""}
