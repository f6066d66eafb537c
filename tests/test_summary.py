import pandas as pd
import pytest

from press_themes.configuration import Configuration
from press_themes.summary import choose_language, topic_language_information


def _passages(pairs: list[tuple[int, str]]) -> pd.DataFrame:
    return pd.DataFrame(pairs, columns=["topic", "language"])


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([(0, "en"), (1, "fr")] * 5, 1.0),
        ([(0, "en"), (0, "fr"), (1, "en"), (1, "fr")], 0.0),
        ([(0, "en"), (1, "en")], 0.0),
        ([(-1, "en"), (-1, "fr")], 0.0),
    ],
)
def test_topic_language_information(pairs: list[tuple[int, str]], expected: float) -> None:
    assert topic_language_information(_passages(pairs)) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("asked", "languages", "chosen"),
    [
        ("auto", "fr fr en", "fr"),
        ("auto", "de de fr", "en"),
        ("en", "fr fr", "en"),
        ("fr", "en", "fr"),
    ],
)
def test_the_language_of_the_report(tmp_path, asked: str, languages: str, chosen: str) -> None:
    articles = pd.DataFrame({"language": languages.split()})
    assert choose_language(Configuration(tmp_path, report_language=asked), articles) == chosen
