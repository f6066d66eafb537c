"""Quotations and their speakers on 190 passages in nine languages, coded by hand before the first run.

``voices_coded.json`` holds places and codes, no text: the passages are read from ../shared and corpus/.
Half of the stories were for tuning, the other half was scored once, at the end.

    python bench/voices_on_coded_passages.py tune|sealed [--show] [--save]

``--save`` writes what the report states of the tool into ``press_themes/voices/quotation_quality.json``.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pandas as pd

from press_themes.voices.quotations import find_quotations

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"
MEASURED = ROOT / "press_themes" / "voices" / "quotation_quality.json"
CODED = Path(__file__).with_name("voices_coded.json")


def read_coded(half: str) -> list[dict[str, Any]]:
    """Return the coded passages of one half with their texts."""
    if not DATA.is_dir():
        sys.exit("The folder shared/data is not beside the repository: nothing measured.")
    coded = json.loads(CODED.read_text(encoding="utf-8"))
    texts = read_texts()
    chosen = [one for one in coded if one["half"] == half]
    for one in chosen:
        text = texts[one["source"], one["document"]]
        paragraphs = [p.strip() for p in re.split(r"\n\s*\n|\n", text) if p.strip()]
        one["text"] = paragraphs[one["paragraph"]]
        if len(one["text"]) != one["n_characters"]:
            sys.exit(f"{one['document']}: another text than the one that was coded.")
    return chosen


def read_texts() -> dict[tuple[str, str], str]:
    """Return the text of every document that passages were drawn from, by source and name."""
    texts = {}
    for source, path in (
        ("ntrex_articles", DATA / "press" / "ntrex_articles.jsonl"),
        ("10kgnad-test", DATA / "press" / "10kgnad-test" / "articles.jsonl"),
    ):
        for line in path.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            texts[source, record["id"]] = record["text"]
    for site in ("aeb", "trafilatura"):
        gold = json.loads((DATA / "pages" / site / "gold.json").read_text(encoding="utf-8"))
        for name, page in gold.items():
            texts[f"pages/{site}", name] = (
                page["body"] if "body" in page else "\n\n".join(page["with"])
            )
    for path in sorted((DATA.parent / "seeds").glob("*.txt")):
        texts["seeds", path.name] = path.read_text(encoding="utf-8", errors="replace")
    for path in sorted((ROOT / "corpus" / "articles").glob("*.md")):
        whole = path.read_text(encoding="utf-8")
        texts["corpus", path.name] = re.sub(r"^---.*?---\s*", "", whole, flags=re.S)
    return texts


def score(coded: list[dict[str, Any]], show: bool = False) -> dict[str, Counter[str]]:
    """Count hits and errors by kind."""
    passages = pd.DataFrame(
        {
            "passage_id": [f"p{n:04d}" for n in range(len(coded))],
            "article_id": [f"a{n:04d}" for n in range(len(coded))],
            "position": 0,
            "text": [one["text"] for one in coded],
            "language": [one["language"] for one in coded],
        }
    )
    found = find_quotations(passages)
    counts: dict[str, Counter[str]] = {}
    for n, one in enumerate(coded):
        rows = found[found["passage_id"] == f"p{n:04d}"].to_dict("records")
        for key in ("all", one["language"]):
            tally = counts.setdefault(key, Counter())
            notes = _compare(one, rows, tally)
        if show and notes:
            print(f"\n[{n} {one['language']} {one['document'][:40]}] {one['text']}")
            print("\n".join(f"   {note}" for note in notes))
    return counts


def _compare(one: dict[str, Any], rows: list[dict[str, Any]], tally: Counter[str]) -> list[str]:
    notes = []
    text = one["text"]
    used = set()
    for gold in one["quotations"]:
        kind = "indirect" if gold["kind"] == "indirect" else "direct"
        hit = next(
            (
                r
                for i, r in enumerate(rows)
                if r["kind"] == kind and i not in used and _same(gold, r)
            ),
            None,
        )
        if hit is not None:
            used.add(rows.index(hit))
        if gold["kind"] == "fragment":
            continue
        tally[f"{kind} coded"] += 1
        tally[f"{kind} found"] += hit is not None
        if hit is None:
            notes.append(f"MISSED {kind}: {text[gold['start'] : gold['end']][:60]}")
        is_right = hit is not None and _is_speaker(text, gold, hit)
        tally[f"{kind} speakers coded"] += bool(gold["speakers"])
        tally[f"{kind} speakers right"] += is_right
        if hit is not None and hit["speaker"]:
            tally[f"{kind} speakers given"] += 1
            if not is_right:
                coded = [text[a:b] for a, b in gold["speakers"]]
                notes.append(
                    f"WRONG {kind} speaker {hit['speaker']!r} ({hit['speaker_basis']}), coded {coded}"
                )
        elif hit is not None and gold["speakers"]:
            coded = [text[a:b] for a, b in gold["speakers"]]
            notes.append(
                f"no {kind} speaker ({hit['speaker_basis']}, {hit['verb']}), coded {coded[:1]}"
            )
    for i, row in enumerate(rows):
        tally[f"{row['kind']} given"] += 1
        if i in used:
            fragment = not any(g["kind"] != "fragment" and _same(g, row) for g in one["quotations"])
            tally[f"{row['kind']} given"] -= fragment
            continue
        if row["kind"] == "indirect" and any(
            g["kind"] != "indirect" and g["start"] < row["end"] and row["start"] < g["end"]
            for g in one["quotations"]
        ):
            tally["indirect given"] -= 1
            continue
        notes.append(f"FALSE {row['kind']}: {row['speaker']!r} {row['verb']!r}: {row['text'][:80]}")
    return notes


def _same(gold: dict[str, Any], row: dict[str, Any]) -> bool:
    if gold["kind"] == "indirect":
        # Only the beginning of a reported clause was coded.
        return gold["start"] - 15 <= row["start"] <= gold["end"] + 15 or (
            row["start"] <= gold["start"] and gold["end"] <= row["end"]
        )
    shared = min(gold["end"], row["end"]) - max(gold["start"], row["start"])
    return shared >= 0.5 * (max(gold["end"], row["end"]) - min(gold["start"], row["start"]))


def _is_speaker(text: str, gold: dict[str, Any], row: dict[str, Any]) -> bool:
    if not row["speaker"]:
        return False
    start, end = row["speaker_start"], row["speaker_end"]
    for a, b in gold["speakers"]:
        if (start < b and a < end) or row["speaker"] in text[a:b] or text[a:b] in row["speaker"]:
            return True
    return False


def tell(counts: dict[str, Counter[str]]) -> pd.DataFrame:
    """Return precision and recall, in percent, with the numbers behind them."""
    rows = []
    for key, tally in counts.items():
        for kind in ("direct", "indirect"):
            rows.append(
                {
                    "language": key,
                    "kind": kind,
                    "coded": tally[f"{kind} coded"],
                    "given": tally[f"{kind} given"],
                    "precision": _share(tally[f"{kind} found"], tally[f"{kind} given"]),
                    "recall": _share(tally[f"{kind} found"], tally[f"{kind} coded"]),
                    "speakers_coded": tally[f"{kind} speakers coded"],
                    "speakers_given": tally[f"{kind} speakers given"],
                    "speaker_precision": _share(
                        tally[f"{kind} speakers right"], tally[f"{kind} speakers given"]
                    ),
                    "speaker_recall": _share(
                        tally[f"{kind} speakers right"], tally[f"{kind} speakers coded"]
                    ),
                }
            )
    return pd.DataFrame(rows)


def save(counts: dict[str, Counter[str]], n_passages: int) -> None:
    """Save precision and recall of statements and of speakers over all languages and kinds."""
    tally = counts["all"]

    def over(part: str, whole: str) -> float:
        kinds = ("direct", "indirect")
        return round(
            sum(tally[f"{x} {part}"] for x in kinds) / sum(tally[f"{x} {whole}"] for x in kinds), 4
        )

    measured = {
        "n_passages": n_passages,
        "precision": over("found", "given"),
        "recall": over("found", "coded"),
        "speaker_precision": over("speakers right", "speakers given"),
        "speaker_recall": over("speakers right", "speakers coded"),
    }
    MEASURED.write_text(json.dumps(measured, indent=2) + "\n", encoding="utf-8")


def _share(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else float("nan")


if __name__ == "__main__":
    chosen = read_coded(sys.argv[1])
    scored = score(chosen, "--show" in sys.argv)
    print(tell(scored).to_string(index=False))
    if "--save" in sys.argv:
        save(scored, len(chosen))
