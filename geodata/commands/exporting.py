"""`export`: a whole table as it is at rest, without what would give a guarded place away."""

from __future__ import annotations

import argparse

from geodata.commands.asking import read_store
from geodata.commands.output import output_options, write_answer
from geodata.protection import without_whereabouts
from geodata.schema import TABLES


def options(part: argparse.ArgumentParser) -> None:
    """TABLE, --format, --output."""
    part.add_argument("table", choices=sorted(TABLES), metavar="TABLE", help=f"one of {', '.join(sorted(TABLES))}")
    output_options(part)


def run(asked: argparse.Namespace) -> int:
    """The table with the columns of its contract. CSV unless another format is asked for."""
    table = read_store().read_snapshot().table(asked.table)
    guarded = without_whereabouts(table) if "confidentiality" in table.columns else table
    if asked.format == "table":
        asked.format = "csv"
    write_answer(asked, guarded)
    return 0
