"""What is wrong with the codebook is said by kind, and listed with the place and the mending."""

import pandas as pd
from tables_for_tests import Shape, build_tables

from press_themes.telling.report.codebook_notes import PROBLEMS, list_problems, tell_codebook
from press_themes.telling.wording import LANGUAGES, load_wording
from press_themes.themes import codebook_health

WORDS = load_wording("en")


def test_each_kind_is_one_sentence_with_its_number_and_themes():
    said = tell_codebook(build_tables(Shape()), WORDS)
    assert len(said) == 4
    assert "fewer than three examples of “Régulation des plateformes”" in said[1]
    assert said[2].startswith("1 example of the codebook is nearer another theme than its own")


def test_the_list_shows_texts_titles_and_labels_and_not_identifiers():
    tables = build_tables(Shape())
    by_problem = {row["problem"]: row for row in list_problems(tables, WORDS)}
    assert by_problem["example nearer another theme"]["detail"] == (
        "Logiciel libre: A market by the river."
    )
    owner = tables.passages.set_index("passage_id").loc["p000001", "article_id"]
    title = tables.articles.set_index("article_id").loc[owner, "title"]
    assert by_problem["passage left out by the examples"]["detail"] == title
    assert (
        by_problem["its texts are nearer another theme"]["detail"] == "Régulation des plateformes"
    )


def test_a_sound_codebook_is_not_spoken_of():
    tables = build_tables(Shape())
    for empty in (tables.codebook_health.head(0), pd.DataFrame()):
        assert tell_codebook(tables._replace(codebook_health=empty), WORDS) == []
        assert list_problems(tables._replace(codebook_health=empty), WORDS) == []


def test_every_kind_that_the_codebook_is_checked_for_has_its_words():
    told = codebook_health.check_codebook.__doc__
    for language in LANGUAGES:
        words = load_wording(language)
        for problem in PROBLEMS:
            assert problem in told
            assert words.knows(f"codebook.{problem}")
            assert words.knows(f"codebook.problem.{problem}")
        named = told.split("``proposal`` (")[1].split(")")[0].replace("\n", " ").split(", ")
        assert all(words.knows(f"codebook.proposal.{own.strip()}") for own in named)
