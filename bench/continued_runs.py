"""A corpus halved by date, or followed by another one: the continued run against a run of both together.

Of each topic that goes on: do its passages of both runs lie mostly in one topic of the joint run, and
which topics of the joint run that hold passages of both are linked by a number that both runs share?
Run: python bench/continued_runs.py CORPUS [LATER]
Without LATER the articles of CORPUS are halved at their median date; undated ones stand in the first half.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path

import pandas as pd
from press_themes.pipeline import run

from press_themes.articles.read import read_articles
from press_themes.configuration import read_configuration
from press_themes.continuation import continue_configuration


def halve(corpus: Path, root: Path) -> tuple[Path, Path]:
    """Copy the files of a corpus to two folders by their date; the settings go to both."""
    articles = read_articles(corpus).articles
    dates = pd.to_datetime(articles["date"])
    late = articles.loc[dates > dates.median(), "path"]
    folders = root / "first", root / "second"
    for folder in folders:
        folder.mkdir()
        for settings in ("corpus.yml", "themes.yml"):
            if (corpus / settings).exists():
                shutil.copy(corpus / settings, folder)
    for path in articles["path"].unique():
        target = folders[int(path in set(late))] / path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(corpus / path, target)
    return folders


def read_topics(folder: Path) -> pd.DataFrame:
    """Read which topic each passage of a run is in."""
    return pd.read_parquet(folder / "passages.parquet", columns=["passage_id", "topic"])


def list_main_topics(part: pd.DataFrame, joint: pd.Series) -> dict[int, int]:
    """Return the joint topic that holds most passages of each topic, where one holds half."""
    places = part.assign(joint=part["passage_id"].map(joint)).query("topic >= 0")
    found = {}
    for topic, own in places.groupby("topic")["joint"]:
        shares = own.value_counts(normalize=True)
        if len(shares) and shares.index[0] >= 0 and shares.iloc[0] >= 0.5:
            found[int(topic)] = int(shares.index[0])
    return found


def main() -> None:
    """Run three times and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("later", type=Path, nargs="?")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        first, second = (
            (options.corpus, options.later) if options.later else halve(options.corpus, root)
        )
        both = root / "both"
        shutil.copytree(first, both)
        shutil.copytree(second, both / "later", ignore=shutil.ignore_patterns("*.yml", "*.md.yml"))
        former = run(read_configuration(first), root / "former", False)
        continued = run(continue_configuration(second, former), root / "continued", False)
        whole = run(read_configuration(both), root / "whole", False)
        joint = read_topics(whole).set_index("passage_id")["topic"]
        before, after = read_topics(former), read_topics(continued)
        memory = pd.read_parquet(continued / "topic_memory.parquet")
    old, new = list_main_topics(before, joint), list_main_topics(after, joint)
    linked = {number for number in old if number in new}
    right = {number for number in linked if old[number] == new[number]}
    shared = set(old.values()) & set(new.values())
    print(
        f"passages: {len(before)} before, {len(after)} after; {(after['topic'] < 0).sum()} of these"
    )
    print(f"outside every topic. Topics: {memory['status'].value_counts().to_dict()}.")
    print(f"precision: {len(right)} of {len(linked)} topics that go on keep to one joint topic")
    print(
        f"recall: {len({old[n] for n in right})} of {len(shared)} joint topics that hold most of a "
        "topic of both runs are linked by a number"
    )


if __name__ == "__main__":
    main()
