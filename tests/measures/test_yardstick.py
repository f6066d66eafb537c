"""The rule by which passages of any run are read like the topics of one."""

from __future__ import annotations

import numpy as np
from runs_for_tests import QUICK, make_run

from press_themes.measures.changes.compared import OUTLIER, name_stories
from press_themes.measures.changes.yardstick import build_yardstick, read_topics


def test_passages_of_another_run_read_like_the_topic_of_their_subject() -> None:
    before = make_run("before", {"sea": 20, "loom": 20})
    after = make_run("after", {"sea": 15, "loom": 15}, first=100)
    stick = build_yardstick(before, QUICK)
    read = read_topics(stick, after.vectors, name_stories(after))
    topic = after.tables.passages["topic"].to_numpy()
    assert (read[read != OUTLIER] == topic[read != OUTLIER]).all()
    assert (read == topic).mean() > 0.7


def test_a_subject_the_run_has_not_is_no_topic() -> None:
    stick = build_yardstick(make_run("before", {"sea": 20, "loom": 20}), QUICK)
    other = make_run("after", {"volcano": 10}, first=100)
    assert (read_topics(stick, other.vectors, name_stories(other)) == OUTLIER).all()


def test_no_passage_is_judged_by_its_own_story() -> None:
    run = make_run("one", {"sea": 20, "loom": 1})
    stick = build_yardstick(run, QUICK)
    read = read_topics(stick, run.vectors, name_stories(run))
    assert read[-1] == OUTLIER


def test_a_run_of_one_story_has_no_neighbour_to_ask() -> None:
    run = make_run("one", {"sea": 1})
    read = read_topics(build_yardstick(run, QUICK), run.vectors, name_stories(run))
    assert read.tolist() == [OUTLIER]


def test_a_sample_serves_where_the_run_is_large() -> None:
    from dataclasses import replace

    run = make_run("large", {"sea": 60, "loom": 60})
    stick = build_yardstick(run, replace(QUICK, sample=40))
    assert len(stick.topics) == 40
    read = read_topics(stick, run.vectors, name_stories(run))
    assert np.mean(read == run.tables.passages["topic"]) > 0.6
