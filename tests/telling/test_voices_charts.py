"""Who is quoted on which theme, and which names come together: counted again, or not drawn."""

import pandas as pd
from tables_for_tests import Shape, build_tables

from press_themes.telling.charts.names_together import draw_names_together
from press_themes.telling.charts.speakers import draw_speakers


def _quote(speakers):
    tables = build_tables(Shape(60, 20))
    passages = tables.passages[tables.passages["themes"].map(len) > 0].iloc[: len(speakers)]
    quoted = passages[["passage_id", "article_id"]].assign(speaker=speakers)
    return tables._replace(quotations=quoted.reset_index(drop=True))


def test_statements_are_counted_by_speaker_and_theme():
    tables = _quote(["Ann"] * 3 + ["Bob"] * 2 + ["Cy"] * 2 + ["Dee", ""])
    drawn = draw_speakers(tables, "en")
    assert drawn.takeaway == "“Ann” is quoted most, with 3 statements"
    assert set(drawn.numbers["speaker"]) == {"Ann", "Bob", "Cy"}
    themes = tables.passages.set_index("passage_id")["themes"]
    for speaker, rows in drawn.numbers.groupby("speaker"):
        own = tables.quotations[tables.quotations["speaker"] == speaker]["passage_id"]
        counted = pd.Series([x for i in own for x in themes[i]]).value_counts().to_dict()
        assert dict(zip(rows["theme"], rows["n_statements"], strict=True)) == counted


def test_too_few_speakers_are_not_drawn_and_one_line_says_why():
    for speakers in ([], ["Ann", "Ann", "Bob", "Bob", "Cy"]):
        drawn = draw_speakers(_quote(speakers), "en")
        assert drawn.reason == "Not drawn: fewer than 3 speakers are quoted 2 times or more."


def _name(pairs):
    """Give names their articles; every article is a story of its own."""
    tables = build_tables(Shape(60, 10))
    mentions = pd.DataFrame(
        [(name, f"a{i:05d}") for name, found in pairs.items() for i in found],
        columns=["name_id", "article_id"],
    )
    names = pd.DataFrame(
        {
            "name_id": list(pairs),
            "name": list(pairs),
            "kind": ["unknown" if x.islower() else "person" for x in pairs],
            "languages": [["fr"]] * len(pairs),
            "n_stories": [len(x) for x in pairs.values()],
        }
    )
    return tables._replace(names=names, name_mentions=mentions)


def test_names_that_share_stories_are_counted():
    drawn = draw_names_together(_name({"Ann": [0, 1, 2], "Bob": [1, 2, 3], "word": [1, 2]}), "en")
    assert drawn.takeaway == "“Ann” and “Bob” are named together most, in 2 distinct stories"
    assert drawn.numbers[["one_name", "other_name", "n_stories"]].to_numpy().tolist() == [
        ["Ann", "Bob", 2]
    ]


def test_names_of_one_story_say_nothing_together():
    drawn = draw_names_together(_name({"Ann": [0, 1], "Bob": [1, 2]}), "en")
    assert drawn.reason.startswith("Not drawn: no two names are in the same two stories")
