"""A reference of a few rows, for tests of the store."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from geodata.schema import TABLES
from geodata.tables import canonical_csv, table_from_text

ROWS: dict[str, list[dict[str, str]]] = {
    "sources": [{"id": "s", "publisher": "A publisher", "can_show": "place;hours"}],
    "caveats": [{"id": "hours_derived", "meaning": "Worked out."}],
    "places": [
        {"id": "a", "name": "A", "lat": "8.1", "lon": "-77.1"},
        {"id": "b", "name": "B", "lat": "8.2", "lon": "-77.2", "caveat": "hours_derived"},
    ],
    "legs": [
        {"id": "a-b", "from_place": "a", "to_place": "b", "hours_low": "1", "hours_typical": "2", "hours_high": "3"}
    ],
    "stretches": [
        {"id": "darien", "name": "D", "name_en": "D", "name_pt": "D", "name_fr": "D", "legs": "a-b"},
    ],
    "stays": [{"place_id": "a", "direction": "northbound", "role": "case", "confidence": "low"}],
    "flows": [
        {"period": "2024-03", "crossing": "darien", "direction": "northbound", "total": "36841", "women": "9000"}
    ],
}
COMMON = {
    "places": {"country_iso3": "PAN", "admin1": "Darién", "kind": "town", "precision": "exact"},
    "legs": {"mode": "boat", "direction": "both", "basis": "published", "confidence": "high"},
}


def small_reference(**more: list[dict[str, str]]) -> dict[str, pd.DataFrame]:
    """Every table of the contract, most of them empty; `more` adds rows to the tables it names."""
    return {name: _table(name, [*ROWS.get(name, []), *more.get(name, [])]) for name in TABLES}


def _table(name: str, rows: list[dict[str, str]]) -> pd.DataFrame:
    columns = TABLES[name].column_names
    source = {"source_id": "s"} if "source_id" in columns else {}
    full = [{**dict.fromkeys(columns, ""), **COMMON.get(name, {}), **source, **row} for row in rows]
    return table_from_text(name, pd.DataFrame(full, columns=columns, dtype="str"))


def write_reference(folder: Path, tables: dict[str, pd.DataFrame]) -> None:
    """The tables as the CSV files of a reference folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        (folder / f"{name}.csv").write_bytes(canonical_csv(table))
