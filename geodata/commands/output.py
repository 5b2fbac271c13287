"""How an answer leaves the command line: as a table to read, CSV, JSON or GeoJSON; to a file whole or not at all."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path

import geopandas as gpd
import pandas as pd

from geodata.errors import UnknownName
from geodata.tables import written_csv

FORMATS = ("table", "csv", "json", "geojson")


def output_options(part: argparse.ArgumentParser) -> None:
    """Adds --format and --output."""
    part.add_argument("--format", choices=FORMATS, default="table", help="how to write the answer (default: table)")
    part.add_argument(
        "--output", type=Path, metavar="FILE", help="write to FILE, whole or not at all, instead of the screen"
    )


def write_answer(asked: argparse.Namespace, table: pd.DataFrame) -> None:
    """Writes the table in the asked format to the asked file, or to the screen.

    GeoJSON needs a geometry column; without one `UnknownName` says which formats there are.
    """
    body = rendered(table, asked.format)
    if asked.output is None:
        sys.stdout.write(body)
    else:
        write_whole(asked.output, body.encode())


def rendered(table: pd.DataFrame, form: str) -> str:
    """The table as text. Blanks for what is not known; hours and km as they are, not rounded, but in the table to read."""
    flat = pd.DataFrame(table.drop(columns="geometry", errors="ignore"))
    match form:
        case "csv":
            return written_csv(flat).decode()
        case "json":
            return json.dumps(_records(flat), ensure_ascii=False, indent=1) + "\n"
        case "geojson":
            if not isinstance(table, gpd.GeoDataFrame):
                raise UnknownName("This answer has no geometry: ask for it as table, csv or json.")
            return _geojson(table)
        case _:
            shown = flat.round(2).to_string(index=False, na_rep="", max_colwidth=48) if len(flat) else "(none)"
            return shown + "\n"


def _records(flat: pd.DataFrame) -> list[dict[str, object]]:
    kept = flat.astype(object).where(flat.notna(), None)
    return [{str(name): value for name, value in row.items()} for row in kept.to_dict("records")]


def _geojson(table: gpd.GeoDataFrame) -> str:
    records = _records(pd.DataFrame(table.drop(columns="geometry")))
    features = [
        {"type": "Feature", "properties": record, "geometry": shape.__geo_interface__}
        for record, shape in zip(records, table.geometry, strict=True)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False) + "\n"


def write_whole(path: Path, body: bytes) -> None:
    """Writes the file by way of a temporary one beside it, so that it is there whole or not at all."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as refusal:
        raise UnknownName(
            f"{path} cannot be written: {refusal.strerror}. Choose a folder that exists and is yours."
        ) from refusal
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except OSError as refusal:
        Path(name).unlink(missing_ok=True)
        raise UnknownName(f"{path} was not written: {refusal.strerror}. Nothing is left of it.") from refusal
