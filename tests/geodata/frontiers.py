"""A small corridor with frontiers, on which the State's presence and a hand-over are worked out by hand."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
from corridors import corridor, leg, records, table
from shapely import box

from geodata.corridor import Corridor
from geodata.coverage import PRESENCE_CLASSES, Profile, Question, presence_classed, profile
from geodata.reference.boundaries import Boundaries
from geodata.schema import TABLES
from geodata.snapshot import Snapshot
from geodata.units import Hours, Month

APRIL = Month(2024, 4)
#: From west to east: COL, then PAN from -77.04 on, water between -76.96 and -76.92, then CRI.
STATES = {"COL": (-78.0, -77.04), "PAN": (-77.04, -76.96), "CRI": (-76.92, -76.0)}


def boundaries() -> Boundaries:
    """Three States as boxes, each of one province."""
    boxes = {iso3: box(west, 7.0, east, 9.0) for iso3, (west, east) in STATES.items()}
    admin1 = gpd.GeoDataFrame(
        {"country_iso3": list(boxes), "name": list(boxes)}, geometry=list(boxes.values()), crs=4326
    )
    countries = gpd.GeoDataFrame({"country_iso3": list(boxes)}, geometry=list(boxes.values()), crs=4326)
    return Boundaries(countries=countries, admin1=admin1, labels=pd.DataFrame())


def state_corridor(
    places: dict[str, tuple[str, float]], legs: list[dict[str, object]], institutions: list[dict[str, object]]
) -> Corridor:
    """A corridor of places (id: State, longitude; all at 8° N) joined one after the other, with `north` and `south`."""
    names = ";".join(str(one["id"]) for one in legs)
    back = ";".join(str(one["id"]) for one in reversed(legs))
    made = corridor({}, [])
    rows = {
        "places": [
            {"id": name, "name": name, "country_iso3": iso3, "lon": lon} for name, (iso3, lon) in places.items()
        ],
        "legs": legs,
        "routes": [
            {"id": "north", "direction": "northbound", "legs": names},
            {"id": "south", "direction": "southbound", "legs": back},
        ],
        "state_presence": institutions,
    }
    tables = {name: made.snapshot.table(name) for name in TABLES} | {
        name: table(name, given) for name, given in rows.items()
    }
    assert set(records()) == set(tables)
    return Corridor.of(Snapshot.of(tables), boundaries())


def both_ways(start: str, end: str, hours: tuple[float, float, float]) -> dict[str, object]:
    return leg(start, end, hours, direction="both")


def asks(window: float = 10.6, route: str = "north", **more: object) -> Question:
    direction = "southbound" if route == "south" else "northbound"
    return Question("state:protective", direction, APRIL, Hours(window), route=route, **more)


def presence_profile(made: Corridor, question: Question) -> Profile:
    return profile(made, question, presence_classed, PRESENCE_CLASSES)


#: a – b in COL, b – c over the frontier in the middle (20 h, a segment an hour), c – d in PAN; the mirror image of itself.
MIRROR = {"a": ("COL", -77.07), "b": ("COL", -77.06), "c": ("PAN", -77.02), "d": ("PAN", -77.01)}
MIRROR_LEGS = [
    both_ways("a", "b", (2, 4, 8)),
    both_ways("b", "c", (10, 20, 40)),
    both_ways("c", "d", (2, 4, 8)),
]
AT_BOTH_ENDS = [
    {"id": "P1", "place_id": "a", "country_iso3": "COL", "caveat": "opening_not_published"},
    {"id": "P2", "place_id": "d"},
]
POLICE = [
    {"id": "M1", "place_id": "b", "kind": "police", "role": "mixed", "country_iso3": "COL"},
    {"id": "M2", "place_id": "c", "kind": "border_police", "role": "control"},
]


def mirror(*more: dict[str, object]) -> Corridor:
    return state_corridor(MIRROR, MIRROR_LEGS, [*AT_BOTH_ENDS, *more])
