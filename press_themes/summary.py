"""The facts about a run, stated in run.json and in the report: counts, settings, versions, quality."""

from __future__ import annotations

import json
from dataclasses import asdict, is_dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

import press_themes
from press_themes.calibration_facts import state_calibration, state_quality
from press_themes.configuration import Configuration
from press_themes.identifiers import name_corpus
from press_themes.runs.checksums import digest_files
from press_themes.runs.fingerprints import corpus_hash, package_versions
from press_themes.runs.folder import FORMAT, Run
from press_themes.tables import RunTables
from press_themes.vectors.encoders import Encoder


class FoundFacts(NamedTuple):
    """What is known of the topics beside their tables.

    Attributes
    ----------
    regime : dict
        How topics were found, from `find_topics`.
    quality : DataFrame
        ``figure, value`` from `measure_quality`.
    problems : list of dict of str to str
        What did not work in naming topics, from `name_topics`.
    """

    regime: dict[str, Any]
    quality: pd.DataFrame
    problems: list[dict[str, str]]


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
    tables: RunTables, settings: Configuration, encoder: Encoder, found: FoundFacts
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
    found : FoundFacts
        How topics were found, how good they are, what went wrong with their names.

    Returns
    -------
    dict
        ``title, note, licence, language, quote_characters, regime, counts, encoder, seed,
        settings, versions, quality, warnings, calibration, codebook``.
    """
    language = choose_language(settings, tables.articles)
    title = settings.title.get(language) or name_corpus(settings.corpus)
    return {
        "title": title,
        "note": settings.note.get(language, ""),
        "licence": settings.licence,
        "language": language,
        "quote_characters": settings.quote_characters,
        "regime": found.regime,
        "counts": _counts(tables),
        "encoder": {
            "name": encoder.name,
            "revision": encoder.revision,
            "engine": encoder.engine,
        },
        "seed": settings.seed,
        "settings": _stage_settings(settings),
        "versions": {"press-themes": press_themes.__version__, **package_versions()},
        "quality": _quality(tables, found.quality),
        "warnings": [*_warnings(tables, settings, found.problems), *_engine_notes(encoder)],
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
        "command": {
            "encoder": settings.encoder,
            "engine": settings.engine,
            "like": str(settings.like) if settings.like else "",
        },
        "finished": datetime.now(UTC).isoformat(timespec="seconds"),
        "stages": run.stages,
        "files": digest_files(run.folder, without=["run.json"]),
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


def _quality(tables: RunTables, figures: pd.DataFrame) -> dict[str, Any]:
    sentences = _quality_sentences()
    quality: dict[str, Any] = {
        name: {"value": float(value), "sentence": sentences[name]}
        for name, value in zip(figures["figure"], figures["value"], strict=True)
    }
    shifts = tables.alignment
    if len(shifts) > 1:
        quality["neighbour_pairs"] = {
            "value": int(shifts["n_pairs"].sum()) // 2,
            "sentence": sentences["neighbour_pairs"],
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
        "sentence": sentences["theme_coverage"],
    }
    return quality


@lru_cache(maxsize=1)
def _quality_sentences() -> dict[str, dict[str, str]]:
    import yaml

    path = Path(__file__).with_name("quality.yml")
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _engine_notes(encoder: Encoder) -> list[dict[str, str]]:
    note = getattr(encoder, "note", None)
    return [note] if note else []


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
    "names_given": {
        "en": "Topics named by the analyst in topic_names.yml: {n}.",
        "fr": "Sujets nommés par l'analyste dans topic_names.yml : {n}.",
    },
    "names_rewritten": {
        "en": "Names of topics rewritten from their keywords by the model {model}: {n}; the "
        "computed names are in topics.parquet.",
        "fr": "Noms de sujets réécrits à partir de leurs mots-clés par le modèle {model} : {n} ; "
        "les noms calculés sont dans topics.parquet.",
    },
    "copies": {
        "en": "Articles that are exact copies of another: {n}; they are kept and counted as articles, "
        "not as stories.",
        "fr": "Articles qui sont des copies exactes d'un autre : {n} ; ils sont gardés et comptés comme "
        "articles, non comme textes distincts.",
    },
}


def _warnings(
    tables: RunTables, settings: Configuration, problems: list[dict[str, str]]
) -> list[dict[str, str]]:
    warnings = list(problems)
    for source, key in (("analyst", "names_given"), ("rewritten", "names_rewritten")):
        count = int((tables.topics["label_source"] == source).sum())
        if count:
            facts = {"n": count, "model": settings.naming.model}
            warnings.append({c: text.format(**facts) for c, text in _SENTENCES[key].items()})
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
