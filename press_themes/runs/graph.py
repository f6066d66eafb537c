"""The form of the graph: what a stage takes, what it gives, and where that lies in a run folder."""

from __future__ import annotations

import typing
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

#: Folders of a run folder: what an analyst opens, and what only the machine needs.
TABLES, HIDDEN = "tables", ".stages"


@dataclass(frozen=True)
class Result:
    """One thing that a stage gives.

    Attributes
    ----------
    name : str
        Its name in the graph and on a run.
    place : str
        Where it lies in a run folder, an ending left out where its kind decides it; empty for what
        is made anew each time.
    csv : str
        The CSV in which an analyst opens it, at the top of the run folder; empty for none.
    folder : str
        The folder that the stage fills itself, giving a table of what is in it; empty for none.
    """

    name: str
    place: str
    csv: str = ""
    folder: str = ""

    @property
    def is_shown(self) -> bool:
        """Whether an analyst meets it in the run folder."""
        return bool(self.csv or self.folder) or not self.place.startswith(HIDDEN)


@dataclass(frozen=True)
class Stage:
    """A step on the way from files to report.

    Attributes
    ----------
    verb : callable
        The function; it knows nothing of the graph.
    takes : tuple of str
        Its arguments in order: a result, an attribute of one (``labels.answers``), a setting
        (``settings.topics``), or ``place.NAME``, the path at which it may write NAME itself.
    gives : tuple of Result
        What it returns, in order.
    is_kept : bool
        Whether results are written; what is only read from an analyst's file is not.
    is_final : callable
        Takes the results and says whether they may serve the next run; what a service failed to
        give may not.
    """

    verb: Callable[..., Any]
    takes: tuple[str, ...]
    gives: tuple[Result, ...]
    is_kept: bool = True
    is_final: Callable[..., bool] = lambda *values: True

    @property
    def name(self) -> str:
        """The name of the function."""
        return self.verb.__name__

    @cached_property
    def kinds(self) -> tuple[Any, ...]:
        """The type of each result, from the annotations of the function."""
        if isinstance(self.verb, type):
            return (self.verb,)
        kind = typing.get_type_hints(self.verb).get("return")
        if len(self.gives) == 1:
            return (kind,)
        if typing.get_origin(kind) is tuple:
            return typing.get_args(kind)
        return tuple(typing.get_type_hints(kind).values())


def stage(
    verb: Callable[..., Any],
    takes: str,
    gives: str,
    is_final: Callable[..., bool] = lambda *values: True,
) -> Stage:
    """Declare a stage whose results lie in the run folder.

    Parameters
    ----------
    verb : callable
        The function.
    takes : str
        Its arguments, apart by spaces, as in `Stage`.
    gives : str
        Its results, apart by spaces: ``name`` lies in ``tables/``, ``.name`` in ``.stages/``,
        ``name.csv`` (or another ending) at the top, ``name/`` is a folder.
    is_final : callable
        As in `Stage`.

    Returns
    -------
    Stage
        The declaration.
    """
    return Stage(verb, tuple(takes.split()), tuple(map(_result, gives.split())), is_final=is_final)


def source(verb: Callable[..., Any], takes: str, gives: str) -> Stage:
    """Declare what is read or gathered each time and not kept: an encoder, an analyst's file.

    Parameters
    ----------
    verb, takes
        As for `stage`.
    gives : str
        The name of the one result.

    Returns
    -------
    Stage
        The declaration.
    """
    return Stage(verb, tuple(takes.split()), (Result(gives, ""),), is_kept=False)


class Graph:
    """Stages in an order in which each takes only what stands before it.

    Parameters
    ----------
    stages : iterable of Stage
        The declarations.

    Raises
    ------
    ValueError
        If two stages give one result, or one takes what nothing before it gives.
    """

    def __init__(self, stages: Iterable[Stage]) -> None:
        self.stages = tuple(stages)
        self.maker: dict[str, Stage] = {}
        for own in self.stages:
            for token in own.takes:
                head = token.partition(".")[0]
                if head not in ("settings", "place", "run") and head not in self.maker:
                    raise ValueError(f"{own.name} takes {token}, which nothing before it gives")
            for result in own.gives:
                if result.name in self.maker:
                    raise ValueError(f"two stages give {result.name}")
                self.maker[result.name] = own

    @property
    def results(self) -> list[str]:
        """Names of what is kept, in order."""
        return [result.name for own in self.stages if own.is_kept for result in own.gives]

    def find(self, name: str) -> tuple[Stage, Result, Any]:
        """Return the stage that gives a result, the result, and its type."""
        own = self.maker[name]
        at = [result.name for result in own.gives].index(name)
        return own, own.gives[at], own.kinds[at]


def _result(word: str) -> Result:
    if word.endswith("/"):
        return Result(word[:-1], f"{HIDDEN}/{word[:-1]}", folder=word[:-1])
    if word.startswith("."):
        return Result(word[1:], f"{HIDDEN}/{word[1:]}")
    stem, _, ending = word.partition(".")
    if ending == "csv":
        return Result(stem, f"{HIDDEN}/{stem}", csv=word)
    return Result(stem, word if ending else f"{TABLES}/{stem}")
