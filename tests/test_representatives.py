import pandas as pd
from stand_ins import make_passages

from press_themes.themes.representatives import choose_representatives


def test_the_strongest_come_first_and_a_story_once() -> None:
    passages = make_passages(["a", "b", "c", "d"])
    articles = pd.DataFrame(
        {"article_id": ["a0", "a1", "a2", "a3"], "family_id": ["f", "f", "g", "h"]}
    )
    chosen = choose_representatives(
        passages, articles, {"x": [0, 1, 2, 3], "y": []}, {"x": [0.1, 0.9, 0.5, 0.7], "y": []}, 2
    )
    ids = passages["passage_id"].tolist()
    assert chosen == {"x": [ids[1], ids[3]], "y": []}
