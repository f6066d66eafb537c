"""The facts about a run, stated in run.json and in the report: counts, settings, versions, quality."""

from __future__ import annotations

from dataclasses import asdict, is_dataclass
from datetime import UTC, datetime
from typing import Any

import pandas as pd

import press_themes
from press_themes.alarms import state_alarms
from press_themes.calibration_facts import state_calibration, state_measured, state_quality
from press_themes.configuration import Configuration, choose_language
from press_themes.identifiers import name_corpus
from press_themes.runs.fingerprints import corpus_hash, package_versions
from press_themes.runs.results import Results
from press_themes.stored_configuration import state_configuration
from press_themes.tables import RunTables
from press_themes.telling.charts.basis import count_stories
from press_themes.telling.wording import say_in_all
from press_themes.vectors.encoders import Encoder


def summarise(
    tables: RunTables,
    settings: Configuration,
    encoder: Encoder,
    regime: dict[str, Any],
    quality: pd.DataFrame,
    notes: list[dict[str, str]],
) -> dict[str, Any]:
    """State the facts about a run that do not depend on the clock.

    Parameters
    ----------
    tables : RunTables
        The run's tables.
    settings : Configuration
        What the run was told.
    encoder : Encoder
        What made the vectors.
    regime : dict
        How topics were found, from `find_topics`.
    quality : DataFrame
        ``figure, value`` from `measure_quality`.
    notes : list of dict of str to str
        What did not work or was not heeded, by language.

    Returns
    -------
    dict
        ``title, note, licence, language, quote_characters, regime, counts, encoder, seed,
        settings, versions, quality, alarms, warnings, calibration,
        measured, codebook``; the alarms are what
        must be known before anything else is read.
    """
    language = choose_language(settings.report_language, tables.articles)
    title = settings.title.get(language) or name_corpus(settings.corpus)
    return {
        "title": title,
        "note": settings.note.get(language, ""),
        "licence": settings.licence,
        "language": language,
        "quote_characters": settings.quote_characters,
        "regime": regime,
        "counts": _counts(tables),
        "encoder": {
            "name": encoder.name,
            "revision": encoder.revision,
            "engine": encoder.engine,
            **({"second_reader": settings.second_reader} if settings.second_reader else {}),
        },
        "seed": settings.seed,
        "settings": _stage_settings(settings),
        "versions": {"press-themes": press_themes.__version__, **package_versions()},
        "quality": _quality(tables, quality),
        "alarms": state_alarms(tables, settings.codebook_is_default, regime),
        "warnings": [*_warnings(tables, settings, notes), *_engine_notes(encoder)],
        "calibration": state_calibration(tables.theme_calibration),
        "measured": state_measured(settings.stories.least_probability),
        "codebook": {
            "source": settings.codebook.name if settings.codebook else "",
            "is_default": settings.codebook_is_default,
        },
    }


def state_run(results: Results) -> dict[str, Any]:
    """State what ``run.json`` says beside its stages and files.

    Parameters
    ----------
    results : Results
        Of the run being built.

    Returns
    -------
    dict
        The summary; the corpus with its hash, what the run was told, and when it was done.
    """
    settings: Configuration = results.settings
    return {
        **results.get("summary"),
        "corpus": str(settings.corpus),
        "corpus_hash": corpus_hash(settings.corpus),
        "configuration": state_configuration(settings),
        "finished": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def _counts(tables: RunTables) -> dict[str, int]:
    articles, passages = tables.articles, tables.passages
    copies = articles["article_id"].str.contains("-", regex=False)
    return {
        "files": int(articles["path"].nunique()),
        "articles": len(articles),
        "stories": count_stories(articles),
        "texts": int(articles["family_id"].nunique()),
        "skipped": len(tables.skipped),
        "discarded_lines": len(tables.discarded),
        "passages": len(passages),
        "passages_unique": int(passages["text"].nunique()),
        "passages_with_theme": int((passages["themes"].map(len) > 0).sum()),
        "outliers_raw": int((passages["topic_raw"] < 0).sum()),
        "outliers": int((passages["topic"] < 0).sum()),
        "undated_articles": int(articles["date"].isna().sum()),
        "truncated_articles": int(articles["truncated"].sum()),
        "exact_copies": int(copies.sum()),
    }


def _stage_settings(settings: Configuration) -> dict[str, Any]:
    stages = {
        name: value
        for name, value in vars(settings).items()
        if is_dataclass(value) and not isinstance(value, type)
    }
    return {
        stage: {name: _plain(value) for name, value in asdict(own).items()}
        for stage, own in stages.items()
    }


def _plain(value: Any) -> Any:
    return (
        value
        if isinstance(value, (bool, int, float, str, list, tuple))
        else (None if value is None else str(value))
    )


def _quality(tables: RunTables, figures: pd.DataFrame) -> dict[str, Any]:
    quality: dict[str, Any] = {
        name: {"value": float(value), "sentence": say_in_all(f"quality.{name}")}
        for name, value in zip(figures["figure"], figures["value"], strict=True)
    }
    shifts = tables.alignment
    if len(shifts) > 1:
        quality["neighbour_pairs"] = {
            "value": int(shifts["n_pairs"].sum()) // 2,
            "sentence": say_in_all("quality.neighbour_pairs"),
            "by_language": {
                str(language): {"pairs": int(pairs), "note": str(note)}
                for language, pairs, note in zip(
                    *(shifts[c] for c in ("language", "n_pairs", "note")),
                    strict=True,
                )
            },
        }
    quality |= state_quality(tables.theme_calibration)
    quality["theme_coverage"] = {
        "value": float((tables.passages["themes"].map(len) > 0).mean()),
        "sentence": say_in_all("quality.theme_coverage"),
    }
    return quality


def _engine_notes(encoder: Encoder) -> list[dict[str, str]]:
    note = getattr(encoder, "note", None)
    return [note] if note else []


def _warnings(
    tables: RunTables, settings: Configuration, problems: list[dict[str, str]]
) -> list[dict[str, str]]:
    warnings = list(problems)
    for source, key in (("analyst", "names_given"), ("rewritten", "names_rewritten")):
        count = int((tables.topics["label_source"] == source).sum())
        if count:
            warnings.append(say_in_all(f"warning.{key}", count, model=settings.naming.model))
    if settings.codebook is None:
        warnings.append(say_in_all("warning.no_codebook"))
    copies = int(tables.articles["article_id"].str.contains("-", regex=False).sum())
    if copies:
        warnings.append(say_in_all("warning.copies", copies))
    return warnings
