"""How often intervals of shares hold the truth, with 0, 50, 200 and 500 judged passages.

Real press with categories (MasakhaNEWS, 10kGNAD, SIB-200), read by the tool with definitions in
English alone, stands for an endless stream. Each repeat draws a corpus of stories from it and
judges the label sheet that the tool draws. Outlets and months are planted; the
months lean towards articles that are read wrongly, so that the error differs between them. Run it with
``python bench/coverage_of_shares.py SET …``; ``--repeats N``, ``--out FILE.json``.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from press_sets import SETS, Press, score_press

from press_themes.measures.accuracy import measure_accuracy
from press_themes.measures.estimates import (
    bound_share,
    estimate_part,
    project_width,
    subtract_parts,
    tune_power,
)
from press_themes.measures.judged_evidence import Evidence, add_judgements, gather_evidence
from press_themes.themes.draw_weights import weigh_draws
from press_themes.themes.label_sheet import LabelSheetSettings, draw_label_sheet
from press_themes.themes.labels import SAMPLE_COLUMNS

SIZES = (0, 50, 200, 500)


class Stream(NamedTuple):
    """The endless stream that corpora are drawn from."""

    press: Press
    themes: list[str]
    bears: np.ndarray
    given: np.ndarray
    groups: dict[str, np.ndarray]
    rows_of: list[np.ndarray]


def lay_out(press: Press) -> Stream:
    """Plant outlets and months, and note which passages each story has."""
    themes = sorted(press.scores["theme"].unique())
    wide = press.scores.pivot(index="passage_id", columns="theme", values="borne")
    given = wide.loc[press.passages["passage_id"], themes].to_numpy(dtype=bool)
    bears = press.passages["category"].to_numpy()[:, None] == np.array(themes)
    stories, story = np.unique(press.passages["story"].to_numpy(), return_inverse=True)
    generator = np.random.default_rng(0)
    wrong = np.bincount(story, (given != bears).any(axis=1)) / np.bincount(story) > 0.5
    rows_of = np.split(np.argsort(story, kind="stable"), np.cumsum(np.bincount(story))[:-1])
    kind = bears[[rows[0] for rows in rows_of]].argmax(axis=1)
    outlet = generator.random(len(stories)) < np.where(kind % 2, 0.35, 0.65)
    lean = np.column_stack([np.ones_like(kind), 1 + (kind % 3 == 0), 1 + wrong, 1 + 2 * wrong])
    month = (generator.random((len(stories), 1)) > np.cumsum(lean, 1) / lean.sum(1)[:, None]).sum(1)
    groups = {"outlet": outlet.astype(int)[story], "month": month[story]}
    return Stream(press, themes, bears, given, groups, rows_of)


def draw_corpus(stream: Stream, generator: np.random.Generator) -> tuple[np.ndarray, pd.DataFrame]:
    """Draw as many stories as there are, with replacement; return rows and passages."""
    picked = generator.integers(0, len(stream.rows_of), len(stream.rows_of))
    rows = np.concatenate([stream.rows_of[story] for story in picked])
    copy = np.repeat(np.arange(len(picked)), [len(stream.rows_of[story]) for story in picked])
    passages = stream.press.passages.iloc[rows].reset_index(drop=True)
    mark = pd.Series(copy.astype(str))
    passages["passage_id"] += "/" + mark
    passages["text"] = passages["passage_id"]
    return rows, passages.assign(article_id=mark)


def measure_repeat(stream: Stream, seed: int, most: int) -> list[dict[str, Any]]:
    """Draw a corpus, judge 0 to 500 passages of it, and see what holds the truth."""
    rows, passages = draw_corpus(stream, np.random.default_rng(seed))
    n_themes = len(stream.themes)
    articles = pd.DataFrame({"article_id": passages["article_id"].unique()})
    articles = articles.assign(family_id=articles["article_id"], outlet="", date=pd.NaT, title="")
    table = stream.press.scores.iloc[(rows[:, None] * n_themes + np.arange(n_themes)).ravel()]
    scores = table.assign(passage_id=np.repeat(passages["passage_id"].to_numpy(), n_themes))
    nothing = pd.DataFrame(columns=SAMPLE_COLUMNS)
    wanted = LabelSheetSettings(most, seed)
    sheet = draw_label_sheet(passages, articles, scores, nothing, wanted)
    place = pd.Series(np.arange(len(rows)), index=passages["passage_id"]).loc[sheet["id"]]
    read = gather_evidence(passages, articles, scores, nothing)
    found = []
    for size in [size for size in SIZES if size <= min(most, len(sheet))]:
        chances = sheet["probability"].to_numpy()[:size]
        sample = pd.DataFrame(
            {
                "passage_id": np.repeat(sheet["id"].to_numpy()[:size], n_themes),
                "theme": np.tile(stream.themes, size),
                "value": stream.bears[rows[place.to_numpy()[:size]]].ravel(),
                "stands_for": np.repeat(weigh_draws(chances, len(rows)), n_themes),
            }
        )
        evidence = add_judgements(read, passages, sample)
        found += _check_shares(stream, rows, evidence, size)
        found += _check_accuracy(stream, evidence, rows[evidence.order])
    return found


def _check_shares(
    stream: Stream, rows: np.ndarray, evidence: Evidence, size: int
) -> list[dict[str, Any]]:
    powers = {"": tune_power(evidence)}
    if size:
        powers["alone"] = np.zeros(len(stream.themes))
    found = []
    every = np.ones(len(rows), bool)
    for name, power in powers.items():
        whole = estimate_part(evidence, every, power)
        row = _score("share", whole.share, *bound_share(whole), stream.bears.mean(axis=0))
        row["projected"] = float(project_width(whole).mean())
        found.append({**row, "size": size, "way": name})
        for grouping, codes in stream.groups.items():
            groups = range(codes.max() + 1)
            parts = [estimate_part(evidence, codes[rows] == g, power) for g in groups]
            for second in groups[1:]:
                told = subtract_parts(parts[second], parts[second - 1])
                said = ~np.isnan(told.low) & (told.is_judged | (size == 0))
                true = stream.bears[codes == second].mean(axis=0)
                true = true - stream.bears[codes == second - 1].mean(axis=0)
                row = _score(grouping, *(value[said] for value in told[:3]), true[said])
                found.append({**row, "size": size, "way": name, "of": len(said)})
    return found


def _score(
    what: str, share: np.ndarray, low: np.ndarray, high: np.ndarray, true: np.ndarray
) -> dict[str, Any]:
    holds = (low <= true) & (true <= high)
    return {
        "what": what,
        "n": len(true),
        "holds": int(holds.sum()),
        "width": float((high - low).sum()),
        "error": float(np.abs(share - true).sum()),
    }


def _check_accuracy(stream: Stream, evidence: Evidence, rows: np.ndarray) -> list[dict[str, Any]]:
    size, n_themes = evidence.judged.shape
    if not size:
        return []
    given = evidence.borne[evidence.places].ravel()
    checked = pd.DataFrame(
        {
            "theme": np.tile(stream.themes, size),
            "label": evidence.judged.ravel() > 0.5,
            "stands_for": evidence.weights.ravel(),
            "story": np.repeat(evidence.stories[evidence.places], n_themes),
            "predicted": given,
            "predicted_zero_shot": given,
        }
    )
    table = measure_accuracy(checked, stream.themes).set_index("theme")
    both = stream.given & stream.bears
    found = []
    for measure, among in (("precision", stream.given), ("recall", stream.bears)):
        true = {"": both.sum() / among.sum()}
        true |= dict(zip(stream.themes, both.sum(0) / np.maximum(among.sum(0), 1), strict=True))
        said = table[measure].notna()
        names = table.index[said]
        values = (table.loc[said, f"{measure}{end}"].to_numpy() for end in ("", "_low", "_high"))
        row = _score(measure, *values, np.array([true[name] for name in names]))
        found.append({**row, "size": size, "way": "", "of": len(table)})
    return found


def summarise(found: pd.DataFrame) -> pd.DataFrame:
    """Summarise coverage, mean width and mean error."""
    sums = found.groupby(["what", "size", "way"])[["n", "of", "holds", "width", "error"]].sum()
    frame = pd.DataFrame({"coverage": sums["holds"] / sums["n"]})
    frame["width"], frame["error"] = sums["width"] / sums["n"], sums["error"] / sums["n"]
    frame["said"] = sums["n"] / sums["of"].where(sums["of"] > 0, sums["n"])
    return frame.join(found.groupby(["what", "size", "way"])["projected"].mean()).reset_index()


def main() -> int:
    """Measure the sets named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sets", nargs="*", default=list(SETS))
    parser.add_argument("--repeats", type=int, default=500)
    parser.add_argument("--most", type=int, default=500, help="judged passages at most")
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    results = {}
    for name in given.sets:
        stream = lay_out(score_press(name))
        found = [
            {"projected": np.nan, "of": 0, **row}
            for seed in range(given.repeats)
            for row in measure_repeat(stream, seed, given.most)
        ]
        table = summarise(pd.DataFrame(found))
        print(f"{name}: {given.repeats} repeats, {len(stream.bears)} passages")
        print(table.round(3).to_string(index=False), flush=True)
        results[name] = table.round(4).to_dict("records")
    if given.out:
        given.out.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
