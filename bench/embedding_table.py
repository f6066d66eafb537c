"""The table of results, from the JSON of results."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def write_table(results: dict[str, Any], path: Path) -> str:
    """Write the results as Markdown.

    Parameters
    ----------
    results : dict
        From `embedding.measure`.
    path : Path
        The file.

    Returns
    -------
    str
        What was written.
    """
    speed = results["speed"]
    lines = [
        "# Embedding, measured",
        "",
        f"On {results['machine']}, {speed['cores']} cores, load {speed['load_before']:.1f} at the start; "
        + ", ".join(f"{name} {version}" for name, version in results["versions"].items())
        + ". Made by `make bench`; ratios are medians over blocks of passages that all engines embedded in turn.",
        "",
        *_speed(speed),
        *_ceiling(speed),
        *_reuse(results["reuse"]),
        *_memory(results["memory"]),
        *_downstream(results["downstream"]),
    ]
    text = "\n".join(lines) + "\n"
    path.write_text(text, encoding="utf-8")
    return text


def _speed(speed: dict[str, Any]) -> list[str]:
    lines = [
        "## Speed and agreement",
        "",
        "| corpus | engine | passages/s | times the reference | by processor time | mean cosine "
        "| least | ten nearest kept | of the int8 ceiling |",
        "|---|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for name, corpus in speed["corpora"].items():
        for engine, row in corpus["engines"].items():
            lines.append(
                f"| {name}, {corpus['passages']} of {corpus['tokens_mean']:.0f} tokens | {engine} | "
                f"{row['passages_per_second']:.1f} | {row['ratio']:.2f} | {row['cpu_ratio']:.2f} | "
                f"{row['cosine_mean']:.4f} | {row['cosine_minimum']:.4f} | {row['neighbours']:.3f} | "
                f"{row['share_of_ceiling']['int8']:.0%} |"
            )
    return [*lines, ""]


def _ceiling(speed: dict[str, Any]) -> list[str]:
    ceilings = list(speed["corpora"].values())[-1]["ceiling_gigaflops"]
    parts = speed["seconds_a_passage_on_one_core"]
    return [
        "## Where the time goes",
        "",
        "A large product of matrices reaches "
        + ", ".join(f"{value:.0f} GFLOP/s in {kind}" for kind, value in ceilings.items())
        + " on the same cores, taken between the blocks. The share above is of the last, by processor "
        "time. Milliseconds a passage on one core:",
        "",
        *[f"- {name}: {1000 * seconds:.2f}" for name, seconds in parts.items()],
        "",
    ]


def _reuse(reuse: dict[str, dict[str, float]]) -> list[str]:
    lines = [
        "## First run, re-run, one passage in a hundred new",
        "",
        "| run | naming the engine, s | loading, s | embedding, s | share of the first | MB "
        "| same vectors |",
        "|---|--:|--:|--:|--:|--:|---|",
    ]
    for name, run in reuse.items():
        same = {1.0: "yes", 0.0: "no"}.get(run.get("same", -1), "")
        lines.append(
            f"| {name} | {run['naming']:.2f} | {run['loading']:.2f} | {run['embedding']:.2f} | "
            f"{run['share']:.1%} | {run['megabytes']:.0f} | {same} |"
        )
    return [*lines, ""]


def _memory(rows: list[dict[str, float]]) -> list[str]:
    lines = [
        "## Memory",
        "",
        "| passages | passages/s | peak MB | of which the texts themselves |",
        "|--:|--:|--:|--:|",
    ]
    for row in rows:
        lines.append(
            f"| {row['passages']:,} | {row['passages_per_second']:.1f} | {row['megabytes']:.0f} | "
            f"{row['megabytes_of_texts']:.1f} |"
        )
    return [*lines, ""]


def _downstream(found: dict[str, float]) -> list[str]:
    return [
        "## What it changes in the shipped corpus",
        "",
        f"Of {found['passages']} passages {found['themes_equal']:.1%} have exactly the themes that the "
        f"reference gives them ({found['decisions_equal']:.1%} of the pairs of passage and theme). Topics "
        f"agree with the reference's at an AMI of {found['topics_ami']:.2f}; two runs of the reference that "
        f"differ by their seed agree at {found['topics_ami_seeds']:.2f}.",
    ]
