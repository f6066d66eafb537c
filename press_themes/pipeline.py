"""The whole way, from a folder of files to a report: the only place that knows every stage.

`run` is the pipeline; `open_run` gives notebooks the same stages, loaded where nothing changed.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from press_themes.articles.passages import split_passages
from press_themes.articles.read import read_articles
from press_themes.configuration import (
    Configuration,
    read_configuration,
    restore_configuration,
)
from press_themes.continuation import read_former, state_continuation
from press_themes.errors import ConfigurationError
from press_themes.measures.accuracy import measure_accuracy
from press_themes.measures.aggregation import aggregate_themes
from press_themes.measures.article_groups import count_article_groups
from press_themes.measures.bursts import find_bursts
from press_themes.measures.crosswalk import cross_themes, find_uncovered
from press_themes.measures.events import read_events
from press_themes.measures.group_departures import compare_groups
from press_themes.measures.map_nearness import measure_nearness
from press_themes.measures.margins import measure_margins
from press_themes.measures.representatives import choose_representatives
from press_themes.measures.tallies import tally
from press_themes.measures.theme_pairs import pair_themes
from press_themes.measures.theme_ranking import rank_by_share
from press_themes.measures.topic_coverage import cover_by_topic
from press_themes.measures.trends import count_trends, count_trends_by, list_periods
from press_themes.overview import (
    DescriptionSettings,
    add_accuracy,
    describe_themes,
    describe_topics,
    join_passages,
)
from press_themes.runs.folder import Run, build_run, read_run
from press_themes.runs.notebooks import execute_notebooks, find_notebooks
from press_themes.summary import FoundFacts, choose_language, summarise, write_run_json
from press_themes.tables import RunTables
from press_themes.telling.charts.collection import draw_charts
from press_themes.telling.report.report import write_report
from press_themes.themes.assignment import assign_themes, check_answers
from press_themes.themes.codebook import read_codebook
from press_themes.themes.label_sheet import LabelSheetSettings, draw_label_sheet
from press_themes.themes.labels import read_labels
from press_themes.themes.leave_one_out import measure_theme_stability
from press_themes.themes.prototypes import embed_codebook, list_themes
from press_themes.topics.composition import compose_topics
from press_themes.topics.continuity import find_topics
from press_themes.topics.name_terms import find_name_terms
from press_themes.topics.naming import name_topics, read_topic_names
from press_themes.topics.quality import measure_quality
from press_themes.topics.stability import measure_topic_stability
from press_themes.topics.topic_memory import remember_exemplars, remember_topics
from press_themes.topics.topics import OUTLIER
from press_themes.vectors.alignment import align_languages
from press_themes.vectors.embeddings import embed_passages
from press_themes.vectors.encoders import load_encoder
from press_themes.vectors.parallel import embed_parallel_sentences


def run(
    configuration: Configuration,
    out: Path,
    with_notebooks: bool = True,
    tell: Callable[[dict[str, Any]], None] | None = None,
) -> Path:
    """Go the whole way from a corpus to a run folder.

    Parameters
    ----------
    configuration : Configuration
        The corpus and every setting.
    out : Path
        The run folder; replaced when the new run is whole.
    with_notebooks : bool
        Whether the notebooks are executed into the run folder.
    tell : callable, optional
        Called after each stage with what was done and how long it took.

    Returns
    -------
    Path
        The run folder.

    Raises
    ------
    InputError
        If the corpus gives no passage to work on.
    """
    _check_apart(configuration.corpus, out.resolve())
    with build_run(out, tell) as folder:
        assert folder.folder is not None
        tables, summary = analyse(folder, configuration)
        language = summary["language"]
        figures = folder.keep(draw_charts)(tables, summary, folder.folder / "figures", language)
        _copy_inputs(configuration, folder.folder)
        write_run_json(folder, configuration, summary)
        if with_notebooks:
            folder.keep(execute_notebooks)(
                find_notebooks(), tables, summary, folder.folder / "notebooks"
            )
        folder.keep(write_report)(tables, summary, figures, folder.folder, language)
        write_run_json(folder, configuration, summary)
    return out


def analyse(folder: Run, settings: Configuration) -> tuple[RunTables, dict[str, Any]]:
    """Read, split, embed, align, assign, find, describe and count."""
    keep = folder.keep
    encoder = load_encoder(settings.encoder, engine=settings.engine, scheduler=settings.scheduler)
    codebook = read_codebook(settings.codebook)
    reading = keep(read_articles)(settings.corpus, settings.articles)
    articles = reading.articles
    language = choose_language(settings, articles)
    # Read before anything long, because a mistake in it should not cost the work before it.
    events = read_events(settings.events, articles, language)
    names = read_topic_names(settings.topic_names, language)
    passages = keep(split_passages)(articles, encoder, settings.passages)
    embeddings = keep(embed_passages)(passages, encoder, folder.place("embeddings.npy"))
    former = keep(read_former)(settings.like)
    parallel = keep(embed_parallel_sentences)(passages, encoder)
    alignment = keep(align_languages)(embeddings, passages, settings.alignment, parallel, former)
    book = keep(embed_codebook)(codebook, encoder)
    labels = read_labels(settings.labels, passages, articles, list_themes(book))
    assigned = _assign(keep, settings, articles, passages, embeddings, book, labels.answers)
    scores = assigned["theme_scores"]
    found = keep(find_topics)(passages, alignment.vectors, settings.topics, former)
    remembered = None if former is None else former.memory
    free = 0 if remembered is None else 1 + max([OUTLIER, *remembered["topic"]])
    composed = compose_topics(found.assignments, alignment.vectors, names, free)
    theme_stability = keep(measure_theme_stability)(passages, embeddings, book, settings.themes)
    topic_stability = keep(measure_topic_stability)(
        passages, alignment.vectors, composed, settings.topics
    )
    placed = keep(join_passages)(passages, composed, scores)
    wanted = DescriptionSettings(language, settings.seed)
    shown = keep(choose_representatives)(placed, articles, alignment.vectors, scores)
    themes = keep(describe_themes)(placed, articles, shown, codebook, theme_stability, wanted)
    terms = keep(find_name_terms)(placed, alignment.vectors, encoder, language)
    described = keep(describe_topics)(placed, articles, shown, topic_stability, terms, wanted)
    named = keep(name_topics)(described, placed, language, settings.naming, names, remembered)
    quality = keep(measure_quality)(
        placed, named.topics, embeddings, alignment.vectors, settings.seed
    )
    memory = keep(remember_topics)(placed, named.topics, former)
    keep(remember_exemplars)(placed, alignment.vectors, memory, former)
    tables = RunTables(
        articles=articles,
        skipped=reading.skipped,
        discarded=reading.discarded,
        passages=placed,
        themes=keep(add_accuracy)(themes, assigned["theme_calibration"]),
        topics=named.topics,
        alignment=alignment.shifts,
        events=events,
        representatives=shown,
        **assigned,
        **_count(keep, settings, placed, articles, scores, named.topics),
    )
    tables = tables._replace(**_sum_up(keep, settings, tables))
    notes = [*labels.problems, *named.problems, *state_continuation(settings, memory)]
    facts = FoundFacts(found.regime, quality, notes)
    return tables, summarise(tables, settings, encoder, facts)


def _assign(
    keep: Callable[..., Any],
    settings: Configuration,
    *basis: Any,
) -> dict[str, pd.DataFrame]:
    """Assign the themes, check them against the judgements and ask for further ones."""
    articles, passages, embeddings, book, answers = basis
    scores = keep(assign_themes)(passages, embeddings, book, settings.themes, answers)
    checked = keep(check_answers)(passages, articles, embeddings, book, settings.themes, answers)
    wanted = LabelSheetSettings(seed=settings.seed)
    return {
        "theme_scores": scores,
        "theme_calibration": keep(measure_accuracy)(checked, list_themes(book), settings.seed),
        "label_sheet": keep(draw_label_sheet)(passages, articles, scores, wanted),
    }


def _count(
    keep: Callable[..., Any],
    settings: Configuration,
    passages: pd.DataFrame,
    articles: pd.DataFrame,
    scores: pd.DataFrame,
    topics: pd.DataFrame,
) -> dict[str, pd.DataFrame]:
    """Count by article, story, topic, period, outlet and language."""
    trends = keep(count_trends)(passages, articles, settings.trends)
    return {
        "trends": trends,
        "trends_by_group": keep(count_trends_by)(passages, articles, settings.trends),
        "periods": keep(list_periods)(passages, articles, trends, settings.trends),
        "bursts": keep(find_bursts)(passages, articles, trends),
        "theme_aggregates": keep(aggregate_themes)(passages, articles, scores),
        "crosswalk": keep(cross_themes)(passages, articles),
        "uncovered_topics": keep(find_uncovered)(passages, articles, topics, settings.seed),
    }


def _sum_up(
    keep: Callable[..., Any], settings: Configuration, tables: RunTables
) -> dict[str, pd.DataFrame]:
    """Work out what charts and report say, so that these have nothing to count."""
    passages, articles = tables.passages, tables.articles
    return {
        "theme_ranking": keep(rank_by_share)(tables.themes, passages, articles, settings.seed),
        "departures": keep(compare_groups)(passages, articles),
        "theme_pairs": keep(pair_themes)(passages, articles),
        "topic_coverage": keep(cover_by_topic)(passages, tables.topics),
        "tallies": keep(tally)(articles, passages, tables.skipped, tables.discarded, tables.trends),
        "article_groups": keep(count_article_groups)(passages, articles),
        "map_nearness": keep(measure_nearness)(passages, tables.theme_scores),
        "margins": keep(measure_margins)(tables.theme_scores),
    }


def open_run(where: str | Path) -> tuple[Run, Configuration]:
    """Open a finished run, or a corpus, for a notebook."""
    place = Path(where)
    if not (place / "run.json").exists():
        return Run(None, None), read_configuration(place)
    return Run(None, place), restore_configuration(read_run(place), place)


def _check_apart(corpus: Path, out: Path) -> None:
    if corpus == out or corpus.is_relative_to(out) or out.is_relative_to(corpus):
        raise ConfigurationError(
            f"--out {out}",
            "lies in the corpus or around it, and a run replaces its whole folder",
            "name a folder apart from the corpus",
        )


def _copy_inputs(settings: Configuration, folder: Path) -> None:
    """Keep what the analyst wrote with the run, which is complete by itself."""
    written = {
        "themes.yml": settings.codebook,
        "events.yml": settings.events,
        "labels.csv": settings.labels,
        "topic_names.yml": settings.topic_names,
    }
    for name, source in written.items():
        if source is not None:
            shutil.copyfile(source, folder / name)
