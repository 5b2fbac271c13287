"""Location problems for tests: the published ones, read from their files, and small random ones."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.sparse.csgraph import shortest_path

from geodata.planning.optima import Instance


@dataclass(frozen=True)
class Published:
    """A published p-median and p-center problem with its known optima."""

    name: str
    p: int
    median: float
    center: float
    instance: Instance


def pmed_names(folder: Path) -> list[str]:
    """The OR-Library instances that are there, in the order of their table of optima."""
    return [row["instance"] for row in _optima(folder)]


def pmed(folder: Path, name: str) -> Published:
    """An OR-Library instance of Beasley: every node is demand of weight 1 and a facility, distances along the edges.

    Where an edge stands twice in the file the last counts: only so are the published optima those of the file.
    """
    row = next(row for row in _optima(folder) if row["instance"] == name)
    numbers = [int(word) for word in (folder / f"{name}.txt").read_text().split()]
    nodes, edges, p = numbers[:3]
    lengths = np.zeros((nodes, nodes))
    for start, end, length in np.array(numbers[3 : 3 + 3 * edges]).reshape(-1, 3):
        lengths[start - 1, end - 1] = lengths[end - 1, start - 1] = length
    away = shortest_path(csr_array(lengths), directed=False)
    made = Instance(np.ones(nodes), distances=away)
    return Published(name, p, float(row["pmedian_opt"]), float(row["pcenter_opt"]), made)


def san_francisco(folder: Path) -> tuple[Instance, list[str], dict[str, Any]]:
    """205 census tracts with their population and 16 stores; the stores' names; what other solvers found."""
    with (folder / "SF_network_distance_candidateStore_16_censusTract_205_new.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    tracts, stores = (sorted({row[name] for row in rows}) for name in ("DestinationName", "name"))
    away, people = np.full((len(tracts), len(stores)), np.inf), np.zeros(len(tracts))
    for row in rows:
        at = tracts.index(row["DestinationName"])
        away[at, stores.index(row["name"])], people[at] = float(row["distance"]), float(row["demand"])
    return Instance(people, distances=away), stores, json.loads((folder / "expected.json").read_text())


def sum_of(instance: Instance, sites: Sequence[int]) -> float:
    """The weighted sum of distances to the nearest of the sites and the fixed, reckoned one by one."""
    counted = [at for at in range(instance.shape[0]) if instance.weights[at] > 0 and at not in nowhere(instance)]
    return float(sum(instance.weights[at] * nearest(instance, sites, at) for at in counted))


def worst_of(instance: Instance, sites: Sequence[int]) -> float:
    """The greatest distance to the nearest of the sites and the fixed, reckoned one by one."""
    counted = [at for at in range(instance.shape[0]) if at not in nowhere(instance)]
    return max((nearest(instance, sites, at) for at in counted), default=0.0)


def nearest(instance: Instance, sites: Sequence[int], at: int) -> float:
    return min((float(instance.distances[at, one]) for one in (*sites, *instance.fixed)), default=np.inf)


def nowhere(instance: Instance) -> set[int]:
    """The demand that no usable facility can serve."""
    usable = [*instance.candidates, *instance.fixed]
    return {
        at for at in range(instance.shape[0]) if not any(np.isfinite(instance.distances[at, one]) for one in usable)
    }


def choices(instance: Instance, p: int) -> list[tuple[int, ...]]:
    """Every choice of at most `p` facilities that can be chosen."""
    one_by_one = [int(one) for one in instance.candidates]
    return [few for number in range(p + 1) for few in combinations(one_by_one, number)]


@st.composite
def located(draw: st.DrawFn, *, whole: bool | None = None) -> Instance:
    """A small instance with distances, some infinite, weights of which some are 0, fixed and excluded facilities, costs."""
    demand, facilities = draw(st.integers(1, 7)), draw(st.integers(1, 6))
    integers = draw(st.booleans()) if whole is None else whole
    length = st.integers(0, 12).map(float) if integers else st.floats(0.0, 50.0).map(lambda one: round(one, 3))
    reach = st.one_of(length, length, length, st.just(np.inf))
    away = draw(st.lists(st.lists(reach, min_size=facilities, max_size=facilities), min_size=demand, max_size=demand))
    weights = draw(st.lists(st.integers(0, 5).map(float), min_size=demand, max_size=demand))
    kinds = draw(st.lists(st.sampled_from("cccccfx"), min_size=facilities, max_size=facilities))
    costs = draw(st.lists(st.integers(0, 4).map(float), min_size=facilities, max_size=facilities))
    return Instance(
        np.array(weights),
        distances=np.array(away),
        fixed=tuple(at for at, kind in enumerate(kinds) if kind == "f"),
        excluded=tuple(at for at, kind in enumerate(kinds) if kind == "x"),
        costs=np.array(costs),
    )


def _optima(folder: Path) -> list[dict[str, str]]:
    with (folder / "optima.csv").open(newline="") as file:
        return list(csv.DictReader(file))
