"""The corridor as a scenario would have it: the same ways, and services opened, closed, suspended, upgraded, moved, sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any

import pandas as pd

from geodata.corridor import Corridor
from geodata.corridor.arcs import ALWAYS, NEVER, ordinal
from geodata.coverage.presence import WAIT_COLUMNS, open_mask
from geodata.errors import UnknownName
from geodata.planning.scenario import OF_SERVICES, Change, Scenario, Visit
from geodata.planning.timetable import waits
from geodata.units import Month

#: What parts the id of a service from the number of a further interval of it (`SV002~2`); no id of a table has it.
INTERVAL_MARK = "~"
NEW_PREFIX = "plan-"
KEPT_PLANS = 32
#: The columns that are no text; a table without rows does not tell.
_NUMBERS = dict.fromkeys(("since", "until", "seen"), "int64") | dict.fromkeys(
    ("lat", "lon", "walk_hours", *WAIT_COLUMNS), "float64"
)
Row = dict[str, Any]


def planned(corridor: Corridor, scenario: Scenario) -> Corridor:
    """The corridor with the scenario's changes made, whatever the date.

    Its services have two further columns: `planned`, and `own_id`, the service whose interval a row is.

    A new service (`open`, `mobile`) has the id `plan-<number of the change>` and no name. What a plan puts somewhere
    counts as confirmed, and is assumed to admit everybody, to ask for nothing and to speak every language asked for. A
    moved service is at work in its new interval, also where the plan alone says so. An upgraded one is confirmed only
    where a source saw it. A service of which nothing but a possible capability is known becomes a listed one with the
    capability that a plan gives it. A service out of work for a time has a row for each interval (`SV002`, `SV002~2`);
    one that is never at work keeps a row that is open at no date. Of changes to one service, a move is held against its
    own interval and undoes what closed or suspended it before; upgrades stay.

    A mobile team stands at each of its places with `wait_low`, `wait_typical` and `wait_high` (`timetable.waits`).
    The latest plans are kept. Raises `UnknownName` for a place, a service or a capability that is not there.
    """
    kept = corridor.remembered("planned", lambda: lru_cache(KEPT_PLANS)(partial(_planned, corridor)))
    return kept(scenario.changes)


def planned_at(corridor: Corridor, scenario: Scenario, as_of: Month) -> Corridor:
    """The same with the services alone that are open at the end of the month, each under its own id: for that month."""
    then = planned(corridor, scenario)
    return then.remembered(("planned at", as_of), lambda: then.with_services(_open_at(then, as_of)))


def _open_at(then: Corridor, as_of: Month) -> pd.DataFrame:
    there = then.services[open_mask(then.services, as_of)]
    of_teams = there.groupby("own_id").cumcount() > 0  # a team at several places is several services
    return there.set_index(there["own_id"].where(~of_teams, there.index.to_series())).rename_axis("service_id")


def service_of(service_id: str) -> str:
    """The service itself, of one of its intervals: `SV002` of `SV002~2`."""
    return service_id.partition(INTERVAL_MARK)[0]


def change_of(service_id: str) -> int:
    """The number of the change (from 1) that opened a planned service; 0 of a service that is there already."""
    number = service_of(service_id).removeprefix(NEW_PREFIX)
    return int(number) if service_id.startswith(NEW_PREFIX) and number.isdigit() else 0


def check_planned(corridor: Corridor, change: Change) -> None:
    """Nothing where the corridor knows everything that the change names; else `UnknownName`, which says what it is."""
    there, kind = (corridor.services, "service") if change.kind in OF_SERVICES else (corridor.places, "place")
    for name in [change.target] if change.target else [one.place for one in change.visits]:
        if name not in there.index:
            raise UnknownName(f"There is no {kind} {name!r}: see `export {kind}s` for those that there are.")
    for word in change.capabilities:
        if word not in corridor.capabilities.index:
            raise UnknownName(f"{word!r} is not one of {', '.join(corridor.capabilities.index)}.")


def _planned(corridor: Corridor, changes: tuple[Change, ...]) -> Corridor:
    for change in changes:
        check_planned(corridor, change)
    own = corridor.services.assign(planned=False, own_id=corridor.services.index)
    if any(change.visits for change in changes):
        own = own.assign(**dict.fromkeys(WAIT_COLUMNS, 0.0))
    touched = {change.target: [] for change in changes if change.kind in OF_SERVICES}  # type: dict[str, list[Change]]
    for change in changes:
        touched.get(change.target, []).append(change)
    rows = {
        name: row for service, its in touched.items() for name, row in _numbered(service, _intervals(own, service, its))
    }
    for number, change in enumerate(changes, start=1):
        rows |= dict(_numbered(f"{NEW_PREFIX}{number}", _opened(corridor, own, change)))
    return corridor.with_services(_with_rows(own[~own.index.isin(touched)], rows))


def _with_rows(services: pd.DataFrame, rows: Mapping[str, Row]) -> pd.DataFrame:
    if not rows:
        return services
    made = pd.DataFrame(list(rows.values()), index=list(rows), columns=services.columns)
    made = made.astype(services.dtypes.to_dict() | {name: kind for name, kind in _NUMBERS.items() if name in made})
    whole: pd.DataFrame = pd.concat([services, made]) if len(services) else made
    return whole.rename_axis("service_id")


def _numbered(name: str, rows: Iterable[Row]) -> list[tuple[str, Row]]:
    return [
        (f"{name}{INTERVAL_MARK}{at}" if at > 1 else name, row | {"own_id": name})
        for at, row in enumerate(rows, start=1)
    ]


# ---- services that are there -----------------------------------------------------------------------------------------


def _intervals(services: pd.DataFrame, service: str, changes: Sequence[Change]) -> list[Row]:
    """The rows of one service under the changes to it: an interval each, no two of which overlap, in their order."""
    row = {str(name): value for name, value in services.loc[service].items()}
    kinds = [change.kind for change in changes]
    moved = len(kinds) - kinds[::-1].index("move") if "move" in kinds else 0
    rows = [_moved(row, changes[moved - 1])] if moved else [row]
    for change in changes:
        if change.kind == "upgrade":
            rows = [part for one in rows for part in _upgraded(one, change)]
    for change in changes[moved:]:
        if change.kind in {"close", "suspend"}:
            rows = [part for one in rows for part in _outside(one, change)]
    return rows or [row | {"until": row["since"]}]


def _moved(row: Row, change: Change) -> Row:
    since, until = _bounds(change)
    dates = {"opened": str(change.since or ""), "closed": str(change.until or "")}
    return row | dates | {"since": since, "until": until, "planned": True}


def _upgraded(row: Row, change: Change) -> list[Row]:
    words = dict.fromkeys([*_words(row["capabilities"]), *change.capabilities])
    possible = [word for word in _words(row["possible_capabilities"]) if word not in change.capabilities]
    more = {"capabilities": ";".join(words), "possible_capabilities": ";".join(possible)}
    since, until = _bounds(change)
    parts = [_within(row, ALWAYS, since), _within(row | more, since, until), _within(row, until, NEVER)]
    return [part for part in parts if part["since"] < part["until"]]


def _outside(row: Row, change: Change) -> list[Row]:
    since, until = _bounds(change)
    parts = [_within(row, ALWAYS, since), _within(row, until, NEVER)]
    return [part for part in parts if part["since"] < part["until"]]


def _within(row: Row, since: int, until: int) -> Row:
    """The row cut to an interval; a date that the cut gives is the plan's."""
    cut: Row = {}
    if since > row["since"]:
        cut |= {"since": since, "opened": _month_text(since)}
    if until < row["until"]:
        cut |= {"until": until, "closed": _month_text(until)}
    return row | cut


def _bounds(change: Change) -> tuple[int, int]:
    since = ALWAYS if change.since is None else ordinal(change.since)
    return since, NEVER if change.until is None else ordinal(change.until)


def _month_text(number: int) -> str:
    return "" if number in (ALWAYS, NEVER) else str(Month(number // 12, number % 12 + 1))


def _words(text: str) -> list[str]:
    return [word for word in text.split(";") if word]


# ---- services that are not there yet ---------------------------------------------------------------------------------


def _opened(corridor: Corridor, services: pd.DataFrame, change: Change) -> list[Row]:
    """The rows that a new service or a mobile team makes: one, or one per place; none of another change."""
    if change.kind in OF_SERVICES:
        return []
    if change.kind == "open":
        return [_new(corridor, services, change, change.target)]
    places: dict[str, list[Visit]] = {}
    for one in change.visits:
        places.setdefault(one.place, []).append(one)
    return [
        _new(corridor, services, change, place) | dict(zip(WAIT_COLUMNS, waits(visits), strict=True))
        for place, visits in places.items()
    ]


def _new(corridor: Corridor, services: pd.DataFrame, change: Change, place: str) -> Row:
    blank = {str(name): 0 if name in _NUMBERS else "" for name in services.columns}
    row = _moved(blank | _welcome(corridor), change)
    where = corridor.places.loc[place]
    return row | {
        "capabilities": ";".join(change.capabilities),
        "place_id": place,
        "at_place": place,
        "country_iso3": where["country_iso3"],
        "lat": where["lat"],
        "lon": where["lon"],
        "confidentiality": "public",
    }


def _welcome(corridor: Corridor) -> Row:
    """What a service must publish so that every audience is known to be admitted: the words that say yes to one of them."""
    welcome: dict[str, dict[str, None]] = {}
    refusing = {word for text in corridor.audiences["no_any"] for word in _words(text)}
    for attribute, text in zip(corridor.audiences["attribute"], corridor.audiences["yes_any"], strict=True):
        welcome.setdefault(attribute, {}).update(dict.fromkeys(word for word in _words(text) if word not in refusing))
    return {attribute: ";".join(words) for attribute, words in welcome.items()}
