"""Proof that places, legs and routes make a corridor: points in their countries, routes connected, no way back but lateral."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from geodata.corridor.arcs import arcs
from geodata.corridor.model import chain
from geodata.errors import CorridorFault, Fault
from geodata.reference.boundaries import Boundaries, distance_outside_km
from geodata.schema import DIRECTIONS
from geodata.units import PACES, Km

#: How far outside its country a point may lie: coasts, border rivers and islets are simplified.
OUTSIDE_KM = Km(5.0)
POINTED = ("places", "services", "state_presence")


def check_corridor(tables: Mapping[str, pd.DataFrame], boundaries: Boundaries) -> None:
    """Nothing where the tables make a corridor; otherwise `CorridorFault` with every fault found.

    The tables have passed their contracts and their references.
    """
    places = tables["places"].set_index("id").rename_axis("place_id")
    legs = tables["legs"].set_index("id").rename_axis("leg_id")
    faults = [
        *(fault for name in POINTED for fault in points_outside(name, tables[name], boundaries)),
        *hours_out_of_order(legs),
        *places_elsewhere(tables, places),
        *(fault for direction in DIRECTIONS for fault in cycles(legs, places, direction)),
        *broken_routes(tables["routes"], legs, places),
        *loose_links(tables["capabilities"]),
    ]
    if faults:
        raise CorridorFault(faults)


def points_outside(name: str, table: pd.DataFrame, boundaries: Boundaries) -> list[Fault]:
    """A fault for each point more than 5 km outside its stated country. Rows without a point are passed over."""
    faults = []
    for row in table[table["lat"].notna() & table["lon"].notna()].itertuples():
        away_km = distance_outside_km(row.lon, row.lat, row.country_iso3, boundaries)  # type: ignore[arg-type]
        if away_km > OUTSIDE_KM:
            value = f"{row.lat:g}, {row.lon:g}"
            remedy = f"lies {away_km:.0f} km outside {row.country_iso3}; correct the point or the country"
            faults.append(Fault(name, str(row.id), "lat, lon", value, remedy))
    return faults


def hours_out_of_order(legs: pd.DataFrame) -> list[Fault]:
    """A fault for each leg whose hours are not low ≤ typical ≤ high, or which takes no time at all."""
    low, typical, high = (legs[f"hours_{pace}"] for pace in PACES)
    wrong = ~((low > 0) & (low <= typical) & (typical <= high))
    remedy = "hours must be more than 0 and rise from low over typical to high"
    return [
        Fault(
            "legs",
            str(leg),
            "hours_low, hours_typical, hours_high",
            f"{low[leg]:g}, {typical[leg]:g}, {high[leg]:g}",
            remedy,
        )
        for leg in legs.index[wrong]
    ]


def places_elsewhere(tables: Mapping[str, pd.DataFrame], places: pd.DataFrame) -> list[Fault]:
    """A fault for each service or institution that stands at a place of another country than its own."""
    faults = []
    for name in ("services", "state_presence"):
        table = tables[name][tables[name]["place_id"] != ""]
        there = places["country_iso3"].reindex(table["place_id"]).to_numpy()
        for row in table[(table["country_iso3"] != "") & (table["country_iso3"] != there)].itertuples():
            remedy = f"stands at a place of another country than {row.country_iso3}; correct the place or the country"
            faults.append(Fault(name, str(row.id), "place_id", str(row.place_id), remedy))
    return faults


def cycles(legs: pd.DataFrame, places: pd.DataFrame, direction: str) -> list[Fault]:
    """A fault for each leg by which, lateral legs apart and whatever the date, one could come back to where one was."""
    directed = arcs(legs, places, direction)
    kept = ~directed.lateral
    graph = csr_array((np.ones(int(kept.sum())), (directed.tail[kept], directed.head[kept])), shape=(len(places),) * 2)
    _, component = connected_components(graph, directed=True, connection="strong")
    sizes = np.bincount(component)
    turning = kept & (component[directed.tail] == component[directed.head]) & (sizes[component[directed.tail]] > 1)
    remedy = f"is part of a {direction} circle; give it one direction, swap its ends, or make it lateral"
    return [
        Fault("legs", str(legs.index[leg]), "direction", str(legs["direction"].iloc[leg]), remedy)
        for leg in directed.leg[turning]
    ]


def broken_routes(routes: pd.DataFrame, legs: pd.DataFrame, places: pd.DataFrame) -> list[Fault]:
    """A fault for each route whose legs, in their order, do not join up in its direction."""
    faults = []
    for route in routes.itertuples():
        names = str(route.legs).split(";")
        directed = arcs(legs, places, str(route.direction))
        reach = [bool(chain(directed, legs.index.get_indexer(pd.Index(names[: n + 1])))) for n in range(len(names))]
        if not all(reach):
            broken = names[reach.index(False)]
            remedy = f"leg {broken} does not follow on {route.direction}; correct the order of the legs or the leg's direction"
            faults.append(Fault("routes", str(route.id), "legs", broken, remedy))
    return faults


def loose_links(capabilities: pd.DataFrame) -> list[Fault]:
    """A fault for each capability in the protection chain without a limit or a start, and where the first is not from her."""
    chained = capabilities.dropna(subset=["chain_rank"]).sort_values(["chain_rank", "id"], kind="stable")
    blank = chained["chain_limit_hours"].isna() | (chained["chain_from"] == "")
    remedy = "a link of the chain needs chain_limit_hours and chain_from"
    faults = [Fault("capabilities", str(name), "chain_rank", "", remedy) for name in chained.loc[blank, "id"]]
    first = chained.iloc[:1]
    remedy = "the first link of the chain is the care itself: count it from her"
    return faults + [
        Fault("capabilities", str(row.id), "chain_from", str(row.chain_from), remedy)
        for row in first[first["chain_from"] == "care"].itertuples()
    ]
