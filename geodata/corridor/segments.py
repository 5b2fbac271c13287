"""Segments, the unit of analysis: pieces of a leg, at most 1 km and 1 h long and never across an admin-1 border."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata.corridor.geodesy import Floats, Line
from geodata.units import Hours, Km

SEGMENT_KM = Km(1.0)
#: On a forest trail a km may take a day: a segment is also at most this long at typical pace.
SEGMENT_HOURS = Hours(1.0)
#: Two borders closer than this are one: simplified boundaries leave slivers that nobody means.
SLIVER_KM = Km(0.05)


def segments(
    legs: pd.DataFrame, places: pd.DataFrame, lines: Mapping[str, Line], admin1: gpd.GeoDataFrame
) -> pd.DataFrame:
    """Every leg cut at admin-1 borders and then into equal pieces of at most 1 km and 1 h at typical pace.

    Columns leg_id, from_km, to_km (measures along the leg from its `from_place`), country_iso3, admin1; index
    `segment_id` from 0, in the order of the legs and along each. A leg between two places of one country is in that
    country all along, also where its schematic line leaves it; elsewhere a piece outside both countries is at sea,
    with a blank country. A piece in no admin-1 unit has a blank admin1. No legs, no rows.
    """
    units = {iso3: group.reset_index(drop=True) for iso3, group in admin1.groupby("country_iso3")}
    tables = [_leg_segments(leg, places, lines[leg["leg_id"]], units) for leg in legs.reset_index().to_dict("records")]
    columns = ["leg_id", "from_km", "to_km", "country_iso3", "admin1"]
    table = pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=columns)
    return table.rename_axis("segment_id")


def _leg_segments(
    leg: Mapping[Any, Any], places: pd.DataFrame, line: Line, units: Mapping[Any, gpd.GeoDataFrame]
) -> pd.DataFrame:
    countries = list(dict.fromkeys(places["country_iso3"].loc[[leg["from_place"], leg["to_place"]]]))
    near = [units[iso3].iloc[units[iso3].sindex.query(line.geometry)] for iso3 in countries if iso3 in units]
    crossed = pd.concat(near) if near else pd.DataFrame({"country_iso3": [], "name": [], "geometry": []})
    borders_km = _cuts_km(line, crossed["geometry"])
    ends_km = _piece_ends_km(borders_km, _longest_km(line.length_km, leg["hours_typical"]))
    middles = [shapely.Point(line.point_at(km)) for km in (ends_km[:-1] + ends_km[1:]) / 2]
    where = [_unit_at(point, crossed) for point in middles]
    return pd.DataFrame(
        {
            "leg_id": leg["leg_id"],
            "from_km": ends_km[:-1],
            "to_km": ends_km[1:],
            "country_iso3": [countries[0] if len(countries) == 1 else iso3 for iso3, _ in where],
            "admin1": [name for _, name in where],
        }
    )


def _cuts_km(line: Line, polygons: Iterable[shapely.Geometry]) -> Floats:
    """Where the line enters or leaves one of the polygons, with its two ends, slivers closed."""
    drawn = line.geometry
    shares: list[float] = []
    for inside in shapely.intersection(drawn, list(polygons)):
        parts = [part for part in shapely.get_parts(inside) if isinstance(part, shapely.LineString)]
        shares += [drawn.project(end, normalized=True) for part in parts for end in part.boundary.geoms]
    inner = np.sort(line.measure_km(np.array(shares, dtype=float)))
    kept = [0.0]
    for km in inner:
        if km - kept[-1] > SLIVER_KM and line.length_km - km > SLIVER_KM:
            kept.append(float(km))
    return np.array([*kept, line.length_km])


def _longest_km(length_km: float, hours_typical: float) -> float:
    """How long a segment of a leg may be: 1 km, or less where 1 km takes more than 1 h."""
    return min(SEGMENT_KM, length_km / hours_typical * SEGMENT_HOURS)


def _piece_ends_km(borders_km: Floats, longest_km: float) -> Floats:
    """The ends of equal pieces, none longer than allowed, between each border and the next."""
    spans = pairwise(borders_km)
    starts = [np.linspace(a, b, max(1, int(np.ceil((b - a) / longest_km - 1e-9))), endpoint=False) for a, b in spans]
    return np.concatenate([*starts, borders_km[-1:]])


def _unit_at(point: shapely.Point, units: pd.DataFrame) -> tuple[str, str]:
    """Country and name of the admin-1 unit that holds the point; blanks where none does."""
    for iso3, name, polygon in zip(units["country_iso3"], units["name"], units["geometry"], strict=True):
        if polygon.covers(point):
            return str(iso3), str(name)
    return "", ""
