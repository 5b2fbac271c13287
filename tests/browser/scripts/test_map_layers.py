"""The pure parts of what the map draws, in the browser that runs them."""

import pytest

from dashboard.maps.live import line_textures

pytestmark = pytest.mark.browser

NETWORK = {
    "places": [
        {"id": "a", "label": "Alfa", "labels": {"en": "Alpha"}, "lat": 0, "lon": 0},
        {"id": "b", "label": "Beta", "lat": 0, "lon": 2},
        {"id": "c", "label": "Gama", "lat": 0.01, "lon": 2.01},
    ],
    "labels": [{"kind": "country", "iso3": "ECU", "name": "Ecuador", "rank": 1, "lat": 5, "lon": 5}],
    "legs": {
        "a__b": {"from": "a", "to": "b", "km": 200.0, "line": [0, 0, 1, 0, 2, 0]},
        "b__c": {"from": "b", "to": "c", "km": 2.0, "line": [2, 0, 2.01, 0.01]},
    },
}
STYLES = {
    "covered": {"colour": "c1", "mark": "m1", "texture": "solid", "weight": 4, "casing": "w"},
    "gap": {"colour": "c2", "mark": "m2", "texture": "hatch", "weight": 7, "casing": "w"},
}
VALUES = {
    "classes": ["covered", "gap"],
    "class_names": {"covered": "a tiempo", "gap": "fuera de plazo"},
    "runs": {
        "leg": ["a__b", "a__b", "lost"],
        "from_km": [0, 50, 0],
        "to_km": [50, 200, 1],
        "class": [0, 1, 0],
        "unconfirmed": [0, 1, 0],
    },
    "legs": ["a__b", "b__c"],
    "points": [],
    "at": "",
    "lang": "es",
}


@pytest.fixture
def geometry(blank):
    """Calls a pure function of the map's scripts."""
    return lambda name, *arguments: blank.evaluate(
        "([name, given]) => window.amparo.geometry[name](...given)", [name, list(arguments)]
    )


def test_a_leg_is_cut_at_shares_of_its_length_and_keeps_the_vertices_between(geometry):
    assert geometry("cut", [[0, 0], [1, 0], [2, 0]], 0.25, 0.75) == [[0.5, 0], [1, 0], [1.5, 0]]


def test_a_cut_beyond_the_ends_is_the_whole_leg(geometry):
    assert geometry("cut", [[0, 0], [1, 0], [2, 0]], -1, 2) == [[0, 0], [1, 0], [2, 0]]


def test_shares_follow_the_length_and_not_the_number_of_vertices(geometry):
    assert geometry("shares", [[0, 0], [3, 0], [4, 0]]) == pytest.approx([0, 0.75, 1])


def test_a_click_beside_a_leg_finds_the_nearest_place_on_it(geometry):
    line = [[0, 0], [1, 0], [2, 0]]
    assert geometry("nearestShare", line, 1.5, 0.2) == pytest.approx(0.75)
    assert geometry("nearestShare", line, -3, 1) == 0


def test_every_run_has_a_casing_below_all_and_a_wide_line_to_click_above_all(geometry):
    features = geometry("runsGeojson", VALUES, NETWORK, STYLES)["features"]
    kinds = [one["properties"].get("stroke", {}).get("color", "to click") for one in features]
    # Two casings; the covered run's colour; the gap's colour, its hatch and the light dots of doubt; two lines to click.
    assert kinds == ["w", "w", "c1", "c2", "m2", "w", "to click", "to click"]
    assert features[3]["geometry"]["coordinates"][0] == pytest.approx([0.5, 0])
    assert features[-1]["properties"]["title"] == "Alfa – Beta: fuera de plazo"


def test_the_network_is_drawn_where_no_run_is(geometry):
    features = geometry("networkGeojson", VALUES, NETWORK)["features"]
    assert [one["properties"]["leg"] for one in features] == ["b__c"]


@pytest.mark.parametrize(
    ("at", "point"),
    [("leg:a__b@100", [1, 0]), ("place:c", [2.01, 0.01]), ("place:lost", None), ("leg:lost@1", None), ("", None)],
)
def test_what_is_selected_has_its_point_or_none(geometry, at, point):
    assert geometry("selectedPoint", VALUES | {"at": at}, NETWORK) == (pytest.approx(point) if point else None)


def test_a_selected_service_stands_at_its_place(geometry):
    points = [{"kind": "service", "place": "b", "at": "service:s1", "title": "S"}]
    assert geometry("selectedPoint", VALUES | {"at": "service:s1", "points": points}, NETWORK) == [2, 0]


def test_the_lens_shows_the_selection_before_the_hidden_part(geometry):
    lens = [[1, 1], [2, 2]]
    assert geometry("lensBounds", VALUES | {"lens": lens}, NETWORK) == lens
    (south, west), (north, east) = geometry("lensBounds", VALUES | {"lens": lens, "at": "place:b"}, NETWORK)
    assert south < 0 < north
    assert west < 2 < east < 3


def test_pixels_are_those_of_the_web_map(geometry):
    assert geometry("pixel", 0, 0, 0) == pytest.approx({"x": 128, "y": 128})
    assert geometry("pixel", 0, 180, 1) == pytest.approx({"x": 512, "y": 256})


POINTS = [
    {"kind": "service", "place": "b", "at": "service:s1", "title": "One", "unconfirmed": False},
    {"kind": "service", "place": "c", "at": "service:s2", "title": "Two", "unconfirmed": True},
    {"kind": "state", "place": "a", "role": "control", "title": "Post", "unconfirmed": False},
    {"kind": "report", "place": "a", "label": "159", "title": "159 reports"},
    {"kind": "service", "place": "lost", "at": "service:s3", "title": "Nowhere"},
]


def test_badges_that_would_overlap_become_one_at_the_first_place(geometry):
    assert [group["places"] for group in geometry("grouped", POINTS, NETWORK, 7)] == [["a"], ["b", "c"]]
    assert [group["places"] for group in geometry("grouped", POINTS, NETWORK, 14)] == [["a"], ["b"], ["c"]]


def test_no_two_groups_overlap_at_any_zoom(geometry):
    for zoom in range(2, 13):
        boxes = [geometry("boxOf", group, zoom) for group in geometry("grouped", POINTS, NETWORK, zoom)]
        pairs = [(one, other) for at, one in enumerate(boxes) for other in boxes[at + 1 :]]
        assert not any(geometry("overlap", one, other) for one, other in pairs)


def test_a_group_of_one_selects_its_service_and_one_of_several_its_place(geometry):
    near = geometry("pointsGeojson", geometry("grouped", POINTS, NETWORK, 14))["features"]
    far = geometry("pointsGeojson", geometry("grouped", POINTS, NETWORK, 7))["features"]
    assert [one["properties"]["at"] for one in near] == ["place:a", "place:a", "service:s1", "service:s2"]
    assert far[-1]["properties"] | {"left": 0} == {
        "kind": "service",
        "width": 24,
        "roles": [],
        "count": 2,
        "label": "",
        "unconfirmed": False,
        "possible": False,
        "mark": False,
        "title": "One\nTwo",
        "at": "place:b",
        "left": 0,
        "still": False,
    }


MARKS = [
    {"kind": "proposed", "place": "b", "at": "place:b", "label": "1", "title": "First"},
    {"kind": "proposed", "place": "c", "at": "place:c", "label": "2", "title": "Second"},
    {"kind": "planned_close", "place": "b", "at": "place:b", "label": "", "title": "Closes"},
    {"kind": "proposed", "place": "own", "at": "", "label": "3", "title": "Own", "point": [4, 4]},
]


def test_a_mark_stands_before_the_badges_of_its_place_and_says_its_number(geometry):
    features = geometry("pointsGeojson", geometry("grouped", POINTS + MARKS, NETWORK, 14))["features"]
    marks = [one["properties"] for one in features if one["properties"]["mark"]]
    assert [(one["kind"], one["label"], one["at"]) for one in marks] == [
        ("proposed", "1", "place:b"),
        ("planned_close", "", "place:b"),
        ("proposed", "2", "place:c"),
        ("proposed", "3", ""),
    ]
    assert all(one["width"] >= 24 for one in marks)
    assert [one["geometry"]["coordinates"] for one in features if one["properties"]["at"] == ""] == [[4, 4]]


def test_proposed_places_that_share_a_badge_are_told_by_their_numbers(geometry):
    far = geometry("pointsGeojson", geometry("grouped", MARKS, NETWORK, 7))["features"]
    assert [(one["properties"]["label"], one["properties"]["at"]) for one in far] == [
        ("1 · 2", "place:b"),
        ("", "place:b"),
        ("3", ""),
    ]
    many = [{**MARKS[0], "label": str(number)} for number in range(1, 6)]
    drawn = geometry("pointsGeojson", geometry("grouped", many, NETWORK, 7))["features"]
    assert drawn[0]["properties"]["label"] == "1 +4"


def test_a_view_that_stays_shows_the_badges_of_its_own_places_alone(geometry):
    groups = geometry("grouped", POINTS, NETWORK, 14)
    first = geometry("pixel", groups[0]["lat"], groups[0]["lon"], 14)
    around = {"left": first["x"] - 5, "right": first["x"] + 5, "top": first["y"] - 5, "bottom": first["y"] + 5}
    assert [one["place"] for one in geometry("inView", groups, 14, around)] == [groups[0]["place"]]
    assert geometry("inView", groups, 14, None) == groups
    assert all(one["properties"]["still"] for one in geometry("pointsGeojson", groups, True)["features"])


def test_every_badge_is_a_target_of_24_pixels_and_beside_the_one_before(geometry):
    features = geometry("pointsGeojson", geometry("grouped", POINTS, NETWORK, 7))["features"]
    first, second = (one["properties"] for one in features[:2])
    assert all(one["properties"]["width"] >= 24 for one in features)
    assert second["left"] >= first["left"] + first["width"]


def placed(blank, names, zoom=6, taken=(), view=None):
    """The labels that find room, each ten pixels wide a letter."""
    return blank.evaluate(
        "([names, zoom, taken, view]) => "
        "window.amparo.geometry.placedLabels(names, zoom, taken, (text) => 10 * text.length, view)",
        [names, zoom, list(taken), view],
    )


def label_box(name, geometry, zoom=6):
    """Where a placed label stands, in pixels."""
    at = geometry("pixel", name["lat"], name["lon"], zoom)
    left, top = at["x"] + name["dx"], at["y"] + name["dy"]
    return {"left": left, "right": left + name["width"], "top": top, "bottom": top + 15}


def test_names_never_overlap_and_the_first_is_always_written(blank, geometry):
    names = [{"label": f"Lugar {at}", "lat": 0.02 * at, "lon": 0.03 * (at % 7), "kind": "place"} for at in range(40)]
    written = placed(blank, names)
    boxes = [label_box(name, geometry) for name in written]
    assert written[0]["label"] == "Lugar 0"
    assert 0 < len(written) < 40
    assert not any(geometry("overlap", one, other) for at, one in enumerate(boxes) for other in boxes[at + 1 :])


def test_a_name_that_a_still_view_would_cut_off_goes_to_the_other_side(blank, geometry):
    at = geometry("pixel", 0, 0, 6)
    view = {"left": at["x"] - 200, "right": at["x"] + 20, "top": at["y"] - 100, "bottom": at["y"] + 100}
    name = {"label": "Acandí", "lat": 0, "lon": 0, "kind": "stop"}
    assert placed(blank, [name])[0]["side"] == "right"
    assert placed(blank, [name], view=view)[0]["side"] == "left"


def test_names_are_in_the_readers_language_else_the_local_one(geometry):
    spoken = {lang: geometry("namesAt", VALUES | {"lang": lang}, NETWORK, 8, [], True) for lang in ("es", "en")}
    assert [[name["label"] for name in spoken[lang][:3]] for lang in ("es", "en")] == [
        ["Alfa", "Beta", "Gama"],
        ["Alpha", "Beta", "Gama"],
    ]


def test_each_texture_of_the_theme_is_drawn_and_no_two_alike(geometry):
    styles = line_textures()
    drawn = {name: geometry("strokesOf", style, 0) for name, style in styles.items()}
    care = ["covered", "usual_pace", "fast_only", "gap", "none_ahead", "unknown"]
    shapes = [str([(part["weight"], part["dashArray"]) for part in drawn[name]]) for name in care]
    assert len(set(shapes)) == len(care)


EARLIER = {"runs": {"leg": ["b__c"], "from_km": [0], "to_km": [2], "class": [1], "unconfirmed": [0]}, "legs": ["a__b"]}
TWO_DATES = VALUES | {
    "before": EARLIER | {"points": []},
    "sides": {
        "before": {"label": "Antes: febrero", "told": "El mapa muestra febrero."},
        "after": {"label": "Después: abril", "told": "El mapa muestra abril."},
    },
}


def asked_by_dash(blank, name, *arguments):
    return blank.evaluate("([name, given]) => window.dash_clientside.amparo[name](...given)", [name, list(arguments)])


def test_of_two_dates_the_chosen_one_is_drawn(geometry):
    earlier = geometry("sideValues", TWO_DATES, "before")
    assert [earlier[name] for name in ("runs", "legs", "lang")] == [EARLIER["runs"], EARLIER["legs"], "es"]
    assert geometry("sideValues", TWO_DATES, "after")["runs"] == VALUES["runs"]
    assert geometry("sideValues", VALUES, "before") == VALUES


def test_a_date_can_be_chosen_only_where_there_are_two(blank):
    assert asked_by_dash(blank, "sides_offered", VALUES) == [True, []]
    assert asked_by_dash(blank, "sides_offered", None) == [True, []]
    hidden, options = asked_by_dash(blank, "sides_offered", TWO_DATES)
    assert not hidden
    assert [option["label"] for option in options] == ["Antes: febrero", "Después: abril"]


def test_which_date_the_map_shows_is_told(blank):
    assert asked_by_dash(blank, "side_told", TWO_DATES, "before") == "El mapa muestra febrero."
    assert asked_by_dash(blank, "side_told", VALUES, "before") == ""
