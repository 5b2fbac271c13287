"""One way of solving one stored covering problem in a process of its own: its seconds, its memory, what it found.

`python -m tests.benchmarks.siting_peers WAY FILE P` prints them as JSON. The value is reckoned here from the sites, since
spopt counts a site that stands to a billionth, and PuLP calls a run "Optimal" that was only stopped.
"""

from __future__ import annotations

import importlib
import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_array

from geodata.planning.optima import Instance, max_cover

Answer = tuple[list[int], float | None, bool]


def store(instance: Instance, path: Path) -> None:
    """Writes the problem so that reading it takes no more memory than it has."""
    assert instance.coverage is not None
    matrix = instance.coverage
    np.savez(path, weights=instance.weights, columns=matrix.indices, ends=matrix.indptr, facilities=matrix.shape[1])


def read(path: Path) -> Instance:
    with np.load(path) as told:
        columns, ends, weights = told["columns"], told["ends"], told["weights"]
        shape = (len(weights), int(told["facilities"]))
    return Instance(weights, coverage=csr_array((np.ones(len(columns), dtype=bool), columns, ends), shape=shape))


def amparo(instance: Instance, p: int) -> Callable[[], Answer]:
    def solve() -> Answer:
        found = max_cover(instance, p)
        return list(found.sites), found.bound, found.optimal

    return solve


def spopt_cbc(instance: Instance, p: int) -> Callable[[], Answer]:
    """Spopt takes distances: 0 within reach and 1 out of it, made before the clock starts."""
    pulp, locate = importlib.import_module("pulp"), importlib.import_module("spopt.locate")
    assert instance.coverage is not None
    away = 1.0 - instance.coverage.toarray()

    def solve() -> Answer:
        model = locate.MCLP.from_cost_matrix(away, instance.weights, 0.5, p)
        model.problem.solve(pulp.PULP_CBC_CMD(msg=False))
        return stands(model.fac_vars), None, model.problem.sol_status == pulp.LpSolutionOptimal

    return solve


def pulp_cbc(instance: Instance, p: int) -> Callable[[], Answer]:
    """The model written by hand, with only the pairs that cover."""
    pulp = importlib.import_module("pulp")
    assert instance.coverage is not None
    matrix, weights = instance.coverage, instance.weights.tolist()

    def solve() -> Answer:
        problem = pulp.LpProblem("mclp", pulp.LpMaximize)
        stand = [pulp.LpVariable(f"x{at}", cat="Binary") for at in range(matrix.shape[1])]
        covered = [pulp.LpVariable(f"y{at}", 0, 1) for at in range(matrix.shape[0])]
        problem += pulp.LpAffineExpression(list(zip(covered, weights, strict=True)))
        columns, ends = matrix.indices.tolist(), matrix.indptr.tolist()
        for at, one in enumerate(covered):
            problem += pulp.LpAffineExpression([(stand[j], 1) for j in columns[ends[at] : ends[at + 1]]]) - one >= 0
        problem += pulp.lpSum(stand) <= p
        problem.solve(pulp.PULP_CBC_CMD(msg=False))
        return stands(stand), None, problem.sol_status == pulp.LpSolutionOptimal

    return solve


def stands(variables: list[Any]) -> list[int]:
    return [at for at, one in enumerate(variables) if one.varValue is not None and one.varValue > 0.5]


def peak_mb() -> float:
    """The most memory that this process ever held. The kernel's own count: a child's does not begin with its parent's."""
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def main(way: str, path: str, p: str) -> None:
    instance = read(Path(path))
    assert instance.coverage is not None
    solve = {"amparo": amparo, "spopt": spopt_cbc, "pulp": pulp_cbc}[way](instance, int(p))
    before, times = peak_mb(), []
    for _ in range(5 if way == "amparo" else 1):
        start = time.perf_counter()
        sites, bound, proven = solve()
        times.append(time.perf_counter() - start)
    reached = np.unique(instance.coverage[:, sites].nonzero()[0])
    told = {"seconds": statistics.median(times), "first": times[0], "extra_mb": peak_mb() - before, "bound": bound}
    print(json.dumps({**told, "value": float(instance.weights[reached].sum()), "proven": proven}))


if __name__ == "__main__":
    main(*sys.argv[1:])
