from __future__ import annotations

import pandas as pd
from stand_ins import SUBJECTS, WordEncoder, make_passages, make_subject_texts
from test_assignment import make_codebook

from press_themes.themes.assignment import assign_themes
from press_themes.themes.codebook import Codebook
from press_themes.themes.codebook_health import COLUMNS, check_codebook
from press_themes.themes.codebook_vectors import embed_codebook


def _check(codebook: Codebook, texts: list[str]) -> pd.DataFrame:
    encoder = WordEncoder()
    passages, vectors = make_passages(texts), encoder.encode(texts)
    book = embed_codebook(codebook, encoder)
    return check_codebook(book, passages, vectors, assign_themes(passages, vectors, book))


def test_an_example_under_the_wrong_theme_is_named_with_the_theme_it_lies_nearer() -> None:
    texts, _ = make_subject_texts(60)
    codebook = make_codebook(list(SUBJECTS))
    stray = " ".join(SUBJECTS["loom"].split()[1:5])
    extra = pd.DataFrame([("sea", "example", "en", stray)], columns=codebook.texts.columns)
    mended = codebook._replace(texts=pd.concat([codebook.texts, extra], ignore_index=True))
    found = _check(mended, texts)
    astray = found[found["problem"] == "example_elsewhere"]
    assert ("sea", f"loom: {stray}") in set(zip(astray["theme"], astray["detail"], strict=True))
    plain = _check(codebook, texts)
    assert stray not in " ".join(plain["detail"])


def test_a_theme_that_is_only_defined_is_named() -> None:
    texts, _ = make_subject_texts(30)
    codebook = make_codebook(list(SUBJECTS))
    bare = codebook.texts["theme"].eq("sea") & codebook.texts["kind"].eq("example")
    found = _check(codebook._replace(texts=codebook.texts[~bare].reset_index(drop=True)), texts)
    assert found.loc[found["problem"] == "few_examples", "theme"].tolist() == ["sea"]


def test_a_theme_that_no_passage_bears_is_named() -> None:
    texts, subjects = make_subject_texts(60)
    kept = [text for text, subject in zip(texts, subjects, strict=True) if subject != "sea"]
    found = _check(make_codebook(list(SUBJECTS)), kept)
    assert "sea" in found.loc[found["problem"] == "bears_nothing", "theme"].tolist()


def test_no_codebook_has_no_problems() -> None:
    found = _check(make_codebook([]), ["anchor"])
    assert found.empty
    assert list(found.columns) == COLUMNS
