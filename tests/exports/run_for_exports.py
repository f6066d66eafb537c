"""A small run folder of invented tables, with cells that other programs would trip over."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd

HEADLINE = '=HYPERLINK("http://evil.example";"click")'
ODD = "Bell\x07 and \ud800 half a pair & <b>"


def write_run(folder: Path, language: str = "en", inside: str = "tables") -> Path:
    """Write a run of two articles with four passages."""
    place = folder / "run" / inside
    place.mkdir(parents=True)
    for name, table in make_tables().items():
        table.to_parquet(place / f"{name}.parquet")
    summary = {"title": "Bridges & tolls", "note": "Invented.", "language": language}
    (folder / "run" / "run.json").write_text(json.dumps(summary), encoding="utf-8")
    return folder / "run"


def make_tables() -> dict[str, pd.DataFrame]:
    """Return the tables of a run."""
    articles = pd.DataFrame(
        {
            "article_id": ["a1", "a2"],
            "title": [HEADLINE, "Le pont"],
            "outlet": ["Gazette", "Le Littoral"],
            "language": ["en", "fr"],
            "date": pd.to_datetime(["2026-02-03", None]),
            "story_id": ["s1", "s1"],
            "n_chars": [90, 60],
        }
    )
    texts = [
        "The bridge 🌉 opens. “We are late,” said Anna Bell.",
        "-5 degrees",
        "+ Le péage reste.",
        "Fin.",
    ]
    passages = pd.DataFrame(
        {
            "passage_id": ["p1", "p2", "p3", "p4"],
            "article_id": ["a1", "a1", "a2", "a2"],
            "position": [0, 1, 0, 1],
            "text": texts,
            "language": ["en", "en", "fr", "fr"],
            "topic": [0, -1, 0, 0],
            "themes": [["tolls", "works"], [], ["tolls"], []],
        }
    )
    start = texts[0].index("We are")
    return {
        "articles": articles,
        "passages": passages,
        "themes": pd.DataFrame(
            {
                "theme": ["tolls", "works"],
                "label": ["Tolls & fees", "@works"],
                "definition": ["What one pays < what it costs.", "Building."],
                "color": ["#0B6E99", "red"],
                "n_passages": [2, 1],
                "share": [0.5, 0.25],
            }
        ),
        "topics": pd.DataFrame({"topic": [0], "label": ["bridge, toll"], "n_passages": [3]}),
        "quotations": pd.DataFrame(
            {
                "passage_id": ["p1"],
                "article_id": ["a1"],
                "start": [start],
                "end": [start + len("We are late,")],
                "text": ["We are late,"],
                "kind": ["direct"],
                "speaker": ["Anna Bell"],
                "speaker_start": [40],
                "speaker_end": [49],
                "speaker_basis": ["named"],
                "verb": ["said"],
                "certainty": ["high"],
                "language": ["en"],
            }
        ),
        "names": pd.DataFrame(
            {
                "name_id": ["n1", "n2"],
                "name": ["Anna Bell", '"Tide" & Co'],
                "kind": ["person", "organisation"],
                "spellings": [["Anna Bell", "Bell"], ['"Tide" & Co']],
                "n_mentions": [2, 1],
                "n_articles": [2, 1],
                "n_stories": [1, 1],
                "languages": [["en", "fr"], ["en"]],
            }
        ),
        "name_mentions": pd.DataFrame(
            {
                "name_id": ["n1", "n2", "n1"],
                "passage_id": ["p1", "p2", "p3"],
                "article_id": ["a1", "a1", "a2"],
                "start": [40, 0, 0],
                "end": [49, 4, 4],
                "text": ["Anna Bell", "Tide", "Bell"],
                "language": ["en", "en", "fr"],
            }
        ),
    }
