"""`presence` and `handover` on the command line: what they answer, and that they answer what the functions do."""

from __future__ import annotations

import json

import pytest
from command_line import answer, rows

from geodata.__main__ import main

ASKED = ("--as-of", "2024-04", "--route", "north_acandi_ciudad_juarez", "--window", "24", "--format", "csv")


pytestmark = pytest.mark.usefixtures("own_store")


def test_presence_gives_the_runs_without_protection_in_time_and_with_all_every_run(
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = rows(answer(capsys, "presence", *ASKED))
    every = rows(answer(capsys, "presence", *ASKED, "--all"))
    assert {row["class"] for row in found} == {"fast_only", "present_without", "gap", "none_ahead"}
    assert [row for row in every if row["class"] not in ("covered", "usual_pace")] == found
    without = [row for row in found if row["class"] == "present_without"]
    assert {row["mixed_place"] for row in without} == {"catem_sur"}
    assert all(0 < float(row["mixed_typical_hours"]) < 24 < float(row["low_hours"]) for row in without)


def test_presence_gives_lines_as_geojson_and_the_network_without_a_route(capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(answer(capsys, "presence", "--as-of", "2024-04", "--format", "geojson"))
    assert {feature["geometry"]["type"] for feature in found["features"]} == {"LineString"}
    assert {feature["properties"]["class"] for feature in found["features"]} >= {"none_ahead"}


def test_segments_of_a_class_add_up_to_its_share(capsys: pytest.CaptureFixture[str]) -> None:
    shares = {row["class"]: row for row in rows(answer(capsys, "presence", *ASKED, "--shares"))}
    assert sum(float(row["share_of_hours"]) for row in shares.values()) == pytest.approx(1.0)
    segments = rows(answer(capsys, "presence", *ASKED, "--segments"))
    for name, row in shares.items():
        km = sum(float(one["to_km"]) - float(one["from_km"]) for one in segments if one["class"] == name)
        assert km == pytest.approx(float(row["length_km"]), abs=1e-6)
    assert float(shares["gap"]["share_of_hours"]) == pytest.approx(0.149, abs=0.001)


def test_roles_are_counted_as_the_tables_have_them(capsys: pytest.CaptureFixture[str]) -> None:
    found = {row["role"]: row for row in rows(answer(capsys, "presence", *ASKED, "--roles"))}
    assert list(found) == ["protective", "mixed", "control"]
    table = rows(answer(capsys, "export", "state_presence"))
    there = [
        row
        for row in table
        if row["role"] == "protective"
        and row["place_id"]
        and (row["opened"] or "0") <= "2024-04"
        and (row["closed"] or "9") > "2024-04"
    ]
    assert int(found["protective"]["listed"]) == len(there)
    assert int(found["protective"]["opening_not_published"]) == sum(row["opened"] == "" for row in there)
    assert int(found["protective"]["never_dated"]) == sum(row["last_confirmed"] == "" for row in there)


def test_handover_gives_a_row_per_frontier_in_the_order_of_travel(capsys: pytest.CaptureFixture[str]) -> None:
    found = rows(answer(capsys, "handover", *ASKED))
    assert [(row["from_country"], row["to_country"]) for row in found] == [("COL", "PAN"), ("PAN", "CRI"), ("MEX", "")]
    assert found[2]["at_km"] == found[2]["after_km"] == ""
    parts = rows(answer(capsys, "handover", *ASKED, "--parts"))
    assert [row["country_iso3"] for row in parts] == ["COL", "PAN", "PAN", "CRI", "MEX"]
    assert [row["before_km"] for row in found] == [parts[0]["km"], parts[2]["km"], parts[4]["km"]]


def test_handover_answers_for_care_as_well(capsys: pytest.CaptureFixture[str]) -> None:
    found = rows(answer(capsys, "handover", *ASKED, "--capability", "clinical_care"))
    assert ("COL", "PAN") in {(row["from_country"], row["to_country"]) for row in found}
    assert {row["before_class"] for row in found} <= {"gap", "fast_only", "none_ahead", "covered", "usual_pace"}


def test_what_cannot_be_asked_is_refused_with_what_can(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["handover", "--as-of", "2024-04"]) == 1
    assert "south_miramar" in capsys.readouterr().err
    assert main(["presence", "--as-of", "2024-04", "--shares"]) == 1
    assert "--route" in capsys.readouterr().err
    assert main(["presence", "--as-of", "2024-04", "--capability", "shelter"]) == 1
    assert "state:protective" in capsys.readouterr().err
    with pytest.raises(SystemExit) as refusal:
        main(["presence", "--as-of", "2024-04", "--all", "--roles"])
    assert refusal.value.code == 2
