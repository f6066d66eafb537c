import pandas as pd
import pytest

from press_themes.errors import ConfigurationError
from press_themes.measures.events import COLUMNS, read_events

ARTICLES = pd.DataFrame(
    {
        "article_id": ["a1", "a2", "a3"],
        "path": ["articles/one.md", "page.txt", "page.txt"],
        "position": [0, 1, 0],
        "title": ["One", "Second on the page", "First on the page"],
    }
)


def _write(tmp_path, text):
    path = tmp_path / "events.yml"
    path.write_text(text, encoding="utf-8")
    return path


def test_no_file_means_no_events():
    events = read_events(None, ARTICLES, "en")
    assert events.empty
    assert events.columns.tolist() == COLUMNS


def test_events_come_in_order_with_their_source(tmp_path):
    path = _write(
        tmp_path,
        """
events:
  - {date: 2026-02-04, label: {en: Later, fr: Après}, theme: x, source: ./articles/one.md}
  - {date: "2026-02-03", label: Sooner, source: a2}
""",
    )
    events = read_events(path, ARTICLES, "fr")
    assert events["label"].tolist() == ["Sooner", "Après"]
    assert events["source"].tolist() == ["a2", "a1"]
    assert events["source_title"].tolist() == ["Second on the page", "One"]
    assert events["theme"].isna().tolist() == [True, False]
    assert events["date"].dt.day.tolist() == [3, 4]


def test_a_path_with_several_articles_stands_for_the_first(tmp_path):
    path = _write(tmp_path, "events: [{date: 2026-02-04, label: A, source: page.txt}]")
    assert read_events(path, ARTICLES, "en")["source"].tolist() == ["a3"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("events: [{date: 2026-02-04, label: A, source: articles/on.md}]", "articles/one.md"),
        ("events: [{date: 2026-02-04, label: A, source: zzz}]", "zzz"),
        ("events: [{date: 2026-02-04, label: A, sources: a1}]", "source"),
        ("events: [{date: 2026-02-04, source: a1}]", "label"),
        ("events: [{date: 2026-02-04, label: {en: ''}, source: a1}]", "label"),
        ("events: [{date: 2026-02-31, label: A, source: a1}]", "2026-02-31"),
        ("events: [{date: soon, label: A, source: a1}]", "soon"),
        ("events: {date: 2026-02-04}", "list"),
        ("events: [a]", "mapping"),
        ("event: []", "events"),
        ("events: [{date: 2026-02-04, label: 3, source: a1}]", "text"),
    ],
)
def test_what_is_wrong_is_named_in_one_sentence(tmp_path, text, told):
    with pytest.raises(ConfigurationError) as error:
        read_events(_write(tmp_path, text), ARTICLES, "en")
    assert told in str(error.value)
    assert "\n" not in str(error.value)


def test_a_theme_that_the_codebook_beside_it_does_not_know_is_refused(tmp_path):
    path = _write(tmp_path, "events: [{date: 2026-02-04, label: A, source: a1, theme: tols}]")
    known = pd.DataFrame({"theme": ["tolls"]})
    with pytest.raises(ConfigurationError, match=r"event 1: the theme 'tols' .* mean 'tolls'"):
        read_events(path, ARTICLES, "en", known, tmp_path / "themes.yml")
    # A codebook from elsewhere may know other themes.
    assert read_events(path, ARTICLES, "en", known, tmp_path / "other" / "themes.yml")["theme"][0]
