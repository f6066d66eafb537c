"""Shares estimated from what the codebook reads everywhere and what was judged in a random sample.

The reading may err as it likes: the sample says by how much, and the interval holds that error too.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from press_themes.measures.judged_evidence import Evidence

#: Judged stories of a group below which nothing is estimated from them.
FEWEST_JUDGED = 5
#: How many further judgements a projection is made for.
FURTHER = 50
# Judgements imagined beside the real ones: this many of each of four, yes or no, read more or less
# than usual; two in all, as Agresti and Min add to the four cells of matched proportions.
_IMAGINED = 0.5
_YES, _MORE = np.array([[1.0], [1.0], [0.0], [0.0]]), np.array([[1.0], [-1.0], [1.0], [-1.0]])
# Cells held at once; it splits the themes of large collections into blocks.
_BLOCK = 20_000_000


class Part(NamedTuple):
    """The estimate of one group of passages, every array with one value a theme.

    Attributes
    ----------
    share, centre : ndarray
        The estimate, and the middle of its interval.
    variance, sampling : ndarray
        Variance of the estimate, and how much of it further judgements would lessen.
    imagined : ndarray
        How much of the variance is of imagined judgements.
    freedom : ndarray
        Degrees of freedom of the variance.
    n_judged : ndarray of int
        Judged passages.
    is_judged : ndarray of bool
        Whether enough was judged; else all of this is of the reading.
    share_read, share_read_low, share_read_high : ndarray
        As the codebook reads it, with an interval that holds the accident of which stories were
        told but not the error of the reading.
    stories : ndarray of int
        Stories of the group.
    pull : ndarray, shape (n_stories, n_themes)
        How far each story pulls the estimate; the variance is the sum of the squares, and of those
        of imagined judgements.
    """

    share: np.ndarray
    centre: np.ndarray
    variance: np.ndarray
    sampling: np.ndarray
    imagined: np.ndarray
    freedom: np.ndarray
    n_judged: np.ndarray
    is_judged: np.ndarray
    share_read: np.ndarray
    share_read_low: np.ndarray
    share_read_high: np.ndarray
    stories: np.ndarray
    pull: np.ndarray


def tune_power(evidence: Evidence) -> np.ndarray:
    """Choose how far the reading of each theme is trusted, so that the estimate varies least."""
    power = np.ones(len(evidence.themes))
    for columns in _split(evidence):
        group = _gather(evidence, columns, np.ones(len(evidence.order), bool))
        means = _average(group)
        truth = np.vstack([_pull_truth(group, means), means.imagined_truth])
        reading = np.vstack([_pull_reading(group, means), -means.imagined_read])
        spread = (reading**2).sum(axis=0)
        slope = -(truth * reading).sum(axis=0) / np.where(spread > 0, spread, 1)
        power[columns] = np.clip(slope, 0, None)
    return power


def estimate_part(evidence: Evidence, inside: np.ndarray, power: np.ndarray) -> Part:
    """Estimate the share of each theme among some of the passages.

    The estimate is the mean of what was read plus the weighted mean error on the judged passages
    (prediction-powered inference, Angelopoulos et al. 2023, doi:10.1126/science.adi6000; with known
    chances of being judged: Egami, Hinck, Stewart and Wei, "Using imperfect surrogates for downstream
    inference", 2023, arXiv:2306.04746). Its variance is the sum over stories of the squared pulls, so
    that it holds the accident of which stories were told, of which passages were judged, and both
    together. For the interval two judgements are imagined, spread over yes and no and over read more
    and less than usual: without them few yes look surer than they are. With a reading that is of no
    use the interval becomes that of Agresti and Coull (1998, doi:10.1080/00031305.1998.10480550) with
    two judgements in place of four; with one that is fully trusted, about that of Agresti and Min for
    matched proportions (2005, doi:10.1002/sim.1781).
    """
    parts = [
        _estimate(_gather(evidence, columns, inside[evidence.order]), power[columns])
        for columns in _split(evidence)
    ]
    if len(parts) == 1:
        return parts[0]
    values = {name: np.hstack([getattr(part, name) for part in parts]) for name in Part._fields}
    return Part(**values | {"stories": parts[0].stories})


def bound_share(part: Part) -> tuple[np.ndarray, np.ndarray]:
    """Return the 95 % interval of a share; NaN for a reading of fewer than five stories."""
    reach = _quantile(part.freedom) * np.sqrt(part.variance)
    low = np.clip(part.centre - reach, 0, part.share)
    high = np.clip(part.centre + reach, part.share, 1)
    return low, high


class Difference(NamedTuple):
    """The difference of two shares, every array with one value a theme.

    Attributes
    ----------
    value, low, high : ndarray
        The difference and its 95 % interval; NaN with fewer than five stories in a group.
    chance : ndarray
        How likely a difference so large would be if there were none; two-sided.
    is_judged : ndarray of bool
        Whether both shares rest on judgements.
    """

    value: np.ndarray
    low: np.ndarray
    high: np.ndarray
    chance: np.ndarray
    is_judged: np.ndarray


def subtract_parts(first: Part, second: Part) -> Difference:
    """Subtract the shares of one group from those of another.

    For a difference one judgement is imagined in each group, two in all, and the quantile is that of
    the normal distribution, as for matched proportions (Agresti and Min 2005); with two in each, as
    for single shares, and Student's t the interval holds the truth in 99 of 100 cases where a dozen
    passages of each group are judged (bench/coverage_of_shares.py). What is read has Student's t with
    Welch's degrees of freedom (1947).
    """
    from scipy.special import stdtr

    _, ours, theirs = np.intersect1d(first.stories, second.stories, return_indices=True)
    shared = (first.pull[ours] * second.pull[theirs]).sum(axis=0)
    judged = first.is_judged & second.is_judged
    both = first.variance + second.variance - (first.imagined + second.imagined) / 2
    split = first.variance**2 / np.maximum(first.freedom, 1)
    split = split + second.variance**2 / np.maximum(second.freedom, 1)
    freedom = np.where(split > 0, both**2 / np.where(split > 0, split, 1), np.inf)
    enough = np.minimum(first.freedom, second.freedom) >= FEWEST_JUDGED - 1
    alike = first.is_judged == second.is_judged
    spread = np.sqrt(np.clip(both - 2 * shared, 0, None))
    freedom = np.where(judged, np.inf, np.maximum(freedom, FEWEST_JUDGED - 1))
    reach = np.where(enough & alike, _quantile(freedom), np.nan)
    value = np.where(alike, first.share - second.share, np.nan)
    middle = (value + first.centre - second.centre) / 2
    low = np.clip(np.minimum(middle - reach * spread, value), -1, 1)
    high = np.clip(np.maximum(middle + reach * spread, value), -1, 1)
    far = -np.abs(middle) / np.where(spread > 0, spread, 1)
    chance = np.where(np.isnan(low), np.nan, np.where(spread > 0, 2 * stdtr(freedom, far), 1.0))
    return Difference(value, low, high, chance, judged)


def project_width(part: Part, further: int = FURTHER) -> np.ndarray:
    """Project how wide the interval of a share would be with further judgements of the group."""
    n = part.n_judged
    alone = part.share * (1 - part.share) + 1 / (further + 4)
    sampling = np.where(part.is_judged, part.sampling * n / (n + further), alone / further)
    stories = part.variance - np.where(part.is_judged, part.sampling, 0)
    freedom = np.where(part.is_judged, part.freedom + further, further - 1.0)
    return np.minimum(2 * _quantile(freedom) * np.sqrt(np.clip(stories, 0, None) + sampling), 1)


class _Group(NamedTuple):
    """One group of passages and its sample; arrays end with one value a theme."""

    stories: np.ndarray
    mean_read: np.ndarray
    pull_read: np.ndarray
    mean_borne: np.ndarray
    pull_borne: np.ndarray
    story: np.ndarray
    said: np.ndarray
    truth: np.ndarray
    read: np.ndarray
    weights: np.ndarray


class _Means(NamedTuple):
    """Weighted means of a sample, plain and with imagined judgements, and what these pull."""

    truth: np.ndarray
    read: np.ndarray
    centre_truth: np.ndarray
    centre_read: np.ndarray
    whole: np.ndarray
    imagined_truth: np.ndarray
    imagined_read: np.ndarray


def _split(evidence: Evidence) -> list[np.ndarray]:
    """Split the themes so that memory stays bounded."""
    n_themes = len(evidence.themes)
    each = max(1, _BLOCK // max(1, len(evidence.order)))
    return [
        np.arange(start, min(start + each, n_themes)) for start in range(0, max(1, n_themes), each)
    ]


def _estimate(group: _Group, power: np.ndarray) -> Part:
    means = _average(group)
    pull, imagined = _pull_truth(group, means), means.imagined_truth
    pull += power * _pull_reading(group, means)
    imagined = imagined - power * means.imagined_read
    n_stories = (_bring(group.said.astype(float), group) > 0).sum(axis=0)
    enough = n_stories >= FEWEST_JUDGED
    share = np.clip(means.truth + power * (group.mean_read - means.read), 0, 1)
    centre = means.centre_truth + power * (group.mean_read - means.centre_read)
    added = (imagined**2).sum(axis=0)
    variance = (pull**2).sum(axis=0) + added
    # Of a sample drawn with chances 1 / weight, this much of the variance comes from the draw alone.
    error = group.truth - means.centre_truth - power * (group.read - means.centre_read)
    drawn = np.clip(group.weights * (group.weights - 1), 0, None) * error**2 / means.whole**2
    sampling = np.minimum(drawn.sum(axis=0) + added, variance)
    told = np.full(len(power), len(group.stories) - 1.0)
    reach = _quantile(told) * np.sqrt((group.pull_borne**2).sum(axis=0))
    return Part(
        share=np.where(enough, share, group.mean_borne),
        centre=np.where(enough, centre, group.mean_borne),
        variance=np.where(enough, variance, (group.pull_borne**2).sum(axis=0)),
        sampling=np.where(enough, sampling, 0.0),
        imagined=np.where(enough, added, 0.0),
        freedom=np.where(enough, n_stories - 1.0, told),
        n_judged=group.said.sum(axis=0),
        is_judged=enough,
        share_read=group.mean_borne,
        share_read_low=np.clip(group.mean_borne - reach, 0, 1),
        share_read_high=np.clip(group.mean_borne + reach, 0, 1),
        stories=group.stories,
        pull=np.where(enough, pull, group.pull_borne),
    )


def _gather(evidence: Evidence, columns: np.ndarray, inside: np.ndarray) -> _Group:
    """Gather what is known of the passages inside a group."""
    rows, own = np.flatnonzero(inside), inside[evidence.places]
    stories, starts = np.unique(evidence.stories[rows], return_index=True)
    places = evidence.places[own]
    truth = evidence.judged[np.ix_(own, columns)]
    said = ~np.isnan(truth)
    return _Group(
        stories,
        *_spread(evidence.read[np.ix_(rows, columns)], starts),
        *_spread(evidence.borne[np.ix_(rows, columns)], starts),
        story=np.searchsorted(stories, evidence.stories[places]),
        said=said,
        truth=np.where(said, truth, 0.0),
        read=evidence.read[np.ix_(places, columns)].astype(np.float64),
        weights=np.where(said, evidence.weights[np.ix_(own, columns)], 0.0),
    )


def _spread(values: np.ndarray, starts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the mean of all rows and how far each story pulls it."""
    if not len(values):
        return np.full(values.shape[1], np.nan), np.zeros(values.shape)
    mean = values.mean(axis=0, dtype=np.float64)
    return mean, np.add.reduceat(values - mean, starts, axis=0) / len(values)


def _average(group: _Group) -> _Means:
    weights, total = group.weights, group.weights.sum(axis=0)
    safe = np.where(total > 0, total, 1.0)
    truth, read = (weights * group.truth).sum(axis=0), (weights * group.read).sum(axis=0)
    spread = np.sqrt((weights * (group.read - read / safe) ** 2).sum(axis=0) / safe)
    more = read / safe + _MORE * spread
    each = total / np.maximum(group.said.sum(axis=0), 1)
    whole = safe + 4 * _IMAGINED * each
    centre_truth = (truth + _IMAGINED * each * _YES.sum()) / whole
    centre_read = (read + _IMAGINED * each * more.sum(axis=0)) / whole
    # Half a judgement adds half the square that a whole one would.
    push = np.sqrt(_IMAGINED) * each / whole
    return _Means(
        truth / safe,
        read / safe,
        centre_truth,
        centre_read,
        whole,
        push * (_YES - centre_truth),
        push * (more - centre_read),
    )


def _pull_truth(group: _Group, means: _Means) -> np.ndarray:
    """Return how far the judgements in each story pull the mean of what is true."""
    return _bring(group.weights * (group.truth - means.centre_truth) / means.whole, group)


def _pull_reading(group: _Group, means: _Means) -> np.ndarray:
    """Return how far each story pulls the mean of what is read, of all beside the judged."""
    read = _bring(group.weights * (group.read - means.centre_read) / means.whole, group)
    return group.pull_read - read


def _bring(values: np.ndarray, group: _Group) -> np.ndarray:
    """Add up the judged passages of each story."""
    sums = np.zeros((len(group.stories), values.shape[1]))
    np.add.at(sums, group.story, values)
    return sums


def _quantile(freedom: np.ndarray) -> np.ndarray:
    """Return how many standard errors 95 % take; NaN with fewer than five stories."""
    from scipy.special import stdtrit

    enough = freedom >= FEWEST_JUDGED - 1
    return np.where(enough, stdtrit(np.maximum(freedom, 1.0), 0.975), np.nan)
