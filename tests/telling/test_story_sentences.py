"""What is said of stories and speakers, against plain counts of planted tables."""

from __future__ import annotations

import pandas as pd
import pytest
from tables_for_tests import Shape, build_tables

from press_themes.telling.report.examples import Bank
from press_themes.telling.report.first_screen import choose_opening
from press_themes.telling.report.sentences import write_findings
from press_themes.telling.report.story_sections import list_absences, list_stories
from press_themes.telling.wording import load_wording

THEME = "open_source"


def _plant():
    """Twenty articles in two languages that report eight stories, the first in four articles."""
    tables = build_tables(Shape(60, 20, languages=("fr", "en"), dates=("2026-02-03",)))
    names = [f"s{i % 8}" if i < 16 else f"s{i % 2}" for i in range(20)]
    articles = tables.articles.assign(story_id=names, outlet=[f"O{i % 3}" for i in range(20)])
    told = articles.groupby("story_id")
    stories = pd.DataFrame(
        {
            "n_articles": told.size(),
            "title": told["title"].first(),
            "first_date": told["date"].min(),
            "last_date": told["date"].max(),
            "outlets": told["outlet"].agg(lambda x: sorted(set(x))),
            "languages": told["language"].agg(lambda x: sorted(set(x))),
            "first_outlet": None,
            "themes": [[THEME]] * told.ngroups,
            "confidence": 0.9999,
        }
    ).sort_values("n_articles", ascending=False, kind="stable")
    return tables._replace(articles=articles, stories=stories.reset_index())


def _quote(tables, speakers):
    chosen = tables.passages.iloc[: len(speakers)]
    quoted = chosen[["passage_id", "article_id", "language"]].assign(
        text="that it rains", speaker=speakers, kind="indirect", start=0
    )
    return tables._replace(quotations=quoted.reset_index(drop=True))


def _say(tables, name, language="en"):
    findings = write_findings(tables, load_wording(language))
    return next((x for x in findings if x.name == name), None)


def test_the_most_reported_stories_are_counted_by_story_not_by_text():
    tables = _plant()
    sizes = tables.articles["story_id"].value_counts()
    finding = _say(tables, "stories")
    tied = int((sizes == sizes.max()).sum())
    assert f"20 articles report {len(sizes)} distinct stories; {tied} of them" in finding.sentence
    assert f"with {sizes.max()} articles each" in finding.sentence
    several = tables.articles.groupby("story_id")["language"].nunique().gt(1).sum()
    assert (f"{several} stor" in finding.sentence) == bool(several)


def test_stories_of_one_article_each_are_no_news():
    tables = _plant()
    single = tables.stories.assign(n_articles=1)
    assert _say(tables._replace(stories=single), "stories") is None
    words = load_wording("en")
    alone = tables._replace(stories=single)
    assert list_stories(alone, Bank(alone, 200, words), words) == []


@pytest.mark.parametrize(
    ("speakers", "said"),
    [
        (["Ann", "Bob", "", "Ann", "Ann", "Ann", "Ann"], "is “Ann”, in "),
        (["Ann", "Bob", "", "Cy"], "No speaker is quoted in more than 1 story."),
    ],
)
def test_statements_speakers_and_the_most_quoted_are_counted(speakers, said):
    tables = _quote(_plant(), speakers)
    sentence = _say(tables, "voices").sentence
    stories = tables.articles.set_index("article_id")["story_id"]
    told = tables.quotations["article_id"].map(stories)
    named = [x for x in speakers if x]
    assert sentence.startswith(f"{len(speakers)} statements are reported, in {told.nunique()} of 8")
    assert f"{len(named)} of them have a speaker" in sentence
    assert said in sentence
    if "Ann”, in" in said:
        met = told[[x == "Ann" for x in speakers]].nunique()
        assert f"“Ann”, in {met}." in sentence


def test_tellings_and_leads_are_stated_only_beyond_chance():
    tables = _plant()
    row = {"theme": THEME, "group": "fr", "n_stories": 9, "share": 0.5, "share_others": 0.2}
    row |= {"difference": 0.3, "difference_low": 0.1, "difference_high": 0.5}
    lead = {"leader": "O1", "follower": "O2", "n_stories": 12, "n_leading": 11, "n_following": 1}
    for beyond in (True, False):
        planted = tables._replace(
            tellings=pd.DataFrame([{**row, "beyond_chance": beyond}]),
            outlet_leads=pd.DataFrame([{**lead, "beyond_chance": beyond}]),
        )
        told, led = _say(planted, "tellings"), _say(planted, "leads")
        assert (told is not None, led is not None) == (beyond, beyond)
        if beyond:
            assert "French puts “Logiciel libre” forward more" in told.sentence
            assert "50% of passages against 20% (+30 points" in told.sentence
            assert "first in 11 and second in 1" in led.sentence


def test_every_finding_of_the_first_screen_has_a_quotation_of_its_own():
    tables = _quote(_plant(), ["Ann", "Bob"])
    words = load_wording("fr")
    opening = choose_opening(write_findings(tables, words), Bank(tables, 200, words))
    quoted = [proof.identifier for _, proof in opening]
    assert len(opening) >= 3
    assert len(set(quoted)) == len(quoted)
    assert any(proof.text.startswith(("Ann\u202f: ", "Bob\u202f: ")) for _, proof in opening)


def test_a_large_story_tells_span_outlets_differences_and_what_links_it():
    tables = _plant()
    own = tables.articles[tables.articles["story_id"] == "s0"]["article_id"].tolist()
    planted = tables._replace(
        tellings_by_story=pd.DataFrame(
            [
                {
                    "story_id": "s0", "theme": THEME, "group": "fr", "n_passages": 4,
                    "n_bearing": 3, "share_others": 0.25, "difference": 0.5,
                }
            ]
        ),
        story_links=pd.DataFrame(
            [{"article_id": own[0], "other_id": own[1], "linked": True, "shared": ["stem", "1877"]}]
        ),
        names=pd.DataFrame({"name_id": ["n"], "name": ["Acme"]}),
        name_mentions=pd.DataFrame({"name_id": ["n", "n"], "article_id": own[:2]}),
        stories_left_out=pd.DataFrame({"outlet": ["O1", "O1"], "story_id": ["s1", "s2"]}),
    )  # fmt: skip
    words = load_wording("en")
    story = next(
        x
        for x in list_stories(planted, Bank(planted, 200, words), words)
        if x["anchor"] == "story-s0"
    )
    assert story["size"] == f"{len(own)} articles · 3 Feb 2026"
    assert story["differences"] == [
        "French bears “Logiciel libre” on 3 of 4 passages, the other tellings on 25% of theirs."
    ]
    assert "they share: Acme, 1877." in story["link"]
    assert story["link"].endswith("99%.")
    assert list_absences(planted, words) == ["“O1” left out 2 stories that others reported."]


def test_an_article_may_be_quoted_once_on_the_page():
    tables = _plant()
    words = load_wording("en")
    bank = Bank(tables, 200, words)
    first = {x["anchor"]: x["example"].identifier for x in list_stories(tables, bank, words)}
    again = list_stories(tables, bank, words, set(first.values()))
    assert not {x["example"].identifier for x in again if x["example"]} & set(first.values())
