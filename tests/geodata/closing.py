"""A small route with care at two of its places, on which closings are worked out by hand."""

from __future__ import annotations

from corridors import corridor, leg

from geodata.corridor import Corridor
from geodata.coverage import Question
from geodata.units import Hours, Month

APRIL = Month(2024, 4)
PLACES = {
    "a": (-77.0, 8.0),
    "b": (-77.1, 8.0),
    "c": (-77.2, 8.0),
    "d": (-77.3, 8.0),
    "x": (-77.2, 8.1),
    "y": (-77.2, 7.9),
}
#: Cut into pieces of 1 h at typical pace: twenty from a to b, twelve from b to c. x lies 1 h beside c, y 3 h.
LEGS = [
    leg("a", "b", (10, 20, 40)),
    leg("b", "c", (6, 12, 30)),
    leg("c", "d", (5, 10, 20)),
    leg("c", "x", (1, 1, 1)),
    leg("c", "y", (3, 3, 3)),
]
ROUTES = [{"id": "r", "legs": "a>b;b>c;c>d", "counting_point": "gate"}, {"id": "q", "legs": "a>b;b>c;c>d"}]
FLOWS = [{"crossing": "gate", "direction": "northbound", "period": "2024-04", "total": 900, "female_all_ages": 240}]
AT_B, AT_C = {"id": "B", "place_id": "b"}, {"id": "C", "place_id": "c"}


def made(*services: dict[str, object], legs: list[dict[str, object]] = LEGS) -> Corridor:
    return corridor(PLACES, legs, services=list(services), routes=ROUTES, flows=FLOWS)


def asked(window: float = 15.6, route: str | None = "r", **more: object) -> Question:
    return Question("clinical_care", "northbound", APRIL, Hours(window), route=route, **more)
