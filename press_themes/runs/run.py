"""A run as notebooks meet it: its results as attributes, loaded where unchanged, computed where not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import is_dataclass, replace
from html import escape
from typing import Any

import pandas as pd

from press_themes.errors import ConfigurationError
from press_themes.runs.graph import Graph
from press_themes.runs.results import Results


class Run:
    """A corpus with its settings, and everything that is found in it.

    Every result is an attribute: ``run.articles``, ``run.themes``. It is loaded from the run folder
    where its code, its settings and what it hangs on are unchanged, else computed and kept in
    memory; nothing is written. ``run.describe()`` lists them all.

    Parameters
    ----------
    results : Results
        Where results come from.
    title : str
        What the run is called when it is shown.
    """

    _graph: Graph

    def __init__(self, results: Results, title: str) -> None:
        self._results = results
        self._title = title

    @property
    def settings(self) -> Any:
        """The settings: corpus, encoder, codebook, seed, and those of each stage."""
        return self._results.settings

    @property
    def folder(self) -> Any:
        """The run folder that was opened; None for a corpus."""
        finished = self._results.finished
        return finished[0] if finished else None

    def with_settings(self, **changes: Any) -> Run:
        """Return the run with other settings; what does not hang on them is not computed again.

        Parameters
        ----------
        **changes
            A setting by its name: a value (``seed=1``), the settings of a stage, or a mapping of
            those that change (``topics={"neighbours": 8}``).

        Returns
        -------
        Run
            A run of its own; this one stays as it is.

        Raises
        ------
        ConfigurationError
            If there is no such setting.
        """
        settings = self.settings
        for name, value in changes.items():
            own = getattr(settings, name, None)
            if is_dataclass(own) and isinstance(value, dict):
                value = _replace(own, value, name)
            settings = _replace(settings, {name: value}, "settings")
        return type(self)(self._results.change(settings, self._results.given), self._title)

    def with_results(self, **given: Any) -> Run:
        """Return the run with results of your own in the place of computed ones.

        Parameters
        ----------
        **given
            A result by its name, such as ``topics_found`` from another clustering.

        Returns
        -------
        Run
            A run of its own, in which all that hangs on what was given is computed anew.

        Raises
        ------
        ConfigurationError
            If there is no such result.
        """
        for name in given:
            if name not in self._graph.maker:
                raise ConfigurationError(
                    "with_results", f"there is no '{name}'", "run.describe() lists the results"
                )
        every = {**self._results.given, **given}
        return type(self)(self._results.change(self.settings, every), self._title)

    def describe(self) -> pd.DataFrame:
        """Return one row a result: its name, what it holds, whether it is at hand, what made it."""
        fresh = set(self._results.list_fresh())
        rows = []
        for name in self._graph.results:
            stage, result, kind = self._graph.find(name)
            rows.append(
                {
                    "result": name,
                    "state": self._state(name, name in fresh),
                    "kind": _name_kind(kind),
                    "made_by": stage.name,
                    "from": " ".join(self._graph.maker[name].takes),
                    "file": result.csv or result.place,
                }
            )
        return pd.DataFrame(rows)

    def _state(self, name: str, is_fresh: bool) -> str:
        """Say how a result can be had: at hand, stored, or to be computed."""
        stage = self._graph.maker[name]
        if name in self._results._values:
            how = self._results.entries.get(stage.name, {}).get("how", "")
            return "computed here" if how == "computed" else "at hand"
        return "stored" if is_fresh else "to compute"

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name not in self._graph.maker:
            raise AttributeError(f"a run has no '{name}'; run.describe() lists what it has")
        return self._results.get(name)

    def __dir__(self) -> list[str]:
        public = ["settings", "folder", "with_settings", "with_results", "describe"]
        return [*public, *self._graph.results]

    def __repr__(self) -> str:
        known = self.describe()["state"].value_counts()
        states = ", ".join(f"{count} {state}" for state, count in known.items())
        return f"<run of {self._title}: {len(self._graph.results)} results, {states}>"

    def _repr_html_(self) -> str:
        table = self.describe()[["result", "state", "made_by"]]
        is_shown = [self._graph.find(name)[1].is_shown for name in table["result"]]
        return f"<p><b>{escape(self._title)}</b></p>{table[is_shown].to_html(index=False)}"


def bind_run(graph: Graph, document: Callable[[str], str] = lambda name: "") -> type[Run]:
    """Return the class of runs of a graph, with a documented property for each result.

    Parameters
    ----------
    graph : Graph
        The stages.
    document : callable
        The description of a result, by its name.

    Returns
    -------
    type
        A subclass of `Run`.
    """

    def make(name: str) -> property:
        return property(lambda run: run._results.get(name), doc=document(name))

    return type("Run", (Run,), {"_graph": graph, **{name: make(name) for name in graph.maker}})


def _name_kind(kind: Any) -> str:
    """Name a type shortly, whatever module it is of."""
    parts = (part.strip().rpartition(".")[2] for part in str(kind).split("|"))
    return getattr(kind, "__name__", " or ".join(parts))


def _replace(settings: Any, changes: dict[str, Any], place: str) -> Any:
    try:
        return replace(settings, **changes)
    except TypeError as error:
        known = ", ".join(vars(settings))
        raise ConfigurationError(place, str(error), f"known: {known}") from error
