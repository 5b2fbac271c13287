"""What the browser draws the map from: values by the ids of the legs and places that it has already."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from dashboard.layers import LayerStore

#: The two dates of a map that has both, by the words that the browser knows them by.
BEFORE, AFTER = "before", "after"
#: Distance hides a part of a route whose share of the hours is greater than its share of the km by this much.
HIDDEN_SHARE = 0.05
#: What a question may mark on the map: a place that it proposes, and what a plan opens, upgrades, closes or moves.
MARK_KINDS = ("proposed", "planned_open", "planned_upgrade", "planned_close", "planned_mobile")
#: Degrees of ground around what the lens shows.
LENS_MARGIN = 0.15
#: A lens that would show more than this many degrees enlarges nothing.
LENS_LIMIT = 6.0


@dataclass(frozen=True)
class Mark:
    """A place that a question marks on the map: a word of `MARK_KINDS`, the place's id, what is said of it.

    A proposed place has its `number` from 1 on, others 0. `point` is the latitude and longitude of what is no place
    of the corridor: its `place` is then only a name for it, and it cannot be selected.
    """

    kind: str
    place: str
    title: str
    number: int = 0
    point: tuple[float, float] | None = None

    @property
    def at(self) -> str:
        """What the mark selects: `place:<id>`, or "" where it is no place of the corridor."""
        return "" if self.point else f"place:{self.place}"


@dataclass(frozen=True)
class Before:
    """The earlier of two dates on one map: its runs, points and legs as in `map_values`.

    `labels` and `told` hold, by `BEFORE` and `AFTER`, the name under which each date is offered, and what is said once
    it is shown.
    """

    runs: pd.DataFrame
    points: Sequence[Mapping[str, Any]]
    legs: Sequence[str]
    labels: Mapping[str, str]
    told: Mapping[str, str]


def map_values(
    *,
    runs: pd.DataFrame,
    classes: Sequence[str],
    class_names: Mapping[str, str],
    points: Iterable[Mapping[str, Any]],
    legs: Iterable[str] = (),
    lens: Sequence[Sequence[float]] | None = None,
    at: str = "",
    lang: str = "es",
    countries: Mapping[str, str] | None = None,
    before: Before | None = None,
) -> dict[str, Any]:
    """The data of `MapId.VALUES`.

    `runs` has leg_id, from_km, to_km (along the leg), class (a word of `classes`) and unconfirmed; one row per run.
    `class_names` and `countries` (by ISO3) are in the reader's language. `points` come from `mark_points`,
    `service_points`, `presence_points` and `report_points`. `legs` are the ids of the legs that hold at the date, drawn
    thin. `lens` is `lens_bounds(...)`; `at` is what is selected. With `before` the reader chooses which of two dates the
    map shows; the rest is then of the later one.
    """
    order = {name: place for place, name in enumerate(classes)}
    return {
        "classes": list(classes),
        "class_names": dict(class_names),
        "runs": _columns(runs, order),
        "legs": list(legs),
        "points": list(points),
        "lens": lens,
        "at": at,
        "lang": lang,
        "countries": dict(countries or {}),
        **(_of_two_dates(before, order) if before else {}),
    }


def _columns(runs: pd.DataFrame, order: Mapping[str, int]) -> dict[str, list[Any]]:
    return {
        "leg": runs["leg_id"].tolist(),
        "from_km": runs["from_km"].round(3).tolist(),
        "to_km": runs["to_km"].round(3).tolist(),
        "class": [order[name] for name in runs["class"]],
        "unconfirmed": [int(mark) for mark in runs["unconfirmed"]],
    }


def _of_two_dates(before: Before, order: Mapping[str, int]) -> dict[str, Any]:
    sides = {side: {"label": before.labels[side], "told": before.told[side]} for side in (BEFORE, AFTER)}
    earlier = {"runs": _columns(before.runs, order), "legs": list(before.legs), "points": list(before.points)}
    return {"before": earlier, "sides": sides}


def service_points(
    services: pd.DataFrame, titles: Mapping[str, str], possible: Collection[str] = ()
) -> list[dict[str, Any]]:
    """One point per service at the place by which it is reached; index service id, `titles` by that id.

    Columns at_place ("" is left out: it stands nowhere on the corridor) and confirmed. `possible` are the ids of those
    that should have the capability and were never seen at work.
    """
    return [
        {
            "kind": "service",
            "place": service.at_place,
            "at": f"service:{service.Index}",
            "title": titles[str(service.Index)],
            "unconfirmed": not service.confirmed,
            "possible": service.Index in possible,
        }
        for service in services[services["at_place"] != ""].itertuples()
    ]


def presence_points(presence: pd.DataFrame, titles: Mapping[str, str]) -> list[dict[str, Any]]:
    """One point per institution with its role; index presence id, `titles` by that id.

    Columns at_place ("" is left out), role, confirmed.
    """
    return [
        {
            "kind": "state",
            "place": office.at_place,
            "role": office.role,
            "title": titles[str(office.Index)],
            "unconfirmed": not office.confirmed,
        }
        for office in presence[presence["at_place"] != ""].itertuples()
    ]


def report_points(reports: pd.DataFrame, titles: Mapping[str, str], labels: Mapping[str, str]) -> list[dict[str, Any]]:
    """One point per published figure at its place of report; index report id, `titles` and short `labels` by that id.

    Column place_id; figures of a country or of a stretch as a whole have no point ("" is left out).
    """
    return [
        {
            "kind": "report",
            "place": report.place_id,
            "label": labels[str(report.Index)],
            "title": titles[str(report.Index)],
        }
        for report in reports[reports["place_id"] != ""].itertuples()
    ]


def mark_points(marks: Iterable[Mark]) -> list[dict[str, Any]]:
    """One point per mark, in their order; `label` is the number of a proposed place, else ""; no marks, no points."""
    return [
        {
            "kind": mark.kind,
            "place": mark.place,
            "at": mark.at,
            "label": str(mark.number or ""),
            "title": mark.title,
            **({"point": list(mark.point)} if mark.point else {}),
        }
        for mark in marks
    ]


def lens_bounds(stretches: pd.DataFrame, places: pd.DataFrame) -> list[list[float]] | None:
    """South-west and north-east (latitude, longitude) of the part of a route that distance hides; None where none does.

    `stretches` are a profile's, in order of travel (from_place, to_place, start_hours, end_hours, start_km, end_km);
    `places` has lat and lon by place id. It is the chain of legs whose share of the route's hours exceeds its share of
    the route's km by most (the maximum-sum subarray), where it exceeds it by `HIDDEN_SHARE` at least.
    """
    hours = (stretches["end_hours"] - stretches["start_hours"]).to_numpy()
    km = (stretches["end_km"] - stretches["start_km"]).to_numpy()
    excess = [0.0, *(hours / hours.sum() - km / km.sum()).cumsum()]
    first, last = max(combinations(range(len(excess)), 2), key=lambda ends: excess[ends[1]] - excess[ends[0]])
    if excess[last] - excess[first] < HIDDEN_SHARE:
        return None
    ends = stretches.iloc[first:last][["from_place", "to_place"]].to_numpy().ravel()
    around = places.loc[ends, ["lat", "lon"]].astype(float)
    low, high = around.min() - LENS_MARGIN, around.max() + LENS_MARGIN
    return (
        None
        if (high - low).max() > LENS_LIMIT
        else [[round(float(side["lat"]), 4), round(float(side["lon"]), 4)] for side in (low, high)]
    )


def preload_links(layers: LayerStore) -> str:
    """`<link rel="preload">` tags for the page's head: the geometry is fetched while the scripts are."""
    return "".join(f'<link rel="preload" href="{layer.url}" as="fetch" crossorigin="anonymous">' for layer in layers)
