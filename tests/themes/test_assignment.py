from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import roc_auc_score
from stand_ins import SUBJECTS, WordEncoder, make_passages, make_subject_texts

from press_themes.themes.assignment import assign_themes
from press_themes.themes.codebook import Codebook
from press_themes.themes.codebook_vectors import embed_codebook, read_background, read_pages
from press_themes.themes.reading_in_context import ThemeSettings, Titles
from press_themes.vectors.encoders import load_encoder


def make_codebook(subjects: list[str]) -> Codebook:
    rows = []
    for subject in subjects:
        words = SUBJECTS[subject].split()
        rows.append((subject, "definition", "en", " ".join(words)))
        rows.extend((subject, "example", "en", " ".join(words[i : i + 4])) for i in (0, 2, 4))
    themes = pd.DataFrame(
        {
            "theme": subjects,
            "labels": [{"en": s.title()} for s in subjects],
            "color": "#004DE1",
        }
    )
    return Codebook(themes, pd.DataFrame(rows, columns=["theme", "kind", "language", "text"]))


def _assign(texts: list[str], codebook: Codebook, **settings: float) -> pd.DataFrame:
    encoder = WordEncoder()
    passages = make_passages(texts)
    book = embed_codebook(codebook, encoder)
    return assign_themes(passages, encoder.encode(texts), book, ThemeSettings(**settings))


def test_a_passage_bears_the_theme_whose_words_it_uses() -> None:
    texts, subjects = make_subject_texts(45)
    scores = _assign(texts, make_codebook(list(SUBJECTS)))
    best = scores.loc[scores.groupby("passage_id", sort=False)["score"].idxmax()]
    assert (best["theme"].to_numpy() == np.array(subjects)).mean() > 0.95
    assert best["assigned"].mean() > 0.9


def test_an_ordinary_newspaper_sentence_bears_no_theme() -> None:
    scores = _assign(list(read_background()["en"]), make_codebook(list(SUBJECTS)))
    assert not scores["assigned"].any()


def test_passages_of_a_theme_score_above_those_of_subjects_that_are_none() -> None:
    texts, subjects = make_subject_texts(45)
    scores = _assign(texts, make_codebook(["sea"]))["score"].to_numpy()
    is_sea = np.array(subjects) == "sea"
    assert roc_auc_score(is_sea, scores) > 0.98


def test_a_passage_between_two_themes_bears_both() -> None:
    texts, _ = make_subject_texts(60)
    scores = _assign(
        [*texts, SUBJECTS["sea"] + " " + SUBJECTS["loom"]], make_codebook(list(SUBJECTS))
    ).tail(len(SUBJECTS))
    assert set(scores.loc[scores["assigned"], "theme"]) == {"sea", "loom"}


def test_a_counter_example_keeps_its_like_out() -> None:
    text = "anchor sailor reef whale spindle"
    plain = _assign([text], make_codebook(["sea"]))
    codebook = make_codebook(["sea"])
    counter = pd.DataFrame([("sea", "counter-example", "en", text)], columns=codebook.texts.columns)
    guarded = _assign([text], codebook._replace(texts=pd.concat([codebook.texts, counter])))
    assert guarded["score"][0] < plain["score"][0]


def test_scores_do_not_depend_on_the_order_of_the_passages() -> None:
    texts, _ = make_subject_texts(40)
    passages, encoder = make_passages(texts), WordEncoder()
    book = embed_codebook(make_codebook(list(SUBJECTS)), encoder)
    vectors, turned = encoder.encode(texts), np.random.default_rng(0).permutation(len(texts))
    first = assign_themes(passages, vectors, book).set_index(["passage_id", "theme"])
    again = assign_themes(passages.iloc[turned], vectors[turned], book)
    again = again.set_index(["passage_id", "theme"]).loc[first.index]
    pd.testing.assert_frame_equal(first, again)


def test_an_article_says_what_its_vague_passages_speak_of() -> None:
    texts, _ = make_subject_texts(40)
    vague = "and so they went on for another while"
    mine = [SUBJECTS["sea"], SUBJECTS["sea"] + " reef", SUBJECTS["sea"] + " tide", vague]
    alone = _assign([*texts, vague], make_codebook(list(SUBJECTS)))["score"].tail(3).max()
    passages, encoder = make_passages([*texts, *mine]), WordEncoder()
    passages.loc[len(texts) :, "article_id"] = "one"
    book = embed_codebook(make_codebook(list(SUBJECTS)), encoder)
    scores = assign_themes(passages, encoder.encode(passages["text"].tolist()), book).tail(3)
    assert scores.loc[scores["theme"] == "sea", "score"].item() > alone
    assert scores.loc[scores["theme"] == "sea", "score_own"].item() < scores["score"].max()


def test_a_title_speaks_for_the_passages_under_it() -> None:
    texts, _ = make_subject_texts(40)
    passages, encoder = make_passages(texts), WordEncoder()
    book = embed_codebook(make_codebook(list(SUBJECTS)), encoder)
    vectors, own = encoder.encode(texts), passages["article_id"].iloc[0]
    titles = Titles(np.array([own]), encoder.encode([SUBJECTS["loom"]]))
    plain = assign_themes(passages, vectors, book)
    titled = assign_themes(passages, vectors, book, titles=titles)
    loom = plain["theme"] == "loom"
    assert titled.loc[loom, "score"].iloc[0] != plain.loc[loom, "score"].iloc[0]


def test_a_theme_of_the_newspapers_own_sections_is_found_all_the_same() -> None:
    ordinary = read_background()["en"]
    codebook = make_codebook(["sea"])
    rows = [("sport", "definition", "en", ordinary[0])]
    rows += [("sport", "example", "en", f"{ordinary[0]} {word}") for word in ("a", "b", "c")]
    texts = pd.DataFrame(rows, columns=codebook.texts.columns)
    themes = pd.concat([codebook.themes, codebook.themes.assign(theme="sport")])
    both = Codebook(themes, pd.concat([codebook.texts, texts], ignore_index=True))
    scores = _assign(ordinary[:2], both)
    assert scores[scores["assigned"]]["theme"].tolist() == ["sport"]


def test_room_and_near_misses_follow_the_line() -> None:
    texts, _ = make_subject_texts(30)
    table = _assign(texts, make_codebook(list(SUBJECTS)), near=0.7, margin=0.05)
    np.testing.assert_allclose(table["room"], table["score"] - 0.05, atol=1e-6)
    assert (table["assigned"] == (table["room"] > 0)).all()
    near = table["near_miss"].to_numpy()
    assert near.any()
    assert (table.loc[near, "room"].between(-0.7, 0)).all()
    assert not (near & table["assigned"]).any()


@pytest.mark.parametrize("texts", [[], ["anchor"]])
def test_no_themes_or_no_passages_give_an_empty_table(texts: list[str]) -> None:
    scores = _assign(texts, make_codebook([]))
    assert scores.empty
    columns = [
        "passage_id",
        "theme",
        "score",
        "score_own",
        "assigned",
        "room",
        "near_miss",
        "probability",
    ]
    assert list(scores.columns) == [*columns, "judged", "read", "borne"]


def test_the_background_says_the_same_in_every_language() -> None:
    background = read_background()
    assert set(background) >= {"en", "fr", "es", "de", "ar", "zh"}
    assert len({len(sentences) for sentences in background.values()}) == 1


def test_an_ordinary_page_has_a_language_and_no_double() -> None:
    texts = [text for own in read_pages().values() for text in own]
    assert len(set(texts)) == len(texts) > 80
    assert all(isinstance(text, str) for text in texts)


def test_a_codebook_of_one_theme_and_six_texts_finds_it() -> None:
    encoder = load_encoder()
    told = {
        "definition": [
            "Buses, trams, regional trains, cycle lanes and car traffic in a town or region: lines, "
            "timetables, fares, works, budgets and how people get about."
        ],
        "example": [
            "The tram will run until two in the morning at weekends, and the council pays.",
            "Residents want the cycle lane kept after the works on the bridge.",
            "The second underground line opens in spring, two years late.",
            "Drivers will pay eight euros to enter the centre.",
            "Season tickets for the bus go up by three per cent in September.",
        ],
    }
    texts = [("transport", kind, "en", text) for kind, own in told.items() for text in own]
    themes = pd.DataFrame(
        {"theme": ["transport"], "labels": [{"en": "Transport"}], "color": "#004DE1"}
    )
    book = Codebook(themes, pd.DataFrame(texts, columns=["theme", "kind", "language", "text"]))
    about = {
        "Buses will replace the trams on the northern line while the rails are renewed.": True,
        "Le prix du ticket de bus augmentera de dix centimes en janvier.": True,
        "El metro cerrará dos estaciones durante el verano por obras.": True,
        "The striker scored twice in the second half.": False,
        "La soupe mijote vingt minutes à feu doux.": False,
    }
    passages = make_passages(list(about), ["en", "fr", "es", "en", "fr"])
    vectors = encoder.encode(list(about))
    found = assign_themes(passages, vectors, embed_codebook(book, encoder))
    score, bears = found["score"].to_numpy(), np.array(list(about.values()))
    assert score[bears].min() > score[~bears].max()
    assert not found["assigned"][~bears].any()
    assert found["assigned"][bears].sum() >= 2
