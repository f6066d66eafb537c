"""Decisions of the analyst: what a passage speaks of, a new theme, what topics are called and made of.

They are kept beside the corpus, where the next run finds them. What reads and writes each file is handed in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from press_themes.desk.collection import OUTSIDE, list_rows, pack_array
from press_themes.desk.keeping import Keeper
from press_themes.errors import InputError

#: Passages listed for each topic at most, beside those listed already; the rest are known by these.
MOST_LISTED = 500
_MOST_LETTERS = {"coder": 60, "name": 60, "label": 60, "definition": 2000}


@dataclass(frozen=True)
class Verbs:
    """How each file is read and written, as those who own it say.

    Attributes
    ----------
    append_labels, append_answers : callable
        ``(path, rows)``: add judgements, or a row of the run's sample, to ``labels.csv``.
    read_judgements : callable
        ``(path) -> DataFrame``: ``id, theme, label, coder, basis``; raises where a run would.
    append_theme : callable
        ``(path, theme)``: add a mapping ``label, definition, examples`` to ``themes.yml``.
    read_themes : callable
        ``(path) -> DataFrame`` with ``theme``; raises where a run would.
    write_topics : callable
        ``(path, decided, touched)``: add decisions to ``topic_names.yml``.
    read_topics : callable
        ``(path) -> DataFrame``: ``name, passages``; raises where a run would.
    compose : callable
        ``(passages, decided) -> passages``, with topics as decided.
    tidy : callable
        ``(name) -> str``: a name as it is kept, "" where it cannot be.
    basis : Path or None
        The codebook of the run, to start from where the corpus has none of its own.
    """

    append_labels: Callable[..., Any]
    append_answers: Callable[..., Any]
    read_judgements: Callable[..., pd.DataFrame]
    append_theme: Callable[..., Any]
    read_themes: Callable[..., pd.DataFrame]
    write_topics: Callable[..., Any]
    read_topics: Callable[..., pd.DataFrame]
    compose: Callable[..., pd.DataFrame]
    tidy: Callable[[str], str]
    basis: Any = None


@dataclass
class Decisions:
    """What is decided from one desk.

    Attributes
    ----------
    passages : DataFrame
        ``passage_id, text, topic, topic_strength``; topics as decided so far.
    themes : list of str
        Identifiers of the codebook.
    topics : DataFrame
        ``topic, label``, as decided so far.
    sheet : DataFrame
        The run's sample of passages to judge, as `label_sheet.csv` holds it.
    verbs : Verbs
        How files are read and written.
    keeper : Keeper
        What changes them.
    """

    passages: pd.DataFrame
    themes: list[str]
    topics: pd.DataFrame
    sheet: pd.DataFrame
    verbs: Verbs
    keeper: Keeper
    say: Callable[..., str] = field(default=lambda key, **values: key)

    def judge(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        """Keep whether a passage speaks of a theme: ``id, theme, label, coder``."""
        passage, theme = self._know(asked.get("id")), asked.get("theme")
        if theme not in self.themes or not isinstance(asked.get("label"), bool):
            raise InputError(
                "labels.csv", f"'{theme}' cannot be judged", "choose a theme, yes or no"
            )
        row = {"id": passage, "theme": theme, "label": asked["label"]}
        return self._keep_row(asked, row, self.verbs.append_labels, "saved.label")

    def answer(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        """Keep which themes a passage of the sample bears: ``id, themes, coder``."""
        passage, themes = self._know(asked.get("id")), asked.get("themes")
        drawn = self.sheet[self.sheet["id"].astype(str) == passage]
        if drawn.empty:
            raise InputError("labels.csv", f"'{passage}' was not drawn", "judge it by itself")
        if not isinstance(themes, list) or not set(map(str, themes)) <= set(self.themes):
            raise InputError(
                "labels.csv", "a theme is not of the codebook", "choose among those asked"
            )
        names = ("id", "asked", "stratum", "probability", "drawn_from")
        row: dict[str, Any] = {name: drawn[name].iloc[0] for name in names}
        row["themes"] = "; ".join(sorted(set(themes))) or "none"
        return self._keep_row(asked, row, self.verbs.append_answers, "saved.answer")

    def add_theme(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        """Add a theme to the codebook: ``label, definition, ids`` of its examples."""
        label, definition = _text(asked, "label"), _text(asked, "definition")
        rows = self._rows(asked.get("ids") or [])
        if not label or not definition:
            raise InputError(
                "themes.yml",
                "a theme needs a name and a definition",
                "say in one sentence what a passage of it speaks of",
            )
        examples = self.passages["text"].iloc[rows].tolist()
        entry = {"label": label, "definition": definition, "examples": examples}
        own = self.keeper.folder / "themes.yml"
        start = own if own.is_file() else self.verbs.basis
        former = set(self.verbs.read_themes(start)["theme"]) if start is not None else set()

        def check(path: Any) -> None:
            if not former < set(self.verbs.read_themes(path)["theme"]):
                raise InputError("themes.yml", "would lose a theme", "add the theme in an editor")

        sentence = self.say("saved.theme", theme=label)
        self.keeper.change(
            "themes.yml",
            lambda path: self.verbs.append_theme(path, entry),
            check,
            sentence,
            basis=self.verbs.basis,
        )
        return self.state(sentence)

    def rename(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        """Give a topic another name: ``topics`` (one), ``name``."""
        (topic,) = self._choose(asked, 1, 1)
        return self._compose([(_text(asked, "name"), self._strongest(topic))])

    def merge(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        """Make one topic of several: ``topics, name``."""
        topics = self._choose(asked, 2, len(self.topics))
        rows = np.concatenate([self._strongest(topic) for topic in topics])
        return self._compose([(_text(asked, "name"), rows)])

    def split(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        """Make a topic of some passages of another: ``topics`` (one), ``ids, name``."""
        (topic,) = self._choose(asked, 1, 1)
        members = np.flatnonzero((self.passages["topic"] == topic).to_numpy())
        chosen = np.intersect1d(members, self._rows(asked.get("ids") or []))
        label = str(self.topics.set_index("topic")["label"][topic])
        if len(chosen) in (0, len(members)):
            raise InputError(
                label,
                f"{len(chosen)} of its {len(members)} passages are chosen",
                "choose some of them, not none and not all",
            )
        rest = self._strongest(topic, np.setdiff1d(members, chosen))
        # A run reads no name longer than an analyst may write.
        kept = self.verbs.tidy(label) or label[: _MOST_LETTERS["name"]]
        return self._compose([(kept, rest), (_text(asked, "name"), chosen)])

    def dissolve(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        """Put the passages of topics outside every topic: ``topics``."""
        topics = self._choose(asked, 1, len(self.topics))
        return self._compose([("", self._strongest(topic)) for topic in topics], named=False)

    def undo(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        """Take the last change back."""
        last = self.keeper.undo()
        if last.aside is not None:
            self.passages, self.topics = last.aside
        return self.state(self.say("undone", what=last.sentence))

    def state(self, told: str = "") -> dict[str, Any]:
        """Return what the desk shows of decisions."""
        judged = self.verbs.read_judgements(self.keeper.folder / "labels.csv")
        return {
            "judgements": list_rows(judged[["id", "theme", "label", "coder", "basis"]]),
            "queue": [{"id": str(own)} for own in self.sheet.get("id", [])],
            "topics": list_rows(self.topics[["topic", "label"]]),
            "topic": pack_array(self.passages["topic"].to_numpy(), "i4"),
            "ledger": [own.sentence for own in self.keeper.kept],
            "told": told,
        }

    def _keep_row(
        self, asked: Mapping[str, Any], row: dict[str, Any], append: Callable[..., Any], key: str
    ) -> dict[str, Any]:
        # A line break in a name would end the row where a spreadsheet reads it.
        table = pd.DataFrame([{**row, "coder": " ".join(_text(asked, "coder").split())}])
        sentence = self.say(key, passage=row["id"])
        self.keeper.change(
            "labels.csv",
            lambda path: append(path, table),
            self.verbs.read_judgements,
            sentence,
            grows=True,
        )
        return self.state(sentence)

    def _compose(
        self, entries: Sequence[tuple[str, np.ndarray]], named: bool = True
    ) -> dict[str, Any]:
        identifiers = self.passages["passage_id"].to_numpy()
        rows = [(self.verbs.tidy(name), identifiers[own].tolist()) for name, own in entries]
        decided = pd.DataFrame(rows, columns=["name", "passages"])
        if named and (decided["name"] == "").any():
            raise InputError(
                "topic",
                "has no name that can be used",
                "write one of 60 characters at most, no < > {} |",
            )
        listed = self.passages["passage_id"].isin({x for own in decided["passages"] for x in own})
        inside = self.passages["topic"].isin(set(self.passages.loc[listed, "topic"]) - {OUTSIDE})
        touched = self.passages.loc[inside, "passage_id"].tolist()
        passages = self.verbs.compose(self.passages, decided)
        labels = dict(zip(self.topics["topic"], self.topics["label"], strict=True))
        topic_of = passages.set_index("passage_id")["topic"]
        for name, own in zip(decided["name"], decided["passages"], strict=True):
            if name:
                labels[topic_of[own[0]]] = name
        present = sorted(set(passages["topic"]) - {OUTSIDE})
        topics = pd.DataFrame({"topic": present, "label": [labels[own] for own in present]})
        if named:
            sentence = self.say("saved.topic", names=", ".join(decided["name"]))
        else:
            gone = [own for topic, own in labels.items() if topic not in present]
            sentence = self.say("saved.dissolved", names=", ".join(map(str, gone)))
        self.keeper.change(
            "topic_names.yml",
            lambda path: self.verbs.write_topics(path, decided, touched),
            self.verbs.read_topics,
            sentence,
            aside=(self.passages, self.topics),
        )
        self.passages, self.topics = passages, topics
        return self.state(sentence)

    def _strongest(self, topic: int, members: np.ndarray | None = None) -> np.ndarray:
        """Return the passages most at home in a topic, and those listed already, as row numbers."""
        if members is None:
            members = np.flatnonzero((self.passages["topic"] == topic).to_numpy())
        strength = self.passages["topic_strength"].fillna(0).to_numpy()[members]
        ordered = members[np.argsort(-strength, kind="stable")]
        path = self.keeper.folder / "topic_names.yml"
        known: set[str] = set()
        if path.is_file():
            known = {x for own in self.verbs.read_topics(path)["passages"] for x in own}
        # An analyst put them where they are, so that none may be left to the nearest centre.
        listed = self.passages["passage_id"].isin(known).to_numpy()[ordered]
        return ordered[listed | (np.arange(len(ordered)) < MOST_LISTED)]

    def _choose(self, asked: Mapping[str, Any], least: int, most: int) -> list[int]:
        told = asked.get("topics")
        topics = list(dict.fromkeys(told)) if isinstance(told, list) else []
        if not least <= len(topics) <= most or not set(topics) <= set(self.topics["topic"]):
            wanted = {(1, 1): "exactly one topic", (2, most): "two topics or more"}.get(
                (least, most), "one topic or more"
            )
            raise InputError("topic", f"{len(topics)} topics are chosen", f"choose {wanted}")
        return [int(topic) for topic in topics]

    def _know(self, passage: Any) -> str:
        if not isinstance(passage, str) or passage not in set(self.passages["passage_id"]):
            raise InputError(
                "labels.csv", "the passage is not of this run", "choose one of the list"
            )
        return passage

    def _rows(self, passages: Sequence[Any]) -> np.ndarray:
        place = pd.Index(self.passages["passage_id"]).get_indexer([str(own) for own in passages])
        if (place < 0).any():
            raise InputError("desk", "a passage is not of this run", "choose those of the list")
        return np.unique(place)


def _text(asked: Mapping[str, Any], name: str) -> str:
    """Return a text that was written into a field, without what no file should hold."""
    told = asked.get(name)
    text = (
        "".join(x for x in told if x.isprintable() or x in "\n\t") if isinstance(told, str) else ""
    )
    if len(text) > _MOST_LETTERS[name]:
        raise InputError(name, f"has {len(text)} letters", f"write {_MOST_LETTERS[name]} at most")
    return text.strip()
