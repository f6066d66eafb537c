import pandas as pd
import pytest

from press_themes.summary import choose_language


@pytest.mark.parametrize(
    ("asked", "languages", "chosen"),
    [
        ("auto", "fr fr en", "fr"),
        ("auto", "de de fr", "en"),
        ("en", "fr fr", "en"),
        ("fr", "en", "fr"),
    ],
)
def test_the_language_of_the_report(asked: str, languages: str, chosen: str) -> None:
    articles = pd.DataFrame({"language": languages.split()})
    assert choose_language(asked, articles) == chosen
