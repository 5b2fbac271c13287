"""Maximal covering against spopt and PuLP with CBC, in the same run, on the same problems, with the same optimum."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from geodata.planning.optima import Curve, Instance, cover_curve, greedy_curve
from tests.benchmarks.siting_instances import on_a_corridor, on_a_plane
from tests.benchmarks.siting_peers import store

ROOT = Path(__file__).resolve().parents[2]
SITES = 20
MADE = {"plane": on_a_plane, "corridor": on_a_corridor}
CURVE_SECONDS, GREEDY_MS = 5.0, 50.0


def measured(way: str, problem: Path) -> dict[str, float]:
    """What one way takes and finds, in a process of its own."""
    command = [sys.executable, "-m", "tests.benchmarks.siting_peers", way, str(problem), str(SITES)]
    told = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True, timeout=1800)
    found: dict[str, float] = json.loads(told.stdout.splitlines()[-1])
    return found


def compared(name: str, peer: str, instance: Instance, folder: Path) -> tuple[float, float]:
    """How many times as long the peer takes, and our memory as a share of its; both at the same optimum."""
    problem = folder / "problem.npz"
    store(instance, problem)
    ours, theirs = measured("amparo", problem), measured(peer, problem)
    assert ours["proven"]
    assert ours["bound"] == pytest.approx(ours["value"], rel=1e-9)
    assert theirs["proven"]
    assert theirs["value"] == pytest.approx(ours["value"], rel=1e-6)
    faster, memory = theirs["seconds"] / ours["seconds"], ours["extra_mb"] / theirs["extra_mb"]
    print(
        f"\nCovering, {instance.shape[0]:,} × {instance.shape[1]:,} on the {name}, {SITES} places: "
        f"{ours['seconds'] * 1000:.0f} ms (the first time {ours['first'] * 1000:.0f}), "
        f"{peer} with CBC {theirs['seconds']:.1f} s, {faster:.0f} times as long; "
        f"memory {ours['extra_mb']:.0f} MB against {theirs['extra_mb']:.0f} MB (CBC's own process not counted); "
        f"value {ours['value']:,.0f}, bound {ours['bound']:,.0f}."
    )
    return faster, memory


@pytest.mark.parametrize("name", MADE)
def test_ten_thousand_by_a_thousand_beats_spopt_a_hundred_times_in_half_its_memory(name: str, tmp_path: Path) -> None:
    faster, memory = compared(name, "spopt", MADE[name](10_000, 1_000), tmp_path)
    assert faster >= 100
    assert memory <= 0.5


def test_a_hundred_thousand_by_five_thousand_on_the_corridor_beats_pulp_twenty_times(tmp_path: Path) -> None:
    faster, _ = compared("corridor", "pulp", on_a_corridor(100_000, 5_000), tmp_path)
    assert faster >= 20


@pytest.mark.parametrize("name", MADE)
def test_the_exact_curve_is_there_within_five_seconds_and_the_greedy_one_at_once(name: str) -> None:
    instance = MADE[name](10_000, 1_000)
    exact_seconds, exact = median_of(lambda: cover_curve(instance, SITES), 3)
    greedy_seconds, greedy = median_of(lambda: greedy_curve(instance, SITES), 9)
    band = max((step.bound - step.value) / step.value for step in greedy.steps)
    short = max((best.value - step.value) / best.value for step, best in zip(greedy.steps, exact.steps, strict=True))
    print(
        f"\nCurve 1…{SITES}, 10,000 × 1,000 on the {name}: exact {exact_seconds:.2f} s, each number proven; "
        f"greedy {greedy_seconds * 1000:.0f} ms, at most {short:.2%} short of the best, band at most {band:.2%} wide."
    )
    assert all(step.optimal for step in exact.steps)
    for step, best in zip(greedy.steps, exact.steps, strict=True):
        assert step.value <= best.value * (1 + 1e-9)
        assert best.value <= step.bound * (1 + 1e-9)
    assert exact_seconds <= CURVE_SECONDS
    assert greedy_seconds * 1000 <= GREEDY_MS


def median_of(work: Callable[[], Curve], rounds: int) -> tuple[float, Curve]:
    """The median of several runs in seconds, and what the last of them made."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        made = work()
        times.append(time.perf_counter() - start)
    return statistics.median(times), made
