"""Whether planted differences between groups are found with the coverage that is stated.

`python bench/group_effects.py [repeats]` draws corpora in which one country gives a theme ten points
more, outlets (most of them of one country) give it nothing, and stories of one to ten articles are
alike within; it prints how often the intervals hold the truth, and the errors of a table that
looks at one column at a time.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd

from press_themes.measures.group_effects import GroupEffectSettings, model_groups

_RESULTS = Path(__file__).with_name("results_group_effects.json")
_OUTLETS = {"A": ["a1", "a2", "a3"], "B": ["b1", "b2", "a3"]}
# Where the articles of a country appear: one outlet writes for both, mostly for one.
_CHANCE = {"A": [0.5, 0.4, 0.1], "B": [0.4, 0.3, 0.3]}


def draw_corpus(
    seed: int, n_stories: int = 150, effect: float = 0.10
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Draw articles in stories, with what they bear."""
    rng = np.random.default_rng(seed)
    rows = []
    for story in range(n_stories):
        tendency = rng.uniform(-0.15, 0.15)
        lean = rng.beta(2, 2)
        for _ in range(rng.integers(1, 11)):
            country = "A" if rng.random() < lean else "B"
            outlet = rng.choice(_OUTLETS[country], p=_CHANCE[country])
            chance = 0.25 + tendency + (effect if country == "A" else 0.0)
            size = int(rng.integers(2, 9))
            rows.append((f"s{story}", country, outlet, size, rng.binomial(size, chance)))
    table = pd.DataFrame(rows, columns=["story_id", "country", "outlet", "n_passages", "n_bearing"])
    table["article_id"] = [f"{number:05}" for number in range(len(table))]
    bearing = table[["article_id", "n_passages", "n_bearing"]].assign(name="theme")
    return bearing, table[["article_id", "story_id", "country", "outlet"]]


def measure_coverage(repeats: int = 300) -> dict[str, float]:
    """Return coverage and false alarms over repeated corpora."""
    rows = []
    settings = GroupEffectSettings(groups=("country", "outlet"))
    for seed in range(repeats):
        found = model_groups(*draw_corpus(seed), settings)
        for row in found.dropna(subset=["effect"]).itertuples():
            sign = {"A": 1, "B": -1}.get(str(row.group), 0)
            truth = 0.10 * sign
            held = row.effect_low <= truth <= row.effect_high
            rows.append((row.column, held, row.effect - truth, row.beyond_chance))
    table = pd.DataFrame(rows, columns=["column", "held", "bias", "beyond"])
    by = table.groupby("column")
    return {
        "repeats": repeats,
        **{f"coverage of {name}": round(float(v), 4) for name, v in by["held"].mean().items()},
        **{f"mean error of {name}": round(float(v), 4) for name, v in by["bias"].mean().items()},
        **{f"beyond chance, {name}": round(float(v), 4) for name, v in by["beyond"].mean().items()},
    }


if __name__ == "__main__":
    result = measure_coverage(int(sys.argv[1]) if len(sys.argv) > 1 else 300)
    print(json.dumps(result, indent=1))
    _RESULTS.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
