"""What a candidate for a service is called: its place, the service that would be upgraded, or the planner's own point."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard.naming import place_name
from dashboard.text import Texts
from geodata.corridor import Corridor


def place_of(row: Mapping[Any, Any]) -> str:
    """The place at which a candidate stands, or by which it is reached."""
    return str(row["place_id"])


def candidate_name(corridor: Corridor, candidate: str, texts: Texts) -> str:
    """A candidate in a few words: the place; with the service's name where it is an upgrade; an own point by its figures."""
    kind, _, name = candidate.partition(":")
    if kind == "upgrade":
        service = corridor.services.loc[name]
        place = place_name(corridor, str(service["at_place"]), texts.lang)
        return texts("siting.name_upgrade", place=place, service=service["name"])
    if "," in name:
        lat, lon = name.split(",")
        return texts("siting.name_own", lat=lat, lon=lon)
    return place_name(corridor, name, texts.lang)


def where(corridor: Corridor, row: Mapping[Any, Any], texts: Texts) -> str:
    """The place of a chosen candidate alone; of an own point its figures."""
    if "," in str(row["candidate"]):
        return candidate_name(corridor, str(row["candidate"]), texts)
    return place_name(corridor, place_of(row), texts.lang)


def chosen_title(corridor: Corridor, rank: int, row: Mapping[Any, Any], texts: Texts) -> str:
    """A chosen candidate as the map says it: its rank, its place, and whether it is new or an upgrade."""
    kind = texts(f"siting.kind_{row['kind']}")
    return texts("siting.mark", rank=rank, place=where(corridor, row, texts), kind=kind)


def plan_change(row: Mapping[Any, Any], capability: str) -> str:
    """The change of a plan that would bring a candidate about, as it stands in an address."""
    if row["kind"] == "upgrade":
        return f"upgrade:{row['service_id']}:{capability}"
    return f"open:{place_of(row)}:{capability}"


def own_point(candidate: str) -> tuple[float, float] | None:
    """Latitude and longitude of a candidate that is the planner's own point; None for a place."""
    kind, _, name = candidate.partition(":")
    if kind != "new" or "," not in name:
        return None
    lat, lon = map(float, name.split(","))
    return lat, lon
