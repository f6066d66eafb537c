from __future__ import annotations

import numpy as np
import pandas as pd
from stand_ins import make_passages

from press_themes.topics.soundness import judge_topics


def _corpus() -> tuple[pd.DataFrame, np.ndarray]:
    """Six subjects of 40 passages in two languages, four passages an article."""
    random = np.random.default_rng(0)
    subject = np.repeat(np.arange(6), 40)
    points = random.normal(size=(6, 24))[subject] + 0.5 * random.normal(size=(240, 24))
    vectors = (points / np.linalg.norm(points, axis=1, keepdims=True)).astype(np.float32)
    languages = [("en", "fr")[i // 4 % 2] for i in range(240)]
    passages = make_passages([f"text {i}" for i in range(240)], languages)
    passages["article_id"] = [f"a{i // 4}" for i in range(240)]
    return passages.assign(subject=subject), vectors


def _judge(topic: np.ndarray, stability: float = 0.9) -> pd.DataFrame:
    passages, vectors = _corpus()
    known = pd.Series(stability, index=np.unique(topic[topic >= 0]))
    return judge_topics(passages.assign(topic=topic), vectors, known).set_index("topic")


def test_good_topics_are_sound() -> None:
    table = _judge(_corpus()[0]["subject"].to_numpy())
    assert (table["verdict"] == "sound").all()
    assert (table["score"] > 0.5).all()


def test_two_subjects_in_one_are_glued() -> None:
    subject = _corpus()[0]["subject"].to_numpy()
    table = _judge(np.where(subject == 1, 0, subject))
    assert "glued" in table["reasons"][0]
    assert table["score"][0] < table["score"].drop(0).min()


def test_a_subject_parted_by_language_is_told_however_stable() -> None:
    passages, _ = _corpus()
    topic = passages["subject"].to_numpy().copy()
    topic[(topic == 0) & (passages["language"] == "fr")] = 6
    table = _judge(topic, 1.0)
    assert all("one language" in table["reasons"][number] for number in (0, 6))


def test_a_draw_of_passages_is_doubtful() -> None:
    topic = _corpus()[0]["subject"].to_numpy().copy()
    topic[::6] = 6
    table = _judge(topic)
    assert table["verdict"][6] != "sound"
    assert _judge(topic, 0.1)["reasons"].map(lambda own: "unstable" in own).all()


def test_one_article_that_makes_a_topic_is_named() -> None:
    topic = np.full(240, -1)
    topic[:4], topic[40:80] = 0, 1
    assert "one article" in _judge(topic)["reasons"][0]
