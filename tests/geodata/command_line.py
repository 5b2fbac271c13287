"""The command line, run in the same process, and its CSV read back."""

from __future__ import annotations

import csv
import io

import pytest

from geodata.__main__ import main


def answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What a command that must succeed prints."""
    assert main(arguments) == 0
    return capsys.readouterr().out


def rows(text: str) -> list[dict[str, str]]:
    """The rows of a CSV answer."""
    return list(csv.DictReader(io.StringIO(text)))
