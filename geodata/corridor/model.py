"""The corridor of one snapshot: everything that does not change with the question, worked out once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from geodata.corridor.arcs import Arcs, arcs, since_ordinals, until_ordinals
from geodata.corridor.geodesy import Line, line_through
from geodata.corridor.segments import segments
from geodata.corridor.ties import ties
from geodata.errors import UnknownName
from geodata.protection import public_sites
from geodata.reference.boundaries import Boundaries, read_boundaries
from geodata.schema import DIRECTIONS
from geodata.snapshot import Snapshot
from geodata.units import closing_month

Made = TypeVar("Made")


@dataclass(frozen=True, eq=False)
class Corridor:
    """Places, legs, routes, segments, arcs, services and State presence of one snapshot. Read-only; threads may share it.

    `capabilities`, `audiences` and `stretches` are records: what can be asked for, for whom, and the named parts of the
    corridor. `legs` has `length_km`, the ellipsoidal length of its schematic line; `services` and `state_presence` have
    the place by which each is reached (`at_place`, "" = not connected), the `walk_hours` from there, and their dates as
    numbers: months `since` and `until` which they are open, and the day (`seen`) on which a source last saw them at
    work.
    """

    snapshot: Snapshot
    boundaries: Boundaries
    places: pd.DataFrame
    lines: dict[str, Line]
    legs: pd.DataFrame
    segments: pd.DataFrame
    routes: pd.DataFrame
    stretches: pd.DataFrame
    capabilities: pd.DataFrame
    audiences: pd.DataFrame
    services: pd.DataFrame
    state_presence: pd.DataFrame
    stays: pd.DataFrame
    arcs: dict[str, Arcs] = field(repr=False)
    _kept: dict[object, Any] = field(default_factory=dict, repr=False)
    _kept_of_ways: dict[object, Any] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, snapshot: Snapshot, boundaries: Boundaries | None = None) -> Corridor:
        """The corridor of a snapshot whose tables have been checked."""
        boundaries = boundaries or read_boundaries()
        places = snapshot.table("places").set_index("id").rename_axis("place_id")
        legs = snapshot.table("legs").set_index("id").rename_axis("leg_id")
        lines = leg_lines(legs, places)
        legs = legs.assign(length_km=[lines[leg].length_km for leg in legs.index])
        services = public_sites(snapshot.table("services").set_index("id").rename_axis("service_id"))
        presence = snapshot.table("state_presence").set_index("id").rename_axis("presence_id")
        return cls(
            snapshot=snapshot,
            boundaries=boundaries,
            places=places,
            lines=lines,
            legs=legs,
            segments=segments(legs, places, lines, boundaries.admin1),
            routes=snapshot.table("routes").set_index("id").rename_axis("route_id"),
            stretches=snapshot.table("stretches").set_index("id").rename_axis("stretch_id"),
            capabilities=_ranked(snapshot.table("capabilities")).rename_axis("capability"),
            audiences=_ranked(snapshot.table("audiences")).rename_axis("audience"),
            services=_tied(services, places, boundaries),
            state_presence=_tied(presence, places, boundaries),
            stays=snapshot.table("stays"),
            arcs={direction: arcs(legs, places, direction) for direction in DIRECTIONS},
        )

    @cached_property
    def first_segment(self) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        """Per leg the position of its first segment, and after the last leg the number of segments."""
        counts = self.segments.groupby("leg_id", sort=False).size().reindex(self.legs.index).to_numpy()
        return np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)

    def remembered(self, key: object, make: Callable[[], Made], *, of_services: bool = True) -> Made:
        """What `make` gave for this key the first time: for what depends on the snapshot alone and is asked often.

        What is kept must not be changed. Two threads that ask at once may both make it; either is right. What does not
        depend on the services (`of_services` False) is shared with every corridor `with_services`.
        """
        memory = self._kept if of_services else self._kept_of_ways
        if key not in memory:
            memory[key] = make()
        kept: Made = memory[key]
        return kept

    def with_services(self, services: pd.DataFrame) -> Corridor:
        """The same corridor with other services, in the form of `services`; what it remembers of the ways is shared.

        `snapshot` stays that of the facts: what is planned is in no snapshot.
        """
        return replace(self, services=services, _kept={})

    def route_arcs(self, route: str) -> list[int]:
        """The positions, in the arcs of the route's direction, of its legs in the order of travel.

        Raises `UnknownName` where there is no such route.
        """
        if route not in self.routes.index:
            raise UnknownName(f"There is no route {route!r}. There are: {', '.join(self.routes.index)}.")
        directed = self.arcs[str(self.routes.at[route, "direction"])]
        return chain(directed, self.legs.index.get_indexer(pd.Index(str(self.routes.at[route, "legs"]).split(";"))))

    @cached_property
    def not_connected(self) -> pd.DataFrame:
        """Public services that no place of the corridor reaches: not drawn, in no figure; listed on the self-check page."""
        return self.services[self.services["at_place"] == ""]


def _ranked(records: pd.DataFrame) -> pd.DataFrame:
    return records.sort_values(["rank", "id"], kind="stable").set_index("id")


def leg_lines(legs: pd.DataFrame, places: pd.DataFrame) -> dict[str, Line]:
    """Each leg's schematic line, the geodesic from its `from_place` to its `to_place`."""
    points = places[["lon", "lat"]]
    return {
        str(leg): line_through(points.loc[[start, end]].to_numpy(dtype=float))
        for leg, start, end in zip(legs.index, legs["from_place"], legs["to_place"], strict=True)
    }


def chain(directed: Arcs, legs: list[int] | np.ndarray[tuple[int], np.dtype[np.intp]]) -> list[int]:
    """The arcs that travel the given legs one after the other; empty where they do not join up in this direction.

    A lateral leg may be travelled either way: the way that joins its neighbours is taken.
    """
    ways: list[list[int]] = [[]]
    for leg in legs:
        options = [int(arc) for arc in np.flatnonzero(directed.leg == leg)]
        ways = [
            [*way, arc] for way in ways for arc in options if not way or directed.head[way[-1]] == directed.tail[arc]
        ]
    return ways[0] if ways else []


def _tied(sites: pd.DataFrame, places: pd.DataFrame, boundaries: Boundaries) -> pd.DataFrame:
    tied = ties(sites, places, boundaries.countries)
    return sites.assign(
        at_place=tied["place_id"],
        walk_hours=tied["walk_hours"],
        since=since_ordinals(sites["opened"]),
        until=until_ordinals(sites["closed"]),
        seen=[_seen(text) for text in sites["last_confirmed"]],
    )


def _seen(last_confirmed: str) -> int:
    """The day, counted from year 1, at the end of the month of the last confirmation; 0 where there is none.

    A confirmation known only by year is read as its January.
    """
    month = closing_month(last_confirmed[:7])
    return 0 if month is None else month.end.toordinal()
