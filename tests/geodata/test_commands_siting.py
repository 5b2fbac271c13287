"""`site` and `futures` on the command line: what they answer, and what they refuse."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_line import answer, rows

from geodata.__main__ import main

pytestmark = pytest.mark.usefixtures("own_store")

SITE = ("site", "--as-of", "2024-04", "--route", "north_acandi_ciudad_juarez")


def test_site_gives_the_places_by_rank_with_what_each_is_worth(capsys: pytest.CaptureFixture[str]) -> None:
    found = rows(answer(capsys, *SITE, "--format", "csv"))
    assert [row["candidate"] for row in found] == ["upgrade:SV101", "upgrade:SV008", "new:acandi"]
    assert [row["rank"] for row in found] == ["1", "2", "3"]
    assert float(found[1]["typical_gain_woman_days"]) == pytest.approx(8480.1, abs=0.1)
    assert found[0]["optimal"] == "true"


def test_site_draws_places_and_never_a_point_in_a_street(capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(answer(capsys, *SITE, "--own", "8.47,-77.99", "--format", "geojson"))["features"]
    assert [feature["geometry"]["type"] for feature in found] == ["Point"] * 3
    assert found[0]["properties"]["place_id"] == "ciudad_juarez"


def test_site_leaves_out_places_and_takes_another_objective(capsys: pytest.CaptureFixture[str]) -> None:
    more = ("--without", "come_gallina", "tres_bocas", "--format", "csv")
    found = rows(answer(capsys, *SITE, *more))
    assert [row["place_id"] for row in found][:2] == ["ciudad_juarez", "bajo_chiquito"]
    center = rows(answer(capsys, *SITE, "--objective", "p-center", "-p", "1", "--format", "csv"))
    assert float(center[0]["value"]) == pytest.approx(92.08)


@pytest.mark.parametrize(
    ("by", "first"),
    [
        ("curve", "places"),
        ("tradeoff", "objective"),
        ("left", "from_place"),
    ],
)
def test_site_gives_every_table(capsys: pytest.CaptureFixture[str], by: str, first: str) -> None:
    found = rows(answer(capsys, *SITE, "-p", "1", "--by", by, "--format", "csv"))
    assert next(iter(found[0])) == first


def test_site_asks_for_a_budget_with_its_costs(capsys: pytest.CaptureFixture[str]) -> None:
    found = rows(answer(capsys, *SITE, "--budget", "4", "--costs", "3,1", "--format", "csv"))
    assert sum(float(row["cost"]) for row in found) <= 4
    assert main([*SITE, "--budget", "4"]) == 1
    assert "costs" in capsys.readouterr().err


def test_site_without_a_date_or_with_a_point_that_is_none_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    for wrong in (("site", "--route", "north_acandi_reynosa"), (*SITE, "--own", "here"), (*SITE, "--own", "95,10")):
        with pytest.raises(SystemExit) as stopped:
            main(wrong)
        assert stopped.value.code == 2
    assert "--own" in capsys.readouterr().err


def test_site_answers_a_published_problem(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two facilities, 3 and 1 away from the first demand, 1 and 5 from the second: the first costs 4, the second 6."""
    problem = tmp_path / "problem.json"
    problem.write_text(json.dumps({"weights": [1, 1], "distances": [[3, 1], [1, 5]]}))
    told = json.loads(answer(capsys, "site", "--instance", str(problem), "--objective", "p-median", "-p", "1"))
    assert told == {"sites": [0], "value": 4, "bound": 4, "optimal": True}


def test_futures_gives_how_often_a_place_is_among_the_best(capsys: pytest.CaptureFixture[str]) -> None:
    asked = (
        "futures",
        "--as-of",
        "2024-04",
        "--route",
        "north_acandi_ciudad_juarez",
        "--flow-months",
        "2024-03/2024-04",
    )
    found = rows(answer(capsys, *asked, "--format", "csv"))
    assert found[0]["candidate"] == "new:ciudad_juarez"
    assert (found[0]["in_best"], found[0]["futures"]) == ("12", "12")
    few = (*asked, "--paces", "typical", "--statuses", "listed")
    regret = rows(answer(capsys, *few, "--by", "regret", "--format", "csv"))
    assert {row["choice"] for row in regret} == {"least_regret", "most_frequent", "asked"}
    assert capsys.readouterr().err == ""
