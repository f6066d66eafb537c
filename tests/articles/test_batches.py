import json
from datetime import date

import pandas as pd
import pyarrow.parquet as pq
import pytest

from press_themes.articles import batches as module
from press_themes.articles.batches import read_in_batches
from press_themes.articles.read import ReadSettings, read_articles
from press_themes.errors import InputError
from press_themes.runs.reading_folder import write_reading
from press_themes.stories.families import link_families

FIXED = ReadSettings(latest_date=date(2026, 3, 1))


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "corpus"
    folder.mkdir()
    body = "The council approved tram line {} on Sunday night, after {} hours of a long debate."
    lines = [
        json.dumps({"title": f"=Line {n}", "text": " ".join([body.format(n, n + 2)] * 4)})
        for n in range(60)
    ]
    (folder / "a.jsonl").write_text("\n".join([*lines, lines[7], "{broken", ""]), "utf-8")
    (folder / "b.txt").write_text("")
    return folder


def test_batches_hold_what_one_table_holds(corpus, monkeypatch):
    whole = read_articles(corpus, FIXED, link_families)
    monkeypatch.setattr(module, "_BATCH_CHARACTERS", 2_000)
    with read_in_batches(corpus, FIXED, link_families) as batches:
        tables = list(batches.articles())
        skipped = pd.concat(batches.skipped())
    assert len(tables) > 5
    assert max(table["n_chars"].sum() for table in tables) < 2_000 + 400
    pd.testing.assert_frame_equal(pd.concat(tables, ignore_index=True), whole.articles)
    assert skipped["path"].tolist() == ["a.jsonl", "b.txt"]


def test_written_in_row_groups_and_renamed_when_whole(corpus, tmp_path, monkeypatch):
    monkeypatch.setattr(module, "_BATCH_CHARACTERS", 2_000)
    whole = read_articles(corpus, FIXED, link_families)
    out = tmp_path / "out"
    out.mkdir()
    with read_in_batches(corpus, FIXED, link_families) as batches:
        write_reading(out, batches)
        told = batches.describe()
    assert {path.name for path in out.iterdir()} == {
        "articles.parquet",
        "skipped.csv",
        "discarded.csv",
    }
    written = pq.ParquetFile(out / "articles.parquet")
    assert written.num_row_groups > 5
    assert (
        written.read().to_pandas()["article_id"].tolist() == whole.articles["article_id"].tolist()
    )
    assert len(pd.read_csv(out / "skipped.csv")) == 2
    assert told.startswith("articles 61 (distinct stories 60) from files 1; dated 0, truncated 0.")
    assert "format: json 61" in told
    assert "outlet: not stated 61" in told


def test_a_fault_while_writing_leaves_what_was_there(corpus, tmp_path, monkeypatch):
    (tmp_path / "skipped.csv").write_text("former")

    def breaks(self):
        raise OSError("disk full")
        yield

    monkeypatch.setattr(module.Batches, "discarded", breaks)
    with (
        read_in_batches(corpus, FIXED, link_families) as batches,
        pytest.raises(OSError, match="disk full"),
    ):
        write_reading(tmp_path, batches)
    assert {path.name for path in tmp_path.iterdir()} == {"corpus", "skipped.csv"}
    assert (tmp_path / "skipped.csv").read_text() == "former"


def test_bodies_are_read_one_at_a_time(corpus, monkeypatch):
    asked = []
    value = module.RowStore.value

    def counted(self, table, column, row):
        asked.append(row)
        return value(self, table, column, row)

    monkeypatch.setattr(module.RowStore, "value", counted)
    monkeypatch.setattr(module.RowStore, "rows", None)
    with read_in_batches(corpus, FIXED, link_families):
        pass
    # Each once, and the copy with its original again.
    assert len(set(asked)) == 61
    assert len(asked) < 61 * 3


def test_nothing_usable(tmp_path):
    with pytest.raises(InputError, match="holds no files"), read_in_batches(tmp_path):
        pass


def test_names_of_files_in_no_encoding_are_told_as_far_as_they_go(tmp_path):
    body = "The council approved the tram line on Sunday night, after hours of a long debate."
    with open(bytes(tmp_path) + b"/caf\xe9.txt", "w") as file:
        file.write(f"A town votes for trams\n\n{body}")
    reading = read_articles(tmp_path, FIXED)
    assert reading.articles["path"].tolist() == ["caf?.txt"]
