"""Where a service stands on the corridor: at its own place, or tied to the nearest one within a walk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from geodata.corridor.geodesy import distance_km
from geodata.units import Km

TIE_KM = Km(5.0)
WALKING_KMH = 3.5


def ties(sites: pd.DataFrame, places: pd.DataFrame, countries: gpd.GeoDataFrame) -> pd.DataFrame:
    """For each site the place by which it is reached: columns place_id ("" = not connected), walk_hours; index as `sites`.

    A site with a `place_id` stands there (0 hours). One with only a point (EPSG:4326) is tied to the nearest place of
    its own country within 5 km on the ellipsoid, on foot at 3.5 km/h, if the straight way between them stays on that
    country's land. A site with neither is not connected.
    """
    rows = [_tie(site, places, countries) for site in sites.to_dict("records")]
    return pd.DataFrame(rows, columns=["place_id", "walk_hours"], index=sites.index)


def _tie(site: Mapping[Any, Any], places: pd.DataFrame, countries: gpd.GeoDataFrame) -> tuple[str, float]:
    if site["place_id"]:
        return str(site["place_id"]), 0.0
    if pd.isna(site["lat"]) or pd.isna(site["lon"]):
        return "", 0.0
    lon, lat, iso3 = float(site["lon"]), float(site["lat"]), str(site["country_iso3"])
    own = places[places["country_iso3"] == iso3]
    if own.empty or iso3 not in countries.index:
        return "", 0.0
    away_km = pd.Series(
        [distance_km(lon, lat, *point) for point in zip(own["lon"], own["lat"], strict=True)], index=own.index
    )
    nearest = str(away_km.idxmin())
    way = shapely.LineString([(lon, lat), own[["lon", "lat"]].loc[nearest].to_numpy(dtype=float)])
    if away_km[nearest] > TIE_KM or not countries.at[iso3, "geometry"].covers(way):
        return "", 0.0
    return nearest, float(away_km[nearest]) / WALKING_KMH
