"""The notebooks: as they are committed, and executed on a corpus."""

from __future__ import annotations

import ast
import re
import shutil
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from conftest import ROOT

from press_themes.errors import InputError, PressThemesError
from press_themes.face import make_run
from press_themes.measures.ranking import UNSTABLE
from press_themes.runs.notebooks import execute_every_notebook, execute_notebooks

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
ESSAY_NAMES = ["01-corpus", "02-languages", "03-themes", "04-coverage"]
ESSAYS = [path for path in NOTEBOOKS if path.stem in ESSAY_NAMES]
#: Committed as executed on the corpus that ships; the first holds for that corpus alone.
SHOWN = [path for path in NOTEBOOKS if path.name.startswith("0")]
MOST_BYTES = 400_000


def _cells(path: Path, kind: str) -> list[nbformat.NotebookNode]:
    notebook = nbformat.read(path, as_version=4)
    return [cell for cell in notebook.cells if cell.cell_type == kind]


def test_the_case_study_and_the_four_essays_are_there() -> None:
    assert [path.stem for path in SHOWN] == ["00-case-study", *ESSAY_NAMES]
    assert [path.stem for path in ESSAYS] == ESSAY_NAMES


@pytest.mark.parametrize("path", SHOWN, ids=lambda path: path.stem)
def test_an_essay_is_committed_with_what_it_shows(path: Path) -> None:
    cells = _cells(path, "code")
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    outputs = [output for cell in cells for output in cell.outputs]
    assert {output.output_type for output in outputs} <= {"execute_result", "display_data"}
    assert len(outputs) >= len(cells) / 2
    assert path.stat().st_size < MOST_BYTES


@pytest.mark.parametrize("path", SHOWN, ids=lambda path: path.stem)
def test_an_essay_asks_its_reader_to_change_something(path: Path) -> None:
    prose = "\n".join(cell.source for cell in _cells(path, "markdown"))
    assert re.search(r"\*\*(Change|Your turn)", prose)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_committed_without_machinery(path: Path) -> None:
    for cell in _cells(path, "code"):
        assert path in SHOWN or not cell.outputs
        assert len(cell.source.splitlines()) <= 12, cell.source
        assert not re.search(r"^\s*(def|class)\s", cell.source, re.M), cell.source
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"(?<![\w.])/(home|root|tmp|Users|work)\b", text)


@pytest.mark.parametrize("path", SHOWN, ids=lambda path: path.stem)
def test_an_essay_asks_answers_and_says_what_it_does_not_show(path: Path) -> None:
    prose = [cell.source for cell in _cells(path, "markdown")]
    assert re.match(r"# .+\?\n", prose[0])
    assert prose[-1].startswith("## What this does not show")
    tagged = [c for c in _cells(path, "code") if "parameters" in c.metadata.get("tags", [])]
    assert len(tagged) == 1
    assert "RUN = " in tagged[0].source


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_no_table_of_a_notebook_takes_the_corpus_for_markup(path: Path) -> None:
    """A later `format` undoes what an earlier one escaped, so each must escape."""
    for cell in _cells(path, "code"):
        calls = [node for node in ast.walk(ast.parse(cell.source)) if isinstance(node, ast.Call)]
        styled = ".style" in cell.source
        formats = [x for x in calls if styled and ast.unparse(x.func).endswith(".format")]
        assert len(formats) >= cell.source.count(".style"), cell.source
        for call in formats:
            escaped = [x.value for x in call.keywords if x.arg == "escape"]
            assert [ast.literal_eval(value) for value in escaped] == ["html"], cell.source


def test_a_hostile_title_is_shown_as_text() -> None:
    title = "<img src=x onerror=alert(1)>"
    names = ["outlet", "title", "title_derived", "language", "truncated", "n_chars"]
    articles = pd.DataFrame({name: [title] for name in names} | {"date": [pd.NaT]})
    cell = next(c for c in _cells(ESSAYS[0], "code") if ".style" in c.source)
    *before, last = ast.parse(cell.source).body
    known: dict[str, object] = {"articles": articles}
    exec(compile(ast.Module(before, []), "cell", "exec"), known)
    shown = eval(ast.unparse(last), known).to_html()
    assert "<img" not in shown
    assert "&lt;img src=x onerror=alert(1)&gt;" in shown


def test_a_failing_notebook_is_named_with_its_cell(tmp_path: Path) -> None:
    source = tmp_path / "sources"
    source.mkdir()
    broken = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1 / 0")])
    broken.metadata["kernelspec"] = {"name": "python3", "display_name": "x", "language": "python"}
    nbformat.write(broken, source / "01-broken.ipynb")
    # The parameters are put in as a cell before the first.
    with pytest.raises(PressThemesError, match=r"01-broken\.ipynb, cell 2: ZeroDivisionError"):
        execute_notebooks(source, None, {}, tmp_path / "executed", tmp_path)


def test_two_executions_give_equal_files(tmp_path: Path) -> None:
    source = tmp_path / "sources"
    source.mkdir()
    table = "import pandas as pd\npd.DataFrame({'a': [1]}).style.hide(axis='index')"
    cells = [nbformat.v4.new_code_cell(table), nbformat.v4.new_code_cell(table)]
    notebook = nbformat.v4.new_notebook(cells=cells)
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "x", "language": "python"}
    nbformat.write(notebook, source / "01-table.ipynb")
    for name in ("one", "two"):
        execute_notebooks(source, None, {}, tmp_path / name, tmp_path)
    for file in ("01-table.ipynb", "01-table.html"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()
    assert "T_00001" in (tmp_path / "one" / "01-table.html").read_text("utf-8")


def test_no_notebooks_are_no_error(tmp_path: Path) -> None:
    shutil.rmtree(tmp_path / "none", ignore_errors=True)
    assert execute_notebooks(tmp_path / "none", None, {}, tmp_path / "executed", tmp_path).empty


def test_every_notebook_has_the_project_s_kernel_and_a_place_on_the_start_page() -> None:
    start = (ROOT / "notebooks" / "README.md").read_text(encoding="utf-8")
    for path in NOTEBOOKS:
        kernel = nbformat.read(path, as_version=4).metadata["kernelspec"]
        assert (kernel["name"], kernel["display_name"]) == ("press-themes", "Press Themes")
        assert f"]({path.name})" in start
    for link in re.findall(r"\]\(([^)]+)\)", start):
        assert (ROOT / "notebooks" / link).exists(), link


@pytest.mark.slow
def test_every_notebook_is_executed_beside_the_run(tmp_path: Path) -> None:
    from test_stages import write_corpus

    # With the encoder that the notebooks find, so that they load what the run holds.
    corpus = write_corpus(tmp_path / "corpus", 20, ("en", "fr"))
    run = make_run(corpus, tmp_path / "run", with_notebooks=False).folder
    before = sorted(path.name for path in run.rglob("*"))
    lines: list[str] = []
    pages = execute_every_notebook(ROOT / "notebooks", run, tmp_path / "executed", lines.append)
    for_any = [path for path in NOTEBOOKS if path.stem != "00-case-study"]
    assert pages == [path.with_suffix(".html").name for path in for_any]
    assert [line.split()[0] for line in lines] == [path.name for path in for_any]
    assert sorted(path.name for path in run.rglob("*")) == before
    _check_sentences(tmp_path / "executed", run)


def _check_sentences(executed: Path, run: Path) -> None:
    """Recount from the tables what the answers at the head of the essays say."""
    articles = pd.read_parquet(run / "tables/articles.parquet")
    passages = pd.read_parquet(run / "tables/passages.parquet")
    topics = pd.read_parquet(run / "tables/topics.parquet")
    outlets = articles["outlet"].value_counts()
    undated = int(articles["date"].isna().sum())
    said = {stem: _read_sentences(executed / f"{stem}.ipynb") for stem in ESSAY_NAMES}
    counted = (
        f"Articles: {len(articles)}, telling {articles['story_id'].nunique()} distinct stories"
    )
    assert counted in said["01-corpus"]
    assert f"Without a date of their own: {undated}." in said["01-corpus"]
    if len(outlets):
        share = outlets.iloc[0] / len(articles)
        assert f"{outlets.index[0]} holds {share:.0%} of the articles" in said["01-corpus"]
    assert f"{len(passages)} passages became vectors of" in said["02-languages"]
    bearing = passages["themes"].map(len).gt(0).mean()
    assert f"{bearing:.0%} of {len(passages)} passages bear at least one" in said["03-themes"]
    assert f"Topics found: {len(topics)}." in said["03-themes"]
    unstable = int((topics["stability"] < UNSTABLE).sum())
    if topics["stability"].notna().any():
        assert f"{unstable} of {topics['stability'].notna().sum()} topics" in said["03-themes"]
    named = f"from outlets that are named: {len(outlets)}."
    assert f"in articles: {len(articles)}, {named}" in said["04-coverage"]


def _read_sentences(path: Path) -> str:
    outputs = [output for cell in _cells(path, "code") for output in cell.outputs]
    return "\n".join("".join(o.get("data", {}).get("text/markdown", "")) for o in outputs)


def test_notebooks_of_no_run_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is not a whole run folder"):
        execute_every_notebook(ROOT / "notebooks", tmp_path, tmp_path / "executed")
