"""`check`: proof that the tables at rest are sound."""

from __future__ import annotations

import argparse

from geodata.commands.asking import read_store
from geodata.corridor.checks import check_corridor
from geodata.reference import read_reference
from geodata.reference.boundaries import read_boundaries
from geodata.tables import check_references


def options(part: argparse.ArgumentParser) -> None:
    """--reference."""
    part.add_argument("--reference", action="store_true", help="check the embedded reference instead of the store")


def run(asked: argparse.Namespace) -> int:
    """Says what was proved; a fault is refused with table, row, column, value and remedy."""
    if asked.reference:
        tables = read_reference()
    else:
        snapshot = read_store().read_snapshot()
        tables = {name: snapshot.table(name) for name in snapshot.tables}
    check_references(tables)
    check_corridor(tables, read_boundaries())
    counted = ", ".join(f"{len(table)} {name}" for name, table in sorted(tables.items()))
    print(f"Sound: {counted}. Types, ranges, words, dates, ids and references hold; points lie in their countries;")
    print("routes are connected; neither direction has a circle but for lateral legs.")
    return 0
