"""The pure parts of what the page does by itself: addresses, months, order of rows."""

import random

import pytest
from records import AUDIENCES, CAPABILITIES, QUESTIONS

from dashboard.state import LANGUAGES, LAYERS, Known, ViewState, browser_rules
from geodata.schema import STATUSES
from geodata.units import Month

pytestmark = pytest.mark.browser

ROUTES = {"north_acandi_ciudad_juarez": "northbound", "north_b": "northbound", "south_miramar": "southbound"}
KNOWN = Known(ROUTES, capabilities=CAPABILITIES, audiences=AUDIENCES, tables=QUESTIONS)
RULES = browser_rules(KNOWN)
PARTS = {
    "q": "care",
    "date": "2024-04",
    "since": "",
    "dir": "northbound",
    "route": "north_acandi_ciudad_juarez",
    "service": "clinical_care",
    "window": "72",
    "whom": "",
    "status": "listed",
    "lang": "",
    "layers": ["services", "state"],
    "table": "stretches",
    "at": "",
}


@pytest.fixture
def state(blank):
    """Calls a pure function of the page's scripts."""
    return lambda name, *arguments: blank.evaluate(
        "([name, given]) => window.amparo.state[name](...given)", [name, list(arguments)]
    )


def test_the_first_view_has_no_query(state):
    assert state("query", PARTS, RULES) == ""


@pytest.mark.parametrize(
    "changes",
    [
        {"q": "state"},
        {"date": "2024-02", "window": "120"},
        {"window": 96},
        {"dir": "southbound", "route": "south_miramar"},
        {"route": "north_b", "lang": "pt"},
        {"layers": []},
        {"layers": ["services", "state", "reports"], "table": "places"},
        {"at": "leg:necocli__acandi__boat@12.5", "status": "confirmed"},
        {"at": "service:msf.bajo-chiquito", "service": "shelter"},
    ],
)
def test_the_browser_writes_the_address_that_the_server_would(state, changes):
    written = state("query", PARTS | changes, RULES)
    view, notices = ViewState.parse(written, KNOWN)
    assert written == view.query(KNOWN) != ""
    assert notices == ()


def test_browser_and_server_write_the_same_addresses_for_views_drawn_at_random(state):
    draw = random.Random(20240304)
    for _ in range(30):
        view = random_view(draw)
        assert state("query", controls_of(view), RULES) == view.query(KNOWN)


def random_view(draw):
    """Any view that the controls can say."""
    route = draw.choice(sorted(KNOWN.routes))
    question, as_of = draw.choice(list(QUESTIONS)), Month(draw.randint(2020, 2025), draw.randint(1, 12))
    return ViewState(
        question=question,
        as_of=as_of,
        since=draw.choice([None, as_of.plus(-draw.randint(1, 12))]),
        whom=draw.choice(["", *AUDIENCES]),
        direction=KNOWN.routes[route],
        route=route,
        capability=draw.choice(CAPABILITIES),
        window_hours=draw.choice([24, 72, 120, draw.randint(1, 720)]),
        status=draw.choice(STATUSES),
        lang=draw.choice(["", *LANGUAGES]),
        layers=tuple(layer for layer in LAYERS if draw.random() < 0.5),
        table=draw.choice(QUESTIONS[question]),
        at=draw.choice(["", "place:acandi", "service:msf_bajo.chiquito", f"leg:a__b__boat@{draw.random() * 99:.1f}"]),
    )


def controls_of(view):
    """The view as the page's controls hold it."""
    return {
        "q": view.question,
        "date": str(view.as_of),
        "since": str(view.since or ""),
        "dir": view.direction,
        "route": view.route,
        "service": view.capability,
        "window": view.window_hours,
        "whom": view.whom,
        "status": view.status,
        "lang": view.lang,
        "layers": list(view.layers),
        "table": view.table,
        "at": view.at,
    }


def test_a_route_of_the_other_direction_gives_way_to_the_main_one(state):
    assert state("query", PARTS | {"dir": "southbound"}, RULES) == "dir=southbound"


@pytest.mark.parametrize(
    ("month", "steps", "then"),
    [
        ("2024-04", 1, "2024-05"),
        ("2024-12", 1, "2025-01"),
        ("2024-01", -1, "2023-12"),
        ("2019-01", -1, "2019-01"),
        ("2026-11", 1, "2026-11"),
    ],
)
def test_months_step_over_the_year_and_stop_at_the_ends(state, month, steps, then):
    assert state("monthPlus", month, steps, "2019-01", "2026-11") == then


def rows(*values):
    """Rows of one column."""
    return [{"cells": [{"text": str(value), "value": value}]} for value in values]


@pytest.mark.parametrize(
    ("values", "ascending", "descending"),
    [
        ([10, 9.5, None, 100], [9.5, 10, 100, None], [100, 10, 9.5, None]),
        (["Ñuble", "ocotal", "Necoclí", ""], ["Necoclí", "Ñuble", "ocotal", ""], ["ocotal", "Ñuble", "Necoclí", ""]),
    ],
)
def test_rows_are_sorted_by_size_or_by_the_language_and_the_unknown_come_last(state, values, ascending, descending):
    for down, wanted in ((False, ascending), (True, descending)):
        got = state("sortedRows", rows(*values), 0, down, "es")
        assert [row["cells"][0]["value"] for row in got] == wanted


def test_equal_rows_keep_their_order(state):
    twins = [{"cells": [{"text": "x", "value": 1}], "at": name} for name in "abc"]
    assert [row["at"] for row in state("sortedRows", twins, 0, True, "es")] == ["a", "b", "c"]


def test_layers_are_named_in_one_order(state):
    assert state("inOrder", ["reports", "services"], ["services", "state", "reports"]) == ["services", "reports"]
