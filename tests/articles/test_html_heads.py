import pytest

from press_themes.articles.formats.html_heads import (
    PageTitles,
    is_headline,
    outlet_beside,
    pick_title,
    visible_date,
)

HEADLINE = "Council opens the old tram depot to painters"
BODY = "The council will open the old tram depot to painters for two years, it said on Monday."


@pytest.mark.parametrize("mark", ["|", "›", "•", "–", "-", "::", "·"])
def test_the_heading_that_the_window_holds_is_the_headline(mark):
    titles = PageTitles(f"{HEADLINE} {mark} Valdene Herald", "", ["Leave a reply", HEADLINE])
    assert pick_title(titles, None, BODY) == HEADLINE


@pytest.mark.parametrize("mark", ["|", "›", "•", "–", "--", "·"])
def test_the_name_of_the_site_is_taken_off_without_a_heading(mark):
    titles = PageTitles(f"{HEADLINE} {mark} Depot.example", "", [])
    assert pick_title(titles, "Depot.example", BODY) == HEADLINE


def test_a_title_that_only_names_the_site_is_none():
    titles = PageTitles("Valdene Herald", "Valdene Herald", [HEADLINE])
    assert pick_title(titles, "Valdene Herald", BODY) == HEADLINE


def test_a_dash_inside_a_headline_stays():
    titles = PageTitles("Old depot - painters move in at last", "", [])
    assert pick_title(titles, "Valdene", BODY) == "Old depot - painters move in at last"


def test_a_heading_that_the_text_does_not_take_up_is_not_the_headline():
    titles = PageTitles(HEADLINE, "", ["Sign up for all of our letters"])
    assert pick_title(titles, None, BODY) == HEADLINE


def test_the_name_before_the_headline_is_the_outlet_where_the_page_bears_it():
    titles = PageTitles(f"The Ferry Bell - {HEADLINE}", "", [HEADLINE])
    assert outlet_beside(titles, HEADLINE, ["The Ferry Bell", BODY]) == "The Ferry Bell"
    assert outlet_beside(titles, HEADLINE, [BODY]) is None


def test_the_date_beside_the_headline_is_read():
    found = visible_date(["Home", HEADLINE, "12 March 2026, 10:30", BODY], HEADLINE, None)
    assert found is not None
    assert found.day.isoformat() == "2026-03-12"
    assert visible_date(["12 March 2026", *[BODY] * 9, HEADLINE], HEADLINE, None) is None


def test_a_long_name_of_a_site_that_is_a_heading_is_the_headline():
    titles = PageTitles(f"{HEADLINE} | Valdene Herald", HEADLINE, ["Valdene Herald", HEADLINE])
    assert is_headline(titles, HEADLINE)
    assert not is_headline(titles, "Valdene Herald")
    assert not is_headline(titles, None)
