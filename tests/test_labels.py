from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from press_themes.themes.labels import Labels, append_labels, read_labels

PASSAGES = pd.DataFrame({"passage_id": ["p1", "p2", "p3"]})
ARTICLES = pd.DataFrame({"article_id": ["a1", "a2"]})
THEMES = ["sea", "loom"]


def _read(path: Path, content: str | bytes) -> Labels:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_labels(path, PASSAGES, ARTICLES, THEMES)


def _told(labels: Labels) -> list[tuple[str, str, bool]]:
    return list(labels.answers[["id", "theme", "label"]].itertuples(index=False, name=None))


@pytest.mark.parametrize(
    "content",
    [
        "id,theme,label\np1,sea,yes\na1,loom,no\n",
        "ID;Theme;Label\np1;sea;Oui\na1;loom;NON\n",
        "passage_id\ttheme\tanswer\np1\tsea\t1\na1\tloom\t0\n",
        '\ufeffid,theme,label,note\r\np1,sea,true,"of, course"\r\na1,loom,false\r\n',
        "id,theme,label,text\np1,sea,x,naïve\na1,loom,non,\n".encode("cp1252"),
        "id,theme,label\np1,sea,yes\na1,loom,no\np2,sea,\n,,\n",
    ],
)
def test_files_as_people_and_spreadsheets_write_them(tmp_path: Path, content: str | bytes) -> None:
    labels = _read(tmp_path / "labels.csv", content)
    assert _told(labels) == [("a1", "loom", False), ("p1", "sea", True)]
    assert labels.answers["kind"].tolist() == ["article", "passage"]
    assert labels.problems == []


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("p9,sea,yes", "neither a passage nor an article"),
        ("p1,see,yes", "nearest: “sea”"),
        ("p1,sea,perhaps", "neither yes nor no"),
    ],
)
def test_a_bad_row_costs_one_sentence_with_its_line(tmp_path: Path, row: str, words: str) -> None:
    labels = _read(tmp_path / "labels.csv", f"id,theme,label\np2,loom,no\n{row}\n")
    assert _told(labels) == [("p2", "loom", False)]
    (problem,) = labels.problems
    assert problem["en"].startswith("labels.csv, line 3: ")
    assert words in problem["en"]
    assert problem["fr"].startswith("labels.csv, ligne 3 : ")


def test_of_two_judgements_the_later_stands_and_the_change_is_said(tmp_path: Path) -> None:
    labels = _read(tmp_path / "labels.csv", "id,theme,label\np1,sea,yes\np1,sea,no\n")
    assert _told(labels) == [("p1", "sea", False)]
    assert "judged otherwise" in labels.problems[0]["en"]


def test_many_bad_rows_are_told_in_a_few_sentences_and_none_is_lost(tmp_path: Path) -> None:
    rows = "".join(f"x{i},sea,yes\n" for i in range(40))
    problems = _read(tmp_path / "labels.csv", "id,theme,label\n" + rows).problems
    assert len(problems) == 21
    assert problems[-1]["en"].startswith("labels.csv: 20 more rows")
    assert problems[-1]["en"].endswith("40, 41.")


@pytest.mark.parametrize("content", ["", "a,b\n1,2\n", b"\xff\xfe\x00\x01", "id,theme\np1,sea\n"])
def test_a_file_that_is_no_such_table_is_one_sentence(tmp_path: Path, content: str | bytes) -> None:
    labels = _read(tmp_path / "labels.csv", content)
    assert labels.answers.empty
    assert len(labels.problems) == 1


@settings(max_examples=60, deadline=None)
@given(content=st.binary(max_size=300))
def test_no_file_whatever_stops_a_run(tmp_path_factory: pytest.TempPathFactory, content) -> None:
    path = tmp_path_factory.mktemp("labels") / "labels.csv"
    labels = _read(path, b"id,theme,label\n" + content)
    assert set(labels.answers["id"]) <= {"p1", "p2", "p3", "a1", "a2"}


def test_no_file_gives_no_judgement(tmp_path: Path) -> None:
    for path in (None, tmp_path / "labels.csv"):
        assert read_labels(path, PASSAGES, ARTICLES, THEMES).answers.empty


@pytest.mark.parametrize(
    "before",
    [
        "",
        "id,theme,label\np2,loom,no\n",
        "id;theme;label;text\np2;loom;no;naïve",
        "label,stands_for,theme,id\nno,3,loom,p2\n",
    ],
)
def test_what_is_appended_is_read_back_and_what_was_there_stays(
    tmp_path: Path, before: str
) -> None:
    path = tmp_path / "labels.csv"
    if before:
        path.write_text(before, encoding="utf-8")
    judged = pd.DataFrame({"passage_id": ["p1", "a1"], "theme": "sea", "label": [True, False]})
    assert append_labels(path, judged) == 2
    assert path.read_text("utf-8").startswith(before)
    told = set(_told(read_labels(path, PASSAGES, ARTICLES, THEMES)))
    assert told == {("p1", "sea", True), ("a1", "sea", False)} | (
        {("p2", "loom", False)} if before else set()
    )
    assert [p.name for p in tmp_path.iterdir()] == ["labels.csv"]


def test_what_is_no_judgement_is_not_appended(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="neither yes nor no"):
        append_labels(
            tmp_path / "l.csv",
            pd.DataFrame([("p1", "sea", "maybe")], columns=["id", "theme", "label"]),
        )
    with pytest.raises(ValueError, match="theme is missing"):
        append_labels(tmp_path / "l.csv", pd.DataFrame({"id": ["p1"], "label": ["yes"]}))
    assert not list(tmp_path.iterdir())
