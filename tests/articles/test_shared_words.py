from press_themes.articles.lines import split_lines
from press_themes.articles.shared_words import shared_words, stems, told_below

TEXT = "Le port de Lérac\n3 mars 2025\nLa régie a voté un plan pour les navires à quai du port.\n"


def test_stems_forget_articles_and_endings():
    assert stems("المزارعين") & stems("للمزارعين")
    assert stems("navires électriques") & stems("électrique")
    assert stems("图书馆") == {"图书", "书馆"}


def test_the_text_ends_at_the_next_date():
    lines = split_lines(
        f"{TEXT}4 mars 2025\nLes vignes de Sorel ont gelé deux fois en une semaine."
    )
    labels = [None] * len(lines)
    assert "vigne" in told_below(0, lines, labels)
    assert "vigne" not in told_below(0, lines, labels, dates={1, 3})
    assert "navir" not in told_below(0, lines, [None, None, "caption", None, None], dates={1})


def test_length_alone_makes_no_headline():
    line = split_lines("navires régie voté plan quai ports navire plans")[0]
    assert (
        shared_words(line, stems("La régie a voté des plans pour les navires, quais et ports")) == 5
    )


def test_a_page_of_headlines_is_not_read_to_its_end_for_each_of_them():
    class Counted(list):
        read = 0

        def __getitem__(self, index):
            Counted.read += 1
            return super().__getitem__(index)

    lines = Counted(split_lines("Lérac vote le tramway\n" * 5_000))
    told_below(0, lines, [None] * len(lines))
    assert Counted.read < 500
