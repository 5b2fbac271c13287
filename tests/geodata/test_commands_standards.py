"""`standard` on the command line: a file or targets in; segments, sections, countries, targets, changes out."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import rows

from geodata.__main__ import main
from geodata.commands import standards
from geodata.corridor import Corridor

ROUTE = ("--as-of", "2024-04", "--route", "north_acandi_ciudad_juarez")
TARGETS = ("--target", "clinical_care=24", "--target", "shelter=48")
FILE = "standard,capability,hours,adopted,note\nours,clinical_care,24,2026-03,\nours,shelter,48,2026-03,\n"


@pytest.fixture(autouse=True)
def own_corridor(filled: Corridor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(standards, "read_corridor", lambda: filled)


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, str]]:
    assert main(["standard", *arguments, "--format", "csv"]) == 0
    return rows(capsys.readouterr().out)


def test_a_file_and_targets_say_the_same(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "ours.csv"
    path.write_text(FILE, encoding="utf-8")
    assert told(capsys, str(path), *ROUTE) == told(capsys, *TARGETS, *ROUTE)


def test_sections_come_in_the_order_of_travel(capsys: pytest.CaptureFixture[str]) -> None:
    found = told(capsys, *TARGETS, *ROUTE)
    assert list(found[0])[:6] == ["route", "section", "country_iso3", "class", "missed", "unconfirmed"]
    assert found[0]["country_iso3"] == "COL"
    assert [float(row["from_hours"]) for row in found] == sorted(float(row["from_hours"]) for row in found)


def test_countries_and_targets_tell_all_four_classes(capsys: pytest.CaptureFixture[str]) -> None:
    countries = told(capsys, *TARGETS, *ROUTE, "--by", "country")
    assert [row["country_iso3"] for row in countries[::4]] == ["COL", "PAN", "CRI", "NIC", "HND", "GTM", "MEX"]
    targets = told(capsys, *TARGETS, *ROUTE, "--by", "target")
    assert [(row["capability"], row["class"]) for row in targets][:5] == [
        ("clinical_care", "ready"),
        ("clinical_care", "pending"),
        ("clinical_care", "not_ready"),
        ("clinical_care", "unknown"),
        ("shelter", "ready"),
    ]
    whole = told(capsys, *TARGETS, *ROUTE, "--by", "class")
    assert sum(float(row["typical_share"]) for row in whole) == pytest.approx(1)


def test_segments_have_a_line_each(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["standard", *TARGETS, *ROUTE, "--by", "segment", "--format", "geojson"]) == 0
    assert '"LineString"' in capsys.readouterr().out
    found = told(capsys, *TARGETS, *ROUTE, "--by", "segment")
    assert {"clinical_care_target", "shelter_target", "admin1"} <= set(found[0])
    assert {row["class"] for row in found} <= {"ready", "pending", "not_ready", "unknown"}


def test_changes_and_what_they_leave_over_are_told_for_a_country(capsys: pytest.CaptureFixture[str]) -> None:
    found = told(capsys, *TARGETS, *ROUTE, "--by", "changes", "--country", "PAN")
    assert {row["kind"] for row in found} <= {"open", "upgrade", "confirm", "await"}
    assert any(row["change"].startswith(("open:", "upgrade:")) for row in found)
    left = told(capsys, *TARGETS, *ROUTE, "--by", "left-over", "--country", "PAN")
    assert {row["reason"] for row in left} <= {"beyond_border", "too_far", "way_not_known"}
    ahead = told(capsys, *TARGETS, *ROUTE, "--by", "changes", "--country", "COL", "--ahead")
    own = told(capsys, *TARGETS, *ROUTE, "--by", "changes", "--country", "COL")
    assert len(ahead) <= len(own)
    assert {row["country_iso3"] for row in own} == {"COL"}


def test_without_a_route_each_route_of_the_direction_stands_for_itself(capsys: pytest.CaptureFixture[str]) -> None:
    found = told(capsys, *TARGETS, "--as-of", "2025-04", "--direction", "southbound", "--by", "class")
    assert [row["route"] for row in found[::4]] == ["south_miramar", "south_palenque"]


def test_the_standard_itself_is_written_as_a_file_that_can_be_read(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "adopted.csv"
    written = (*TARGETS, "--name", "ours", *ROUTE, "--by", "standard", "--format", "csv", "--output", str(path))
    assert main(["standard", *written]) == 0
    assert path.read_text(encoding="utf-8") == FILE.replace("2026-03", "")
    assert told(capsys, str(path), *ROUTE, "--by", "class") == told(capsys, *TARGETS, *ROUTE, "--by", "class")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((), "Give either a FILE"),
        (("--target", "bread=1"), "is not a target"),
        (("--target", "shelter"), "is not a target"),
        (("--target", "shelter=1", "--target", "shelter=2"), "is not a target"),
        (("--target", "shelter=721"), "whole number"),
        ((*TARGETS, "--by", "changes"), "not a country"),
        ((*TARGETS, "--by", "changes", "--country", "FRA"), "not a country"),
        ((*TARGETS, "--name", "=x", "--by", "standard"), "formula"),
        (("nowhere.csv",), "cannot be read"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_its_reason(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], expected: str
) -> None:
    assert main(["standard", *arguments, *ROUTE]) == 1
    assert expected in capsys.readouterr().err


def test_a_faulty_file_is_refused_whole_with_every_fault(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "ours.csv"
    path.write_text(FILE.replace("clinical_care,24", "bread,0"), encoding="utf-8")
    assert main(["standard", str(path), *ROUTE]) == 1
    refusal = capsys.readouterr().err
    assert refusal.count("ours.csv, row 2") == 2
    assert "column capability: 'bread'" in refusal
    assert "column hours: '0'" in refusal
