"""What changed, and how far to trust it, in sentences computed from the tables of a comparison.

The page and the notebook print the same ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from press_themes.telling.charts.lettering import shorten
from press_themes.telling.rows import each_row
from press_themes.telling.wording import Wording

_MOST_NAMED = 5
_MOST_TERMS = 12
_MOST_THEMES = 4
_LABEL_LENGTH = 60


def write_changes(changed: Any, words: Wording) -> list[dict[str, str]]:
    """Write what changed.

    Parameters
    ----------
    changed : object
        With the tables of a comparison as attributes.
    words : Wording
        Phrases and formats.

    Returns
    -------
    list of dict
        ``sentence`` and ``part``, the part of the page that shows the rows behind it.
    """
    if _says_nothing_changed(changed):
        return [{"sentence": words("change.nothing"), "part": "methods"}]
    found = [(text, "themes") for text in _tell_themes(changed, words)]
    found += [(text, "topics") for text in _tell_topics(changed, words)]
    if changed.runs["has_vectors"].iloc[-2]:
        found += [(text, "drift") for text in _tell_drift(changed, words)]
        found.append((_tell_signals(changed, words), "signals"))
    found.append((_tell_words(changed, words), "words"))
    found.append((_tell_moved(changed, words), "moved"))
    return [{"sentence": text, "part": part} for text, part in found if text]


def _says_nothing_changed(changed: Any) -> bool:
    """Say whether the last two runs hold the same passages and nothing in any table moved."""
    sizes, shared = changed.runs["n_passages"].tail(2), changed.runs["n_shared_passages"].iloc[-1]
    shares = changed.changes[["share_before", "share_after"]]
    return (
        bool((sizes == shared).all())
        and changed.moved.empty
        and bool((shares["share_before"] == shares["share_after"]).all())
        and bool((changed.matches["kind"] == "continued").all())
        and changed.vocabulary.empty
        and not changed.signals["signal"].any()
    )


def write_trust(changed: Any, words: Wording, error: float) -> list[str]:
    """Write how far the comparison can be trusted, `error` being how often chance may call anything one."""
    methods, runs = changed.methods, changed.runs
    told = [
        words("change.methods", n=len(methods)) if len(methods) else words("change.methods.none")
    ]
    if (methods["reach"] == "everything").any():
        told.append(words("change.reach.everything"))
    told.append(words("change.trust.sources"))
    told.append(words("change.trust.error", error=words.percent(error)))
    told.append(words("change.trust.clusters"))
    left_out = len(runs[~runs["is_watched"].astype(bool)])
    if len(changed.signals) and left_out:
        told.append(words("change.trust.left_out", n=left_out))
    telling = len(runs[runs["tells_first"].astype(bool)])
    if telling and (changed.signals["basis"] == "drawing alone").all():
        told.append(words("change.trust.noise", n=telling))
    return told


def name_topics(labels: Sequence[Any], words: Wording, most: int = _MOST_NAMED) -> str:
    """Name topics one after another, with how many more there are."""
    named = [words.quote(shorten(words.pick(label), _LABEL_LENGTH)) for label in labels[:most]]
    rest = len(labels) - len(named)
    return ", ".join(named) + (f" (+{words.number(rest)})" if rest else "")


def _tell_themes(changed: Any, words: Wording) -> list[str]:
    themes = changed.changes[changed.changes["kind"] == "theme"]
    if themes.empty:
        return []
    told = []
    ordered = themes.assign(size=themes["difference"].abs()).sort_values(
        ["size", "name"], ascending=[False, True], kind="stable"
    )
    for row in each_row(ordered[ordered["verdict"] == "changed"].head(_MOST_THEMES)):
        told.append(_tell_theme(row, words))
    for row in each_row(ordered[ordered["verdict"] == "method changed"].head(_MOST_THEMES)):
        told.append(
            words(
                "change.theme.method",
                theme=words.quote(words.pick(row.label)),
                before=words.percent(row.share_before),
                after=words.percent(row.share_after),
            )
        )
    compared = ordered[ordered["verdict"] != "definition changed"]
    if not told and len(compared):
        told.append(words("change.themes.none", n=len(compared)))
    redefined = ordered[ordered["verdict"] == "definition changed"]
    if len(redefined):
        named = name_topics(list(redefined["label"]), words, 10)
        told.append(words("change.themes.redefined", n=len(redefined), themes=named))
    return told


def _tell_theme(row: Any, words: Wording) -> str:
    rises = row.difference > 0
    ends = (row.low, row.high) if rises else (-row.high, -row.low)
    low, high = (words.number(100 * end, 1) for end in ends)
    interval = words("interval.none" if pd.isna(row.low) else "interval", low=low, high=high)
    return words(
        "change.theme.up" if rises else "change.theme.down",
        theme=words.quote(words.pick(row.label)),
        before=words.percent(row.share_before),
        after=words.percent(row.share_after),
        difference=words.number(100 * abs(row.difference), 1),
        interval=interval,
        p=words.percent(row.p_adjusted),
    )


def _tell_topics(changed: Any, words: Wording) -> list[str]:
    runs, matches = changed.runs.tail(2), changed.matches
    if matches.empty:
        return []
    told = [words("change.topics.untested")] if not runs["has_vectors"].iloc[0] else []
    before, after = runs["n_topics"]
    continued = words.number(int((matches["kind"] == "continued").sum()))
    told.append(
        words(
            "change.topics.found",
            before=words.number(before),
            after=words.number(after),
            continued=continued,
        )
    )
    sure = matches[matches["verdict"] == "changed"].drop_duplicates("group")
    for kind, end in (("born", "after"), ("silent", "before")):
        own = sure[sure["kind"] == kind].sort_values(f"share_{end}", ascending=False, kind="stable")
        if len(own):
            topics = name_topics(list(own[f"label_{end}"]), words)
            told.append(words(f"change.topics.{kind}", topics=topics))
    other = sure[~sure["kind"].isin(["born", "silent"])]
    if len(other):
        named = [
            f"{words.quote(shorten(words.pick(row.label_after), _LABEL_LENGTH))} "
            f"({words(f'match.{row.kind}')})"
            for row in each_row(other.head(_MOST_NAMED))
        ]
        told.append(words("change.topics.changed", topics=", ".join(named)))
    loose = matches[(matches["kind"] != "continued") & (matches["verdict"] == "within chance")]
    if len(loose):
        told.append(words("change.topics.lines", n=int(loose["group"].nunique())))
    return [*told, *_tell_topic_shares(changed, words), *_tell_topic_methods(changed, words)]


def _tell_topic_methods(changed: Any, words: Wording) -> list[str]:
    """Tell of topics whose content or share differs beyond chance, but the method with it."""
    matches, changes = changed.matches, changed.changes
    shares = changes[(changes["kind"] == "topic") & (changes["verdict"] == "method changed")]
    touched = (matches["verdict"] == "method changed") | matches["group"].astype(str).isin(
        shares["name"]
    )
    rows = matches[touched].drop_duplicates("group")
    if rows.empty:
        return []
    labels = rows["label_after"].fillna(rows["label_before"])
    return [words("change.topics.method", n=len(rows), topics=name_topics(list(labels), words))]


def _tell_topic_shares(changed: Any, words: Wording) -> list[str]:
    alone = changed.matches.loc[changed.matches["kind"].isin(["born", "silent"]), "group"]
    shares = changed.changes[changed.changes["kind"] == "topic"]
    sure = shares[(shares["verdict"] == "changed") & ~shares["name"].isin(alone.astype(str))]
    if sure.empty:
        return []
    sure = sure.assign(size=sure["difference"].abs()).sort_values(
        ["size", "name"], ascending=[False, True], kind="stable"
    )
    named = [
        f"{words.quote(shorten(words.pick(row.label), _LABEL_LENGTH))} "
        f"({words.percent(row.share_before)} → {words.percent(row.share_after)})"
        for row in each_row(sure.head(_MOST_NAMED))
    ]
    rest = len(sure) - len(named)
    topics = ", ".join(named) + (f" (+{words.number(rest)})" if rest else "")
    return [words("change.topics.shares", n=len(sure), topics=topics)]


def _tell_drift(changed: Any, words: Wording) -> list[str]:
    drift = changed.drift
    tested = drift[drift["p_adjusted"].notna()]
    if drift.empty:
        return []
    if tested.empty:
        return [words("change.drift.few")]
    told = []
    for verdict, key in (("drifted", "change.drift"), ("method changed", "change.drift.method")):
        own = tested[tested["verdict"] == verdict]
        if len(own):
            named = name_topics(list(own["label"]), words, 9)
            told.append(words(key, n=len(own), themes=named))
    return told or [words("change.drift.none", n=len(tested))]


def _tell_words(changed: Any, words: Wording) -> str:
    table = changed.vocabulary
    if table.empty:
        return words("change.words.none")
    named = [
        f"{shorten(row.term, _LABEL_LENGTH)} ({words(f'direction.{row.direction}')})"
        for row in each_row(table.head(_MOST_TERMS))
    ]
    return words("change.words", n=len(table), terms=", ".join(named))


def _tell_signals(changed: Any, words: Wording) -> str:
    signals = changed.signals
    if len(changed.runs[changed.runs["is_watched"].astype(bool)]) < 2:
        return words("change.signals.method")
    sure = signals[signals["signal"].astype(bool)]
    if len(sure):
        known = bool((sure["basis"] == "own noise").all())
        key = "change.signals" if known else "change.signals.drawing"
        return words(key, n=len(sure), topics=name_topics(list(sure["label"]), words))
    return words("change.signals.none", n=len(signals)) if len(signals) else ""


def _tell_moved(changed: Any, words: Wording) -> str:
    shared = int(changed.runs["n_shared_passages"].iloc[-1])
    if not shared:
        return words("change.moved.absent")
    if changed.moved.empty:
        return words("change.moved.none", n=shared)
    return words("change.moved", n=len(changed.moved), shared=words.number(shared))
