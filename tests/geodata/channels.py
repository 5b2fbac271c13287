"""A small route with a named stretch whose channel closes on a day, a town further on, and what was told of it."""

from __future__ import annotations

from typing import Any

from corridors import corridor, leg

from geodata.corridor import Corridor
from geodata.coverage import Question
from geodata.units import Month

PLACES = {name: (-77.0 - 0.1 * step, 8.0) for step, name in enumerate("abcdef")}
#: a →10 h→ b →20 h→ c →10 h→ d →14 h→ e →100 h→ f; the wood is b → c → d.
LEGS = [
    leg("a", "b", (8, 10, 12)),
    leg("b", "c", (16, 20, 30)),
    leg("c", "d", (8, 10, 20)),
    leg("d", "e", (12, 14, 18)),
    leg("e", "f", (90, 100, 120)),
]
ROUTES = [{"id": "r", "legs": "a>b;b>c;c>d;d>e;e>f"}]
STRETCHES = [{"id": "wood", "legs": "b>c;c>d"}]
#: The clinic stands where the wood ends, the town hears all the time.
CLINIC = {"id": "clinic", "place_id": "d", "opened": "2023-02", "closed": "2024-03-04", "last_confirmed": "2024-03"}
TOWN = {"id": "town", "place_id": "e", "opened": "2020", "capabilities": "legal_aid", "last_confirmed": "2026-01"}


def told(name: str, start: str, end: str, **more: object) -> dict[str, object]:
    """A figure of the wood."""
    figure = {"count": 20, "kind": "sexual_violence", "measure": "survivors_treated", "reporter": "MSF"}
    return {"id": name, "period_start": start, "period_end": end, "stretch_of_occurrence": "wood", **figure, **more}


BEFORE = told("before", "2024-01-01", "2024-02-29")
LATER = told("later", "2024-04-15", "2024-05-15", place_id="e")


def wood(*reports: dict[str, object], services: list[dict[str, object]] | None = None, **tables: Any) -> Corridor:
    """The corridor with the given figures, and the clinic and the town unless other services are given."""
    made = {"routes": ROUTES, "stretches": STRETCHES, "incident_reports": list(reports), "legs": LEGS} | tables
    return corridor(PLACES, made.pop("legs"), services=[CLINIC, TOWN] if services is None else services, **made)


def asked(month: str, **more: object) -> Question:
    """The question of the route at the end of a month."""
    return Question("clinical_care", "northbound", Month.parse(month), route="r", **more)
