"""Small corridors for tests, and an answer for them worked out in another way."""

from __future__ import annotations

from functools import cache

import geopandas as gpd
import networkx as nx
import pandas as pd

from geodata.corridor import Corridor
from geodata.coverage import Question
from geodata.coverage.hours import HOUR_COLUMNS
from geodata.coverage.presence import sites_for
from geodata.reference import read_reference
from geodata.reference.boundaries import Boundaries
from geodata.schema import TABLES
from geodata.snapshot import Snapshot
from geodata.units import PACES

#: What a corridor of a test has of the reference unless it says otherwise.
RECORDS = ("capabilities", "audiences")
DEFAULTS = {
    "places": {
        "country_iso3": "PAN",
        "admin1": "Darién",
        "kind": "town",
        "precision": "exact",
        "lat": 8.0,
        "lon": -77.0,
    },
    "legs": {"mode": "road", "direction": "northbound", "basis": "published", "confidence": "high"},
    "routes": {"direction": "northbound"},
    "services": {
        "capabilities": "clinical_care",
        "country_iso3": "PAN",
        "confidentiality": "public",
        "operator": "MINSA",
    },
    "state_presence": {"kind": "prosecutor", "role": "protective", "country_iso3": "PAN"},
}


def table(name: str, rows: list[dict[str, object]]) -> pd.DataFrame:
    """A table of the contract from the columns that matter to a test; the rest is a default or blank."""
    contract = TABLES[name]
    full = [
        {**dict.fromkeys(contract.column_names, ""), **DEFAULTS.get(name, {}), "source_id": "s", **row} for row in rows
    ]
    frame = pd.DataFrame(full, columns=contract.column_names)
    numbers = [column.name for column in contract.columns if column.kind in ("number", "count")]
    texts = [column for column in frame if column not in numbers]
    return frame.astype(dict.fromkeys(texts, "str")).assign(
        **{n: pd.to_numeric(frame[n], errors="coerce").astype(float) for n in numbers}
    )


def leg(start: str, end: str, hours: tuple[float, float, float], **more: object) -> dict[str, object]:
    """A leg named after its ends, `start>end`, with its low, typical and high hours."""
    named = dict(zip((f"hours_{pace}" for pace in PACES), hours, strict=True))
    return {"id": f"{start}>{end}", "from_place": start, "to_place": end, **named, **more}


def corridor(
    places: dict[str, tuple[float, float]],
    legs: list[dict[str, object]],
    countries: dict[str, str] | None = None,
    **tables: list[dict[str, object]],
) -> Corridor:
    """A corridor of places (id: lon, lat) and legs, with services, routes … as given, without any boundary.

    What can be asked for, and for whom, is the reference's unless it is given. `countries` tells those of places that
    do not lie in Panama.
    """
    rows = {
        "places": [
            {"id": name, "name": name, "lon": lon, "lat": lat, **_in_country(name, countries or {})}
            for name, (lon, lat) in places.items()
        ],
        "legs": legs,
        **tables,
    }
    empty = gpd.GeoDataFrame({"country_iso3": [], "name": [], "geometry": []}, geometry="geometry", crs=4326)
    boundaries = Boundaries(
        countries=gpd.GeoDataFrame({"geometry": []}, geometry="geometry", crs=4326), admin1=empty, labels=pd.DataFrame()
    )
    made = {name: table(name, rows.get(name, [])) for name in TABLES}
    return Corridor.of(
        Snapshot.of(made | {name: records()[name] for name in RECORDS if name not in tables}), boundaries
    )


def _in_country(name: str, countries: dict[str, str]) -> dict[str, object]:
    return {"country_iso3": countries[name]} if name in countries else {}


@cache
def records() -> dict[str, pd.DataFrame]:
    """The reference's tables."""
    return read_reference()


def independent_hours(made: Corridor, question: Question) -> pd.DataFrame:
    """Hours ahead of every place by networkx, from the tables alone: a graph per pace, searched from the services."""
    as_of = str(question.as_of)
    sites = sites_for(made, question)
    answers = {}
    for pace, column in zip(PACES, HOUR_COLUMNS, strict=True):
        graph = nx.MultiDiGraph()
        graph.add_nodes_from(made.places.index)
        for row in made.legs.reset_index().to_dict("records"):
            if _padded(row["since"], "-12", "0") > as_of or _padded(row["until"], "-01", "9") <= as_of:
                continue
            ways = {
                ("northbound", "northbound"): "f",
                ("southbound", "southbound"): "f",
                ("both", "northbound"): "f",
                ("both", "southbound"): "b",
                ("lateral", "northbound"): "fb",
                ("lateral", "southbound"): "fb",
            }.get((row["direction"], question.direction), "")
            for way in ways:
                ends = (row["from_place"], row["to_place"]) if way == "f" else (row["to_place"], row["from_place"])
                graph.add_edge(*reversed(ends), hours=row[f"hours_{pace}"])
        for site, walk in zip(sites["at_place"], sites["walk_hours"], strict=True):
            graph.add_edge("help", site, hours=walk)
        found = nx.single_source_dijkstra_path_length(graph, "help", weight="hours") if len(sites) else {}
        answers[column] = [found.get(place, float("nan")) for place in made.places.index]
    return pd.DataFrame(answers, index=made.places.index)


def _padded(date: str, month: str, blank: str) -> str:
    """A date of a year alone read cautiously; a blank one as no bound."""
    return (date if len(date) != 4 else date + month) or blank
