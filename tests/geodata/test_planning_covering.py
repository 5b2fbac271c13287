"""Maximal and set covering: by hand, against a plain model, and what must hold of every answer."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from problems import covered_rows, covering, instances, worth
from scipy.sparse import csr_array

from geodata.errors import UnknownName
from geodata.planning.optima import (
    Instance,
    cover_curve,
    greedy_curve,
    max_cover,
    set_cover,
    solved,
    uncoverable,
)
from geodata.planning.optima.merging import cover_of, equal_rows, undominated
from geodata.planning.optima.plain import plain_lscp, plain_mclp

#: Six stretches with the flow that crosses them. Facility 0 covers the first three, 1 the middle two and 4 the same,
#: 2 the last two, 3 the third and the fourth.
FLOW = (10.0, 20.0, 30.0, 40.0, 25.0, 5.0)
COVERED_BY = ((0,), (0, 1, 4), (0, 1, 3, 4), (3,), (2,), (2,))


def stretches(**more: object) -> Instance:
    return covering(FLOW, COVERED_BY, 5, **more)


def test_the_best_choice_of_an_instance_worked_out_by_hand() -> None:
    """One: facility 3 covers 30 + 40. Two: 0 and 3 cover 10 + 20 + 30 + 40. Three: all 130, with 2."""
    assert (max_cover(stretches(), 1).sites, max_cover(stretches(), 1).value) == ((3,), 70)
    assert (max_cover(stretches(), 2).sites, max_cover(stretches(), 2).value) == ((0, 3), 100)
    third = max_cover(stretches(), 3)
    assert (third.sites, third.value, third.bound, third.optimal) == ((0, 2, 3), 130, 130, True)
    assert third.ties == ((), (), ())


def test_the_curve_by_hand_has_the_gain_of_each_step_and_stays_where_nothing_is_left_to_add() -> None:
    curve = cover_curve(stretches(), 5)
    assert [step.value for step in curve.steps] == [70, 100, 130, 130, 130]
    assert [step.gain for step in curve.steps] == [70, 30, 30, 0, 0]
    assert [step.sites for step in curve.steps][2:] == [(0, 2, 3)] * 3
    assert all(step.optimal and step.bound == step.value for step in curve.steps)


def test_with_a_budget_dear_places_give_way_to_cheap_ones() -> None:
    """Facility 3 alone eats the budget of 3; for the same 0, 1 and 2 each cost 1: 0 and 2 cover 90."""
    found = max_cover(stretches(costs=np.array([1.0, 1.0, 1.0, 3.0, 9.0])), None, budget=3)
    assert (found.sites, found.value, found.optimal) == ((0, 2), 90, True)
    assert max_cover(stretches(costs=np.array([1.0, 1.0, 1.0, 3.0, 9.0])), 1, budget=3).sites == (3,)


def test_cents_that_add_up_to_the_budget_are_within_it() -> None:
    costs = np.array([0.1, 5.0, 0.2, 0.3, 5.0])
    assert max_cover(stretches(costs=costs), None, budget=0.6).sites == (0, 2, 3)
    assert max_cover(stretches(costs=costs), None, budget=0.599999999).value == 100


def test_the_fewest_by_hand_and_what_nothing_can_cover_is_left_out_and_counted() -> None:
    """Stretch 1 needs facility 0, stretch 4 needs 3, stretches 5 and 6 need 2. Without 2 those are left out."""
    assert (set_cover(stretches()).sites, set_cover(stretches()).value) == ((0, 2, 3), 3)
    assert uncoverable(stretches()) == 0
    without = stretches(excluded=(2,))
    assert (set_cover(without).sites, uncoverable(without)) == ((0, 3), 2)
    assert set_cover(stretches(fixed=(0, 2, 3))).sites == ()


def test_demand_without_weight_still_has_to_be_covered_by_the_fewest() -> None:
    assert set_cover(covering([0.0, 3.0], [[0], [1]], 2)).sites == (0, 1)


@given(instances(), st.integers(0, 10))
def test_the_best_choice_is_that_of_a_plain_model_and_worth_what_it_says(instance: Instance, p: int) -> None:
    found, plain = max_cover(instance, p), plain_mclp(instance, p)
    assert found.value == pytest.approx(plain.value, abs=1e-6)
    assert (found.optimal, found.bound) == (True, found.value)
    assert found.value == pytest.approx(worth(instance, found.sites), abs=1e-9)
    assert len(found.sites) <= p
    assert set(found.sites) <= set(instance.candidates.tolist())
    assert list(found.sites) == sorted(found.sites)


@given(instances(), st.integers(0, 100).map(lambda percent: percent / 100), st.none() | st.integers(0, 5))
def test_with_a_budget_it_is_that_of_a_plain_model_and_is_paid_for(instance: Instance, share: float, p: int) -> None:
    assert instance.costs is not None
    budget = share * float(instance.costs.sum())
    found, plain = max_cover(instance, p, budget=budget), plain_mclp(instance, p, budget=budget)
    assert found.value == pytest.approx(plain.value, abs=1e-5)
    assert found.optimal
    assert found.value == pytest.approx(worth(instance, found.sites), abs=1e-9)
    assert instance.costs[list(found.sites)].sum() <= budget * (1 + 1e-9)
    assert len(found.sites) <= (10 if p is None else p)


@given(instances())
def test_the_fewest_are_those_of_a_plain_model_and_cover_all_that_can_be_covered(instance: Instance) -> None:
    found = set_cover(instance)
    assert found.value == plain_lscp(instance).value == found.bound == len(found.sites)
    assert found.optimal
    can = covered_rows(instance, instance.candidates.tolist())
    assert (covered_rows(instance, found.sites) == can).all()
    assert uncoverable(instance) == int((~can).sum())


@settings(max_examples=40)
@given(instances())
def test_the_exact_curve_never_falls_and_each_number_of_it_is_the_best(instance: Instance) -> None:
    curve = cover_curve(instance, 6)
    assert curve.base == pytest.approx(worth(instance, ()))
    for number, step in enumerate(curve.steps, start=1):
        assert step.value == pytest.approx(plain_mclp(instance, number).value, abs=1e-6)
        assert step.value == pytest.approx(worth(instance, step.sites), abs=1e-9)
        assert step.optimal
        assert step.gain >= -1e-9
        assert len(step.sites) <= number
    assert sum(step.gain for step in curve.steps) == pytest.approx(curve.steps[-1].value - curve.base)


@settings(max_examples=40)
@given(instances())
def test_the_greedy_curve_is_concave_grows_site_by_site_and_its_band_holds_the_best(instance: Instance) -> None:
    curve = greedy_curve(instance, 6)
    gains = [step.gain for step in curve.steps]
    assert all(later <= earlier + 1e-9 for earlier, later in pairwise(gains))
    assert min(gains) >= 0
    for earlier, later in pairwise(curve.steps):
        assert later.sites[: len(earlier.sites)] == earlier.sites
    for number, step in enumerate(curve.steps, start=1):
        best = plain_mclp(instance, number).value
        assert step.value == pytest.approx(worth(instance, step.sites), abs=1e-9)
        assert step.value - 1e-9 <= best <= step.bound + 1e-6
        assert not step.optimal or step.value == pytest.approx(best, abs=1e-6)


def test_the_exact_curve_need_not_be_concave() -> None:
    """Places 0, 1 and 2 cover four women each, nobody twice; place 3 covers two of each four.

    One place: 3, with 6. Two: 8, any. Three: 0, 1 and 2, with all 12. The third adds 4, the second only 2.
    """
    halves = covering([2.0] * 6, [[0, 3], [0], [1, 3], [1], [2, 3], [2]], 4)
    assert [step.gain for step in cover_curve(halves, 3).steps] == [6, 2, 4]
    assert [step.gain for step in greedy_curve(halves, 4).steps] == [6, 2, 2, 2]


@given(instances(), st.integers(1, 4), st.data())
def test_closing_a_fixed_site_never_raises_what_is_covered(instance: Instance, p: int, data: st.DataObject) -> None:
    if not instance.fixed:
        return
    closed = data.draw(st.sampled_from(instance.fixed))
    fewer = replace(instance, fixed=tuple(one for one in instance.fixed if one != closed), excluded=(closed,))
    both = replace(instance, excluded=())
    assert max_cover(fewer, p).value <= max_cover(both, p).value + 1e-9


@given(instances(), st.integers(1, 4))
def test_a_fixed_site_is_never_dropped_and_never_in_the_answer(instance: Instance, p: int) -> None:
    found = max_cover(instance, p)
    assert not set(found.sites) & set(instance.fixed)
    assert found.value >= worth(instance, instance.fixed) - 1e-9


@given(instances(), st.integers(1, 4))
def test_every_chosen_place_helps_somebody_whom_the_others_do_not(instance: Instance, p: int) -> None:
    found = max_cover(instance, p)
    for site in found.sites:
        assert worth(instance, [one for one in found.sites if one != site]) < found.value


def test_a_place_that_helps_nobody_is_never_chosen_though_more_may_be() -> None:
    idle = covering([5.0, 0.0], [[0, 1], [2]], 4)
    assert max_cover(idle, 3).sites == (0,)
    assert cover_curve(idle, 3).steps[2].sites == (0,)
    assert max_cover(covering([5.0], [[0]], 2, fixed=(0,)), 2).sites == ()


@given(instances(), st.integers(1, 4))
def test_ties_are_all_those_that_could_stand_in_a_place_at_the_same_value(instance: Instance, p: int) -> None:
    found = max_cover(instance, p)
    assert len(found.ties) == len(found.sites)
    for site, ties in zip(found.sites, found.ties, strict=True):
        rest = [one for one in found.sites if one != site]
        others = [one for one in instance.candidates.tolist() if one not in found.sites]
        assert list(ties) == [one for one in others if abs(worth(instance, [*rest, one]) - found.value) < 1e-9]


def test_what_is_alike_ties_though_only_one_of_it_is_looked_at() -> None:
    mirrored = covering([1.0, 2.0, 1.0], [[0, 1], [1, 2], [2, 3]], 4)
    assert (max_cover(mirrored, 1).sites, max_cover(mirrored, 1).ties) == ((1,), ((2,),))
    twins = covering([4.0, 4.0], [[0, 1, 2], [0, 1, 2]], 3)
    assert (max_cover(twins, 2).sites, max_cover(twins, 2).ties) == ((0,), ((1, 2),))


def test_with_a_budget_only_what_it_pays_for_ties() -> None:
    twins = covering([4.0], [[0, 1, 2]], 3, costs=np.array([2.0, 1.0, 3.0]))
    found = max_cover(twins, None, budget=2)
    assert (found.sites, found.ties) == ((1,), ((0,),))


@given(instances())
def test_what_ties_in_set_covering_covers_all_as_well(instance: Instance) -> None:
    found = set_cover(instance)
    can = covered_rows(instance, instance.candidates.tolist())
    for site, ties in zip(found.sites, found.ties, strict=True):
        rest = [one for one in found.sites if one != site]
        others = [one for one in instance.candidates.tolist() if one not in found.sites]
        assert list(ties) == [one for one in others if (covered_rows(instance, [*rest, one]) == can).all()]


@given(instances())
def test_merging_and_dropping_change_no_value(instance: Instance) -> None:
    whole = cover_of(instance)
    small = undominated(whole)
    for cover in (whole, small):
        everything = np.arange(len(cover.facilities))
        sites = cover.facilities[everything].tolist()
        assert cover.covered(everything) + cover.constant == pytest.approx(worth(instance, sites))
        for column in everything:
            value = worth(instance, cover.facilities[[column]].tolist())
            assert cover.covered([column]) + cover.constant == pytest.approx(value)
        assert len({tuple(row) for row in cover.rows.toarray().tolist()}) == len(cover.weights)
        assert (cover.weights > 0).all()


def test_equal_rows_are_found_whatever_stands_between_them() -> None:
    matrix = csr_array(np.array([[1, 0, 1], [0, 0, 0], [1, 0, 1], [0, 1, 0], [1, 1, 1]], dtype=bool))
    first, group = equal_rows(matrix)
    assert first.tolist() == [0, 3, 4]
    assert group.tolist() == [0, -1, 0, 1, 2]


def test_a_stored_no_and_an_entry_stored_twice_say_what_they_say() -> None:
    data, columns, ends = np.array([1, 0, 1, 1]), np.array([0, 1, 1, 1]), np.array([0, 2, 4])
    instance = Instance(np.array([3.0, 4.0]), coverage=csr_array((data, columns, ends), shape=(2, 2)))
    assert (max_cover(instance, 1).sites, max_cover(instance, 1).value) == ((1,), 4)
    assert set_cover(instance).sites == (0, 1)
    assert instance.coverage is not None
    assert instance.coverage.nnz == 4


def thicket() -> Instance:
    """A dense problem whose linear relaxation is far from its optimum, so that HiGHS has to decide."""
    draw = np.random.default_rng(7)
    return Instance(draw.integers(1, 100, 120).astype(float), coverage=csr_array(draw.random((120, 25)) < 0.15))


def test_where_the_bound_alone_proves_nothing_the_model_for_the_rest_does() -> None:
    found, plain = max_cover(thicket(), 6), plain_mclp(thicket(), 6)
    assert found.value == pytest.approx(plain.value)
    assert found.optimal


def test_without_time_the_best_so_far_comes_with_a_bound_that_holds() -> None:
    hurried, best = max_cover(thicket(), 6, seconds=0), max_cover(thicket(), 6)
    assert hurried.value <= best.value <= hurried.bound
    assert not hurried.optimal
    assert hurried.value == pytest.approx(worth(thicket(), hurried.sites))
    curve = cover_curve(thicket(), 6, seconds=0)
    assert not all(step.optimal for step in curve.steps)
    assert curve.steps[5].value <= best.value <= curve.steps[5].bound


def test_without_time_the_fewest_so_far_cover_all_and_the_bound_holds() -> None:
    hurried, best = set_cover(thicket(), seconds=0), set_cover(thicket())
    assert hurried.bound <= best.value <= hurried.value == len(hurried.sites)
    assert (covered_rows(thicket(), hurried.sites) == covered_rows(thicket(), range(25))).all()


def test_without_time_a_budget_is_kept_all_the_same() -> None:
    costs = np.random.default_rng(3).uniform(1, 2, 25)
    found = max_cover(replace(thicket(), costs=costs), None, budget=9.0, seconds=0)
    assert costs[list(found.sites)].sum() <= 9
    assert 0 < found.value <= found.bound


def test_no_demand_no_facility_and_no_place_to_choose_are_answers() -> None:
    nobody = covering([], [], 3)
    assert (max_cover(nobody, 2).sites, max_cover(nobody, 2).value, set_cover(nobody).sites) == ((), 0, ())
    nothing = covering([1.0, 2.0], [[], []], 0)
    assert (max_cover(nothing, 2).value, max_cover(nothing, 2).optimal, uncoverable(nothing)) == (0, True, 2)
    assert max_cover(stretches(), 0).value == 0
    assert [step.gain for step in cover_curve(nobody, 2).steps] == [0, 0]
    assert greedy_curve(nothing, 2).steps[1].optimal
    assert cover_curve(stretches(), 0).steps == greedy_curve(stretches(), 0).steps == ()


@pytest.mark.parametrize(
    ("ask", "says"),
    [
        (lambda: max_cover(Instance(np.ones(1), distances=np.ones((1, 1))), 1), "within"),
        (lambda: max_cover(stretches(), None), "how many facilities"),
        (lambda: max_cover(stretches(), -1), "0 or more"),
        (lambda: max_cover(stretches(), None, budget=3), "cost of each"),
        (lambda: solved(stretches(), "best", 1), "mclp, p-median"),
        (lambda: solved(stretches(), "lscp", None, budget=1), "no budget"),
        (lambda: solved(stretches(), "p-median", 1), "distances"),
        (lambda: solved(stretches(), "mclp", 1, radius=3), "leave the radius away"),
        (lambda: solved(Instance(np.ones(1), distances=np.ones((1, 1))), "mclp", 1), "needs a radius"),
        (lambda: solved(Instance(np.ones(1), distances=np.ones((1, 1))), "lscp", 1, radius=-1), "at least 0"),
        (lambda: solved(Instance(np.ones(1), distances=np.ones((1, 1))), "p-center", 1, radius=1), "no radius"),
        (lambda: solved(Instance(np.ones(1), distances=np.ones((1, 1))), "p-center", None), "how many"),
        (lambda: solved(Instance(np.ones(1), distances=np.ones((1, 1))), "p-median", -1), "0 or more"),
        (lambda: solved(Instance(np.ones(1), distances=np.ones((1, 1))), "p-median", None, budget=1), "cost of each"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_a_remedy(ask, says: str) -> None:
    with pytest.raises(UnknownName, match=says):
        ask()


def test_one_face_answers_each_objective() -> None:
    """Three towns on a line, 0, 4 and 10 hours along it, with 1, 1 and 5 women; a place may stand in each."""
    hours = np.abs(np.subtract.outer([0.0, 4.0, 10.0], [0.0, 4.0, 10.0]))
    towns = Instance(np.array([1.0, 1.0, 5.0]), distances=hours, costs=np.array([1.0, 1.0, 4.0]))
    assert solved(towns, "mclp", 1, radius=4).sites == (2,)
    assert solved(towns, "lscp", None, radius=6).sites == (1,)
    assert (solved(towns, "p-median", 1).sites, solved(towns, "p-median", 1).value) == ((2,), 16)
    assert (solved(towns, "p-center", 1).sites, solved(towns, "p-center", 1).value) == ((1,), 6)
    assert solved(towns, "p-median", None, budget=2).sites == (0, 1)


@pytest.mark.corpus
def test_san_franciscos_known_optima_are_found_and_proven(corpus: Path) -> None:
    folder = corpus / "data" / "benchmarks" / "spopt_sf"
    known = json.loads((folder / "expected.json").read_text())["highs"]
    instance, stores = san_francisco(folder)
    near = instance.within(5000)
    for p in range(1, 9):
        found = max_cover(near, p)
        assert (found.value, found.bound, found.optimal) == (known[f"mclp_p{p}"], known[f"mclp_p{p}"], True)
        assert worth(near, found.sites) == found.value
    assert [step.value for step in cover_curve(near, 8).steps] == [known[f"mclp_p{p}"] for p in range(1, 9)]
    four = max_cover(near, 4)
    assert [stores[site] for site in four.sites] == known["mclp_sites"]
    assert int((~covered_rows(near, four.sites)).sum()) == known["mclp_uncovered_tracts"]
    assert set_cover(near).value == plain_lscp(near).value


def san_francisco(folder: Path) -> tuple[Instance, list[str]]:
    """The 205 tracts and 16 stores of San Francisco: population, metres by road, and the stores' names."""
    pairs = pd.read_csv(folder / "SF_network_distance_candidateStore_16_censusTract_205_new.csv")
    metres = pairs.pivot_table(index="DestinationName", columns="name", values="distance")
    tracts = pd.read_csv(folder / "SF_demand_205_centroid_uniform_weight.csv").sort_values("NAME")
    assert tracts["NAME"].to_list() == metres.index.to_list()
    return Instance(tracts["POP2000"].to_numpy(float), distances=metres.to_numpy()), metres.columns.to_list()
