"""The desk: what is looked at and read at the moment, and who is told when that changes.

It knows no widgets, so that everything a click does can be tried without a browser.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from press_themes.desk.collection import Collection
from press_themes.desk.decisions import judge_passage, list_judgements, save_topics
from press_themes.desk.filters import Filter
from press_themes.desk.search import SearchSettings, search_passages
from press_themes.desk.view import View, list_shown
from press_themes.errors import PressThemesError
from press_themes.telling.wording import Wording
from press_themes.vectors.embeddings import Encodes


@dataclass
class Desk:
    """The state of an exploration.

    Attributes
    ----------
    collection : Collection
        The passages; replaced when topics are decided anew.
    words : Wording
        The words of the explorer.
    exports : Path
        Where exported files go.
    load_encoder : callable
        Returns the encoder of the run, when the first sentence is searched.
    view : View
        What is looked at.
    row : int or None
        The passage that is read.
    coloring : str
        What the points of the map are coloured by, one of `coloring.COLORINGS`.
    told : list of callable
        Called with what changed: "view", "row", "collection", or "message" and its text.
    """

    collection: Collection
    words: Wording
    exports: Path
    load_encoder: Callable[[], Encodes]
    view: View = View()
    row: int | None = None
    coloring: str = "theme"
    told: list[Callable[[str, str], None]] = field(default_factory=list)

    @cached_property
    def encoder(self) -> Encodes:
        """The encoder of the run, loaded when first needed."""
        return self.load_encoder()

    @property
    def listed(self) -> pd.DataFrame:
        """The passages shown, from `list_shown`."""
        if self._listed is None:
            self._listed = list_shown(self.collection, self.view)
        return self._listed

    _listed: pd.DataFrame | None = None

    def tell(self, what: str, message: str = "") -> None:
        """Tell everyone that something changed."""
        for told in list(self.told):
            told(what, message)

    def filter(self, wanted: Filter) -> None:
        """Show what passes a filter."""
        self._look(replace(self.view, filter=wanted, selection=()))

    def search(self, sentence: str) -> None:
        """Show what lies nearest to a sentence; an empty one ends the search."""
        found = None
        if sentence.strip():
            self.tell("message", self.words("searching"))
            found = search_passages(sentence.strip(), self.collection, self.encoder)
        self._look(replace(self.view, found=found, selection=()))

    def show_everything(self) -> None:
        """Let go of filter, search and selection."""
        self._look(View())

    def choose(self, rows: tuple[int, ...]) -> None:
        """Take what was clicked or drawn around: one passage is read, several are listed."""
        if len(rows) == 1:
            self.read(rows[0])
        elif rows != self.view.selection:
            self._look(replace(self.view, selection=rows))

    def read(self, row: int) -> None:
        """Read a passage."""
        self.row = row
        self.tell("row")

    def step(self, by: int) -> None:
        """Read the next or previous of the passages shown."""
        rows = self.listed["row"].tolist()
        if rows:
            at = rows.index(self.row) + by if self.row in rows else 0
            self.read(rows[at % len(rows)])

    def judge(self, theme: str, speaks: bool) -> None:
        """Keep whether the passage that is read speaks of a theme."""
        if self.row is not None:
            path = judge_passage(self.collection, self.row, theme, speaks)
            self.tell("row")
            self.tell("message", self.words("saved.label", file=path.name))

    def decide(self, decided: pd.DataFrame) -> None:
        """Keep a decision about topics and show it."""
        self.collection, path = save_topics(self.collection, decided)
        self._listed = None
        self.tell("collection")
        self.tell("view")
        self.tell("row")
        self.tell("message", self.words("saved.topics", file=path.name))

    def marks(self) -> tuple[str, ...]:
        """Return what was judged of the passage that is read, one sentence each."""
        if self.row is None:
            return ()
        themes = self.collection.themes
        labels = dict(zip(themes["theme"], themes["label"], strict=True))
        judged = list_judgements(self.collection)
        own = judged[judged["id"] == self.collection.passages["passage_id"].iloc[self.row]]
        return tuple(
            self.words("judged.yes" if label else "judged.no", theme=labels[theme])
            for theme, label in zip(own["theme"], own["label"], strict=True)
        )

    def summary(self) -> str:
        """Say in one line how much is shown and in which order."""
        words, passages = self.words, self.collection.passages
        shown = passages.iloc[self.listed["row"]]
        parts = [words("shown", n=len(shown), total=words.number(len(passages)))]
        parts.append(words("shown.articles", n=shown["article_id"].nunique()))
        parts.append(words("shown.stories", n=shown["family_id"].nunique()))
        if self.view.selection:
            parts.append(words("shown.selected", n=len(self.view.selection)))
        if self.view.found is not None:
            parts.append(words("shown.nearest", most=SearchSettings().nearest))
        undated = int(passages["date"].isna().sum())
        if undated and (self.view.filter.since or self.view.filter.until):
            parts.append(words("shown.undated", n=undated))
        return " · ".join(parts)

    def guard(self, handler: Callable[..., Any]) -> Callable[..., None]:
        """Wrap what a click calls, so that a failure is told instead of lost in a log."""

        def guarded(*arguments: Any) -> None:
            try:
                handler(*arguments)
            except (PressThemesError, OSError) as error:
                self.tell("failure", str(error))

        return guarded

    def _look(self, view: View) -> None:
        self.view, self._listed = view, None
        self.tell("view")
