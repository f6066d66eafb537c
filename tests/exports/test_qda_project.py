import os
import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from run_for_exports import ODD, make_tables, write_run

from press_themes.exports.export_run import export_run
from press_themes.exports.qda_project import write_qda_project
from press_themes.exports.run_tables import RunContent

NAMESPACE = {"q": "urn:QDA-XML:project:1.0"}
GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# Children as the schema of REFI-QDA 1.5 orders them.
ORDER = {
    "Project": ["Users", "CodeBook", "Variables", "Sources", "Description"],
    "TextSource": ["PlainTextSelection", "VariableValue"],
    "PlainTextSelection": ["Description", "Coding"],
    "Code": ["Description", "Code"],
    "VariableValue": ["VariableRef", "TextValue", "DateValue"],
}


def _project(path):
    with zipfile.ZipFile(path) as archive:
        sources = {
            n: archive.read(n).decode("utf-8")
            for n in archive.namelist()
            if n.startswith("Sources/")
        }
        return etree.fromstring(archive.read("project.qde")), sources


def _made(tmp_path, tables=None):
    target = tmp_path / "made.qdpx"
    write_qda_project(RunContent("run", {"title": 'A "run"'}, tables or make_tables()), target)
    return _project(target)


def _all(project, name):
    return project.findall(f".//q:{name}", NAMESPACE)


def test_elements_stand_in_the_order_of_the_schema(tmp_path):
    project, _ = _made(tmp_path)
    for name, order in ORDER.items():
        elements = [project] if name == "Project" else _all(project, name)
        assert elements
        for element in elements:
            places = [order.index(etree.QName(child).localname) for child in element]
            assert places == sorted(places), name


def test_identifiers_are_guids_used_once_and_everything_referred_to_is_there(tmp_path):
    project, _ = _made(tmp_path)
    guids = [element.get("guid") for element in project.iter() if element.get("guid")]
    assert len(guids) == len(set(guids))
    assert all(GUID.fullmatch(guid) for guid in guids)
    for element in project.iter():
        for key in ("targetGUID", "creatingUser", "creatingUserGUID"):
            assert element.get(key) is None or element.get(key) in guids


def test_selections_point_to_the_passage_and_to_the_words_quoted(tmp_path):
    project, sources = _made(tmp_path)
    names = {code.get("guid"): code.get("name") for code in _all(project, "Code")}
    coded = {}
    for source in _all(project, "TextSource"):
        text = sources["Sources/" + source.get("plainTextPath").removeprefix("internal://")]
        for selection in source.findall("q:PlainTextSelection", NAMESPACE):
            words = text[int(selection.get("startPosition")) : int(selection.get("endPosition"))]
            for reference in selection.iter("{*}CodeRef"):
                coded.setdefault(names[reference.get("targetGUID")], []).append(words)
    passages = list(make_tables()["passages"]["text"])
    assert coded["Tolls & fees"] == [passages[0], passages[2]]
    assert coded["@works"] == [passages[0]]
    assert coded["direct"] == ["We are late,"]
    assert len(coded["bridge, toll"]) == 3


def test_codes_keep_their_tree_their_definitions_and_valid_colors(tmp_path):
    project, _ = _made(tmp_path)
    branch = project.find("q:CodeBook/q:Codes/q:Code", NAMESPACE)
    assert (branch.get("name"), branch.get("isCodable")) == ("themes", "false")
    tolls, works = branch.findall("q:Code", NAMESPACE)
    assert tolls.find("q:Description", NAMESPACE).text == "What one pays < what it costs."
    assert (tolls.get("color"), works.get("color")) == ("#0B6E99", None)


def test_outlet_language_and_date_go_along(tmp_path):
    project, _ = _made(tmp_path)
    assert [value.text for value in _all(project, "DateValue")] == ["2026-02-03"]
    assert {value.text for value in _all(project, "TextValue")} == {
        "Gazette",
        "en",
        "Le Littoral",
        "fr",
    }


def test_the_same_run_gives_the_same_bytes(tmp_path):
    _made(tmp_path)
    first = (tmp_path / "made.qdpx").read_bytes()
    shuffled = {name: table.iloc[::-1] for name, table in make_tables().items() if name != "themes"}
    _made(tmp_path, make_tables() | shuffled)
    assert (tmp_path / "made.qdpx").read_bytes() == first


@settings(max_examples=30, deadline=None)
@given(text=st.text(alphabet=st.characters(exclude_categories=[])), title=st.text())
def test_any_text_is_well_formed_and_keeps_its_places(tmp_path_factory, text, title):
    tables = make_tables()
    tables["passages"]["text"] = tables["passages"]["text"].astype(object)
    tables["articles"]["title"] = tables["articles"]["title"].astype(object)
    tables["passages"].loc[0, "text"] = text + ODD
    tables["articles"].loc[0, "title"] = title
    project, sources = _made(tmp_path_factory.mktemp("qda"), tables)
    for source in _all(project, "TextSource"):
        whole = sources["Sources/" + source.get("plainTextPath").removeprefix("internal://")]
        for selection in source.findall("q:PlainTextSelection", NAMESPACE):
            assert (
                0
                <= int(selection.get("startPosition"))
                <= int(selection.get("endPosition"))
                <= len(whole)
            )


def test_a_project_is_valid_by_the_schema_of_refi_qda(tmp_path):
    place = Path(os.environ.get("REFI_QDA_SCHEMA", ""))
    if not place.is_file():
        pytest.skip("REFI_QDA_SCHEMA does not name the schema (Project.xsd, qdasoftware.org)")
    project, _ = _project(export_run(write_run(tmp_path), "qdpx"))
    etree.XMLSchema(etree.parse(str(place))).assertValid(project)
