"""What can go wrong, named.

The tree:

    AmparoError                  everything below; carries a message that says what to do
    ├── DataFault                a table holds something that cannot be used
    │   ├── SchemaFault          a column, type, range or word is not what the contract says
    │   ├── ReferenceFault       a row names a row of another table that is not there
    │   └── CorridorFault        places, legs or routes do not make a corridor (outside its country, not connected,
    cycle) ├── UnreadableFile           a file cannot be read as the format it claims to be
    ├── UnknownName              a capability, route, place, source or month that no table holds
    └── StoreBusy                another process is writing; nothing was changed
"""

from __future__ import annotations

from dataclasses import dataclass


class AmparoError(Exception):
    """The root of every error that Amparo raises on purpose; its text is meant for the person in front of it."""


@dataclass(frozen=True)
class Fault:
    """One thing wrong with one value: where it is, what it says, and what to do about it.

    `row` is the row's id, or its line number where it has none; `column` and `value` may be empty where the fault is
    about the row as a whole.
    """

    table: str
    row: str
    column: str
    value: str
    remedy: str

    def __str__(self) -> str:
        where = f"{self.table}, row {self.row}" + (f", column {self.column}" if self.column else "")
        return f"{where}: {self.value!r}: {self.remedy}" if self.value else f"{where}: {self.remedy}"


class DataFault(AmparoError):
    """One or several faults of one kind, all of them listed: `faults` is never empty."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        super().__init__("\n".join(map(str, faults)))


class SchemaFault(DataFault):
    """A column, type, range or word is not what the contract says."""


class ReferenceFault(DataFault):
    """A row names a row of another table that is not there."""


class CorridorFault(DataFault):
    """Places, legs or routes do not make a corridor."""


class UnreadableFile(AmparoError):
    """A file cannot be read as the format it claims to be; the text names the file and the remedy."""


class UnknownName(AmparoError):
    """A capability, route, place, source or month that no table holds; the text lists what there is."""


class StoreBusy(AmparoError):
    """Another process is writing to the store; nothing was changed, and the same call may be made again."""
