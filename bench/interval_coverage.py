"""How often the 95 % intervals of shares hold the share they are meant to hold.

Corpora are simulated with a known share: stories of equal or very unequal length, whose passages
agree among themselves a little or a lot. Run it with ``python bench/interval_coverage.py``.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from itertools import product

import numpy as np
import pandas as pd

from press_themes.measures.intervals import resample_leads, resample_shares

STORIES = (5, 8, 12, 24, 60, 200)
SHARES = (0.03, 0.1, 0.3, 0.6)
#: How much the passages of a story agree, as the correlation of two of them.
AGREEMENTS = (0.1, 0.5)
LENGTHS = ("equal", "unequal")


def measure_coverage(repeats: int, resamples: int, seed: int = 0) -> pd.DataFrame:
    """Measure the coverage of `resample_shares` and of the plain bootstrap beside it.

    Parameters
    ----------
    repeats : int
        Corpora simulated a setting.
    resamples : int
        Draws of stories an interval.
    seed : int
        Seed of everything.

    Returns
    -------
    DataFrame
        ``lengths, n_stories, share, agreement``, then ``coverage`` and ``width`` of the interval,
        ``plain_coverage`` and ``plain_width`` of the percentile bootstrap without imaginary stories.
    """
    generator = np.random.default_rng(seed)
    rows = []
    for setting in product(LENGTHS, STORIES, SHARES, AGREEMENTS):
        share = setting[2]
        found = np.array([list(_try_once(setting, resamples, generator)) for _ in range(repeats)])
        low, high = found[:, :, 0], found[:, :, 1]
        held = ((low <= share + 1e-12) & (high >= share - 1e-12)).mean(axis=0)
        width = (high - low).mean(axis=0)
        rows.append((*setting, held[0], width[0], held[1], width[1]))
    names = ["lengths", "n_stories", "share", "agreement"]
    measured = ["coverage", "width", "plain_coverage", "plain_width"]
    return pd.DataFrame(rows, columns=[*names, *measured])


def measure_lead_coverage(repeats: int, seed: int = 0) -> pd.DataFrame:
    """Measure how often the interval of a lead holds the true distance of two shares.

    Parameters
    ----------
    repeats : int
        Corpora simulated a setting.
    seed : int
        Seed of everything.

    Returns
    -------
    DataFrame
        ``n_stories, first, second, coverage``.
    """
    generator = np.random.default_rng(seed)
    rows = []
    for n_stories, (first, second) in product(STORIES, ((0.3, 0.3), (0.4, 0.1), (0.1, 0.05))):
        held = 0
        for _ in range(repeats):
            totals = _draw_lengths("unequal", n_stories, generator)
            leaning = generator.dirichlet(np.array([first, second, 1 - first - second]), n_stories)
            counts = np.array(
                [generator.multinomial(n, p) for n, p in zip(totals, leaning, strict=True)]
            )
            low, high = resample_leads(
                counts[:, :2].astype(float), totals.astype(float), 0, int(generator.integers(2**31))
            )
            held += low[1] - 1e-12 <= first - second <= high[1] + 1e-12
        rows.append((n_stories, first, second, held / repeats))
    return pd.DataFrame(rows, columns=["n_stories", "first", "second", "coverage"])


def _try_once(
    setting: tuple[str, int, float, float], resamples: int, generator: np.random.Generator
) -> Iterator[tuple[float, float]]:
    lengths, n_stories, share, agreement = setting
    totals = _draw_lengths(lengths, n_stories, generator)
    spread = (1 - agreement) / agreement
    leaning = generator.beta(share * spread, (1 - share) * spread, n_stories)
    counts = generator.binomial(totals, leaning).astype(float)
    low, high = resample_shares(
        counts[:, None], totals.astype(float), int(generator.integers(2**31)), resamples
    )
    yield float(low[0]), float(high[0])
    drawn = generator.multinomial(n_stories, np.full(n_stories, 1 / n_stories), resamples)
    yield tuple(np.quantile(drawn @ counts / (drawn @ totals), [0.025, 0.975]))


def _draw_lengths(lengths: str, n_stories: int, generator: np.random.Generator) -> np.ndarray:
    if lengths == "equal":
        return np.full(n_stories, 4)
    return 1 + np.minimum(60, generator.lognormal(1.0, 1.0, n_stories).astype(int))


def main() -> None:
    """Print the coverage by setting and summed up."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=500)
    parser.add_argument("--resamples", type=int, default=500)
    options = parser.parse_args()
    measured = measure_coverage(options.repeats, options.resamples)
    print(measured.round(3).to_string(index=False))
    summed = measured.groupby("n_stories")[["coverage", "plain_coverage", "width", "plain_width"]]
    print("\nmean by number of stories\n", summed.mean().round(3))
    least = measured.loc[measured["coverage"].idxmin()]
    print(
        f"\nall settings: mean {measured['coverage'].mean():.3f}, least {least['coverage']:.3f}; "
        f"plain bootstrap: mean {measured['plain_coverage'].mean():.3f}, least "
        f"{measured['plain_coverage'].min():.3f}; {options.repeats} corpora a setting"
    )
    leads = measure_lead_coverage(max(100, options.repeats // 2))
    print("\nlead of one share over another\n", leads.round(3).to_string(index=False))


if __name__ == "__main__":
    main()
