import pytest

from press_themes.articles.lines import Line, count_words, same_text, split_lines, undecorated


def line(text):
    return Line(1, text, True)


def test_lines_keep_their_numbers_and_gaps():
    found = split_lines("a\n\n  b\nc\n")
    assert [(x.number, x.text, x.gap) for x in found] == [
        (1, "a", True),
        (3, "b", True),
        (4, "c", False),
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("l'eau du port", 3),
        ("Vingt-six mots ?", 2),
        ("图书馆全年免费", 4),
        ("", 0),
        ("قرأ الولد", 2),
    ],
)
def test_words_in_any_script(text, words):
    assert count_words(text) == words


def test_shapes():
    assert line("Le port veut électrifier ses quais").is_headline_like
    assert line("Le Pape peut-il parler à tous ?").is_headline_like
    assert not line("Le port a voté mercredi un plan.").is_headline_like
    assert not line("• un premier point de la liste").is_headline_like
    assert line("Le port a voté mercredi un plan de quarante millions d'euros.").is_prose
    assert line("图书馆全年免费开放，周末延长到晚上九点。").is_prose
    assert not line("S'abonner").is_prose
    assert line("Nora O'Neill-Whitfield").is_name_like
    assert not line("the old docks").is_name_like


def test_sameness_and_decoration():
    assert same_text("« Déjà vu » !") == same_text("déjà vu")
    assert undecorated("☕️ Un bref article") == "Un bref article"
    assert undecorated("[Test] « Trois »") == "[Test] « Trois »"
    assert undecorated("♬") == "♬"


@pytest.mark.parametrize(
    ("text", "words"),
    [("नगर परिषद ने योजना को मंजूरी दी", 7), ("পরিষদ নতুন পরিকল্পনা", 3), ("שלום עולם", 2)],
)
def test_marks_inside_a_word_do_not_part_it(text, words):
    assert count_words(text) == words


def test_a_line_of_thai_is_longer_than_a_word():
    assert count_words("เทศบาลเปิดห้องสมุดใหม่สามแห่งในเช้าวันนี้") > 6


def test_a_heading_of_markdown_is_its_words_and_an_escaped_number_no_list():
    assert [line.text for line in split_lines("### Comments\n28\\. März\n#port")] == [
        "Comments",
        "28. März",
        "#port",
    ]
