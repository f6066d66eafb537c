import numpy as np
import pandas as pd
import pytest

from press_themes.stories.linking import StorySettings, link_stories, read_model

DIMENSIONS = 64


def made(n_stories=12, tellings=3, seed=0, spread=0.5, days=None):
    """Stories of unlike subjects, each told in several languages with its own names and numbers."""
    rng = np.random.default_rng(seed)
    rows, vectors, passages = [], [], []
    for story in range(n_stories):
        centre = rng.normal(size=DIMENSIONS)
        for telling in range(tellings):
            name = f"s{story}t{telling}"
            rows.append(
                {
                    "article_id": name,
                    "title": f"Headline{telling} {name} telling",
                    "body": f"Aventin{story} Borel{story} said {story + 1}25{story} Carmo{story}."
                    + " And so on." * 12,
                    "date": pd.Timestamp("2026-01-01") + pd.Timedelta(days=days or 0) * telling,
                    "outlet": f"Outlet {telling}",
                    "language": ["en", "fr", "de"][telling % 3],
                    "family_id": name,
                    "title_derived": False,
                }
            )
            for position in range(3):
                passages.append((name, position))
                vector = centre + spread * rng.normal(size=DIMENSIONS)
                vectors.append(vector / np.linalg.norm(vector))
    frame = pd.DataFrame(passages, columns=["article_id", "position"])
    return pd.DataFrame(rows), frame, np.array(vectors, dtype=np.float32)


def partition(linking):
    groups = linking.stories.groupby("story_id")["article_id"].agg(frozenset)
    return set(groups)


def test_tellings_of_one_event_in_three_languages_are_one_story():
    found = link_stories(*made())
    assert found.stories["story_id"].nunique() == 12
    assert {len(members) for members in partition(found)} == {3}
    assert found.stories["confidence"].between(0.5, 1).all()


def test_what_links_two_articles_is_told():
    found = link_stories(*made())
    links = found.links[found.links["linked"]]
    assert (links["probability"] > 0.5).all()
    assert all(len(shared) for shared in links["shared"])
    story = found.stories.set_index("article_id")["story_id"]
    assert (story[links["article_id"]].to_numpy() == story[links["other_id"]].to_numpy()).all()


def test_unrelated_articles_stay_apart():
    articles, passages, vectors = made(n_stories=30, tellings=1)
    found = link_stories(articles, passages, vectors)
    assert found.stories["story_id"].tolist() == articles["article_id"].tolist()
    assert (found.stories["confidence"] == 1).all()
    assert found.stories["chain_id"].isna().all()


def test_neither_the_order_of_articles_nor_that_of_passages_matters():
    articles, passages, vectors = made()
    rng = np.random.default_rng(5)
    rows, places = rng.permutation(len(articles)), rng.permutation(len(passages))
    one = link_stories(articles, passages, vectors)
    other = link_stories(
        articles.iloc[rows], passages.iloc[places].reset_index(drop=True), vectors[places]
    )
    assert partition(one) == partition(other)
    assert other.stories["article_id"].tolist() == articles["article_id"].iloc[rows].tolist()


def test_reprints_are_of_one_story_whatever_their_vectors():
    articles, passages, vectors = made(n_stories=20, tellings=1)
    articles.loc[7, "family_id"] = "s3t0"
    found = link_stories(articles, passages, vectors).stories.set_index("article_id")["story_id"]
    assert found["s7t0"] == found["s3t0"]
    assert found.nunique() == 19


def test_a_story_is_named_after_its_first_report():
    articles, passages, vectors = made(days=2)
    found = link_stories(articles, passages, vectors)
    assert set(found.stories["story_id"]) == {f"s{story}t0" for story in range(12)}


def test_the_same_event_a_season_apart_is_never_linked_directly():
    found = link_stories(*made(tellings=2, days=60))
    assert found.stories["story_id"].nunique() == 24
    assert found.links.empty


def test_a_higher_line_makes_no_further_links():
    articles, passages, vectors = made(spread=1.2)
    sizes = [
        link_stories(articles, passages, vectors, StorySettings(least_probability=line))
        .stories["story_id"]
        .nunique()
        for line in (0.3, 0.6, 0.9, 0.99)
    ]
    assert sizes == sorted(sizes)


@pytest.mark.parametrize("n_stories", [1, 2])
def test_a_corpus_of_a_few_articles_is_linked_without_an_error(n_stories):
    articles, passages, vectors = made(n_stories=n_stories, tellings=1)
    assert len(link_stories(articles, passages, vectors).stories) == n_stories


def test_an_article_without_passages_stands_alone():
    articles, passages, vectors = made()
    kept = (passages["article_id"] != "s0t0").to_numpy()
    found = link_stories(articles, passages[kept].reset_index(drop=True), vectors[kept]).stories
    assert found.set_index("article_id")["story_id"]["s0t0"] == "s0t0"


def test_without_a_date_a_link_takes_more_where_the_others_span_years():
    articles, passages, vectors = made(spread=1.1)
    undated = articles["article_id"].str.startswith(("s0t", "s1t", "s2t"))
    story = articles["article_id"].str.extract(r"s(\d+)t")[0].astype(int)
    linked = []
    for step in (0, 90):
        dates = articles["date"] + pd.to_timedelta(step * story, "D")
        told = articles.assign(date=dates.mask(undated))
        found = link_stories(told, passages, vectors).links
        linked.append(found[found["days_apart"].isna()]["probability"].sum())
    assert linked[0] > linked[1] > 0


def test_no_kind_of_likeness_speaks_against_a_link():
    for part in read_model().values():
        assert part["intercept"] < 0
        assert all(weight > 0 for weight in part["weights"].values())
