# ruff: noqa: E501
"""Whether any file can stop, fill or silence the reading: mutants of every format, and worse.

`python bench/fuzz_reader.py [--mutants N] [--sizes N] [--seed S] [--keep FOLDER]` reads N mutants and some 200
pathological files as corpora, with ordinary neighbours between them, and prints one line of counts;
all of them but the first must be 0. Files that fail are kept in FOLDER.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import resource
import shutil
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pandas as pd

from press_themes.articles.article_rows import ReadSettings
from press_themes.articles.corpus_files import CorpusFile
from press_themes.articles.limited_reading import end_idle, read_within_limits
from press_themes.articles.limits import ReadLimits

_BODY = (
    "The council of the harbour town voted on Monday for a tram to the northern quay, after a "
    "debate of six hours. The mayor said that work would begin in spring and last three years."
)
_TITLE = "Harbour town votes for a tram"
_FIELDS = {"title": _TITLE, "date": "2026-02-03", "outlet": "Harbour Herald", "text": _BODY}
_TOKENS = (
    b"\0", b"\xff\xfe", b"<", b">", b"\"", b"'", b"```", b"---\n", b"]]>", b"<!--", b"{", b"[",
    b"\r", b"&#x0;", b"\xed\xa0\x80", b"PK\x03\x04", b"obj", b"stream", b"{\\rtf1", b"\x1b[2J",
    b"99999999999999999999", b"-1", b"%PDF-", b"=cmd|' /C calc'!A0", "\u202e".encode(),
)  # fmt: skip
_BATCH = 400
# Seconds by the clock, which other work on the machine lengthens.
_LONG = 10
_LATEST = date(2026, 3, 1)


def make_seeds() -> dict[str, bytes]:
    """Return one whole file of every format, by its name."""
    table = pd.DataFrame([_FIELDS] * 3)
    page = f"<html><head><title>{_TITLE}</title></head><body><article><h1>{_TITLE}</h1><p>{_BODY}</p></article></body></html>"
    seeds = {
        "a.txt": f"{_TITLE}\n3 February 2026\n\n{_BODY}\n".encode(),
        "a.md": f"---\ntitle: {_TITLE}\ndate: 2026-02-03\n---\n{_BODY}\n".encode(),
        "a.html": page.encode(),
        "a.csv": table.to_csv(index=False).encode(),
        "a.tsv": table.to_csv(index=False, sep="\t").encode(),
        "a.json": json.dumps([_FIELDS] * 3).encode(),
        "a.jsonl": "\n".join([json.dumps(_FIELDS)] * 3).encode(),
        "a.rtf": f"{{\\rtf1\\ansi {_TITLE}\\par 3 February 2026\\par {_BODY}\\par}}".encode(),
        "a.eml": f"From: a@b.org\nTo: c@d.org\nSubject: {_TITLE}\nDate: Tue, 3 Feb 2026 10:00:00 +0000\nMIME-Version: 1.0\n\n{_BODY}\n".encode(),
        "a.xml": f"<rss version='2.0'><channel><title>H</title><item><title>{_TITLE}</title><description>{_BODY}</description></item></channel></rss>".encode(),
        "a.ris": f"TY  - NEWS\nTI  - {_TITLE}\nAB  - {_BODY}\nDA  - 2026/02/03\nER  - \n".encode(),
        "a.bib": f"@article{{x, title={{{_TITLE}}}, abstract={{{_BODY}}}, year={{2026}}}}".encode(),
        "a.srt": f"1\n00:00:01,000 --> 00:00:09,000\n{_BODY}\n".encode(),
        "a.warc": f"WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: http://a.org/\r\nContent-Type: text/html\r\nContent-Length: {len(page)}\r\n\r\n{page}\r\n\r\n".encode(),
        "a.pdf": _pdf(),
    }
    for name, write in (("a.xlsx", table.to_excel), ("a.parquet", table.to_parquet)):
        held = io.BytesIO()
        write(held, index=False)
        seeds[name] = held.getvalue()
    seeds["a.docx"] = _docx()
    odt = f"<office:document-content xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0'><office:body><office:text><text:p>{_TITLE}</text:p><text:p>{_BODY}</text:p></office:text></office:body></office:document-content>"
    seeds["a.odt"] = _zip(
        {
            "mimetype": b"application/vnd.oasis.opendocument.text",
            "content.xml": odt.encode(),
            "META-INF/manifest.xml": b"<a/>",
        }
    )
    seeds["a.zip"] = _zip({f"{n}.html": page.encode() for n in range(3)})
    return seeds


def make_pathological(sizes: int) -> Iterator[tuple[str, bytes]]:
    """Yield files that ask for too much, each kind in some sizes up to about a megabyte."""
    kinds: dict[str, Callable[[int], bytes]] = {
        "fences.md": lambda n: b"```" * n * 300,
        "attributes.html": lambda n: (
            b"<html><p " + b" ".join(b"a%d=1" % i for i in range(n * 3200)) + b">x</p></html>"
        ),
        "folded.eml": lambda n: (
            b"From: a@b\nTo: b@c\nDate: x\nMIME-Version: 1.0\nSubject: a"
            + b"\n a" * n * 30000
            + b"\n\nx"
        ),
        "pairs.txt": lambda n: b"a: b\n" * n * 2000,
        "matter.md": lambda n: b"---\n" + b"a: b\n" * n * 2000 + b"---\nx",
        "keys.md": lambda n: (
            b"---\n" + b"".join(b"a%d: b\n" % i for i in range(n * 2000)) + b"---\nx"
        ),
        "nested.json": lambda n: b"[" * n * 10000,
        "nested.html": lambda n: b"<div>" * n * 3000 + b"x",
        "nested.xml": lambda n: b"<a>" * n * 10000,
        "nested.rtf": lambda n: b"{\\rtf1" + b"{\\b " * n * 10000 + b"x",
        "quotes.csv": lambda n: b'title,text\n"' + b'a,""' * n * 20000,
        "rows.csv": lambda n: b"title,text\n" + b"a,b\n" * n * 10000,
        "columns.csv": lambda n: (
            b"title,text," + b",".join(b"c%d" % i for i in range(n * 2000)) + b"\na,b\n"
        ),
        "lines.txt": lambda n: b"a\n" * n * 20000,
        "blanks.txt": lambda n: b" \n\t" * n * 20000,
        "word.txt": lambda n: b"a" * n * 100000,
        "dates.txt": lambda n: b"3 February 2026\n" * n * 3000,
        "brackets.md": lambda n: b"[" * n * 50000 + b"](" * n * 20000,
        "entities.html": lambda n: b"<html><p>" + b"&amp;" * n * 10000,
        "parts.eml": lambda n: (
            b"From: a@b\nTo: b@c\nDate: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n"
            + b"--x\nContent-Disposition: attachment; filename=a.txt\n\nshort\n" * n * 1000
            + b"--x--"
        ),
        "bomb.zip": lambda n: _zip({"a.txt": b"a" * n * 5_000_000}),
        "flate.pdf": _nested_flate,
    }
    for name, make in kinds.items():
        for size in range(1, sizes + 1):
            yield f"{size}-{name}", make(size)


def mutate(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Damage a file in one to eight places."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(changed) + 1)
        size = chance.choice((1, 2, 8, 60, 400))
        match chance.randrange(7):
            case 0 if changed:
                changed[at % len(changed)] ^= 1 << chance.randrange(8)
            case 1:
                del changed[at:]
            case 2:
                changed[at:at] = changed[at : at + size] * chance.choice((1, 3, 200))
            case 3:
                del changed[at : at + size]
            case 4:
                changed[at:at] = chance.choice(_TOKENS) * chance.choice((1, 1, 500))
            case 5:
                changed[at : at + size] = chance.randbytes(size)
            case _:
                begin = chance.randrange(len(other) + 1)
                changed[at:at] = other[begin : begin + size]
    return bytes(changed)


def main() -> None:
    """Read everything and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mutants", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--sizes", type=int, default=10, help="of each pathological kind")
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    seeds = list(make_seeds().items())
    told = _Told(options.keep)

    def mutants() -> Iterator[tuple[str, bytes]]:
        for number in range(options.mutants):
            name, data = seeds[number % len(seeds)]
            yield f"{number}-{name}", mutate(data, chance.choice(seeds)[1], chance)

    for kind, files in (
        ("whole", iter(seeds)),
        ("mutants", mutants()),
        ("pathological", make_pathological(options.sizes)),
    ):
        told.begin(kind)
        for batch in _batches(files):
            told.read(batch)
        print(told.line(), flush=True)


class _Told:
    def __init__(self, keep: Path | None) -> None:
        self.keep = keep

    def begin(self, kind: str) -> None:
        self.kind, self.begun = kind, time.monotonic()
        self.files = self.articles = self.limits = 0
        self.tracebacks = self.over_time = self.silent = self.neighbours_lost = self.library = 0
        self.slowest, self.slowest_name, self.long = 0.0, "", 0

    def read(self, batch: list[tuple[str, bytes]]) -> None:
        with tempfile.TemporaryDirectory() as folder:
            files = list(self._write(Path(folder), batch))
            rows = {file.name: 0 for file in files}
            why: dict[str, list[str]] = {file.name: [] for file in files}
            try:
                self._gather(files, rows, why)
            except Exception as error:
                print(f"traceback: {type(error).__name__}: {error}", flush=True)
                self.tracebacks += 1
            for file in files:
                is_neighbour = file.name.startswith("neighbour")
                self.files += not is_neighbour
                self.articles += 0 if is_neighbour else rows[file.name]
                self.limits += any("limit" in reason for reason in why[file.name])
                self.library += any("could not be read (" in reason for reason in why[file.name])
                is_silent = not rows[file.name] and not why[file.name]
                self.silent += is_silent
                self.neighbours_lost += is_neighbour and not rows[file.name]
                if self.keep and is_silent:
                    self.keep.mkdir(parents=True, exist_ok=True)
                    shutil.copy(file.path, self.keep)

    def line(self) -> str:
        # What a process held is told when it has ended.
        end_idle()
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        return (
            f"{self.kind}: files {self.files}, articles {self.articles}; tracebacks {self.tracebacks}, over "
            f"time {self.over_time}, silent losses {self.silent}, neighbours lost {self.neighbours_lost}; "
            f"met a limit {self.limits}, reasons in a library's words {self.library}; longer than "
            f"{_LONG} s {self.long}, slowest {self.slowest:.1f} s ({self.slowest_name}), peak of a worker "
            f"{peak:.0f} MB, {time.monotonic() - self.begun:.0f} s"
        )

    def _write(self, folder: Path, batch: list[tuple[str, bytes]]) -> Iterator[CorpusFile]:
        neighbour = make_seeds()["a.txt"]
        for number, (name, data) in enumerate(batch):
            given = [(name, data)]
            if number % 10 == 0:
                given.append((f"neighbour {number}.txt", neighbour))
            for own, content in given:
                (folder / own).write_bytes(content)
                yield CorpusFile(folder / own, own)

    def _gather(
        self, files: list[CorpusFile], rows: dict[str, int], why: dict[str, list[str]]
    ) -> None:
        waiting = iter(files)
        file, since = next(waiting), time.monotonic()
        limits = ReadLimits()
        for found in read_within_limits(files, _LATEST, ReadSettings(), limits):
            if found is not None:
                rows[file.name] += len(found.rows.articles)
                why[file.name] += [reason for _, reason in found.rows.skipped]
                continue
            took = time.monotonic() - since
            self.long += took > _LONG
            if took > self.slowest:
                self.slowest, self.slowest_name = took, file.name
            # Five times: a container's members have limits of their own, a parser some grace.
            if took > 5 * limits.time(file.path.stat().st_size) + 60:
                self.over_time += 1
            file, since = next(waiting, file), time.monotonic()


def _batches(files: Iterator[tuple[str, bytes]]) -> Iterator[list[tuple[str, bytes]]]:
    held: list[tuple[str, bytes]] = []
    for file in files:
        held.append(file)
        if len(held) == _BATCH:
            yield held
            held = []
    if held:
        yield held


def _zip(members: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return held.getvalue()


def _docx() -> bytes:
    import docx

    document = docx.Document()
    for text in (_TITLE, "3 February 2026", _BODY):
        document.add_paragraph(text)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def _pdf(content: bytes | None = None, filters: str = "") -> bytes:
    if content is None:
        words = "".join(f"({line}) Tj T* " for line in (_TITLE, *_BODY.split(". ")))
        content = f"BT /F1 12 Tf 14 TL 50 700 Td {words}ET".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 900 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), filters.encode(), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    made = b"%PDF-1.4\n"
    for number, own in enumerate(objects, 1):
        made += b"%d 0 obj\n%s\nendobj\n" % (number, own)
    return made + b"trailer<</Root 1 0 R>>\n%%EOF"


def _nested_flate(size: int) -> bytes:
    content = b" " * size * 20_000_000
    for _ in range(3):
        content = zlib.compress(content, 9)
    return _pdf(content, "/Filter[/FlateDecode/FlateDecode/FlateDecode]")


if __name__ == "__main__":
    main()
