from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from press_themes.errors import InputError
from press_themes.themes.label_additions import append_labels
from press_themes.themes.labels import Labels, read_labels

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


def test_a_pair_of_the_sheet_stands_for_the_same_whoever_answers_it_again(tmp_path: Path) -> None:
    path = tmp_path / "labels.csv"
    path.write_text("id,theme,label,stands_for\np1,sea,yes,20\n")
    for label in (True, False):
        append_labels(path, pd.DataFrame({"id": ["p1"], "theme": ["sea"], "label": [label]}))
        answers = read_labels(path, PASSAGES, ARTICLES, THEMES).answers
        assert answers["label"].tolist() == [label]
        assert answers["stands_for"].tolist() == [20]


def test_of_two_judgements_on_copies_the_later_stands_too(tmp_path: Path) -> None:
    path = tmp_path / "labels.csv"
    copies = PASSAGES.assign(text=["one", "two", "one"])
    path.write_text("id,theme,label,stands_for\np3,sea,no,7\np1,sea,yes,\n")
    labels = read_labels(path, copies, ARTICLES, THEMES)
    assert _told(labels) == [("p1", "sea", True)]
    assert labels.answers["stands_for"].tolist() == [7]
    assert "line 3" in labels.problems[0]["en"]
    path.write_text("id,theme,label,stands_for\np3,sea,yes,\np1,sea,yes,7\n")
    labels = read_labels(path, copies, ARTICLES, THEMES)
    assert labels.answers["stands_for"].tolist() == [7]
    assert labels.sample["passage_id"].tolist() == ["p1", "p3"]
    assert labels.sample["stands_for"].tolist() == [7, 7]
    assert not labels.problems


@pytest.mark.parametrize("header", ["passage_id,article_id", "article_id,passage_id"])
def test_where_both_are_named_the_judgement_is_of_the_passage(tmp_path: Path, header: str) -> None:
    path = tmp_path / "labels.csv"
    cells = {"passage_id": "p1", "article_id": "a1"}
    first = ",".join(cells[name] for name in header.split(","))
    cells["article_id"] = ""
    second = ",".join(cells[name] for name in header.split(",")).replace("p1", "p2")
    rows = f"{header},theme,label\n{first},sea,yes\n{second},sea,no\n"
    labels = _read(path, rows)
    assert _told(labels) == [("p1", "sea", True), ("p2", "sea", False)]
    append_labels(path, pd.DataFrame({"id": ["p3"], "theme": ["sea"], "label": [True]}))
    answers = read_labels(path, PASSAGES, ARTICLES, THEMES).answers
    assert answers["id"].tolist() == ["p1", "p2", "p3"]


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


@pytest.mark.parametrize(
    ("before", "cause"),
    [
        ("passage;theme;answer\n", "no column id"),
        ("passage;thème;réponse\n", "no column id"),
        ("id,theme,label,note\np1,sea,yes,naïve\n".encode("cp1252"), "without the character “健”"),
    ],
)
def test_a_file_that_cannot_hold_a_judgement_is_left_as_it_is(
    tmp_path: Path, before: str | bytes, cause: str
) -> None:
    path = tmp_path / "labels.csv"
    path.write_bytes(before.encode() if isinstance(before, str) else before)
    content = path.read_bytes()
    judged = pd.DataFrame({"id": ["p1"], "theme": ["健康"], "label": [True]})
    with pytest.raises(InputError, match=rf"labels\.csv: .*{cause}.*UTF-8\.$"):
        append_labels(path, judged)
    assert path.read_bytes() == content
    assert [p.name for p in tmp_path.iterdir()] == ["labels.csv"]


@pytest.mark.parametrize(
    "content",
    [
        "sep=;\nid;theme;label\np1;sea;yes\na1;loom;no\n".encode("utf-16"),
        "id\ttheme\tlabel\r\np1\tsea\tyes\r\na1\tloom\tno\r\n".encode("utf-16"),
        "id;theme;label\np1;sea;yes\na1;loom;no\n".encode("utf-16-be"),
        "sep=;\r\nid;theme;label\r\np1;sea;oui\r\na1;loom;non\r\n",
        '"sep=,"\nid,theme,label\np1,sea,x\na1,loom,n\n',
    ],
)
def test_files_from_spreadsheets_are_read_whatever_separates_and_encodes_them(
    tmp_path: Path, content: str | bytes
) -> None:
    labels = _read(tmp_path / "labels.csv", content)
    assert _told(labels) == [("a1", "loom", False), ("p1", "sea", True)]
    assert labels.problems == []


def test_lines_are_counted_from_the_one_that_names_the_separator(tmp_path: Path) -> None:
    labels = _read(tmp_path / "labels.csv", "sep=;\nid;theme;label\np9;sea;yes\n")
    assert labels.problems[0]["en"].startswith("labels.csv, line 3: ")


def test_a_quotation_mark_that_is_never_closed_is_told(tmp_path: Path) -> None:
    labels = _read(tmp_path / "labels.csv", 'id,theme,label\n"p1,sea,yes\na1,loom,no\n')
    assert labels.answers.empty
    assert len(labels.problems) == 1


def test_a_list_of_themes_says_yes_to_them_and_no_to_the_others_asked(tmp_path: Path) -> None:
    rows = "id,themes,asked\np1,sea,sea; loom\np2,none,loom\np3,,sea\na1,loom; sea,\n"
    assert _told(_read(tmp_path / "labels.csv", rows)) == [
        ("a1", "loom", True),
        ("a1", "sea", True),
        ("p1", "loom", False),
        ("p1", "sea", True),
        ("p2", "loom", False),
    ]


def test_a_slip_in_a_list_costs_its_row(tmp_path: Path) -> None:
    labels = _read(tmp_path / "labels.csv", "id,themes\np1,sea; lom\np2,sea\n")
    assert {row[0] for row in _told(labels)} == {"p2"}
    assert "nearest: “loom”" in labels.problems[0]["en"]


def test_every_coder_is_kept_the_majority_decides_and_an_adjudicated_answer_first(
    tmp_path: Path,
) -> None:
    rows = "id,theme,label,coder,adjudicated\n"
    rows += "p1,sea,yes,Ada,\np1,sea,no,Bo,\np1,sea,no,Cy,\n"
    rows += "p2,sea,yes,Ada,\np2,sea,no,Bo,\np2,sea,yes,Dee,yes\n"
    rows += "p3,sea,yes,Ada,\np3,sea,no,Bo,\n"
    labels = _read(tmp_path / "labels.csv", rows)
    assert _told(labels) == [("p1", "sea", False), ("p2", "sea", True)]
    assert len(labels.judgements) == 8
    assert labels.judgements["adjudicated"].sum() == 1
    assert labels.problems == []


def test_a_judgement_without_a_draw_is_a_correction_and_no_sample(tmp_path: Path) -> None:
    rows = "id,theme,label,stratum,probability,drawn_from\n"
    rows += 'p1,sea,yes,borne,"0,5",2\np2,sea,no,,,\n'
    labels = _read(tmp_path / "labels.csv", rows)
    assert labels.answers["basis"].tolist() == ["sample", "correction"]
    (row,) = labels.sample.to_dict("records")
    assert (row["passage_id"], row["value"], row["stands_for"]) == ("p1", 1.0, 2.0)
    again = _read(tmp_path / "labels.csv", rows + "p1,sea,no,,,\n")
    assert again.sample["value"].tolist() == [0.0]


def test_coders_evenly_divided_decide_nothing_but_count_by_half(tmp_path: Path) -> None:
    rows = "id,theme,label,coder,probability,drawn_from\np1,sea,yes,Ada,1,1\np1,sea,no,Bo,1,1\n"
    labels = _read(tmp_path / "labels.csv", rows)
    assert labels.answers.empty
    assert labels.sample["value"].tolist() == [0.5]


def test_a_correction_is_added_to_a_filled_in_sheet_and_to_utf_16(tmp_path: Path) -> None:
    path = tmp_path / "labels.csv"
    judged = pd.DataFrame({"id": ["p1", "p2"], "theme": "sea", "label": [True, False]})
    for content in ("id,themes,asked\np3,loom,loom\n", "id;theme;label\np3;loom;yes\n"):
        path.write_bytes(content.encode("utf-16"))
        append_labels(path, judged)
        told = _told(read_labels(path, PASSAGES, ARTICLES, THEMES))
        assert told == [("p1", "sea", True), ("p2", "sea", False), ("p3", "loom", True)]
