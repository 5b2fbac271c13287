"""`exposure`, `trends` and `shares` on the command line: what the functions say, one route or each for itself."""

from __future__ import annotations

import csv
import io

import pytest

from geodata.__main__ import main
from geodata.commands import trending
from geodata.corridor import Corridor

MAIN = ("--route", "north_acandi_ciudad_juarez")


@pytest.fixture(autouse=True)
def own_corridor(filled: Corridor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trending, "read_corridor", lambda: filled)


def rows(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, str]]:
    assert main([*arguments, "--format", "csv"]) == 0
    return list(csv.DictReader(io.StringIO(capsys.readouterr().out)))


def test_exposure_gives_the_promised_columns_month_by_month(capsys: pytest.CaptureFixture[str]) -> None:
    found = rows(capsys, "exposure", "--months", "2025-03/2025-05", *MAIN)
    assert list(found[0])[:10] == [
        "month",
        "route",
        "low_woman_days",
        "typical_woman_days",
        "high_woman_days",
        "women_and_girls",
        "basis",
        "left_out_typical_woman_days",
        "source_ids",
        "caveat",
    ]
    assert [(row["month"], row["women_and_girls"], row["missing"]) for row in found] == [
        ("2025-03", "52", ""),
        ("2025-04", "20", ""),
        ("2025-05", "", "no_count"),
    ]
    assert found[2]["typical_woman_days"] == ""


def test_exposure_without_a_route_gives_each_route_of_the_direction_for_itself(
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = rows(capsys, "exposure", "--as-of", "2025-04", "--direction", "southbound")
    assert [row["route"] for row in found] == ["south_miramar", "south_palenque"]
    assert {row["missing"] for row in found} == {"no_sex_split"}


def test_woman_days_by_class_and_women_by_population(capsys: pytest.CaptureFixture[str]) -> None:
    total = rows(capsys, "exposure", "--as-of", "2024-04", *MAIN)[0]
    classes = {row["class"]: row for row in rows(capsys, "exposure", "--as-of", "2024-04", "--by", "class", *MAIN)}
    counted = ("gap", "none_ahead", "fast_only")
    assert float(total["typical_woman_days"]) == pytest.approx(
        sum(float(classes[name]["typical_woman_days"]) for name in counted)
    )
    people = rows(capsys, "exposure", "--as-of", "2024-04", "--by", "population", *MAIN)
    assert [row["population"] for row in people] == ["in_time", "fast_only", "out_of_time", "unknown"]
    whole = sum(float(row["typical_woman_days"]) for row in classes.values())
    assert sum(float(row["typical_women"]) for row in people) == pytest.approx(whole / 30)


def test_trends_give_hours_by_month_country_and_class(capsys: pytest.CaptureFixture[str]) -> None:
    found = rows(capsys, "trends", "--months", "2024-02/2024-03", *MAIN)
    assert list(found[0]) == [
        "month",
        "route",
        "country_iso3",
        "class",
        "low_hours",
        "typical_hours",
        "high_hours",
    ]
    assert len(found) == 2 * 7 * 6


def test_shares_give_both_readings(capsys: pytest.CaptureFixture[str]) -> None:
    found = rows(capsys, "shares", "--as-of", "2024-04", *MAIN)
    assert [row["status"] for row in found] == ["listed"] * 6 + ["confirmed"] * 6
    assert sum(float(row["share_of_hours"]) for row in found) == pytest.approx(2)


def test_a_wrong_span_is_refused_and_none_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["trends", "--months", "2024-04/2024-02", *MAIN]) == 1
    assert "ends before it begins" in capsys.readouterr().err
    assert main(["trends", "--months", "2024-04/2024", *MAIN]) == 1
    assert "write it as YYYY-MM" in capsys.readouterr().err
    for wrong in (["trends", *MAIN], ["trends", "--as-of", "2024-04", "--months", "2024-04/2024-05"]):
        with pytest.raises(SystemExit) as refusal:
            main(wrong)
        assert refusal.value.code == 2
