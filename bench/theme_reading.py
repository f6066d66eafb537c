"""How themes are read, measured on texts coded by hand and on press with categories.

Prints one table a section, in Markdown: ``python bench/theme_reading.py [SECTION …]``. Results are kept in
theme_reading.md. What is read from shared/data is left out, by name, where that is absent.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable

import numpy as np
import pandas as pd
from coded_texts import DATA, NO, SETS, YES, Coded, read_coded, read_coded_texts, score_marks
from press_sets import SETS as PRESS
from press_sets import Read, read_press

from press_themes.configuration import SHIPPED_CORPUS
from press_themes.themes.calibration import Evidence, Judged, calibrate_room
from press_themes.themes.codebook import Codebook, read_codebook
from press_themes.themes.codebook_vectors import (
    centre_vectors,
    embed_codebook,
    find_centres,
    list_themes,
)
from press_themes.themes.reading_in_context import Reading, ThemeSettings, read_passages
from press_themes.vectors.encoders import load_encoder

# Subjects of made-up themes that fill a codebook up, each defined by one sentence.
_FILLING_TEXT = (
    "beekeeping ferries chess opera cycling vineyards glaciers lighthouses bakeries marathons "
    "tennis rowing sailing judo fencing skiing handball rugby cricket golf swimming boxing archery "
    "potatoes olives wheat coffee tea cheese honey salt sugar wine beer chocolate fish oysters "
    "forests wolves bears whales eagles bees horses dogs cats cattle sheep salmon frogs orchids "
    "tulips roses gardens lawns parks playgrounds zoos circuses fairs carnivals weddings funerals "
    "pensions taxes rents mortgages inflation wages strikes tariffs exports harbours airports "
    "railways trams buses bridges tunnels motorways pavements parking taxis bicycles scooters "
    "earthquakes floods droughts hurricanes wildfires avalanches volcanoes tides fog snow hail "
    "hospitals nurses vaccines malaria diabetes cancer dentists pharmacies surgery midwives "
    "elections parliaments mayors treaties embassies borders refugees armies navies ceasefires "
    "churches mosques temples pilgrimages choirs organs bells saints monasteries "
    "schools universities kindergartens exams libraries museums archives theatres cinemas ballet "
    "painting sculpture ceramics furniture fashion shoes watches jewellery perfume textiles carpets "
    "burglaries murders trials prisons juries smuggling bribery arson kidnapping shoplifting "
    "planets comets telescopes dinosaurs fossils atoms proteins genes mathematics chemistry "
    "steel cement timber paper glass plastics rubber copper gold diamonds coal gas oil "
    "lotteries casinos puzzles crosswords recipes restaurants hotels campsites beaches cruises "
    "mountains deserts islands rivers lakes canals caves wells dams windmills castles"
)
_FILLING = tuple(_FILLING_TEXT.split())
_PART = 4


class Bench:
    """The encoder, the codebook that ships, and what was read with them."""

    def __init__(self) -> None:
        self.encoder = load_encoder()
        self.codebook = read_codebook(SHIPPED_CORPUS / "themes.yml")
        self.book = embed_codebook(self.codebook, self.encoder)
        self.themes = list_themes(self.book)

    def read(self, name: str) -> tuple[Coded, Reading]:
        """Read one set by itself."""
        coded = read_coded(name, self.themes)
        return coded, read_coded_texts(coded, self.book, self.encoder)


def measure_keys(bench: Bench) -> None:
    """Measure precision, recall and F1 without judgements, and false alarms on ordinary news."""
    _head("set language texts marks precision recall F1 falsely_given")
    for name in SETS:
        coded, reading = bench.read(name)
        given, languages = reading.scores > 0, coded.passages["language"].to_numpy(dtype=str)
        for language in ["all", *np.unique(languages)]:
            rows = (languages == language) | (language == "all")
            *shares, marks = score_marks(coded.key[rows], given[rows])
            false = ((coded.key == NO) & given)[rows].any(axis=1).mean()
            _row(name, language, int(rows.sum()), marks, *shares, false)
        news = (coded.passages["source"] == "ntrex").to_numpy()
        if news.any():
            false = ((coded.key == NO) & given)[news].any(axis=1)
            _row(name, "ordinary news", int(news.sum()), "", "", "", "", float(false.mean()))


def measure_parallel(bench: Bench) -> None:
    """Compare the marks of one headline in three languages."""
    path = DATA / "press" / "aiid-blog" / "incidents.jsonl"
    if not path.is_file():
        print(f"left out, because it is absent: {path.name}")
        return
    frame = pd.DataFrame(map(json.loads, path.read_text("utf-8").split("\n")[:-1]))
    counts = frame.groupby("cluster")["language"].transform("nunique")
    frame = frame[counts >= 2].reset_index(drop=True)
    frame = frame.assign(passage_id=frame["id"], article_id=frame["id"], text=frame["headline"])
    vectors = bench.encoder.encode(frame["text"].tolist())
    given = read_passages(frame, vectors, bench.book).scores > 0
    _head("language headlines with_a_theme marks_in_en_too marks_of_en_kept")
    places = {(row.cluster, row.language): row.Index for row in frame.itertuples()}
    for language in ("en", "es", "fr"):
        own = [
            (places[c, language], places.get((c, "en"))) for c, told in places if told == language
        ]
        here = np.array([given[row] for row, _ in own])
        pairs = [(row, english) for row, english in own if english is not None]
        mine = np.array([given[row] for row, _ in pairs])
        theirs = np.array([given[english] for _, english in pairs])
        both = (mine & theirs).sum()
        shares = both / max(mine.sum(), 1), both / max(theirs.sum(), 1)
        _row(language, len(own), here.any(axis=1).mean(), *shares)


def measure_press(bench: Bench) -> None:
    """Read definitions alone: accuracy of an article's strongest theme, shares against the truth."""
    _head("set definitions articles raw_cosine centred_cosine accuracy no_theme share_error worst")
    for name in PRESS:
        for own in (False, True):
            read = read_press(name, own, bench.encoder)
            if read is not None:
                _tell_press(name, "own language" if own else "English", read)


def _tell_press(name: str, definitions: str, read: Read) -> None:
    passages, scores = read.passages, read.reading.scores
    themes = np.array(list_themes(read.book))
    owners, articles = pd.factorize(passages["article_id"])
    truth = passages.groupby(owners)["category"].first().to_numpy()
    right = [
        (themes[_average(values, owners).argmax(axis=1)] == truth).mean()
        for values in (_cosines(read, False), _cosines(read, True), scores)
    ]
    given = scores > 0
    true = (passages["category"].to_numpy()[:, None] == themes).mean(axis=0)
    error = np.abs(given.mean(axis=0) - true)
    none = 1 - given.any(axis=1).mean()
    _row(name, definitions, len(articles), *right, none, error.mean(), error.max())


def _cosines(read: Read, is_centred: bool) -> np.ndarray:
    texts, vectors = read.book.texts, read.embeddings
    own = read.book.vectors
    if is_centred:
        centres = find_centres(read.book)
        own = centre_vectors(own, texts["language"].to_numpy(), centres)
        languages = read.passages["language"].to_numpy(dtype=str)
        vectors = centre_vectors(vectors, languages, centres)
    defined = (texts["kind"] == "definition").to_numpy()
    sides = [
        (vectors @ own[defined & (texts["theme"] == theme).to_numpy()].T).max(axis=1)
        for theme in list_themes(read.book)
    ]
    return np.column_stack(sides)


def _average(values: np.ndarray, owners: np.ndarray) -> np.ndarray:
    sums = np.zeros((owners.max() + 1, values.shape[1]))
    np.add.at(sums, owners, values)
    return sums / np.bincount(owners)[:, None]


def measure_spliced(bench: Bench) -> None:
    """Splice articles of two categories: what the halves keep, and what smears over."""
    _head("set context right smear")
    for name in PRESS[:4]:
        read = read_press(name, False, bench.encoder)
        if read is None:
            continue
        passages, themes = read.passages, list_themes(read.book)
        names = passages["article_id"].unique()
        order = np.random.default_rng(0).permutation(len(names))
        kind = passages.groupby("article_id")["category"].first()
        pairs = [
            (names[a], names[b])
            for a, b in zip(order[::2], order[1::2], strict=False)
            if kind[names[a]] != kind[names[b]]
        ]
        joined = {half: f"spliced{n:05d}" for n, pair in enumerate(pairs) for half in pair}
        other = {a: kind[b] for a, b in [*pairs, *[pair[::-1] for pair in pairs]]}
        rows = passages["article_id"].isin(joined).to_numpy()
        spliced = passages[rows].reset_index(drop=True)
        foreign = spliced["article_id"].map(other)
        spliced["article_id"] = spliced["article_id"].map(joined)
        columns = [spliced["category"].map(themes.index), foreign.map(themes.index)]
        for context in (0.0, ThemeSettings().context):
            settings = ThemeSettings(context=context)
            scores = read_passages(spliced, read.embeddings[rows], read.book, settings).scores
            right = (scores.argmax(axis=1) == columns[0]).mean()
            at = np.arange(len(spliced))
            smeared = (scores[at, columns[1]] > 0) & (scores[at, columns[0]] <= 0)
            _row(name, context, right, smeared.mean())


def measure_sizes(bench: Bench) -> None:
    """Read with 1 to 200 themes: the shipped ones, fewer of them, or others beside them."""
    _head("themes seconds set precision recall F1 no_theme")
    texts = bench.codebook.texts
    for size in (1, 3, 9, 40, 200):
        kept = bench.themes[: min(size, 9)]
        filling = [
            (word, f"News and reports about {word}.") for word in _FILLING[: size - len(kept)]
        ]
        made = pd.DataFrame(
            [(word, "definition", "en", text) for word, text in filling],
            columns=["theme", "kind", "language", "text"],
        )
        own = texts.loc[texts["theme"].isin(kept), made.columns]
        both = pd.concat([own, made], ignore_index=True)
        book = embed_codebook(Codebook(bench.codebook.themes, both), bench.encoder)
        for name in ("unseen", "corpus"):
            coded = read_coded(name, bench.themes)
            begun = time.perf_counter()
            given = read_coded_texts(coded, book, bench.encoder).scores > 0
            seconds = time.perf_counter() - begun
            own_marks = [list_themes(book).index(theme) for theme in kept]
            shares = score_marks(coded.key[:, : len(kept)], given[:, own_marks])[:3]
            _row(len(list_themes(book)), f"{seconds:.1f}", name, *shares, 1 - given.any(1).mean())


def measure_corrections(bench: Bench) -> None:
    """Correct one theme, rightly and wrongly: what changes on passages nobody corrected."""
    _head("set kind answers own_theme_changed other_themes_changed F1_before F1_after")
    for name in ("unseen", "by hand", "corpus"):
        coded, reading = bench.read(name)
        evidence = Evidence(reading.scores, reading.scores, reading.centred)
        before = reading.scores > 0
        misread = (before != (coded.key == YES)) & (coded.key != 1)
        column = int(misread.sum(axis=0).argmax())
        rows = np.random.default_rng(0).permutation(np.flatnonzero(coded.key[:, column] != 1))
        for is_right in (True, False):
            # Whoever corrects begins with what is misread, or spoils what was read rightly.
            told_first = misread[rows, column] == is_right
            ordered = rows[np.argsort(~told_first, kind="stable")]
            for size in (1, 2, 5, 20):
                told = ordered[:size]
                label = (coded.key[told, column] == YES) == is_right
                after = _give(evidence, _pair(told, np.full(size, column), label, False))
                rest = np.setdiff1d(np.arange(len(before)), told)
                changed = (before != after)[rest].sum(axis=0)
                own, others = int(changed[column]), int(changed.sum() - changed[column])
                scored = [score_marks(coded.key[rest], marks[rest])[2] for marks in (before, after)]
                _row(name, "right" if is_right else "wrong", size, own, others, *scored)


def measure_judged(bench: Bench) -> None:
    """Measure F1 on texts nobody judged after 0 to 200 answers; cross-validated, two seeds."""
    _head("set answers F1 least most")
    for name in SETS:
        coded, reading = bench.read(name)
        n_texts = len(coded.passages)
        for size in (0, 25, 50, 100, 200):
            if size > 0.8 * n_texts:
                continue
            found = [_learn(coded, reading, size, seed) for seed in range(2 if size else 1)]
            _row(name, size, float(np.mean(found)), min(found), max(found))


def _learn(coded: Coded, reading: Reading, size: int, seed: int) -> float:
    evidence = Evidence(reading.scores, reading.scores, reading.centred)
    generator = np.random.default_rng(seed)
    order = generator.permutation(len(coded.passages))
    given = reading.scores > 0
    for out in np.array_split(order, _PART):
        told = generator.permutation(np.setdiff1d(order, out))[:size]
        places, columns = np.nonzero(coded.key[told] != 1)
        rows = told[places]
        if size:
            judged = _pair(rows, columns, coded.key[rows, columns] == YES, True)
            given[out] = _give(evidence, judged)[out]
    return score_marks(coded.key, given)[2]


def _give(evidence: Evidence, judged: Judged) -> np.ndarray:
    room, line = calibrate_room(evidence, judged)
    return room > line


def _pair(rows: np.ndarray, columns: np.ndarray, label: np.ndarray, is_sample: bool) -> Judged:
    sampled = np.full(len(rows), is_sample)
    return Judged(rows, columns, label, np.ones(len(rows)), rows, sampled)


def _head(names: str) -> None:
    cells = [name.replace("_", " ") for name in names.split()]
    print("| " + " | ".join(cells) + " |\n|" + "---|" * len(cells))


def _row(*values: object) -> None:
    print(
        "| " + " | ".join(f"{x:.3f}" if isinstance(x, float) else str(x) for x in values) + " |",
        flush=True,
    )


SECTIONS: dict[str, Callable[[Bench], None]] = {
    "keys": measure_keys,
    "parallel": measure_parallel,
    "press": measure_press,
    "spliced": measure_spliced,
    "sizes": measure_sizes,
    "corrections": measure_corrections,
    "judged": measure_judged,
}


def main() -> int:
    """Measure the sections named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sections", nargs="*", choices=list(SECTIONS), default=list(SECTIONS))
    bench = Bench()
    for name in parser.parse_args().sections:
        print(f"\n{SECTIONS[name].__doc__}\n")
        SECTIONS[name](bench)
    return 0


if __name__ == "__main__":
    sys.exit(main())
