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

from press_themes.configuration import read_configuration
from press_themes.pipeline import run

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


def score_articles(folder: Path) -> pd.DataFrame:
    """Average the theme scores of each article's passages.

    Parameters
    ----------
    folder : Path
        A run folder.

    Returns
    -------
    DataFrame
        ``story, language, theme, score``.
    """
    articles = pd.read_parquet(folder / "articles.parquet", columns=["article_id", "path"])
    passages = pd.read_parquet(folder / "passages.parquet", columns=["passage_id", "article_id"])
    scores = pd.read_parquet(folder / "theme_scores.parquet")
    names = articles["path"].str.extract(r"([^/]+)\.(\w\w)\.md$")
    articles = articles.assign(story=names[0], language=names[1])
    joined = scores.merge(passages, on="passage_id").merge(articles, on="article_id")
    keys = ["story", "language", "theme"]
    return joined.groupby(keys, as_index=False, sort=True)["score"].mean()


def compare_versions(scores: pd.DataFrame) -> pd.DataFrame:
    """Return the strongest theme of each story by language.

    Parameters
    ----------
    scores : DataFrame
        From `score_articles`.

    Returns
    -------
    DataFrame
        Stories in rows, languages in columns.
    """
    strongest = scores.loc[scores.groupby(["story", "language"])["score"].idxmax()]
    return strongest.pivot(index="story", columns="language", values="theme")


def main() -> None:
    """Print how many stories agree, and the scores of those that do not."""
    with tempfile.TemporaryDirectory() as scratch:
        settings = read_configuration(gather_versions(Path(scratch)))
        out = run(replace(settings, events=None), Path(scratch) / "run", with_notebooks=False)
        scores = score_articles(out)
    themes = compare_versions(scores)
    agree = themes.nunique(axis=1) == 1
    print(f"same strongest theme in {themes.shape[1]} languages: {agree.sum()} of {len(agree)}")
    for story in themes.index[~agree]:
        for language, part in scores[scores["story"] == story].groupby("language"):
            best = part.nlargest(2, "score")
            listed = ", ".join(
                f"{theme} {score:.3f}"
                for theme, score in zip(best["theme"], best["score"], strict=True)
            )
            print(f"  {story} {language}: {listed}")


if __name__ == "__main__":
    main()
