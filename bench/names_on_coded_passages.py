"""Names of people and bodies on 90 of the passages coded by hand, read within their whole corpora.

What repeats tells names, so the passages are read with all articles they come from; only the coded
ones are scored. A mention counts as found if the same stretch is given; its kind is scored apart.

    python bench/names_on_coded_passages.py tune|sealed [--show]
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from typing import Any

import pandas as pd
from voices_on_coded_passages import read_coded, read_texts

from press_themes.voices.gathered_names import gather_names
from press_themes.voices.quotations import find_quotations


def read_corpus(coded: list[dict[str, Any]]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the paragraphs of all documents of the coded sources, and their articles."""
    languages = {(one["source"], one["document"]): one["language"] for one in coded}
    rows, articles = [], []
    for (source, document), text in sorted(read_texts().items()):
        if source == "ntrex_articles":
            language = document.rsplit(".", 1)[-1]
        elif (source, document) in languages:
            language = languages[source, document]
        elif source == "corpus":
            language = document.split(".")[-2]
        elif source in ("seeds", "10kgnad-test"):
            language = "fr" if source == "seeds" else "de"
        else:
            continue
        story = document.rsplit(".", 1)[0] if source == "ntrex_articles" else document
        story = document.split(".")[0] if source == "corpus" else story
        article = f"{source}/{document}"
        articles.append({"article_id": article, "story_id": f"{source}/{story}"})
        paragraphs = [p.strip() for p in re.split(r"\n\s*\n|\n", text) if p.strip()]
        rows += [
            {
                "passage_id": f"{article}/{n:04d}",
                "article_id": article,
                "position": n,
                "text": paragraph,
                "language": language,
            }
            for n, paragraph in enumerate(paragraphs)
        ]
    return pd.DataFrame(rows), pd.DataFrame(articles)


def score(half: str, show: bool) -> Counter[str]:
    """Count hits and errors on the passages of one half."""
    coded = read_coded(half)
    both = coded + read_coded("sealed" if half == "tune" else "tune")
    passages, articles = read_corpus(both)
    found = gather_names(passages, articles, find_quotations(passages))
    kinds = dict(zip(found.names["name_id"], found.names["kind"], strict=True))
    tally: Counter[str] = Counter()
    for one in coded:
        if one["names"] is None:
            continue
        passage = f"{one['source']}/{one['document']}/{one['paragraph']:04d}"
        rows = found.name_mentions[found.name_mentions["passage_id"] == passage]
        given = {
            (s, e): kinds[n]
            for s, e, n in zip(rows["start"], rows["end"], rows["name_id"], strict=True)
        }
        gold = {(s, e): kind for s, e, kind in one["names"]}
        _compare(one, gold, given, tally, show)
    return tally


def _compare(
    one: dict[str, Any],
    gold: dict[Any, str],
    given: dict[Any, str],
    tally: Counter[str],
    show: bool,
) -> None:
    text = one["text"]
    exact = set(gold) & set(given)
    touched = {g for g in gold for p in given if g[0] < p[1] and p[0] < g[1]}
    named = {p: kind for p, kind in given.items() if kind in ("person", "organisation")}
    people = {g for g, kind in gold.items() if kind == "person"}
    tally["coded"] += len(gold)
    tally["found exactly"] += len(exact)
    tally["found at all"] += len(touched)
    tally["people coded"] += len(people)
    tally["people found"] += len(people & set(given))
    tally["given as person or body"] += len(named)
    tally["of them right"] += sum(any(g[0] < p[1] and p[0] < g[1] for g in gold) for p in named)
    tally["kind told"] += sum(given[g] != "unknown" for g in exact)
    tally["kind right"] += sum(given[g] == gold[g] for g in exact)
    if show:
        for g in sorted(set(gold) - exact):
            print(
                one["language"],
                "MISSED",
                gold[g],
                text[slice(*g)],
                [text[slice(*p)] for p in given if g[0] < p[1] and p[0] < g[1]],
            )
        for p in sorted(named):
            if not any(g[0] < p[1] and p[0] < g[1] for g in gold):
                print(one["language"], "FALSE", named[p], text[slice(*p)])
        for g in sorted(exact):
            if given[g] != gold[g]:
                print(one["language"], "KIND", text[slice(*g)], given[g], "coded", gold[g])


if __name__ == "__main__":
    counted = score(sys.argv[1], "--show" in sys.argv)
    for key, number in counted.items():
        print(f"{key}: {number}")
