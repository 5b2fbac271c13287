"""Countries, admin-1 units and names of the map's own ground, read from one small file beside this module."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import Transformer
from shapely import MultiLineString, Point
from shapely.geometry.base import BaseGeometry

from geodata.errors import UnknownName
from geodata.reference.topology import Topology, areas, decoded_arcs, items, lonlat, owners
from geodata.units import Km

GeoJson = dict[str, Any]

BASEMAP = Path(__file__).with_name("basemap.json")
#: Decimals of the coordinates that are drawn: about 110 m.
DRAWN_DECIMALS = 3
#: Over this width a line that is straight in degrees bends by less than a millionth of itself on the ground.
BENDING_DEGREES = 0.1


@dataclass(frozen=True)
class Boundaries:
    """The ground of the map in EPSG:4326; read-only.

    `countries`: index `iso3`, column geometry; the corridor's countries and those around them in the Americas.
    `admin1`: columns country_iso3, name, geometry; the corridor's countries only, each wholly covered by its units.
    `labels`: columns name, lat, lon, rank, kind (country, admin1), country_iso3; rank 1 matters most. A country's
    `name` is the English one of the source: show the country's name in the reader's language instead.
    """

    countries: gpd.GeoDataFrame
    admin1: gpd.GeoDataFrame
    labels: pd.DataFrame


def read_boundaries() -> Boundaries:
    """The boundaries of the file `basemap.json`; how they came about is told in `basemap.md`."""
    topology = read_topology()
    units = _units(topology)
    return Boundaries(
        countries=units[["country_iso3", "geometry"]].dissolve("country_iso3", method="coverage").rename_axis("iso3"),
        admin1=units[units["name"] != ""].reset_index(drop=True),
        labels=_labels(topology),
    )


def read_topology() -> Topology:
    """The TopoJSON object in the file: `units` (areas with `iso3`, in the corridor with `name`) and `labels` (points)."""
    topology: Topology = json.loads(BASEMAP.read_text(encoding="utf-8"))
    return topology


def distance_outside_km(lon: float, lat: float, country_iso3: str, boundaries: Boundaries) -> Km:
    """How far a point (EPSG:4326) lies outside a country: km on WGS 84 to the nearest point of its outline, 0 inside.

    Measured in the azimuthal equidistant projection about the point, in which distances from it are those on the
    ellipsoid. Raises `UnknownName` where the boundaries hold no such country.
    """
    if country_iso3 not in boundaries.countries.index:
        known = ", ".join(boundaries.countries.index)
        raise UnknownName(f"The basemap holds no country {country_iso3!r}. It holds: {known}.")
    country = boundaries.countries.geometry[country_iso3]
    if country.intersects(Point(lon, lat)):
        return Km(0.0)
    outline = shapely.segmentize(country.boundary, BENDING_DEGREES)
    around = Transformer.from_crs(4326, f"+proj=aeqd +lon_0={lon} +lat_0={lat} +datum=WGS84", always_xy=True)
    outline = shapely.transform(outline, around.transform, interleaved=False)  # type: ignore[arg-type]
    return Km(float(outline.distance(Point(0, 0))) / 1000)


def basemap_features() -> dict[str, GeoJson]:
    """The ground as the browser draws it: GeoJSON FeatureCollections in EPSG:4326, coordinates to 3 decimals.

    `countries`: polygons with `iso3`. `borders`: lines between two countries, one feature per pair, named by `between`.
    `admin1_lines`: lines between two units of a country, not coast, not border, one feature per country, with `iso3`.
    `labels`: points with `name`, `kind`, `iso3`, `rank`. None has a tooltip or a popup.
    """
    topology = read_topology()
    boundaries, lines = read_boundaries(), _inner_lines(topology)
    labels = boundaries.labels.itertuples(index=False)
    return {
        "countries": _collection(({"iso3": iso3}, area) for iso3, area in boundaries.countries.geometry.items()),
        "borders": _collection(({"between": list(pair)}, line) for pair, line in lines.items() if len(set(pair)) == 2),
        "admin1_lines": _collection(({"iso3": pair[0]}, line) for pair, line in lines.items() if len(set(pair)) == 1),
        "labels": _collection(
            ({"name": label.name, "kind": label.kind, "iso3": label.country_iso3, "rank": label.rank}, _point(label))
            for label in labels
        ),
    }


def _units(topology: Topology) -> gpd.GeoDataFrame:
    properties = pd.DataFrame([item["properties"] for item in items(topology, "units")])
    table = properties.rename(columns={"iso3": "country_iso3"}).fillna({"name": ""})[["country_iso3", "name"]]
    return gpd.GeoDataFrame(table, geometry=areas(topology, "units"), crs=4326)


def _labels(topology: Topology) -> pd.DataFrame:
    points = items(topology, "labels")
    where = lonlat(topology, [point["coordinates"] for point in points])
    words = pd.DataFrame([point["properties"] for point in points]).rename(columns={"iso3": "country_iso3"})
    return words.assign(lat=where[:, 1], lon=where[:, 0])[["name", "lat", "lon", "rank", "kind", "country_iso3"]]


def _inner_lines(topology: Topology) -> dict[tuple[str, ...], MultiLineString]:
    """The lines in which two units meet, by the countries (in order) of the two."""
    countries = [item["properties"]["iso3"] for item in items(topology, "units")]
    arcs, shared = decoded_arcs(topology), defaultdict(list)
    for arc, units in owners(topology, "units").items():
        if len(units) == 2:
            shared[tuple(sorted(countries[unit] for unit in units))].append(arcs[arc])
    return {pair: _joined(lines) for pair, lines in sorted(shared.items())}


def _joined(lines: list[Any]) -> MultiLineString:
    return MultiLineString(shapely.get_parts(shapely.line_merge(MultiLineString(lines))).tolist())


def _point(label: Any) -> Point:  # noqa: ANN401 - a row as pandas gives it
    return Point(label.lon, label.lat)


def _collection(features: Iterable[tuple[GeoJson, BaseGeometry]]) -> GeoJson:
    drawn = [{"type": "Feature", "properties": words, "geometry": _drawn(shape)} for words, shape in features]
    return {"type": "FeatureCollection", "features": drawn}


def _drawn(shape: BaseGeometry) -> GeoJson:
    rounded = shapely.transform(shape, lambda vertices: np.round(vertices, DRAWN_DECIMALS))
    geometry: GeoJson = json.loads(shapely.to_geojson(shapely.orient_polygons(rounded)))
    return geometry
