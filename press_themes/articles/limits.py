"""How much one file may ask for: time, memory and output, and the sentence that names the limit it hit.

What lies inside a container has a time of its own, so that one member does not cost the others.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from press_themes.errors import ConfigurationError, InputError
from press_themes.permissions import read_user_file, user_file

_MEGABYTE = 1_000_000


@dataclass(frozen=True)
class ReadLimits:
    """What the reading of one file may take.

    Attributes
    ----------
    seconds : float
        Processor time for a small file, or for a small member of a container.
    seconds_per_megabyte : float
        Further time for each megabyte of it, and a fifth of that for each megabyte of text it gives.
    memory_megabytes : int
        Memory beside what the program itself takes.
    output_megabytes : int
        Text that any file may give; one that is larger than a two hundredth of this may give two
        hundred times its size.
    """

    seconds: float = 10.0
    seconds_per_megabyte: float = 10.0
    memory_megabytes: int = 1_500
    output_megabytes: int = 5

    def time(self, size: int) -> float:
        """Return the seconds that so many bytes may take."""
        return self.seconds + self.seconds_per_megabyte * size / _MEGABYTE

    def output(self, size: int) -> int:
        """Return the characters that so many bytes may give."""
        return max(self.output_megabytes * _MEGABYTE, 200 * size)


def read_limits() -> ReadLimits:
    """Read from one's own settings what the reading of a file may take.

    Returns
    -------
    ReadLimits
        The defaults where nothing is said.

    Raises
    ------
    ConfigurationError
        If a limit is not known or not above 0.
    """
    told: dict[str, Any] = dict(read_user_file().reading_limits)
    known = [own.name for own in fields(ReadLimits)]
    for name, value in told.items():
        place = f"reading_limits → {name}"
        if name not in known:
            cause = f"unknown key '{name}'"
            raise ConfigurationError(user_file(), cause, f"known: {', '.join(known)}", place)
        if not value > 0:
            raise ConfigurationError(user_file(), f"is {value!r}", "write a number above 0", place)
    return replace(ReadLimits(), **told)


class LimitReachedError(InputError):
    """A file asked for more than it may have."""

    def __init__(self, limit: str, limits: ReadLimits) -> None:
        self.limit = limit
        super().__init__("", *say_limit(limit, limits))


def say_limit(limit: str, limits: ReadLimits) -> tuple[str, str]:
    """Return cause and mend for the limit that was hit."""
    causes = {
        "seconds": "takes longer to read than the limit of time allows",
        "memory_megabytes": "takes more memory than the limit allows, or broke its parser",
        "output_megabytes": "holds far more text than a file of its size, beyond the limit of output",
    }
    cause = f"{causes[limit]} ({limit}: {getattr(limits, limit):g})"
    return cause, "divide it, save it in another format, or raise the limit in your own settings"


@dataclass
class Watch:
    """What a worker is reading now; nobody watches where a file is read without one.

    Attributes
    ----------
    begin : callable
        Called with the path of each member before it is read, and its size.
    limits : ReadLimits
        What the file may take.
    refused : dict of str to tuple
        Members not to be opened again, each with cause and mend.
    """

    begin: Callable[[Path, int], None] = lambda path, size: None
    limits: ReadLimits = ReadLimits()
    refused: dict[str, tuple[str, str]] = field(default_factory=dict)


#: The one of this process.
WATCH = Watch()
