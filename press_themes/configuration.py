"""The settings of a run: defaults, what corpus.yml overrides, what the command line overrides.

Every stage has a frozen dataclass of its own; a setting nobody knows is an error.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from press_themes.articles.limits import ReadLimits, read_limits
from press_themes.articles.passages import PassageSettings
from press_themes.articles.read import ReadSettings
from press_themes.errors import ConfigurationError
from press_themes.measures.group_effects import GroupEffectSettings
from press_themes.measures.story_coverage import StoryCoverageSettings
from press_themes.measures.story_themes import StoryThemeSettings
from press_themes.measures.trends import TrendSettings
from press_themes.permissions import user_file
from press_themes.stories.linking import StorySettings
from press_themes.strict_yaml import read_as
from press_themes.themes.label_sheet import LabelSheetSettings
from press_themes.themes.reading_in_context import ThemeSettings
from press_themes.topics.clustering import GRANULARITIES, TopicSettings
from press_themes.topics.rewriting import NamingSettings, check_naming
from press_themes.vectors.alignment import AlignmentSettings
from press_themes.vectors.models import PACKAGED
from press_themes.voices.gathered_names import NameSettings
from press_themes.voices.quotations import QuotationSettings

REPORT_LANGUAGES = ("en", "fr")
SHIPPED_CORPUS = Path(__file__).resolve().parent.parent / "corpus"
#: Where a run folder holds copies of what the analyst wrote.
INPUTS = ".stages/inputs"
#: Under which name each lies there.
COPIED = {
    "codebook": "themes.yml",
    "events": "events.yml",
    "labels": "labels.csv",
    "topic_names": "topic_names.yml",
}
_PERIODS = ("auto", "day", "week", "month", "year")
Texts = str | dict[str, str]
# The least value of a setting that means something; 0 for those not named.
_LEAST: dict[tuple[str, ...], int] = {
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


@dataclass(frozen=True)
class StageSettings:
    """The settings of the stages, as ``settings`` of corpus.yml may say them."""

    articles: ReadSettings = ReadSettings()
    passages: PassageSettings = PassageSettings()
    alignment: AlignmentSettings = AlignmentSettings()
    themes: ThemeSettings = ThemeSettings()
    topics: TopicSettings = TopicSettings()
    stories: StorySettings = StorySettings()
    trends: TrendSettings = TrendSettings()
    groups: GroupEffectSettings = GroupEffectSettings()
    story_coverage: StoryCoverageSettings = StoryCoverageSettings()
    story_themes: StoryThemeSettings = StoryThemeSettings()
    quotations: QuotationSettings = QuotationSettings()
    names: NameSettings = NameSettings()


@dataclass(frozen=True)
class CorpusFile:
    """What corpus.yml may say.

    Attributes
    ----------
    title, note : str or dict of str to str
        Title of the report, and a note on the sources: one text, or one a language (en, fr).
    licence : str
        Under what terms the articles may be used.
    report_language : str
        ``en``, ``fr``, or ``auto``: French where most articles are French, else English.
    quote_characters : int
        The longest quotation of a passage in the report; 0 quotes nothing.
    encoder : str
        A sentence-transformers model by its name or folder, instead of the packaged one.
    engine : str
        ``auto``, ``int8``, ``half`` or ``torch``: what computes the vectors.
    codebook : str
        Another file than themes.yml, or ``none`` for no themes.
    seed : int
        Seed of every random step.
    groups : list of str
        Columns of the articles whose shares are compared with the others held equal.
    topic_names : NamingSettings
        Who rewrites names of topics: ``endpoint`` and ``model`` of a language service.
    settings : StageSettings
        Settings of the stages, each under the name of its stage.
    """

    title: Texts = ""
    note: Texts = ""
    licence: str = ""
    report_language: Literal["auto", "en", "fr"] = "auto"
    quote_characters: int = 400
    encoder: str = ""
    engine: Literal["auto", "int8", "half", "torch"] = "auto"
    codebook: str = ""
    seed: int = 0
    groups: list[str] = field(default_factory=list)
    topic_names: NamingSettings = NamingSettings()
    settings: StageSettings = StageSettings()


@dataclass(frozen=True, kw_only=True)
class Configuration(StageSettings):
    """Everything a run is told.

    Attributes
    ----------
    corpus : Path
        Folder or file of articles.
    title, note : mapping of str to str
        By language; empty where corpus.yml has none.
    licence, report_language, quote_characters, seed
        As in `CorpusFile`.
    encoder, engine, scheduler : str
        See `press_themes.vectors.encoders.load_encoder`.
    second_reader : str
        An encoder that reads themes beside the first; empty for none.
    codebook : Path or None
        The codebook read.
    codebook_is_default : bool
        Whether that is the one that ships, because the corpus has none.
    events, labels, topic_names : Path or None
        The files of these names, where there are any.
    naming : NamingSettings
        Who rewrites names of topics.
    like : Path or None
        The run folder that this run continues.
    articles, passages, alignment, themes, topics, stories, trends, groups, story_coverage, story_themes
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
    second_reader: str = ""
    codebook: Path | None = None
    codebook_is_default: bool = False
    events: Path | None = None
    labels: Path | None = None
    topic_names: Path | None = None
    naming: NamingSettings = NamingSettings()
    like: Path | None = None
    seed: int = 0

    @property
    def identity(self) -> str:
        """What the run is told, whatever became of its files: these are told by their content."""
        return repr(replace(self, codebook=None, events=None, labels=None, topic_names=None))

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
    said = read_as(path, CorpusFile) if path.exists() else CorpusFile()
    _check_values(said, path)
    number = said.seed if seed is None else seed
    book, is_default = _find_codebook(folder, codebook or said.codebook or None)
    events, labels, names = (folder / n for n in ("events.yml", "labels.csv", "topic_names.yml"))
    return Configuration(
        corpus=corpus,
        title=_by_language(said.title),
        note=_by_language(said.note),
        licence=said.licence.strip(),
        report_language=said.report_language,
        quote_characters=said.quote_characters,
        engine=said.engine,
        encoder=locate_encoder(encoder or said.encoder.strip()),
        codebook=book,
        codebook_is_default=is_default,
        events=events if events.exists() else None,
        labels=labels if labels.exists() else None,
        topic_names=names if names.exists() else None,
        naming=check_naming(said.topic_names, path),
        seed=number,
        **_stage_settings(said, number, path),
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


def _stage_settings(told: CorpusFile, seed: int, path: Path) -> dict[str, Any]:
    said = told.settings
    stages: dict[str, Any] = {}
    for stage in fields(said):
        own: Any = getattr(said, stage.name)
        is_unsaid = getattr(own, "seed", None) == getattr(stage.default, "seed", None)
        stages[stage.name] = replace(own, seed=seed) if hasattr(own, "seed") and is_unsaid else own
    if said.passages.plausible_languages == PassageSettings().plausible_languages:
        # Who limits the languages of articles means those of their passages too.
        plausible = said.articles.plausible_languages
        stages["passages"] = replace(said.passages, plausible_languages=plausible)
    if said.articles.limits != ReadLimits():
        raise ConfigurationError(
            path,
            "sets limits of reading, which only the person at the machine may",
            f"write them under reading_limits in {user_file()}",
            "settings → articles → limits",
        )
    stages["articles"] = replace(said.articles, limits=read_limits())
    if told.groups:
        stages["groups"] = replace(said.groups, groups=tuple(told.groups))
    return stages


def _check_values(said: CorpusFile, path: Path) -> None:
    """Refuse numbers that mean nothing, and words that are none of those known."""
    numbers: dict[tuple[str, ...], Any] = {
        ("seed",): said.seed,
        ("quote_characters",): said.quote_characters,
    }
    for stage in fields(said.settings):
        own = vars(getattr(said.settings, stage.name))
        numbers |= {(stage.name, name): value for name, value in own.items()}
    for place, value in numbers.items():
        least = _LEAST.get(place, 0)
        if isinstance(value, (int, float)) and value < least:
            raise ConfigurationError(
                path, f"is {value!r}", f"write {least} or more", " → ".join(place)
            )
    for stage_name, name, known in (
        ("topics", "granularity", GRANULARITIES),
        ("trends", "period", _PERIODS),
    ):
        value = getattr(getattr(said.settings, stage_name), name)
        if value not in known:
            raise ConfigurationError(
                path,
                f"is {value!r}",
                f"choose one of {', '.join(known)}",
                f"settings → {stage_name} → {name}",
            )


def locate_encoder(name: str) -> str:
    """Return the encoder asked for; a folder by its whole path, because notebooks run elsewhere."""
    return str(Path(name).resolve()) if name and Path(name).is_dir() else name or PACKAGED


def _by_language(said: Texts) -> dict[str, str]:
    if isinstance(said, str):
        return dict.fromkeys(REPORT_LANGUAGES, said.strip()) if said.strip() else {}
    return {language: text.strip() for language, text in said.items()}
