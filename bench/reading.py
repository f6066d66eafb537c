"""How well and how fast a corpus is read: families, many articles, bad input, speed.

`python bench/reading.py [families] [many] [bad] [speed]` runs the parts named, or all of them. The
sentences come from SIB-200, in ``../shared/data/sib200`` beside the repository or in the folder
that the variable SIB200 names.
"""

from __future__ import annotations

import io
import os
import resource
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path
from unittest import mock

import numpy as np
import pandas as pd
from generated_articles import make_texts

from press_themes.articles import file_rows
from press_themes.articles.read import read_articles
from press_themes.cli import main
from press_themes.stories.families import link_families

_ROOT = Path(__file__).resolve().parent.parent
_SIB200 = Path(os.environ.get("SIB200", _ROOT.parent / "shared" / "data" / "sib200"))
_LANGUAGES = {"fr": "fra_Latn", "en": "eng_Latn", "zh": "zho_Hans"}
_ENGLISH = "The council met on Monday to vote on the tram. "


def measure_families(folder: Path) -> None:
    """Print which pairs of a story in versions are found, and which of others are joined."""
    for language in _LANGUAGES:
        corpus = folder / language
        corpus.mkdir()
        versions = _versions(_sentences(language))
        glue = "" if language == "zh" else " "
        for name, sentences in versions.items():
            title = "The same title" if name.startswith("same title") else name
            paragraphs = [glue.join(sentences[at : at + 3]) for at in range(0, len(sentences), 3)]
            head = f"---\ntitle: {title}\nlanguage: {language}\n---\n"
            (corpus / f"{name}.md").write_text(head + "\n\n".join(paragraphs), encoding="utf-8")
        articles = read_articles(corpus).articles
        family = articles.set_index(articles["path"].str.removesuffix(".md"))["family_id"]
        story = [name for name in versions if name.startswith(("version", "excerpt"))]
        others = [name for name in versions if name not in story]
        pairs = [(a, b) for i, a in enumerate(story) for b in story[i + 1 :]]
        found = [pair for pair in pairs if family[pair[0]] == family[pair[1]]]
        apart = [(a, b) for a in others for b in (*story, *others) if a != b]
        joined = [pair for pair in apart if family[pair[0]] == family[pair[1]]]
        print(
            f"{language}: pairs of the story found {len(found)} of {len(pairs)}, "
            f"missed {sorted(set(pairs) - set(found))}; pairs of different stories joined "
            f"{len(joined)} of {len(apart)}"
        )


def _versions(sentences: list[str]) -> dict[str, list[str]]:
    story = sentences[:25]
    return {
        "version as sent": story,
        "version with another headline": story,
        "version with a paragraph more": story + sentences[300:303],
        "version cut by two fifths": story[:15],
        "version edited": [s if i % 5 else sentences[400 + i] for i, s in enumerate(story)],
        "excerpt of a fifth": story[2:7],
        "same title one": sentences[100:112],
        "same title two": sentences[200:212],
        "another story": sentences[500:520],
    }


def measure_many(n: int = 50_000) -> None:
    """Print the time and memory of linking many articles, a quarter of them derived from others."""
    rng = np.random.default_rng(1)
    bodies = list(make_texts(n * 3 // 4, seed=1))
    truth = list(range(len(bodies)))
    for origin in rng.choice(len(bodies), n - len(bodies), replace=False):
        words = bodies[origin].split(" ")
        if len(truth) % 5 == 0:
            words = words[40:160]
        else:
            for at in rng.choice(len(words), len(words) // 25, replace=False):
                words[at] = "altered"
        bodies.append(" ".join(words))
        truth.append(int(origin))
    articles = pd.DataFrame({"article_id": [f"{i:06}" for i in range(n)], "truncated": False})
    articles["n_chars"] = [len(body) for body in bodies]
    before, begun = _resident(), time.perf_counter()
    families = link_families(articles, bodies)
    seconds, after = time.perf_counter() - begun, _resident()
    found = families["family_id"].astype(int).to_numpy()
    derived = slice(n * 3 // 4, n)
    # An original may be shorter than its copy by the length of a changed word.
    right = sum(found[i] == found[truth[i]] for i in range(n)[derived])
    joined = len(set(range(n * 3 // 4))) - len({found[i] for i in range(n * 3 // 4)})
    print(
        f"{n} articles of {np.mean(articles['n_chars']):.0f} characters: {seconds:.0f} s, "
        f"{after - before:.0f} MB beside the texts ({sum(articles['n_chars']) / 1e6:.0f} MB); "
        f"derived pairs found {right} of {n - n * 3 // 4}, different stories joined {joined}"
    )


def _resident() -> float:
    unit = 1e6 if sys.platform == "darwin" else 1e3
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def measure_bad_input(folder: Path) -> None:
    """Run the command on a folder of bad files and print what it says of each."""
    corpus, out = folder / "corpus", folder / "out"
    corpus.mkdir()
    for name, data in _bad_files().items():
        (corpus / name).write_bytes(data)
    (corpus / "loop").symlink_to(corpus)
    read_bytes = file_rows.read_bytes

    def vanishing(path: Path) -> bytes:
        if path.name == "vanishes.txt":
            path.unlink()
        return read_bytes(path)

    begun = time.perf_counter()
    told = io.StringIO()
    with mock.patch.object(file_rows, "read_bytes", vanishing), redirect_stdout(told):
        code = main(["read", str(corpus), "--out", str(out)])
    read = pd.read_parquet(out / "articles.parquet", columns=["path"])["path"]
    skipped = pd.read_csv(out / "skipped.csv")
    print(f"exit code {code}, {time.perf_counter() - begun:.0f} s")
    for name in sorted([*_bad_files(), "loop"]):
        inside = skipped["path"].str.startswith(name)
        reasons = " / ".join(skipped.loc[inside, "reason"]) or "(nothing to tell)"
        print(f"  {name:<16}articles {read.str.startswith(name).sum()}: {reasons}")


def _bad_files() -> dict[str, bytes]:
    french = "Le conseil a voté hier le budget de la ville. " * 10
    climbing, bomb = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(climbing, "w") as archive:
        archive.writestr("../../climbs.txt", _ENGLISH * 20)
        archive.writestr("stays.txt", _ENGLISH * 20)
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.txt", b"0" * 300_000_000)
    return {
        "good.txt": french.encode(),
        "empty.txt": b"",
        "binary.dat": np.random.default_rng(0).bytes(5_000),
        "utf16.txt": french.encode("utf-16"),
        "latin.txt": french.encode("latin-1"),
        "one_line.txt": b"mot suivant dans la ligne " * 2_000_000,
        "broken.html": f"<html><body><article><p>{_ENGLISH * 20}<div><p".encode(),
        "no_text.csv": b"id,price\n1,2\n2,3\n",
        "broken.jsonl": b'{"text": "%s"}\n{broken\n{"x": 1}\n' % (_ENGLISH * 8).encode(),
        "bomb.zip": bomb.getvalue(),
        "climbs.zip": climbing.getvalue(),
        "vanishes.txt": french.encode(),
    }


def measure_speed(folder: Path, n: int = 300) -> None:
    """Print articles per second for text and HTML beside trafilatura alone, interleaved."""
    import trafilatura

    sentences = _sentences("en") + _sentences("fr")
    pages = []
    for kind in ("html", "text"):
        (folder / kind).mkdir()
    rng = np.random.default_rng(0)
    for number in range(n):
        drawn = rng.choice(sentences, 32, replace=False)
        paragraphs = [" ".join(drawn[at : at + 4]) for at in range(0, 32, 4)]
        title = f"Title {number} of the page"
        page = (
            f'<html lang="en"><head><title>{title}</title><meta property="article:published_time"'
            f' content="2026-01-{1 + number % 28:02}"></head><body><nav><a href="/">Home</a></nav>'
            f"<article><h1>{title}</h1>{''.join(f'<p>{p}</p>' for p in paragraphs)}</article>"
            f"<footer>Copyright</footer></body></html>"
        )
        pages.append(page)
        (folder / "html" / f"{number}.html").write_text(page, encoding="utf-8")
        text = "\n\n".join([title, *paragraphs])
        (folder / "text" / f"{number}.txt").write_text(text, encoding="utf-8")
    alone = lambda: [trafilatura.bare_extraction(page, with_metadata=True) for page in pages]  # noqa: E731
    works: dict[str, Callable[[], object]] = {
        "trafilatura alone": alone,
        "read html": lambda: read_articles(folder / "html"),
        "read text": lambda: read_articles(folder / "text"),
    }
    rates: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(4):
        for name, work in works.items():
            begun = time.process_time()
            work()
            rates[name].append(n / (time.process_time() - begun))
    # The first round loads models and patterns.
    best = {name: max(found[1:]) for name, found in rates.items()}
    for name, rate in best.items():
        share = rate / best["trafilatura alone"]
        print(f"  {name:<18}{rate:>6.0f} articles/s of processor time, ratio {share:.2f}")


def _sentences(language: str) -> list[str]:
    path = _SIB200 / f"{_LANGUAGES[language]}.tsv"
    if not path.exists():
        raise SystemExit(f"{path} is missing: name the folder of SIB-200 in the variable SIB200.")
    rows = path.read_text("utf-8").splitlines()[1:]
    return [row.split("\t")[2] for row in rows]


def _in_folder(measure: Callable[[Path], None]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder))


_PARTS: dict[str, Callable[[], None]] = {
    "families": lambda: _in_folder(measure_families),
    "many": measure_many,
    "bad": lambda: _in_folder(measure_bad_input),
    "speed": lambda: _in_folder(measure_speed),
}

if __name__ == "__main__":
    for part in sys.argv[1:] or _PARTS:
        print(f"{part}:", flush=True)
        _PARTS[part]()
