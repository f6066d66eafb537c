"""How far the findings can be trusted, in sentences.

They name what the corpus lacks and what the methods left open.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from press_themes.telling.charts.basis import count_part
from press_themes.telling.charts.stability_by_size import STABLE, UNSTABLE
from press_themes.telling.wording import Wording


def write_cautions(tables: Any, summary: dict[str, Any], words: Wording) -> list[str]:
    """Write how far the findings can be trusted."""
    counts = summary["counts"]
    sentences = [words.typeset(words.pick(summary["regime"]["sentence"]))]
    if not tables.topics.empty:
        passages = words.number(counts["passages"])
        outliers = words("caution.outliers", n=counts["outliers_raw"], passages=passages)
        if counts["outliers"] != counts["outliers_raw"]:
            outliers += " " + words("caution.outliers.left", n=counts["outliers"])
        sentences.append(outliers)
        measured = tables.topics["stability"].dropna().astype(float).round(2)
        unstable = int((measured < UNSTABLE).sum())
        if unstable:
            sentences.append(
                words("caution.unstable", n=unstable, measured=words.number(len(measured)))
            )
        elif len(measured):
            sentences.append(words("caution.all_stable", n=len(measured)))
    articles = words.number(counts["articles"])
    for name in ("undated_articles", "truncated_articles"):
        if counts[name]:
            sentences.append(words(f"caution.{name}", n=counts[name], articles=articles))
    unnamed = count_part(tables, "no_outlet")
    if unnamed:
        sentences.append(words("caution.no_outlet", n=unnamed, articles=articles))
    if not len(tables.themes) or were_judged(tables.theme_scores):
        unchecked = []
    else:
        unchecked = [words("caution.unchecked")]
    warnings = (words.typeset(words.pick(warning)) for warning in summary["warnings"])
    return [*sentences, *unchecked, *warnings]


def were_judged(scores: pd.DataFrame) -> bool:
    """Return whether an analyst judged any assignment, where the stage before knows of that."""
    return "judged" in scores and bool((scores["judged"].fillna("") != "").any())


def name_stability(value: float, words: Wording) -> str:
    """Name a stability (0 to 1): stable, fairly stable, unstable or not measured."""
    if pd.isna(value):
        return words("stability.unknown")
    # The word goes with the number as it is printed.
    value = round(float(value), 2)
    key = "stable" if value >= STABLE else "fair" if value >= UNSTABLE else "unstable"
    return words("stability.named", word=words(f"stability.{key}"), value=words.number(value, 2))
