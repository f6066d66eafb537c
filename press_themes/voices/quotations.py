"""Passages → quotations: what is said, by whom, with which verb, in direct or indirect speech.

A speaker is named only where the words around leave no doubt; else the cell is empty.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import Any

import pandas as pd

from press_themes.voices.attribution import Said, attribute
from press_themes.voices.clauses import tokens_of
from press_themes.voices.language_pages import UNSPACED
from press_themes.voices.marks import Marked, find_marked
from press_themes.voices.pronouns import only_person_before
from press_themes.voices.reported import find_reported

COLUMNS = [
    "passage_id", "article_id", "start", "end", "text", "kind", "speaker", "speaker_start",
    "speaker_end", "speaker_basis", "verb", "certainty", "language",
]  # fmt: skip
_ENDS_SENTENCE = re.compile(r"[.!?…。！？؟][\s”\"»’)]*$")

# Forms of a verb without a subject of its own.
_GERUNDS = {"en": "ing", "es": "ndo", "pt": "ndo", "it": "ndo", "fr": "ant"}


@dataclass(frozen=True)
class QuotationSettings:
    """What counts as a quotation.

    Attributes
    ----------
    fewest_words : int
        Shorter stretches between marks are quotations only beside a verb of speech: alone they are
        titles, terms and words held at a distance.
    fewest_attributed : int
        The same beside a verb of speech.
    characters_a_word : int
        How many characters stand for a word where no spaces are written.
    indirect : bool
        Whether reported clauses are looked for as well.
    """

    fewest_words: int = 5
    fewest_attributed: int = 3
    characters_a_word: int = 2
    indirect: bool = True


def find_quotations(
    passages: pd.DataFrame, settings: QuotationSettings = QuotationSettings()
) -> pd.DataFrame:
    """Find who says what.

    Parameters
    ----------
    passages : DataFrame
        ``passage_id, article_id, position, text, language``.
    settings : QuotationSettings
        What counts as a quotation.

    Returns
    -------
    DataFrame
        One row a quotation, by article and place: ``passage_id, article_id, start, end`` (offsets in
        the passage's text, marks left out), ``text, kind`` ("direct", "indirect"), ``speaker`` (as
        written; empty where unsure), ``speaker_start, speaker_end`` (offsets in the same passage, -1
        where the speaker stands in another one or nowhere), ``speaker_basis`` ("named"; "pronoun",
        told from the names before; "continued", said right before; ""), ``verb``, ``certainty``
        ("high": marks, verb and name; "medium"; "low": the marks are not both there, or there is no
        verb), ``language``.
    """
    rows: list[dict[str, Any]] = []
    ordered = passages.sort_values(["article_id", "position", "passage_id"], kind="stable")
    for _, article in ordered.groupby("article_id", sort=True):
        open_speaker = ""
        passage: Any
        for passage in article.itertuples(index=False):
            found = _of_passage(str(passage.text), str(passage.language), settings, open_speaker)
            own = {"passage_id": passage.passage_id, "article_id": passage.article_id}
            rows += [own | row | {"language": passage.language} for row in found["rows"]]
            open_speaker = found["open"]
    return pd.DataFrame(rows, columns=COLUMNS).astype(
        {"start": "int64", "end": "int64", "speaker_start": "int64", "speaker_end": "int64"}
    )


def _of_passage(
    text: str, language: str, settings: QuotationSettings, open_speaker: str
) -> dict[str, Any]:
    spans = find_marked(text, language)
    if spans and spans[0].dash:
        spans = _spoken_turns(text, language, spans)
    rows = _direct(text, language, spans, settings, open_speaker)
    quoted = [span for span in spans if any(row["start"] == span.start for row in rows)]
    if settings.indirect:
        for clause in find_reported(text, language, quoted):
            row = _row(text, clause.start, clause.end, "indirect")
            rows.append(row | _speaker(text, Said(clause.speaker, clause.verb, clause.basis)))
    rows.sort(key=lambda row: (row["start"], row["end"]))
    _resolve(text, language, rows)
    for row in rows:
        row["certainty"] = _certainty(row)
        row["speaker_basis"] = row["speaker_basis"].replace("thing", "pronoun")
    is_open = bool(spans) and not spans[-1].closed and bool(rows)
    goes_on = next((row for row in reversed(rows) if row["kind"] == "direct"), None)
    left_open = goes_on["speaker"] if is_open and goes_on else ""
    return {
        "rows": [{k: v for k, v in row.items() if k[0] != "_"} for row in rows],
        "open": left_open,
    }


def _spoken_turns(text: str, language: str, spans: list[Marked]) -> list[Marked]:
    """Keep turns after a dash only where somebody is said to speak, or lines answer one another."""
    lines = {text.count("\n", 0, span.left) for span in spans}
    told = any(attribute(text, language, spans, number) for number in range(len(spans)))
    neighbours = any(line + 1 in lines or line + 2 in lines for line in lines)
    ends = all(_ENDS_SENTENCE.search(text[span.start : span.end]) for span in spans)
    return spans if told or (neighbours and ends) else []


def _direct(
    text: str, language: str, spans: list[Marked], settings: QuotationSettings, open_speaker: str
) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    before: tuple[Marked, Said | None, dict[str, Any]] | None = None
    for number, span in enumerate(spans):
        said = attribute(text, language, spans, number)
        if not _is_speech(text, language, span, said, settings):
            continue
        row = _row(text, span.start, span.end, "direct") | _speaker(text, said)
        row["_whole"] = span.opened and span.closed
        if not span.opened and not row["speaker"] and open_speaker:
            row |= {"speaker": open_speaker, "speaker_basis": "continued"}
        elif before and not row["speaker"] and _continues(text, before, span, said):
            inherited = {k: before[2][k] for k in ("speaker", "speaker_start", "speaker_end")}
            row |= inherited | {
                "speaker_basis": "continued" if inherited["speaker"] else row["speaker_basis"]
            }
            row["_after_pronoun"] = before[2]["speaker_basis"] == "pronoun"
        rows.append(row)
        before = (span, said, row)
    return rows


def _is_speech(
    text: str, language: str, span: Marked, said: Said | None, settings: QuotationSettings
) -> bool:
    words = _count(text, span, language, settings)
    if span.dash or not (span.opened and span.closed):
        return words >= 2 or said is not None
    if words >= settings.fewest_words:
        return True
    if said is None or said.verb is None:
        return words >= settings.fewest_attributed and bool(
            _ENDS_SENTENCE.search(text[span.start : span.end])
        )
    near = (
        text[span.right : said.verb[0]]
        if said.verb[0] > span.right
        else text[said.verb[1] : span.left]
    )
    # One word is speech only as an answer or a cry: right beside its verb, or closed by a mark.
    ends = (
        _ENDS_SENTENCE.search(text[span.start : span.end]) or text[span.end - 1 : span.end] == ","
    )
    if words >= settings.fewest_attributed or (words >= 2 and not near.strip(" ,:：，-–—")):
        return True
    return len(near.split()) <= 3 and bool(ends or ":" in near)


def _count(text: str, span: Marked, language: str, settings: QuotationSettings) -> int:
    if language in UNSPACED:
        written = sum(char.isalnum() for char in text[span.start : span.end])
        return written // settings.characters_a_word
    return sum(token.text[-1] not in "’'" for token in tokens_of(text, span.start, span.end))


def _continues(
    text: str, before: tuple[Marked, Said | None, dict[str, Any]], span: Marked, said: Said | None
) -> bool:
    """Say whether nothing but the frame of the quotation before stands in between."""
    last, told, _ = before
    between = text[last.right : span.left]
    if not between.strip(" ,.;，。；、\n\t"):
        return said is None or said.speaker is None
    if said is not None and said.basis == "" and said.verb and not re.search(r"[.!?。]", between):
        # "…" saying that "…": one sentence, one subject.
        return True
    ends = told.ends if told else 0
    if ends and last.right < ends <= span.left and not text[ends : span.left].strip(" ,.;:–—-"):
        return said is None or said.basis in ("", "pronoun")
    # "…", he went on, "…": one sentence around both.
    return bool(ends) and ends >= span.left - 1


def _row(text: str, start: int, end: int, kind: str) -> dict[str, Any]:
    return {"start": start, "end": end, "text": text[start:end], "kind": kind, "_whole": True}


def _speaker(text: str, said: Said | None) -> dict[str, Any]:
    if said is None:
        said = Said(None, None, "")
    start, end = said.speaker or (-1, -1)
    # "the site «NAME»": the name belongs to it.
    title = re.match(r"\s*[«“\"][^»”\"\n]{1,40}[»”\"]", text[end:]) if said.speaker else None
    if title and len(text[start:end].split()) == 1 and not text[start].isupper():
        end += title.end()
    return {
        "speaker": text[start:end] if said.speaker else "",
        "speaker_start": start,
        "speaker_end": end,
        "speaker_basis": said.basis,
        "verb": text[slice(*said.verb)] if said.verb else "",
        "_verb": said.verb,
    }


def _resolve(text: str, language: str, rows: list[dict[str, Any]]) -> None:
    """Give a pronoun the one person it can mean, where the passage names only one before it."""
    for row in rows:
        if row["speaker"] or row["speaker_basis"] != "pronoun":
            continue
        place = min(row["_verb"][0] if row["_verb"] else row["start"], row["start"])
        chosen = only_person_before(text, language, place, rows)
        if chosen:
            row |= dict(zip(("speaker", "speaker_start", "speaker_end"), chosen, strict=True))
    for before, row in itertools.pairwise(rows):
        if _goes_on(text, language, before, row):
            row |= {k: before[k] for k in ("speaker", "speaker_start", "speaker_end")}
            row["speaker_basis"] = "continued"
        if row["kind"] == "direct" and not row["speaker"] and row.get("_after_pronoun"):
            row |= {k: before[k] for k in ("speaker", "speaker_start", "speaker_end")}
            row["speaker_basis"] = "continued" if before["speaker"] else row["speaker_basis"]


def _goes_on(text: str, language: str, before: dict[str, Any], row: dict[str, Any]) -> bool:
    """Say whether a gerund carries on in the sentence of who spoke right before (", adding that")."""
    ending = _GERUNDS.get(language)
    if row["speaker"] or not before["speaker"] or not row["_verb"] or ending is None:
        return False
    told = max(before["speaker_end"], before["_verb"][1] if before["_verb"] else 0)
    between = text[told : row["_verb"][0]] if told > 0 else ""
    # Without a comma before it, it goes with what was said last.
    parted = between.rstrip().endswith(",")
    return parted and row["verb"].endswith(ending) and not re.search(r"[.!?…\n]", between)


def _certainty(row: dict[str, Any]) -> str:
    if not row["_whole"] or not row["verb"]:
        return "low"
    return "high" if row["speaker_basis"] == "named" and row["speaker"] else "medium"
