"""What the report says of how it was made: the rule of a theme, provenance, quotations, glossary.

Everything here is read from the summary of the run, which is what ``run.json`` holds.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from press_themes.telling.report.cautions import were_judged
from press_themes.telling.wording import Wording

_GLOSSARY = (
    "passage", "theme", "codebook", "topic", "outlier", "story", "share", "interval",
    "score", "stability", "keywords", "embedding",
)  # fmt: skip
_MUCH = 0.5
_BESIDE = {
    "figures/": "files.figures_folder",
    "notebooks/": "files.notebooks",
    "*.parquet": "files.tables",
    "skipped.csv, discarded.csv": "files.skipped",
    "run.json": "files.run",
}


def state_rule(scores: pd.DataFrame, summary: dict[str, Any], words: Wording) -> str:
    """Say what besides the threshold decides whether a passage bears a theme."""
    if were_judged(scores):
        # Judgements move the line themselves, so that the rule of thumb no longer holds.
        return ""
    runner_up = summary["settings"].get("themes", {}).get("runner_up")
    return "" if runner_up is None else words("report.rule", runner_up=words.number(runner_up, 3))


def state_voices(quotations: pd.DataFrame, summary: dict[str, Any], words: Wording) -> str:
    """Say how statements were found, and how often rightly on passages coded by hand."""
    if quotations.empty:
        return words("voices.none")
    doubtful = int((quotations["speaker"].fillna("") == "").sum())
    told = words("voices.note", n=len(quotations), doubtful=words.number(doubtful))
    measured = summary.get("measured", {}).get("quotations")
    if measured:
        told += " " + words(
            "voices.measured",
            n=measured["n_passages"],
            precision=words.percent(measured["precision"]),
            recall=words.percent(measured["recall"]),
            speakers=words.percent(measured["speaker_precision"]),
        )
    return told


def state_quoting(characters: int, allowed: int, share: float, words: Wording) -> str:
    """Say how much of the corpus the report quotes, which whoever sends it on answers for."""
    if characters < 1:
        return words("report.quoting.none")
    told = words("report.quoting", n=characters, share=words.percent(share))
    if characters < allowed:
        told += " " + words("report.quoting.less", allowed=words.number(allowed))
    return told


def warn_of_quoting(share: float, words: Wording) -> list[str]:
    """Warn whoever sends the report on where its quotations are most of the corpus."""
    return [words("caution.quoting", share=words.percent(share))] if share > _MUCH else []


def list_provenance(summary: dict[str, Any], words: Wording) -> list[tuple[str, str]]:
    """List encoder, codebook, seed, settings, quality and versions."""
    encoder = summary["encoder"]
    listed = [
        (
            words("provenance.encoder"),
            ", ".join(
                filter(None, map(encoder.get, ("name", "revision", "engine", "second_reader")))
            ),
        ),
        (words("provenance.codebook"), _name_codebook(summary["codebook"], words)),
        (words("provenance.seed"), str(summary["seed"])),
    ]
    for stage, settings in summary["settings"].items():
        values = ", ".join(f"{name} = {value}" for name, value in settings.items())
        listed.append((words("provenance.settings", stage=stage), values))
    for quality in summary["quality"].values():
        value = words.number(quality["value"], 2)
        sentence = words.typeset(words.pick(quality["sentence"]))
        listed.append((words("provenance.quality"), f"{value} — {sentence}"))
    versions = ", ".join(f"{name} {version}" for name, version in summary["versions"].items())
    return [*listed, (words("provenance.versions"), versions)]


def _name_codebook(codebook: dict[str, Any], words: Wording) -> str:
    return words("provenance.shipped") if codebook["is_default"] else str(codebook["source"])


def list_glossary(rule: str, words: Wording) -> list[tuple[str, str]]:
    """List the terms of the report with their meanings."""
    meanings = {name: words(f"glossary.{name}") for name in _GLOSSARY}
    meanings["score"] = f"{meanings['score']} {rule}".strip()
    return [(words(f"glossary.{name}.term"), meaning) for name, meaning in meanings.items()]


def list_beside(words: Wording) -> list[tuple[str, str]]:
    """List what lies beside the report in a run folder and does not travel with it."""
    return [(name, words(key)) for name, key in _BESIDE.items()]
