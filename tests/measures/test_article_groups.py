import numpy as np
from tables_for_tests import Shape, build_tables

from press_themes.measures.article_groups import count_article_groups


def test_groups_are_recounted_with_and_without_a_theme():
    tables = build_tables(Shape(120, 30, languages=("fr", "en")))
    articles = tables.articles.assign(
        outlet=tables.articles["outlet"].where(tables.articles.index % 7 != 0, None)
    )
    counted = count_article_groups(tables.passages, articles)
    joined = tables.passages.merge(articles, on="article_id", suffixes=("", "_article"))
    columns = {"outlet": "outlet", "language": "language_article", "passage language": "language"}
    for row in counted.itertuples():
        group = joined[columns[row.grouping]].fillna("")
        bears = [not row.theme or row.theme in names for names in joined["themes"]]
        own = joined[(group == row.group) & np.array(bears)]
        assert row.n_passages == len(own)
        assert row.n_articles == own["article_id"].nunique()
        assert row.n_stories == own["family_id"].nunique()
    whole = counted[counted["theme"] == ""].groupby("grouping")["n_passages"].sum()
    assert set(whole) == {120}
