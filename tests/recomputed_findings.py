"""The findings of a run computed a second time, by plain counting, as the numbers they must state.

Nothing of the package is used but its tables, so that a mistake there cannot hide here.
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from itertools import combinations
from math import comb, prod, sqrt
from statistics import NormalDist
from typing import Any

Expected = tuple[list[str], list[str]]


def read_numbers(sentence: str) -> list[str]:
    """Return the numbers of a sentence outside quotation marks, as plain decimals."""
    plain = re.sub(r"“[^”]*”|«[^»]*»", "", sentence)
    plain = re.sub(r"(?<=\d)[\u202f,](?=\d{3}\b)", "", plain).replace("<", "")
    return [x.replace(",", ".") for x in re.findall(r"\d+(?:[.,]\d+)?", plain)]


def read_quoted(sentence: str) -> list[str]:
    """Return what stands in quotation marks."""
    found = re.findall(r"“([^”]*)”|«\u202f([^»]*)\u202f»", sentence)
    return [first or second for first, second in found]


def recompute(tables: Any, seed: int = 1) -> dict[str, list[Expected]]:
    """Return, for each finding that must be there, the numbers and names it may state.

    Each is a list, because a bootstrap may fall on either side for a theme at the edge.
    """
    counted = _Counts(tables)
    found = {
        "lead": _lead(counted, seed),
        "unassigned": [_unassigned(counted)],
        "time": [_time(counted)],
        "outlets": [_outlets(counted)],
        "missed": [_missed(counted)],
    }
    following, together, reprints = _next(counted), _together(counted), _reprints(counted)
    if following:
        found["next"] = [following]
    if together:
        found["together"] = [together]
    if reprints:
        found["reprints"] = [reprints]
    if counted.quotations:
        found["voices"] = [_voices(counted)]
    return found


class _Counts:
    """The tables as plain lists and mappings."""

    def __init__(self, tables: Any) -> None:
        self.articles = {row["article_id"]: row for row in tables.articles.to_dict("records")}
        for article in self.articles.values():
            # Where no stories were looked for, a text and its reprints are one.
            article["story"] = article.get("story_id", article["family_id"])
        self.passages = tables.passages[["article_id", "topic", "themes"]].to_dict("records")
        self.themes = {row["theme"]: row for row in tables.themes.to_dict("records")}
        self.topics = {row["topic"]: row for row in tables.topics.to_dict("records")}
        self.trends = tables.trends.to_dict("records")
        self.quotations = tables.quotations.to_dict("records")
        for row in self.passages:
            row["themes"] = list(row["themes"])
            row["story"] = self.articles[row["article_id"]]["story"]
            row["date"] = self.articles[row["article_id"]]["date"]

    def label(self, theme: str) -> str:
        label = self.themes[theme]["label"]
        return label if isinstance(label, str) else next(x for x in label.values() if x)


def _percent(share: float) -> str:
    value = 100 * share
    if 0 < value < 0.05:
        return "0.1"
    return f"{value:.0f}" if value >= 9.95 or value == 0 else f"{value:.1f}"


def _lead(counted: _Counts, seed: int) -> list[Expected]:
    sizes = Counter(name for row in counted.passages for name in row["themes"])
    n, n_stories = len(counted.passages), len({x["story"] for x in counted.articles.values()})
    if not sizes:
        return [([str(n)], [])]
    first = min(sizes, key=lambda name: (-sizes[name], name))
    if n < 30 or len({row["story"] for row in counted.passages}) < 5:
        return [([str(n), str(n_stories)], [])]
    row = counted.themes[first]
    articles = {x["article_id"] for x in counted.passages if first in x["themes"]}
    numbers = [_percent(sizes[first] / n), str(n), "95", _percent(row["share_low"])]
    numbers += [_percent(row["share_high"]), str(len(articles)), str(len(counted.articles))]
    sure, possible = _count_rivals(counted, first, sorted(sizes), seed)
    expected: list[Expected] = []
    for rivals in range(len(sure), len(possible) + 1):
        if rivals == 1:
            expected += [(numbers, [counted.label(first), counted.label(x)]) for x in possible]
        else:
            expected.append((numbers + [str(rivals)] * (rivals > 0), [counted.label(first)]))
    return expected


def _next(counted: _Counts) -> Expected | None:
    sizes = Counter(name for row in counted.passages for name in row["themes"])
    n, few = len(counted.passages), len({row["story"] for row in counted.passages}) < 5
    ranked = sorted(sizes, key=lambda name: (-sizes[name], name))
    if n < 30 or few or len(ranked) < 2:
        return None
    numbers = []
    for name in ranked[1:3]:
        row = counted.themes[name]
        numbers += [_percent(sizes[name] / n), "95", _percent(row["share_low"])]
        numbers += [_percent(row["share_high"])]
    return numbers, [counted.label(name) for name in ranked[1:3]]


def _count_rivals(
    counted: _Counts, first: str, names: list[str], seed: int
) -> tuple[list[str], list[str]]:
    """Draw the stories anew; a theme between two bounds of the quantile may count or not."""
    by_story: dict[str, Counter[str]] = defaultdict(Counter)
    for row in counted.passages:
        by_story[row["story"]].update(row["themes"])
        by_story[row["story"]][""] += 1
    # Two imaginary stories are drawn along: one of the leader alone, one of all the others.
    size = len(counted.passages) / len(by_story)
    leader = {first: size, "": size}
    others = {**{name: size for name in names if name != first}, "": size}
    stories = [dict(story) for story in by_story.values()] + [leader, others]
    generator = random.Random(seed)
    leads: dict[str, list[float]] = {name: [] for name in names if name != first}
    for _ in range(600):
        drawn = generator.choices(stories, k=len(stories))
        whole = sum(story[""] for story in drawn)
        top = sum(story.get(first, 0) for story in drawn)
        for name, values in leads.items():
            values.append((top - sum(story.get(name, 0) for story in drawn)) / whole)
    for values in leads.values():
        values.sort()
    sure = [name for name, values in leads.items() if values[int(0.035 * 600)] <= 0]
    possible = [name for name, values in leads.items() if values[int(0.015 * 600)] <= 0]
    return sure, possible


def _unassigned(counted: _Counts) -> Expected:
    sizes = [len(row["themes"]) for row in counted.passages]
    bare, several = sizes.count(0), sum(size > 1 for size in sizes)
    return [str(bare), str(len(sizes)), _percent(bare / len(sizes)), str(several)], []


def _time(counted: _Counts) -> Expected:
    periods = sorted({(row["period"], row["period_end"]) for row in counted.trends})
    inside: dict[Any, list[dict[str, Any]]] = {}
    for start, end in periods:
        rows = [x for x in counted.passages if x["date"] == x["date"]]
        found = [x for x in rows if start <= x["date"].normalize() <= end]
        if found:
            inside[start] = found
    if len(inside) < 2:
        return [str(len(inside))] * bool(inside), []
    whole = sum(map(len, inside.values()))
    largest = max(inside, key=lambda start: len(inside[start]))
    days = max((end - start).days + 1 for start, end in periods)
    if len(inside[largest]) / whole > 0.8:
        share = _percent(len(inside[largest]) / whole)
        return [share, str(len(inside)), *_date(largest, days)], []
    peak = _find_peak(inside)
    if peak is None:
        return [str(len(inside))], []
    theme, start, n_with, n_inside, n_with_outside, n_outside = peak
    shares = _percent(n_with / n_inside), _percent(n_with_outside / n_outside)
    return [*_date(start, days), shares[0], str(n_inside), shares[1]], [counted.label(theme)]


def _date(start: Any, days: int) -> list[str]:
    return ([str(start.day)] if days <= 7 else []) + [str(start.year)]


def _find_peak(inside: dict[Any, list[dict[str, Any]]]) -> Any:
    told = {start: {row["story"] for row in rows} for start, rows in inside.items()}
    themes = sorted({name for rows in inside.values() for row in rows for name in row["themes"]})
    n_all, best = sum(map(len, told.values())), (1.0, None)
    for theme in themes:
        bearing = {
            start: {row["story"] for row in rows if theme in row["themes"]}
            for start, rows in inside.items()
        }
        n_with = sum(map(len, bearing.values()))
        for start, stories in told.items():
            n, k = len(stories), len(bearing[start])
            tail = sum(comb(n_with, i) * comb(n_all - n_with, n - i) for i in range(k, n + 1))
            error = tail / comb(n_all, n) * len(themes) * len(told)
            if error < best[0] and error <= 0.05:
                best = (error, (theme, start, k, n, n_with - k, n_all - n))
    return best[1]


def _outlets(counted: _Counts) -> Expected:
    pairs = {(counted.articles[x["article_id"]]["outlet"], x["story"]) for x in counted.passages}
    known = {pair for pair in pairs if isinstance(pair[0], str)}
    sizes = {outlet: n for outlet, n in Counter(x for x, _ in known).items() if n >= 5}
    chosen = sorted(sizes, key=lambda outlet: (-sizes[outlet], outlet))[:8]
    bearing: dict[str, set[tuple[Any, str]]] = defaultdict(set)
    for row in counted.passages:
        for theme in row["themes"]:
            bearing[theme].add((counted.articles[row["article_id"]]["outlet"], row["story"]))
    if len(chosen) < 2 or not bearing:
        return [], []
    total, cells = len(known), []
    for theme in bearing:
        rate = sum(x in known for x in bearing[theme]) / total
        for outlet in chosen:
            n = sum(x == outlet for x, _ in bearing[theme])
            expected = sizes[outlet] * rate
            spread = sqrt(expected * (1 - rate) * (1 - sizes[outlet] / total))
            cells.append(((n - expected) / spread if spread else 0.0, theme, outlet, n, expected))
    bound = NormalDist().inv_cdf(1 - 0.05 / 2 / len(cells))
    reliable = [cell for cell in cells if cell[4] >= 5]
    best = max(reliable, key=lambda cell: abs(cell[0]), default=None)
    if best is None or abs(best[0]) < bound:
        return [str(len(chosen))], []
    _, theme, outlet, n, expected = best
    numbers = list(re.findall(r"\d+", outlet))
    return [*numbers, str(n), str(sizes[outlet]), f"{expected:.1f}"], [counted.label(theme)]


def _missed(counted: _Counts) -> Expected:
    inside: dict[int, list[bool]] = defaultdict(list)
    for row in counted.passages:
        if row["topic"] in counted.topics:
            inside[row["topic"]].append(bool(row["themes"]))
    large = {topic: bears for topic, bears in inside.items() if len(bears) >= 5}
    if not large:
        return [], []
    topic = min(large, key=lambda x: (sum(large[x]) / len(large[x]), -len(large[x])))
    if all(large[topic]):
        return [], []
    bears, label = large[topic], counted.topics[topic]["label"]
    name = label if isinstance(label, str) else next(x for x in label.values() if x)
    return [str(sum(bears)), str(len(bears)), _percent(sum(bears) / len(bears))], [name]


def _together(counted: _Counts) -> Expected | None:
    stories: dict[str, set[str]] = defaultdict(set)
    for row in counted.passages:
        stories[counted.articles[row["article_id"]]["story"]].update(row["themes"])
    borne = Counter(theme for names in stories.values() for theme in names)
    themes = sorted(borne)
    if len(themes) < 2 or len(stories) < 5:
        return None
    sizes = Counter(len(names) for names in stories.values())
    chances = _fit_chances(themes, borne, sizes)
    rows = []
    for pair in combinations(themes, 2):
        each = [(n, sum(p for s, p in chances[k] if set(pair) <= s)) for k, n in sizes.items()]
        expected = sum(n * p for n, p in each)
        variance = sum(n * p * (1 - p) for n, p in each)
        met = sum(set(pair) <= names for names in stories.values())
        distance = (met - expected) / sqrt(variance) if variance > 1e-9 else 0.0
        rows.append((distance, met, expected, pair))
    reliable = [row for row in rows if row[2] >= 5]
    bound = NormalDist().inv_cdf(1 - 0.05 / 2 / len(rows))
    best = max(reliable, key=lambda row: abs(row[0]), default=None)
    if best is None or best[0] < bound:
        return None
    return [str(best[1]), f"{best[2]:.1f}"], [counted.label(x) for x in best[3]]


def _fit_chances(
    themes: list[str], borne: Counter[str], sizes: Counter[int]
) -> dict[int, list[tuple[set[str], float]]]:
    """Return, by size, every set of themes with its chance, so that each theme keeps its stories."""
    pull = dict.fromkeys(themes, 1.0)
    for _ in range(3000):
        chances = {}
        for k in sizes:
            sets = [set(names) for names in combinations(themes, k)]
            weights = [prod(pull[name] for name in names) for names in sets]
            chances[k] = [(s, w / sum(weights)) for s, w in zip(sets, weights, strict=True)]
        drawn = {
            theme: sum(n * sum(p for s, p in chances[k] if theme in s) for k, n in sizes.items())
            for theme in themes
        }
        if max(abs(drawn[theme] - borne[theme]) for theme in themes) < 1e-6:
            break
        pull = {theme: pull[theme] * borne[theme] / drawn[theme] for theme in themes}
    return chances


def _reprints(counted: _Counts) -> Expected | None:
    sizes = Counter(row["family_id"] for row in counted.articles.values())
    if len(sizes) == len(counted.articles):
        return None
    return [str(len(counted.articles)), str(len(sizes)), str(max(sizes.values()))], []


def _voices(counted: _Counts) -> Expected:
    story = {name: row["story"] for name, row in counted.articles.items()}
    told, named = set(), {}
    for row in counted.quotations:
        told.add(story[row["article_id"]])
        if row["speaker"]:
            named.setdefault(row["speaker"], []).append(story[row["article_id"]])
    numbers = [len(counted.quotations), len(told), len(set(story.values()))]
    numbers.append(sum(map(len, named.values())))
    most = max(len(set(stories)) for stories in named.values())
    first = [speaker for speaker, stories in named.items() if len(set(stories)) == most]
    return [str(own) for own in (*numbers, most)], first if len(first) == 1 else []


def check(tables: Any, findings: list[Any]) -> None:
    """Assert that every finding states what counting again gives, and none is missing."""
    expected = recompute(tables)
    assert {finding.name for finding in findings} == set(expected)
    for finding in findings:
        stated = read_numbers(finding.sentence), read_quoted(finding.sentence)
        assert stated in expected[finding.name], (finding.name, stated, expected[finding.name])
