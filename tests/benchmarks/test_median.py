"""p-median and p-center on every published instance that is there, with proof, and against others in the same run."""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from geodata.planning.optima import Solution, p_center, p_median
from geodata.planning.optima.plain import plain_p_median
from tests.geodata.instances import Published, pmed, pmed_names, san_francisco

pytestmark = pytest.mark.corpus
#: Where the classic model of assignments is put to HiGHS too.
CLASSIC = ("pmed1", "pmed4", "pmed13")
#: An instance is proven in so many seconds, and one where spopt is asked too in so much less time.
LONGEST_SECONDS, SPOPT_TIMES = 60.0, 20.0


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    """What the work gives and the seconds it takes."""
    start = time.perf_counter()
    return work(), time.perf_counter() - start


@pytest.fixture
def folder(corpus: Path) -> Path:
    return corpus / "data" / "benchmarks" / "orlib_pmed"


def row(known: Published, optimum: float, found: Solution, seconds: float) -> str:
    nodes = known.instance.shape[0]
    proven = "proven" if found.optimal else "NOT PROVEN"
    return f"{known.name:7} {nodes:5} {known.p:4} {optimum:9.0f} {found.value:9.0f} {found.bound:9.0f} {seconds:8.2f}  {proven}"


@pytest.mark.parametrize("problem", ["p-median", "p-center"])
def test_every_published_instance_has_its_known_optimum_with_proof(folder: Path, problem: str) -> None:
    print(f"\n{problem:7} nodes    p   optimum      ours     bound  seconds")
    rows = []
    for name in pmed_names(folder):
        known = pmed(folder, name)
        solve, optimum = (p_median, known.median) if problem == "p-median" else (p_center, known.center)
        found, seconds = timed(lambda solve=solve, known=known: solve(known.instance, known.p))
        print(row(known, optimum, found, seconds), flush=True)
        rows.append((found.value == found.bound == optimum and found.optimal, seconds))
    total, longest = sum(seconds for _, seconds in rows), max(seconds for _, seconds in rows)
    print(
        f"{sum(right for right, _ in rows)} of {len(rows)} proven; {total:.1f} s in all, {longest:.1f} s the longest."
    )
    assert all(right for right, _ in rows)
    assert longest <= LONGEST_SECONDS


def test_the_classic_model_of_highs_takes_longer_for_the_same_answer(folder: Path) -> None:
    print()
    for name in CLASSIC:
        known = pmed(folder, name)
        found, ours = timed(lambda known=known: p_median(known.instance, known.p))
        other, classic = timed(lambda known=known: plain_p_median(known.instance, known.p))
        print(f"{name} p-median: {ours:.3f} s, HiGHS on the classic model {classic:.2f} s, {classic / ours:.0f} times")
        assert other.value == pytest.approx(found.value, rel=1e-6)
        assert classic > ours


def test_spopt_with_cbc_takes_twenty_times_as_long_on_pmed1(folder: Path) -> None:
    known = pmed(folder, "pmed1")
    found, ours = timed(lambda: p_median(known.instance, known.p))
    others, theirs = timed(lambda: by_spopt(known))
    print(f"\npmed1 p-median: {ours:.3f} s, spopt with CBC {theirs:.2f} s, {theirs / ours:.0f} times")
    assert others == pytest.approx(found.value, rel=1e-6)
    assert theirs >= SPOPT_TIMES * ours


def by_spopt(known: Published) -> float:
    """The value that spopt finds with CBC; its model is built from the same distances."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pulp  # noqa: PLC0415 - wanted here alone, and warns as it comes
        from spopt.locate import PMedian  # noqa: PLC0415

        model = PMedian.from_cost_matrix(known.instance.distances, known.instance.weights, p_facilities=known.p)
        return float(model.solve(pulp.PULP_CBC_CMD(msg=False)).problem.objective.value())


def test_four_stores_and_one_for_san_francisco(corpus: Path) -> None:
    instance, stores, told = san_francisco(corpus / "data" / "benchmarks" / "spopt_sf")
    print()
    for p in (1, 4):
        found, seconds = timed(lambda p=p: p_median(instance, p))
        names = ", ".join(stores[site] for site in found.sites)
        print(f"San Francisco p = {p}: {found.value:.3f} ({names}), bound {found.bound:.3f}, {seconds:.3f} s")
        assert found.optimal
        if p == 4:
            assert found.value == pytest.approx(told["highs"]["pmedian_p4_objective"], rel=1e-9)
