"""Names of places, routes, services and institutions as a reader of one language knows them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard.layers import map_label
from dashboard.text import Texts
from geodata.corridor import Corridor
from geodata.coverage.hearing import SEA


def place_name(corridor: Corridor, place_id: str, lang: str) -> str:
    """A place's name in the language, else its local official name."""
    return corridor.remembered(("place names", lang), lambda: _place_names(corridor, lang))[place_id]


def _place_names(corridor: Corridor, lang: str) -> dict[str, str]:
    spoken, local = corridor.places[f"name_{lang}"], corridor.places["name"]
    return {str(place): str(own) for place, own in spoken.where(spoken != "", local).items()}


def short_place_name(corridor: Corridor, place_id: str, lang: str) -> str:
    """The same without its remark or the institution before it, where there is little room."""
    return map_label(place_name(corridor, place_id, lang))


def route_name(corridor: Corridor, route_id: str, lang: str) -> str:
    """A route's name in the language; Spanish is the one in which it is kept."""
    route = corridor.routes.loc[route_id]
    return str(route["name"] if lang == "es" else route[f"name_{lang}"])


def part_name(corridor: Corridor, part: str, texts: Texts) -> str:
    """A part of a route in the language: a named stretch, a country, or the open water."""
    if part in corridor.stretches.index:
        return str(corridor.stretches.at[part, "name" if texts.lang == "es" else f"name_{texts.lang}"])
    return texts.country(part) if part != SEA else texts("strip.at_sea")


def status_of(site: Mapping[str, Any], capability: str = "") -> str:
    """What is known of an open service: confirmed, listed, or only possible; or that a plan alone has it open.

    Possible is one that was never seen at work with the capability, or with any where none is asked for.
    """
    seen = capability in site["capabilities"].split(";") if capability else bool(site["capabilities"])
    if not seen:
        return "possible"
    if site.get("planned", False):
        return "planned"
    return "confirmed" if site["confirmed"] else "listed"


def service_title(corridor: Corridor, site: Mapping[str, Any], texts: Texts, capability: str = "") -> str:
    """A service in one line: its name, where it stands, and what is known of it as one with the capability."""
    place = place_name(corridor, str(site["at_place"]), texts.lang)
    return texts("title.service", name=site["name"], place=place, status=texts(f"status.{status_of(site, capability)}"))


def presence_title(corridor: Corridor, site: Mapping[str, Any], texts: Texts) -> str:
    """An institution in one line: its name, its kind, its role and where it stands."""
    place = place_name(corridor, str(site["at_place"]), texts.lang)
    kind, role = texts(f"institution.{site['kind']}"), texts(f"role.{site['role']}")
    return texts("title.presence", name=site["name"], kind=kind, role=role, place=place)


def opening_hours(site: Mapping[str, Any], texts: Texts) -> str:
    """A service's hours in words where they are a known expression, as published otherwise; "unknown" where they are not."""
    published = str(site["hours"])
    if not published:
        return texts("word.unknown")
    return texts(f"opening_hours.{published}") if texts.has(f"opening_hours.{published}") else published
