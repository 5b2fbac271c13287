"""`scenario`: a plan kept in a file, run again on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import answer, rows

from geodata.__main__ import main
from geodata.planning import Change, Scenario
from geodata.sources.scenarios import written_scenario

pytestmark = pytest.mark.usefixtures("own_store")
ASKED = ("--as-of", "2024-04", "--route", "north_acandi_ciudad_juarez", "--format", "csv")


@pytest.fixture
def plan(tmp_path: Path) -> str:
    changes = (Change.parse("open:bajo_chiquito:clinical_care:2024-03::50000"), Change.parse("close:SV023"))
    file = tmp_path / "plan.csv"
    file.write_bytes(written_scenario(Scenario("Reapertura", changes)))
    return str(file)


def test_a_row_tells_what_each_change_does_alone_and_what_all_do_together(
    plan: str, capsys: pytest.CaptureFixture[str]
) -> None:
    told = rows(answer(capsys, "scenario", plan, *ASKED))
    assert [row["effect"] for row in told] == ["today", "1", "2", "together"]
    assert float(told[1]["typical_woman_days_taken_out"]) > 8000
    assert float(told[2]["typical_woman_days_taken_out"]) < 0
    assert told[1]["cost"] == "50000"


@pytest.mark.parametrize("by", ["class", "run", "segment", "service", "exposure"])
def test_the_rows_may_be_those_of_a_comparison(by: str, plan: str, capsys: pytest.CaptureFixture[str]) -> None:
    told = rows(answer(capsys, "scenario", plan, *ASKED, "--by", by))
    assert told
    if by == "service":
        assert {row["service_id"]: row["change"] for row in told}["plan-1"] == "opened"


def test_the_plan_may_be_held_against_another_month(plan: str, capsys: pytest.CaptureFixture[str]) -> None:
    told = rows(answer(capsys, "scenario", plan, *ASKED, "--by", "class", "--since", "2024-02"))
    fast_only = next(row for row in told if row["class"] == "fast_only")
    assert float(fast_only["hours_change"]) == pytest.approx(0, abs=1e-9)


def test_a_faulty_file_is_refused_with_its_row(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "plan.csv"
    file.write_text("change,place,capabilities\nopen,nowhere,shelter\n")
    assert main(["scenario", str(file), *ASKED]) == 1
    assert "row 2, column place: 'nowhere'" in capsys.readouterr().err
    assert main(["scenario", str(tmp_path / "none.csv"), *ASKED]) == 1
    assert "cannot be read" in capsys.readouterr().err
