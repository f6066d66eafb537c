"""Whether topics and themes of the shipped corpus are those that the reference engine's vectors give."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import pandas as pd
from embedding_corpora import ROOT
from sklearn.metrics import adjusted_mutual_info_score

from press_themes.configuration import read_configuration
from press_themes.face import make_run


def measure_downstream(corpus: Path = ROOT / "corpus") -> dict[str, float]:
    """Run a corpus with the engine of choice and with PyTorch.

    Parameters
    ----------
    corpus : Path
        The corpus.

    Returns
    -------
    dict of str to float
        ``topics_ami``: adjusted mutual information of the two runs' topics; ``topics_ami_seeds``: the
        same between two runs of the reference that differ by their seed, to compare it with;
        ``themes_equal``: share of passages with exactly the same themes; ``decisions_equal``: share
        of pairs of passage and theme decided alike; ``scores_mean_difference``.
    """
    plain = read_configuration(corpus)
    with tempfile.TemporaryDirectory() as place:
        runs = {
            "fast": replace(plain, engine="auto"),
            "slow": replace(plain, engine="torch"),
            "seed": replace(read_configuration(corpus, seed=1), engine="torch"),
        }
        folders = {
            name: make_run(own, Path(place) / name, False).folder for name, own in runs.items()
        }
        passages = {
            name: pd.read_parquet(folder / "tables/passages.parquet").sort_values("passage_id")
            for name, folder in folders.items()
        }
        scores = {
            name: pd.read_parquet(folders[name] / "tables/theme_scores.parquet")
            .set_index(["passage_id", "theme"])
            .sort_index()
            for name in ("fast", "slow")
        }
    topics = {name: table["topic"].tolist() for name, table in passages.items()}
    themes = {name: table["themes"].map(sorted).tolist() for name, table in passages.items()}
    alike = [one == other for one, other in zip(themes["fast"], themes["slow"], strict=True)]
    fast, slow = scores["fast"], scores["slow"]
    return {
        "passages": len(alike),
        "topics_ami": float(adjusted_mutual_info_score(topics["fast"], topics["slow"])),
        "topics_ami_seeds": float(adjusted_mutual_info_score(topics["seed"], topics["slow"])),
        "themes_equal": sum(alike) / len(alike),
        "decisions_equal": float((fast["assigned"] == slow["assigned"]).mean()),
        "scores_mean_difference": float((fast["score"] - slow["score"]).abs().mean()),
    }


if __name__ == "__main__":
    import json
    import sys

    print(json.dumps(measure_downstream(*map(Path, sys.argv[1:])), indent=2))
