"""`closures` and `expiring` on the command line: what the functions say, row by row."""

from __future__ import annotations

import pytest
from command_line import answer, rows

from geodata.__main__ import main

MAIN = ("--route", "north_acandi_tijuana", "--as-of", "2024-02", "--format", "csv")
pytestmark = pytest.mark.usefixtures("own_store")


def test_closures_give_a_row_per_service_or_per_place(capsys: pytest.CaptureFixture[str]) -> None:
    by_service = rows(answer(capsys, "closures", *MAIN))
    assert by_service[0]["service_id"] == "SV054"
    assert float(by_service[0]["added_typical_hours"]) == pytest.approx(19)
    assert by_service[0]["next_service"] == ""
    hours = [float(row["added_typical_hours"]) for row in by_service]
    assert hours == sorted(hours, reverse=True)
    by_place = {row["place_id"]: row for row in rows(answer(capsys, "closures", "--by", "place", *MAIN))}
    assert by_place["tegucigalpa"]["services"] == "SV124;SV125"


def test_expiring_tells_the_months_asked_or_the_twelve_after_the_date(capsys: pytest.CaptureFixture[str]) -> None:
    year = rows(answer(capsys, "expiring", *MAIN))
    assert [(row["month"], row["event"], row["service_id"]) for row in year][:2] == [
        ("2024-03", "closes", "SV002"),
        ("2024-03", "closes", "SV003"),
    ]
    assert max(row["month"] for row in year) <= "2025-02"
    asked = rows(answer(capsys, "expiring", *MAIN[:2], "--months", "2024-03/2024-03", "--format", "csv"))
    assert asked == [row for row in year if row["month"] == "2024-03"]


def test_the_state_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["closures", "--capability", "state:mixed", *MAIN]) == 1
    assert "ask for a capability" in capsys.readouterr().err
