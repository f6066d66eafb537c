from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from press_themes.measures.estimates import (
    FEWEST_JUDGED,
    bound_share,
    estimate_part,
    project_width,
    subtract_parts,
    tune_power,
)
from press_themes.measures.judged_evidence import Evidence, gather_evidence

NOTHING = pd.DataFrame(columns=["passage_id", "theme", "value", "stands_for"])


def _corpus(
    seed: int, n_judged: int, skill: float, n_stories: int = 300, size: int = 2
) -> tuple[Evidence, np.ndarray]:
    """Passages of which a theme is borne by 20 %, read with some skill and always too rarely."""
    generator = np.random.default_rng(seed)
    n = n_stories * size
    truth = np.repeat(generator.random(n_stories) < 0.2, size)
    read = np.clip(0.1 + skill * truth * 0.5 + 0.1 * generator.normal(size=n), 0, 1)
    names = np.array([f"p{number:05d}" for number in range(n)])
    passages = pd.DataFrame(
        {"passage_id": names, "article_id": np.repeat(np.arange(n_stories), size)}
    )
    articles = pd.DataFrame({"article_id": np.arange(n_stories)})
    articles["family_id"] = articles["article_id"].map("{:05d}".format)
    scores = pd.DataFrame({"passage_id": names, "theme": "sea", "read": read, "borne": read > 0.5})
    drawn = generator.permutation(n)[:n_judged]
    sample = pd.DataFrame(
        {"passage_id": names[drawn], "theme": "sea", "value": truth[drawn].astype(float)}
    )
    evidence = gather_evidence(
        passages, articles, scores, sample.assign(stands_for=n / max(1, n_judged))
    )
    return evidence, truth


def _whole(evidence: Evidence):
    return estimate_part(evidence, np.ones(len(evidence.order), bool), tune_power(evidence))


@pytest.mark.parametrize("skill", [0.0, 0.6, 1.0])
def test_the_interval_holds_the_truth_however_the_codebook_reads(skill: float) -> None:
    held = 0
    for seed in range(400):
        low, high = bound_share(_whole(_corpus(seed, 60, skill)[0]))
        held += low[0] <= 0.2 <= high[0]
    # The standard error of 400 repeats is .011; at 60 judged the binomial itself swings by .02.
    assert 0.91 <= held / 400 <= 0.99


def test_a_skilled_reading_narrows_the_interval_and_a_useless_one_does_not_widen_it() -> None:
    widths = {}
    for skill in (0.0, 1.0):
        evidence, _ = _corpus(1, 100, skill)
        every = np.ones(len(evidence.order), bool)
        for power in (tune_power(evidence), np.zeros(1)):
            low, high = bound_share(estimate_part(evidence, every, power))
            widths[skill, bool(power[0])] = float(high[0] - low[0])
    assert widths[1.0, True] < 0.75 * widths[1.0, False]
    assert widths[0.0, True] <= 1.01 * widths[0.0, False]


def test_when_everything_was_judged_the_estimate_is_the_count() -> None:
    evidence, truth = _corpus(3, 600, 0.5)
    part = _whole(evidence)
    assert part.share[0] == pytest.approx(truth.mean())
    assert part.is_judged[0]


def test_few_judged_stories_leave_the_share_as_read() -> None:
    evidence, _ = _corpus(4, FEWEST_JUDGED - 1, 1.0)
    part = _whole(evidence)
    assert not part.is_judged[0]
    assert part.share[0] == pytest.approx(evidence.borne.mean())


def test_no_yes_among_the_judged_is_not_certainty() -> None:
    evidence, _ = _corpus(5, 50, 0.0)
    none = evidence._replace(judged=np.zeros_like(evidence.judged))
    low, high = bound_share(_whole(none))
    assert low[0] == 0
    assert 0.03 < high[0] < 0.15


def test_the_projected_width_is_about_what_fifty_more_bring() -> None:
    projected, found = [], []
    for seed in range(20):
        projected.append(project_width(_whole(_corpus(seed, 50, 0.6)[0]))[0])
        low, high = bound_share(_whole(_corpus(seed, 100, 0.6)[0]))
        found.append(high[0] - low[0])
    assert np.mean(projected) == pytest.approx(np.mean(found), rel=0.1)


def test_differences_hold_none_about_as_often_as_they_say() -> None:
    held = 0
    for seed in range(200):
        evidence, _ = _corpus(seed, 80, 0.6)
        first = np.arange(len(evidence.order)) % 4 < 2
        power = tune_power(evidence)
        told = subtract_parts(*(estimate_part(evidence, side, power) for side in (first, ~first)))
        held += told.low[0] <= 0 <= told.high[0]
        assert (told.chance[0] < 0.05) == (not told.low[0] <= 0 <= told.high[0]) or told.low[0] == 0
    assert 183 <= held <= 199


def test_stories_that_two_groups_share_count_once() -> None:
    evidence, _ = _corpus(6, 0, 1.0)
    first = np.arange(len(evidence.order)) % 2 == 0
    told = subtract_parts(*(estimate_part(evidence, side, np.ones(1)) for side in (first, ~first)))
    apart = evidence._replace(stories=np.arange(len(evidence.order)))
    wider = subtract_parts(*(estimate_part(apart, side, np.ones(1)) for side in (first, ~first)))
    assert told.high[0] - told.low[0] < 0.8 * (wider.high[0] - wider.low[0])


def test_a_story_told_in_several_languages_is_one() -> None:
    passages = pd.DataFrame({"passage_id": list("abcd"), "article_id": list("wxyz")})
    articles = pd.DataFrame({"article_id": list("wxyz"), "family_id": list("wxyz")})
    scores = pd.DataFrame({"passage_id": list("abcd"), "theme": "sea", "read": 0.5, "borne": True})
    apart = gather_evidence(passages, articles, scores, NOTHING)
    told = articles.assign(story_id=["s", "s", "t", None])
    assert len(np.unique(apart.stories)) == 4
    assert len(np.unique(gather_evidence(passages, told, scores, NOTHING).stories)) == 3
