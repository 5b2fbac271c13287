"""The command line: what it answers, what it refuses, and that a file is written whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_line import answer, rows

from geodata.__main__ import main
from geodata.schema import TABLES

ROUTE = ("--route", "north_acandi_ciudad_juarez")


pytestmark = pytest.mark.usefixtures("own_store")


def test_check_proves_the_tables_and_says_what_it_proved(capsys: pytest.CaptureFixture[str]) -> None:
    said = answer(capsys, "check")
    assert said.startswith("Sound: ")
    assert "189 legs" in said


def test_reach_gives_hours_and_the_next_service_per_place(capsys: pytest.CaptureFixture[str]) -> None:
    found = {
        row["place_id"]: row
        for row in rows(answer(capsys, "reach", "--places", "--as-of", "2024-04", "--format", "csv"))
    }
    assert len(found) == 130
    assert float(found["acandi"]["typical_hours"]) == pytest.approx(89.75)
    assert found["acandi"]["next_service"] == "SV023"
    assert found["tijuana"]["typical_hours"] == ""
    assert list(found["acandi"])[:5] == ["place_id", "low_hours", "typical_hours", "high_hours", "next_service"]


def test_reach_gives_segments_with_their_class_in_the_promised_columns(capsys: pytest.CaptureFixture[str]) -> None:
    found = rows(answer(capsys, "reach", "--as-of", "2024-04", *ROUTE, "--format", "csv"))
    promised = ["leg_id", "from_km", "to_km", "country_iso3", "low_hours", "typical_hours", "high_hours", "class"]
    assert list(found[0])[: len(promised)] == promised
    assert {row["class"] for row in found} == {"covered", "usual_pace", "fast_only", "none_ahead"}


def test_gaps_gives_the_runs_out_of_time_with_lines_as_geojson(capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(answer(capsys, "gaps", "--as-of", "2024-04", *ROUTE, "--format", "geojson"))
    assert [feature["properties"]["class"] for feature in found["features"]] == ["none_ahead"]
    assert found["features"][0]["geometry"]["type"] == "LineString"
    assert found["features"][0]["properties"]["typical_hours"] is None


def test_gaps_without_a_gap_says_that_there_is_none(capsys: pytest.CaptureFixture[str]) -> None:
    route = ("--route", "north_acandi_reynosa")
    assert answer(capsys, "gaps", "--as-of", "2024-02", *route).strip() == "(none)"


CHANGE = ("compare", "--since", "2024-02", "--as-of", "2024-04", *ROUTE)


def test_compare_gives_hours_by_class_that_lose_and_gain_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    found = {row["class"]: row for row in rows(answer(capsys, *CHANGE, "--format", "csv"))}
    assert float(found["fast_only"]["hours_change"]) == pytest.approx(18.90, abs=0.01)
    assert sum(float(row["hours_change"]) for row in found.values()) == pytest.approx(0, abs=1e-9)


def test_compare_names_what_opened_and_closed_with_the_dates_as_published(capsys: pytest.CaptureFixture[str]) -> None:
    found = rows(answer(capsys, *CHANGE, "--by", "service", "--changed", "--format", "csv"))
    assert [(row["service_id"], row["change"]) for row in found] == [
        ("SV002", "closed"),
        ("SV003", "closed"),
        ("SV004", "closed"),
        ("SV023", "opened"),
    ]
    assert found[0]["closed"] == "2024-03-04"


def test_compare_draws_the_runs_that_changed(capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(answer(capsys, *CHANGE, "--by", "run", "--changed", "--format", "geojson"))["features"]
    assert {run["properties"]["judgement"] for run in found} == {"worse"}
    assert all(run["geometry"]["type"] == "LineString" for run in found)
    pairs = rows(answer(capsys, *CHANGE, "--by", "pair", "--changed", "--format", "csv"))
    assert sum(float(row["km"]) for row in pairs) == pytest.approx(sum(run["properties"]["km"] for run in found))


@pytest.mark.parametrize("by", ["segment", "presence", "leg"])
def test_compare_leaves_out_what_did_not_change_where_asked(by: str, capsys: pytest.CaptureFixture[str]) -> None:
    whole, changed = (
        rows(answer(capsys, *CHANGE, "--by", by, *more, "--format", "csv")) for more in ((), ("--changed",))
    )
    assert len(changed) < len(whole) or by == "leg"
    assert all(row.get("class_before") != row.get("class_after") or row.get("change") for row in changed)


def test_compare_with_one_status_before_and_another_after(capsys: pytest.CaptureFixture[str]) -> None:
    same = ("compare", "--since", "2025-09", "--as-of", "2025-09", *ROUTE, "--by", "pair", "--changed")
    assert answer(capsys, *same).strip() == "(none)"
    assert rows(answer(capsys, *same, "--since-status", "confirmed", "--format", "csv"))


@pytest.mark.parametrize("name", sorted(TABLES))
def test_export_gives_each_table_with_the_columns_of_its_contract(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    header = answer(capsys, "export", name).splitlines()[0].split(",")
    assert header == TABLES[name].column_names


def test_export_tells_no_place_of_a_guarded_service(capsys: pytest.CaptureFixture[str]) -> None:
    guarded = [row for row in rows(answer(capsys, "export", "services")) if row["confidentiality"] != "public"]
    assert guarded
    assert all((row["place_id"], row["lat"], row["lon"]) == ("", "", "") for row in guarded)


def test_what_is_refused_says_why_and_exits_with_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["reach", "--as-of", "2024-13"]) == 1
    assert "write it as YYYY-MM" in capsys.readouterr().err
    assert main(["reach", "--as-of", "2024-04", "--route", "nowhere"]) == 1
    assert "south_miramar" in capsys.readouterr().err
    assert main(["reach", "--as-of", "2024-04", "--capability", "clinic"]) == 1
    assert "clinical_care" in capsys.readouterr().err


def test_wrong_usage_exits_with_two() -> None:
    with pytest.raises(SystemExit) as refusal:
        main(["reach", "--places"])
    assert refusal.value.code == 2


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "reach.csv"
    assert main(["reach", "--places", "--as-of", "2024-04", "--format", "csv", "--output", str(target)]) == 0
    assert len(rows(target.read_text())) == 130
    missing = tmp_path / "no" / "reach.csv"
    assert main(["reach", "--places", "--as-of", "2024-04", "--output", str(missing)]) == 1
    assert "Choose a folder that exists" in capsys.readouterr().err
    assert not missing.parent.exists()
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".reach")] == []


@pytest.mark.corpus
def test_import_accounts_for_every_row_and_twice_is_the_same_as_once(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    release = str(corpus / "data" / "mmp" / "mmp_global_allData_2025-06.xlsx")
    wanted = ("import", release, "--as", "incident_reports", "--source", "iom_mmp", "--format", "json")
    dry = json.loads(answer(capsys, *wanted, "--dry-run"))
    first, second = json.loads(answer(capsys, *wanted)), json.loads(answer(capsys, *wanted))
    assert dry["rows_read"] == first["rows_read"] == 19255
    assert first["rows_kept"] + first["rows_held"] + first["rows_refused"] == 19255
    assert (dry["written"], first["written"], second["written"]) == (False, True, False)
    assert (second["added"], second["changed"]) == (0, 0)


def test_chain_gives_the_first_missing_link_and_how_every_link_stands(capsys: pytest.CaptureFixture[str]) -> None:
    found = rows(answer(capsys, "chain", "--as-of", "2024-02", *ROUTE, "--format", "csv"))
    assert {row["class"] for row in found} == {"whole", "clinical_care"}
    assert {row["shelter_link"] for row in found} == {"held", "no_care"}


def test_chain_by_class_gives_shares_of_the_route_that_add_up(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("chain", "--as-of", "2024-04", *ROUTE, "--by", "class", "--whom", "girl_alone", "--format", "json")
    found = {row["class"]: row for row in json.loads(answer(capsys, *asked))}
    assert list(found) == ["whole", "clinical_care", "psychosocial", "shelter", "legal_aid", "unknown"]
    assert sum(row["typical_share"] for row in found.values()) == pytest.approx(1)
    assert found["unknown"]["typical_share"] == pytest.approx(0.753, abs=0.001)


def test_chain_asks_its_own_capabilities_and_is_asked_for_none() -> None:
    with pytest.raises(SystemExit) as refusal:
        main(["chain", "--as-of", "2024-04", "--capability", "shelter"])
    assert refusal.value.code == 2


def test_cascade_gives_what_each_step_leaves_or_where_each_segment_is_lost(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("cascade", "--as-of", "2024-04", *ROUTE, "--format", "csv")
    steps = rows(answer(capsys, *asked))
    assert [row["step"] for row in steps][:2] == ["listed", "confirmed"]
    assert float(steps[1]["kept"]) == pytest.approx(0.730, abs=0.001)
    segments = rows(answer(capsys, *asked, "--by", "segment"))
    assert {row["lost_at"] for row in segments} == {"listed", "confirmed", "open_on_arrival"}
