"""Shares of what an analyst picks out: the counts are plain, the intervals those of the estimators."""

from __future__ import annotations

import numpy as np
import pandas as pd
from press_themes.measures.evidence import gather_evidence

from press_themes.measures.part_shares import compare_parts
from press_themes.measures.share_differences import compare_shares

N = 240


def _tables(seed: int = 0, lift: float = 0.0) -> tuple[pd.DataFrame, pd.DataFrame, np.ndarray]:
    random = np.random.default_rng(seed)
    names = [f"a{i:03d}" for i in range(N // 2)]
    outlets = np.where(np.arange(N // 2) % 3 == 0, "One", "Two")
    articles = pd.DataFrame({"article_id": names, "family_id": names, "outlet": outlets})
    articles["date"] = pd.Timestamp("2026-02-03")
    passages = pd.DataFrame(
        {"passage_id": [f"p{i:03d}" for i in range(N)], "article_id": np.repeat(names, 2)}
    )
    passages["language"] = np.where(np.arange(N) % 2, "en", "fr")
    chance = 0.3 + lift * (
        passages["article_id"].map(dict(zip(names, outlets, strict=True))) == "One"
    )
    return passages, articles, (random.random(N) < chance).to_numpy()


def _masks(passages: pd.DataFrame, articles: pd.DataFrame) -> dict[str, np.ndarray]:
    outlet = passages["article_id"].map(articles.set_index("article_id")["outlet"])
    return {name: (outlet == name).to_numpy() for name in ("One", "Two")}


def test_a_share_is_that_of_the_group_and_lies_in_its_interval() -> None:
    passages, articles, shown = _tables()
    masks = _masks(passages, articles)
    told = compare_parts(passages, articles, shown, masks, of_shown=False).set_index("key")
    for name, mask in masks.items():
        assert told.loc[name, "share"] == shown[mask].mean()
        assert told.loc[name, "low"] < told.loc[name, "share"] < told.loc[name, "high"]
        assert told.loc[name, "n_passages"] == (shown & mask).sum()
    among = compare_parts(passages, articles, shown, masks, of_shown=True).set_index("key")
    assert np.isclose(among.loc["One", "share"], masks["One"][shown].mean())
    assert np.isclose(among["share"].sum(), 1)


def test_a_theme_picked_out_gives_the_difference_that_the_run_gives() -> None:
    passages, articles, shown = _tables(lift=0.3)
    scores = pd.DataFrame(
        {
            "passage_id": passages["passage_id"],
            "theme": "t",
            "read": shown.astype(float),
            "borne": shown,
        }
    )
    sample = pd.DataFrame(columns=["passage_id", "theme", "value", "stands_for"])
    evidence = gather_evidence(passages, articles, scores, sample)
    trends = pd.DataFrame(columns=["theme", "period", "period_end", "status"])
    run = compare_shares(passages, articles, trends, evidence)
    run = run[(run["grouping"] == "outlet") & (run["against"] == "")].set_index("group")
    told = compare_parts(passages, articles, shown, _masks(passages, articles), of_shown=False)
    told = told.set_index("key")
    for ours, theirs in (
        ("difference", "difference"),
        ("difference_low", "difference_low"),
        ("beyond", "beyond_chance"),
    ):
        assert np.allclose(told.loc[run.index, ours].astype(float), run[theirs].astype(float))
    assert told.loc["One", "beyond"]


def test_nothing_is_beyond_chance_where_nothing_differs() -> None:
    beyond = 0
    for seed in range(20):
        passages, articles, shown = _tables(seed)
        beyond += compare_parts(passages, articles, shown, _masks(passages, articles), False)[
            "beyond"
        ].any()
    assert beyond <= 3


def test_few_stories_have_no_interval_and_nothing_shown_fails_nowhere() -> None:
    passages, articles, shown = _tables()
    few = np.zeros(N, bool)
    few[:6] = True
    told = compare_parts(passages, articles, shown, {"few": few}, of_shown=False)
    assert told[["low", "difference_low", "error"]].isna().all(axis=None)
    assert not told["beyond"].any()
    for nothing in (np.zeros(N, bool), np.ones(N, bool)):
        for of_shown in (False, True):
            compare_parts(passages, articles, nothing, {"few": few}, of_shown)
    assert compare_parts(passages, articles, shown, {}, True).empty
