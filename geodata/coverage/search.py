"""The search itself: hours from every junction to the nearest source ahead, then every segment by interpolation.

Only junctions need a graph search; a segment lies on one arc, so its hours are what is left of the arc plus the hours
at the arc's head. That makes a million segments as cheap as one pass over an array.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


def reversed_graph(tail: Ints, head: Ints, hours: Floats, nodes: int) -> csr_array:
    """The graph from heads to tails, in which a search from the sources finds who can reach them.

    Of parallel arcs the quickest counts. `hours` are not negative; zero is a real arc. Shape (nodes, nodes).
    """
    order = np.lexsort((hours, tail, head))
    tail, head, hours = tail[order], head[order], hours[order]
    first = np.ones(len(tail), dtype=bool)
    first[1:] = (tail[1:] != tail[:-1]) | (head[1:] != head[:-1])
    starts = np.searchsorted(head[first], np.arange(nodes + 1))
    return csr_array((hours[first], tail[first], starts), shape=(nodes, nodes))


def hours_at_nodes(graph: csr_array, sources: Ints, offsets: Floats) -> tuple[Floats, Ints]:
    """Least hours from each node to a source, and the source that it is (its position in `sources`; -1 where none ahead).

    `graph` runs backwards (`reversed_graph`); `offsets` are hours from a source's node to the help itself. Hours are
    infinite where no source is ahead. Of sources at equal hours the one listed first is taken where both stand at the
    node itself. Dijkstra's method, one search from all sources at once.
    """
    nodes = graph.shape[0]
    hours, nearest = np.full(nodes, np.inf), np.full(nodes, -1, dtype=np.int64)
    for offset in np.unique(offsets):
        group = np.flatnonzero(offsets == offset)[::-1]
        found, _, origin = dijkstra(graph, indices=sources[group], min_only=True, return_predecessors=True)
        position = np.full(nodes, -1, dtype=np.int64)
        position[sources[group]] = group
        better = found + offset < hours
        hours[better] = found[better] + offset
        nearest[better] = position[origin[better]]
    return hours, nearest


def hours_on_segments(remaining: Floats, arc_hours: Floats, ahead: Floats, counts: Ints) -> Floats:
    """Hours ahead of segments that lie arc by arc: `remaining` share of the arc × its hours + hours at its head.

    `counts` is the number of segments on each arc; `arc_hours` and `ahead` (at the arc's head) have a value per arc.
    Infinite where the head has nothing ahead.
    """
    hours = np.repeat(arc_hours, counts)
    hours *= remaining
    hours += np.repeat(ahead, counts)
    return hours
