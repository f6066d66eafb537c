"""The tables that pass between the stages and lie in a run folder, with their columns.

A stage may add columns at its end of the way; nobody removes or renames one.
"""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd


class RunTables(NamedTuple):
    """What a finished run knows, as tables.

    Attributes
    ----------
    articles : DataFrame
        One row an article: ``article_id, path, position, format, title, title_derived, strapline,
        body, date, date_basis, outlet, url, language, truncated, share_missing, family_id,
        family_role, n_chars, kind, story_id``.
    skipped : DataFrame
        Every input not used and every field not trusted: ``path, position, reason``.
    discarded : DataFrame
        What was peeled off scraped pages, and what exports hold beside an article: ``path, line,
        kind, text, position``.
    passages : DataFrame
        ``passage_id, article_id, position, text, language, n_tokens, topic, topic_raw,
        topic_strength, topic_broad, topic_middle, topic_fine, themes, x, y``. A topic of -1 is an
        outlier; ``x`` and ``y`` are without unit.
    theme_scores : DataFrame
        ``passage_id, theme, score, score_own, assigned, room, near_miss, probability, judged, read,
        borne``; scores are logits divided by ten, ``room`` is the distance from the line at which a
        theme is borne; ``read`` (0 to 1) and ``borne`` are the reading before any judgement.
    themes : DataFrame
        ``theme, label, color, definition, keywords, n_passages, n_articles, n_stories, share,
        share_low, share_high, stability, representatives, borderline, n_near_misses, basis,
        share_read, n_judged, precision, precision_low, precision_high, recall, recall_low,
        recall_high``; the share is of all passages, its interval 95 % by resampling stories.
        ``basis`` is "judged" where share and interval are estimated from a judged sample and the
        reading, else "read"; ``share_read`` is the share as read. Precision and recall are NaN
        without judgements.
    topics : DataFrame
        ``topic, language, label, keywords, n_passages, n_articles, n_stories, share, share_low,
        share_high, stability, representatives, label_source, label_computed``; ``language`` is that
        of the label; the source of a label is
        "computed", "rewritten" by a model or the "analyst".
    trends : DataFrame
        ``theme, period, period_end, n_passages, n_period, n_articles, share, share_low, share_high,
        status, basis, share_read, n_judged``.
    alignment : DataFrame
        ``language, n_passages, n_pairs, shift_length, note, shift``.
    events : DataFrame
        ``date, label, theme, source, source_title``; ``source`` is an article_id.
    theme_calibration : DataFrame
        ``theme, n_judged, n_yes, n_given, n_stories, n_corrections, basis, precision,
        precision_low, precision_high, precision_zero_shot, recall, recall_low, recall_high,
        recall_zero_shot``; the first row (theme "") is of all themes together.
        Empty without labels.
    representatives : DataFrame
        ``kind, name, role, rank, passage_id, room``: typical, just inside, near miss.
    theme_aggregates : DataFrame
        ``level, id, theme, n_passages, n_bearing, score, weight, rank, bears`` of articles and
        stories.
    crosswalk : DataFrame
        ``theme, topic, n_passages, n_stories, share_of_topic, share_of_theme, expected``.
    uncovered_topics : DataFrame
        ``topic, n_passages, n_stories, share_without, share_without_low, share_without_high, basis,
        stability, deserves_theme``.
    trends_by_group : DataFrame
        ``grouping, group, theme, period, period_end, n_passages, n_period, n_articles, share,
        share_low, share_high, status, basis, share_read, n_judged``, by outlet and by language.
    periods : DataFrame
        ``period, period_end, status, n_articles, n_stories, n_passages``; undated ones last.
    bursts : DataFrame
        ``theme, period, n_stories, n_with, n_outside, expected, share, share_outside, error,
        beyond_chance``.
    theme_ranking : DataFrame
        ``theme, rank, n_passages, n_articles, n_stories, share, share_low, share_high, lead``; the
        last row (theme "") is of passages that bear none.
    departures : DataFrame
        ``grouping, group, theme, n_stories, n_group, expected, residual, beyond_chance,
        stands_out``, by outlet and by language.
    theme_pairs : DataFrame
        ``first, second, n_stories, n_first, n_second, n_all, expected, residual, beyond_chance,
        stands_out``.
    topic_coverage : DataFrame
        ``topic, n_passages, n_with_theme, share_with_theme, verdict``, the least covered first.
    tallies : DataFrame
        ``stage, name, n, n_whole, share``: parts of the corpus against their whole.
    article_groups : DataFrame
        ``grouping, group, theme, n_passages, n_articles, n_stories``; theme "" is the whole group.
    map_nearness : DataFrame
        ``theme, n, near, share, lies_close``: of the neighbours on the map.
    margins : DataFrame
        ``theme, n, lower_third, middle, upper_third`` of the scores of all assignments.
    label_sheet : DataFrame
        ``id, themes, coder, language, outlet, date, title, text, asked, stratum, probability,
        drawn_from``: a random sample of passages to judge next.
    theme_shares : DataFrame
        ``theme, basis, n_judged, share, share_low, share_high, share_read, width, n_further,
        width_further``: how wide the interval is, and would be with further judgements.
    share_differences : DataFrame
        ``grouping, group, against, theme, basis, n_judged, n_judged_against, share, share_against,
        difference, difference_low, difference_high, error, beyond_chance``.
    agreement : DataFrame
        ``theme, n_coders, n_double, n_differing, agreement, alpha, alpha_low, alpha_high``.
    disagreements : DataFrame
        ``id, kind, theme, said_yes, said_no, adjudicated``.
    stories : DataFrame
        ``story_id, title, first_date, last_date, outlets, languages, first_outlet, n_articles,
        n_passages, n_families, themes, confidence, chain_id``, the largest first.
    story_links : DataFrame
        ``article_id, other_id, probability, similarity, shared, days_apart, linked``.
    tellings : DataFrame
        ``theme, group, n_stories, n_passages, share, share_others, difference, difference_low,
        difference_high, error, beyond_chance``: a group's tellings beside others' of the same
        stories.
    tellings_by_story : DataFrame
        ``story_id, theme, group, n_passages, n_bearing, share, share_others, difference,
        passage_ids``.
    outlet_leads : DataFrame
        ``leader, follower, n_stories, n_leading, n_following, n_same_day, median_days, error,
        beyond_chance``.
    stories_left_out : DataFrame
        ``outlet, story_id, n_outlets, n_articles, first_date, last_date, chance_missed,
        nearest_article``.
    topic_levels : DataFrame
        ``level, topic, parent, label, language, n_passages, n_articles``.
    topic_soundness : DataFrame
        ``topic, stability, own_share, wholeness, language_evenness, largest_article, score, verdict,
        reasons``: the verdict and what it rests on.
    quotations : DataFrame
        ``passage_id, article_id, start, end, text, kind, speaker, speaker_start, speaker_end,
        speaker_basis, verb, certainty, language``; an empty speaker is one in doubt.
    names : DataFrame
        ``name_id, name, kind, spellings, n_mentions, n_articles, n_stories, languages, found_by``.
    name_mentions : DataFrame
        ``name_id, passage_id, article_id, start, end, text, language``.
    alignment_quality : DataFrame
        ``language, n_passages, expected, foreign_before, foreign_after, n_sentences, found_before,
        found_after, apart``.
    """

    articles: pd.DataFrame
    skipped: pd.DataFrame
    discarded: pd.DataFrame
    passages: pd.DataFrame
    theme_scores: pd.DataFrame
    themes: pd.DataFrame
    topics: pd.DataFrame
    trends: pd.DataFrame
    alignment: pd.DataFrame
    events: pd.DataFrame
    theme_calibration: pd.DataFrame = pd.DataFrame()
    representatives: pd.DataFrame = pd.DataFrame()
    theme_aggregates: pd.DataFrame = pd.DataFrame()
    crosswalk: pd.DataFrame = pd.DataFrame()
    uncovered_topics: pd.DataFrame = pd.DataFrame()
    trends_by_group: pd.DataFrame = pd.DataFrame()
    periods: pd.DataFrame = pd.DataFrame()
    bursts: pd.DataFrame = pd.DataFrame()
    theme_ranking: pd.DataFrame = pd.DataFrame()
    departures: pd.DataFrame = pd.DataFrame()
    theme_pairs: pd.DataFrame = pd.DataFrame()
    topic_coverage: pd.DataFrame = pd.DataFrame()
    tallies: pd.DataFrame = pd.DataFrame()
    article_groups: pd.DataFrame = pd.DataFrame()
    map_nearness: pd.DataFrame = pd.DataFrame()
    margins: pd.DataFrame = pd.DataFrame()
    label_sheet: pd.DataFrame = pd.DataFrame()
    theme_shares: pd.DataFrame = pd.DataFrame()
    share_differences: pd.DataFrame = pd.DataFrame()
    agreement: pd.DataFrame = pd.DataFrame()
    disagreements: pd.DataFrame = pd.DataFrame()
    stories: pd.DataFrame = pd.DataFrame()
    story_links: pd.DataFrame = pd.DataFrame()
    tellings: pd.DataFrame = pd.DataFrame()
    tellings_by_story: pd.DataFrame = pd.DataFrame()
    outlet_leads: pd.DataFrame = pd.DataFrame()
    stories_left_out: pd.DataFrame = pd.DataFrame()
    topic_levels: pd.DataFrame = pd.DataFrame()
    topic_soundness: pd.DataFrame = pd.DataFrame()
    quotations: pd.DataFrame = pd.DataFrame()
    names: pd.DataFrame = pd.DataFrame()
    name_mentions: pd.DataFrame = pd.DataFrame()
    alignment_quality: pd.DataFrame = pd.DataFrame()
