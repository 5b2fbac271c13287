"""`indicators`: per country and period what the data answers, what was entered beside it, and the way to enter more."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import pandas as pd

from geodata.commands.asking import read_store
from geodata.commands.output import rendered, write_whole
from geodata.corridor import Corridor
from geodata.errors import UnknownName
from geodata.indicators import (
    TEMPLATE_COLUMNS,
    Period,
    enter,
    indicator_values,
)
from geodata.schema import INDICATOR_MODULES
from geodata.sheets import workbook
from geodata.snapshot import Snapshot
from geodata.sources import read_records

FORMATS = ("table", "csv", "json", "xlsx")
SHORT = ["indicator_id", "country_iso3", "basis", "low", "typical", "high", "unit", "rows", "left_out", "text"]


def options(part: argparse.ArgumentParser) -> None:
    """The period, --country, --module, --format, --output; --template; --enter FILE, --dry-run."""
    what = part.add_mutually_exclusive_group(required=True)
    what.add_argument("--as-of", metavar="YYYY-MM", help="a month: what stands is told for its end")
    what.add_argument("--period", metavar="YYYY", help="a year, or a month")
    what.add_argument("--template", action="store_true", help="the columns of a file to enter, as CSV")
    what.add_argument("--enter", type=Path, metavar="FILE", help="enter the rows of a CSV or XLSX file, all or none")
    part.add_argument("--country", action="append", default=[], metavar="ISO3", help="only this one; may be repeated")
    part.add_argument("--module", choices=INDICATOR_MODULES, default="", help="only the indicators of one module")
    part.add_argument("--dry-run", action="store_true", help="with --enter: say what would happen and change nothing")
    part.add_argument("--format", choices=FORMATS, default="table", help="how to write the answer (default: table)")
    part.add_argument("--output", type=Path, metavar="FILE", help="write to FILE, whole or not at all")


def run(asked: argparse.Namespace) -> int:
    """The values, the template, or what became of the entries."""
    if asked.template:
        _write(asked, ",".join(TEMPLATE_COLUMNS) + "\n")
    elif asked.enter is not None:
        _write(asked, entered(asked))
    else:
        _write(asked, answered(asked))
    return 0


def entered(asked: argparse.Namespace) -> str:
    """What became of the rows of a file. Raises what refused them; then nothing has changed."""
    records = read_records(asked.enter)
    rows = {str(line): {str(name): str(cell) for name, cell in row.items()} for line, row in records.table.iterrows()}
    table = enter(read_store(), rows, records.file, dry_run=asked.dry_run)
    if asked.format == "json":
        return rendered(table, "json")
    last = "This was a dry run: nothing has changed." if asked.dry_run else "They count from now on."
    return f"{len(table)} entries read and sound. {last}\n" if len(table) else "No entries in the file.\n"


def answered(asked: argparse.Namespace) -> str | bytes:
    """The values in the asked format: text, or the bytes of a spreadsheet."""
    snapshot = read_store().read_snapshot()
    period = Period.parse(asked.period or asked.as_of)
    values = indicator_values(Corridor.of(snapshot), period, asked.country, module=asked.module)
    if asked.format == "xlsx":
        return workbook(sheets(values, snapshot))
    return rendered(values[SHORT] if asked.format == "table" else values, asked.format)


def sheets(values: pd.DataFrame, snapshot: Snapshot) -> dict[str, pd.DataFrame]:
    """The sheets of a spreadsheet of values: they, the indicators' own rows, and the sources and caveats that they name."""
    indicators = snapshot.table("indicators").sort_values(["rank", "id"], ignore_index=True)
    shown = indicators[indicators["id"].isin(values["indicator_id"])]
    return {
        "values": values,
        "definitions": shown,
        "sources": _named(snapshot.table("sources"), values["source_ids"]),
        "caveats": _named(snapshot.table("caveats"), values["caveat"]),
    }


def _named(table: pd.DataFrame, cells: pd.Series[str]) -> pd.DataFrame:
    return table[table["id"].isin({part for cell in cells for part in cell.split(";")})]


def _write(asked: argparse.Namespace, body: str | bytes) -> None:
    if asked.output is not None:
        write_whole(asked.output, body if isinstance(body, bytes) else body.encode())
    elif isinstance(body, bytes):
        raise UnknownName("A spreadsheet does not go to the screen: name a file with --output FILE.")
    else:
        sys.stdout.write(body)
