"""p-center: by hand, against every choice and a plain model, and on published instances."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from instances import choices, located, pmed, pmed_names, san_francisco, worst_of

from geodata.errors import UnknownName
from geodata.planning.optima import Instance
from geodata.planning.optima.center import center_curve, p_center
from geodata.planning.optima.decision import covering_choice, essential
from geodata.planning.optima.plain import plain_p_center

#: Towns at km 0, 1, 2 and 10; facilities could stand at km 0, 2 and 10.
TOWNS = Instance(
    np.array([3.0, 1.0, 1.0, 2.0]),
    distances=np.array([[0.0, 2.0, 10.0], [1.0, 1.0, 9.0], [2.0, 0.0, 8.0], [10.0, 8.0, 0.0]]),
)


def test_one_place_for_four_towns_is_the_middle_and_the_farthest_town_is_8_away() -> None:
    found = p_center(TOWNS, 1)
    assert (found.sites, found.value, found.bound, found.optimal, found.ties) == ((1,), 8.0, 8.0, True, ((),))


def test_two_places_leave_nobody_farther_than_2_and_either_of_the_near_ones_will_do() -> None:
    found = p_center(TOWNS, 2)
    assert (found.value, found.optimal, len(found.sites)) == (2.0, True, 2)
    assert {found.sites[0], *found.ties[0]} == {0, 1}
    assert (found.sites[1], found.ties[1]) == (2, ())


def test_what_stands_counts_and_is_not_named() -> None:
    assert (p_center(replace(TOWNS, fixed=(2,)), 1).value, p_center(replace(TOWNS, fixed=(0,)), 1).sites) == (2.0, (2,))


def test_an_excluded_place_is_not_chosen() -> None:
    assert p_center(replace(TOWNS, excluded=(1,)), 1) == replace(
        p_center(TOWNS, 1), sites=(0,), value=10.0, bound=10.0, ties=((2,),)
    )


def test_a_third_place_is_chosen_only_because_the_worst_off_is_then_nearer() -> None:
    assert [len(found.sites) for found in center_curve(TOWNS, 3)] == [1, 2, 3]
    assert p_center(replace(TOWNS, fixed=(0, 1)), 5).sites == (2,)
    assert p_center(replace(TOWNS, fixed=(0, 1, 2)), 5).sites == ()


def test_weight_has_no_say_in_who_is_worst_off() -> None:
    assert p_center(replace(TOWNS, weights=np.array([9.0, 0.0, 0.0, 0.0])), 1) == p_center(TOWNS, 1)


def test_demand_that_nothing_can_serve_is_left_out() -> None:
    away = np.array([[1.0, 2.0], [np.inf, np.inf], [3.0, 1.0]])
    found = p_center(Instance(np.ones(3), distances=away), 1)
    assert (found.sites, found.value, found.optimal) == ((1,), 2.0, True)


def test_where_so_few_cannot_serve_all_the_value_is_infinite_and_proven_so() -> None:
    away = np.where(np.eye(3) > 0, 1.0, np.inf)
    found = p_center(Instance(np.ones(3), distances=away), 2)
    assert (len(found.sites), found.value, found.bound, found.optimal) == (2, np.inf, np.inf, True)
    assert p_center(Instance(np.ones(3), distances=away), 3).value == 1.0


def test_without_demand_or_without_facilities_nothing_is_chosen() -> None:
    for shape in ((0, 3), (3, 0), (0, 0)):
        found = p_center(Instance(np.ones(shape[0]), distances=np.ones(shape)), 2)
        assert (found.sites, found.value, found.bound, found.optimal) == ((), 0.0, 0.0, True)


@pytest.mark.parametrize(("instance", "p"), [(TOWNS, -1), (TOWNS.within(2.0), 1)])
def test_what_cannot_be_asked_is_refused(instance: Instance, p: int) -> None:
    with pytest.raises(UnknownName):
        p_center(instance, p)


@given(located(), st.integers(0, 4))
def test_the_answer_is_that_of_every_choice_tried(instance: Instance, p: int) -> None:
    found = p_center(instance, p)
    assert found.value == min(worst_of(instance, few) for few in choices(instance, p))
    assert (found.bound, found.optimal) == (found.value, True)
    assert found.value == worst_of(instance, found.sites)
    assert len(found.sites) <= p
    assert set(found.sites) <= set(instance.candidates.tolist())


@given(located(), st.integers(0, 4))
@settings(max_examples=40)
def test_the_answer_is_that_of_the_plain_model(instance: Instance, p: int) -> None:
    usable = [*instance.candidates.tolist(), *instance.fixed]
    served = np.isfinite(instance.distances[:, usable]).any(axis=1)
    counted = replace(instance, weights=instance.weights[served], distances=instance.distances[served])
    found, plain = p_center(instance, p), plain_p_center(counted, p)
    assert found.value == pytest.approx(plain.value, abs=1e-5)
    if np.isfinite(plain.value):
        assert worst_of(instance, plain.sites) == pytest.approx(found.value, abs=1e-5)


@given(located(), st.integers(1, 4))
def test_each_tie_has_the_same_value_and_no_other_has(instance: Instance, p: int) -> None:
    found = p_center(instance, p)
    for one, others in zip(found.sites, found.ties, strict=True):
        rest = [each for each in found.sites if each != one]
        if np.isfinite(found.value):
            free = set(instance.candidates.tolist()) - set(found.sites)
            assert set(others) == {other for other in free if worst_of(instance, [*rest, other]) == found.value}


@given(located(), st.integers(1, 4))
def test_no_chosen_facility_can_be_spared(instance: Instance, p: int) -> None:
    found = p_center(instance, p)
    for one in found.sites if np.isfinite(found.value) else ():
        assert worst_of(instance, [each for each in found.sites if each != one]) > found.value


@given(located())
def test_the_curve_never_rises_and_is_the_answer_for_each_number(instance: Instance) -> None:
    curve = center_curve(instance, 4)
    assert [found.value for found in curve] == [p_center(instance, p).value for p in (1, 2, 3, 4)]
    assert all(after.value <= before.value for before, after in pairwise(curve))


def test_what_is_found_in_time_comes_back_with_a_bound_that_holds() -> None:
    draw = np.random.default_rng(3)
    here, there = draw.uniform(0, 100, (400, 2)), draw.uniform(0, 100, (200, 2))
    instance = Instance(np.ones(400), distances=np.linalg.norm(here[:, None] - there[None, :], axis=2))
    found, best = p_center(instance, 8, seconds=0.0), p_center(instance, 8)
    assert best.optimal
    assert found.bound <= best.value <= found.value
    assert found.value == worst_of(instance, found.sites)
    assert (len(found.sites), found.optimal) == (8, False)


@given(st.integers(0, 2**32), st.integers(1, 3))
@settings(max_examples=60)
def test_whether_so_few_cover_all_is_decided_as_by_trying_each_choice(seed: int, p: int) -> None:
    draw = np.random.default_rng(seed)
    covers = draw.random((int(draw.integers(0, 9)), int(draw.integers(1, 8)))) < draw.uniform(0.2, 0.7)
    everywhere = Instance(np.ones(len(covers)), distances=np.zeros(covers.shape))
    can = any(covers[:, list(few)].any(axis=1).all() for few in choices(everywhere, p))
    decided = covering_choice(covers, p, np.inf)
    assert (decided.chosen is not None, decided.proven) == (can, True)
    if decided.chosen is not None:
        assert covers[:, list(decided.chosen)].any(axis=1).all()
        assert len(decided.chosen) <= p


def test_only_the_hardest_rows_and_the_widest_columns_decide() -> None:
    covers = np.array([[1, 1, 0, 0], [1, 1, 1, 0], [0, 0, 1, 1], [0, 0, 1, 1]]) > 0
    rows, columns = essential(covers)
    assert (rows.tolist(), columns.tolist()) == ([0, 2], [0, 2])


@pytest.mark.corpus
def test_published_instances_have_their_known_optimum_with_proof(corpus: Path) -> None:
    folder = corpus / "data" / "benchmarks" / "orlib_pmed"
    assert len(pmed_names(folder)) == 27
    for name in pmed_names(folder):
        known = pmed(folder, name)
        found = p_center(known.instance, known.p)
        assert (found.value, found.bound, found.optimal) == (known.center, known.center, True), name
        away = known.instance.distances[:, list(found.sites)]
        assert (away.min(axis=1).max(), len(found.sites) <= known.p) == (known.center, True), name


@pytest.mark.corpus
def test_four_stores_for_san_francisco_leave_nobody_farther_than_the_best_of_all_choices(corpus: Path) -> None:
    instance, _, _ = san_francisco(corpus / "data" / "benchmarks" / "spopt_sf")
    found = p_center(instance, 4)
    assert (found.optimal, found.value) == (True, worst_of(instance, found.sites))
    fours = np.array([few for few in choices(instance, 4) if len(few) == 4])
    assert found.value == instance.distances[:, fours].min(axis=2).max(axis=0).min()
