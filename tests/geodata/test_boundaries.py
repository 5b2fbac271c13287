"""The map's ground: small, whole, true to where the places are, and drawn without a line where none belongs."""

from __future__ import annotations

import json
from functools import cache
from itertools import pairwise

import brotli
import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from pyproj import Geod
from shapely import Point, Polygon, box
from shapely.geometry import shape

from geodata.errors import UnknownName
from geodata.reference import build_boundaries, read_reference
from geodata.reference.boundaries import BASEMAP, Boundaries, basemap_features, distance_outside_km, read_boundaries
from geodata.reference.topology import Grid, areas, encoded, owners

CORRIDOR = {"BLZ", "COL", "CRI", "ECU", "GTM", "HND", "MEX", "NIC", "PAN", "PER", "SLV", "VEN"}
GEOD = Geod(ellps="WGS84")
ground = cache(read_boundaries)
served = cache(basemap_features)


def area_km2(geometry):
    return GEOD.geometry_area_perimeter(shapely.orient_polygons(geometry))[0] / 1e6


def length_km(geometry):
    return GEOD.geometry_length(geometry) / 1000


def drawn(name):
    return [shape(feature["geometry"]) for feature in served()[name]["features"]]


def test_the_file_stays_within_150_kilobytes_as_brotli():
    assert len(brotli.compress(BASEMAP.read_bytes())) <= 150_000


def test_every_country_of_the_corridor_is_there_with_its_units_and_a_name():
    names = ground().labels
    assert set(ground().countries.index) >= CORRIDOR | {"USA", "CUB", "BRA"}
    assert set(ground().admin1["country_iso3"]) == CORRIDOR
    assert set(names[(names["rank"] == 1) & (names["kind"] == "country")]["country_iso3"]) == CORRIDOR


def test_every_place_lies_within_5_km_of_its_stated_country():
    places = read_reference()["places"]
    away_km = {
        place.id: distance_outside_km(place.lon, place.lat, place.country_iso3, ground())
        for place in places.itertuples()
    }
    assert {place: km for place, km in away_km.items() if not km <= 5} == {}
    assert len(away_km) > 100


def test_the_countries_are_the_sum_of_their_units_which_are_valid_and_do_not_overlap():
    admin1 = ground().admin1
    assert admin1.geometry.is_valid.all()
    assert shapely.coverage_is_valid(admin1.geometry.to_numpy())
    for iso3, units in admin1.groupby("country_iso3"):
        country_km2 = area_km2(ground().countries.geometry[iso3])
        assert sum(map(area_km2, units.geometry)) == pytest.approx(country_km2, rel=1e-6)
        assert area_km2(units.union_all().intersection(ground().countries.geometry[iso3])) >= 0.98 * country_km2


def test_names_of_units_are_given_once_per_country():
    assert not ground().admin1.duplicated(["country_iso3", "name"]).any()
    assert {"Guna Yala", "Emberá-Wounaan", "Darién", "Chocó", "Antioquia"} <= set(ground().admin1["name"])


@pytest.mark.parametrize(
    ("iso3", "published_km2"),
    [("PAN", 75_417), ("CRI", 51_180), ("NIC", 130_373), ("HND", 112_492), ("COL", 1_141_748), ("MEX", 1_964_375)],
)
def test_countries_are_as_large_as_published(iso3, published_km2):
    assert area_km2(ground().countries.geometry[iso3]) == pytest.approx(published_km2, rel=0.02)


@pytest.mark.parametrize(
    ("what", "lon", "lat", "iso3"),
    [
        ("the Gulf of Urabá", -76.85, 8.2, ""),
        ("the Gulf of San Miguel", -78.30, 8.27, ""),
        ("Isla del Rey", -78.90, 8.38, "PAN"),
        ("Isla Coiba", -81.78, 7.45, "PAN"),
        ("Acandí's plain", -77.35, 8.45, "COL"),
        ("the upper Tuira", -77.55, 7.80, "PAN"),
        ("the sea off Guna Yala", -78.20, 9.60, ""),
    ],
)
def test_the_darien_can_be_recognised(what, lon, lat, iso3):
    countries = ground().countries
    assert "".join(countries.index[countries.contains(Point(lon, lat))]) == iso3, what


def test_no_admin_1_line_runs_along_a_coast_or_a_border():
    outer = shapely.union_all([country.boundary for country in drawn("countries")])
    for line in drawn("admin1_lines"):
        assert length_km(line) > 100
        assert length_km(line.intersection(outer)) == 0


def test_a_border_runs_along_both_of_its_countries():
    countries = {
        feature["properties"]["iso3"]: shape(feature["geometry"]) for feature in served()["countries"]["features"]
    }
    borders = served()["borders"]["features"]
    assert ["COL", "PAN"] in [feature["properties"]["between"] for feature in borders]
    for feature in borders:
        border = shape(feature["geometry"])
        for iso3 in feature["properties"]["between"]:
            assert length_km(border.intersection(countries[iso3].boundary)) == pytest.approx(
                length_km(border), rel=1e-6
            )


def test_names_stand_within_what_they_name_and_are_not_too_many():
    labels = ground().labels
    areas_named = {
        **{("country", iso3): area for iso3, area in ground().countries.geometry.items()},
        **{(unit.country_iso3, unit.name): unit.geometry for unit in ground().admin1.itertuples(index=False)},
    }
    assert 60 <= len(labels) <= 90
    for label in labels.itertuples(index=False):
        key = ("country", label.country_iso3) if label.kind == "country" else (label.country_iso3, label.name)
        assert areas_named[key].contains(Point(label.lon, label.lat)), label


def test_what_is_served_is_geojson_to_three_decimals_without_tooltips():
    assert set(served()) == {"countries", "admin1_lines", "borders", "labels"}
    for collection in served().values():
        assert collection["type"] == "FeatureCollection"
        for feature in collection["features"]:
            assert not {"tooltip", "popup"} & set(feature["properties"])
            vertices = shapely.get_coordinates(shape(feature["geometry"]))
            assert np.abs(vertices - vertices.round(3)).max() < 1e-9
    assert json.loads(json.dumps(served())) == served()
    assert {feature["properties"]["iso3"] for feature in served()["countries"]["features"]} == set(
        ground().countries.index
    )


def equatorial(lowest, highest):
    """A country that reaches one degree to either side of the equator, and nothing else."""
    countries = gpd.GeoDataFrame(
        {"geometry": [box(lowest, -1, highest, 1)]}, index=pd.Index(["PAN"], name="iso3"), crs=4326
    )
    return Boundaries(countries=countries, admin1=countries.iloc[:0], labels=pd.DataFrame())


@pytest.mark.parametrize("degrees_off", [0.01, 1, 10])
def test_the_distance_to_a_country_is_that_on_the_ellipsoid(degrees_off):
    along_equator_km = degrees_off * np.pi / 180 * 6378.137
    assert distance_outside_km(20 + degrees_off, 0, "PAN", equatorial(10, 20)) == pytest.approx(
        along_equator_km, rel=1e-6
    )


@pytest.mark.parametrize("where", [(15, 0), (20, 0), (10, 1)])
def test_a_point_within_a_country_or_on_its_outline_is_not_outside(where):
    assert distance_outside_km(*where, "PAN", equatorial(10, 20)) == 0


def test_the_nearest_outline_is_nearest_in_km_not_in_degrees():
    strip = shapely.union_all([box(0, 60, 1, 61), box(-3, 61.1, 3, 61.2)])
    countries = gpd.GeoDataFrame({"geometry": [strip]}, index=["PAN"], crs=4326)
    away_km = distance_outside_km(1.9, 60.5, "PAN", Boundaries(countries, countries.iloc[:0], pd.DataFrame()))
    assert away_km == pytest.approx(GEOD.inv(1.9, 60.5, 1, 60.5)[2] / 1000, rel=1e-3)


def test_a_country_that_is_not_held_is_named_along_with_those_that_are():
    with pytest.raises(UnknownName, match=r"(?s)'XKX'.*COL.*PAN"):
        distance_outside_km(0, 0, "XKX", ground())


def topology_of(*shapes):
    grid = Grid(0.5)
    arcs, references = encoded(shapes, grid)
    members = [{"type": "MultiPolygon", "arcs": rings, "properties": {}} for rings in references]
    return {"transform": grid.transform, "arcs": arcs, "objects": {"units": {"geometries": members}}}


LEFT, RIGHT = Polygon([(0, 0), (4, 0), (4, 2), (5, 4), (0, 4)]), Polygon([(4, 0), (9, 0), (9, 4), (5, 4), (4, 2)])
RING = Polygon([(20, 20), (30, 20), (30, 30), (20, 30)], [[(24, 24), (26, 24), (26, 26), (24, 26)]])
ENCLAVE, ISLAND = box(24, 24, 26, 26), box(-7, -7, -6.5, -6)


def test_areas_come_back_as_they_were_written():
    shapes = [LEFT, shapely.union_all([RIGHT, ISLAND]), RING, ENCLAVE]
    for before, after in zip(shapes, areas(topology_of(*shapes), "units"), strict=True):
        assert after.equals(before)


def test_a_line_between_two_areas_is_held_once_and_belongs_to_both():
    topology = topology_of(LEFT, RIGHT, RING, ENCLAVE)
    shared = {arc: units for arc, units in owners(topology, "units").items() if len(units) == 2}
    assert sorted(shared.values()) == [[0, 1], [2, 3]]
    assert all(len(units) == 1 for arc, units in owners(topology, "units").items() if arc not in shared)
    assert len(topology["arcs"]) == 5


def test_vertices_that_fall_together_on_the_grid_are_one():
    vertices = Grid(0.5).vertices([(0, 0), (0.1, 0.1), (0.5, 0), (0.6, 0.1), (1, 1)])
    assert vertices == [(360, 180), (361, 180), (362, 182)]
    assert all(before != after for before, after in pairwise(vertices))


def states(*features):
    keys = ("adm0_a3", "gu_a3", "name", "geonunit", "geometry")
    rows = [dict(zip(keys, feature, strict=True)) for feature in features]
    return {
        "features": [
            {"type": "Feature", "properties": row, "geometry": row.pop("geometry").__geo_interface__} for row in rows
        ]
    }


def test_units_are_named_as_today_countries_around_are_whole_and_nameless_rocks_left_out():
    units = build_boundaries.source_units(
        states(
            ("PAN", "PAN", "Kuna Yala", "Panama", box(-79, 9, -78, 10)),
            ("PAN", "PAN", None, "Panama", box(-83, 7, -82.9, 7.1)),
            ("CUB", "CUB", "Granma", "Cuba", box(-77, 20, -76, 21)),
            ("USG", "USG", "Guantanamo Bay USNB", "US Naval Base Guantanamo Bay", box(-76, 20, -75, 21)),
            ("FRA", "GUF", "Guyane française", "French Guiana", box(-54, 3, -53, 5)),
            ("FRA", "FRA", "Gironde", "France", box(-1, 44, 0, 45)),
            ("FRA", "FRA", "Finistère", "France", box(-40, 48, -39, 49)),
        )
    )
    assert list(units.index) == [("CUB", ""), ("GUF", ""), ("PAN", "Guna Yala")]
    assert list(units["country"]) == ["Cuba", "French Guiana", "Panama"]
    assert list(units["tier"]) == ["around", "around", "darien"]
    assert units.geometry.iloc[0].equals(box(-77, 20, -75, 21))


def wavy(lon, lat, width):
    """A unit of 2° by `width`° whose west and east sides wave by about 5 km."""
    steps = np.linspace(lat, lat + 2, 41)
    side = 0.05 * np.sin(np.arange(41) * 2)
    return Polygon([*zip(lon + side, steps, strict=True), *zip((lon + width + side)[::-1], steps[::-1], strict=True)])


def test_a_simplified_line_is_as_fine_as_the_finer_side_and_leaves_no_gap():
    index = pd.MultiIndex.from_tuples([("PAN", "Darién"), ("BRA", "")], names=["iso3", "name"])
    shapes = [wavy(-80, 8, 1), wavy(-79, 8, 1)]
    units = gpd.GeoDataFrame({"tier": ["darien", "around"]}, index=index, geometry=shapes, crs=4326)
    fine, coarse = build_boundaries.simplified(units).geometry
    assert shapely.coverage_is_valid([fine, coarse])
    assert shapely.get_num_coordinates(fine) > 80
    assert shapely.get_num_coordinates(coarse) < 60
    assert length_km(fine.intersection(coarse)) == pytest.approx(length_km(shapes[0].intersection(shapes[1])), rel=1e-5)


def test_islands_below_their_tiers_size_go_and_others_stay():
    index = pd.MultiIndex.from_tuples([("PAN", "Colón"), ("BRB", ""), ("CUB", "")], names=["iso3", "name"])
    islet = box(-79.01, 9.6, -79, 9.61)
    shapes = [shapely.union_all([box(-80, 9, -79, 9.5), islet]), box(-59.6, 13, -59.5, 13.1), box(-80, 20, -79, 21)]
    units = gpd.GeoDataFrame({"tier": ["darien", "around", "around"]}, index=index, geometry=shapes, crs=4326)
    kept = build_boundaries.without_small_islands(units)
    assert list(kept.index) == [("CUB", ""), ("PAN", "Colón")]
    assert kept.geometry.iloc[1].contains(islet)


@pytest.mark.parametrize("content", [b"something else", None])
def test_another_package_than_the_one_meant_is_refused_and_nothing_is_written(tmp_path, capsys, content):
    package, output = tmp_path / "world-atlas-2.0.2.tgz", tmp_path / "basemap.json"
    if content is not None:
        package.write_bytes(content)
    assert build_boundaries.main([str(package), str(package), "--output", str(output)]) == 1
    assert "world-atlas-2.0.2.tgz" in capsys.readouterr().err
    assert not output.exists()
