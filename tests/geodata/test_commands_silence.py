"""`silence` on the command line: every figure of the page comes from one of its tables."""

from __future__ import annotations

import csv
import io
import json

import pytest
from test_reference import the_corridor

from geodata.__main__ import main
from geodata.commands import silence
from geodata.corridor import Corridor
from geodata.coverage.silence import SILENCE_STATES

ASKED = ("silence", "--route", "north_acandi_ciudad_juarez", "--as-of", "2024-04")


@pytest.fixture(scope="module")
def filled() -> Corridor:
    """The corridor of the reference, read once for all the commands of this file."""
    return the_corridor()


@pytest.fixture(autouse=True)
def no_store(filled: Corridor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(silence, "read_corridor", lambda: filled)


def rows(capsys: pytest.CaptureFixture[str], *more: str) -> list[dict[str, str]]:
    assert main([*ASKED, *more, "--format", "csv"]) == 0
    return list(csv.DictReader(io.StringIO(capsys.readouterr().out)))


def test_the_parts_of_the_route_come_with_their_sum(capsys: pytest.CaptureFixture[str]) -> None:
    found = rows(capsys)
    assert [row["part"] for row in found[:2]] == ["COL", "darien"]
    assert found[-1]["part"] == "route"
    for column in ("hours", *(f"{state}_hours" for state in SILENCE_STATES)):
        assert float(found[-1][column]) == pytest.approx(sum(float(row[column]) for row in found[:-1]))


def test_the_quarters_the_figures_the_events_and_the_periods_are_tables_of_their_own(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert {row["quarter"] for row in rows(capsys, "--quarters", "2023-Q4/2024-Q1")} == {"2023-Q4", "2024-Q1"}
    assert {"676", "328", "135"} <= {row["count"] for row in rows(capsys, "--reports")}
    assert "2024-03-04" in {row["date"] for row in rows(capsys, "--events")}
    assert {row["month"] for row in rows(capsys, "--events", "--quarters", "2024-Q4")} == {"2024-10", "2024-12"}
    assert "2024-03-04" in {row["to_day"] for row in rows(capsys, "--periods", "darien")}


@pytest.mark.parametrize(
    "table", [(), ("--reports",), ("--events",), ("--periods", "darien"), ("--quarters", "2024-Q1")]
)
def test_each_table_can_be_written_as_json(table: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*ASKED, *table, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)


def test_the_runs_have_lines(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*ASKED, "--runs", "--format", "geojson"]) == 0
    features = json.loads(capsys.readouterr().out)["features"]
    assert {feature["geometry"]["type"] for feature in features} == {"LineString"}
    assert {feature["properties"]["class"] for feature in features} <= set(SILENCE_STATES)


@pytest.mark.parametrize(
    ("more", "remedy"),
    [
        (("--quarters", "2024"), "write it as 2023-Q1/2024-Q4"),
        (("--periods", "nowhere"), "The named stretches are: darien"),
    ],
)
def test_what_is_refused_says_what_to_do(
    more: tuple[str, ...], remedy: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*ASKED, *more]) == 1
    assert remedy in capsys.readouterr().err


def test_silence_without_a_route_says_which_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["silence", "--as-of", "2024-04"]) == 1
    assert "name one with --route: north_acandi" in capsys.readouterr().err
