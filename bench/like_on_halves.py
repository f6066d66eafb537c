"""Runs that continue another, on SIB-200: what goes on, what is new, and what a run of the whole says.

Two halves of the sentences in three languages, the second continuing the first, with and without a
category withheld from the first; then ten weeks, each continuing the week before.
Run: python bench/like_on_halves.py [--repeats 5] [--weeks 10]
"""

from __future__ import annotations

import argparse

import numpy as np
import pandas as pd
from sib200 import Sentences, read_sentences

from press_themes.topics.clustering import TopicSettings
from press_themes.topics.continuity import Former, find_topics
from press_themes.topics.topic_memory import remember_exemplars, remember_topics
from press_themes.topics.topics import OUTLIER
from press_themes.vectors.alignment import align_languages

LANGUAGES = ["de", "en", "fr"]
GRANULARITY = "medium"


def make_run(
    sentences: Sentences, rows: np.ndarray, seed: int, like: Former | None = None
) -> tuple[pd.DataFrame, Former]:
    """Align and find topics of some sentences; return them and what a later run takes over."""
    own = sentences.passages.iloc[rows].reset_index(drop=True)
    # Translations of one sentence are one story.
    own["article_id"] = own["sentence"].astype(str)
    alignment = align_languages(sentences.embeddings[rows], own, former=like)
    settings = TopicSettings(granularity=GRANULARITY, seed=seed)
    found = find_topics(own, alignment.vectors, settings, like).assignments
    placed = own.assign(topic=found["topic"].to_numpy(), topic_raw=found["topic_raw"].to_numpy())
    numbers = sorted(set(placed["topic"]) - {OUTLIER})
    topics = pd.DataFrame({"topic": numbers, "label": "", "label_source": ""})
    memory = remember_topics(placed, topics, like)
    exemplars = remember_exemplars(placed, alignment.vectors, memory, like)
    earlier = exemplars[~exemplars["passage_id"].isin(placed["passage_id"])]
    kept = pd.concat([placed, earlier], ignore_index=True)
    vectors = np.vstack([alignment.vectors, *earlier["vector"]])
    return placed, Former(kept, memory, vectors, alignment.shifts)


def compare_with_joint(
    parts: list[pd.DataFrame], joint: pd.DataFrame
) -> tuple[float, float, float]:
    """Compare pairs of passages of different runs: in one topic there against in one topic here.

    Returns
    -------
    tuple of float
        Precision and recall of the pairs, and recall of those of which both are in a topic here.
    """
    whole = joint.set_index("passage_id")["topic"]
    right = said = wanted = placed = 0
    for i, first in enumerate(parts):
        for second in parts[i + 1 :]:
            here = _same(first["topic"].to_numpy(), second["topic"].to_numpy())
            there = _same(
                whole[first["passage_id"]].to_numpy(), whole[second["passage_id"]].to_numpy()
            )
            both = (first["topic"].to_numpy()[:, None] != OUTLIER) & (
                second["topic"].to_numpy()[None] != OUTLIER
            )
            right, said = right + (here & there).sum(), said + here.sum()
            wanted, placed = wanted + there.sum(), placed + (there & both).sum()
    return right / max(1, said), right / max(1, wanted), right / max(1, placed)


def _same(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    return (a[:, None] == b[None]) & (a[:, None] != OUTLIER)


def measure_halves(sentences: Sentences, seed: int, withheld: str | None) -> dict[str, float]:
    """Continue the first half with the second, a category withheld from the first or none."""
    random = np.random.default_rng(seed)
    numbers = np.sort(sentences.passages["sentence"].unique())
    in_second = dict(zip(numbers, random.random(len(numbers)) < 0.5, strict=True))
    second = sentences.passages["sentence"].map(in_second).to_numpy(dtype=bool)
    kept = (sentences.passages["category"] != withheld).to_numpy()
    a, b = np.flatnonzero(~second & kept), np.flatnonzero(second)
    first, former = make_run(sentences, a, seed)
    after, _ = make_run(sentences, b, seed, former)
    whole = np.concatenate([a, b])
    joint, _ = make_run(sentences, whole, seed)
    precision, recall, placed = compare_with_joint([first, after], joint)
    # What two runs of the same passages agree on is the most that can be asked for.
    again, _ = make_run(sentences, whole, seed + 1_000)
    halves = [again[again["passage_id"].isin(part["passage_id"])] for part in (first, after)]
    most_precision, most_recall, _ = compare_with_joint(halves, joint)
    known = set(former.memory["topic"])
    topic = after["topic"].to_numpy()
    new = np.array([number != OUTLIER and number not in known for number in topic])
    row = {
        "topics": len(known),
        "continued": len(known & set(topic)) / len(known),
        "born": len(set(topic[new])),
        "outliers before": float((first["topic"] == OUTLIER).mean()),
        "outliers after": float((topic == OUTLIER).mean()),
        "precision": precision,
        "recall": recall,
        "recall placed": placed,
        "precision of another seed": most_precision,
        "recall of another seed": most_recall,
    }
    if withheld is not None:
        of = (after["category"] == withheld).to_numpy()
        row["withheld in new"] = float(new[of].mean())
        row["withheld in old"] = float((~new & (topic != OUTLIER))[of].mean())
        row["new of withheld"] = float(of[new].mean()) if new.any() else np.nan
    return row


def measure_weeks(sentences: Sentences, seed: int, weeks: int) -> dict[str, float]:
    """Continue week by week, and compare all weeks with a run of the whole."""
    random = np.random.default_rng(seed)
    numbers = np.sort(sentences.passages["sentence"].unique())
    week = dict(zip(numbers, random.integers(0, weeks, len(numbers)), strict=True))
    of = sentences.passages["sentence"].map(week).to_numpy()
    parts, former = [], None
    for number in range(weeks):
        placed, former = make_run(sentences, np.flatnonzero(of == number), seed, former)
        parts.append(placed)
    joint, _ = make_run(sentences, np.arange(len(of)), seed)
    precision, recall, placed = compare_with_joint(parts, joint)
    return {
        "topics in week 1": parts[0]["topic"].nunique(),
        "topics in all": len(former.memory),
        "topics of the whole": joint["topic"].nunique(),
        "outliers": float((pd.concat(parts)["topic"] == OUTLIER).mean()),
        "precision": precision,
        "recall": recall,
        "recall placed": placed,
    }


def main() -> None:
    """Print a table of halves for each withheld category, and one of weeks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--weeks", type=int, default=10)
    parser.add_argument("--withheld", nargs="*", help="categories; all if none is named")
    options = parser.parse_args()
    sentences = read_sentences()
    chosen = sentences.passages["language"].isin(LANGUAGES).to_numpy()
    passages = sentences.passages[chosen].reset_index(drop=True)
    sentences = Sentences(passages, sentences.embeddings[chosen])
    rows = []
    categories = options.withheld or sorted(passages["category"].unique())
    for withheld in [None, *categories]:
        for seed in range(options.repeats):
            rows.append(
                {
                    "withheld": withheld or "nothing",
                    **measure_halves(sentences, seed, withheld),
                }
            )
    table = pd.DataFrame(rows).groupby("withheld", sort=False).mean()
    print(f"halves of {len(passages)} sentences in {', '.join(LANGUAGES)}:")
    print(table.round(2).T.to_string())
    weekly = pd.DataFrame(
        [measure_weeks(sentences, seed, options.weeks) for seed in range(options.repeats)]
    )
    print(f"\n{options.weeks} weeks, each continuing the one before:")
    print(weekly.mean().round(2).to_string())


if __name__ == "__main__":
    main()
