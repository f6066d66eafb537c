import io

import pandas as pd
import pytest

from press_themes.telling.keyword_lists import list_keywords


@pytest.mark.parametrize(
    ("value", "listed"),
    [
        (
            [{"language": "fr", "words": ["a", "b"]}, {"language": "en", "words": []}],
            {"fr": ["a", "b"]},
        ),
        ({"fr": ["a"], "en": None}, {"fr": ["a"]}),
        (["a", "b"], {"": ["a", "b"]}),
        ([], {}),
        (None, {}),
        (float("nan"), {}),
        ("words", {}),
    ],
)
def test_keywords_become_lists_by_language(value, listed):
    assert list_keywords(value) == listed


def test_keywords_survive_a_file():
    entries = [[{"language": "fr", "words": ["a", "b"]}], []]
    file = io.BytesIO()
    pd.DataFrame({"keywords": pd.Series(entries, dtype=object)}).to_parquet(file)
    back = pd.read_parquet(file)["keywords"]
    assert [list_keywords(value) for value in back] == [{"fr": ["a", "b"]}, {}]
