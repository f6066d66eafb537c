"""The documentation against the code: links, examples, commands, names, columns and terms."""

from __future__ import annotations

import importlib.util
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from conftest import ROOT
from stand_ins import WordEncoder

import press_themes as pt
from press_themes import face
from press_themes.configuration import CorpusFile
from press_themes.measures.events import EventsFile
from press_themes.permissions import UserFile
from press_themes.runs.folder import build_run
from press_themes.strict_yaml import read_as
from press_themes.themes.codebook import read_codebook
from press_themes.topics import keywords
from press_themes.topics.name_choice import NamesFile

DOCS = ROOT / "docs"
PAGES = sorted(DOCS.glob("*.md"))
LINKING = [
    *PAGES,
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md")),
    *(ROOT / folder / "README.md" for folder in ("notebooks", "corpus")),
]
ARTICLES = {
    "a": ("The harbour reopened after nine days, said Mary Hall, and trawlers left.", "en"),
    "b": ("The cotton mill sent its weavers home on Friday; the union was not told.", "en"),
    "c": ("Le verger a perdu la moitié de sa récolte, et les tracteurs sont restés.", "fr"),
}
_LEFT_OUT = ("draw_charts", "execute_notebooks", "write_report")


def _load_writer() -> Any:
    found = importlib.util.spec_from_file_location("write_reference", DOCS / "write_reference.py")
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


WRITER = _load_writer()


def _blocks(path: Path, language: str) -> list[str]:
    fence = re.compile(rf"^```{language}\n(.*?)^```", re.MULTILINE | re.DOTALL)
    return fence.findall(path.read_text(encoding="utf-8"))


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _anchors(path: Path) -> set[str]:
    text = re.sub(r"^```.*?^```", "", path.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    heads = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    kept = (re.sub(r"[^\w\s-]", "", head.replace("\\", "").lower()) for head in heads)
    return {head.strip().replace(" ", "-") for head in kept}


@pytest.mark.parametrize("path", LINKING, ids=_name)
def test_links_lead_somewhere(path: Path) -> None:
    links = re.findall(r"\]\(([^)\s]+)\)", path.read_text(encoding="utf-8"))
    for link in links:
        name, _, anchor = link.partition("#")
        if name.startswith(("https://", "http://")):
            continue
        target = (path.parent / name).resolve() if name else path
        assert target.exists(), link
        assert target.is_relative_to(ROOT), link
        assert not anchor or anchor in _anchors(target), link


def test_every_page_is_in_the_table_of_the_first_and_in_the_site() -> None:
    index, site = ((DOCS / "index.md").read_text("utf-8"), (ROOT / "mkdocs.yml").read_text("utf-8"))
    for page in PAGES:
        assert f": {page.name}\n" in site
        assert page.name == "index.md" or f"]({page.name})" in index


def test_the_reference_is_what_its_script_writes() -> None:
    written = (DOCS / "reference.md").read_text(encoding="utf-8")
    assert written == WRITER.write_reference(), "run python docs/write_reference.py"


def test_every_public_name_and_every_chart_is_documented() -> None:
    reference = (DOCS / "reference.md").read_text(encoding="utf-8")
    gallery = (DOCS / "gallery.md").read_text(encoding="utf-8")
    for name in pt.__all__:
        assert f"### pt.{name}" in reference
    for name in dir(pt.charts):
        assert f"pt.charts.{name}" in reference
    for name in pt.charts.list_charts():
        assert f"### {name}\n" in gallery
        assert re.search(rf"^pt\.charts\.{name}\(\w+\)$", gallery, re.MULTILINE)
    for picture in (ROOT / "figures").glob("*.png"):
        assert f"](../figures/{picture.name})" in gallery, picture.name


@pytest.fixture(scope="module", autouse=True)
def _no_bertopic() -> Iterator[None]:
    """Weigh keywords by their counts: importing BERTopic takes longer than everything else here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keywords, "weigh_terms", lambda counts: np.asarray(counts.todense()))
        yield


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the runs that the examples open, too small for topics and quickly made."""
    place = tmp_path_factory.mktemp("docs")
    corpus = place / "corpus"
    corpus.mkdir()
    for day, (name, (text, language)) in enumerate(ARTICLES.items(), start=1):
        head = f"title: Article {name}\ndate: 2026-01-0{day}\nlanguage: {language}\noutlet: Post {day % 2}"
        (corpus / f"{name}.md").write_text(f"---\n{head}\n---\n\n{text}\n", encoding="utf-8")

    shutil.copyfile(ROOT / "press_themes/corpus_template/themes.yml", corpus / "themes.yml")

    def leave_out(*told: Any) -> Path:
        return build_run(*told[:5], _LEFT_OUT, told[6])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(face, "build_run", leave_out)
        run = face.make_run(corpus, place / "runs/corpus", encoder=WordEncoder()).folder
    for name in ("my-review", "week-11", "week-12"):
        shutil.copytree(run, place / "runs" / name)
    return place


def test_every_column_of_every_table_of_a_run_is_documented(folder: Path) -> None:
    run = face.open_run(folder / "runs/corpus").with_results(encoder=WordEncoder())
    told = (DOCS / "reference.md").read_text(encoding="utf-8")
    for name in WRITER.list_tables():
        columns = [column for column in getattr(run, name) if not column.startswith("group_")]
        assert WRITER.list_columns(name) == columns, name
        section = re.search(rf"^### {name}\n(.*?)(?=^##)", told, re.MULTILINE | re.DOTALL)
        assert section is not None, name
        prose = section[1].split("\n\n", 1)[1]
        assert len(prose.split()) > len(columns) // 2, name
        assert not [column for column in columns if f"`{column}`" not in prose], name


@pytest.mark.parametrize("page", [path for path in PAGES if _blocks(path, "python")], ids=_name)
def test_examples_in_python_run(
    page: Path, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(folder, tmp_path / "work")
    monkeypatch.chdir(tmp_path / "work")
    opened = face.open_run
    monkeypatch.setattr(
        face, "open_run", lambda where: opened(where).with_results(encoder=WordEncoder())
    )
    names: dict[str, Any] = {}
    for block in _blocks(page, "python"):
        exec(compile(block, page.name, "exec"), names)


def _said_commands() -> Iterator[tuple[str, str]]:
    """Yield what pages ask the reader to type: whole lines, and literals in the text."""
    for path in LINKING:
        text = path.read_text(encoding="utf-8")
        blocks = [line for block in _blocks(path, "sh") for line in block.splitlines()]
        indented = re.findall(r"^ {4}(\S.*)$", text, re.MULTILINE) if path not in PAGES else []
        literals = re.findall(r"`((?:press-themes|make) [^`]+)`", text)
        for line in [*blocks, *indented, *literals]:
            yield from (
                (_name(path), part) for part in re.findall(r"(?:press-themes|make) .*", line)
            )


def _options() -> dict[str, set[str]]:
    return {
        name: {option for action in actions for option in action.option_strings}
        for name, actions, _ in WRITER.list_commands()
    }


def test_examples_in_the_shell_name_commands_and_options_that_exist() -> None:
    options, makefile = _options(), (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    variables = set(re.findall(r"^([A-Z]+) *[?:]?=", makefile, re.MULTILINE))
    said = list(_said_commands())
    assert len(said) > 20
    for page, line in said:
        plain = re.sub(r"\$\{\w+:\+([^}]*)\}", r"\1", line.replace("…", ""))
        words = shlex.split(plain.replace("\\|", "/"), comments=True)
        if words[0] == "make":
            for word in words[1:]:
                name, is_given, _ = word.partition("=")
                assert name in (variables if is_given else targets), (page, line)
        elif words[1] != "COMMAND":
            assert words[1] in options, (page, line)
            for word in words[2:]:
                assert not word.startswith("--") or word in options[words[1]], (page, line)


def test_the_check_of_commands_would_notice_one_that_is_gone() -> None:
    assert "--like" in _options()["run"]
    assert "--to" not in _options()["run"]


def test_examples_in_yaml_are_read(tmp_path: Path) -> None:
    kinds = {
        "settings": CorpusFile,
        "topics": NamesFile,
        "events": EventsFile,
        "language_services": UserFile,
    }
    read = 0
    for path in LINKING:
        for block in _blocks(path, "yaml"):
            file = tmp_path / "example.yml"
            file.write_text(block, encoding="utf-8")
            key = block.partition(":")[0]
            if key == "language":
                assert len(read_codebook(file).themes)
            else:
                read_as(file, kinds[key])
            read += 1
    assert read > 4


def test_the_citation_names_the_version_that_runs_state() -> None:
    import yaml

    told = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert told["version"] == pt.__version__
    assert {"cff-version", "title", "authors", "message"} <= set(told)


def test_terms_are_those_of_translators() -> None:
    listed = (
        (ROOT / "press_themes/telling/locale/README.md").read_text("utf-8").split("## Terms")[1]
    )
    told = (DOCS / "terms.md").read_text(encoding="utf-8")
    for english, french in re.findall(r"^\| ([a-z].*?) \| (.+?) \|", listed, re.MULTILINE):
        row = rf"^\| {english.split(',')[0]} \| {french.split(',')[0]}\b"
        assert re.search(row, told, re.MULTILINE), english


def test_terms_are_those_of_the_catalogues() -> None:
    rows = re.findall(
        r"^\| (.+?) \| (.+?) \| .+ \| ?(.*?) ?\|$", (DOCS / "terms.md").read_text(), re.M
    )
    catalogues = {
        language: "\n".join(
            path.read_text(encoding="utf-8").replace('"\n"', "").lower()
            for path in (ROOT / f"press_themes/telling/locale/{language}/LC_MESSAGES").glob("*.po")
        )
        for language in ("en", "fr")
    }
    assert len(rows) > 10
    for english, french, unwanted in rows[2:]:
        if english in ("occur together", "incomplete"):
            # The French of these is inflected wherever it stands.
            continue
        for language, term in (("en", english), ("fr", french)):
            assert any(word in catalogues[language] for word in term.split(", ")), term
        for word in filter(None, unwanted.split(", ")):
            assert not re.search(rf"\b{word}s?\b", catalogues["fr"]), word


@pytest.mark.slow
def test_the_site_is_built_without_a_warning(tmp_path: Path) -> None:
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    config = load_config(str(ROOT / "mkdocs.yml"), site_dir=str(tmp_path / "site"), strict=True)
    build(config)
    address = re.compile(r"""(?:src|href)=["']?(https?://[^"' >]+)""")
    for page in (tmp_path / "site").rglob("*.html"):
        # The credit of the theme is all that leads out; nothing is loaded from elsewhere.
        found = set(address.findall(page.read_text(encoding="utf-8")))
        assert found <= {"https://squidfunk.github.io/mkdocs-material/"}, page.name
