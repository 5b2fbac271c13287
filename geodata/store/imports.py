"""One file into the store: whole or not at all, told row by row, and the same file twice is the same as once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import sqlalchemy as sa

from geodata.errors import Fault, SchemaFault
from geodata.sources import Progress, Reader, Reading, Records, no_progress, read_records, reader_for
from geodata.store.rows import delete_ids, insert_rows, read_table, read_tables, rows_of
from geodata.store.schema import DATABASE, IMPORT_ID, IMPORTS
from geodata.store.store import Store
from geodata.tables import check_references, table_from_text


@dataclass(frozen=True)
class Changes:
    """What an import does to a table: ids added and changed, and how many rows stay as they are.

    `not_given` counts the rows that the source gave before and that this file does not give, or gives only in rows held
    or refused; they stay.
    """

    added: list[str]
    changed: list[str]
    unchanged: int
    not_given: int

    @property
    def none(self) -> bool:
        """Whether the table stays as it is."""
        return not self.added and not self.changed


@dataclass(frozen=True)
class ImportReport:
    """What became of a file. Nothing was `written` by a dry run, or where the same file was `repeated` to no effect."""

    records: Records
    reader: str
    as_table: str
    source: str
    reading: Reading
    changes: Changes
    repeated: bool
    written: bool


def import_file(
    store: Store, path: Path, as_table: str, source: str, *, dry_run: bool = False, progress: Progress = no_progress
) -> ImportReport:
    """Reads a file, writes what is kept to `as_table` and what is held or refused beside it, in one transaction.

    The store has been filled. A source that it does not know is registered as the reader describes it. A row whose id
    the source has given before takes its place. A dry run does the same and then takes it back. Raises `UnknownName`,
    `UnreadableFile`, `StoreBusy`, and `SchemaFault` where an id belongs to another source; then nothing has changed.
    """
    records = read_records(path)
    reader = reader_for(records, as_table)
    reading = reader.read(records, source, progress)
    with store.writing() as connection:
        changes = changes_by(connection, as_table, source, reading.kept)
        repeated = changes.none and _is_there(connection, records, as_table, source)
        if not repeated:
            _write(connection, _entry(records, reader, source, reading, changes), reader, reading, changes)
        if dry_run:
            connection.rollback()
    written = not dry_run and not repeated
    return ImportReport(records, reader.name, as_table, source, reading, changes, repeated, written)


def changes_by(connection: sa.Connection, name: str, source: str, kept: pd.DataFrame) -> Changes:
    """What writing `kept` under a source would do to a table. Raises `SchemaFault` where an id is another source's."""
    there = read_table(connection, name).set_index("id")
    table = DATABASE.tables[name]
    of_reference = set(connection.scalars(sa.select(table.c.id).where(table.c[IMPORT_ID].is_(None))))
    given = kept.set_index("id")
    both = given.index.intersection(there.index, sort=False)
    owners = there.loc[both, "source_id"]
    _check_owners(name, [str(one) for one in both if owners[one] != source or one in of_reference], owners)
    old, new = there.loc[both], given.loc[both]
    differs = ~((old == new) | (old.isna() & new.isna())).all(axis="columns")
    mine = there.index[(there["source_id"] == source) & ~there.index.isin(of_reference)]
    return Changes(
        added=[str(one) for one in given.index.difference(there.index, sort=False)],
        changed=[str(one) for one in both[differs.to_numpy()]],
        unchanged=int((~differs).sum()),
        not_given=len(mine.difference(given.index)),
    )


def _check_owners(name: str, others: list[str], owners: pd.Series) -> None:
    if others:
        remedy = "is there already from the source {}; import the file under that source, or the rows would count twice"
        raise SchemaFault([Fault(name, one, "id", one, remedy.format(owners[one])) for one in others])


def _is_there(connection: sa.Connection, records: Records, as_table: str, source: str) -> bool:
    same = (IMPORTS.c.sha256 == records.sha256) & (IMPORTS.c.as_table == as_table) & (IMPORTS.c.source_id == source)
    return connection.execute(sa.select(IMPORTS.c.id).where(same)).first() is not None


def _entry(records: Records, reader: Reader, source: str, reading: Reading, changes: Changes) -> dict[str, object]:
    return {
        "file": records.file,
        "sha256": records.sha256,
        "as_table": reader.table,
        "source_id": source,
        "reader": reader.name,
        "imported_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "rows_read": reading.rows_read,
        "rows_kept": reading.rows_kept,
        "rows_held": reading.rows_held,
        "rows_refused": reading.rows_refused,
        "added": len(changes.added),
        "changed": len(changes.changed),
        "unchanged": changes.unchanged,
    }


def _write(
    connection: sa.Connection, entry: dict[str, object], reader: Reader, reading: Reading, changes: Changes
) -> None:
    made = connection.execute(IMPORTS.insert().returning(IMPORTS.c.id), entry).scalar_one()
    _register(connection, "sources", {str(entry["source_id"]): reader.source}, made)
    _register(connection, "caveats", {code: {"meaning": meaning} for code, meaning in reader.caveats.items()}, made)
    delete_ids(connection, reader.table, changes.changed)
    written = reading.kept[reading.kept["id"].isin({*changes.added, *changes.changed})]
    insert_rows(connection, reader.table, rows_of(reader.table, written, made))
    aside = [{str(name): value for name, value in line.items()} for line in reading.aside.to_dict("records")]
    insert_rows(connection, "set_aside", [_aside(line, made) for line in aside])
    check_references(read_tables(connection))


def _aside(line: Mapping[str, object], import_id: int) -> dict[str, object]:
    return {**{name: value for name, value in line.items() if name != "id"}, "row_id": line["id"], IMPORT_ID: import_id}


def _register(connection: sa.Connection, name: str, rows: Mapping[str, Mapping[str, str]], import_id: int) -> None:
    """Adds to a table the rows that it lacks; what it says already of an id stays."""
    there = set(read_table(connection, name)["id"])
    lacking = [{"id": one, **row} for one, row in rows.items() if one not in there]
    if lacking:
        insert_rows(connection, name, rows_of(name, table_from_text(name, lacking), import_id))
