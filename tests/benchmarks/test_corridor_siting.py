"""Siting on the corridor itself: the exact curve, one answer, a thousand futures; the plain models beside it, same run."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import numpy as np
import pytest
from scipy.sparse import csr_array

from geodata.corridor import Corridor
from geodata.coverage import Question
from geodata.planning import futures, robust, site
from geodata.planning.candidates import candidates
from geodata.planning.choosing import best_of_each
from geodata.planning.ground import Ground, ground
from geodata.planning.optima import Instance
from geodata.planning.optima.plain import plain_mclp
from geodata.reference import read_reference
from geodata.snapshot import Snapshot
from geodata.units import Hours, Month, months_between

APRIL = Month(2024, 4)
PLACES = 20
#: Within a day there is most to choose from.
QUESTION = Question("clinical_care", "northbound", APRIL, Hours(24.0), route="north_acandi_tijuana")


@pytest.fixture(scope="module")
def corridor() -> Corridor:
    return Corridor.of(Snapshot.of(read_reference()))


def seconds(work: Callable[[], object], rounds: int = 3) -> float:
    """The median of several runs, after one to warm up."""
    work()
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def unmerged(made: Ground) -> Instance:
    """The same problem as it stands: a demand for each segment, existing help a facility that is fixed."""
    reached = np.vstack([made.in_time, made.in_time_before])
    return Instance(made.weights, coverage=csr_array(reached.T), fixed=(len(made.candidates),))


def test_the_exact_curve_to_twenty_takes_less_than_a_second(corridor: Corridor) -> None:
    made = ground(corridor, QUESTION, candidates(corridor, QUESTION))
    ours = seconds(lambda: best_of_each(made, "mclp", PLACES))
    start = time.perf_counter()
    plain = [plain_mclp(unmerged(made), count) for count in range(PLACES + 1)]
    theirs = time.perf_counter() - start
    choices = best_of_each(made, "mclp", PLACES)
    assert [choice.value for choice in choices] == pytest.approx([one.value for one in plain], rel=1e-6)
    assert all(choice.optimal for choice in choices)
    print(f"\ncurve 1…{PLACES}: {ours * 1000:.0f} ms; plain HiGHS on every segment {theirs * 1000:.0f} ms")
    assert ours <= 1.0


@pytest.mark.parametrize("objective", ["mclp", "p-median", "p-center", "lscp"])
def test_one_answer_with_its_tables_takes_less_than_a_fifth_of_a_second(corridor: Corridor, objective: str) -> None:
    took = seconds(lambda: site(corridor, QUESTION, objective))
    print(f"\nsite, {objective}: {took * 1000:.0f} ms")
    assert took <= 0.2


def test_a_thousand_futures_take_less_than_ten_seconds(corridor: Corridor) -> None:
    months = months_between(Month(2022, 1), Month(2024, 4))
    coming = futures(corridor, QUESTION, directions=["northbound"], months=months)
    assert len(coming) >= 1000
    start = time.perf_counter()
    found = robust(corridor, QUESTION, coming)
    took = time.perf_counter() - start
    assert found.optimal
    print(f"\n{len(coming)} futures: {took:.1f} s, least worst loss {found.worst_share:.3f}")
    assert took <= 10.0
