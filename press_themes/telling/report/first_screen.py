"""The first screen: what the press speaks of, each sentence with its numbers and one quotation.

What cannot be said, and what concerns the codebook alone, is told where trust is spoken of.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from press_themes.telling.charts.lettering import shorten
from press_themes.telling.report.examples import Bank, Example, list_central, quote
from press_themes.telling.report.finding import Finding

MOST_SAID = 6
#: Characters of a quotation on the first screen.
_SHORT = 130


def choose_opening(findings: list[Finding], bank: Bank) -> list[tuple[Finding, Example | None]]:
    """Choose the findings of the first screen, each with a quotation that no other has."""
    opening: list[tuple[Finding, Example | None]] = []
    taken: set[str] = set()
    for finding in [x for x in findings if x.said][:MOST_SAID]:
        proof = _prove_voices(bank, taken) if finding.name == "voices" else None
        if proof is None:
            known = [x for x in _list_proofs(finding, bank) if x not in taken]
            proof = quote(bank, known[0]) if known else None
        if proof is not None:
            taken.add(proof.identifier)
            proof = proof._replace(text=shorten(proof.text, min(_SHORT, bank.quote_characters)))
        opening.append((finding, proof))
    return opening


def _prove_voices(bank: Bank, taken: set[str]) -> Example | None:
    """Quote the speaker met most often, in the language of the report where it can be."""
    quoted = bank.quotations
    named = quoted[quoted["speaker"].fillna("") != ""]
    named = named[named["passage_id"].isin(bank.passages.index) & ~named["passage_id"].isin(taken)]
    if named.empty or bank.quote_characters < 1:
        return None
    ranked = named.assign(
        foreign=named["language"] != bank.words.language,
        direct=named["kind"] != "direct",
        fewer=-named.groupby("speaker")["text"].transform("size"),
    ).sort_values(["foreign", "direct", "fewer", "passage_id", "start"], kind="stable")
    chosen: Any = ranked.iloc[0]
    text = bank.words("voices.quoted", speaker=chosen["speaker"], text=chosen["text"])
    return quote(bank, chosen["passage_id"])._replace(text=text)


def _list_proofs(finding: Finding, bank: Bank) -> list[str]:
    """List the passages that bear a finding out, those fit to be quoted first."""
    passages = bank.passages
    if finding.story is not None:
        own = passages[passages["story"] == finding.story]
        foreign = (own["language"] != bank.words.language).to_numpy()
        return list(own.iloc[foreign.argsort(kind="stable")].index)
    if not finding.ask:
        return []
    inside = _fulfil(finding, bank)
    central = [x for x in list_central(bank, finding.theme or "") if x in inside.index]
    return [*central, *inside.index]


def _fulfil(finding: Finding, bank: Bank) -> pd.DataFrame:
    found, scores = bank.passages, bank.scores[bank.scores["assigned"]]
    for name, value in finding.ask.items():
        if name in ("theme", "with"):
            found = found[found.index.isin(scores[scores["theme"] == value]["passage_id"])]
        elif name == "from":
            found = found[found["date"] >= pd.Timestamp(str(value))]
        elif name == "to":
            found = found[found["date"] < pd.Timestamp(str(value)) + pd.Timedelta(days=1)]
        else:
            found = found[found[name] == value]
    strength = scores[scores["theme"] == finding.theme].set_index("passage_id")["score"]
    order = found.assign(strength=strength.reindex(found.index))
    return order.sort_values("strength", ascending=False, kind="stable")
