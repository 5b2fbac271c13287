"""The geometry that goes to the browser: complete, small, and named by its content."""

import gzip
import json
from itertools import pairwise

import brotli
import numpy as np
import pytest

from dashboard.layers import LABEL_LENGTH, Layer, LayerStore, map_label, network
from geodata.corridor import Corridor
from geodata.corridor.geodesy import distance_km
from geodata.reference import read_reference
from geodata.reference.boundaries import basemap_features
from geodata.snapshot import Snapshot


@pytest.fixture(scope="module")
def corridor():
    return Corridor.of(Snapshot.of(read_reference()))


@pytest.fixture(scope="module")
def store(corridor):
    return LayerStore.of(corridor, basemap_features())


@pytest.fixture(scope="module")
def drawn(corridor):
    return network(corridor, basemap_features())


def test_every_form_of_a_layer_is_the_same_text(store):
    for layer in store:
        assert brotli.decompress(layer.br) == gzip.decompress(layer.gzip) == layer.plain
        json.loads(layer.plain)


def test_equal_content_has_an_equal_address_and_other_content_another():
    assert Layer.of("base", [1]).url == Layer.of("base", [1]).url != Layer.of("base", [2]).url


def test_a_layer_is_found_by_name_and_hash_alone(store):
    layer = next(iter(store))
    assert store.get(layer.name, layer.sha) is layer
    assert store.get(layer.name, "0" * 16) is None
    assert store.get("lost", layer.sha) is None


def test_the_whole_geometry_is_small(store):
    assert sorted(store.urls) == ["base", "lines", "network"]
    assert sum(len(layer.br) for layer in store) < 150_000


def test_every_place_and_leg_of_the_corridor_is_there_once(corridor, drawn):
    assert sorted(place["id"] for place in drawn["places"]) == sorted(corridor.places.index)
    assert set(drawn["legs"]) == set(corridor.legs.index)


def test_a_legs_line_begins_and_ends_at_its_places(corridor, drawn):
    for leg in drawn["legs"].values():
        lonlat = corridor.places.loc[[leg["from"], leg["to"]], ["lon", "lat"]].to_numpy().ravel()
        np.testing.assert_allclose([*leg["line"][:2], *leg["line"][-2:]], lonlat, atol=6e-6)


def test_a_drawn_line_is_as_long_as_its_leg_to_a_thousandth(drawn):
    for leg in drawn["legs"].values():
        points = np.array(leg["line"]).reshape(-1, 2)
        length = sum(distance_km(*start, *end) for start, end in pairwise(points))
        assert length == pytest.approx(leg["km"], rel=1e-3, abs=0.01)


def test_places_where_routes_begin_and_end_are_named_first(drawn):
    order = [place["id"] for place in drawn["places"]]
    assert {"necocli", "tijuana", "ciudad_juarez", "reynosa"} <= set(order[: len(order) // 4])


def test_names_on_the_map_are_short_and_in_other_languages_only_where_they_differ(drawn):
    for place in drawn["places"]:
        names = [place["label"], *place["labels"].values()]
        assert all(len(name) <= LABEL_LENGTH for name in names)
        assert place["label"] not in place["labels"].values()
    panama = next(place for place in drawn["places"] if place["id"] == "panama_city")
    assert (panama["label"], panama["labels"]["en"]) == ("Ciudad de Panamá", "Panama City")


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("Acandí", "Acandí"),
        ("Puente Internacional Simón Bolívar / La Parada", "Puente Internacional Simón Bolívar"),
        ("San Andrés (isla)", "San Andrés"),
        ("Estación Temporal de Recepción Migratoria (ETRM) San Vicente, Metetí", "San Vicente"),
    ],
)
def test_a_label_leaves_out_the_institution_the_remark_and_the_other_name(name, label):
    assert map_label(name) == label
