from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from stand_ins import SUBJECTS, WordEncoder, make_passages, make_subject_texts
from test_assignment import make_codebook

from press_themes.themes.assignment import assign_themes, check_answers
from press_themes.themes.calibration import (
    Evidence,
    Judged,
    _speaks,
    calibrate_room,
    cross_validate,
    pair_answers,
)
from press_themes.themes.codebook_vectors import embed_codebook
from press_themes.themes.labels import name_stories

ENCODER = WordEncoder()
BOOK = embed_codebook(make_codebook(list(SUBJECTS)), ENCODER)
TEXTS, TRUE = make_subject_texts(60)
PASSAGES = make_passages(TEXTS)
VECTORS = ENCODER.encode(TEXTS)
ARTICLES = pd.DataFrame({"article_id": PASSAGES["article_id"], "family_id": PASSAGES["article_id"]})


def _answers(rows: list[tuple[str, str, bool]], kind: str = "passage") -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["id", "theme", "label"])
    return frame.assign(kind=kind, stands_for=np.nan)


def _about(numbers: range, says) -> pd.DataFrame:
    """Answer for every theme of the passages with these numbers."""
    ids = PASSAGES["passage_id"]
    return _answers([(ids[i], t, says(TRUE[i], t)) for i in numbers for t in SUBJECTS])


def test_without_judgements_nothing_moves() -> None:
    plain = assign_themes(PASSAGES, VECTORS, BOOK)
    again = assign_themes(PASSAGES, VECTORS, BOOK, answers=_answers([]))
    pd.testing.assert_frame_equal(plain, again)
    assert plain["probability"].isna().all()


def test_judgements_against_the_codebook_are_learnt_for_passages_not_judged() -> None:
    # The analyst says that what the codebook calls sea is loom, and the other way round.
    swap = {"sea": "loom", "loom": "sea", "field": "field"}
    answers = _about(range(45), lambda true, theme: swap[true] == theme).assign(stands_for=1.0)
    told = assign_themes(PASSAGES, VECTORS, BOOK, answers=answers)
    wide = told.pivot(index="passage_id", columns="theme", values="score")
    strongest = wide.loc[PASSAGES["passage_id"][45:]].idxmax(axis=1).to_numpy()
    wanted = np.array([swap[true] for true in TRUE[45:]])
    assert (strongest == wanted).mean() > 0.9
    assert told["probability"].between(0, 1).all()
    assert ((told["probability"] > 0.5) == (told["room"] > 0)).all()


def test_one_judgement_moves_little() -> None:
    answers = _answers([(PASSAGES["passage_id"][0], "loom", True)])
    plain = assign_themes(PASSAGES, VECTORS, BOOK)
    told = assign_themes(PASSAGES, VECTORS, BOOK, answers=answers)
    other = plain["passage_id"] != PASSAGES["passage_id"][0]
    assert (plain["assigned"] == told["assigned"])[other].mean() > 0.9


def test_the_analysts_word_wins_for_every_copy_and_is_marked() -> None:
    passages = make_passages([*TEXTS[:9], TEXTS[0]])
    vectors = ENCODER.encode(passages["text"].tolist())
    true, name = TRUE[0], passages["passage_id"]
    answers = _answers([(name[0], true, False), (name[1], true, True)])
    told = assign_themes(passages, vectors, BOOK, answers=answers).set_index(
        ["passage_id", "theme"]
    )
    for copy in (name[0], name[9]):
        assert told.loc[(copy, true), ["assigned", "judged"]].tolist() == [False, "no"]
    assert told.loc[(name[1], true), ["assigned", "judged"]].tolist() == [True, "yes"]
    assert (told["judged"] != "").sum() == 3


def test_an_answer_about_an_article_speaks_of_its_passages() -> None:
    passages = PASSAGES.iloc[:6].assign(article_id=["a"] * 3 + ["b"] * 3)
    answers = _answers([("a", "sea", True), ("b", "sea", False)], "article")
    told = assign_themes(passages, VECTORS[:6], BOOK, answers=answers)
    sea = told[told["theme"] == "sea"].reset_index(drop=True)
    assert sea["judged"][:3].tolist().count("yes") == 1
    assert (sea["judged"][3:] == "no").all()
    own = pd.concat([answers, _answers([(passages["passage_id"][4], "sea", True)])])
    told = assign_themes(passages, VECTORS[:6], BOOK, answers=own.reset_index(drop=True))
    sea = told[told["theme"] == "sea"].reset_index(drop=True)
    assert sea["judged"][3:].tolist() == ["no", "yes", "no"]


def test_checking_never_uses_the_judgements_of_the_same_story() -> None:
    # One subject a story: contrary answers about one story can then not be foreseen by the others.
    articles = ARTICLES.assign(family_id=TRUE)
    honest = _about(range(30), lambda true, theme: true == theme)
    checked = check_answers(
        PASSAGES, VECTORS, BOOK, answers=name_stories(honest, PASSAGES, articles)
    )
    assert (checked["predicted"] == checked["label"]).mean() > 0.9
    odd = honest["id"].isin(PASSAGES["passage_id"][[i for i in range(30) if TRUE[i] == "sea"]])
    contrary = honest.assign(label=honest["label"] ^ odd)
    checked_contrary = check_answers(
        PASSAGES, VECTORS, BOOK, answers=name_stories(contrary, PASSAGES, articles)
    )
    mine = checked_contrary["story"] == "sea"
    assert (checked_contrary["predicted"] == checked_contrary["label"])[mine].mean() < 0.5


def test_an_article_is_found_when_any_of_its_passages_is() -> None:
    # Before any judgement the second passage of each article lies nearest, afterwards the first.
    passages = pd.DataFrame({"article_id": np.repeat(["a", "b", "c", "d"], 2)})
    scores = np.tile([[0.02], [0.04]], (4, 1))
    centred = np.tile(np.eye(2), (4, 1)).astype(np.float32)
    evidence = Evidence(scores, scores - 0.01, centred)
    answers = pd.DataFrame(
        {
            "id": list("abcd"),
            "kind": "article",
            "theme": "sea",
            "label": True,
            "story": list("abcd"),
            "stands_for": np.nan,
        }
    )
    texts = passages.assign(passage_id=list("12345678"), text=list("12345678"))
    judged = pair_answers(answers, texts, ["sea"], evidence.room)
    assert judged.row.tolist() == [1, 3, 5, 7]
    turned = judged._replace(label=~judged.label)
    checked = cross_validate(evidence, turned, answers, passages)
    room, _ = calibrate_room(evidence, turned.take(turned.row != 1))
    assert room[1, 0] < room[0, 0]
    assert checked["probability"][0] == pytest.approx(1 / (1 + np.exp(-10 * room[0, 0])))


@pytest.mark.parametrize("n_stories", [0, 1])
def test_one_story_cannot_be_checked(n_stories: int) -> None:
    answers = _about(range(n_stories), lambda true, theme: true == theme)
    checked = check_answers(
        PASSAGES, VECTORS, BOOK, answers=name_stories(answers, PASSAGES, ARTICLES)
    )
    assert checked.empty
    assert "predicted" in checked.columns


def test_equal_answers_in_another_order_give_equal_scores() -> None:
    answers = _about(range(12), lambda true, theme: true == theme)
    first = assign_themes(PASSAGES, VECTORS, BOOK, answers=answers)
    again = assign_themes(PASSAGES, VECTORS, BOOK, answers=answers.copy())
    pd.testing.assert_frame_equal(first, again)


def test_a_correction_teaches_its_own_theme_close_by_and_nothing_else() -> None:
    plain = assign_themes(PASSAGES, VECTORS, BOOK)
    wide = plain.pivot(index="passage_id", columns="theme", values="assigned")
    wrong = wide.index[wide["sea"]][0]
    told = assign_themes(PASSAGES, VECTORS, BOOK, answers=_answers([(wrong, "sea", False)]))
    others = plain["theme"] != "sea"
    np.testing.assert_array_equal(told.loc[others, "room"], plain.loc[others, "room"])
    cosine = VECTORS @ VECTORS[PASSAGES["passage_id"].tolist().index(wrong)]
    moved = (told["room"] - plain["room"])[~others].to_numpy()
    assert (moved <= 1e-6).all()
    assert moved.argmin() == cosine.argmax()


def test_a_correction_that_repeats_the_reading_moves_nothing() -> None:
    plain = assign_themes(PASSAGES, VECTORS, BOOK)
    agreed = [(row.passage_id, row.theme, row.assigned) for row in plain.head(60).itertuples()]
    told = assign_themes(PASSAGES, VECTORS, BOOK, answers=_answers(agreed))
    np.testing.assert_array_equal(told["room"], plain["room"])


def test_a_theme_with_few_yes_keeps_its_line() -> None:
    scores = np.linspace(-0.2, 0.2, 40, dtype=np.float32)[:, None] * np.ones((1, 2), np.float32)
    evidence = Evidence(scores, scores, np.zeros((40, 2), np.float32))
    rows = np.repeat(np.arange(40), 2)
    columns = np.tile([0, 1], 40)
    # The first theme begins higher than it is read; of the second the sample has one yes.
    labels = np.where(columns == 0, scores[rows, 0] > 0.1, rows == 39)
    ones = np.ones(80)
    judged = Judged(rows, columns, labels, ones, np.arange(80), ones.astype(bool))
    moved = calibrate_room(evidence, judged)[0] - scores
    # What moves the second is the line of all themes alone.
    assert np.ptp(moved[:, 1]) < np.ptp(scores)
    assert not _speaks(judged, 2)[1]
    assert _speaks(judged, 2)[0]


def test_a_sample_draws_the_line_where_as_many_are_given_as_are_likely() -> None:
    scores = np.linspace(-0.4, 0.1, 200, dtype=np.float32)[:, None]
    evidence = Evidence(scores, scores, np.zeros((200, 2), np.float32))
    rows = np.arange(0, 200, 2)
    labels = np.random.default_rng(3).random(100) < 1 / (1 + np.exp(-10 * scores[rows, 0]))
    ones = np.ones(100)
    judged = Judged(rows, np.zeros(100, int), labels, ones, rows, ones.astype(bool))
    room, line = calibrate_room(evidence, judged)
    expected = (1 / (1 + np.exp(-10 * room))).sum()
    assert (room > line).sum() == round(float(expected)) or (line == 0.0 and room is scores)
    corrected = judged._replace(sampled=~judged.sampled)
    assert calibrate_room(evidence, corrected)[1] == 0.0
