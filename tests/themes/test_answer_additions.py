"""Answers to the sample, whatever the labels file looked like before."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from press_themes.errors import InputError
from press_themes.themes.answer_additions import append_answers
from press_themes.themes.labels import read_labels

PASSAGES = pd.DataFrame({"passage_id": ["p1", "p2"], "text": ["a", "b"]})
ARTICLES = pd.DataFrame({"article_id": ["a1"]})
ANSWER = {
    "id": "p1", "themes": "one; two", "coder": "Zoé", "asked": "one; three; two", "stratum": "unsure",
    "probability": 0.25, "drawn_from": 2,
}  # fmt: skip
BEGINNINGS = {
    "none": None,
    "empty": b"",
    "own": b"id,theme,label\np2,one,yes\n",
    "without a last line end": b"id,theme,label\np2,one,yes",
    "semicolons": b"sep=;\nid;theme;label\np2;one;yes\n",
    "windows": "id;theme;label;note\r\np2;one;oui;été\r\n".encode("cp1252"),
    "utf-16": "\ufeffid\ttheme\tlabel\np2\tone\tyes\n".encode("utf-16-le"),
    "sheet": b"id,themes,coder,asked,stratum,probability,drawn_from\np2,one,Bo,one; two; three,borne,0.5,2\n",
}


@pytest.mark.parametrize("name", BEGINNINGS)
def test_an_answer_is_read_as_part_of_the_sample_and_the_rest_stays(
    tmp_path: Path, name: str
) -> None:
    path, before = tmp_path / "labels.csv", BEGINNINGS[name]
    if before is not None:
        path.write_bytes(before)
    assert append_answers(path, pd.DataFrame([ANSWER])) == 1
    read = read_labels(path, PASSAGES, ARTICLES, ["one", "two", "three"])
    assert read.problems == []
    own = read.sample[read.sample["passage_id"] == "p1"].set_index("theme")["value"].to_dict()
    assert own == {"one": 1.0, "two": 1.0, "three": 0.0}
    told = read.judgements[read.judgements["id"] == "p2"]
    assert len(told) == (0 if not before else 3 if name == "sheet" else 1)
    assert "Zoé" in set(read.judgements["coder"])


@pytest.mark.parametrize("content", [b"a,b\n1,2\n", b"\xff\xfe\x00"])
def test_a_file_that_is_no_table_of_judgements_is_left_alone(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "labels.csv"
    path.write_bytes(content)
    with pytest.raises(InputError):
        append_answers(path, pd.DataFrame([ANSWER]))
    assert path.read_bytes() == content
