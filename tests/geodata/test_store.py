"""The store gives back what was put in, whole or not at all, however many processes start at once."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from geodata.errors import ReferenceFault, StoreBusy, UnreadableFile
from geodata.reference import read_reference
from geodata.schema import TABLES
from geodata.snapshot import Snapshot
from geodata.store import Store, store_url
from geodata.store.rows import insert_rows, read_table, rows_of
from geodata.store.schema import DATABASE, IMPORTS
from geodata.tables import table_from_text
from tests.geodata.small_reference import small_reference, write_reference

START = """
import sys
from pathlib import Path
from geodata.reference import read_reference
from geodata.store import Store

store = Store(sys.argv[1])
tables = read_reference(Path(sys.argv[2]))
print("ready", flush=True)
sys.stdin.readline()
store.fill_from_reference(tables)
print(store.read_snapshot().digest)
"""
IMPORT = {
    "id": 1,
    **dict.fromkeys(("file", "sha256", "as_table", "source_id", "reader", "imported_at"), "x"),
    **dict.fromkeys(
        ("rows_read", "rows_kept", "rows_held", "rows_refused", "added", "changed", "unchanged"),
        0,
    ),
}


@pytest.fixture
def url(tmp_path: Path) -> str:
    """The URL of a store that is not there yet, in a folder that is not there yet."""
    return f"sqlite:///{tmp_path / 'var' / 'amparo.sqlite'}"


@pytest.fixture
def store(url: str) -> Store:
    """A store filled from a small reference; it does not wait for locks."""
    filled = Store(url, busy_seconds=0)
    filled.fill_from_reference(small_reference())
    return filled


@pytest.fixture
def with_import(store: Store) -> Iterator[Store]:
    """The store with one imported place that refers to a reference source."""
    row = {"id": "c", "name": "C", "country_iso3": "COL", "admin1": "Chocó", "lat": "8", "lon": "-77", "kind": "town"}
    place = table_from_text("places", [{**row, "precision": "exact", "source_id": "s"}])
    with store.writing() as connection:
        connection.execute(IMPORTS.insert(), [IMPORT])
        insert_rows(connection, "places", rows_of("places", place, 1))
    return store


def test_the_snapshot_of_a_filled_store_is_that_of_its_reference(store: Store) -> None:
    snapshot = store.read_snapshot()
    assert snapshot.digest == Snapshot.of(small_reference()).digest
    assert set(snapshot.tables) == set(TABLES)
    assert snapshot.table("flows").loc[0, "women"] == 9000.0
    assert snapshot.table("flows")["men"].isna().all()
    assert snapshot.table("stays")["period"].tolist() == [""]


def test_the_embedded_reference_comes_back_from_the_store_as_it_went_in(url: str) -> None:
    store = Store(url)
    assert store.fill_from_reference()
    assert store.read_snapshot().digest == Snapshot.of(read_reference()).digest


def test_a_second_filling_from_the_same_reference_writes_nothing(store: Store) -> None:
    assert not store.fill_from_reference(small_reference())


def test_a_changed_reference_takes_the_place_of_the_one_before_and_leaves_imported_rows(with_import: Store) -> None:
    changed = small_reference(places=[{"id": "d", "name": "D", "lat": "8.3", "lon": "-77.3"}])
    changed["flows"] = changed["flows"].iloc[:0]
    assert with_import.fill_from_reference(changed)
    snapshot = with_import.read_snapshot()
    assert snapshot.table("places")["id"].tolist() == ["a", "b", "c", "d"]
    assert len(snapshot.table("flows")) == 0


def test_a_reference_without_a_row_that_an_import_needs_changes_nothing(with_import: Store) -> None:
    before = with_import.read_snapshot().digest
    bare = {name: table.iloc[:0] for name, table in small_reference().items()}
    with pytest.raises(ReferenceFault, match=r"places, row c, column source_id: 's'"):
        with_import.fill_from_reference(bare)
    assert with_import.read_snapshot().digest == before


def test_an_imported_row_goes_before_a_reference_row_of_the_same_id_but_a_source_does_not(with_import: Store) -> None:
    with with_import.writing() as connection:
        mine = table_from_text("sources", [{"id": "t", "publisher": "Imported", "can_show": "place"}])
        insert_rows(connection, "sources", rows_of("sources", mine, 1))
    with_import.fill_from_reference(
        small_reference(
            sources=[{"id": "t", "publisher": "Reference", "can_show": "place"}],
            places=[{"id": "c", "name": "Reference", "lat": "8.3", "lon": "-77.3"}],
        )
    )
    snapshot = with_import.read_snapshot()
    assert snapshot.table("places").set_index("id").at["c", "name"] == "C"
    assert snapshot.table("sources").set_index("id").at["t", "publisher"] == "Reference"


def test_imported_rows_are_carried_over_when_the_columns_change(with_import: Store) -> None:
    with with_import.writing() as connection:
        connection.execute(sa.text("ALTER TABLE places ADD COLUMN since_dropped TEXT"))
        connection.execute(sa.text("ALTER TABLE places DROP COLUMN name_fr"))
        connection.execute(sa.text("UPDATE data_versions SET shape = 'earlier'"))
    with pytest.raises(UnreadableFile, match="another version"):
        with_import.read_snapshot()
    assert with_import.fill_from_reference(small_reference())
    assert with_import.read_snapshot().table("places")["id"].tolist() == ["a", "b", "c"]


def test_a_broken_reference_fills_nothing(url: str) -> None:
    broken = small_reference(
        flows=[{"period": "2024", "crossing": "x", "direction": "northbound", "source_id": "none"}]
    )
    with pytest.raises(ReferenceFault):
        Store(url).fill_from_reference(broken)
    assert not Path(url.removeprefix("sqlite:///")).exists()


def test_a_store_never_filled_says_so(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="empty or of another version"):
        Store(f"sqlite:///{tmp_path / 'new.sqlite'}").read_snapshot()


def test_a_file_that_is_no_database_is_named_with_a_remedy(tmp_path: Path) -> None:
    (tmp_path / "x.sqlite").write_bytes(b"not a database, " * 300)
    with pytest.raises(UnreadableFile, match=r"x\.sqlite: it is not a database; move it away"):
        Store(f"sqlite:///{tmp_path / 'x.sqlite'}").fill_from_reference(small_reference())


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(UnreadableFile, match="folder of the store cannot be made"):
        Store(f"sqlite:///{tmp_path / 'file' / 'x.sqlite'}").fill_from_reference(small_reference())


def test_who_writes_while_another_writes_is_told_that_the_store_is_busy_and_readers_are_not(store: Store) -> None:
    with store.writing() as connection:
        connection.execute(sa.text("DELETE FROM flows"))
        with pytest.raises(StoreBusy), store.writing():
            pass
        assert len(store.read_snapshot().table("flows")) == 1
    assert len(store.read_snapshot().table("flows")) == 0


def empty_flows_and_fail(store: Store) -> None:
    """Deletes rows in a transaction that then fails."""
    with store.writing() as connection:
        connection.execute(sa.text("DELETE FROM flows"))
        raise ArithmeticError


def test_a_transaction_that_fails_leaves_everything_as_it_was(store: Store) -> None:
    before = store.read_snapshot().digest
    with pytest.raises(ArithmeticError):
        empty_flows_and_fail(store)
    assert store.read_snapshot().digest == before


def test_a_row_without_its_source_cannot_be_kept(store: Store) -> None:
    with pytest.raises(sa.exc.IntegrityError), store.writing() as connection:
        connection.execute(sa.text("DELETE FROM sources"))
    assert len(store.read_snapshot().table("sources")) == 1


def test_the_log_is_written_ahead_and_synced_in_full(store: Store) -> None:
    with store.reading() as connection:
        assert connection.execute(sa.text("PRAGMA journal_mode")).scalar() == "wal"
        assert connection.execute(sa.text("PRAGMA synchronous")).scalar() == 2
        assert connection.execute(sa.text("PRAGMA foreign_keys")).scalar() == 1


def test_processes_that_start_at_once_on_a_new_store_all_find_it_filled(tmp_path: Path, url: str) -> None:
    write_reference(tmp_path / "reference", small_reference())
    command = [sys.executable, "-c", START, url, str(tmp_path / "reference")]
    workers = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    try:
        for worker in workers:
            assert worker.stdout is not None
            assert worker.stdout.readline() == "ready\n"
        for worker in workers:
            assert worker.stdin is not None
            worker.stdin.write("\n")
            worker.stdin.flush()
        answers = [worker.communicate(timeout=60) for worker in workers]
    finally:
        for worker in workers:
            worker.kill()
            worker.communicate()
    assert answers == [(Snapshot.of(small_reference()).digest + "\n", "")] * 3


def test_every_table_at_rest_can_be_made_in_postgresql() -> None:
    written = [str(CreateTable(table).compile(dialect=postgresql.dialect())) for table in DATABASE.sorted_tables]
    assert {table.name for table in DATABASE.sorted_tables} >= set(TABLES)
    assert len(written) == len(TABLES) + 3
    assert any("DOUBLE PRECISION" in text and "DEFERRABLE INITIALLY DEFERRED" in text for text in written)


def test_the_types_at_rest_are_plain_ones() -> None:
    kinds = {type(column.type) for table in DATABASE.sorted_tables for column in table.columns}
    assert kinds == {sa.Text, sa.Integer, sa.BigInteger, sa.Double}


def test_what_is_required_may_not_be_null_at_rest_and_what_is_not_may_be() -> None:
    places = DATABASE.tables["places"]
    assert not places.c["admin1"].nullable
    assert places.c["name_fr"].nullable
    assert not DATABASE.tables["stays"].c["period"].nullable


def test_a_blank_is_null_at_rest_and_blank_again_in_the_table(store: Store) -> None:
    with store.reading() as connection:
        assert connection.execute(sa.text("SELECT count(*) FROM places WHERE name_fr IS NULL")).scalar() == 2
        assert read_table(connection, "places")["name_fr"].tolist() == ["", ""]


def test_the_place_of_the_store_is_a_url_else_a_folder_else_the_projects_own(tmp_path: Path) -> None:
    assert store_url({"AMPARO_STORE": "sqlite:///x", "AMPARO_VAR": "y"}) == "sqlite:///x"
    assert store_url({"AMPARO_VAR": str(tmp_path)}) == f"sqlite:///{tmp_path}/amparo.sqlite"
    assert store_url({}).endswith("/var/amparo.sqlite")
