"""TopoJSON, written and read: areas that meet share their lines, each of which is held once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
from shapely import MultiPolygon, Polygon, get_parts
from shapely.geometry.base import BaseGeometry

Topology = Mapping[str, Any]
Line = npt.NDArray[np.float64]
#: A vertex in steps of the grid; a ring of them does not repeat its first at its end.
Vertex = tuple[int, int]
Ring = list[Vertex]
Edge = frozenset[Vertex]


@dataclass(frozen=True)
class Grid:
    """The grid that vertices lie on: EPSG:4326, `step_degrees` wide both ways, from the corner 180° W, 90° S."""

    step_degrees: float

    @property
    def transform(self) -> dict[str, list[float]]:
        """The same as TopoJSON says it."""
        return {"scale": [self.step_degrees] * 2, "translate": [-180, -90]}

    def vertices(self, lonlat: npt.ArrayLike) -> list[Vertex]:
        """The nearest vertices of the grid; where neighbours fall together, one of them."""
        steps = np.rint((np.asarray(lonlat) - self.transform["translate"]) / self.step_degrees).astype(int)
        moved = np.append(True, (np.diff(steps, axis=0) != 0).any(axis=1))
        return [(int(x), int(y)) for x, y in steps[moved]]


def decoded_arcs(topology: Topology) -> list[Line]:
    """Each arc's vertices, (n, 2) longitudes and latitudes in EPSG:4326."""
    return [lonlat(topology, np.cumsum(np.array(arc), axis=0)) for arc in topology["arcs"]]


def lonlat(topology: Topology, steps: npt.ArrayLike) -> Line:
    """Vertices of the topology's grid as longitudes and latitudes in EPSG:4326."""
    scale, translate = (np.array(topology["transform"][key], dtype=float) for key in ("scale", "translate"))
    degrees: Line = np.asarray(steps, dtype=float) * scale + translate
    return degrees


def items(topology: Topology, name: str) -> Sequence[Mapping[str, Any]]:
    """The members of one object of the topology, as they stand in it."""
    members: Sequence[Mapping[str, Any]] = topology["objects"][name]["geometries"]
    return members


def areas(topology: Topology, name: str) -> list[MultiPolygon]:
    """The areas of one object of the topology, in its order, in EPSG:4326."""
    arcs = decoded_arcs(topology)
    return [MultiPolygon([_polygon(arcs, rings) for rings in _polygons(item)]) for item in items(topology, name)]


def owners(topology: Topology, name: str) -> dict[int, list[int]]:
    """Per arc the positions of the members that it bounds: two where it parts them, one where it is an outer edge."""
    bounded: defaultdict[int, list[int]] = defaultdict(list)
    for position, item in enumerate(items(topology, name)):
        for arc in (arc for rings in _polygons(item) for ring in rings for arc in ring):
            bounded[max(arc, ~arc)].append(position)
    return dict(sorted(bounded.items()))


def encoded(geometries: Iterable[BaseGeometry], grid: Grid) -> tuple[list[list[Vertex]], list[list[Any]]]:
    """The arcs of areas that meet without overlap, and per area its polygons' rings in terms of them.

    The areas are polygons or multipolygons in EPSG:4326 that share every vertex of the lines in which they meet. An arc
    begins and ends where the areas beside it change; it is written as its first vertex and the steps from there.
    """
    polygons = [[_rings(part, grid) for part in get_parts(geometry)] for geometry in geometries]
    nodes = _nodes(polygons)
    positions: dict[tuple[Vertex, ...], int] = {}
    references = [
        [[[_reference(arc, positions) for arc in _cut(ring, nodes)] for ring in rings] for rings in parts]
        for parts in polygons
    ]
    return [_steps(arc) for arc in positions], references


def _polygons(item: Mapping[str, Any]) -> Sequence[Sequence[Sequence[int]]]:
    return [item["arcs"]] if item["type"] == "Polygon" else item["arcs"]


def _polygon(arcs: Sequence[Line], rings: Sequence[Sequence[int]]) -> Polygon:
    shell, *holes = (_ring(arcs, ring) for ring in rings)
    return Polygon(shell, holes)


def _ring(arcs: Sequence[Line], ring: Sequence[int]) -> Line:
    travelled = [arcs[arc] if arc >= 0 else arcs[~arc][::-1] for arc in ring]
    return np.vstack([travelled[0], *(arc[1:] for arc in travelled[1:])])


def _rings(part: Polygon, grid: Grid) -> list[Ring]:
    return [grid.vertices(ring.coords)[:-1] for ring in (part.exterior, *part.interiors)]


def _edges(ring: Ring) -> list[Edge]:
    return [frozenset(ends) for ends in zip(ring, [*ring[1:], ring[0]], strict=True)]


def _nodes(polygons: list[list[list[Ring]]]) -> set[Vertex]:
    """The vertices in which other than two edges meet: where the areas beside a line change."""
    edges = {edge for parts in polygons for rings in parts for ring in rings for edge in _edges(ring)}
    meeting = Counter(vertex for edge in edges for vertex in edge)
    return {vertex for vertex, count in meeting.items() if count != 2}


def _cut(ring: Ring, nodes: set[Vertex]) -> list[tuple[Vertex, ...]]:
    """The ring from node to node; one without nodes from its least vertex round to it."""
    start = next((place for place, vertex in enumerate(ring) if vertex in nodes), ring.index(min(ring)))
    closed = [*ring[start:], *ring[: start + 1]]
    cuts = [0, *(place for place in range(1, len(ring)) if closed[place] in nodes), len(ring)]
    return [tuple(closed[begin : end + 1]) for begin, end in pairwise(cuts)]


def _reference(arc: tuple[Vertex, ...], positions: dict[tuple[Vertex, ...], int]) -> int:
    """The arc's position, which it is given now if it is new; one's complement where it runs the other way."""
    written = min(arc, arc[::-1])
    position = positions.setdefault(written, len(positions))
    return position if arc == written else ~position


def _steps(arc: tuple[Vertex, ...]) -> list[Vertex]:
    return [
        arc[0],
        *((x - before_x, y - before_y) for (before_x, before_y), (x, y) in pairwise(arc)),
    ]
