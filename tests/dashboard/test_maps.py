"""The map as it is laid out, and the values it is drawn from."""

import json

import pandas as pd
import pytest

from dashboard.layers import Layer, LayerStore
from dashboard.maps.ids import MapId
from dashboard.maps.live import MAP_TEXTS, line_textures, live_map
from dashboard.maps.values import (
    Before,
    Mark,
    lens_bounds,
    map_values,
    mark_points,
    preload_links,
    presence_points,
    report_points,
    service_points,
)

URLS = {name: f"/layers/{name}.0.json" for name in ("base", "lines", "network")}
RUNS = pd.DataFrame(
    {
        "leg_id": ["a__b", "a__b"],
        "from_km": [0.0, 1.23456],
        "to_km": [1.23456, 9.0],
        "class": ["covered", "gap"],
        "unconfirmed": [False, True],
    }
)


def parts(component):
    """A component and everything in it."""
    yield component
    children = getattr(component, "children", None)
    for child in children if isinstance(children, list | tuple) else [children]:
        if hasattr(child, "to_plotly_json"):
            yield from parts(child)


def test_every_part_of_the_map_is_laid_out_once():
    laid_out = [part.id for part in parts(live_map(dict.fromkeys(MAP_TEXTS, "x"), URLS, "s")) if hasattr(part, "id")]
    assert sorted(laid_out) == sorted(MapId)


def test_the_map_is_laid_out_without_data():
    filled = {
        part.id
        for part in parts(live_map(dict.fromkeys(MAP_TEXTS, "x"), URLS, "s"))
        if getattr(part, "data", None) is not None or hasattr(part, "url")
    }
    assert filled == {MapId.TEXTS, MapId.GROUND}


def test_tiles_are_asked_for_only_where_a_deployment_names_them():
    texts = dict.fromkeys(MAP_TEXTS, "x")
    without, with_tiles = (str(live_map(texts, URLS, "s", tiles)) for tiles in ("", "https://tiles.org/{z}/{x}/{y}"))
    assert "TileLayer" not in without
    assert "https://tiles.org" in with_tiles


def test_every_class_has_a_texture_of_its_own():
    care = [line_textures()[name] for name in ("covered", "usual_pace", "fast_only", "gap", "none_ahead", "unknown")]
    assert len({style["texture"] for style in care}) == 6


def test_runs_go_out_as_columns_by_the_place_of_their_class():
    values = map_values(runs=RUNS, classes=("covered", "gap"), class_names={"gap": "fuera de plazo"}, points=())
    assert values["runs"] == {
        "leg": ["a__b", "a__b"],
        "from_km": [0.0, 1.235],
        "to_km": [1.235, 9.0],
        "class": [0, 1],
        "unconfirmed": [0, 1],
    }
    json.dumps(values)


def test_a_class_that_is_not_known_is_an_error_and_no_other_class():
    with pytest.raises(KeyError):
        map_values(runs=RUNS, classes=("covered",), class_names={}, points=())


def test_what_stands_nowhere_on_the_corridor_has_no_point():
    services = pd.DataFrame({"at_place": ["b", ""], "confirmed": [True, False]}, index=["s1", "s2"])
    presence = pd.DataFrame(
        {"at_place": ["", "c"], "role": ["mixed", "control"], "confirmed": False}, index=["p1", "p2"]
    )
    reports = pd.DataFrame({"place_id": ["", "d"]}, index=["r1", "r2"])
    titles = {name: name.upper() for name in ("s1", "s2", "p1", "p2", "r1", "r2")}
    assert [one["at"] for one in service_points(services, titles)] == ["service:s1"]
    assert [(one["place"], one["role"], one["unconfirmed"]) for one in presence_points(presence, titles)] == [
        ("c", "control", True)
    ]
    assert [(one["label"], one["title"]) for one in report_points(reports, titles, {"r2": "159"})] == [("159", "R2")]


def test_a_service_that_was_never_seen_at_work_is_marked_possible():
    services = pd.DataFrame({"at_place": ["b", "b"], "confirmed": [True, False]}, index=["s1", "s2"])
    drawn = service_points(services, {"s1": "1", "s2": "2"}, possible={"s2"})
    assert [one["possible"] for one in drawn] == [False, True]


def test_a_mark_selects_its_place_and_a_point_of_ones_own_selects_nothing():
    marks = [
        Mark("proposed", "lajas_blancas", "1. Lajas Blancas", 1),
        Mark("planned_close", "b", "Closes"),
        Mark("proposed", "own", "A point", 2, point=(8.5, -77.9)),
    ]
    assert mark_points(marks) == [
        {
            "kind": "proposed",
            "place": "lajas_blancas",
            "at": "place:lajas_blancas",
            "label": "1",
            "title": "1. Lajas Blancas",
        },
        {"kind": "planned_close", "place": "b", "at": "place:b", "label": "", "title": "Closes"},
        {"kind": "proposed", "place": "own", "at": "", "label": "2", "title": "A point", "point": [8.5, -77.9]},
    ]
    assert mark_points([]) == []
    json.dumps(mark_points(marks))


PLACES = pd.DataFrame({"lat": [0.0, 1.0, 2.0, 3.0], "lon": [10.0, 11.0, 12.0, 13.0]}, index=list("abcd"))


def stretches(hours, km):
    """Three legs a–b–c–d with the given hours and km."""
    ends = pd.DataFrame({"hours": hours, "km": km}).cumsum()
    starts = ends.shift(fill_value=0)
    return pd.DataFrame(
        {
            "from_place": list("abc"),
            "to_place": list("bcd"),
            "start_hours": starts["hours"],
            "end_hours": ends["hours"],
            "start_km": starts["km"],
            "end_km": ends["km"],
        }
    )


def test_the_lens_shows_the_part_whose_hours_its_distance_hides():
    # The middle leg takes 60 of 80 hours on 50 of 1,050 km: an excess of 0.75 - 0.048.
    assert lens_bounds(stretches([10, 60, 10], [500, 50, 500]), PLACES) == [[0.85, 10.85], [2.15, 12.15]]


def test_an_even_journey_hides_nothing():
    assert lens_bounds(stretches([10, 10, 10], [500, 500, 500]), PLACES) is None


def test_a_lens_that_would_enlarge_nothing_is_not_shown():
    wide = PLACES.assign(lat=[0.0, 1.0, 20.0, 21.0])
    assert lens_bounds(stretches([10, 60, 10], [500, 50, 500]), wide) is None


def test_the_page_fetches_each_layer_from_its_first_byte_on():
    links = preload_links(LayerStore([Layer.of("base", [])]))
    assert links == f'<link rel="preload" href="{Layer.of("base", []).url}" as="fetch" crossorigin="anonymous">'


def test_a_map_of_two_dates_has_the_runs_of_both_and_their_names():
    names = {"before": "febrero", "after": "abril"}
    earlier = Before(RUNS.iloc[1:], points=[], legs=["a__b"], labels=names, told=names)
    values = map_values(runs=RUNS, classes=("covered", "gap"), class_names={}, points=(), before=earlier)
    assert values["before"]["runs"]["class"] == [1]
    assert values["runs"]["class"] == [0, 1]
    assert values["sides"]["before"] == {"label": "febrero", "told": "febrero"}
    assert "before" not in map_values(runs=RUNS, classes=("covered", "gap"), class_names={}, points=())
