import pandas as pd
import pytest
from run_for_exports import write_run

from press_themes.errors import ConfigurationError, InputError
from press_themes.exports.export_run import FORMATS, export_run


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("inside", ["tables", "."])
def test_every_format_is_written_from_either_place_of_the_tables(tmp_path, kind, inside):
    made = export_run(write_run(tmp_path, inside=inside), kind)
    assert made.exists()
    assert made.parent == tmp_path
    assert not list(tmp_path.glob(".*.part"))


@pytest.mark.parametrize("kind", FORMATS)
def test_an_export_replaces_the_one_before(tmp_path, kind):
    run = write_run(tmp_path)
    assert export_run(run, kind) == export_run(run, kind)


def test_an_unknown_format_names_the_known_ones(tmp_path):
    with pytest.raises(
        ConfigurationError, match="'docx' is not a format; choose one of xlsx, qdpx"
    ):
        export_run(tmp_path, "docx")


def test_a_folder_that_is_no_run_is_told(tmp_path):
    with pytest.raises(InputError, match="is not a run folder"):
        export_run(tmp_path, "xlsx")
    (tmp_path / "run.json").write_text("{}")
    with pytest.raises(InputError, match="has no table 'articles'"):
        export_run(tmp_path, "xlsx")


def test_a_broken_table_is_told(tmp_path):
    run = write_run(tmp_path)
    (run / "tables" / "passages.parquet").write_bytes(b"PAR1")
    with pytest.raises(InputError, match=r"passages\.parquet: is no readable parquet file"):
        export_run(run, "xlsx")


def test_a_table_without_its_keys_is_told(tmp_path):
    run = write_run(tmp_path)
    path = run / "tables" / "passages.parquet"
    pd.read_parquet(path).drop(columns="article_id").to_parquet(path)
    with pytest.raises(InputError, match="no column 'article_id' in its table 'passages'"):
        export_run(run, "xlsx")


def test_a_folder_with_other_files_is_not_replaced(tmp_path):
    run = write_run(tmp_path)
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "thesis.docx").write_text("years of work")
    with pytest.raises(ConfigurationError, match="holds other files"):
        export_run(run, "csv-excel", mine)
    with pytest.raises(ConfigurationError, match="is a folder"):
        export_run(run, "xlsx", mine)
    assert (mine / "thesis.docx").exists()
