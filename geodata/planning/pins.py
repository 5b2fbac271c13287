"""Points that a planner gives, by coordinates or on a map: which place of the corridor each of them means."""

from __future__ import annotations

import pandas as pd

from geodata.corridor import Corridor
from geodata.corridor.geodesy import distance_km
from geodata.corridor.ties import TIE_KM
from geodata.errors import UnknownName


def km_to_places(corridor: Corridor, lat: float, lon: float) -> pd.Series[float]:
    """Km on the ellipsoid from a point (EPSG:4326) to every place, the nearest first; index place_id."""
    places = corridor.places
    away = [distance_km(lon, lat, *point) for point in zip(places["lon"], places["lat"], strict=True)]
    return pd.Series(away, index=places.index, dtype="float64").sort_values(kind="stable")


def place_at(corridor: Corridor, lat: float, lon: float) -> str:
    """The nearest place within 5 km, as services are tied: what is planned at a point stands at that place.

    Raises `UnknownName` where none is so near, with the nearest one and how far it is.
    """
    away = km_to_places(corridor, lat, lon)
    if away.empty or away.iloc[0] > TIE_KM:
        nearest = f"; the nearest is {away.index[0]}, {away.iloc[0]:.1f} km away" if len(away) else ""
        raise UnknownName(f"No place of the corridor is within {TIE_KM:g} km of {lat:g}, {lon:g}{nearest}.")
    return str(away.index[0])
