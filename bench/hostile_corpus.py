# ruff: noqa: E501
"""A corpus whose every text tries to become code: script, mathematics, formula, terminal command.

Ordinary articles of the corpus that ships bear hostile titles, outlets, addresses and further columns;
codebook, events, judgements, names of topics and names of files are hostile, too. Whatever runs sets
`window.__ran`, whatever is fetched is asked of `hostile.invalid`.
"""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pandas as pd

HOST = "hostile.invalid"
SCRIPTS = (
    "<script>window.__ran=1</script>",
    f"<img src=http://{HOST}/a.png onerror=window.__ran=2>",
    "</script></style></title><svg onload=window.__ran=3>",
    '"><iframe srcdoc="<script>parent.__ran=4</script>"></iframe>',
    "' autofocus onfocus='window.__ran=5' x='",
    f"[press](javascript:window.__ran=6) ![x](http://{HOST}/b.png)",
    f"$\\href{{javascript:window.__ran=7}}{{x}}$ $$\\frac{{1}}{{$$ \\[\\includegraphics{{http://{HOST}/c.png}}\\]",
    "{{ 7*7 }} ${window.__ran=8} <%= 7*7 %>",
    "\u202e\u2066gnp.exe \x1b[2J\x1b]0;x\x07 \x9b31m",
)
FORMULAS = (
    f'=HYPERLINK("http://{HOST}/d","x")', "@SUM(1+1)*cmd|' /C calc'!A0", "+1+1", "-1+1", "\t=1+1",
    "x;=1+1", "x\t=1+1", "x\n=1+1", "\uff1d1+1", ' "=1+1"', f"=WEBSERVICE(\"http://{HOST}/e\")",
)  # fmt: skip
EVERY = SCRIPTS + FORMULAS
_OUTLETS = 5
_NAMES = (
    "<img src=x onerror=window.__ran=9>.txt", "=1+1.txt", "$\\frac{1}{$.md", "@x;=1+1.html",
    "\u202egnp.txt", "\x1b[2J.txt", "a`b`![x](y).md", "-1+1.csv", "{{7*7}}.json",
)  # fmt: skip


def write_corpus(articles: pd.DataFrame, folder: Path) -> Path:
    """Write a hostile corpus.

    Parameters
    ----------
    articles : DataFrame
        ``title, body, date``, ordinary ones.
    folder : Path
        Where it goes; it gets a hostile name of its own.

    Returns
    -------
    Path
        The corpus.
    """
    corpus = folder / "<img src=x onerror=window.__ran=10> $x$"
    corpus.mkdir(parents=True)
    ways = itertools.cycle(EVERY)
    outlets = EVERY[:_OUTLETS] + FORMULAS[:2]
    rows = [
        {
            "title": f"{next(ways)} {row.title}",
            "date": row.date,
            "outlet": outlets[number % len(outlets)],
            "url": ("javascript:window.__ran=11", f"http://{HOST}/{number}")[number % 2],
            "text": f"{row.body}\n\n{next(ways)} “The vote was fair,” said {next(ways)} Anna Berg. {row.title}",
            f"{SCRIPTS[1]} section": next(ways),
            "=1+1": outlets[number % 3],
        }
        for number, row in enumerate(articles.itertuples(index=False))
    ]
    pd.DataFrame(rows).to_csv(corpus / "articles.csv", index=False)
    for number, name in enumerate(_NAMES):
        text = f"{SCRIPTS[number % len(SCRIPTS)]}\n\n{articles['body'].iloc[number]}\n"
        (corpus / name).write_text(text, encoding="utf-8")
    for name in ("<script>window.__ran=12<x>.pdf", "=1+1.xlsx"):
        (corpus / name).write_bytes(b"no such thing")
    _write_beside(corpus)
    return corpus


def write_answers(corpus: Path, passages: pd.DataFrame) -> None:
    """Name the topics of a run, and judge some of its passages, in hostile words."""
    entries = []
    inside = passages[passages["topic"] >= 0]
    for (_, own), name in zip(inside.groupby("topic"), itertools.cycle(EVERY), strict=False):
        entries.append({"name": name[:60], "passages": own["passage_id"].head(5).tolist()})
    entries.append({"name": SCRIPTS[0], "passages": [SCRIPTS[1]]})
    _write(corpus / "topic_names.yml", {"topics": entries})
    rows = [
        (identifier, theme, "yes", EVERY[number % len(EVERY)])
        for number, identifier in enumerate(passages["passage_id"].head(8))
        for theme in ("t1", SCRIPTS[0])
    ]
    rows += [(SCRIPTS[1], "t1", FORMULAS[0], "x")]
    names = ["id", "theme", "label", "coder"]
    pd.DataFrame(rows, columns=names).to_csv(corpus / "labels.csv", index=False)


def _write_beside(corpus: Path) -> None:
    subjects = (
        "Laws and authorities that bind online platforms: bills, fines, inquiries.",
        "Companies that train and sell language models, their money and their rivals.",
        "Rockets, satellites and flights into space.",
        "Actors, painters and writers whose voice or work a machine copies.",
        "Protection of minors on social networks.",
    )
    book = {
        f"t{number}": {
            "label": {"en": f"{EVERY[number * 2]} {number}", "fr": f"{EVERY[number]} {number}"},
            "color": "#8a3b1b",
            "definition": {"en": f"{subject} {EVERY[-number]}"},
            "examples": {"en": [f"{subject} {SCRIPTS[number]}"]},
        }
        for number, subject in enumerate(subjects)
    }
    _write(corpus / "themes.yml", {"themes": book})
    events = [
        {"date": f"2026-02-0{number + 1}", "label": text, "source": "articles.csv", "theme": "t1"}
        for number, text in enumerate(EVERY[:6])
    ]
    _write(corpus / "events.yml", {"events": events})
    said = {
        "title": SCRIPTS[2],
        "note": " ".join(EVERY),
        "licence": SCRIPTS[1],
        "report_language": "en",
    }
    _write(corpus / "corpus.yml", said)


def _write(path: Path, content: object) -> None:
    # JSON is YAML that needs no quoting rules.
    path.write_text(json.dumps(content), encoding="utf-8")
