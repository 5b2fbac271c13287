"""`import`: a release of another organisation into the store, whole or not at all, with every row accounted for."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from geodata.commands.asking import read_store
from geodata.schema import TABLES
from geodata.store.imports import ImportReport, import_file


def options(part: argparse.ArgumentParser) -> None:
    """FILE, --as, --source, --dry-run, --format."""
    part.add_argument("file", type=Path, metavar="FILE", help="the release as it was published")
    part.add_argument(
        "--as",
        dest="as_table",
        required=True,
        choices=sorted(TABLES),
        metavar="TABLE",
        help="the table that it belongs to",
    )
    part.add_argument("--source", required=True, metavar="NAME", help="the id of its source, for instance iom_mmp")
    part.add_argument("--dry-run", action="store_true", help="say what would happen and change nothing")
    part.add_argument(
        "--format", choices=("table", "json"), default="table", help="how to write the report (default: table)"
    )


def run(asked: argparse.Namespace) -> int:
    """Imports, and says what became of every row."""
    progress = _Progress(asked.file.name)
    report = import_file(
        read_store(), asked.file, asked.as_table, asked.source, dry_run=asked.dry_run, progress=progress.tell
    )
    progress.end()
    print(json.dumps(counts(report), ensure_ascii=False, indent=1) if asked.format == "json" else told(report))
    return 0


def counts(report: ImportReport) -> dict[str, object]:
    """The report as values: rows read, kept, held and refused (they add up), reasons, and what changed in the table."""
    reading, changes = report.reading, report.changes
    return {
        "reader": report.reader,
        "table": report.as_table,
        "source": report.source,
        "rows_read": reading.rows_read,
        "rows_kept": reading.rows_kept,
        "rows_held": reading.rows_held,
        "rows_refused": reading.rows_refused,
        "reasons": reading.reasons().to_dict("records"),
        "added": len(changes.added),
        "changed": len(changes.changed),
        "unchanged": changes.unchanged,
        "not_given": changes.not_given,
        "repeated": report.repeated,
        "written": report.written,
    }


def told(report: ImportReport) -> str:
    """The report to read."""
    found = counts(report)
    read = f"{found['rows_read']} rows read as {report.reader}"
    lines = [
        f"{read}: {found['rows_kept']} kept, {found['rows_held']} held for a person, {found['rows_refused']} refused."
    ]
    lines += [
        "  " + ", ".join(f"{name}: {value}" for name, value in row.items())
        for row in report.reading.reasons().to_dict("records")
    ]
    lines.append(
        f"{report.as_table}: {found['added']} added, {found['changed']} changed, {found['unchanged']} unchanged."
    )
    if report.repeated:
        lines.append("This file was imported before: nothing has changed.")
    elif not report.written:
        lines.append("This was a dry run: nothing has changed.")
    return "\n".join(lines)


class _Progress:
    """A line on a terminal that says how far the work is; silent elsewhere."""

    def __init__(self, name: str) -> None:
        self._name, self._shown = name, sys.stderr.isatty()

    def tell(self, done: int, rows: int) -> None:
        """Shows how many of the rows are done."""
        if self._shown:
            print(f"\r{self._name}: {done} of {rows} rows", end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        """Goes on to the next line."""
        if self._shown:
            print(file=sys.stderr)
