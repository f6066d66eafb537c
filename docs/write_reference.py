"""Write reference.md from the code: face, commands, settings, every column of every table.

Run it in the folder of the project: ``python docs/write_reference.py``.
"""

from __future__ import annotations

import argparse
import inspect
import pkgutil
import re
import typing
from collections.abc import Iterator
from dataclasses import MISSING, fields, is_dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import press_themes as pt
from press_themes.cli import _parser
from press_themes.comparison import Changes
from press_themes.configuration import CorpusFile, StageSettings
from press_themes.measures import changes
from press_themes.measures.changes.compared import CompareSettings, Comparison
from press_themes.runs.graph import Stage
from press_themes.runs.run import Run
from press_themes.stages import STAGES
from press_themes.tables import RunTables
from press_themes.telling.wording import say_in_all

PAGE = Path(__file__).resolve().with_name("reference.md")
#: Tables that several stages fill: those whose docstrings tell of columns made before the last one.
_EARLIER = {
    "articles": ("read_articles", "join_families"),
    "passages": ("split_passages",),
    "themes": ("describe_themes",),
    "topics": ("describe_topics",),
    "trends_by_group": ("count_trends",),
}
_HEAD = """# Reference

Written by `python docs/write_reference.py` from the docstrings; change those, not this page.

- [In a notebook](#in-a-notebook): what `import press_themes as pt` gives
- [Commands](#commands): each with its options
- [Settings](#settings): what `corpus.yml` may say
- [Tables of a run](#tables-of-a-run): every column
- [Tables of a comparison](#tables-of-a-comparison)
- [The whole way](#the-whole-way): every stage
"""
#: Figures of the table of quality, in its order.
QUALITY = (
    "outlier_share", "outlier_share_left", "coherence_words", "coherence_vectors", "diversity",
    "stability", "topic_language_information", "language_information_before",
    "language_information_after",
)  # fmt: skip
_SPAN = re.compile(r"``([^`]+)``")
_NAME = re.compile(r"[a-z][a-z0-9_]*")


def write_reference() -> str:
    """Return the page as Markdown."""
    parts = [_HEAD, *_tell_face(), *_tell_commands(), *_tell_settings(), *_tell_tables()]
    return "\n".join([*parts, *_tell_comparison(), *_tell_stages()]).rstrip() + "\n"


def list_columns(name: str) -> list[str]:
    """List the columns that the docstrings give a table of a run, in their order."""
    told = _read_attributes(RunTables).get(name)
    if told is not None:
        return _names(_SPAN.findall(told)[0])
    spans = _SPAN.findall(_tell_result(STAGES.maker[name], name))
    return list(dict.fromkeys(column for span in spans for column in _names(span)))


def _names(span: str) -> list[str]:
    words = [word.strip() for word in span.split(",")]
    return words if all(map(_NAME.fullmatch, words)) else []


def _tell_face() -> Iterator[str]:
    yield "## In a notebook\n"
    for name in (name for name in pt.__all__ if name != "charts"):
        yield from _tell_callable(f"pt.{name}", getattr(pt, name), "###")
    yield "### pt.charts\n\n" + _paragraph(inspect.getdoc(pt.charts) or "") + "\n"
    for name in ("list_charts", "house_style"):
        yield from _tell_callable(f"pt.charts.{name}", getattr(pt.charts, name), "####")
    yield _list(f"`pt.charts.{name}`" for name in pt.charts.list_charts()) + "\n"
    yield "[The gallery](gallery.md) shows them.\n"
    for title, kind in (("A run", Run), ("A comparison", Changes)):
        yield f"### {title}\n\n" + _paragraph(_sections(inspect.getdoc(kind) or "")[""]) + "\n"
        for name, member in vars(kind).items():
            if name.startswith("_"):
                continue
            if isinstance(member, property):
                yield f"`{name}`: {_paragraph(member.__doc__ or '')}\n"
            elif inspect.isfunction(member):
                yield from _tell_callable(name, member, "####")
    yield "### What a comparison is told\n\n" + _describe_settings(CompareSettings) + "\n"


def _tell_callable(name: str, verb: Any, level: str) -> Iterator[str]:
    told = _sections(inspect.getdoc(verb) or "")
    known = inspect.signature(verb).parameters.values()
    arguments = ", ".join(_argument(one) for one in known if one.name != "self")
    yield f"{level} {name}({arguments})\n\n{_paragraph(told[''])}\n"
    for title in ("Parameters", "Returns", "Raises"):
        if title in told:
            rows = _items(told[title])
            yield f"*{title}*\n\n" + _list(f"`{kind}`: {text}" for kind, text in rows) + "\n"


def _argument(parameter: inspect.Parameter) -> str:
    stars = {parameter.VAR_POSITIONAL: "\\*", parameter.VAR_KEYWORD: "\\*\\*"}
    default = parameter.default
    is_plain = isinstance(default, (bool, int, str))
    shown = "" if default is parameter.empty else f"={default!r}" if is_plain else "=…"
    return stars.get(parameter.kind, "") + parameter.name + shown


def _tell_commands() -> Iterator[str]:
    yield "## Commands\n\n`press-themes COMMAND`, the same as `python -m press_themes COMMAND`.\n"
    yield "Exit codes: 0 done, 1 the input gave nothing to work on, 2 wrong usage or configuration.\n"
    for name, command, told in list_commands():
        yield f"### press-themes {name}\n\n{_sentence(told)}\n"
        rows = [(_spell(one), _sentence((one.help or "").strip())) for one in command]
        yield _list(f"`{spelt}`: {text}" for spelt, text in rows) + "\n"


def list_commands() -> Iterator[tuple[str, list[argparse.Action], str]]:
    """List the commands: name, options and arguments, what it does."""
    groups = [one for one in _parser()._actions if isinstance(one, argparse._SubParsersAction)]
    helps = {one.dest: one.help or "" for one in groups[0]._choices_actions}
    for name, parser in groups[0].choices.items():
        actions = [one for one in parser._actions if one.dest != "help"]
        yield name, actions, helps[name]


def _spell(action: argparse.Action) -> str:
    metavar = str(action.metavar or "")
    return " ".join([*action.option_strings[:1], *([metavar] if metavar else [])])


def _tell_settings() -> Iterator[str]:
    yield "## Settings\n\nWhat `corpus.yml` may say; a key that is not known is an error.\n"
    yield _describe_settings(CorpusFile) + "\n"
    yield "Under `settings`, by stage:\n"
    for stage in fields(StageSettings):
        yield f"### settings: {stage.name}\n\n{_describe_settings(type(stage.default))}\n"


def _describe_settings(kind: Any) -> str:
    told = _read_attributes(kind)
    return _list(f"`{one.name}`{_default(one)}: {_mark(told[one.name])}" for one in fields(kind))


def _default(one: Any) -> str:
    default = one.default
    if default is MISSING or is_dataclass(default) or default is None or default == "":
        return ""
    if isinstance(default, tuple):
        return f" ({len(default)} by default)" if len(default) > 5 else f" ({list(default)})"
    return f" ({default})"


def _tell_tables() -> Iterator[str]:
    yield "## Tables of a run\n\nEach is an attribute of a run (`run.articles`) and a Parquet file in"
    yield "`tables/` of its folder; `skipped`, `discarded` and `label_sheet` are CSV files at its top.\n"
    yield "A share lies between 0 and 1; `_low` and `_high` are the ends of its 95 % interval.\n"
    for name in list_tables():
        stage = STAGES.maker[name]
        columns = list_columns(name)
        yield f"### {name}\n\nColumns: " + ", ".join(f"`{column}`" for column in columns) + ".\n"
        told = [_tell_result(_stage_of(verb), name) for verb in _EARLIER.get(name, ())]
        told.append(_tell_result(stage, name))
        named = {one for text in told for span in _SPAN.findall(text) for one in _names(span)}
        if not named >= set(columns):
            told.insert(0, _read_attributes(RunTables)[name])
        if sum(result.is_shown for result in stage.gives) == 1:
            told.insert(0, _sections(inspect.getdoc(stage.verb) or "")[""])
        yield "\n\n".join(_paragraph(_raise(text)) for text in told if text) + "\n"
        if name == "quality":
            yield _list(f"`{one}`: {say_in_all(f'quality.{one}')['en']}" for one in QUALITY) + "\n"


def list_tables() -> list[str]:
    """List the tables that an analyst finds in a run folder, in the order of the stages."""
    given = [result for stage in STAGES.stages if stage.is_kept for result in stage.gives]
    tables = [one for one in given if one.place.startswith("tables/") or one.csv]
    return [one.name for one in tables]


def _stage_of(verb: str) -> Stage:
    return next(stage for stage in STAGES.stages if stage.name == verb)


def _tell_result(stage: Stage, name: str) -> str:
    """Return what a stage's docstring says of one of its results."""
    kind = typing.get_type_hints(stage.verb).get("return")
    if hasattr(kind, "_fields"):
        told = _read_attributes(kind)
        places = [result.name for result in stage.gives]
        wanted = name if name in told or name not in places else kind._fields[places.index(name)]
        if told:
            return told.get(wanted, next(iter(told.values())))
    items = _items(_sections(inspect.getdoc(stage.verb) or "").get("Returns", ""), raw=True)
    names = [result.name for result in stage.gives]
    at = names.index(name) if name in names and len(items) == len(names) else 0
    return items[at][1] if items else ""


def _tell_comparison() -> Iterator[str]:
    yield "## Tables of a comparison\n\n`changed = pt.compare(…)` has them as attributes;"
    yield "`press-themes compare` writes each as Parquet and CSV.\n"
    told = _read_attributes(Comparison)
    for name in Comparison._fields:
        verb = re.match(r"From `(\w+)`[.:] ?", told[name])
        yield f"### changed.{name}\n"
        if verb:
            home = _find_home(verb[1])
            yield "Columns: " + ", ".join(f"`{column}`" for column in home.COLUMNS) + ".\n"
            yield _paragraph(inspect.getdoc(home) or "") + "\n"
        yield _paragraph(_raise(told[name][verb.end() if verb else 0 :])) + "\n"


def _find_home(name: str) -> Any:
    """Find the module of a verb of comparing."""
    for found in pkgutil.iter_modules(changes.__path__, f"{changes.__name__}."):
        module = import_module(found.name)
        if getattr(getattr(module, name, None), "__module__", "") == module.__name__:
            return module
    raise LookupError(name)


def _tell_stages() -> Iterator[str]:
    yield "## The whole way\n\nEvery stage in order, and what it gives; `press_themes/stages.py` tells what"
    yield "each takes. `run.describe()` lists the results with their state.\n"
    for stage in (one for one in STAGES.stages if one.is_kept):
        given = ", ".join(f"`{result.csv or result.name}`" for result in stage.gives)
        told = _paragraph(_sections(inspect.getdoc(stage.verb) or "")[""])
        yield f"- `{stage.name}` → {given}: {told}"


def _sections(text: str) -> dict[str, str]:
    """Divide a numpydoc docstring into its head, under "", and its sections."""
    parts = re.split(r"^(\w+)\n-{3,}\n", text, flags=re.MULTILINE)
    return {"": parts[0].strip(), **dict(zip(parts[1::2], parts[2::2], strict=True))}


def _items(section: str, raw: bool = False) -> list[tuple[str, str]]:
    """Divide a section into its entries: head and text."""
    found: list[tuple[str, list[str]]] = []
    for line in section.splitlines():
        if line and not line.startswith(" "):
            found.append((line, []))
        elif found:
            found[-1][1].append(line.strip())
    joined = ((head, " ".join(lines).strip()) for head, lines in found)
    return [(head, text if raw else _mark(text)) for head, text in joined]


def _read_attributes(kind: Any) -> dict[str, str]:
    entries = _items(_sections(inspect.getdoc(kind) or "").get("Attributes", ""), raw=True)
    known: dict[str, str] = {}
    for head, text in entries:
        for name in head.partition(" :")[0].split(","):
            known[name.strip()] = text
    return known


def _paragraph(text: str) -> str:
    return "\n\n".join(_mark(" ".join(part.split())) for part in text.split("\n\n") if part.strip())


def _mark(text: str) -> str:
    """Write literals of a docstring as Markdown, each name of a list by itself."""
    return _SPAN.sub(lambda found: ", ".join(f"`{one}`" for one in found[1].split(", ")), text)


def _sentence(text: str) -> str:
    return _raise(text) if text.endswith(".") else f"{_raise(text)}."


def _raise(text: str) -> str:
    """Begin with a capital, but not what is a name of a file or a literal."""
    first = text.partition(" ")[0].rstrip(",.:")
    return text if "." in first or "`" in first else text[:1].upper() + text[1:]


def _list(lines: Iterator[str] | Any) -> str:
    return "\n".join(f"- {' '.join(line.split())}" for line in lines)


if __name__ == "__main__":
    PAGE.write_text(write_reference(), encoding="utf-8")
