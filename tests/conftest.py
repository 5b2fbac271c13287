"""What all tests share: the corpora, read where AMPARO_CORPUS names their folder."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("amparo", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("amparo")

CORPUS = "AMPARO_CORPUS"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves out the tests that read the corpora where no folder is named."""
    if os.environ.get(CORPUS):
        return
    left_out = [item for item in items if item.get_closest_marker("corpus")]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if not item.get_closest_marker("corpus")]


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of the corpora; a test that asks for it is marked `corpus`, and fails where files are missing."""
    folder = Path(os.environ[CORPUS])
    missing = [name for name in ("data", "badinputs") if not (folder / name).is_dir()]
    if missing:
        pytest.fail(f"{CORPUS}={folder} has no {' and no '.join(missing)}.")
    return folder


@pytest.fixture
def own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The settings name a folder of this test alone."""
    monkeypatch.setenv("AMPARO_VAR", str(tmp_path / "var"))
    monkeypatch.delenv("AMPARO_STORE", raising=False)
