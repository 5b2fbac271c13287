"""A corridor of a store of its own, for what runs the command line again and again."""

from __future__ import annotations

import pytest

from geodata.commands.asking import read_corridor
from geodata.corridor import Corridor


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Corridor:
    """The corridor of a new store, read once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AMPARO_VAR", str(tmp_path_factory.mktemp("var")))
        patch.delenv("AMPARO_STORE", raising=False)
        return read_corridor()
