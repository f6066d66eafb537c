"""The whole way, from a folder of files to a report: every stage, told once.

A line reads: function, what it takes, what it gives. A plain name lies in ``tables/`` of a run folder,
``.name`` in ``.stages/``, ``name.csv`` and ``name/`` at its top; what a `source` gives is not kept.
"""

from __future__ import annotations

from press_themes.articles.passages import split_passages
from press_themes.articles.read import read_articles
from press_themes.configuration import choose_language
from press_themes.continuation import gather_notes, read_former
from press_themes.measures.accuracy import measure_accuracy
from press_themes.measures.aggregation import aggregate_themes
from press_themes.measures.agreement import measure_agreement
from press_themes.measures.article_groups import count_article_groups
from press_themes.measures.bursts import find_bursts
from press_themes.measures.crosswalk import cross_themes, find_uncovered
from press_themes.measures.descriptions import (
    add_accuracy,
    count_themes,
    count_topics,
    describe_themes,
    describe_topics,
)
from press_themes.measures.estimated_shares import estimate_shares
from press_themes.measures.events import read_events
from press_themes.measures.group_departures import compare_groups
from press_themes.measures.group_effects import count_bearing, model_groups
from press_themes.measures.judged_evidence import gather_evidence
from press_themes.measures.map_nearness import measure_nearness
from press_themes.measures.margins import measure_margins
from press_themes.measures.passage_table import join_passages
from press_themes.measures.representatives import choose_representatives
from press_themes.measures.share_differences import compare_shares
from press_themes.measures.story_coverage import compare_leads, list_left_out
from press_themes.measures.story_themes import compare_tellings
from press_themes.measures.tallies import tally
from press_themes.measures.theme_pairs import pair_themes
from press_themes.measures.theme_ranking import rank_by_share
from press_themes.measures.topic_coverage import cover_by_topic
from press_themes.measures.topic_trends import count_topic_trends, find_topic_bursts
from press_themes.measures.trends import count_trends, count_trends_by, list_periods
from press_themes.report_desk import pack_for_report
from press_themes.runs.graph import Graph, source, stage
from press_themes.runs.notebooks import execute_notebooks, find_notebooks
from press_themes.stories.families import join_families
from press_themes.stories.linking import link_stories
from press_themes.stories.story_table import describe_stories, join_stories
from press_themes.summary import summarise
from press_themes.tables import RunTables
from press_themes.telling.charts.chart_list import draw_charts
from press_themes.telling.report.report import write_report
from press_themes.themes.assignment import assign_themes, check_answers
from press_themes.themes.codebook import read_codebook
from press_themes.themes.codebook_health import check_codebook
from press_themes.themes.codebook_table import tabulate_codebook
from press_themes.themes.codebook_vectors import embed_codebook, list_themes
from press_themes.themes.label_sheet import draw_label_sheet
from press_themes.themes.labels import name_stories, read_labels
from press_themes.themes.leave_one_out import measure_theme_stability
from press_themes.topics.composition import compose_topics
from press_themes.topics.continuity import find_free_number, find_topics
from press_themes.topics.group_keywords import find_theme_keywords, find_topic_keywords
from press_themes.topics.levels import list_levels
from press_themes.topics.name_choice import list_names_to_fill_in, name_topics, read_topic_names
from press_themes.topics.quality import measure_quality
from press_themes.topics.soundness import judge_topics
from press_themes.topics.stability import measure_topic_stability
from press_themes.topics.topic_memory import remember_exemplars, remember_topics
from press_themes.topics.topic_naming import label_topics
from press_themes.vectors.continued_alignment import align_languages
from press_themes.vectors.embeddings import embed_passages
from press_themes.vectors.encoders import load_encoder
from press_themes.vectors.mixing import measure_mixing
from press_themes.vectors.parallel import embed_parallel_sentences
from press_themes.vectors.second_reader import name_readers, see_twice
from press_themes.vectors.titles import align_titles, embed_titles
from press_themes.voices.gathered_names import gather_names
from press_themes.voices.quotations import find_quotations

# fmt: off
STAGES = Graph([
    # What the analyst wrote, read before anything long, because a mistake in it should not cost the work.
    source(load_encoder, "settings.encoder settings.engine settings.scheduler", "encoder"),
    source(read_codebook, "settings.codebook", "codebook"),
    stage(read_former, "settings.like", ".former"),

    # Files become articles, articles passages.
    stage(read_articles, "settings.corpus settings.articles", ".articles_alone skipped.csv discarded.csv"),
    stage(join_families, "articles_alone", ".articles_read"),
    source(choose_language, "settings.report_language articles_read", "language"),
    stage(read_events, "settings.events articles_read language codebook.themes settings.codebook", "events"),
    source(read_topic_names, "settings.topic_names language", "topic_names"),
    stage(split_passages, "articles_read encoder settings.passages", ".split"),

    # Passages become vectors, and languages are brought together.
    stage(embed_passages, "split encoder place.embeddings", ".embeddings"),
    stage(embed_parallel_sentences, "split encoder", ".parallel_sentences"),
    stage(align_languages, "embeddings split settings.alignment parallel_sentences former", ".aligned alignment"),
    stage(measure_mixing, "embeddings aligned split alignment parallel_sentences", "alignment_quality"),
    stage(embed_titles, "articles_read encoder", ".titles"),
    stage(align_titles, "titles articles_read alignment", ".title_vectors"),

    # Stories: which articles report one event, in whatever language.
    stage(link_stories, "articles_read split aligned settings.stories", ".linked story_links"),
    stage(join_stories, "articles_read linked", "articles"),

    # Themes: which passage bears what the codebook describes.
    source(name_readers, "encoder settings.second_reader settings.engine settings.scheduler", "readers"),
    source(see_twice, "split embeddings articles_read titles readers", "seen"),
    stage(embed_codebook, "codebook readers", ".codebook_vectors"),
    source(list_themes, "codebook_vectors", "theme_names"),
    source(read_labels, "settings.labels split articles theme_names", "labels"),
    stage(assign_themes, "split seen.embeddings codebook_vectors settings.themes labels.answers seen.titles", "theme_scores"),
    source(name_stories, "labels.answers split articles", "answers"),
    stage(check_answers, "split seen.embeddings codebook_vectors settings.themes answers seen.titles", ".answers_checked"),
    stage(measure_accuracy, "answers_checked theme_names", "theme_calibration"),
    stage(draw_label_sheet, "split articles theme_scores labels.sample settings.label_sheet", "label_sheet.csv"),
    stage(measure_agreement, "labels.judgements theme_names settings.seed", "agreement disagreements"),
    stage(measure_theme_stability, "split seen.embeddings codebook_vectors theme_scores", ".theme_stability"),
    stage(check_codebook, "codebook_vectors split seen.embeddings theme_scores", "codebook_health"),

    # Topics: what the passages speak of without being told, and what to call it.
    stage(find_topics, "split aligned settings.topics former title_vectors", ".topics_found"),
    source(find_free_number, "former", "free_number"),
    stage(compose_topics, "topics_found.assignments aligned topic_names free_number", ".topics_composed"),
    stage(measure_topic_stability, "split aligned topics_composed settings.topics", ".topic_stability"),
    stage(join_passages, "split topics_composed theme_scores", "passages"),
    stage(choose_representatives, "passages articles aligned theme_scores", "representatives"),
    stage(judge_topics, "passages aligned topic_stability", "topic_soundness"),
    stage(label_topics, "passages articles aligned encoder language", ".topic_labels"),
    stage(list_levels, "passages articles aligned encoder language", "topic_levels"),
    stage(find_topic_keywords, "passages", ".topic_keywords"),
    stage(count_topics, "passages articles settings.seed", ".topic_counts"),
    stage(describe_topics, "topic_labels topic_counts topic_keywords representatives topic_stability", ".topics_described"),
    stage(name_topics, "topics_described passages language settings.naming topic_names former.memory",
          "topics .naming_problems .naming_failed", is_final=lambda topics, problems, failed: not failed),
    stage(list_names_to_fill_in, "topics", "topic_names_to_fill_in.yml"),
    stage(measure_quality, "passages topics embeddings aligned settings.seed", "quality"),
    stage(remember_topics, "passages topics former", ".topic_memory"),
    stage(remember_exemplars, "passages aligned topic_memory former", ".topic_exemplars"),

    # Numbers: how much, when, where, and how sure.
    source(tabulate_codebook, "codebook language", "theme_list"),
    stage(find_theme_keywords, "passages", ".theme_keywords"),
    stage(count_themes, "passages articles settings.seed", ".theme_counts"),
    stage(describe_themes, "theme_list theme_counts theme_keywords representatives theme_stability", ".themes_described"),
    source(gather_evidence, "passages articles theme_scores labels.sample", "evidence"),
    stage(estimate_shares, "evidence", "theme_shares"),
    stage(add_accuracy, "themes_described theme_calibration theme_shares", "themes"),
    stage(count_trends, "passages articles settings.trends evidence", "trends"),
    stage(count_trends_by, "passages articles settings.trends evidence", "trends_by_group"),
    stage(compare_shares, "passages articles trends evidence", "share_differences"),
    stage(describe_stories, "articles passages linked story_links language", "stories"),
    stage(compare_leads, "articles settings.story_coverage", "outlet_leads"),
    stage(list_left_out, "articles story_links settings.story_coverage", "stories_left_out"),
    stage(compare_tellings, "passages articles settings.story_themes", "tellings tellings_by_story"),
    stage(count_bearing, "passages", ".bearing"),
    stage(model_groups, "bearing articles settings.groups", "group_effects"),
    stage(find_quotations, "passages settings.quotations", "quotations"),
    stage(gather_names, "passages articles quotations settings.names", "names name_mentions"),
    stage(list_periods, "passages articles trends settings.trends", "periods"),
    stage(find_bursts, "passages articles trends", "bursts"),
    stage(count_topic_trends, "passages articles settings.trends", "topic_trends"),
    stage(find_topic_bursts, "passages articles topic_trends", "topic_bursts"),
    stage(aggregate_themes, "passages articles theme_scores", "theme_aggregates"),
    stage(cross_themes, "passages articles", "crosswalk"),
    stage(find_uncovered, "passages articles topics settings.seed", "uncovered_topics"),
    stage(rank_by_share, "themes passages articles settings.seed", "theme_ranking"),
    stage(compare_groups, "passages articles", "departures"),
    stage(pair_themes, "passages articles", "theme_pairs"),
    stage(cover_by_topic, "passages topics", "topic_coverage"),
    stage(tally, "articles passages skipped discarded trends", "tallies"),
    stage(count_article_groups, "passages articles", "article_groups"),
    stage(measure_nearness, "passages theme_scores", "map_nearness"),
    stage(measure_margins, "theme_scores", "margins"),

    # Words and pictures.
    source(RunTables, "articles skipped discarded passages theme_scores themes topics trends alignment events "
           "theme_calibration representatives theme_aggregates crosswalk uncovered_topics trends_by_group periods bursts "
           "theme_ranking departures theme_pairs topic_coverage tallies article_groups map_nearness margins "
           "label_sheet theme_shares share_differences agreement disagreements stories story_links tellings "
           "tellings_by_story outlet_leads stories_left_out topic_levels topic_soundness quotations names name_mentions "
           "alignment_quality group_effects codebook_health", "tables"),
    source(gather_notes, "labels.problems naming_problems settings topic_memory", "notes"),
    source(summarise, "tables settings encoder topics_found.regime quality notes", "summary"),
    stage(draw_charts, "tables summary place.figures language", "figures/"),
    source(find_notebooks, "", "notebook_sources"),
    stage(execute_notebooks, "notebook_sources tables summary place.notebooks run", "notebooks/"),
    source(pack_for_report, "tables summary language", "desk"),
    stage(write_report, "tables summary figures run language desk", "report.html"),
])
# fmt: on
