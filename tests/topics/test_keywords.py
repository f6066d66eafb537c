from __future__ import annotations

from stand_ins import make_passages, make_subject_texts

from press_themes.topics.keywords import describe_groups, group_members


def test_keywords_are_those_of_the_group_in_each_language() -> None:
    texts, subjects = make_subject_texts(30)
    passages = make_passages([*texts, "Le port et le phare du village"], ["en"] * 30 + ["fr"])
    members = {s: [i for i, own in enumerate(subjects) if own == s] for s in ("sea", "loom")}
    members["sea"].append(30)
    found = describe_groups(passages, members)
    sea = ["harbour", "trawler", "tide", "lighthouse", "anchor", "sailor", "reef", "whale"]
    assert all(set(term.split()) <= set(sea) for term in found["sea"]["en"])
    assert "phare" in " ".join(found["sea"]["fr"])
    assert "fr" not in found["loom"]


def test_a_two_word_term_takes_the_place_of_its_parts_and_plurals_are_not_repeated() -> None:
    texts = [
        "The coral sea and the robots",
        "A coral sea port for a robot",
        "Our coral sea law, robots",
    ]
    passages = make_passages([*texts, "weaver cotton", "cotton spindle"])
    words = describe_groups(passages, {0: [0, 1, 2], 1: [3, 4]})[0]["en"]
    assert "coral sea" in words
    assert not {"coral", "sea"} & set(words)
    assert len({"robot", "robots"} & set(words)) == 1


def test_members_of_themes_and_topics() -> None:
    passages = make_passages(["a", "b", "c"]).assign(
        themes=[["x", "y"], [], ["x"]], topic=[1, -1, 1]
    )
    assert group_members(passages, "themes") == {"x": [0, 2], "y": [0]}
    assert group_members(passages, "topic") == {1: [0, 2]}
