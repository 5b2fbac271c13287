"""Places that hold whatever comes: by hand on a line travelled both ways, and against trying every set."""

from __future__ import annotations

import itertools
import math

import pytest
from corridors import corridor, leg
from hypothesis import given, settings
from hypothesis import strategies as st
from planned_lines import APRIL, CARE, FLOW, LEGS, PLACES, ROUTE, asked, line, reading

from geodata.corridor import Corridor
from geodata.coverage import Question
from geodata.errors import UnknownName
from geodata.planning import Cancelled, Future, futures, robust
from geodata.planning.candidates import candidates
from geodata.reference import read_reference
from geodata.snapshot import Snapshot
from geodata.units import Hours, Month

MAY = Month(2024, 5)
SOUTH = {"id": "south", "name": "south", "direction": "southbound", "legs": "d>e;c>d;b>c;a>b", "counting_point": ""}


def both_ways() -> Corridor:
    """The line with care at e, travelled from a to e and from e to a; nobody is counted going south."""
    legs = [one | {"direction": "both"} for one in LEGS]
    may = FLOW | {"period": "2024-05", "women": 20, "girls": 4, "total": 40}
    return corridor(PLACES, legs, routes=[ROUTE, SOUTH], services=[CARE], flows=[FLOW, may])


TYPICAL = {"paces": ["typical"], "statuses": ["listed"]}


def test_futures_are_every_combination_with_the_months_known_of_each_route() -> None:
    found = futures(both_ways(), asked())
    assert len(found) == 2 * 3 * 2 + 3 * 2
    assert {one.month for one in found if one.direction == "northbound"} == {APRIL, MAY}
    assert {one.month for one in found if one.direction == "southbound"} == {None}
    assert {one.date for one in found} == {APRIL}
    assert len(futures(both_ways(), asked(), routes=["north"], months=[APRIL], dates=[APRIL, MAY], **TYPICAL)) == 2


def test_a_word_that_is_not_there_is_refused() -> None:
    for wrong in ({"routes": ["west"]}, {"directions": ["west"]}, {"paces": ["usual"]}, {"statuses": ["open"]}):
        with pytest.raises(UnknownName, match=r"is not one of"):
            futures(both_ways(), asked(), **wrong)
    with pytest.raises(UnknownName, match="no futures"):
        robust(both_ways(), asked(), [])


def test_the_least_worst_loss_is_that_of_the_place_that_serves_both_ways() -> None:
    """North, c has all 120 h in time, b 102; south, a and b have 72, c 60. So b loses 18 of 120, c 12 of 72."""
    found = robust(both_ways(), asked(), futures(both_ways(), asked(), **TYPICAL), 1)
    assert found.minimax == ("new:b",)
    assert found.worst_share == pytest.approx(18 / 120)
    assert (found.bound, found.optimal) == (pytest.approx(18 / 120), True)
    assert found.choices.at["asked", "candidates"] == "new:c"
    assert found.choices.at["asked", "worst_share"] == pytest.approx(12 / 72)
    assert found.choices.at["least_regret", "lost_in"] == 2


def test_the_regret_says_what_is_lost_in_woman_days_where_a_count_is_known() -> None:
    found = robust(both_ways(), asked(), futures(both_ways(), asked(), **TYPICAL), 1)
    regret = found.regret[found.regret["choice"] == "least_regret"].set_index("month")
    assert regret.loc["2024-04", "loss_woman_days"] == pytest.approx(18 * 10)
    assert regret.loc["2024-05", "loss_woman_days"] == pytest.approx(18)
    assert regret.loc["2024-05", "share"] == pytest.approx(18 / 120)
    assert math.isnan(regret.loc["", "loss_woman_days"])
    assert (regret.loc["", "loss_hours"], regret.loc["", "in_best"]) == (0, True)


def test_how_often_a_place_is_among_the_best_counts_futures_and_ties_apart() -> None:
    found = robust(both_ways(), asked(), futures(both_ways(), asked(), **TYPICAL), 1).frequency
    assert found.loc[["new:c", "new:a"], "in_best"].tolist() == [2, 1]
    assert found["futures"].tolist() == [3] * len(found)
    assert found.at["new:c", "share"] == pytest.approx(2 / 3)
    assert "new:b" not in found.index
    bests = robust(both_ways(), asked(), futures(both_ways(), asked(), **TYPICAL), 1).bests
    assert bests["candidates"].tolist() == ["new:c", "new:c", "new:a"]
    assert bests["before_in_time_hours"].tolist() == pytest.approx([72, 72, 0])


def test_progress_is_told_future_by_future_and_what_it_raises_ends_the_work() -> None:
    made, told = both_ways(), []
    coming = futures(made, asked(), **TYPICAL)
    robust(made, asked(), coming, 1, progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 3), (2, 3), (3, 3)]

    def stop(done: int, total: int) -> None:
        if done == 2:
            raise Cancelled(f"{done} of {total}")

    with pytest.raises(Cancelled, match="2 of 3"):
        robust(made, asked(), coming, 1, progress=stop)


def test_one_future_alone_has_no_regret() -> None:
    only = [Future("northbound", "north", APRIL, "typical", "listed", APRIL)]
    found = robust(line(), asked(40), only, 2)
    assert found.worst_share == found.bound == 0
    assert found.choices["worst_share"].tolist() == [0, 0, 0]


HOURS = st.integers(1, 40).map(float)


@st.composite
def two_ways(draw: st.DrawFn) -> Corridor:
    """A chain of five places travelled both ways, some with care, one with a branch of its own northbound."""
    names = [f"p{at}" for at in range(5)]
    paces = st.tuples(HOURS, HOURS, HOURS).map(lambda three: tuple(sorted(three)))
    legs = [leg(*ends, draw(paces), direction="both") for ends in itertools.pairwise(names)]
    legs.append(leg("p3", "q4", draw(paces)))
    ids = [str(one["id"]) for one in legs]
    routes: list[dict[str, object]] = [
        {"id": "n1", "name": "n1", "legs": ";".join(ids[:4])},
        {"id": "n2", "name": "n2", "legs": ";".join([*ids[:3], ids[4]])},
        {"id": "s1", "name": "s1", "direction": "southbound", "legs": ";".join(ids[:4][::-1])},
    ]
    places = {name: (-77 + 0.02 * at, 8.0) for at, name in enumerate(names)} | {"q4": (-76.92, 8.02)}
    care = draw(st.lists(st.sampled_from(sorted(places)), max_size=1))
    return corridor(places, legs, routes=routes, services=[{"id": f"S{name}", "place_id": name} for name in care])


@given(two_ways(), st.integers(5, 80), st.integers(1, 2))
@settings(max_examples=8, deadline=None)
def test_no_set_of_places_loses_less_at_its_worst(made: Corridor, window: int, places: int) -> None:
    """Every set tried on the corridor itself, in all three directions and routes at typical pace."""
    put = Question("clinical_care", "northbound", APRIL, Hours(float(window)))
    found = robust(made, put, futures(made, put, **TYPICAL), places)
    asked_of = [put.with_(route=route, direction=made.routes.at[route, "direction"]) for route in made.routes.index]
    new = candidates(made, put)
    sets = [new.loc[list(names)] for names in itertools.combinations(new.index, places)]
    worth = [[reading(made, one, some, "mclp") for one in asked_of] for some in sets]
    best = [max(column) for column in zip(*worth, strict=True)]
    losses = [max(_lost(*pair) for pair in zip(row, best, strict=True)) for row in worth]
    assert found.worst_share == pytest.approx(min(losses), abs=1e-6)
    assert found.optimal
    assert found.bests["in_time_hours"].tolist() == pytest.approx(best)


def _lost(hours: float, best: float) -> float:
    return 1 - hours / best if best > 0 else 0.0


def test_on_the_reference_the_ends_of_the_routes_are_in_most_best_choices() -> None:
    """April 2024: beyond Mexico City nothing is ahead, whatever comes northbound; Darién places differ by pace and route."""
    made = Corridor.of(Snapshot.of(read_reference()))
    put = Question("clinical_care", "northbound", APRIL, route="north_acandi_ciudad_juarez")
    found = robust(made, put, futures(made, put, directions=["northbound"], statuses=["listed"]), 3)
    for place in ("ciudad_juarez", "tijuana"):
        assert found.frequency.at[f"new:{place}", "in_best"] == sum(one.route.endswith(place) for one in found.futures)
    assert found.optimal
    assert found.worst_share <= found.choices["worst_share"].min() + 1e-9
