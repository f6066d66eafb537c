import pandas as pd
import pytest
from tables_for_tests import Shape, build_tables

from press_themes.telling.charts.basis import (
    Basis,
    ChartSettings,
    NothingToDrawError,
    require_passages,
    source_line,
    spell_out,
    theme_labels,
    topic_labels,
)
from press_themes.telling.wording import load_wording


def _basis(n_passages=20, labels=None):
    tables = build_tables(Shape(n_passages, 5, n_themes=3))
    if labels:
        tables = tables._replace(themes=tables.themes.assign(label=labels))
    return Basis(tables, load_wording("en"), ChartSettings("Trial corpus"))


@pytest.mark.parametrize(("n_passages", "enough"), [(3, False), (4, True)])
def test_a_chart_needs_four_passages(n_passages, enough):
    if enough:
        require_passages(_basis(n_passages))
    else:
        with pytest.raises(NothingToDrawError, match=f"there are {n_passages} passages"):
            require_passages(_basis(n_passages))


def test_a_label_no_font_can_draw_gives_way_to_the_identifier():
    amulet = "\U0001f9ff\U0001f9ff"
    labels = theme_labels(_basis(labels=[amulet, {"en": "Named", "fr": "Nommé"}, f"AI {amulet}"]))
    assert list(labels.values()) == ["platform_regulation", "Named", "AI \ufffd"]


def test_a_topic_without_a_name_has_its_number():
    basis = _basis()
    topics = basis.tables.topics.assign(label=None)
    labels = topic_labels(basis._replace(tables=basis.tables._replace(topics=topics)))
    assert labels[0] == "topic 0"


def test_the_source_line_names_corpus_size_and_method():
    line = source_line(_basis(), "map")
    assert line.startswith("Source: Trial corpus, 5 articles. Embeddings")


def test_names_are_spelt_out_beside_what_they_identify():
    long = "a \u202ename of a theme that " + "goes on and " * 20
    basis = _basis(labels=[long, "Second", None])
    whole = " ".join(long.replace("\u202e", "").split())
    frame = pd.DataFrame(
        {
            "theme": ["platform_regulation", "child_safety", ""],
            "label": ["a name…", "child_safety", "no theme"],
            "first": ["platform_regulation"] * 3,
            "first_label": ["a name…"] * 3,
        }
    )
    spelt = spell_out(frame, basis)
    assert spelt["label"].tolist() == [whole, "child_safety", "no theme"]
    assert set(spelt["first_label"]) == {whole}
    mixed = pd.DataFrame(
        {"kind": ["theme", "topic"], "name": ["platform_regulation", "0"], "label": ["x…", "y…"]}
    )
    topic = basis.words.pick(basis.tables.topics.set_index("topic").loc[0, "label"])
    assert spell_out(mixed, basis)["label"].tolist() == [whole, topic]
