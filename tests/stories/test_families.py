import numpy as np
import pandas as pd

from press_themes.stories.families import link_families

WORDS = np.array([f"mot{n}" for n in range(3_000)])


def text(seed, length=200):
    return " ".join(np.random.default_rng(seed).choice(WORDS, length))


def families(bodies, truncated=None):
    table = pd.DataFrame(
        {"article_id": [f"a{n}" for n in range(len(bodies))], "body": pd.array(bodies, dtype="str")}
    )
    table["truncated"] = truncated or False
    table["n_chars"] = table["body"].str.len()
    return table.join(link_families(table, bodies))


def changed(body, share, seed=9):
    words = body.split()
    places = np.random.default_rng(seed).choice(len(words), int(share * len(words)), replace=False)
    return " ".join("autre" if n in set(places) else word for n, word in enumerate(words))


def test_reprints_and_excerpts_belong_to_the_longest_article():
    whole = text(1)
    table = families([changed(whole, 0.05), whole + " fin", " ".join(whole.split()[:60]), text(2)])
    assert table["family_id"].tolist() == ["a1", "a1", "a1", "a3"]
    assert table["family_role"].tolist() == ["reprint", "original", "reprint", "single"]


def test_typography_and_order_do_not_matter():
    whole = text(3)
    table = families([whole.upper().replace(" ", "\n\n"), text(4), whole])
    assert table["family_id"][0] == table["family_id"][2]
    swapped = families([whole, whole.upper(), text(4)])
    assert sorted(swapped["family_role"]) == ["original", "reprint", "single"]


def test_a_truncated_article_is_never_the_original_of_a_whole_one():
    whole = text(5)
    table = families([whole + " " + text(6, 20), whole], truncated=[True, False])
    assert table["family_role"].tolist() == ["reprint", "original"]


def test_rewritten_articles_are_apart():
    whole = text(7)
    assert set(families([whole, changed(whole, 0.4)])["family_role"]) == {"single"}


def test_no_chain_of_changes_joins_different_texts():
    steps = [text(8)]
    for seed in range(8):
        steps.append(changed(steps[-1], 0.08, seed) + f" pas{seed}")
    assert len(set(families(steps)["family_id"])) > 1


def test_short_texts_only_when_equal():
    table = families(["Un bref.", "Un  BREF !", "Un bref mot."])
    assert table["family_id"].tolist()[0] == table["family_id"].tolist()[1]
    assert table["family_role"].tolist()[2] == "single"


def test_equal_texts_are_one_story_at_any_length():
    bodies = [text(seed, (29, 30, 45)[seed % 3]) for seed in range(600)]
    table = families(bodies + bodies)
    assert table["family_id"].nunique() == len(bodies)


def test_chinese_reprints():
    whole = (
        "青岭市三座社区图书馆昨日同时开馆，藏书共计十二万册。"
        "全年免费开放，周末延长到晚上九点。居民可以在家门口借书还书。"
    )
    table = families(
        [whole + "完", whole, "山区公交线路下月起免费换乘，预计每天有三万人受益。" * 3]
    )
    assert table["family_role"].tolist() == ["original", "reprint", "single"]


def test_many_articles_with_a_shared_phrase_stay_single_and_quick():
    formula = " ".join(f"formule{n}" for n in range(12))
    table = families([f"{text(seed, 120)} {formula}" for seed in range(400)])
    assert (table["family_role"] == "single").all()


def test_one_and_none():
    assert families([text(1)])["family_role"].tolist() == ["single"]
    assert len(families([])) == 0
