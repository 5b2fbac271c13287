"""A scenario as a small file that a planner keeps in a spreadsheet: a row per change, read strictly, written back alike."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

import pandas as pd

from geodata.corridor import Corridor
from geodata.errors import Fault, SchemaFault, UnknownName, UnreadableFile
from geodata.planning.pins import place_at
from geodata.planning.planned import check_planned
from geodata.planning.scenario import CHANGES, OF_SERVICES, WEEKDAYS, Change, Scenario, Visit, visit
from geodata.tables import csv_lines, runs_as_formula, written_csv
from geodata.units import Month

#: scenario: the name of all together; note: for the reader of the file, not kept.
COLUMNS = (
    "scenario",
    "change",
    "place",
    "lat",
    "lon",
    "service",
    "capabilities",
    "since",
    "until",
    "timetable",
    "cost",
    "note",
)
MAX_BYTES = 100_000
LONGEST_NAME = 60
_TABLE = "scenario"
_NUMBER = re.compile(r"-?\d{1,3}(\.\d{1,8})?", re.ASCII)
_COST = re.compile(r"\d{1,12}(\.\d{1,2})?", re.ASCII)
_DAY = rf"(?:{'|'.join(WEEKDAYS)})"
_SPAN = rf"{_DAY}(?:-{_DAY})?"
_ENTRY = re.compile(
    rf"(?:(?P<place>(?!{_DAY}[ -])[\w.-]+) +)?(?P<days>{_SPAN}(?: +{_SPAN})*) +(?P<hours>\d{{1,2}}-\d{{1,2}})",
    re.ASCII | re.IGNORECASE,
)
Row = Mapping[str, str]
Value = TypeVar("Value")


def read_scenario(path: Path, corridor: Corridor) -> Scenario:
    """The scenario that a file holds: see `scenario_of`. Raises `UnreadableFile` also where it cannot be opened."""
    try:
        with path.open("rb") as file:
            body = file.read(MAX_BYTES + 1)
    except OSError as refusal:
        raise UnreadableFile(f"{path} cannot be read: {refusal.strerror}. Check the name and the rights.") from refusal
    return scenario_of(body, corridor, path.name)


def scenario_of(body: bytes, corridor: Corridor, file: str) -> Scenario:
    """The scenario written in a CSV file (UTF-8, by commas or semicolons), its changes in the order of the rows.

    A place is given by its id, by its name in any language, or as a point (lat, lon) within 5 km of it. A timetable is
    written `mon wed 8-16; sat 9-12`, with the place before the days (`canaan fri 8-12`) where the team comes to several.
    All or nothing: raises `SchemaFault` with every fault, or `UnreadableFile` where it is no such file.
    """
    if len(body) > MAX_BYTES:
        raise UnreadableFile(f"{file} is larger than {MAX_BYTES // 1000} kB: a scenario is a row per change.")
    rows = _rows(body, file)
    reader = _Reader(corridor)
    changes = [reader.change(number, row) for number, row in rows.items()]
    name = reader.name(rows)
    if not rows and not reader.faults:
        reader.faults.append(Fault(_TABLE, "2", "change", "", "is missing; write a row for each change"))
    if reader.faults:
        raise SchemaFault(sorted(reader.faults, key=lambda fault: int(fault.row)))
    return Scenario(name, tuple(change for change in changes if change is not None))


def written_scenario(scenario: Scenario) -> bytes:
    """The scenario as such a file; `scenario_of` reads it back. Text that a spreadsheet would run is marked as text."""
    return written_csv(
        pd.DataFrame([_written(scenario.name, change) for change in scenario.changes], columns=list(COLUMNS))
    )


def _written(name: str, change: Change) -> dict[str, str]:
    places = dict.fromkeys(one.place for one in change.visits)
    one_place = next(iter(places)) if len(places) == 1 else ""
    entries = (
        " ".join([*([] if one_place else [one.place]), *one.days, f"{one.from_hour}-{one.to_hour}"])
        for one in change.visits
    )
    of_service = change.kind in OF_SERVICES
    return dict.fromkeys(COLUMNS, "") | {
        "scenario": name,
        "change": change.kind,
        "place": "" if of_service else change.target or one_place,
        "service": change.target if of_service else "",
        "capabilities": ";".join(change.capabilities),
        "since": str(change.since or ""),
        "until": str(change.until or ""),
        "timetable": "; ".join(entries),
        "cost": "" if change.cost is None else f"{change.cost:.2f}".rstrip("0").rstrip("."),
    }


def _rows(body: bytes, file: str) -> dict[int, Row]:
    """The rows in which something stands, by the number of their line; raises `SchemaFault` where the header is not ours."""
    first = body.split(b"\n", 1)[0]
    header, *lines = csv_lines(body, file, ";" if first.count(b";") > first.count(b",") else ",")
    names = [name.strip().lower() for name in header]
    faults = [
        Fault(_TABLE, "1", name, "", f"is no column of a scenario; its columns are: {', '.join(COLUMNS)}")
        for name in names
        if name not in COLUMNS
    ]
    faults += [
        Fault(_TABLE, "1", name, "", "is there twice; keep one of them")
        for name in dict.fromkeys(names)
        if names.count(name) > 1
    ]
    if "change" not in names:
        faults.append(Fault(_TABLE, "1", "change", "", f"is missing; it holds one of {', '.join(CHANGES)}"))
    faults += [
        Fault(_TABLE, str(number), "", "", f"has {len(line)} cells where the header has {len(names)}; check its quotes")
        for number, line in enumerate(lines, start=2)
        if len(line) != len(names) and any(cell.strip() for cell in line)
    ]
    if faults:
        raise SchemaFault(faults)
    cells = {number: [_unmarked(cell) for cell in line] for number, line in enumerate(lines, start=2)}
    blank = dict.fromkeys(COLUMNS, "")
    return {number: blank | dict(zip(names, line, strict=True)) for number, line in cells.items() if any(line)}


def _unmarked(cell: str) -> str:
    """The cell without the apostrophe by which text is kept from running as a formula."""
    text = cell.strip()
    return text[1:] if text.startswith("'") and runs_as_formula(text[1:]) else text


class _Reader:
    """Reads rows into changes and keeps every fault that it meets."""

    def __init__(self, corridor: Corridor) -> None:
        self.corridor = corridor
        self.faults: list[Fault] = []
        self.places = _places_by_name(corridor)

    def name(self, rows: Mapping[int, Row]) -> str:
        """The scenario's name: the same in every row that has one."""
        named = {number: " ".join(row["scenario"].split()) for number, row in rows.items() if row["scenario"]}
        name = next(iter(named.values()), "")
        for number, other in named.items():
            if other != name:
                self._fault(
                    number, "scenario", other, f"is another scenario than {name!r}; keep each in a file of its own"
                )
        if len(name) > LONGEST_NAME or not name.isprintable():
            self._fault(next(iter(named)), "scenario", name[:LONGEST_NAME], f"write at most {LONGEST_NAME} letters")
        return name

    def change(self, number: int, row: Row) -> Change | None:
        """The change of a row; None where it has a fault."""
        before = len(self.faults)
        kind = row["change"].lower()
        if kind not in CHANGES:
            self._fault(number, "change", row["change"], f"write one of {', '.join(CHANGES)}")
            return None
        self._check_blank(number, row, kind)
        target = row["service"] if kind in OF_SERVICES else self._place(number, row)
        if kind in OF_SERVICES and target not in self.corridor.services.index:
            self._fault(number, "service", target, "is the id of no public service; see `export services`")
        parts = {
            "since": self._read(number, "since", row["since"], _month),
            "until": self._read(number, "until", row["until"], _month),
            "cost": self._read(number, "cost", row["cost"], _cost),
        }
        visits = tuple(self._visits(number, row, target)) if kind == "mobile" else ()
        capabilities = tuple(dict.fromkeys(word.strip() for word in row["capabilities"].split(";") if word.strip()))
        for word in capabilities:
            if word not in self.corridor.capabilities.index:
                self._fault(number, "capabilities", word, f"write one of {', '.join(self.corridor.capabilities.index)}")
        if len(self.faults) > before:
            return None
        try:
            made = Change(kind, "" if visits else target, capabilities, visits=visits, **parts)  # type: ignore[arg-type]
            check_planned(self.corridor, made)
        except UnknownName as refusal:
            self._fault(number, "", "", str(refusal))
            return None
        return made

    def _check_blank(self, number: int, row: Row, kind: str) -> None:
        of_service = kind in OF_SERVICES
        idle = ("place", "lat", "lon", "timetable") if of_service else ("service",) + ("timetable",) * (kind == "open")
        for column in idle:
            if row[column]:
                self._fault(number, column, row[column], f"leave it blank; a change {kind!r} does not read it")

    def _place(self, number: int, row: Row) -> str:
        """The id of the place that a row gives, "" where it gives none (its timetable may) or a faulty one."""
        lat, lon = row["lat"], row["lon"]
        if row["place"]:
            if lat or lon:
                self._fault(number, "place", row["place"], "give the place or the point, not both")
            return self._named_place(number, "place", row["place"])
        if not lat and not lon:
            if row["change"].lower() == "open":
                self._fault(number, "place", "", "write the place, or its lat and lon")
            return ""
        for column, text in (("lat", lat), ("lon", lon)):
            if not _NUMBER.fullmatch(text):
                self._fault(number, column, text, "write degrees with a decimal point, for instance 8.17")
                return ""
        try:
            return place_at(self.corridor, float(lat), float(lon))
        except UnknownName as refusal:
            self._fault(number, "lat", lat, str(refusal))
            return ""

    def _named_place(self, number: int, column: str, text: str) -> str:
        found = self.places.get(text.casefold(), ())
        if text in self.corridor.places.index:
            return text
        if len(found) == 1:
            return found[0]
        why = f"means several places: write one of {', '.join(found)}" if found else "is no place; see `export places`"
        self._fault(number, column, text, why)
        return ""

    def _visits(self, number: int, row: Row, own: str) -> Iterator[Visit]:
        entries = [" ".join(entry.split()) for entry in row["timetable"].split(";") if entry.strip()]
        if not entries:
            self._fault(number, "timetable", "", "write when the team comes, for instance mon wed 8-16; sat 9-12")
        for entry in entries:
            match = _ENTRY.fullmatch(entry)
            if not match:
                self._fault(number, "timetable", entry, "write days and full hours, for instance mon wed 8-16")
                continue
            place = self._named_place(number, "timetable", match["place"]) if match["place"] else own
            if not place and not match["place"] and not row["place"]:
                self._fault(number, "timetable", entry, "write the place before the days, or in the column place")
            elif place:
                made = self._read(
                    number, "timetable", f"{place}@{_days(match['days'].lower())}@{match['hours']}", visit
                )
                yield from [made] if made else []

    def _read(self, number: int, column: str, text: str, read: Callable[[str], Value]) -> Value | None:
        if not text:
            return None
        try:
            return read(text)
        except UnknownName as refusal:
            self._fault(number, column, text, str(refusal))
            return None

    def _fault(self, number: int, column: str, value: str, remedy: str) -> None:
        self.faults.append(Fault(_TABLE, str(number), column, value, remedy))


def _month(text: str) -> Month:
    return Month.parse(text)


def _cost(text: str) -> float:
    if not _COST.fullmatch(text):
        raise UnknownName("write a number without separators of thousands, for instance 50000 or 1200.50")
    return float(text)


def _days(text: str) -> str:
    """Days and spans of days (`mon-fri sun`) as days joined by full stops."""
    days: list[str] = []
    for part in text.split():
        first, _, last = part.partition("-")
        start, end = WEEKDAYS.index(first), WEEKDAYS.index(last or first)
        days += [WEEKDAYS[at % len(WEEKDAYS)] for at in range(start, end + 1 + len(WEEKDAYS) * (end < start))]
    return ".".join(days)


def _places_by_name(corridor: Corridor) -> dict[str, tuple[str, ...]]:
    """The ids of the places by each of their names, whatever the case."""
    found: dict[str, tuple[str, ...]] = {}
    for column in ("name", "name_es", "name_en", "name_pt", "name_fr"):
        for place, name in corridor.places[column].items():
            ids = found.get(name.casefold(), ())
            if name and place not in ids:
                found[name.casefold()] = (*ids, str(place))
    return found
