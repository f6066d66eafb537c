"""What all tests share: paths, a cache of their own, and where the seed corpus lies."""

from __future__ import annotations

from pathlib import Path

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
