"""The settings of a run: defaults, what corpus.yml overrides, what the command line overrides.

Every stage has a frozen dataclass of its own; a setting nobody knows is an error.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from pathlib import Path
from typing import Any, cast

import pandas as pd

from press_themes.articles.passages import PassageSettings
from press_themes.articles.read import ReadSettings
from press_themes.errors import ConfigurationError
from press_themes.measures.trends import TrendSettings
from press_themes.strict_yaml import check_keys, read_yaml, require
from press_themes.themes.assignment import ThemeSettings
from press_themes.themes.label_sheet import LabelSheetSettings
from press_themes.topics.clustering import GRANULARITIES, TopicSettings
from press_themes.topics.rewriting import NamingSettings, read_naming
from press_themes.vectors.alignment import AlignmentSettings
from press_themes.vectors.engines import ENGINES
from press_themes.vectors.models import PACKAGED

REPORT_LANGUAGES = ("en", "fr")
SHIPPED_CORPUS = Path(__file__).resolve().parent.parent / "corpus"
#: Where a run folder holds copies of what the analyst wrote.
INPUTS = ".stages/inputs"
_PERIODS = ("auto", "day", "week", "month", "year")
_STAGES = ("articles", "passages", "alignment", "themes", "topics", "trends")
# The least value of a setting that means something; 0 for those not named.
_LEAST = {
    ("passages", "least_tokens"): 10,
    ("passages", "most_tokens"): 40,
    ("passages", "most_paragraphs"): 1,
    ("alignment", "neighbours"): 1,
    ("alignment", "iterations"): 1,
    ("alignment", "sample"): 50,
    ("topics", "neighbours"): 2,
    ("topics", "components"): 2,
    ("topics", "sample"): 50,
    ("trends", "resamples"): 100,
    ("themes", "margin"): -2,
}
_KEYS = (
    "title",
    "note",
    "licence",
    "report_language",
    "quote_characters",
    "encoder",
    "engine",
    "codebook",
    "seed",
    "topic_names",
    "settings",
)


@dataclass(frozen=True)
class Configuration:
    """Everything a run is told.

    Attributes
    ----------
    corpus : Path
        Folder or file of articles.
    title, note : mapping of str to str
        Title and note on the sources, by language; empty where corpus.yml has none.
    licence : str
        Licence of the texts.
    report_language : str
        ``en``, ``fr`` or ``auto``: the language of most articles if it is one of these.
    quote_characters : int
        How much of a passage the report may quote.
    encoder : str
        See `press_themes.vectors.encoders.load_encoder`.
    engine, scheduler : str
        See there, too.
    codebook : Path or None
        The codebook read.
    codebook_is_default : bool
        Whether that is the one that ships, because the corpus has none.
    events : Path or None
        The events read.
    labels : Path or None
        The analyst's judgements, labels.csv.
    topic_names : Path or None
        The names of topics read.
    naming : NamingSettings
        Who rewrites names of topics.
    like : Path or None
        The run folder that this run continues.
    seed : int
        Seed of every random step.
    articles, passages, alignment, themes, topics, trends
        Settings of the stages.
    """

    corpus: Path
    title: Mapping[str, str] = field(default_factory=dict)
    note: Mapping[str, str] = field(default_factory=dict)
    licence: str = ""
    report_language: str = "auto"
    quote_characters: int = 400
    encoder: str = PACKAGED
    engine: str = "auto"
    scheduler: str = ""
    codebook: Path | None = None
    codebook_is_default: bool = False
    events: Path | None = None
    labels: Path | None = None
    topic_names: Path | None = None
    naming: NamingSettings = NamingSettings()
    like: Path | None = None
    seed: int = 0
    articles: ReadSettings = ReadSettings()
    passages: PassageSettings = PassageSettings()
    alignment: AlignmentSettings = AlignmentSettings()
    themes: ThemeSettings = ThemeSettings()
    topics: TopicSettings = TopicSettings()
    trends: TrendSettings = TrendSettings()

    @property
    def label_sheet(self) -> LabelSheetSettings:
        """How the passages to judge are drawn."""
        return LabelSheetSettings(seed=self.seed)


def read_configuration(
    corpus: Path,
    encoder: str | None = None,
    codebook: str | None = None,
    seed: int | None = None,
) -> Configuration:
    """Gather the settings of a run.

    Parameters
    ----------
    corpus : Path
        Folder or file of articles; ``corpus.yml``, ``themes.yml``, ``events.yml`` and
        ``labels.csv`` are looked for in the folder, or beside the file.
    encoder : str, optional
        Overrides corpus.yml.
    codebook : str, optional
        A file, or ``"none"`` for no themes; overrides corpus.yml and themes.yml.
    seed : int, optional
        Overrides corpus.yml.

    Returns
    -------
    Configuration
        Checked settings. A corpus without a codebook gets the one that ships.

    Raises
    ------
    ConfigurationError
        If a key or value is not known, or a named file is missing.
    """
    # Absolute, because what is named here is looked up again from notebooks and later runs.
    corpus = corpus.resolve()
    folder = corpus if corpus.is_dir() else corpus.parent
    path = folder / "corpus.yml"
    content = read_yaml(path) if path.exists() else {}
    check_keys(content, _KEYS, path, "the top level")
    number = seed if seed is not None else _whole(content.get("seed", 0), path, "seed")
    named = codebook or _text(content.get("codebook"), path, "codebook") or None
    book, is_default = _find_codebook(folder, named)
    events, labels, names = (folder / n for n in ("events.yml", "labels.csv", "topic_names.yml"))
    return Configuration(
        corpus=corpus,
        title=_by_language(content.get("title"), path, "title"),
        note=_by_language(content.get("note"), path, "note"),
        licence=_text(content.get("licence"), path, "licence"),
        report_language=_report_language(content.get("report_language") or "auto", path),
        quote_characters=_whole(content.get("quote_characters", 400), path, "quote_characters"),
        engine=_engine(content.get("engine") or "auto", path),
        encoder=_encoder(encoder or _text(content.get("encoder"), path, "encoder")),
        codebook=book,
        codebook_is_default=is_default,
        events=events if events.exists() else None,
        labels=labels if labels.exists() else None,
        topic_names=names if names.exists() else None,
        naming=read_naming(content.get("topic_names") or {}, path),
        seed=number,
        **_stage_settings(content.get("settings") or {}, path, number),
    )


def choose_language(wanted: str, articles: pd.DataFrame) -> str:
    """Choose the language of the report.

    Parameters
    ----------
    wanted : str
        A language of reports, or ``auto``.
    articles : DataFrame
        With ``language``.

    Returns
    -------
    str
        The language asked for; for ``auto`` French where most articles are French, else English.
    """
    if wanted != "auto":
        return wanted
    most = articles["language"].value_counts()
    return "fr" if most.get("fr", 0) > len(articles) / 2 else "en"


def restore_configuration(content: Mapping[str, Any], folder: Path) -> Configuration:
    """Restore the settings of a finished run from what its folder holds.

    Parameters
    ----------
    content : mapping
        The content of ``run.json``.
    folder : Path
        The run folder, which holds copies of the codebook, the events and the labels.

    Returns
    -------
    Configuration
        The settings the run was made with, whatever became of the corpus since.
    """
    language = content["language"]
    book, events, labels, names = (
        folder / INPUTS / n for n in ("themes.yml", "events.yml", "labels.csv", "topic_names.yml")
    )
    like = content["command"]["like"]
    stages = {}
    for stage in fields(Configuration):
        if stage.name in _STAGES:
            own = content["settings"][stage.name]
            kept = {name: _restored(name, value) for name, value in own.items()}
            stages[stage.name] = replace(cast(Any, stage.default), **kept)
    return Configuration(
        corpus=Path(content["corpus"]),
        title={language: content["title"]},
        note={language: content["note"]},
        licence=content["licence"],
        report_language=language,
        quote_characters=content["quote_characters"],
        encoder=content["command"]["encoder"],
        engine=content["command"].get("engine", "auto"),
        like=Path(like) if like else None,
        codebook=book if book.exists() else None,
        codebook_is_default=content["codebook"]["is_default"],
        events=events if events.exists() else None,
        labels=labels if labels.exists() else None,
        topic_names=names if names.exists() else None,
        naming=NamingSettings(**content["settings"].get("naming", {})),
        seed=content["seed"],
        **stages,
    )


def _restored(name: str, value: Any) -> Any:
    """Undo what JSON makes of a tuple and of a date."""
    if isinstance(value, list):
        return tuple(value)
    return date.fromisoformat(value) if name.endswith("_date") and value else value


def _find_codebook(folder: Path, named: str | None) -> tuple[Path | None, bool]:
    if named == "none":
        return None, False
    if named is not None:
        for candidate in (Path(named), folder / named):
            if candidate.is_file():
                return candidate.resolve(), False
        raise ConfigurationError(named, "is not a file", "name a codebook, or 'none' for no themes")
    if (folder / "themes.yml").exists():
        return folder / "themes.yml", False
    shipped = SHIPPED_CORPUS / "themes.yml"
    return (shipped, True) if shipped.exists() else (None, False)


def _stage_settings(overrides: Any, path: Path, seed: int) -> dict[str, Any]:
    require(overrides, Mapping, path, "settings")
    check_keys(overrides, _STAGES, path, "settings")
    stages: dict[str, Any] = {}
    for default in fields(Configuration):
        if default.name not in _STAGES:
            continue
        settings: Any = default.default
        own = overrides.get(default.name) or {}
        require(own, Mapping, path, f"settings, {default.name}")
        names = {f.name: getattr(settings, f.name) for f in fields(settings)}
        check_keys(own, names, path, f"settings, {default.name}")
        own = {n: tuple(v) if isinstance(v, list) else v for n, v in own.items()}
        for name, value in own.items():
            _check_kind(value, names[name], path, f"settings, {default.name}, {name}")
        if "seed" in names:
            own = {"seed": seed, **own}
        stages[default.name] = replace(settings, **own)
    if "plausible_languages" not in (overrides.get("passages") or {}):
        # Who limits the languages of articles means those of their passages too.
        plausible = stages["articles"].plausible_languages
        stages["passages"] = replace(stages["passages"], plausible_languages=plausible)
    if stages["topics"].granularity not in GRANULARITIES:
        raise ConfigurationError(
            path,
            f"granularity '{stages['topics'].granularity}' is not known",
            f"choose one of {', '.join(GRANULARITIES)}",
            "settings, topics",
        )
    if stages["trends"].period not in _PERIODS:
        raise ConfigurationError(
            path,
            f"period '{stages['trends'].period}' is not known",
            f"choose one of {', '.join(_PERIODS)}",
            "settings, trends",
        )
    return stages


def _check_kind(value: Any, default: Any, path: Path, place: str) -> None:
    if default is None:
        if not isinstance(value, date):
            raise ConfigurationError(path, f"is {value!r}", "write a date like 2026-01-31", place)
        return
    kinds = (int, float) if isinstance(default, float) else (type(default),)
    if isinstance(value, bool) != isinstance(default, bool) or not isinstance(value, kinds):
        raise ConfigurationError(
            path, f"is {value!r}", f"write a value like {default!r}, the default", place
        )
    stage, name = place.split(", ")[1:]
    least = _LEAST.get((stage, name), 0)
    if isinstance(value, (int, float)) and value < least:
        raise ConfigurationError(path, f"is {value!r}", f"write {least} or more", place)
    if isinstance(value, tuple) and not all(isinstance(part, str) for part in value):
        raise ConfigurationError(path, f"is {list(value)!r}", "write a list of texts", place)


def _text(value: Any, path: Path, place: str) -> str:
    if value is None:
        return ""
    require(value, str, path, place)
    return str(value).strip()


def _encoder(name: str) -> str:
    """Return the encoder asked for; a folder by its whole path, because notebooks run elsewhere."""
    return str(Path(name).resolve()) if name and Path(name).is_dir() else name or PACKAGED


def _engine(value: Any, path: Path) -> str:
    if value not in ENGINES:
        raise ConfigurationError(
            path, f"engine is {value!r}", f"choose one of {', '.join(ENGINES)}", "the top level"
        )
    return str(value)


def _whole(value: Any, path: Path, place: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ConfigurationError(path, f"is {value!r}", "write a whole number from 0", place)
    return value


def _by_language(value: Any, path: Path, place: str) -> dict[str, str]:
    if value is None:
        return {}
    if isinstance(value, Mapping):
        return {str(language): str(text).strip() for language, text in value.items()}
    require(value, str, path, place)
    return dict.fromkeys(REPORT_LANGUAGES, value.strip())


def _report_language(value: Any, path: Path) -> str:
    if value not in (*REPORT_LANGUAGES, "auto"):
        raise ConfigurationError(
            path, f"report_language is {value!r}", "choose en, fr or auto", "the top level"
        )
    return str(value)
