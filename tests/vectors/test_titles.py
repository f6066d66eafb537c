from __future__ import annotations

import pandas as pd
from stand_ins import WordEncoder

from press_themes.vectors.titles import embed_titles


def test_only_titles_of_their_own_have_a_vector() -> None:
    articles = pd.DataFrame(
        {
            "article_id": list("abcd"),
            "title": ["Harbour", None, "", "Taken from the body"],
            "title_derived": [False, False, False, True],
        }
    )
    titles = embed_titles(articles, WordEncoder())
    assert titles.article_ids.tolist() == ["a"]
    assert titles.vectors.shape == (1, 48)
    assert embed_titles(articles.tail(3), WordEncoder()).vectors.shape == (0, 0)
