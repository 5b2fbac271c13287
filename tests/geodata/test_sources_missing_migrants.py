"""Each row of a release is kept, held or refused, with its reason; what would give a person away is not kept."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from geodata.sources import Reading, no_progress, read_records, reader_for
from geodata.sources.missing_migrants import CAVEATS, MISSING_MIGRANTS
from tests.geodata.releases import LEGACY, SERVICE, WEBSITE, incident, write_csv, write_json

RELEASE = "mmp_global_allData_2025-06.xlsx"
#: Of each release: rows read, rows kept, rows held, rows refused, reports made of the rows kept.
COUNTS = {
    RELEASE: (19255, 6853, 30, 12372, 6853),
    "mmp_global_2014_2021_legacy_header.csv": (9906, 3390, 33, 6483, 3338),
    "mmp_api_2021.json": (1920, 724, 1, 1195, 699),
    "mmp_api_2022.json": (2320, 799, 4, 1517, 770),
    "mmp_api_2023.json": (2689, 694, 3, 1992, 670),
}


def reading_of(path: Path) -> Reading:
    """What the reader makes of a file under the source iom_mmp."""
    records = read_records(path)
    return reader_for(records, "incident_reports").read(records, "iom_mmp", no_progress)


def read_rows(folder: Path, *rows: dict[str, str]) -> Reading:
    """What the reader makes of a spreadsheet's rows, saved as CSV."""
    return reading_of(write_csv(folder / "release.csv", list(rows)))


def test_a_sound_row_becomes_a_report_of_the_contract(tmp_path: Path) -> None:
    report = read_rows(tmp_path, incident()).kept.loc[0].to_dict()
    assert pd.isna(report.pop("count_minors"))
    assert report == {
        "id": "2024.MMP0001",
        "period_start": "2024-03",
        "period_end": "2024-03",
        "kind": "death",
        "count": 3.0,
        "count_female": 1.0,
        "measure": "dead_and_missing",
        "reporter": "IOM Missing Migrants Project",
        "place_of_report": "Panama",
        "place_id": "",
        "stretch_of_occurrence": "darien",
        "country_iso3": "PAN",
        "lat": 8.7,
        "lon": -77.5,
        "source_id": "iom_mmp",
        "caveat": "minimum_count;date_month_only;point_coarsened",
    }


def test_neither_the_day_nor_the_exact_point_nor_free_text_is_kept(tmp_path: Path) -> None:
    reading = read_rows(tmp_path, incident(), incident(id="x", point="8.6612, 77.4521"))
    text = reading.kept.to_csv() + reading.held.to_csv()
    assert not [word for word in ("2024-03-17", "8.6612", "4521", "SECRET") if word in text]


@pytest.mark.parametrize("names", [WEBSITE, LEGACY])
def test_the_forms_of_a_table_differ_only_in_what_they_do_not_have(tmp_path: Path, names: dict[str, str]) -> None:
    row = incident(date="Sun, 03/17/2024 - 12:00", total="3.0") if names is LEGACY else incident()
    kept = reading_of(write_csv(tmp_path / "release.csv", [row], names)).kept
    assert kept["period_start"].tolist() == ["2024-03"]
    assert kept["count"].tolist() == [3.0]
    assert kept["place_of_report"].tolist() == ["Panama" if "country" in names else ""]


def test_the_service_gives_the_same_report_as_the_spreadsheet(tmp_path: Path) -> None:
    assert len(SERVICE) == len(WEBSITE)
    service = reading_of(write_json(tmp_path / "year.json", [incident()]))
    pd.testing.assert_frame_equal(service.kept, read_rows(tmp_path, incident()).kept)


@pytest.mark.parametrize(
    ("changes", "reason", "column", "value"),
    [
        ({"id": ""}, "no_id", "id", ""),
        ({"id": "two words"}, "bad_id", "id", "two words"),
        ({"date": ""}, "no_date", "date", ""),
        ({"date": "2024-02-30"}, "bad_date", "date", "2024-02-30"),
        ({"date": "2024"}, "bad_date", "date", "2024"),
        ({"date": "Sun, 13/17/2024 - 12:00"}, "bad_date", "date", "Sun, 13/17/2024 - 12:00"),
        ({"missing": "-1", "total": "1", "men": ""}, "negative_missing", "missing", "-1"),
        ({"dead": "-2", "missing": "5", "women": "", "men": ""}, "bad_number", "dead", "-2"),
        ({"minors": "some"}, "bad_number", "minors", "some"),
        ({"men": "1.5"}, "bad_number", "men", "1.5"),
        ({"total": "4"}, "total_is_not_the_sum", "total", "2 + 1 ≠ 4"),
        ({"women": "3"}, "sexes_exceed_total", "women, men", "3 + 1 > 3"),
        ({"minors": "4"}, "minors_exceed_total", "minors", "4 > 3"),
        ({"point": "8.66, 77.45"}, "outside_hemisphere", "point", "8.7, 77.5"),
        ({"point": "near the river"}, "bad_point", "point", ""),
        ({"region": ""}, "no_region", "region", ""),
        ({"region": "Central America,Mediterranean"}, "regions_disagree", "region", "Central America, Mediterranean"),
        ({"country": "Pan\x07ama"}, "bad_text", "country", ""),
    ],
)
def test_a_row_that_lacks_something_or_contradicts_itself_is_held(
    tmp_path: Path, changes: dict[str, str], reason: str, column: str, value: str
) -> None:
    reading = read_rows(tmp_path, incident(id="2024.MMP0009"), incident(**changes))
    assert reading.held.to_dict("records") == [
        {"row": 3, "id": incident(**changes)["id"], "reason": reason, "column": column, "value": value}
    ]
    assert (reading.rows_kept, reading.rows_held, reading.rows_refused) == (1, 1, 0)


def test_a_row_without_a_total_is_held(tmp_path: Path) -> None:
    reading = read_rows(tmp_path, incident(total="", dead="", missing="", women="", men=""))
    assert reading.held["reason"].tolist() == ["no_total"]


def test_a_row_of_another_part_of_the_world_is_refused_with_all_that_stands_against_it(tmp_path: Path) -> None:
    reading = read_rows(tmp_path, incident(region="Mediterranean", missing="-1", total="1", men="", point="35, 12"))
    assert sorted(reading.refused["reason"]) == ["negative_missing", "outside_region"]
    assert (reading.rows_kept, reading.rows_held, reading.rows_refused) == (0, 0, 1)


def test_a_row_with_two_faults_has_both_reasons_and_counts_once(tmp_path: Path) -> None:
    reading = read_rows(tmp_path, incident(date="", women="9"))
    assert reading.held["reason"].tolist() == ["no_date", "sexes_exceed_total"]
    assert reading.rows_held == 1
    assert reading.reasons()["rows"].tolist() == [1, 1]


def test_a_report_without_a_point_is_kept_without_one(tmp_path: Path) -> None:
    kept = read_rows(tmp_path, incident(point="")).kept
    assert kept[["lat", "lon"]].isna().all(axis=None)
    assert kept["caveat"].tolist() == ["minimum_count;date_month_only"]


def test_a_country_off_the_corridor_is_named_but_has_no_code(tmp_path: Path) -> None:
    kept = read_rows(tmp_path, incident(country="Puerto Rico", route="")).kept
    assert kept[["place_of_report", "country_iso3", "stretch_of_occurrence"]].to_numpy().tolist() == [
        ["Puerto Rico", "", ""]
    ]


def test_the_rows_of_one_incident_make_one_report_with_what_is_known_added_up(tmp_path: Path) -> None:
    parts = (
        incident(date="2024-03-31", women="", men="1"),
        incident(date="2024-04-02", dead="1", missing="-1", total="0", women="1", men="", point="8.1, -77.1"),
    )
    reading = read_rows(tmp_path, *parts)
    report = reading.kept.loc[0]
    assert reading.rows_kept == 2
    assert len(reading.kept) == 1
    assert (report["period_start"], report["period_end"]) == ("2024-03", "2024-04")
    assert (report["count"], report["count_female"], report["lat"]) == (3.0, 1.0, 8.7)


def test_one_faulty_row_of_an_incident_holds_its_other_rows_too(tmp_path: Path) -> None:
    reading = read_rows(tmp_path, incident(), incident(date="never"))
    assert reading.held[["row", "reason"]].to_numpy().tolist() == [[2, "other_part_held"], [3, "bad_date"]]
    assert (reading.rows_kept, reading.rows_held) == (0, 2)


def test_rows_without_an_id_are_not_taken_for_one_incident(tmp_path: Path) -> None:
    assert read_rows(tmp_path, incident(id=""), incident(id="")).rows_held == 2


def test_marks_and_spaces_around_an_id_are_no_part_of_it(tmp_path: Path) -> None:
    assert read_rows(tmp_path, incident(id="\ufeff2024.MMP0001 ")).kept["id"].tolist() == ["2024.MMP0001"]


def test_an_empty_release_has_no_rows_of_any_sort(tmp_path: Path) -> None:
    reading = read_rows(tmp_path)
    assert (reading.rows_read, len(reading.kept), len(reading.aside), len(reading.reasons())) == (0, 0, 0, 0)


def test_progress_ends_at_the_last_row(tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    records = read_records(write_csv(tmp_path / "release.csv", [incident(), incident(id="y")]))
    MISSING_MIGRANTS.read(records, "iom_mmp", lambda done, rows: steps.append((done, rows)))
    assert steps == [(1, 2), (2, 2)]


def test_every_caveat_that_is_used_is_explained(tmp_path: Path) -> None:
    used = read_rows(tmp_path, incident()).kept["caveat"].str.split(";").explode()
    assert set(used) == set(CAVEATS) == set(MISSING_MIGRANTS.caveats)


@pytest.mark.corpus
@pytest.mark.parametrize("name", COUNTS)
def test_the_counts_of_each_published_release_add_up(corpus: Path, name: str) -> None:
    reading = reading_of(corpus / "data" / "mmp" / name)
    counts = (reading.rows_read, reading.rows_kept, reading.rows_held, reading.rows_refused, len(reading.kept))
    assert counts == COUNTS[name]
    assert reading.rows_read == reading.rows_kept + reading.rows_held + reading.rows_refused
    assert not set(reading.held["row"]) & set(reading.refused["row"])


@pytest.mark.corpus
def test_the_known_faults_of_the_published_spreadsheet_are_all_found(corpus: Path) -> None:
    reasons = reading_of(corpus / "data" / "mmp" / RELEASE).reasons().set_index(["status", "reason"])["rows"]
    assert reasons["held"].to_dict() == {
        "no_date": 13,
        "outside_hemisphere": 6,
        "sexes_exceed_total": 7,
        "negative_missing": 2,
        "minors_exceed_total": 1,
        "regions_disagree": 1,
    }
    assert reasons["held"]["negative_missing"] + reasons["refused"]["negative_missing"] == 5
    assert reasons["refused"]["outside_region"] == 12372


@pytest.mark.corpus
def test_joined_rows_of_the_legacy_release_add_up_to_the_spreadsheets_own_totals(corpus: Path) -> None:
    legacy = read_records(corpus / "data" / "mmp" / "mmp_global_2014_2021_legacy_header.csv").table
    joined = legacy[legacy.duplicated("Main ID", keep=False)]
    totals = joined["Total Number of Dead and Missing"].astype(int).groupby(joined["Main ID"]).sum()
    table = read_records(corpus / "data" / "mmp" / RELEASE).table
    published = table.set_index(table["Main ID"].str.strip("\ufeff"))["Total Number of Dead and Missing"].astype(int)
    assert len(totals) == 160
    assert totals.to_dict() == published.loc[totals.index].to_dict()
