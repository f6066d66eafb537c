"""Imports run one way: floor, then rooms that do not know one another, then the hall."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from conftest import ROOT

PACKAGE = ROOT / "press_themes"
FLOOR = {
    "errors", "folding", "identifiers", "permissions", "progress", "safe_text", "stored_checks",
    "strict_yaml", "tables",
}  # fmt: skip
ROOMS = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
# A class of a heavy library needs it at once; only its own library imports such a module.
SUBCLASSES = {
    "telling/charts/chart.py": {"matplotlib"},
    "vectors/int8_transformer.py": {"sentence_transformers", "torch", "transformers"},
}
MODULES = sorted(PACKAGE.rglob("*.py"))
# Each of these has one room, so that it can be replaced in one place.
HOMES = {
    "anywidget": {"desk"},
    "bertopic": {"topics"},
    "ctranslate2": {"vectors"},
    "distributed": {"vectors"},
    "hdbscan": {"topics"},
    "matplotlib": {"telling"},
    "sentence_transformers": {"vectors"},
    "trafilatura": {"articles"},
    "umap": {"topics"},
}
HEAVY = {
    "babel", "bertopic", "ctranslate2", "dask", "distributed", "hdbscan", "lxml", "matplotlib",
    "nbconvert", "pydantic", "scipy", "sentence_transformers", "sklearn", "statsmodels", "torch",
    "trafilatura", "transformers", "umap",
}  # fmt: skip


def _imports(path: Path, top_level_only: bool = False) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = tree.body if top_level_only else ast.walk(tree)
    found = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            found.add(node.module)
    return found


def _place(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def _room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", MODULES, ids=_place)
def test_a_room_imports_itself_and_the_floor_alone(path: Path) -> None:
    own = _room(path)
    others = {name.split(".")[1] for name in _imports(path) if name.startswith("press_themes.")}
    if own in FLOOR:
        assert others <= FLOOR
    elif own in ROOMS:
        assert others <= FLOOR | {own}


def test_no_import_leads_in_a_circle() -> None:
    names = {"press_themes." + _place(p).removesuffix(".py").replace("/", "."): p for p in MODULES}
    known = {name: _imports(path) & set(names) for name, path in names.items()}
    while leaves := [name for name, needed in known.items() if not needed]:
        known = {n: needed - set(leaves) for n, needed in known.items() if n not in leaves}
    assert not known


def test_no_two_modules_bear_one_name() -> None:
    names = Counter(path.name for path in MODULES if not path.name.startswith("__"))
    assert [name for name, count in names.items() if count > 1] == []


@pytest.mark.parametrize("path", MODULES, ids=_place)
def test_relative_imports_are_not_used(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert not [n for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.level]


@pytest.mark.parametrize("library", sorted(HOMES))
def test_a_library_is_imported_in_its_one_room(library: str) -> None:
    users = {
        _room(path)
        for path in MODULES
        if any(name.split(".")[0] == library for name in _imports(path))
    }
    assert users == HOMES[library]


@pytest.mark.parametrize("place", SUBCLASSES)
def test_a_subclass_of_a_heavy_library_is_imported_only_inside_functions(place: str) -> None:
    name = "press_themes." + place.removesuffix(".py").replace("/", ".")
    assert not [path for path in MODULES if name in _imports(path, top_level_only=True)]


@pytest.mark.parametrize("path", MODULES, ids=_place)
def test_nothing_heavy_is_imported_with_a_module(path: Path) -> None:
    heavy = HEAVY - SUBCLASSES.get(_place(path), set())
    assert not {name.split(".")[0] for name in _imports(path, top_level_only=True)} & heavy


def test_help_and_an_unchanged_run_do_not_pay_for_what_they_do_not_need() -> None:
    program = (
        "import sys, press_themes.cli, press_themes.face\n"
        "print(sorted({'torch', 'bertopic', 'sklearn', 'matplotlib', 'scipy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr


@pytest.mark.parametrize("path", MODULES, ids=_place)
def test_a_module_says_what_it_is_for_and_fits_on_a_few_screens(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(text))
    assert len(text.splitlines()) <= 350
