"""The embedded default: one CSV per table, built from published facts, with a source in every row."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from geodata.errors import Fault, SchemaFault, UnreadableFile
from geodata.schema import TABLES
from geodata.tables import table_from_csv

FOLDER = Path(__file__).parent


def read_reference(folder: Path = FOLDER) -> dict[str, pd.DataFrame]:
    """Every table of the contract from the CSV of its name in `folder`, typed and checked, references apart.

    Raises `SchemaFault` with the faults of all tables, `UnreadableFile` where a file is missing or not CSV.
    """
    tables: dict[str, pd.DataFrame] = {}
    faults: list[Fault] = []
    for name in TABLES:
        try:
            tables[name] = table_from_csv(name, _read_bytes(folder / f"{name}.csv"))
        except SchemaFault as refusal:
            faults += refusal.faults
    if faults:
        raise SchemaFault(faults)
    return tables


def _read_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as refusal:
        why = f"{path.name} cannot be read: {refusal.strerror}. Each table of the reference needs its file."
        raise UnreadableFile(why) from refusal
