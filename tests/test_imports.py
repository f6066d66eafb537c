"""Imports run one way: floor, then wings that do not know one another, then the hall."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

PACKAGE = ROOT / "press_themes"
FLOOR = {"errors", "identifiers", "progress", "strict_yaml", "tables"}
WINGS = {"articles", "vectors", "themes", "findings"}
# It reads finished runs and knows every wing; no stage and no command knows it.
READING_ROOM = "explorer"
# A class of a heavy library needs it at once; only its own library imports such a module.
SUBCLASSES = {"vectors/int8_transformer.py": {"sentence_transformers", "torch", "transformers"}}
MODULES = sorted(PACKAGE.rglob("*.py"))
# Each of these has one home, so that it can be replaced in one place.
HOMES = {
    "bertopic": {"themes/topics.py"},
    "ctranslate2": {"vectors/int8_transformer.py", "vectors/int8_weights.py"},
    "distributed": {"vectors/cluster.py"},
    "sentence_transformers": {"vectors/models.py", "vectors/int8_transformer.py"},
    "umap": {"themes/clustering.py"},
    "hdbscan": {"themes/clustering.py"},
    "papermill": set(),
    "jscatter": {"explorer/scatter_map.py"},
    "itables": {"explorer/listing.py"},
    "anywidget": {"explorer/probe.py"},
}


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


@pytest.mark.parametrize("path", MODULES, ids=_place)
def test_a_module_imports_only_what_lies_below_it(path: Path) -> None:
    own = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    for name in _imports(path):
        if not name.startswith("press_themes."):
            continue
        other = name.split(".")[1]
        if own in FLOOR:
            assert other in FLOOR, f"{_place(path)} lies on the floor and imports {name}"
        elif own in WINGS:
            assert other in FLOOR | {own}, f"{_place(path)} reaches out of its wing to {name}"
        elif own != READING_ROOM:
            assert other != READING_ROOM, f"{_place(path)} needs {name}, which only reads runs"


@pytest.mark.parametrize("path", MODULES, ids=_place)
def test_relative_imports_are_not_used(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert not [n for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.level]


@pytest.mark.parametrize("library", sorted(HOMES))
def test_a_library_is_imported_in_its_one_home(library: str) -> None:
    users = {
        _place(path)
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
    heavy = {
        "babel", "bertopic", "hdbscan", "lxml", "matplotlib", "nbconvert", "scipy",
        "sentence_transformers", "sklearn", "torch", "trafilatura", "transformers", "umap",
        "ctranslate2", "dask", "distributed",
    }  # fmt: skip
    if _place(path) in SUBCLASSES:
        heavy -= SUBCLASSES[_place(path)]
    assert not {name.split(".")[0] for name in _imports(path, top_level_only=True)} & heavy


def test_help_and_an_unchanged_run_do_not_pay_for_what_they_do_not_need() -> None:
    program = (
        "import sys, press_themes.cli, press_themes.pipeline\n"
        "print(sorted({'torch', 'bertopic', 'sklearn', 'matplotlib', 'scipy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr


@pytest.mark.parametrize("path", MODULES, ids=_place)
def test_a_module_says_what_it_is_for_and_fits_on_a_few_screens(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(text))
    assert len(text.splitlines()) <= 350
