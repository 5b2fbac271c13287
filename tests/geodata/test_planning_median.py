"""p-median: by hand, against every choice and a plain model, and on published instances."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from instances import choices, located, nowhere, pmed, pmed_names, san_francisco, sum_of

from geodata.errors import UnknownName
from geodata.planning.optima import Instance
from geodata.planning.optima.costs import left_out
from geodata.planning.optima.median import median_curve, p_median
from geodata.planning.optima.plain import plain_p_median

#: Towns at km 0, 1, 2 and 10 with 3, 1, 1 and 2 people; facilities could stand at km 0, 2 and 10.
TOWNS = Instance(
    np.array([3.0, 1.0, 1.0, 2.0]),
    distances=np.array([[0.0, 2.0, 10.0], [1.0, 1.0, 9.0], [2.0, 0.0, 8.0], [10.0, 8.0, 0.0]]),
    costs=np.array([1.0, 1.0, 5.0]),
)


def test_one_place_for_four_towns_is_the_first_or_the_second_with_23_either_way() -> None:
    found = p_median(TOWNS, 1)
    assert (found.value, found.bound, found.optimal) == (23.0, 23.0, True)
    assert {found.sites[0], *found.ties[0]} == {0, 1}


def test_two_places_for_four_towns_are_the_ends_with_3() -> None:
    found = p_median(TOWNS, 2)
    assert (found.sites, found.value, found.bound, found.optimal, found.ties) == ((0, 2), 3.0, 3.0, True, ((), ()))


def test_with_the_middle_standing_the_far_end_is_next_with_7() -> None:
    found = p_median(replace(TOWNS, fixed=(1,)), 1)
    assert (found.sites, found.value) == ((2,), 7.0)


def test_an_excluded_place_is_not_chosen() -> None:
    assert p_median(replace(TOWNS, excluded=(2,)), 2).sites == (0, 1)


def test_a_budget_of_5_pays_for_the_two_cheap_places_with_17_or_the_dear_one_with_47() -> None:
    found = p_median(TOWNS, budget=5.0)
    assert (found.sites, found.value, found.bound, found.optimal) == ((0, 1), 17.0, 17.0, True)


def test_a_budget_and_a_number_both_hold() -> None:
    found = p_median(TOWNS, 1, budget=5.0)
    assert found.value == 23.0
    assert {found.sites[0], *found.ties[0]} == {0, 1}


def test_what_could_take_a_place_is_told_only_where_the_budget_pays_for_it() -> None:
    dear = replace(TOWNS, costs=np.array([1.0, 3.0, 5.0]))
    assert (p_median(dear, 1, budget=2.0).sites, p_median(dear, 1, budget=2.0).ties) == ((0,), ((),))


def test_none_asked_for_leaves_what_stands() -> None:
    assert p_median(replace(TOWNS, fixed=(0,)), 0) == p_median(replace(TOWNS, fixed=(0,), excluded=(1, 2)), 3)
    assert p_median(replace(TOWNS, fixed=(0,)), 0).value == 23.0


def test_a_facility_that_helps_nobody_is_not_chosen() -> None:
    away = np.array([[1.0, 1.0, 9.0], [1.0, 2.0, 9.0]])
    found = p_median(Instance(np.ones(2), distances=away), 3)
    assert (found.sites, found.value, found.optimal) == ((0,), 2.0, True)


def test_facilities_that_stand_in_for_one_another_are_told_as_ties() -> None:
    corners = np.array([[0.0, 1.0, 2.0, 1.0], [1.0, 0.0, 1.0, 2.0], [2.0, 1.0, 0.0, 1.0], [1.0, 2.0, 1.0, 0.0]])
    square = Instance(np.ones(4), distances=corners)
    one = p_median(square, 1)
    assert (one.value, {*one.sites, *one.ties[0]}) == (4.0, {0, 1, 2, 3})
    assert p_median(square, 2).value == 2.0
    assert all(p_median(square, 2).ties)


def test_demand_that_nothing_can_serve_is_left_out_and_named() -> None:
    away = np.array([[1.0, 2.0], [np.inf, np.inf], [3.0, 1.0]])
    found = p_median(Instance(np.ones(3), distances=away), 1)
    assert (found.value, found.optimal) == (3.0, True)
    assert left_out(Instance(np.ones(3), distances=away)).tolist() == [1]
    assert left_out(Instance(np.ones(3), distances=away[:, :1], excluded=(0,))).tolist() == [0, 1, 2]


def test_where_so_few_cannot_serve_all_the_value_is_infinite_and_proven_so() -> None:
    away = np.array([[1.0, np.inf, np.inf], [1.0, np.inf, np.inf], [np.inf, 1.0, np.inf], [np.inf, np.inf, 2.0]])
    apart = Instance(np.ones(4), distances=away)
    found = p_median(apart, 2)
    assert (found.value, found.bound, found.optimal) == (np.inf, np.inf, True)
    assert 0 in found.sites
    assert p_median(apart, 3).value == 5.0


def test_the_one_choice_that_serves_all_is_found_where_greedy_choice_does_not_find_it() -> None:
    away = np.full((6, 3), np.inf)
    away[:3, 0], away[3:, 1], away[[1, 2, 3, 4], 2] = 9.0, 9.0, 1.0
    found = p_median(Instance(np.ones(6), distances=away), 2)
    assert (found.sites, found.value, found.optimal) == ((0, 1), 54.0, True)


def test_without_demand_or_without_facilities_nothing_is_chosen() -> None:
    for shape in ((0, 3), (3, 0), (0, 0)):
        found = p_median(Instance(np.ones(shape[0]), distances=np.ones(shape)), 2)
        assert (found.sites, found.value, found.bound, found.optimal) == ((), 0.0, 0.0, True)


@pytest.mark.parametrize(
    ("instance", "asked"),
    [
        (TOWNS, {"p": -1}),
        (TOWNS, {}),
        (TOWNS, {"budget": -1.0}),
        (replace(TOWNS, costs=None), {"budget": 3.0}),
        (TOWNS.within(2.0), {"p": 1}),
    ],
)
def test_what_cannot_be_asked_is_refused(instance: Instance, asked: dict[str, float]) -> None:
    with pytest.raises(UnknownName):
        p_median(instance, **asked)


@given(located(), st.integers(0, 4))
def test_the_answer_is_that_of_every_choice_tried(instance: Instance, p: int) -> None:
    found = p_median(instance, p)
    best = min(sum_of(instance, few) for few in choices(instance, p))
    assert found.optimal
    assert found.value == pytest.approx(best, rel=1e-9, abs=1e-12)
    assert found.bound == found.value
    assert len(found.sites) <= p
    assert set(found.sites) <= set(instance.candidates.tolist())
    assert found.value == pytest.approx(sum_of(instance, found.sites), rel=1e-12)


@given(located(), st.integers(0, 4))
@settings(max_examples=40)
def test_the_answer_is_that_of_the_plain_model(instance: Instance, p: int) -> None:
    served = np.setdiff1d(np.flatnonzero(instance.weights > 0), sorted(nowhere(instance)))
    counted = replace(instance, weights=instance.weights[served], distances=instance.distances[served])
    found, plain = p_median(instance, p), plain_p_median(counted, p)
    assert found.value == pytest.approx(plain.value, rel=1e-6, abs=1e-6)
    if np.isfinite(plain.value):
        assert sum_of(instance, plain.sites) == pytest.approx(found.value, rel=1e-6, abs=1e-6)


@given(located(), st.integers(0, 4), st.integers(0, 9))
@settings(max_examples=60)
def test_a_budget_buys_the_best_of_every_choice_it_pays_for(instance: Instance, p: int, budget: int) -> None:
    found = p_median(instance, p, budget=budget)
    paid = [few for few in choices(instance, p) if instance.costs[list(few)].sum() <= budget]
    assert found.value == pytest.approx(min(sum_of(instance, few) for few in paid), rel=1e-6, abs=1e-6)
    assert found.optimal
    assert instance.costs[list(found.sites)].sum() <= budget
    for one, others in zip(found.sites, found.ties, strict=True):
        for other in others:
            swapped = [other, *(each for each in found.sites if each != one)]
            assert instance.costs[swapped].sum() <= budget


@given(located(), st.integers(1, 4))
def test_each_tie_has_the_same_value_and_no_other_has(instance: Instance, p: int) -> None:
    found = p_median(instance, p)
    for one, others in zip(found.sites, found.ties, strict=True):
        rest = [each for each in found.sites if each != one]
        if np.isfinite(found.value):
            free = set(instance.candidates.tolist()) - set(found.sites)
            sums = {other: sum_of(instance, [*rest, other]) for other in free}
            assert set(others) == {
                other for other, value in sums.items() if value == pytest.approx(found.value, rel=1e-9)
            }


@given(located(), st.integers(1, 4))
def test_no_chosen_facility_can_be_spared(instance: Instance, p: int) -> None:
    found = p_median(instance, p)
    for one in found.sites if np.isfinite(found.value) else ():
        assert sum_of(instance, [each for each in found.sites if each != one]) > found.value


@given(located())
def test_the_curve_never_rises_and_is_the_answer_for_each_number(instance: Instance) -> None:
    curve = median_curve(instance, 4)
    assert [found.value for found in curve] == pytest.approx([p_median(instance, p).value for p in (1, 2, 3, 4)])
    assert all(after.value <= before.value for before, after in pairwise(curve))


@given(located(), st.integers(1, 3), st.data())
def test_what_stands_is_never_dropped_and_one_more_that_stands_never_hurts(
    instance: Instance, p: int, data: st.DataObject
) -> None:
    found = p_median(instance, p)
    assert set(found.sites).isdisjoint(instance.fixed)
    if len(instance.candidates):
        more = int(data.draw(st.sampled_from(instance.candidates.tolist())))
        helped = p_median(replace(instance, fixed=(*instance.fixed, more)), p)
        before = sum_of(instance, found.sites)
        assert helped.value <= before + 1e-9 * max(1.0, before) if np.isfinite(before) else True


def scattered(draw: np.random.Generator, demand: int, facilities: int) -> Instance:
    """Points at random on a plane, with people at random."""
    here, there = draw.uniform(0, 100, (demand, 2)), draw.uniform(0, 100, (facilities, 2))
    return Instance(draw.uniform(0.5, 9.0, demand), distances=np.hypot(*(here[:, None] - there[None, :]).T).T)


@pytest.mark.parametrize("seed", range(4))
def test_distances_that_are_not_whole_are_proven_too_and_as_the_plain_model_has_them(seed: int) -> None:
    instance = scattered(np.random.default_rng(seed), 60, 25)
    for p in (2, 4, 7):
        found, plain = p_median(instance, p), plain_p_median(instance, p)
        assert found.optimal
        assert found.value == pytest.approx(plain.value, rel=1e-7)
        assert found.value == pytest.approx(sum_of(instance, found.sites), rel=1e-12)


@pytest.mark.parametrize("seconds", [0.0, 0.02])
def test_what_is_found_in_time_comes_back_with_a_bound_that_holds(seconds: float) -> None:
    instance = scattered(np.random.default_rng(7), 300, 120)
    best = p_median(instance, 10)
    found = p_median(instance, 10, seconds=seconds)
    assert best.optimal
    assert found.bound <= best.value <= found.value
    assert found.value == pytest.approx(sum_of(instance, found.sites), rel=1e-12)
    assert found.optimal == (found.bound == found.value)
    hurried = p_median(replace(instance, costs=np.ones(120)), budget=10.0, seconds=seconds)
    assert hurried.bound <= best.value * (1 + 1e-6)


def test_no_time_at_all_proves_nothing() -> None:
    found = p_median(scattered(np.random.default_rng(7), 300, 120), 10, seconds=0.0)
    assert (found.optimal, len(found.sites)) == (False, 10)
    assert 0 < found.bound < found.value < np.inf


@pytest.mark.corpus
def test_published_instances_have_their_known_optimum_with_proof(corpus: Path) -> None:
    folder = corpus / "data" / "benchmarks" / "orlib_pmed"
    assert len(pmed_names(folder)) == 27
    for name in pmed_names(folder):
        known = pmed(folder, name)
        found = p_median(known.instance, known.p)
        assert (found.value, found.bound, found.optimal) == (known.median, known.median, True), name
        away = known.instance.distances[:, list(found.sites)]
        assert (away.min(axis=1).sum(), len(found.sites) <= known.p) == (known.median, True), name


@pytest.mark.corpus
def test_four_stores_for_san_francisco_are_2982_m_away_on_average(corpus: Path) -> None:
    instance, _, told = san_francisco(corpus / "data" / "benchmarks" / "spopt_sf")
    found = p_median(instance, 4)
    assert found.optimal
    assert found.value == pytest.approx(told["highs"]["pmedian_p4_objective"], rel=1e-9)
    mean = found.value / instance.weights.sum()
    assert mean == pytest.approx(told["spopt_asserts"]["pmedian_mean_dist"], rel=1e-9)


@pytest.mark.corpus
def test_one_store_for_san_francisco_is_the_best_of_the_sixteen(corpus: Path) -> None:
    instance, _, _ = san_francisco(corpus / "data" / "benchmarks" / "spopt_sf")
    found = p_median(instance, 1)
    sums = instance.weights @ instance.distances
    assert (found.sites, found.optimal) == ((int(sums.argmin()),), True)
    assert found.value == pytest.approx(sums.min(), rel=1e-12)
