from __future__ import annotations

from stand_ins import WordEncoder, make_passages, make_subject_texts
from test_assignment import make_codebook

from press_themes.themes.assignment import assign_themes
from press_themes.themes.codebook_vectors import embed_codebook
from press_themes.themes.leave_one_out import measure_theme_stability


def test_a_theme_whose_examples_agree_is_more_stable_than_one_whose_examples_quarrel() -> None:
    texts, _ = make_subject_texts(60)
    encoder = WordEncoder()
    codebook = make_codebook(["sea", "loom"])
    quarrel = codebook.texts["theme"].eq("loom") & codebook.texts["kind"].eq("example")
    codebook.texts.loc[quarrel, "text"] = ["weaver cotton", "barley tractor", "harbour tide"]
    passages, vectors = make_passages(texts), encoder.encode(texts)
    book = embed_codebook(codebook, encoder)
    scores = assign_themes(passages, vectors, book)
    stability = measure_theme_stability(passages, vectors, book, scores)
    assert stability["sea"] > stability["loom"]
    assert stability.between(0, 1).all()


def test_no_passages_give_no_stability() -> None:
    encoder = WordEncoder()
    book = embed_codebook(make_codebook(["sea"]), encoder)
    passages, vectors = make_passages([]), encoder.encode([])
    scores = assign_themes(passages, vectors, book)
    stability = measure_theme_stability(passages, vectors, book, scores)
    assert stability.empty
