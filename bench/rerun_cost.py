"""What a run costs when one article in a hundred is new, by stage, against the first run.

Articles are SIB-200's sentences, three a piece, in six languages, one file each. First 99 in a hundred
are run with nothing prepared, then the same again, then all of them into the same folder, then all of
them continuing the first run, and the new ones alone continuing it.
Run: python bench/rerun_cost.py [--articles 2000]
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pandas as pd
from sib200 import FOLDER, LANGUAGES

# Stages that no run takes longer than this for are shown together.
_SMALL = 0.5


def write_corpus(folder: Path, most: int) -> list[Path]:
    """Write articles of three sentences, their order mixed over the languages."""
    texts = []
    for language, name in LANGUAGES.items():
        sentences = pd.read_csv(FOLDER / f"{name}.tsv", sep="\t", quoting=3)["text"].tolist()
        pieces = [sentences[at : at + 3] for at in range(0, len(sentences) - 2, 3)]
        texts += [(number, language, piece) for number, piece in enumerate(pieces)]
    folder.mkdir()
    paths = []
    for number, language, piece in sorted(texts)[:most]:
        head = f"---\ntitle: {json.dumps(piece[0][:60])}\ndate: 2026-01-{1 + number % 28:02}\n"
        path = folder / f"{number:04}-{language}.md"
        path.write_text(f"{head}language: {language}\n---\n\n" + "\n\n".join(piece), "utf-8")
        paths.append(path)
    return paths


def run(corpus: Path, out: Path, cache: Path, *options: str) -> dict[str, float]:
    """Run the command in a process of its own; return seconds by stage and in all."""
    command = [sys.executable, "-m", "press_themes", "run", str(corpus), "--out", str(out)]
    begun = time.perf_counter()
    subprocess.run(
        [*command, *options],
        check=True,
        stdout=subprocess.DEVNULL,
        env={**os.environ, "PRESS_THEMES_CACHE": str(cache)},
    )
    seconds = time.perf_counter() - begun
    stages = json.loads((out / "run.json").read_text("utf-8"))["stages"]
    by_stage = pd.DataFrame(stages).groupby("stage", sort=False)["seconds"].sum().to_dict()
    return {**by_stage, "the whole command": seconds}


def main() -> None:
    """Run five times and print seconds by stage, and each run's share of the first."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=2_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        corpus, new = root / "articles", root / "new"
        paths = write_corpus(corpus, options.articles)
        new.mkdir()
        later = paths[::100]
        for path in later:
            path.rename(new / path.name)
        cache, first = root / "cache", root / "first"
        costs = {"first": run(corpus, first, cache), "unchanged": run(corpus, first, cache)}
        for path in sorted(new.iterdir()):
            (corpus / path.name).write_bytes(path.read_bytes())
        # The folder is replaced, so the run to be continued is kept beside it.
        grown = root / "grown"
        subprocess.run(["cp", "-r", str(first), str(grown)], check=True)
        costs["1 % new, same folder"] = run(corpus, grown, cache)
        costs["1 % new, --like"] = run(corpus, root / "like", cache, "--like", str(first))
        costs["the new alone, --like"] = run(new, root / "alone", cache, "--like", str(first))
        print(f"{len(paths) - len(later)} articles, then {len(later)} more; seconds by stage")
    table = pd.DataFrame(costs).fillna(0)
    small = (table.max(axis=1) < _SMALL) & (table.index != "the whole command")
    others = table[small].sum().rename(f"{small.sum()} stages of less than {_SMALL} s each")
    total = table.loc[["the whole command"]]
    table = pd.concat([table[~small].drop(total.index), others.to_frame().T, total])
    table.loc["share of the first"] = table.loc["the whole command"] / total["first"].iloc[0]
    print(table.round(2).to_string())


if __name__ == "__main__":
    main()
