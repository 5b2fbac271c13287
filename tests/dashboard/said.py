"""What a part of the page says and holds, and what the command printed beside a figure answers."""

from __future__ import annotations

import csv
import io
import shlex

import pytest

from geodata.__main__ import main


def words(part: object) -> str:
    """Everything that a part of the page says, one after the other."""
    if isinstance(part, list | tuple):
        return " ".join(words(one) for one in part)
    return str(part) if isinstance(part, str | int) else words(getattr(part, "children", None) or "")


def rows_of(line: str, capsys: pytest.CaptureFixture[str]) -> list[dict[str, str]]:
    """The rows that a printed command line answers as CSV."""
    assert main([*shlex.split(line)[3:], "--format", "csv"]) == 0
    return list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
