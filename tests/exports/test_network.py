import networkx
from run_for_exports import ODD, make_tables, write_run

from press_themes.exports.export_run import export_run
from press_themes.exports.network import write_network
from press_themes.exports.run_tables import RunContent


def _graph(tmp_path, tables):
    write_network(RunContent("a & b", {}, tables), tmp_path / "made.gexf")
    return networkx.read_gexf(tmp_path / "made.gexf", version="1.3")


def test_networkx_reads_names_and_themes_with_what_occurs_together(tmp_path):
    graph = networkx.read_gexf(export_run(write_run(tmp_path), "gexf"), version="1.3")
    assert graph.nodes["name:n1"] == {"label": "Anna Bell", "kind": "person", "count": 2}
    assert graph.nodes["name:n2"]["label"] == '"Tide" & Co'
    assert graph.edges["name:n1", "name:n2"]["weight"] == 1
    assert graph.edges["theme:tolls", "theme:works"]["weight"] == 1
    assert graph.edges["theme:tolls", "theme:works"]["kind"] == "themes"


def test_names_are_joined_by_stories_so_that_a_translation_counts_once(tmp_path):
    tables = make_tables()
    tables["name_mentions"].loc[3] = ["n2", "p4", "a2", 0, 3, "Fin", "fr"]
    assert _graph(tmp_path, tables).edges["name:n1", "name:n2"]["weight"] == 1
    tables["articles"]["story_id"] = ["s1", "s2"]
    assert _graph(tmp_path, tables).edges["name:n1", "name:n2"]["weight"] == 2


def test_a_run_without_names_has_a_network_of_themes(tmp_path):
    tables = {k: v for k, v in make_tables().items() if not k.startswith("name")}
    assert set(_graph(tmp_path, tables)) == {"theme:tolls", "theme:works"}


def test_labels_that_xml_cannot_hold_are_replaced(tmp_path):
    tables = make_tables()
    tables["names"]["name"] = tables["names"]["name"].astype(object)
    tables["names"].loc[0, "name"] = ODD
    label = _graph(tmp_path, tables).nodes["name:n1"]["label"]
    assert label == ODD.replace("\x07", "\ufffd").replace("\ud800", "\ufffd")
