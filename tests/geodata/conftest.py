"""A store of its own for what runs the command line."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The settings name a folder of this test alone."""
    monkeypatch.setenv("AMPARO_VAR", str(tmp_path / "var"))
    monkeypatch.delenv("AMPARO_STORE", raising=False)
