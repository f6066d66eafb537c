"""The analysts' own judgements, labels.csv: which passage or article speaks of which theme.

A judgement of a passage that was drawn at random is part of a sample and tells what holds for the
corpus; any other is a correction and tells of its passage. A row that cannot be used costs one
sentence and nothing else, so that a slip never stops a run.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from press_themes.themes.draw_weights import weigh_draws
from press_themes.themes.label_problems import shorten_problems, tell_problem
from press_themes.themes.label_rows import YES_OR_NO, list_borne, read_rows

COLUMNS = ["id", "kind", "theme", "label", "stands_for", "basis", "n_coders"]
SAMPLE_COLUMNS = ["passage_id", "theme", "value", "stands_for", "stratum", "n_coders"]
JUDGEMENT_COLUMNS = ["id", "kind", "theme", "label", "coder", "adjudicated", "basis", "line"]


class Labels(NamedTuple):
    """What the analysts judged, and what could not be used of it.

    Attributes
    ----------
    answers : DataFrame
        What was decided, one row a passage or article and theme: ``id``, ``kind`` ("passage" or
        "article"), ``theme``, ``label`` (bool), ``stands_for`` (passages that the row stands for
        when it was drawn at random, else NaN), ``basis`` ("sample" or "correction"), ``n_coders``;
        ordered by kind, id and theme. An adjudicated answer decides, else the majority of coders;
        where these are evenly divided there is no row.
    sample : DataFrame
        The judgements that say what holds for the corpus: ``passage_id, theme``, ``value`` (share
        of coders who say yes, or what was adjudicated), ``stands_for``, ``stratum``, ``n_coders``;
        one row for every passage of the same text.
    judgements : DataFrame
        Every judgement by every coder: ``id, kind, theme, label, coder`` ("" where not said),
        ``adjudicated`` (bool), ``basis``, ``line`` of the file.
    problems : list of dict
        One sentence a row that was not used, by language of the report.
    """

    answers: pd.DataFrame
    sample: pd.DataFrame
    judgements: pd.DataFrame
    problems: list[dict[str, str]]


def read_labels(
    path: Path | None, passages: pd.DataFrame, articles: pd.DataFrame, themes: Iterable[str]
) -> Labels:
    """Read the judgements of analysts.

    Parameters
    ----------
    path : Path or None
        A CSV file with the columns ``id`` (of a passage or an article) and either ``theme`` and
        ``label`` (yes or no), or ``themes`` (all that the passage bears, with semicolons between,
        or "none"; of those in the column ``asked``, where there is one, the others are a no);
        further ``coder`` (who judged), ``adjudicated`` (yes where the row decides) and, from a
        label sheet, ``stratum``, ``probability`` and ``drawn_from``. None, or a missing file, gives
        no judgement.
    passages : DataFrame
        With ``passage_id`` and, where copies are to be judged together, ``text``.
    articles : DataFrame
        With ``article_id``.
    themes : iterable of str
        Identifiers of the codebook.

    Returns
    -------
    Labels
        A row without an answer is a question not yet answered and no problem. Of two judgements by
        the same coder the later stands. A passage that was drawn stays one of the sample, whoever
        judges it again.
    """
    rows = read_rows(path) if path is not None and path.is_file() else []
    if path is None or rows is None:
        unreadable = [] if path is None else [tell_problem(path, 1, "unreadable")]
        return Labels(*_decide([], _Places(passages)), unreadable)
    kinds = dict.fromkeys(articles["article_id"].astype(str), "article")
    kinds |= dict.fromkeys(passages["passage_id"].astype(str), "passage")
    known, places = list(themes), _Places(passages)
    told: dict[tuple[str, str, str, bool], dict[str, Any]] = {}
    problems: list[tuple[int, dict[str, str]]] = []
    for line, row in rows:
        reason, value = _fault(row, kinds, known)
        if reason:
            problems.append((line, tell_problem(path, line, reason, value, known)))
            continue
        changed = False
        for theme, label in _list_answers(row, known):
            decides = YES_OR_NO.get(row["adjudicated"].lower(), False)
            answer = {**row, "kind": kinds[row["id"]], "theme": theme, "label": label}
            answer |= {"adjudicated": decides, "line": line}
            place = (*places.find(answer), row["coder"], decides)
            former = told.pop(place, None)
            changed |= former is not None and former["label"] != label
            told[place] = answer
            places.keep_draw(answer)
        if changed:
            problems.append((line, tell_problem(path, line, "conflict", row["id"])))
    decided = _decide(list(told.values()), places)
    return Labels(*decided, shorten_problems(path, problems))


def name_stories(
    answers: pd.DataFrame, passages: pd.DataFrame, articles: pd.DataFrame
) -> pd.DataFrame:
    """Name the story that each judged passage or article tells.

    Parameters
    ----------
    answers : DataFrame
        ``id`` of a passage or an article, from `read_labels`.
    passages : DataFrame
        ``passage_id, article_id``.
    articles : DataFrame
        ``article_id`` with ``story_id``, or ``family_id`` where stories were not linked.

    Returns
    -------
    DataFrame
        `answers` with ``story``.
    """
    column = "story_id" if "story_id" in articles else "family_id"
    stories = articles.set_index("article_id")[column]
    owners = passages.set_index("passage_id")["article_id"]
    article = answers["id"].map(owners).fillna(answers["id"])
    return answers.assign(story=article.map(stories).astype(str))


class _Places:
    """Where a judgement belongs: one about a text holds for every copy of it."""

    def __init__(self, passages: pd.DataFrame) -> None:
        names = passages["passage_id"].astype(str)
        texts = passages.get("text", names)
        self._texts = dict(zip(names, texts, strict=True))
        self._draws: dict[tuple[str, str], dict[str, Any]] = {}

    def find(self, answer: Mapping[str, Any]) -> tuple[str, str]:
        return self._texts.get(answer["id"], answer["id"]), answer["theme"]

    def keep_draw(self, answer: Mapping[str, Any]) -> None:
        """Remember that a passage was drawn, whoever judges it again."""
        draw = {name: _number(answer[name]) for name in ("stands_for", "probability", "drawn_from")}
        drawn = not np.isnan(draw["probability"] * draw["drawn_from"])
        if answer["kind"] == "passage" and (drawn or not np.isnan(draw["stands_for"])):
            self._draws[self.find(answer)] = {**draw, "stratum": answer["stratum"]}

    def weigh(self) -> dict[tuple[str, str], tuple[float, str]]:
        """Return how many passages each drawn one stands for, and its stratum."""
        weights = {
            place: (draw["stands_for"], draw["stratum"]) for place, draw in self._draws.items()
        }
        sheets: dict[float, dict[str, tuple[float, list[tuple[str, str]]]]] = {}
        for place, draw in self._draws.items():
            if np.isnan(draw["stands_for"]):
                texts = sheets.setdefault(draw["drawn_from"], {})
                texts.setdefault(place[0], (draw["probability"], []))[1].append(place)
        for n_texts, texts in sheets.items():
            chances = np.array([chance for chance, _ in texts.values()])
            for weight, (_, held) in zip(
                weigh_draws(chances, n_texts), texts.values(), strict=True
            ):
                weights |= {place: (float(weight), self._draws[place]["stratum"]) for place in held}
        return weights

    def list_copies(self, texts: Iterable[str]) -> dict[str, list[str]]:
        """List the passages of each text."""
        wanted: dict[str, list[str]] = {text: [] for text in texts}
        for name, text in self._texts.items():
            if text in wanted:
                wanted[text].append(name)
        return wanted


def _number(cell: str) -> float:
    try:
        value = float(cell)
    except ValueError:
        return np.nan
    return value if 0 < value < 1e12 else np.nan


def _fault(row: Mapping[str, str], kinds: Mapping[str, str], themes: list[str]) -> tuple[str, str]:
    borne = list_borne(row["themes"])
    if not row["label"] and borne is None:
        return "", ""
    if row["id"] not in kinds:
        return "id", row["id"]
    named = [row["theme"]] if row["label"] else borne or []
    strange = [name for name in named if name not in themes]
    if strange:
        return "theme", strange[0]
    if row["label"] and row["label"] not in YES_OR_NO:
        return "label", row["label"]
    return "", ""


def _list_answers(row: Mapping[str, str], themes: list[str]) -> list[tuple[str, bool]]:
    """List which themes a row says the passage bears and which not."""
    if row["label"]:
        return [(row["theme"], YES_OR_NO[row["label"]])]
    borne = list_borne(row["themes"])
    if borne is None:
        return []
    asked = list_borne(row["asked"]) or themes
    return [(theme, theme in borne) for theme in themes if theme in borne or theme in asked]


def _decide(
    told: list[dict[str, Any]], places: _Places
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return what was decided, the sample, and every judgement."""
    weights = places.weigh()
    by_place: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for answer in told:
        place = places.find(answer)
        answer["basis"] = "sample" if place in weights else "correction"
        by_place.setdefault(place, []).append(answer)
    copies = places.list_copies({text for text, _ in weights})
    answers, sample = [], []
    for place, judged in by_place.items():
        final = [answer for answer in judged if answer["adjudicated"]][-1:] or judged
        value = float(np.mean([answer["label"] for answer in final]))
        coders = len({answer["coder"] for answer in judged})
        weight, stratum = weights.get(place, (np.nan, ""))
        if value != 0.5:
            row = {**judged[-1], "label": value > 0.5, "stands_for": weight, "n_coders": coders}
            answers.append(row)
        for name in copies[place[0]] if place in weights else []:
            sample.append((name, place[1], value, weight, stratum, coders))
    return (
        _order(pd.DataFrame(answers, columns=COLUMNS), ["kind", "id", "theme"]),
        _order(pd.DataFrame(sample, columns=SAMPLE_COLUMNS), ["passage_id", "theme"]),
        _order(pd.DataFrame(told, columns=JUDGEMENT_COLUMNS), ["kind", "id", "theme", "coder"]),
    )


def _order(frame: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    for name in {"label", "adjudicated"}.intersection(frame.columns):
        frame[name] = frame[name].astype(bool)
    for name in {"stands_for", "value"}.intersection(frame.columns):
        frame[name] = frame[name].astype("float64")
    return frame.sort_values(keys, kind="stable").reset_index(drop=True)
