"""Each question of the page as a record."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from geodata.coverage.question import Question
from geodata.units import Hours

if TYPE_CHECKING:
    from dashboard.state import ViewState

FILE = Path(__file__).with_name("questions.csv")


@dataclass(frozen=True)
class Record:
    """One question: what it asks for ("" and 0 leave it to the reader), the controls and the tables that belong to it.

    `controls`, any of: capability, window, status, whom, since, layers; date, direction and route belong to all.
    The first of `tables` is shown where none is chosen.
    """

    id: str
    method: str
    capability: str
    window_hours: int
    controls: tuple[str, ...]
    tables: tuple[str, ...]


def read_records(path: Path = FILE) -> tuple[Record, ...]:
    """The questions in the order in which the first screen lists them."""
    with path.open(encoding="utf-8", newline="") as lines:
        return tuple(_record(row) for row in csv.DictReader(lines))


def _record(row: dict[str, str]) -> Record:
    return Record(
        id=row["id"],
        method=row["method"],
        capability=row["capability"],
        window_hours=int(row["window_hours"] or 0),
        controls=tuple(row["controls"].split(";")),
        tables=tuple(row["tables"].split(";")),
    )


def question_of(state: ViewState, record: Record) -> Question:
    """What the model is asked for a view: what the record fixes, and for the rest what the reader chose.

    A control that has no part in the question has no effect on it.
    """
    return Question(
        capability=record.capability or state.capability,
        direction=state.direction,
        as_of=state.as_of,
        window_hours=Hours(float(state.window_hours if "window" in record.controls else record.window_hours)),
        status=state.status if "status" in record.controls else "listed",
        route=state.route or None,
        whom=state.whom if "whom" in record.controls else "",
    )
