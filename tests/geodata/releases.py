"""Small releases of the Missing Migrants Project in its three forms, made for tests; no incident in them is real."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from geodata.sources.missing_migrants_rows import RELEASES

WEBSITE, LEGACY, SERVICE = RELEASES
SOUND = {
    "id": "2024.MMP0001",
    "region": "Central America",
    "date": "2024-03-17",
    "dead": "2",
    "missing": "1",
    "total": "3",
    "women": "1",
    "men": "1",
    "minors": "",
    "country": "Panama",
    "route": "Darien",
    "point": "8.6612, -77.4521",
}


def incident(**changes: str) -> dict[str, str]:
    """A sound row under our names, with some values changed."""
    return SOUND | changes


def write_csv(path: Path, rows: list[dict[str, str]], names: dict[str, str] = WEBSITE) -> Path:
    """The rows as CSV with a release's header, and free text that may never be kept."""
    body = io.StringIO(newline="")
    writer = csv.writer(body)
    writer.writerow([*names.values(), "Location of Incident"])
    writer.writerows([*(row[name] for name in names), "by the house of SECRET"] for row in rows)
    path.write_text(body.getvalue(), encoding="utf-8", newline="")
    return path


def write_json(path: Path, rows: list[dict[str, str]]) -> Path:
    """The rows as the service gives them."""
    records = [{theirs: row[ours] for ours, theirs in SERVICE.items()} for row in rows]
    path.write_text(json.dumps(records), encoding="utf-8")
    return path
