from press_themes.articles.headers import find_headers, sole_header
from press_themes.articles.lines import split_lines
from press_themes.articles.noise import line_kind

PROSE = "La régie portuaire de {} a voté mercredi un plan pour brancher les navires à quai."


def heads(text):
    lines = split_lines(text)
    return lines, find_headers(lines, [line_kind(line) for line in lines], True)


def test_headline_above_the_date():
    lines, found = heads(
        f"Le port de Lérac change d'air\n3 mars 2025 à 10:00\n{PROSE.format('Lérac')}\n\n"
        f"Les quais de Sorel aussi\n2 mars 2025 à 09:00\n{PROSE.format('Sorel')}"
    )
    assert [head.title for head in found] == [
        "Le port de Lérac change d'air",
        "Les quais de Sorel aussi",
    ]
    assert [lines[head.body].text[:2] for head in found] == ["La", "La"]


def test_what_stands_before_a_repeated_headline_is_the_strapline():
    _, found = heads(
        "Le port de Lérac change d'air\n3 mars 2025 à 10:00\nTotal Branchement\n"
        f"Le port de Lérac change d'air\n{PROSE.format('Lérac')}"
    )
    assert found[0].strapline == "Total Branchement"
    assert "repeated title" in found[0].labels.values()


def test_repeated_headlines_without_dates():
    _, found = heads(
        "Le port de Lérac change d'air\nÀ quai\nLe port de Lérac change d'air\n"
        f"{PROSE.format('Lérac')}\nLes quais de Sorel font de même\nÀ l'eau\n"
        f"Les quais de Sorel font de même\n{PROSE.format('Sorel')}"
    )
    assert [head.strapline for head in found] == ["À quai", "À l'eau"]


def test_two_articles_of_one_headline_stay_two():
    _, found = heads(
        f"Le point sur la grève du port\n3 mars 2025 à 10:00\n{PROSE.format('Lérac')}\n\n"
        f"Le point sur la grève du port\n2 mars 2025 à 10:00\n{PROSE.format('Lérac')}"
    )
    assert [head.date.day.day for head in found] == [3, 2]


def test_headline_below_the_date():
    _, found = heads(
        "3 mars 2025 à 10:00\nLe port de Lérac change d'air\nPar Aline Corbeau\n"
        f"{PROSE.format('Lérac')}\n\n"
        f"2 mars 2025 à 10:00\nLes quais de Sorel font de même\n{PROSE.format('Sorel')}"
    )
    assert [head.title[:2] for head in found] == ["Le", "Le"]
    assert "byline" in found[0].labels.values()


def test_dates_of_a_chronology_open_no_article():
    _, found = heads(
        f"Le port de Lérac change d'air\nPublié le 3 mars 2025\n{PROSE.format('Lérac')}\n\n"
        f"1 avril 1974\n\n{PROSE.format('Sorel')}\n\n2 mai 1999\n\n{PROSE.format('Varenne')}"
    )
    assert len(found) == 1


def test_named_fields():
    _, found = heads(
        f"Titel: Speicher am See\nDatum: 05.02.2025\nQuelle: Bodenbote\n\n{PROSE}\n\n"
        f"Titel: Mehr Nachtbusse\nDatum: irgendwann\n\n{PROSE}"
    )
    assert [head.title for head in found] == ["Speicher am See", "Mehr Nachtbusse"]
    assert found[0].fields == {"outlet": "Bodenbote"}
    assert found[1].date.day is None
    assert found[1].date.problem


def test_the_headline_of_a_single_page_shares_its_words():
    lines = split_lines(
        "Le Phare\nLa vérité, rien d'autre\nLes navires de Lérac bientôt branchés à quai\n"
        + PROSE.format("Lérac")
    )
    head = sole_header(lines, [None] * len(lines), True, 3)
    assert head.title.startswith("Les navires")
    assert sole_header(lines[3:], [None], True, 0).title is None


def test_a_strapline_above_the_date_belongs_to_the_head_on_pages_that_open_with_one():
    _, found = heads(
        "Le port de Lérac change d'air\nLa régie a voté le plan.\n3 mars 2025, 10:00\n"
        f"{PROSE.format('Lérac')}\nUn plan contesté\n{PROSE.format('Varenne')}\n"
        "Les quais de Sorel font de même\nLa mairie attendait cela.\n2 mars 2025, 09:00\n"
        f"{PROSE.format('Sorel')}"
    )
    assert [head.title[:9] for head in found] == ["Le port d", "Les quais"]
    assert found[1].strapline == "La mairie attendait cela."


def test_a_headline_in_title_case_is_no_byline():
    _, found = heads(
        "OPINION\n\nThe Trouble With Trams\n\nJane Doe\n\nMarch 3, 2025\n\n"
        "Every city that builds a tram finds out the same thing in the third year of works."
    )
    assert found[0].title == "The Trouble With Trams"


def test_the_date_of_a_masthead_is_not_the_date_of_the_article():
    _, found = heads(
        "Le Littoral\nmercredi 5 mars 2025\nPolitique\n\nLe port de Lérac change d'air\n"
        f"Publié le 3 mars 2025 à 10:00\n\n{PROSE.format('Lérac')}"
    )
    assert [head.date.day.day for head in found] == [3]


def test_a_title_with_its_site_behind_it_is_the_window_title():
    lines = split_lines(
        "Le port de Lérac change d'air - Le Littoral\nLe port de Lérac change d'air\n"
        + PROSE.format("Lérac")
    )
    head = sole_header(lines, [None] * 3, True, 2)
    assert (head.start, head.fields) == (1, {"outlet": "Le Littoral"})
