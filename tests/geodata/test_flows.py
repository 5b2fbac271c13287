"""Women and girls counted: what was published, what follows from it in a stated way, and otherwise nothing at all."""

from __future__ import annotations

import math

import pytest
from corridors import corridor, leg

from geodata.coverage import Flow, flow, months_known
from geodata.coverage.flows import route_flow
from geodata.units import Month

APRIL = Month(2024, 4)
PLACES = {"a": (-77.0, 8.0), "b": (-77.1, 8.0)}


def counted(*rows: dict[str, object], month: Month = APRIL) -> Flow:
    """The flow of a month by these rows of the table, northbound at `gate`."""
    whole = [{"crossing": "gate", "direction": "northbound", "period": "2024-04", **row} for row in rows]
    return flow(corridor(PLACES, [leg("a", "b", (1, 2, 3))], flows=whole), "gate", "northbound", month)


def is_none(found: Flow, missing: str) -> bool:
    return math.isnan(found.count) and (found.basis, found.missing) == ("none", missing)


def test_the_published_count_of_all_ages_is_taken_first() -> None:
    found = counted({"total": 100, "women": 20, "girls": 5, "female_all_ages": 30, "caveat": "estimate"})
    assert found == Flow(30.0, 100.0, "counted", ("s",), ("estimate",))


def test_else_women_and_girls_are_added_where_both_are_published() -> None:
    assert counted({"total": 100, "women": 20, "girls": 5}).count == 25.0
    assert is_none(counted({"total": 100, "women": 20}), "no_sex_split")


def test_a_month_without_a_split_takes_the_share_of_the_years_own_row() -> None:
    year = {"period": "2024", "total": 1000, "female_all_ages": 250, "source_id": "y", "caveat": "estimate"}
    other = {"period": "2024-05", "total": 10, "female_all_ages": 9}
    found = counted({"total": 100, "caveat": "no_sex_split"}, year, other)
    assert found == Flow(25.0, 100.0, "year_share", ("s", "y"), ("no_sex_split", "estimate"))


def test_without_a_split_in_the_years_row_the_months_that_have_it_give_the_share() -> None:
    rows = [
        {"period": "2024", "total": 5000},
        {"period": "2024-01", "total": 100, "female_all_ages": 10, "source_id": "m"},
        {"period": "2024-02", "total": 300, "female_all_ages": 90, "source_id": "m"},
        {"period": "2023-12", "total": 100, "female_all_ages": 100},
    ]
    assert counted({"total": 80}, *rows) == Flow(20.0, 80.0, "year_share", ("s", "m"))  # (10 + 90) of 400: a quarter


def test_without_any_share_in_that_year_the_count_is_not_known_and_never_zero() -> None:
    found = counted({"total": 80}, {"period": "2023", "total": 4, "female_all_ages": 1})
    assert is_none(found, "no_sex_split")
    assert found.total == 80.0


def test_a_year_in_which_nobody_passed_gives_no_share() -> None:
    assert is_none(counted({"total": 80}, {"period": "2024", "total": 0, "female_all_ages": 0}), "no_sex_split")


def test_a_month_without_a_row_has_no_count_whatever_its_neighbours_have() -> None:
    rows = [{"period": period, "total": 9, "female_all_ages": 3} for period in ("2024-03", "2024-05", "2024")]
    assert is_none(counted(*rows), "no_count")


@pytest.mark.parametrize("period", ["2024-04/2024-05", "2024-04-01/2024-04-27", "2024-04-03", "2024/2025"])
def test_a_period_of_several_months_or_of_a_part_of_one_is_never_divided_or_stretched(period: str) -> None:
    assert is_none(counted({"period": period, "total": 100, "female_all_ages": 40}), "no_count")


def test_a_published_zero_is_a_count() -> None:
    assert counted({"total": 0, "female_all_ages": 0}) == Flow(0.0, 0.0, "counted", ("s",))


def test_the_other_direction_and_other_crossings_count_for_nothing() -> None:
    rows = {"total": 100, "female_all_ages": 40}
    assert is_none(counted({**rows, "direction": "southbound"}), "no_count")
    assert is_none(counted({**rows, "direction": "unknown"}), "no_count")
    assert is_none(counted({**rows, "crossing": "door"}), "no_count")


def test_of_several_rows_the_one_with_a_split_is_taken_and_they_are_never_added() -> None:
    rows = [{"total": 300, "source_id": "a"}, {"total": 100, "female_all_ages": 40, "source_id": "b"}]
    for order in (rows, rows[::-1]):
        assert counted(*order) == Flow(40.0, 100.0, "counted", ("b",))


def test_then_the_source_whose_series_covers_most_months_and_then_the_first_by_its_id() -> None:
    split = {"total": 100, "female_all_ages": 40}
    rows = [{**split, "source_id": "a"}, {**split, "female_all_ages": 50, "source_id": "b"}]
    assert counted(*rows).count == 40.0
    assert counted(*rows, {**split, "period": "2024-05", "source_id": "b"}).count == 50.0
    assert counted(*rows, {**split, "period": "2024", "source_id": "b"}).count == 40.0  # a year is not a month


def test_the_months_known_are_those_with_a_count_in_order() -> None:
    rows = [
        {"period": "2024-06", "total": 9, "female_all_ages": 3},
        {"period": "2024-04", "total": 9},
        {"period": "2023-11", "total": 9},
        {"period": "2024-07/2024-08", "total": 9, "female_all_ages": 3},
    ]
    whole = [{"crossing": "gate", "direction": "northbound", **row} for row in rows]
    made = corridor(PLACES, [leg("a", "b", (1, 2, 3))], flows=whole)
    assert months_known(made, "gate", "northbound") == [Month(2024, 4), Month(2024, 6)]
    assert months_known(made, "gate", "southbound") == []


def test_a_route_is_counted_at_its_point_in_its_direction_with_its_own_caveats() -> None:
    routes = [
        {"id": "r", "legs": "a>b", "counting_point": "gate", "caveat": "counting_point_shared"},
        {"id": "q", "legs": "a>b", "caveat": "no_counting_point"},
    ]
    row = {"crossing": "gate", "direction": "northbound", "period": "2024-04", "total": 9, "female_all_ages": 3}
    made = corridor(PLACES, [leg("a", "b", (1, 2, 3))], routes=routes, flows=[{**row, "caveat": "estimate"}])
    assert route_flow(made, "r", APRIL) == Flow(3.0, 9.0, "counted", ("s",), ("estimate", "counting_point_shared"))
    assert is_none(route_flow(made, "q", APRIL), "no_counting_point")
    assert route_flow(made, "q", APRIL).caveats == ("no_counting_point",)
