import numpy as np
import pandas as pd

from press_themes.stories.story_marks import list_shared, weigh_marks

OTHERS = ["The council met about the tram.", "Le budget de la ville a été voté.", "Nichts Neues."]


def shared(*texts, kind="names"):
    articles = pd.DataFrame({"title": "", "body": [*texts, *OTHERS]})
    marks = weigh_marks(articles)
    matrix = getattr(marks, kind)
    return (
        list_shared(marks, 0, 1) if kind == "names" else float(matrix[0].multiply(matrix[1]).sum())
    )


def test_names_and_numbers_are_shared_over_languages():
    found = shared("Storm hits Reykjavik with 138 km/h.", "Reykjavík : rafales de 138 km/h.")
    assert {"138"} < set(found)
    assert any(mark.startswith("reykja") for mark in found)


def test_a_number_is_the_same_in_any_notation_and_digits():
    assert "40000" in shared("Some 40,000 homes.", "40 000 foyers privés de courant.")
    assert "40000" in shared("Some 40,000 homes.", "حوالي ٤٠٠٠٠ منزل")
    assert "40000" in shared("Some 40,000 homes.", "Rund 40.000 Haushalte.")


def test_a_latin_name_stands_out_in_another_script():
    assert "openai" in shared("OpenAI answers.", "وقالت شركة OpenAI إنها سترد")


def test_names_in_other_scripts_meet_by_their_consonants():
    assert shared("Macedonia votes today.", "مقدونيا تصوت اليوم", kind="sounds") > 0
    assert shared("Kavanaugh votes today.", "Сегодня тихо.", kind="sounds") == 0


def test_what_all_articles_have_weighs_nothing_and_what_two_have_most():
    bodies = [f"Paris {'Quimper' if n < 2 else ''} texte numéro {n + 10}" for n in range(20)]
    marks = weigh_marks(pd.DataFrame({"title": "", "body": bodies}))
    weight = dict(zip(marks.labels, marks.names[0].toarray()[0], strict=True))
    assert weight["paris"] == 0
    assert weight["quimper"] > 0.7


def test_chinese_words_are_pairs_of_signs():
    assert shared("地震发生在青岭市", "青岭市的地震", kind="words") > 0


def test_missing_titles_and_empty_texts():
    marks = weigh_marks(pd.DataFrame({"title": [None, float("nan"), "A"], "body": ["", " ", "…"]}))
    assert marks.names.shape[0] == 3
    assert not np.isnan(marks.words.data).any()
    assert weigh_marks(pd.DataFrame({"title": [], "body": []})).names.shape[0] == 0
