"""Small synthetic run tables, made from a seed and from nothing else.

They have the columns of a real run, so that charts and report can be tried on any size and shape.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from press_themes.measures.aggregation import aggregate_themes
from press_themes.measures.article_groups import count_article_groups
from press_themes.measures.bursts import find_bursts
from press_themes.measures.counts import COLUMNS as COUNTS
from press_themes.measures.counts import count_groups
from press_themes.measures.crosswalk import cross_themes
from press_themes.measures.group_departures import compare_groups
from press_themes.measures.map_nearness import measure_nearness
from press_themes.measures.margins import measure_margins
from press_themes.measures.tallies import tally
from press_themes.measures.theme_pairs import pair_themes
from press_themes.measures.theme_ranking import rank_by_share
from press_themes.measures.topic_coverage import cover_by_topic
from press_themes.measures.trends import count_trends
from press_themes.tables import RunTables

THEMES = {
    "platform_regulation": ("Platform regulation", "Régulation des plateformes", "#0B6E99"),
    "creative_displacement": ("Creative work under AI", "Création déplacée par l’IA", "#B5482A"),
    "child_safety": ("Child safety", "Protection de l’enfance", "#7A4FA3"),
    "press_economy": ("Economy of the press", "Économie de la presse", "#8A6D00"),
    "ai_products": ("AI products", "Produits d’IA", "#1B7F5C"),
    "surveillance_privacy": ("Surveillance and privacy", "Surveillance et vie privée", "#A3316F"),
    "cybersecurity": ("Cybersecurity", "Cybersécurité", "#4F5D75"),
    "infrastructure": ("Networks and chips", "Infrastructures numériques", "#5C7A1F"),
    "open_source": ("Open source", "Logiciel libre", "#996515"),
}
WORDS = {
    "en": "harbour ledger council river signal paper garden engine market winter bridge copper",
    "fr": "marché rivière conseil hiver moteur signal papier jardin cuivre phare pont récolte",
    "zh": "河流 议会 市场 冬天 桥梁 纸张 花园 引擎 信号 铜矿 灯塔 收获",
    "ar": "نهر مجلس سوق شتاء جسر ورق حديقة محرك إشارة نحاس منارة حصاد",
}


def _measured(name: str, measure: Callable[[Any], pd.DataFrame]) -> Any:
    """Make a table that is measured from the others when it is first asked for."""
    place = RunTables._fields.index(name)
    return functools.cached_property(lambda own: own[place] if len(own[place]) else measure(own))


class MeasuredTables(RunTables):
    """Run tables whose measures always belong to their articles, passages and scores."""

    bursts = _measured("bursts", lambda x: find_bursts(x.passages, x.articles, x.trends))
    crosswalk = _measured("crosswalk", lambda x: cross_themes(x.passages, x.articles))
    theme_aggregates = _measured(
        "theme_aggregates", lambda x: aggregate_themes(x.passages, x.articles, x.theme_scores)
    )
    theme_ranking = _measured(
        "theme_ranking", lambda x: rank_by_share(x.themes, x.passages, x.articles, 7)
    )
    departures = _measured("departures", lambda x: compare_groups(x.passages, x.articles))
    theme_pairs = _measured("theme_pairs", lambda x: pair_themes(x.passages, x.articles))
    topic_coverage = _measured("topic_coverage", lambda x: cover_by_topic(x.passages, x.topics))
    tallies = _measured(
        "tallies", lambda x: tally(x.articles, x.passages, x.skipped, x.discarded, x.trends)
    )
    article_groups = _measured(
        "article_groups", lambda x: count_article_groups(x.passages, x.articles)
    )
    map_nearness = _measured("map_nearness", lambda x: measure_nearness(x.passages, x.theme_scores))
    margins = _measured("margins", lambda x: measure_margins(x.theme_scores))


@dataclass(frozen=True)
class Shape:
    """What the tables are to look like."""

    n_passages: int = 120
    n_articles: int = 24
    n_themes: int = 9
    n_topics: int = 6
    n_outlets: int = 3
    languages: tuple[str, ...] = ("fr",)
    dates: tuple[str | None, ...] = ("2026-02-03", "2026-02-04", "2026-02-05")
    language: str = "fr"
    seed: int = 7


def build_tables(shape: Shape = Shape()) -> RunTables:
    """Make run tables of the given shape."""
    generator = np.random.default_rng(shape.seed)
    articles = _build_articles(shape, generator)
    passages = _build_passages(shape, articles, generator)
    scores = _build_scores(shape, passages, generator)
    assigned = scores[scores["assigned"]].groupby("passage_id")["theme"].agg(list)
    themes = passages["passage_id"].map(assigned)
    passages["themes"] = [names if isinstance(names, list) else [] for names in themes]
    return MeasuredTables(
        articles=articles,
        skipped=_build_skipped(),
        discarded=_build_discarded(),
        passages=passages,
        theme_scores=scores,
        themes=_build_themes(shape, passages, articles),
        topics=_build_topics(shape, passages, articles, generator),
        trends=count_trends(passages, articles),
        alignment=_build_alignment(shape, passages),
        events=_build_events(shape, articles),
        quotations=_build_quotations(passages),
        names=_build_names(shape),
        name_mentions=_build_mentions(articles),
        share_differences=_build_differences(shape, articles),
        group_effects=_build_effects(shape, articles),
        codebook_health=_build_health(shape),
    )


def build_summary(tables: RunTables, language: str = "fr") -> dict[str, Any]:
    """Make the summary (``run.json``) that belongs to the tables."""
    passages, articles = tables.passages, tables.articles
    return {
        "title": "Essai de corpus" if language == "fr" else "Trial corpus",
        "note": "Invented for tests.",
        "licence": "CC BY 4.0",
        "language": language,
        "quote_characters": 200,
        "regime": {
            "name": "small",
            "sentence": {
                "en": "A small corpus: read it as a sketch.",
                "fr": "Petit corpus : à lire comme une esquisse.",
            },
        },
        "counts": {
            "files": int(articles["path"].nunique()) + 1,
            "articles": len(articles),
            "stories": int(articles["family_id"].nunique()),
            "skipped": len(tables.skipped),
            "discarded_lines": len(tables.discarded),
            "passages": len(passages),
            "passages_unique": int(passages["text"].nunique()),
            "passages_with_theme": int((passages["themes"].map(len) > 0).sum()),
            "outliers_raw": int((passages["topic_raw"] == -1).sum()),
            "outliers": int((passages["topic"] == -1).sum()),
            "undated_articles": int(articles["date"].isna().sum()),
            "truncated_articles": int(articles["truncated"].sum()),
            "exact_copies": 0,
        },
        "encoder": {"name": "test-encoder", "revision": "0", "engine": "none"},
        "seed": 7,
        "settings": {
            "themes": {"threshold": 0.1, "runner_up": 0.04},
            "topics": {"n_neighbors": 15},
        },
        "versions": {"pandas": "3", "matplotlib": "3"},
        "quality": {
            "language_mixing": {
                "value": 0.8,
                "sentence": {"en": "Languages mix well.", "fr": "Les langues se mêlent bien."},
            }
        },
        "warnings": [{"en": "One warning about the corpus.", "fr": "Une mise en garde."}],
        "codebook": {"source": "themes.yml", "is_default": False},
    }


def story_tables(themes_of, days, outlets=None):
    """One article and passage a story; `themes_of` and `days` are by story."""
    names = [f"a{i:03d}" for i in range(len(days))]
    articles = pd.DataFrame(
        {
            "article_id": names,
            "family_id": names,
            "outlet": outlets if outlets is not None else ["A"] * len(days),
            "date": pd.Timestamp("2026-02-01") + pd.to_timedelta(days, unit="D"),
        }
    )
    return pd.DataFrame({"article_id": names, "themes": themes_of}), articles


def _sentence(generator: np.random.Generator, language: str, n_words: int) -> str:
    words = generator.choice(WORDS[language].split(), n_words)
    return " ".join(words).capitalize() + "."


def _build_articles(shape: Shape, generator: np.random.Generator) -> pd.DataFrame:
    n = shape.n_articles
    languages = [shape.languages[i % len(shape.languages)] for i in range(n)]
    reprint = np.arange(n) % 11 == 10
    families = [f"f{i - 1 if reprint[i] else i:05d}" for i in range(n)]
    dates = [shape.dates[int(generator.integers(len(shape.dates)))] for _ in range(n)]
    bodies = ["\n\n".join(_sentence(generator, x, 30) for _ in range(4)) for x in languages]
    outlets = [
        f"Gazette {chr(65 + i % shape.n_outlets)}" if shape.n_outlets else None for i in range(n)
    ]
    return pd.DataFrame(
        {
            "article_id": [f"a{i:05d}" for i in range(n)],
            "path": [f"articles/{i:05d}.txt" for i in range(n)],
            "position": 0,
            "format": "text",
            "title": [_sentence(generator, x, 6).rstrip(".") for x in languages],
            "title_derived": np.arange(n) % 9 == 8,
            "strapline": None,
            "body": bodies,
            "date": pd.to_datetime(pd.Series(dates), format="%Y-%m-%d").astype("datetime64[s]"),
            "date_basis": ["absent" if x is None else "page" for x in dates],
            "outlet": outlets,
            "url": [f"https://example.org/{i}" if i % 2 else None for i in range(n)],
            "language": languages,
            "truncated": np.arange(n) % 5 == 4,
            "share_missing": np.where(np.arange(n) % 5 == 4, 0.6, np.nan),
            "family_id": families,
            "family_role": np.where(reprint, "reprint", "single"),
            "n_chars": [len(body) for body in bodies],
        }
    )


def _build_passages(
    shape: Shape, articles: pd.DataFrame, generator: np.random.Generator
) -> pd.DataFrame:
    n = shape.n_passages
    owner = np.sort(np.arange(n) % len(articles))
    topic = generator.integers(-1, shape.n_topics, n) if shape.n_topics else np.full(n, -1)
    # Squaring makes early topics larger than late ones, as in life.
    topic = np.where(topic > 0, topic * generator.random(n) ** 0.7, topic).astype(int)
    angle = 2 * np.pi * topic / max(1, shape.n_topics)
    languages = articles["language"].to_numpy()[owner]
    return pd.DataFrame(
        {
            "passage_id": [f"p{i:06d}" for i in range(n)],
            "article_id": articles["article_id"].to_numpy()[owner],
            "position": pd.Series(owner).groupby(owner).cumcount().to_numpy(),
            "text": [_sentence(generator, x, 60) for x in languages],
            "language": languages,
            "n_tokens": 90,
            "topic": topic,
            "topic_raw": np.where(generator.random(n) < 0.1, -1, topic),
            "topic_strength": generator.random(n),
            "x": 4 * np.cos(angle) + generator.normal(0, 0.9, n),
            "y": 4 * np.sin(angle) + generator.normal(0, 0.9, n),
        }
    )


def _build_scores(
    shape: Shape, passages: pd.DataFrame, generator: np.random.Generator
) -> pd.DataFrame:
    names = list(THEMES)[: shape.n_themes]
    home = np.arange(shape.n_themes)[None, :] == (passages["topic"].to_numpy() % 11)[:, None]
    scores = generator.normal(-0.035, 0.025, (len(passages), len(names))) + 0.06 * home
    frame = pd.DataFrame(
        {
            "passage_id": np.repeat(passages["passage_id"].to_numpy(), len(names)),
            "theme": np.tile(names, len(passages)),
            "score": scores.ravel(),
        }
    )
    return frame.assign(assigned=frame["score"] > 0)


def _build_themes(shape: Shape, passages: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    counted = count_groups(passages, articles, "themes").set_index("theme")
    column = 1 if shape.language == "fr" else 0
    rows = []
    for i, (name, theme) in enumerate(list(THEMES.items())[: shape.n_themes]):
        counts = counted.loc[name].to_dict() if name in counted.index else dict.fromkeys(COUNTS, 0)
        rows.append(
            {
                "theme": name,
                "label": theme[column],
                "color": theme[2],
                "definition": f"Passages about {theme[0].lower()}.",
                "keywords": {x: WORDS[x].split()[:5] for x in shape.languages},
                **counts,
                "stability": [0.9, 0.6, 0.3, np.nan][i % 4],
                "representatives": [],
            }
        )
    return pd.DataFrame(rows)


def _build_topics(
    shape: Shape, passages: pd.DataFrame, articles: pd.DataFrame, generator: np.random.Generator
) -> pd.DataFrame:
    counted = count_groups(passages, articles, "topic")
    if counted.empty:
        return counted.assign(label=None, keywords=None, stability=None, representatives=None)
    labels, keywords, representatives = [], [], []
    for topic in counted["topic"]:
        inside = passages[passages["topic"] == topic].nlargest(3, "topic_strength")
        words = {x: list(generator.permutation(WORDS[x].split())[:8]) for x in shape.languages}
        labels.append(", ".join(words[shape.languages[0]][:3]))
        keywords.append(words)
        representatives.append(list(inside["passage_id"]))
    return counted.assign(
        topic=counted["topic"].astype(int),
        label=labels,
        keywords=keywords,
        stability=generator.random(len(counted)),
        representatives=representatives,
    )


def _build_quotations(passages: pd.DataFrame) -> pd.DataFrame:
    """Every third passage quotes one of five speakers, the first of them most often."""
    columns = ["passage_id", "article_id", "language", "text"]
    quoted = passages[columns].iloc[::3].reset_index(drop=True)
    speakers = ["Ada Moreau", "Bruno Keller", "Chiara Conti", "Council of Ports", "ناظم حداد"]
    quoted = quoted.assign(text=quoted["text"].str.slice(0, 40), kind="direct", start=0)
    return quoted.assign(speaker=[speakers[i % (1 + i % 5)] for i in quoted.index])


def _build_names(shape: Shape) -> pd.DataFrame:
    names = ["Ada Moreau", "Bruno Keller", "Council of Ports"]
    kinds = ["person", "person", "organisation"]
    frame = pd.DataFrame({"name_id": ["n0", "n1", "n2"], "name": names, "kind": kinds})
    return frame.assign(n_stories=shape.n_articles, languages=[list(shape.languages)] * 3)


def _build_mentions(articles: pd.DataFrame) -> pd.DataFrame:
    rows = [
        (f"n{name}", article)
        for i, article in enumerate(articles["article_id"])
        for name in range(3)
        if i % (name + 1) == 0
    ]
    return pd.DataFrame(rows, columns=["name_id", "article_id"])


def _build_differences(shape: Shape, articles: pd.DataFrame) -> pd.DataFrame:
    """Every outlet against the others; the first theme differs beyond chance, the second does not."""
    outlets = sorted(articles["outlet"].dropna().unique())
    rows = [
        ("outlet", outlet, "", theme, ["read", "judged"][i % 2], 0.3, 0.1, 0.2, 0.05, 0.35, error)
        for i, outlet in enumerate(outlets if len(outlets) > 1 else [])
        for theme, error in zip(list(THEMES)[: min(2, shape.n_themes)], (0.01, 0.8), strict=False)
    ]
    columns = [
        "grouping", "group", "against", "theme", "basis", "share", "share_against", "difference",
        "difference_low", "difference_high", "error",
    ]  # fmt: skip
    frame = pd.DataFrame(rows, columns=columns)
    return frame.assign(beyond_chance=frame["error"] < 0.05)


def _build_effects(shape: Shape, articles: pd.DataFrame) -> pd.DataFrame:
    """Every outlet beside the first, less frequent; languages are held equal where there are two."""
    outlets, spoken = sorted(articles["outlet"].dropna().unique()), shape.languages
    theme = next(iter(THEMES))
    rows = [(theme, "outlet", x, outlets[0], 9, 0.1, -0.2, -0.3, -0.1, 0.02) for x in outlets[1:]]
    rows += [(theme, "language", x, spoken[0], 9, 0.1, 0.0, -0.1, 0.1, 0.9) for x in spoken[1:]]
    columns = [
        "name", "column", "group", "reference", "n_stories", "share", "effect", "effect_low",
        "effect_high", "error",
    ]  # fmt: skip
    frame = pd.DataFrame(rows, columns=columns)
    return frame.assign(beyond_chance=frame["error"] < 0.05)


def _build_health(shape: Shape) -> pd.DataFrame:
    first, last = next(iter(THEMES)), list(THEMES)[shape.n_themes - 1]
    rows = [
        (first, "few_examples", "1", "add_examples"),
        (first, "example_elsewhere", f"{last}: A market by the river.", "move_example"),
        (last, "left_out", "p000001", "add_example_like"),
        (last, "mistaken", first, "sharpen_border"),
    ]
    return pd.DataFrame(rows, columns=["theme", "problem", "detail", "proposal"])


def _build_skipped() -> pd.DataFrame:
    rows = [("broken.bin", None, "Not a text; save it as text.")]
    frame = pd.DataFrame(rows, columns=["path", "position", "reason"])
    return frame.astype({"position": "Int64"})


def _build_discarded() -> pd.DataFrame:
    rows = [
        (f"articles/{i:05d}.txt", i + 1, kind, "Subscribe to our letter")
        for i, kind in enumerate(["newsletter"] * 9 + ["caption"] * 4 + ["paywall note"] * 6)
    ]
    return pd.DataFrame(rows, columns=["path", "line", "kind", "text"])


def _build_alignment(shape: Shape, passages: pd.DataFrame) -> pd.DataFrame:
    sizes = passages["language"].value_counts()
    rows = [(x, int(sizes.get(x, 0)), 0, 0.1, "") for x in shape.languages]
    return pd.DataFrame(rows, columns=["language", "n_passages", "n_pairs", "shift_length", "note"])


def _build_events(shape: Shape, articles: pd.DataFrame) -> pd.DataFrame:
    columns = ["date", "label", "theme", "source", "source_title"]
    dated = articles.dropna(subset=["date"]).head(4)
    rows = [
        (
            row.date,
            f"Un fait daté numéro {i}",
            list(THEMES)[i % shape.n_themes],
            row.article_id,
            row.title,
        )
        for i, row in enumerate(dated.itertuples())
    ]
    frame = pd.DataFrame(rows, columns=columns)
    frame["date"] = pd.to_datetime(frame["date"]).astype("datetime64[s]")
    return frame.sort_values("date", kind="stable").reset_index(drop=True)
