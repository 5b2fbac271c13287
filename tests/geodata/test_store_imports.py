"""One import is one transaction: whole or not at all, the same twice as once, and nothing of a file is lost."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from geodata.errors import SchemaFault, StoreBusy, UnknownName, UnreadableFile
from geodata.store import Store
from geodata.store.imports import import_file
from geodata.store.schema import IMPORTS, SET_ASIDE
from tests.geodata.releases import incident, write_csv
from tests.geodata.small_reference import small_reference

#: Imports a file and stops for ever when everything is written and nothing yet kept.
STOPPED = """
import sys
from pathlib import Path
import sqlalchemy as sa
from geodata.store import Store
from geodata.store.imports import import_file

store = Store(sys.argv[1])

def stop(connection):
    print("written", flush=True)
    sys.stdin.read()

sa.event.listen(store.engine, "commit", stop)
import_file(store, Path(sys.argv[2]), "incident_reports", "iom_mmp")
"""
FAULTY = incident(id="2024.MMP0002", date="")
ABROAD = incident(id="2024.MMP0003", region="Europe", point="50, 2")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store filled from a small reference; it does not wait for locks."""
    filled = Store(f"sqlite:///{tmp_path / 'amparo.sqlite'}", busy_seconds=0)
    filled.fill_from_reference(small_reference())
    return filled


@pytest.fixture
def release(tmp_path: Path) -> Path:
    """A release of three rows: one sound, one without a date, one of another part of the world."""
    return write_csv(tmp_path / "release.csv", [incident(), FAULTY, ABROAD])


def count(store: Store, table: sa.Table) -> int:
    """How many rows a table at rest has."""
    with store.reading() as connection:
        return int(connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one())


def test_what_is_kept_is_in_the_snapshot_with_its_source_and_its_caveats(store: Store, release: Path) -> None:
    report = import_file(store, release, "incident_reports", "iom_mmp")
    assert (report.written, report.repeated, report.changes.added) == (True, False, ["2024.MMP0001"])
    snapshot = store.read_snapshot()
    assert snapshot.table("incident_reports")["id"].tolist() == ["2024.MMP0001"]
    source = snapshot.table("sources").set_index("id").loc["iom_mmp"]
    assert (source["licence"], source["url"]) == ("CC BY 4.0", "https://missingmigrants.iom.int")
    assert {"minimum_count", "date_month_only", "point_coarsened"} <= set(snapshot.table("caveats")["id"])


def test_what_is_held_or_refused_is_kept_beside_it_with_its_reason(store: Store, release: Path) -> None:
    import_file(store, release, "incident_reports", "iom_mmp")
    with store.reading() as connection:
        aside = connection.execute(sa.select(SET_ASIDE).order_by(SET_ASIDE.c.row)).mappings().all()
        entry = connection.execute(sa.select(IMPORTS)).mappings().one()
    assert [(line["row"], line["row_id"], line["status"], line["reason"]) for line in aside] == [
        (3, "2024.MMP0002", "held", "no_date"),
        (4, "2024.MMP0003", "refused", "outside_region"),
    ]
    assert (entry["rows_read"], entry["rows_kept"], entry["rows_held"], entry["rows_refused"]) == (3, 1, 1, 1)
    assert entry["file"] == "release.csv"


def test_the_same_file_a_second_time_changes_nothing_and_says_so(store: Store, release: Path) -> None:
    import_file(store, release, "incident_reports", "iom_mmp")
    before = store.read_snapshot().digest
    report = import_file(store, release, "incident_reports", "iom_mmp")
    assert (report.repeated, report.written, report.changes.none, report.changes.unchanged) == (True, False, True, 1)
    assert store.read_snapshot().digest == before
    assert (count(store, IMPORTS), count(store, SET_ASIDE)) == (1, 2)


def test_a_newer_release_takes_the_place_of_its_rows_and_leaves_the_others(store: Store, tmp_path: Path) -> None:
    older = [incident(id=f"2024.MMP000{n}") for n in (1, 2, 3)]
    import_file(store, write_csv(tmp_path / "older.csv", older), "incident_reports", "iom_mmp")
    newer = [older[0], older[1] | {"dead": "5", "total": "6"}, incident(id="2024.MMP0009")]
    changes = import_file(store, write_csv(tmp_path / "newer.csv", newer), "incident_reports", "iom_mmp").changes
    assert (changes.added, changes.changed, changes.unchanged, changes.not_given) == (
        ["2024.MMP0009"],
        ["2024.MMP0002"],
        1,
        1,
    )
    counts = store.read_snapshot().table("incident_reports").set_index("id")["count"].to_dict()
    assert counts == {"2024.MMP0001": 3.0, "2024.MMP0002": 6.0, "2024.MMP0003": 3.0, "2024.MMP0009": 3.0}


def test_going_back_to_an_older_file_is_an_import_of_its_own(store: Store, tmp_path: Path) -> None:
    older = write_csv(tmp_path / "older.csv", [incident()])
    newer = write_csv(tmp_path / "newer.csv", [incident(dead="5", total="6")])
    import_file(store, older, "incident_reports", "iom_mmp")
    first = store.read_snapshot().digest
    import_file(store, newer, "incident_reports", "iom_mmp")
    assert store.read_snapshot().digest != first
    assert import_file(store, older, "incident_reports", "iom_mmp").written
    assert store.read_snapshot().digest == first


def test_a_dry_run_tells_what_would_change_and_changes_nothing(store: Store, release: Path) -> None:
    before = store.read_snapshot().digest
    report = import_file(store, release, "incident_reports", "iom_mmp", dry_run=True)
    assert (report.written, report.changes.added, report.reading.rows_held) == (False, ["2024.MMP0001"], 1)
    assert store.read_snapshot().digest == before
    assert count(store, IMPORTS) == 0


def test_an_incident_that_another_source_gave_is_refused_and_nothing_changes(store: Store, release: Path) -> None:
    import_file(store, release, "incident_reports", "iom_mmp")
    before = store.read_snapshot().digest
    with pytest.raises(SchemaFault, match=r"2024\.MMP0001.* from the source iom_mmp"):
        import_file(store, release, "incident_reports", "another")
    assert store.read_snapshot().digest == before


def test_a_report_of_the_reference_is_not_overwritten_even_under_its_own_source(store: Store, release: Path) -> None:
    row = {"period_start": "2024", "period_end": "2024", "kind": "death", "measure": "deaths_recorded", "reporter": "R"}
    store.fill_from_reference(small_reference(incident_reports=[{"id": "2024.MMP0001", **row}]))
    with pytest.raises(SchemaFault, match="there already from the source s"):
        import_file(store, release, "incident_reports", "s")


def test_a_source_that_is_there_already_stays_as_it_is(store: Store, release: Path) -> None:
    import_file(store, release, "incident_reports", "s")
    assert store.read_snapshot().table("sources")["publisher"].tolist() == ["A publisher"]


def test_a_name_that_cannot_be_a_source_is_refused_and_nothing_changes(store: Store, release: Path) -> None:
    with pytest.raises(SchemaFault, match="two words"):
        import_file(store, release, "incident_reports", "two words")
    assert count(store, IMPORTS) == 0


def test_a_file_that_no_reader_knows_never_reaches_the_store(store: Store, tmp_path: Path, release: Path) -> None:
    (tmp_path / "other.csv").write_text("a,b\n1,2\n")
    with pytest.raises(UnreadableFile, match=r"other\.csv"):
        import_file(store, tmp_path / "other.csv", "incident_reports", "iom_mmp")
    with pytest.raises(UnknownName, match="places"):
        import_file(store, release, "places", "iom_mmp")
    assert count(store, IMPORTS) == 0


def test_an_import_while_another_writes_is_told_to_try_again_and_then_works(store: Store, release: Path) -> None:
    with store.writing(), pytest.raises(StoreBusy, match="try again"):
        import_file(store, release, "incident_reports", "iom_mmp")
    assert import_file(store, release, "incident_reports", "iom_mmp").written


def test_imported_rows_outlive_a_change_of_the_reference(store: Store, release: Path) -> None:
    import_file(store, release, "incident_reports", "iom_mmp")
    store.fill_from_reference(
        small_reference(caveats=[{"id": "minimum_count", "meaning": "The reference's own words."}])
    )
    snapshot = store.read_snapshot()
    assert snapshot.table("incident_reports")["id"].tolist() == ["2024.MMP0001"]
    assert "iom_mmp" in set(snapshot.table("sources")["id"])
    meanings = snapshot.table("caveats").set_index("id")["meaning"]
    assert meanings["minimum_count"] == "The reference's own words."


def killed_at_the_last_moment(store: Store, file: Path) -> None:
    """Runs an import in a process of its own and kills it after its last row, before its transaction ends."""
    command = [sys.executable, "-c", STOPPED, str(store.engine.url), str(file)]
    worker = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "written\n"
        assert store.read_snapshot().table("incident_reports").empty
    finally:
        worker.kill()
        worker.communicate()
    assert worker.returncode == -9


def test_an_import_killed_before_its_end_leaves_no_trace_and_can_be_made_again(store: Store, release: Path) -> None:
    before = store.read_snapshot().digest
    killed_at_the_last_moment(store, release)
    assert store.read_snapshot().digest == before
    with store.reading() as connection:
        assert connection.execute(sa.text("PRAGMA integrity_check")).scalar() == "ok"
        assert connection.execute(sa.text("PRAGMA foreign_key_check")).all() == []
    assert (count(store, IMPORTS), count(store, SET_ASIDE)) == (0, 0)
    assert import_file(store, release, "incident_reports", "iom_mmp").written


@pytest.mark.corpus
def test_the_published_release_is_imported_whole_and_a_second_time_changes_nothing(store: Store, corpus: Path) -> None:
    file = corpus / "data" / "mmp" / "mmp_global_allData_2025-06.xlsx"
    first = import_file(store, file, "incident_reports", "iom_mmp")
    digest = store.read_snapshot().digest
    second = import_file(store, file, "incident_reports", "iom_mmp")
    assert (len(first.changes.added), second.changes.unchanged, second.repeated) == (6853, 6853, True)
    assert store.read_snapshot().digest == digest
    with store.reading() as connection:
        rows = sa.select(SET_ASIDE.c.status, sa.func.count(SET_ASIDE.c.row.distinct())).group_by(SET_ASIDE.c.status)
        assert dict(connection.execute(rows).all()) == {"held": 30, "refused": 12372}


@pytest.mark.corpus
def test_the_services_years_renew_the_spreadsheets_reports_and_do_not_double_them(store: Store, corpus: Path) -> None:
    folder = corpus / "data" / "mmp"
    import_file(store, folder / "mmp_global_allData_2025-06.xlsx", "incident_reports", "iom_mmp")
    changes = import_file(store, folder / "mmp_api_2023.json", "incident_reports", "iom_mmp").changes
    assert (len(changes.added), len(changes.changed), changes.unchanged) == (10, 20, 640)
