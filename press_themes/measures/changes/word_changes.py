"""Words that the later run has and the earlier had not, or that came up or went down beyond chance.

Stories are counted, not occurrences, and only stories that one of the two runs alone tells.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable

import numpy as np
import pandas as pd

from press_themes.measures.changes.compared import ComparedRun, CompareSettings, name_stories

ReadTerms = Callable[[str, str], list[str]]
COLUMNS = [
    "language", "term", "direction", "n_before", "stories_before", "n_after", "stories_after",
    "p_adjusted",
]  # fmt: skip


def compare_vocabulary(
    before: ComparedRun,
    after: ComparedRun,
    read_terms: ReadTerms,
    settings: CompareSettings = CompareSettings(),
) -> pd.DataFrame:
    """Find the terms whose use changed beyond chance."""
    told = [set(name_stories(run).tolist()) for run in (before, after)]
    used: Counter[tuple[str, str]] = Counter()
    written: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    counts, sizes = [], []
    for run, others in ((before, told[1]), (after, told[0])):
        count, size = _count_stories(run, others, read_terms, settings, written)
        counts.append(count)
        sizes.append(size)
        used.update(count)
    rows = []
    for language in sorted({*sizes[0], *sizes[1]}):
        whole = (sizes[0][language], sizes[1][language])
        if min(whole) == 0:
            # A language that only one run speaks has no change of words to show.
            continue
        for key in sorted(key for key in used if key[0] == language and used[key] > 1):
            rows.append((*key, counts[0][key], whole[0], counts[1][key], whole[1]))
    names = ["language", "term", "n_before", "stories_before", "n_after", "stories_after"]
    table = pd.DataFrame(rows, columns=names)
    if table.empty:
        return pd.DataFrame(columns=COLUMNS)
    table["p_adjusted"] = _adjust(table, settings.error)
    table = table[table["p_adjusted"] <= settings.error].copy()
    keys = list(zip(table["language"], table["term"], strict=True))
    both = told[0] & told[1]
    known = [_list_terms(run, both, read_terms, settings) for run in (before, after)]
    table["direction"] = _name_direction(table, [[key in own for key in keys] for own in known])
    table["term"] = [_most_written(written[key]) for key in keys]
    table = table.sort_values(["p_adjusted", "language", "term"], kind="stable")
    return table[COLUMNS].reset_index(drop=True)


def _count_stories(
    run: ComparedRun,
    others: set[str],
    read_terms: ReadTerms,
    settings: CompareSettings,
    written: dict[tuple[str, str], Counter[str]],
) -> tuple[Counter[tuple[str, str]], Counter[str]]:
    """Count the stories of a run that use each term, and the stories in each language."""
    passages = run.tables.passages.assign(story=name_stories(run))
    passages = passages[~passages["story"].isin(others)]
    kept = sample_stories(passages, settings)
    count: Counter[tuple[str, str]] = Counter()
    size: Counter[str] = Counter()
    for (_, language), own in kept.groupby(["story", "language"], sort=True):
        size[str(language)] += 1
        terms = _terms(own["text"], str(language), read_terms)
        for term in terms:
            written[str(language), term.casefold()][term] += 1
        count.update({(str(language), term.casefold()) for term in terms})
    return count, size


def _list_terms(
    run: ComparedRun, stories: set[str], read_terms: ReadTerms, settings: CompareSettings
) -> set[tuple[str, str]]:
    """List the terms of some stories of a run, by language."""
    passages = run.tables.passages.assign(story=name_stories(run))
    kept = sample_stories(passages[passages["story"].isin(stories)], settings)
    return {
        (str(language), term.casefold())
        for language, own in kept.groupby("language", sort=True)
        for term in _terms(own["text"], str(language), read_terms)
    }


def _most_written(forms: Counter[str]) -> str:
    return min(forms, key=lambda form: (-forms[form], form))


def _terms(texts: Iterable[str], language: str, read_terms: ReadTerms) -> set[str]:
    return {term for text in texts for term in read_terms(str(text), language)}


def sample_stories(passages: pd.DataFrame, settings: CompareSettings) -> pd.DataFrame:
    """Return the passages of as many whole stories as the sample holds."""
    if len(passages) <= settings.sample:
        return passages
    sizes = passages["story"].value_counts().sort_index()
    order = np.random.default_rng(settings.seed).permutation(sizes.index.to_numpy())
    kept = order[np.cumsum(sizes.loc[order].to_numpy()) <= settings.sample]
    return passages[passages["story"].isin(kept)]


def _adjust(table: pd.DataFrame, error: float) -> np.ndarray:
    """Return two-sided probabilities, times the number of terms that could reach significance."""
    from scipy.stats import hypergeom

    k = (table["n_before"] + table["n_after"]).to_numpy()
    n_before, n_after = table["stories_before"].to_numpy(), table["stories_after"].to_numpy()
    whole = n_before + n_after
    rising = hypergeom.sf(table["n_after"].to_numpy() - 1, whole, k, n_after)
    falling = hypergeom.cdf(table["n_after"].to_numpy(), whole, k, n_after)
    p = np.minimum(1, 2 * np.minimum(rising, falling))
    # The least a term as frequent can reach, when one run has it all.
    least = 2 * np.minimum(
        hypergeom.pmf(np.minimum(k, n_after), whole, k, n_after),
        hypergeom.pmf(np.maximum(0, k - n_before), whole, k, n_after),
    )
    ordered = np.sort(least)
    factor = next(
        (
            n
            for n in range(1, len(ordered) + 1)
            if np.searchsorted(ordered, error / n, "right") <= n
        ),
        len(ordered),
    )
    return np.where(least <= error / factor, np.minimum(1, p * factor), 1.0)


def _name_direction(table: pd.DataFrame, shared: list[list[bool]]) -> np.ndarray:
    """Name directions; `shared` says of each run which terms the stories told by both have there."""
    rises = table["n_after"] / table["stories_after"] > table["n_before"] / table["stories_before"]
    had, has = (np.array(own, dtype=bool) for own in shared)
    is_new, is_gone = (table["n_before"] == 0) & ~had, (table["n_after"] == 0) & ~has
    return np.select([is_new, is_gone, rises], ["new", "gone", "rising"], "falling")
