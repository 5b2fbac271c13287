"""Made location problems of a stated size: random points on a plane, and a directed corridor."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array, vstack
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree

from geodata.planning.optima import Instance

#: How many facilities stand around a point of the plane on average.
AROUND = 8
WINDOW_HOURS = 6.0
ALTERNATIVES, TWO_WAY = 0.01, 0.05


def on_a_plane(demand: int, facilities: int) -> Instance:
    """Random points and random facilities on a square; a facility covers what is within one radius of it."""
    draw = np.random.default_rng(20240304)
    points, sites = draw.random((demand, 2)), draw.random((facilities, 2))
    radius = float(np.sqrt(AROUND / facilities / np.pi))
    near = cKDTree(points).sparse_distance_matrix(cKDTree(sites), radius, output_type="coo_matrix")
    coverage = csr_array((np.ones(near.nnz, dtype=bool), (near.row, near.col)), shape=(demand, facilities))
    return Instance(draw.integers(1, 1000, demand).astype(float), coverage=coverage)


def on_a_corridor(demand: int, facilities: int) -> Instance:
    """Segments in the order of travel, each a demand point; a facility covers those from which it lies at most 6 h ahead.

    One segment in a hundred is the start of an alternative way some segments further on, one in twenty can be travelled
    both ways. The weight is the flow, which changes along the way, by the hours of the segment: person-hours.
    """
    draw = np.random.default_rng(20240304)
    hours = draw.uniform(0.02, 0.1, demand - 1)
    along = np.concatenate([[0.0], hours.cumsum()])
    start = np.sort(draw.choice(demand - 60, int(ALTERNATIVES * demand), replace=False))
    end = start + draw.integers(5, 60, len(start))
    back = np.flatnonzero(draw.random(demand - 1) < TWO_WAY)
    tail = np.concatenate([np.arange(demand - 1), start, back + 1])
    head = np.concatenate([np.arange(1, demand), end, back])
    taken = np.concatenate([hours, (along[end] - along[start]) * draw.uniform(0.6, 1.1, len(start)), hours[back]])
    towards = csr_array((taken, (head, tail)), shape=(demand, demand))
    sites = np.sort(draw.choice(demand, facilities, replace=False))
    within = [
        csr_array(dijkstra(towards, indices=some, limit=WINDOW_HOURS) <= WINDOW_HOURS)
        for some in np.array_split(sites, max(1, facilities * demand // 2_000_000))
    ]
    flow = np.repeat(draw.integers(100, 20_000, demand // 50 + 1), 50)[:demand]
    return Instance(flow * np.append(hours, hours.mean()), coverage=csr_array(vstack(within).T))
