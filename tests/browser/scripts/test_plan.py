"""The pure parts of the editor of plans: changes as text, what is wrong with them, steps back and forth, points."""

import random

import pytest

from geodata.corridor.geodesy import distance_km
from geodata.planning import Change
from geodata.planning.scenario import CHANGES, OF_SERVICES, WEEKDAYS, WITH_CAPABILITIES

pytestmark = pytest.mark.browser
BLANK = {"kind": "open", "target": "", "capabilities": [], "since": "", "until": "", "cost": "", "visits": []}
VISIT = {"place": "a", "days": ["mon", "wed"], "from": "8", "to": "16"}


@pytest.fixture
def plan(blank):
    """Calls a pure function of the script."""
    return lambda name, *arguments: blank.evaluate(
        "([name, given]) => window.amparo.plan[name](...given)", [name, list(arguments)]
    )


def random_change(draw):
    """The fields of a change as a planner may fill them in, those that its kind has not included."""
    kind = draw.choice(CHANGES)
    visits = [
        {
            "place": draw.choice("abc"),
            "days": sorted(draw.sample(WEEKDAYS, 2), key=WEEKDAYS.index),
            "from": "7",
            "to": "24",
        }
        for _ in range(draw.randint(1, 3))
    ]
    return {
        "kind": kind,
        "target": draw.choice(["x", "y.z", "a_b-c"]),
        "capabilities": draw.sample(["shelter", "legal_aid"], draw.randint(1, 2)),
        "since": "2024-03" if kind in ("suspend", "move") else draw.choice(["", "2024-03"]),
        "until": draw.choice(["", "2024-09"]),
        "cost": draw.choice(["", "0", "50000", "1200.50", "7,5", "100"]),
        "visits": visits if kind == "mobile" else [],
    }


def test_the_text_of_a_change_is_the_one_that_the_server_writes(plan):
    draw = random.Random(20240304)
    for _ in range(60):
        fields = random_change(draw)
        text = plan("changeText", fields)
        assert plan("faultsOf", fields) == {}
        change = Change.parse(text)
        assert str(change) == text
        assert change.kind == fields["kind"]
        assert list(change.capabilities) == (fields["capabilities"] if change.kind in WITH_CAPABILITIES else [])
        assert change.cost == (float(fields["cost"].replace(",", ".")) if fields["cost"] else None)


@pytest.mark.parametrize(
    ("fields", "faults"),
    [
        ({"kind": "open", "capabilities": ["shelter"]}, {"place": "need-place"}),
        ({"kind": "open", "target": "a"}, {"capabilities": "need-capability"}),
        ({"kind": "suspend", "target": "S"}, {"since": "need-month"}),
        ({"kind": "move", "target": "S"}, {"since": "need-month"}),
        ({"kind": "mobile", "capabilities": ["shelter"], "visits": [{**VISIT, "place": ""}]}, {"place": "need-place"}),
        ({"kind": "mobile", "capabilities": ["shelter"], "visits": [{**VISIT, "days": []}]}, {"days": "need-days"}),
        ({"kind": "mobile", "capabilities": ["shelter"], "visits": [{**VISIT, "to": "8"}]}, {"days": "wrong-hours"}),
        ({"kind": "close", "target": "S", "since": "2024-03", "until": "2024-03"}, {"until": "wrong-order"}),
        ({"kind": "close", "target": "S", "cost": "1.000,00"}, {"cost": "wrong-cost"}),
        ({"kind": "close", "target": "S", "cost": "-1"}, {"cost": "wrong-cost"}),
        *(
            ({"kind": kind, "capabilities": ["shelter"], "since": "2024-03"}, {"service": "need-service"})
            for kind in OF_SERVICES
        ),
    ],
)
def test_what_is_wrong_with_a_change_is_said_of_its_field(plan, fields, faults):
    assert plan("faultsOf", BLANK | fields) == faults


def test_steps_go_back_and_forth_and_a_new_one_ends_what_lay_ahead(plan):
    steps = plan("told", None, "")
    for now in ("a", "a,b"):
        steps = plan("told", steps, now)
    assert steps == {"past": ["", "a"], "now": "a,b", "future": []}
    back = plan("told", steps, "a")
    assert back == {"past": [""], "now": "a", "future": ["a,b"]}
    assert plan("told", back, "a") == back
    assert plan("told", back, "a,b") == steps
    assert plan("told", back, "a,c") == {"past": ["", "a"], "now": "a,c", "future": []}


NETWORK = {
    "places": [
        {"id": "a", "lat": 8.0, "lon": -77.0},
        {"id": "b", "lat": 9.0, "lon": -77.0},
        {"id": "c", "lat": 8.4, "lon": -76.0},
    ],
    "legs": {
        "ab": {"from": "a", "to": "b", "km": 110, "line": [-77.0, 8.0, -77.0, 9.0]},
        "bc": {"from": "b", "to": "c", "km": 130, "line": [-77.0, 9.0, -76.0, 8.4]},
    },
}


def test_a_point_means_the_place_within_five_km(plan):
    meant = plan("meant", NETWORK, {"lat": 8.03, "lon": -77.01})
    assert meant["place"]["id"] == "a"
    assert meant["place"]["km"] == pytest.approx(distance_km(-77.01, 8.03, -77.0, 8.0), rel=0.006)
    assert meant["between"] == []


def test_a_point_far_from_any_place_lies_between_the_ends_of_the_nearest_leg(plan):
    meant = plan("meant", NETWORK, {"lat": 8.5, "lon": -77.1})
    assert meant["place"] is None
    assert [one["id"] for one in meant["between"]] == ["b", "a"] or [one["id"] for one in meant["between"]] == [
        "a",
        "b",
    ]


@pytest.mark.parametrize(
    ("text", "value"), [("8.17", 8.17), (" -77,7 ", -77.7), ("8", 8), ("95", None), ("8°", None), ("", None)]
)
def test_degrees_are_read_with_point_or_comma_and_nothing_else(plan, text, value):
    assert plan("degrees", text, 90) == value or (value is None and str(plan("degrees", text, 90)) == "nan")
