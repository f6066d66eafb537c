from datetime import date

import pytest

from press_themes.articles.date_lines import read_date_line, read_leading_date


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("5 février 2026 à 16:20", date(2026, 2, 5)),
        ("Mis à jour le 4 mars 2025 à 10h12 - Publié le 3 mars 2025", date(2025, 3, 3)),
        ("Published on March 3, 2025 at 4:20 pm", date(2025, 3, 3)),
        ("By Jane Doe | Tuesday 4 March 2025, 10:30 GMT", date(2025, 3, 4)),
        ("Donnerstag, 5. Februar 2026, 14:30 Uhr", date(2026, 2, 5)),
        ("4 de junio de 2025 · 08:15h", date(2025, 6, 4)),
        ("الخميس 5 فبراير 2026 - 10:30", date(2026, 2, 5)),
        ("发布时间：2026-02-05 10:32", date(2026, 2, 5)),
        ("Paris, le 5 février 2026", date(2026, 2, 5)),
        ("17.02.2025, 05:00 Uhr • Lesezeit: 6 Min.", date(2025, 2, 17)),
        ("• Dimanche 2 mars 2025 •", date(2025, 3, 2)),
        ("6 March 2025 · 3 min read · 12 comments", date(2025, 3, 6)),
        ("6 mars 2025 | Temps de lecture : 4 min", date(2025, 3, 6)),
        ("6 de marzo de 2025 · 4 minutos de lectura", date(2025, 3, 6)),
        ("6 marzo 2025 - Tempo di lettura: 4 minuti", date(2025, 3, 6)),
        ("6 de março de 2025 • 4 min de leitura", date(2025, 3, 6)),
        ("6 مارس 2025 - مدة القراءة: 4 دقائق", date(2025, 3, 6)),
        ("2025年3月6日 阅读时间：4分钟", date(2025, 3, 6)),
        ("Gepubliceerd op donderdag 6 maart 2025 om 14:30 uur", date(2025, 3, 6)),
        ("Bijgewerkt 7 mrt. 2025 | Geplaatst op 6 mei 2024", date(2024, 5, 6)),
    ],
)
def test_date_lines(line, day):
    assert read_date_line(line).day == day


@pytest.mark.parametrize(
    "line",
    [
        "Le 18 juin 2025, la commission a rendu son avis sur le projet.",
        "In 2024 there were 3 May 2024 meetings",
        "Entre le 1er et le 3 mars 2025",
        "2001 年 9 月 11 日之后的时代，安全检查站的搜查也变得更加烦扰，旅客怨声载道。",
        "Rendez-vous",
        "1984",
        "",
    ],
)
def test_lines_that_say_something_else(line):
    assert read_date_line(line) is None


def test_outlets_are_kept_as_spelled():
    assert read_date_line("Publié dans Le Littoral le 20 - 01 - 2026").outlet == "Le Littoral"
    assert read_date_line("2025年3月3日 10:32 来源：青岭日报").outlet == "青岭日报"
    assert read_date_line("5 février 2026").outlet is None


def test_relative_and_impossible_dates_have_a_problem():
    for line in ("2 hours ago", "Il y a 3 heures", "31 février 2026"):
        found = read_date_line(line)
        assert found.day is None
        assert found.problem


def test_updates_are_told_from_first_dates():
    assert read_date_line("Updated 4 March 2025").updated
    assert not read_date_line("Published 4 March 2025").updated
    assert read_date_line("Last updated 4 minutes ago").updated


def test_leading_dates():
    found, rest = read_leading_date(" date 2025-10-22 The ministry answered.")
    assert found.day == date(2025, 10, 22)
    assert rest == "The ministry answered."
    assert read_leading_date("In 2025-10-22 the ministry answered.") is None
    assert read_leading_date("date of birth") is None
