"""The two ways a run can end early, each told in one sentence.

Every message names the file, the place in it, the cause and the mend, so that no traceback is needed.
"""

from __future__ import annotations

from pathlib import Path


class PressThemesError(Exception):
    """A failure that is explained to the user in one sentence.

    Parameters
    ----------
    file : str or Path
        What the sentence is about: a file, a folder or an option.
    cause : str
        What is wrong, without a closing full stop.
    mend : str
        What to do about it, without a closing full stop.
    place : str, optional
        Where in the file, such as ``"line 3"``.
    """

    exit_code = 1

    def __init__(self, file: str | Path, cause: str, mend: str, place: str | None = None) -> None:
        self.cause, self.mend, self.place = cause.rstrip("."), mend.rstrip("."), place
        where = f"{file}, {place}" if place else str(file)
        super().__init__(f"{where}: {cause.rstrip('.')}; {mend.rstrip('.')}.")


class InputError(PressThemesError):
    """The input gave nothing to work on (exit code 1)."""

    exit_code = 1


class ConfigurationError(PressThemesError):
    """Wrong usage or a wrong setting (exit code 2)."""

    exit_code = 2


def first_line(error: BaseException) -> str:
    """Return what an error of a library says, short enough to be told in a sentence.

    Parameters
    ----------
    error : BaseException
        The error.

    Returns
    -------
    str
        Its first line, or its kind where it says nothing.
    """
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
