"""A location problem out of a JSON file: weights, and distances or coverage, read strictly."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from geodata.errors import Fault, SchemaFault, UnreadableFile

KEYS = ("weights", "distances", "coverage", "fixed", "excluded", "costs", "facilities")
#: How many faults are told one by one.
TOLD = 20
_FORM = '{"weights": [...], "distances": [[...], ...]} or {"weights": [...], "coverage": [[facility, ...], ...]}'
#: What a number of the file may be at most: beyond, sums are no longer numbers.
_LARGEST = 1e100

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class InstanceFile:
    """What the file says, facilities and demand points by position from 0.

    Either `distances` (demand × facility, infinite where the file says null) or `coverage` (demand × facility, an entry
    where the facility covers the demand) is there. `costs` is None where none are given.
    """

    weights: Floats
    distances: Floats | None
    coverage: csr_array | None
    fixed: tuple[int, ...]
    excluded: tuple[int, ...]
    costs: Floats | None


def read_instance(path: Path) -> InstanceFile:
    """The problem in a file.

    Raises `UnreadableFile` where it is no JSON of that form, `SchemaFault` with the key, the row (a demand point, from
    0), the value and the remedy of everything else that is wrong.
    """
    told = _object(path)
    form = _form(told, path.name)
    faults = _Faults(path.name)
    weights = faults.numbers(told["weights"], "weights", blank=False)
    rows = faults.rows(told[form], form, len(weights))
    if form == "distances":
        lines = [faults.numbers(row, form, blank=True, row=at) for at, row in enumerate(rows)]
        facilities = faults.width(told, lines)
        faults.stop()
        return _with(told, faults, weights, facilities, np.array(lines).reshape(len(lines), facilities), None)
    found = [faults.positions(row, form, None, row=at) for at, row in enumerate(rows)]
    facilities = faults.number(told, max((one for row in found for one in row), default=-1) + 1)
    found = [faults.positions(row, form, facilities, row=at) for at, row in enumerate(found)]
    faults.stop()
    return _with(told, faults, weights, facilities, None, _matrix(found, facilities))


def _with(
    told: Mapping[str, object],
    faults: _Faults,
    weights: Sequence[float],
    facilities: int,
    distances: Floats | None,
    coverage: csr_array | None,
) -> InstanceFile:
    """The file with the keys that may be left away."""
    fixed = faults.positions(told.get("fixed", []), "fixed", facilities)
    excluded = faults.positions(told.get("excluded", []), "excluded", facilities)
    costs = faults.numbers(told["costs"], "costs", blank=False) if "costs" in told else None
    if costs is not None and len(costs) != facilities:
        faults.add("", "costs", len(costs), f"give one cost for each of the {facilities} facilities")
    faults.stop()
    own = None if costs is None else np.array(costs)
    return InstanceFile(np.array(weights), distances, coverage, tuple(fixed), tuple(excluded), own)


def _object(path: Path) -> dict[str, object]:
    """The JSON object in a file, each key once."""
    try:
        told = json.loads(path.read_text("utf-8-sig"), object_pairs_hook=_each_once, parse_constant=_no_number)
    except OSError as refusal:
        raise UnreadableFile(f"{path} cannot be read: {refusal.strerror}. Check the name and the rights.") from refusal
    except (ValueError, RecursionError) as refusal:
        raise UnreadableFile(f"{path.name} is not JSON ({refusal}). Give {_FORM}.") from refusal
    if not isinstance(told, dict):
        raise UnreadableFile(f"{path.name} holds no object with keys. Give {_FORM}.")
    return told


def _each_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    names = [name for name, _ in pairs]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError(f"the key {twice[0][:40]!r} stands there twice")
    return dict(pairs)


def _no_number(word: str) -> float:
    raise ValueError(f"{word} is not a number of JSON; where a facility cannot serve, write null")


def _form(told: Mapping[str, object], file: str) -> str:
    """Which of the two forms it is."""
    other = sorted(set(told) - set(KEYS))
    if other:
        raise UnreadableFile(f"{file} has the key {other[0][:40]!r}. There are: {', '.join(KEYS)}.")
    forms = [name for name in ("distances", "coverage") if name in told]
    if "weights" not in told or len(forms) != 1:
        has = ", ".join(told) or "nothing"
        raise UnreadableFile(f"{file} has {has}: weights and one of distances and coverage are needed. Give {_FORM}.")
    return forms[0]


def _matrix(rows: Sequence[Sequence[int]], facilities: int) -> csr_array:
    ends = np.cumsum([0, *(len(set(row)) for row in rows)])
    columns = np.array([one for row in rows for one in sorted(set(row))], dtype=np.int64)
    return csr_array((np.ones(len(columns), dtype=bool), columns, ends), shape=(len(rows), facilities))


class _Faults:
    """What is wrong with the values of a file, gathered until `stop`."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.found: list[Fault] = []

    def add(self, row: object, key: str, value: object, remedy: str) -> None:
        """One more fault."""
        shown = value if isinstance(value, str) else json.dumps(value)
        self.found.append(Fault(self.file, str(row) or "all", key, shown[:40], remedy))

    def stop(self) -> None:
        """Raises `SchemaFault` where anything was wrong, with the first of the faults and how many more there are."""
        more = len(self.found) - TOLD
        told = self.found[:TOLD]
        if more > 0:
            told.append(Fault(self.file, "others", "", "", f"{more} more values are wrong"))
        if told:
            raise SchemaFault(told)

    def numbers(self, values: object, key: str, *, blank: bool, row: object = "") -> list[float]:
        """A list of numbers at least 0; null is infinite where it may be `blank`. What is wrong stands there as 0."""
        if not isinstance(values, list):
            self.add(row, key, values, "give a list of numbers")
            return []
        return [self._number(value, key, blank, row if row != "" else at) for at, value in enumerate(values)]

    def _number(self, value: object, key: str, blank: bool, row: object) -> float:  # noqa: FBT001 - handed on
        if value is None and blank:
            return np.inf
        if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= _LARGEST:
            return float(value)
        remedy = "a number at least 0 is needed" + (", or null where the facility cannot serve" if blank else "")
        self.add(row, key, value, remedy)
        return 0.0

    def positions(self, values: object, key: str, facilities: int | None, *, row: object = "") -> list[int]:
        """A list of facilities by position, below `facilities` where that is known. What is wrong is left out."""
        if not isinstance(values, list):
            self.add(row, key, values, "give a list of facilities by position, from 0")
            return []
        whole = [isinstance(value, int) and not isinstance(value, bool) and value >= 0 for value in values]
        known = [ok and (facilities is None or value < facilities) for ok, value in zip(whole, values, strict=True)]
        until = "" if facilities is None else f" to {facilities - 1}"
        for ok, value in zip(known, values, strict=True):
            if not ok:
                self.add(row, key, value, f"a facility is named by its position, 0{until}")
        return [value for ok, value in zip(known, values, strict=True) if ok]

    def rows(self, values: object, key: str, demand: int) -> list[object]:
        """One list per demand point."""
        if not isinstance(values, list):
            self.add("", key, values, "give a list with one list per demand point")
            return []
        if len(values) != demand:
            self.add("", key, len(values), f"give one list for each of the {demand} weights")
        return values

    def width(self, told: Mapping[str, object], lines: Sequence[Sequence[float]]) -> int:
        """How many facilities there are: every row of distances has as many."""
        facilities = self.number(told, len(lines[0]) if lines else 0, exactly=bool(lines))
        for at, line in enumerate(lines):
            if len(line) != facilities:
                self.add(
                    at, "distances", len(line), f"give a distance, or null, for each of the {facilities} facilities"
                )
        return facilities

    def number(self, told: Mapping[str, object], seen: int, *, exactly: bool = False) -> int:
        """How many facilities the file says there are; without a word of it, as many as were seen."""
        value = told.get("facilities", seen)
        if not isinstance(value, int) or isinstance(value, bool) or value < seen or (exactly and value != seen):
            self.add("", "facilities", value, f"a whole number is needed; the rows name {seen} facilities")
            return seen
        return value
