"""The facts about a run, stated in run.json and in the report: counts, settings, versions, quality."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, is_dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

import press_themes
from press_themes.calibration_facts import state_calibration, state_quality
from press_themes.configuration import Configuration
from press_themes.fingerprints import corpus_hash, package_versions
from press_themes.runs import FORMAT, Run
from press_themes.tables import RunTables
from press_themes.vectors.encoders import Encoder


def choose_language(settings: Configuration, articles: pd.DataFrame) -> str:
    """Choose the language of the report.

    Parameters
    ----------
    settings : Configuration
        With ``report_language``.
    articles : DataFrame
        With ``language``.

    Returns
    -------
    str
        The language asked for; for ``auto`` French where most articles are French, else English.
    """
    if settings.report_language != "auto":
        return settings.report_language
    most = articles["language"].value_counts()
    return "fr" if most.get("fr", 0) > len(articles) / 2 else "en"


def summarise(
    tables: RunTables,
    settings: Configuration,
    encoder: Encoder,
    regime: dict[str, Any],
    notes: Sequence[dict[str, str]] = (),
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
        How topics were found.
    notes : sequence of dict
        One sentence, by language, for each decision of the analyst that was not used or changes
        what was found.

    Returns
    -------
    dict
        ``title, note, licence, language, quote_characters, regime, counts, encoder, seed,
        settings, versions, quality, warnings, calibration, codebook``.
    """
    language = choose_language(settings, tables.articles)
    title = settings.title.get(language) or settings.corpus.stem
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
        },
        "seed": settings.seed,
        "settings": _stage_settings(settings),
        "versions": {"press-themes": press_themes.__version__, **package_versions()},
        "quality": _quality(tables),
        "warnings": [*_warnings(tables, settings), *notes],
        "calibration": state_calibration(tables.theme_calibration),
        "codebook": {
            "source": settings.codebook.name if settings.codebook else "",
            "is_default": settings.codebook_is_default,
        },
    }


def write_run_json(run: Run, settings: Configuration, summary: dict[str, Any]) -> Path:
    """Write ``run.json``.

    Parameters
    ----------
    run : Run
        The run being built.
    settings : Configuration
        What the run was told.
    summary : dict
        From `summarise`.

    Returns
    -------
    Path
        The file.
    """
    assert run.folder is not None
    content = {
        "format": FORMAT,
        **summary,
        "corpus": str(settings.corpus),
        "corpus_hash": corpus_hash(settings.corpus),
        "command": {"encoder": settings.encoder},
        "finished": datetime.now(UTC).isoformat(timespec="seconds"),
        "stages": run.stages,
    }
    path = run.folder / "run.json"
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False), encoding="utf-8")
    return path


def _counts(tables: RunTables) -> dict[str, int]:
    articles, passages = tables.articles, tables.passages
    copies = articles["article_id"].str.contains("-", regex=False)
    return {
        "files": int(articles["path"].nunique()),
        "articles": len(articles),
        "stories": int(articles["family_id"].nunique()),
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


def _quality(tables: RunTables) -> dict[str, Any]:
    passages = tables.passages
    quality: dict[str, Any] = {}
    if len(tables.topics):
        quality["outlier_share"] = {
            "value": float((passages["topic_raw"] < 0).mean()),
            "sentence": {
                "en": "Share of passages that the clustering left outside every topic, before "
                "those near a topic joined it.",
                "fr": "Part des passages que le regroupement a laissés hors de tout sujet, avant "
                "que les plus proches d'un sujet le rejoignent.",
            },
        }
    if len(tables.topics) and passages["language"].nunique() > 1:
        quality["topic_language_information"] = {
            "value": topic_language_information(passages),
            "sentence": {
                "en": "How much a passage's topic tells of its language: 0 nothing, 1 everything.",
                "fr": "Ce que le sujet d'un passage dit de sa langue : 0 rien, 1 tout.",
            },
        }
    quality |= state_quality(tables.theme_calibration)
    quality["theme_coverage"] = {
        "value": float((passages["themes"].map(len) > 0).mean()),
        "sentence": {
            "en": "Share of passages that bear at least one theme of the codebook.",
            "fr": "Part des passages qui portent au moins un thème de la grille de codage.",
        },
    }
    return quality


def topic_language_information(passages: pd.DataFrame) -> float:
    """Return the normalised mutual information between topic and language, outliers left out.

    Parameters
    ----------
    passages : DataFrame
        With ``topic`` and ``language``.

    Returns
    -------
    float
        0 when topics do not know languages, 1 when each says the other; the arithmetic mean of
        the two entropies normalises.
    """
    placed = passages[passages["topic"] >= 0]
    joint = pd.crosstab(placed["topic"], placed["language"]).to_numpy(dtype=float)
    if joint.size == 0 or joint.shape[1] < 2 or joint.shape[0] < 2:
        return 0.0
    joint = joint / joint.sum()
    by_topic, by_language = joint.sum(axis=1), joint.sum(axis=0)
    expected = np.outer(by_topic, by_language)
    inside = joint > 0
    information = float((joint[inside] * np.log(joint[inside] / expected[inside])).sum())
    entropies = [-float((p * np.log(p)).sum()) for p in (by_topic, by_language)]
    return max(0.0, information / (sum(entropies) / 2))


_SENTENCES = {
    "default_codebook": {
        "en": "The corpus has no themes.yml; the nine themes that ship with Press Themes were "
        "looked for, and may not be what this corpus is about.",
        "fr": "Le corpus n'a pas de themes.yml ; ce sont les neuf thèmes fournis avec Press "
        "Themes qui ont été cherchés, et ils peuvent ne pas être ceux de ce corpus.",
    },
    "no_codebook": {
        "en": "No codebook was given: no passage was assigned a theme.",
        "fr": "Aucune grille de codage n'a été donnée : aucun passage n'a reçu de thème.",
    },
    "copies": {
        "en": "{n} articles are exact copies of another; they are kept and counted as articles, "
        "not as stories.",
        "fr": "{n} articles sont des copies exactes d'un autre ; ils sont gardés et comptés comme "
        "articles, non comme textes distincts.",
    },
}


def _warnings(tables: RunTables, settings: Configuration) -> list[dict[str, str]]:
    warnings = []
    if settings.codebook is None:
        warnings.append(_SENTENCES["no_codebook"])
    elif settings.codebook_is_default:
        warnings.append(_SENTENCES["default_codebook"])
    copies = int(tables.articles["article_id"].str.contains("-", regex=False).sum())
    if copies:
        warnings.append(
            {code: text.format(n=copies) for code, text in _SENTENCES["copies"].items()}
        )
    return warnings
