from press_themes.articles.no_article import why_no_article

CONSENT = """Your privacy matters
We and our 90 partners place cookies on your device and work with personal data such as identifiers.
You can agree, refuse, or choose by purpose; you may object to legitimate interest at any time.
Agree   Refuse"""


def test_a_question_for_consent_is_no_article():
    assert why_no_article(CONSENT) == "asks for consent to cookies"


def test_an_error_page_is_no_article():
    text = "404 Not Found\n\nThe page you look for has moved or was never here. Go back."
    assert why_no_article(text) == "is the page of an error or of a check for robots"


def test_a_dated_article_about_cookies_is_one():
    assert why_no_article(f"12 March 2026\n{CONSENT}") is None


def test_a_report_on_cookies_that_speaks_to_nobody_is_one():
    text = """Regulator fines shop for its cookies
The regulator fined the shop for setting cookies before consent was given, it said on Monday.
The company shared personal data with partners on every device that opened the site, it found.
A court will hear the case in May, and the chain has said that it means to appeal at once."""
    assert why_no_article(text) is None
