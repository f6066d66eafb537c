"""How far the findings can be trusted, in sentences.

They name what the corpus lacks and what the methods left open.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from press_themes.telling.charts.basis import count_part
from press_themes.telling.charts.stability_by_size import STABLE, UNSTABLE
from press_themes.telling.report.codebook_notes import tell_codebook
from press_themes.telling.wording import Wording


def write_cautions(tables: Any, summary: dict[str, Any], words: Wording) -> list[str]:
    """Write how far the findings can be trusted."""
    counts = summary["counts"]
    sentences = [words.typeset(words.pick(summary["regime"]["sentence"]))]
    if not tables.topics.empty:
        passages = words.number(counts["passages"])
        outliers = words("caution.outliers", n=counts["outliers_raw"], passages=passages)
        if counts["outliers"] != counts["outliers_raw"]:
            fewer = counts["outliers"] < counts["outliers_raw"]
            key = "left" if fewer else "dissolved"
            outliers += " " + words(f"caution.outliers.{key}", n=counts["outliers"])
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
    sentences += _tell_judged(tables, words) + tell_codebook(tables, words)
    sentences += _tell_share_errors(tables, summary, words)
    sentences += _tell_stories(tables, summary, words)
    warnings = (words.typeset(words.pick(warning)) for warning in summary["warnings"])
    return [*sentences, *warnings]


def _tell_judged(tables: Any, words: Wording) -> list[str]:
    """Say how many passages were judged, how rightly the themes were given, and who agreed."""
    judged = tables.theme_calibration
    if len(tables.themes) and judged.empty and not were_judged(tables.theme_scores):
        return [words("caution.unchecked")]
    if judged.empty or not len(tables.themes):
        return []
    every: Any = judged.iloc[0]
    drawn = words(f"caution.drawn.{'sheet' if every['basis'] == 'sheet' else 'chosen'}")
    said = [words("caution.judged", n=int(every["n_judged"]), drawn=drawn)]
    for measure in ("precision", "recall"):
        interval = words.interval(every[f"{measure}_low"], every[f"{measure}_high"])
        known = pd.notna(every[measure])
        share = words.percent(every[measure])
        key = f"caution.{measure}" if known else f"caution.{measure}.unknown"
        said.append(words(key, share=share, interval=interval) if known else words(key))
    estimated = (
        int((tables.theme_shares["basis"] == "judged").sum()) if len(tables.theme_shares) else 0
    )
    said.append(words("caution.estimated", n=estimated, themes=len(tables.themes)))
    return said + _tell_agreement(tables, words)


def _tell_agreement(tables: Any, words: Wording) -> list[str]:
    agreed = tables.agreement
    agreed = agreed[agreed["n_double"] > 0] if len(agreed) else agreed
    if agreed.empty:
        return [words("caution.one_coder")]
    alphas = agreed["alpha"].dropna()
    if alphas.empty:
        return [words("caution.agreement.unknown", n=int(agreed["n_double"].max()))]
    return [
        words(
            "caution.agreement",
            n=int(agreed["n_double"].max()),
            low=words.number(alphas.min(), 2),
            high=words.number(alphas.max(), 2),
            differing=words.number(len(tables.disagreements)),
        )
    ]


def _tell_share_errors(tables: Any, summary: dict[str, Any], words: Wording) -> list[str]:
    """Say how far shares that the codebook alone reads lay from the truth elsewhere."""
    errors = summary.get("measured", {}).get("shares")
    shares = tables.theme_shares
    if (
        not errors
        or not len(tables.themes)
        or (len(shares) and (shares["basis"] == "judged").all())
    ):
        return []
    told = {name: words.number(100 * errors[name], 1) for name in errors if name != "n_sets"}
    return [words("caution.share_error", n=errors["n_sets"], **told)]


def _tell_stories(tables: Any, summary: dict[str, Any], words: Wording) -> list[str]:
    """Say how well stories are linked, where articles were linked at all."""
    links = summary.get("measured", {}).get("links")
    if tables.stories.empty or not links or tables.stories["n_articles"].max() < 2:
        return []
    shares = {x: words.percent(links[x]) for x in links if x != "n_sets"}
    return [words("caution.links", n=links["n_sets"], **shares)]


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
