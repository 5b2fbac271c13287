"""A location problem in a file is read strictly, and its answer is written as JSON."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import pytest

from geodata.commands.instance_siting import instance_options, run_instance
from geodata.errors import SchemaFault, UnknownName, UnreadableFile
from geodata.sources.instances import read_instance

TOWNS = {"weights": [1, 1, 5], "distances": [[0, 4, None], [4, 0, 6], [10, 6.5, 0]]}
STRETCHES = {"weights": [10, 20, 30], "coverage": [[0], [1, 0, 1], []], "facilities": 4}


def written(folder: Path, told: object) -> Path:
    path = folder / "problem.json"
    path.write_text(told if isinstance(told, str) else json.dumps(told))
    return path


def answer(folder: Path, told: object, *options: str) -> dict[str, object]:
    """What the command answers to a problem, by way of a file."""
    part = argparse.ArgumentParser()
    instance_options(part)
    part.add_argument("--output", type=Path)
    out = folder / "answer.json"
    asked = part.parse_args(["--instance", str(written(folder, told)), "--output", str(out), *options])
    assert run_instance(asked) == 0
    found: dict[str, object] = json.loads(out.read_text())
    return found


def test_distances_are_read_with_null_where_a_facility_cannot_serve(tmp_path: Path) -> None:
    told = read_instance(written(tmp_path, {**TOWNS, "fixed": [1], "excluded": [0, 2], "costs": [1, 2.5, 0]}))
    assert told.weights.tolist() == [1, 1, 5]
    assert told.distances is not None
    assert told.distances.tolist() == [[0, 4, np.inf], [4, 0, 6], [10, 6.5, 0]]
    assert (told.fixed, told.excluded, told.coverage) == ((1,), (0, 2), None)
    assert told.costs is not None
    assert told.costs.tolist() == [1, 2.5, 0]


def test_coverage_is_read_with_facilities_that_cover_nothing(tmp_path: Path) -> None:
    told = read_instance(written(tmp_path, STRETCHES))
    assert told.coverage is not None
    assert told.coverage.toarray().tolist() == [[True, False, False, False], [True, True, False, False], [False] * 4]
    assert (told.distances, told.costs, told.fixed) == (None, None, ())
    unsaid = read_instance(written(tmp_path, {"weights": [1], "coverage": [[2]]}))
    assert unsaid.coverage is not None
    assert unsaid.coverage.shape == (1, 3)
    empty = read_instance(written(tmp_path, {"weights": [], "distances": []}))
    assert empty.distances is not None
    assert empty.distances.shape == (0, 0)


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ("", "not JSON"),
        ("[1, 2]", "no object"),
        ('{"weights": [1], "weights": [2], "coverage": [[0]]}', "'weights' stands there twice"),
        ('{"weights": [NaN], "coverage": [[0]]}', "NaN is not a number of JSON.*null"),
        ('{"weights": [1], "distances": [[Infinity]]}', "Infinity is not a number"),
        ("[" * 100_000, "not JSON"),
        ({"weights": [1], "coverage": [[0]], "colour": 1}, "'colour'. There are: weights"),
        ({"weights": [1]}, "one of distances and coverage"),
        ({"coverage": [[0]]}, "weights and one of"),
        ({**TOWNS, "coverage": [[0]]}, "one of distances and coverage"),
    ],
)
def test_what_is_no_problem_is_refused_with_the_form_that_is_needed(told: object, says: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=says) as refused:
        read_instance(written(tmp_path, told))
    assert "problem.json" in str(refused.value)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"weights": 3}, "row all, column weights: '3': give a list of numbers"),
        ({"weights": [1, -1, 5]}, "row 1, column weights: '-1'"),
        ({"weights": [1, True, 5]}, "row 1, column weights: 'true'"),
        ({"weights": [1, None, 5]}, "row 1, column weights: 'null': a number at least 0 is needed$"),
        ({"weights": [1, "two", 5]}, "row 1, column weights: 'two'"),
        ({"weights": [1, 1e200, 5]}, "row 1, column weights"),
        ({"weights": [1, 1]}, "column distances: '3': give one list for each of the 2 weights"),
        ({"distances": {"a": 1}}, "column distances"),
        ({"distances": [[0, 4], [4, 0, 6], [10, 6, 0]]}, "row 1, column distances: '3'.* each of the 2 facilities"),
        ({"distances": [[0, 4, 1], [4, -2, 6], [1, 1, 1]]}, "row 1, column distances: '-2'.*null where"),
        ({"distances": [[0, 4, 1], 7, [1, 1, 1]]}, "row 1, column distances: '7'"),
        ({"facilities": 4}, "column facilities: '4'"),
        ({"fixed": [3]}, "column fixed: '3': a facility is named by its position, 0 to 2"),
        ({"excluded": [0.5]}, "column excluded: '0.5'"),
        ({"fixed": 1}, "column fixed: '1': give a list of facilities"),
        ({"costs": [1, 2]}, "column costs: '2': give one cost for each of the 3"),
        ({"costs": [1, 2, None]}, "row 2, column costs: 'null'"),
    ],
)
def test_a_wrong_value_is_named_with_its_key_its_row_and_the_remedy(change: object, says: str, tmp_path: Path) -> None:
    with pytest.raises(SchemaFault, match=says):
        read_instance(written(tmp_path, {**TOWNS, **change}))  # type: ignore[dict-item]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"coverage": [[0], [4], []]}, "column facilities: '4'.*the rows name 5"),
        ({"coverage": [[0], [-1], []]}, "row 1, column coverage: '-1'"),
        ({"coverage": [[0], 1, []]}, "row 1, column coverage: '1': give a list of facilities"),
        ({"facilities": True}, "column facilities: 'true'"),
    ],
)
def test_a_wrong_facility_is_named(change: dict[str, object], says: str, tmp_path: Path) -> None:
    with pytest.raises(SchemaFault, match=says):
        read_instance(written(tmp_path, {**STRETCHES, **change}))


def test_of_many_faults_the_first_are_told_and_the_rest_counted(tmp_path: Path) -> None:
    with pytest.raises(SchemaFault) as refused:
        read_instance(written(tmp_path, {"weights": [-1] * 30, "coverage": [[]] * 30}))
    assert len(refused.value.faults) == 21
    assert "10 more values are wrong" in str(refused.value)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="Check the name"):
        read_instance(tmp_path / "none.json")


def test_each_objective_is_answered_from_the_command_line(tmp_path: Path) -> None:
    """Three towns with 1, 1 and 5 women; from the first nothing leads to the place in the third."""
    covered = {"sites": [2], "value": 5, "bound": 5, "optimal": True}
    assert answer(tmp_path, TOWNS, "--objective", "mclp", "-p", "1", "--radius", "4") == covered
    assert answer(tmp_path, TOWNS, "--objective", "lscp", "--radius", "6.5")["sites"] == [1]
    assert answer(tmp_path, TOWNS, "--objective", "p-center", "-p", "1")["value"] == 6.5
    both = answer(tmp_path, TOWNS, "--objective", "p-median", "-p", "2")
    assert (both["value"], both["optimal"]) == (4, True)
    assert both["sites"] in ([0, 2], [1, 2])
    dear = {**STRETCHES, "costs": [9, 1, 1, 1]}
    assert answer(tmp_path, dear, "--objective", "mclp", "--budget", "3")["sites"] == [1]
    assert answer(tmp_path, STRETCHES, "-p", "2")["sites"] == [0]


def test_a_value_without_end_is_null_in_the_answer(tmp_path: Path) -> None:
    apart = {"weights": [1, 1], "distances": [[0, None], [None, 0]]}
    found = answer(tmp_path, apart, "--objective", "p-center", "-p", "1")
    assert (found["value"], found["bound"]) == (None, None)


def test_demand_that_nothing_can_serve_is_counted_aloud(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert answer(tmp_path, STRETCHES, "--objective", "lscp")["sites"] == [0]
    assert "left out: 1 of 3 demand points" in capsys.readouterr().err
    answer(tmp_path, {**TOWNS, "excluded": [0, 1]}, "--objective", "p-median", "-p", "1")
    assert "left out: 1 of 3 demand points" in capsys.readouterr().err
    answer(tmp_path, TOWNS, "--objective", "lscp", "--radius", "4")
    assert capsys.readouterr().err == ""


def test_an_answer_goes_to_the_screen_where_no_file_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    part = argparse.ArgumentParser()
    instance_options(part)
    assert run_instance(part.parse_args(["--instance", str(written(tmp_path, STRETCHES)), "-p", "1"])) == 0
    assert capsys.readouterr().out == '{"sites": [0], "value": 30, "bound": 30, "optimal": true}\n'


def test_a_radius_that_is_missing_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match="needs a radius"):
        answer(tmp_path, TOWNS, "--objective", "mclp", "-p", "1")
