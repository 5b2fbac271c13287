"""Hours ahead on a million segments, against networkx and scipy in the same run on the same answer."""

from __future__ import annotations

import statistics
import time
import tracemalloc
from collections.abc import Callable

import networkx as nx
import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from geodata.coverage.search import hours_at_nodes, hours_on_segments, reversed_graph

JUNCTIONS = 10_000
SHORTCUTS = 600
PER_ARC = 95
SERVICES = 3_000


class Corridor:
    """A directed corridor of about a million segments: a chain of junctions with shortcuts ahead and services at random."""

    def __init__(self) -> None:
        draw = np.random.default_rng(20240304)
        chain = np.arange(JUNCTIONS - 1)
        start = draw.integers(0, JUNCTIONS - 40, SHORTCUTS)
        self.tail = np.concatenate([chain, start])
        self.head = np.concatenate([chain + 1, start + draw.integers(2, 40, SHORTCUTS)])
        self.hours = draw.uniform(0.5, 30.0, len(self.tail))
        self.sources = np.sort(draw.choice(JUNCTIONS, SERVICES, replace=False))
        self.counts = np.full(len(self.tail), PER_ARC)
        self.remaining = np.tile(1 - np.arange(PER_ARC) / PER_ARC, len(self.tail))

    def answer(self) -> np.ndarray:
        """Amparo's own way: a search among junctions, then every segment by interpolation."""
        graph = reversed_graph(self.tail, self.head, self.hours, JUNCTIONS)
        ahead, _ = hours_at_nodes(graph, self.sources, np.zeros(SERVICES))
        return hours_on_segments(self.remaining, self.hours, ahead[self.head], self.counts)

    def whole_graph(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Every segment as an edge of its own, backwards: from where she leaves it, to where she enters it, its hours."""
        arcs = len(self.tail)
        inner = JUNCTIONS + np.arange(arcs * (PER_ARC - 1)).reshape(arcs, PER_ARC - 1)
        along = np.hstack([self.tail[:, None], inner, self.head[:, None]])
        return along[:, 1:].ravel(), along[:, :-1].ravel(), np.repeat(self.hours / PER_ARC, PER_ARC)


def median_seconds(work: Callable[[], object], rounds: int) -> float:
    """The median of several runs, after one to warm up."""
    work()
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def test_a_million_segments_beat_networkx_fifty_times_and_scipy_three_times() -> None:
    made = Corridor()
    left, entered, hours = made.whole_graph()
    nodes = JUNCTIONS + len(made.tail) * (PER_ARC - 1)
    whole = csr_array((hours, (left, entered)), shape=(nodes, nodes))

    def scipy_way() -> np.ndarray:
        return dijkstra(whole, indices=made.sources, min_only=True)[left] + hours

    directed = nx.DiGraph()
    directed.add_weighted_edges_from(zip(left.tolist(), entered.tolist(), hours.tolist(), strict=True))

    def networkx_way() -> dict[int, float]:
        return nx.multi_source_dijkstra_path_length(directed, set(made.sources.tolist()))

    ours = made.answer()
    np.testing.assert_allclose(ours, scipy_way(), atol=1e-9, rtol=0)
    reached = networkx_way()
    np.testing.assert_allclose(ours, [reached.get(node, np.inf) for node in left.tolist()] + hours, atol=1e-9, rtol=0)

    seconds = median_seconds(made.answer, 15)
    by_scipy, by_networkx = median_seconds(scipy_way, 7) / seconds, median_seconds(networkx_way, 3) / seconds
    tracemalloc.start()
    result = made.answer()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    print(
        f"\nHours ahead on {len(ours):,} segments: {seconds * 1000:.1f} ms (build of the junction graph included); "
        f"networkx takes {by_networkx:.0f} times as long, scipy {by_scipy:.1f} times; "
        f"memory {peak / result.nbytes:.1f} times the result's array."
    )
    assert by_networkx >= 50
    assert by_scipy >= 3
    assert peak <= 3 * result.nbytes
