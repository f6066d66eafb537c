"""What lies inside a container: an archive, a message, a saved crawl.

Each member is read as a file of its own, and whatever is wrong with one of them costs only that
one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from press_themes.articles.formats.records import Found, Record, Unusable
from press_themes.articles.limits import WATCH, say_limit
from press_themes.errors import InputError

ReadMember = Callable[[Path, bytes], Found]

INSIDE = "!/"
_DEEPEST = 3


class Member(NamedTuple):
    """One file inside a container: its name there and what it holds."""

    name: str
    data: bytes


def depth(path: Path) -> int:
    """Return how many containers a file lies in."""
    return path.as_posix().count(INSIDE)


def read_members(
    members: Iterable[Member | Unusable], path: Path, read_member: ReadMember, first: int = 0
) -> Found:
    """Read each member of a container as a file of its own."""
    position = first
    for member in members:
        for item in _read_one(member, path, read_member):
            if item.position is None:
                yield item
                continue
            yield _changed(item, position=position)
            position += 1


def _read_one(
    member: Member | Unusable, path: Path, read_member: ReadMember
) -> Iterator[Record | Unusable]:
    if isinstance(member, Unusable):
        yield member._replace(member=member.place)
        return
    inner = Path(f"{path.as_posix()}{INSIDE}{member.name}")
    if depth(inner) > _DEEPEST:
        cause = "lies in too many archives and messages, one inside the other"
        yield Unusable(None, member.name, cause, "unpack them", member.name)
        return
    refusal = WATCH.refused.get(inner.as_posix())
    if refusal:
        yield Unusable(None, member.name, *refusal, member.name)
        return
    WATCH.begin(inner, len(member.data))
    given = False
    try:
        for item in read_member(inner, member.data):
            given = True
            place = ", ".join(filter(None, (member.name, item.place)))
            inside = INSIDE.join(filter(None, (member.name, item.member)))
            yield _changed(item, place=place, member=inside)
    except InputError as error:
        cause = ": ".join(filter(None, (error.place, error.cause)))
        yield Unusable(None, member.name, cause, error.mend, member.name)
    except MemoryError:
        reason = say_limit("memory_megabytes", WATCH.limits)
        yield Unusable(None, member.name, *reason, member.name)
    except Exception as error:
        # Parsers fail in ways of their own, and one member must not stop the others.
        cause = f"could not be read ({type(error).__name__}: {str(error)[:120]})"
        yield Unusable(None, member.name, cause, "save it in another format", member.name)
    else:
        if not given:
            yield Unusable(None, member.name, "holds no article", "leave it out", member.name)


def _changed(item: Record | Unusable, **fields: Any) -> Record | Unusable:
    return replace(item, **fields) if isinstance(item, Record) else item._replace(**fields)
