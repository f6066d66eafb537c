"""Whether a story bears the same strongest theme in each of its five languages.

Reads the corpus that ships together with the versions kept in tests/data/parallel, and lists the
stories that do not agree. Run it with ``python bench/parallel_versions.py``.
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

import pandas as pd
from press_themes.pipeline import run

from press_themes.configuration import read_configuration

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT / "corpus"
PARALLEL = ROOT / "tests/data/parallel"


def gather_versions(folder: Path) -> Path:
    """Put every version of every story into one corpus.

    Parameters
    ----------
    folder : Path
        An empty folder.

    Returns
    -------
    Path
        The corpus, with the settings and the codebook of the one that ships.
    """
    corpus = folder / "corpus"
    shutil.copytree(CORPUS, corpus)
    for path in PARALLEL.glob("*.md"):
        shutil.copyfile(path, corpus / "articles" / path.name)
    return corpus


def weigh_themes(folder: Path) -> pd.DataFrame:
    """Read how much of each article speaks of each theme, as the run itself aggregates it.

    Parameters
    ----------
    folder : Path
        A run folder.

    Returns
    -------
    DataFrame
        ``story, language, theme, weight, rank``.
    """
    articles = pd.read_parquet(folder / "articles.parquet", columns=["article_id", "path"])
    weights = pd.read_parquet(folder / "theme_aggregates.parquet")
    names = articles["path"].str.extract(r"([^/]+)\.(\w\w)\.md$")
    articles = articles.assign(story=names[0], language=names[1])
    joined = weights[weights["level"] == "article"].merge(
        articles, left_on="id", right_on="article_id"
    )
    return joined[["story", "language", "theme", "weight", "rank"]]


def compare_versions(weights: pd.DataFrame) -> pd.DataFrame:
    """Return the strongest theme of each story by language.

    Parameters
    ----------
    weights : DataFrame
        From `weigh_themes`.

    Returns
    -------
    DataFrame
        Stories in rows, languages in columns.
    """
    return weights[weights["rank"] == 1].pivot(index="story", columns="language", values="theme")


def main() -> None:
    """Print how many stories agree, and the two largest weights of those that do not."""
    with tempfile.TemporaryDirectory() as scratch:
        settings = read_configuration(gather_versions(Path(scratch)))
        out = run(replace(settings, events=None), Path(scratch) / "run", with_notebooks=False)
        weights = weigh_themes(out)
    themes = compare_versions(weights)
    agree = themes.nunique(axis=1) == 1
    print(f"same strongest theme in {themes.shape[1]} languages: {agree.sum()} of {len(agree)}")
    for story in themes.index[~agree]:
        for language, part in weights[weights["story"] == story].groupby("language"):
            best = part.nsmallest(2, "rank")
            listed = ", ".join(
                f"{theme} {weight:.3f}"
                for theme, weight in zip(best["theme"], best["weight"], strict=True)
            )
            print(f"  {story} {language}: {listed}")


if __name__ == "__main__":
    main()
