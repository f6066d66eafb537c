"""The strongest theme of every article of a run, with its score and the runner-up.

For reading beside the articles: run it with ``python bench/strongest_themes.py runs/corpus``.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import pandas as pd


def list_strongest(run: Path) -> pd.DataFrame:
    """List the two strongest themes of every article.

    Parameters
    ----------
    run : Path
        A run folder.

    Returns
    -------
    DataFrame
        ``title, theme, score, weight, n_bearing, n_passages, runner_up`` and its score and weight,
        by title; an article without a passage has no theme.
    """
    articles = pd.read_parquet(run / "articles.parquet").set_index("article_id")["title"]
    table = pd.read_parquet(run / "theme_aggregates.parquet")
    table = table[table["level"] == "article"].set_index("id")
    first, second = (table[table["rank"] == rank].reindex(articles.index) for rank in (1, 2))
    return (
        pd.DataFrame(
            {
                "title": articles.str.slice(0, 60),
                "theme": first["theme"].where(first["bears"].eq(True), "none"),
                "score": first["score"],
                "weight": first["weight"],
                "n_bearing": first["n_bearing"].astype("Int64"),
                "n_passages": first["n_passages"].astype("Int64"),
                "runner_up": second["theme"],
                "runner_up_score": second["score"],
                "runner_up_weight": second["weight"],
            }
        )
        .sort_values("title", kind="stable")
        .reset_index(drop=True)
    )


def main() -> None:
    """Print the list."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path, metavar="RUN", help="a run folder")
    listed = list_strongest(parser.parse_args().run)
    with pd.option_context("display.width", 250, "display.max_colwidth", 62):
        print(listed.round(3).to_string())


if __name__ == "__main__":
    main()
