"""The calendar of cover: services that close or open, and confirmations that go stale, month by month, as published."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from geodata.corridor import Corridor
from geodata.corridor.arcs import Bools, ordinal
from geodata.coverage.audiences import admission
from geodata.coverage.presence import able_services, confirmed_mask, open_mask
from geodata.coverage.question import Question, check_asked
from geodata.coverage.turnover import services_between
from geodata.errors import UnknownName
from geodata.planning.closures import without
from geodata.planning.lost import lost, own_amounts, reading
from geodata.units import Month

#: closes: from this month's end it is closed; goes_unconfirmed: at this month's end no source of the last 90 days saw it
#: at work any more; opens: from this month's end it is open.
EVENTS = ("closes", "goes_unconfirmed", "opens")
#: The column that dates each event, as published.
DATED = {"closes": "closed", "goes_unconfirmed": "last_confirmed", "opens": "opened"}
AT_STAKE = {
    "hours_at_stake": "added_typical_hours",
    "unknown_hours_at_stake": "added_unknown_hours",
    "km_at_stake": "added_typical_km",
}
COLUMNS = [
    *("month", "event", "service_id", "at_place", "country_iso3", "date", "last_confirmed", "status"),
    *AT_STAKE,
    *("source_id", "caveat"),
]


def year_after(month: Month) -> list[Month]:
    """The twelve months that follow a month."""
    return [month.plus(count) for count in range(1, 13)]


def expiring(corridor: Corridor, question: Question, months: Sequence[Month]) -> pd.DataFrame:
    """What ends, goes unconfirmed or opens in the months among the services that answer; index `row` from 0, by month.

    Columns month (YYYY-MM), event (one of `EVENTS`), service_id, at_place, country_iso3, date (of the event's ground,
    as published: a date known only by year is read cautiously, opened as December, closed and confirmed as January),
    last_confirmed, status (the reading of what follows: the question's, of goes_unconfirmed always confirmed) · what
    hangs on it at the month's end with all else as published: hours_at_stake of the route at typical pace that are out
    of time without the service and were not with it (with it as if it had not closed, had been confirmed again; of one
    that opens what it brings into time), unknown_hours_at_stake likewise of what is not known without it, and
    km_at_stake; never negative, hours NaN without a route · source_id (of a confirmation its own), caveat.

    Figures of one month never add up: what closes together stands in for each other. On a route services at most 2 h off
    it count. The question's own month counts for nothing. Nothing happens, no rows.
    Raises `UnknownName` for institutions of the State and for what the corridor does not know.
    """
    check_asked(corridor, question)
    if question.asks_state:
        raise UnknownName("The calendar is of services: ask for a capability.")
    services = _able(corridor, question)
    rows = [row for month in months for row in _month(corridor, question.with_(as_of=month), services)]
    return pd.DataFrame(rows, columns=COLUMNS).rename_axis("row")


def _able(corridor: Corridor, question: Question) -> pd.DataFrame:
    """Whatever their dates, the services on the corridor that answer the question."""
    services = corridor.services[corridor.services["at_place"] != ""]
    able = able_services(corridor, services, question.capability, possible=False)
    if question.whom:
        able &= admission(services, corridor.audiences.to_dict("index")[question.whom]) == "yes"
    return services[able].sort_index()


def _month(corridor: Corridor, question: Question, services: pd.DataFrame) -> Iterator[dict[str, object]]:
    happened = {event: services[found] for event, found in _events(services, question.as_of).items()}
    if not any(len(found) for found in happened.values()):
        return
    near = _near(corridor, question)
    for event in EVENTS:
        for service, row in happened[event].to_dict("index").items():
            if near is None or service in near:
                yield _row(corridor, question, event, str(service), row)


def _events(services: pd.DataFrame, month: Month) -> dict[str, Bools]:
    """Per event the services to which it happens in the month."""
    before, now = month.plus(-1), ordinal(month)
    stale = confirmed_mask(services, before) & ~confirmed_mask(services, month) & open_mask(services, month)
    return {
        "closes": (services["until"] == now).to_numpy() & open_mask(services, before),
        "goes_unconfirmed": stale,
        "opens": (services["since"] == now).to_numpy() & open_mask(services, month),
    }


def _near(corridor: Corridor, question: Question) -> set[str] | None:
    """The services near the route that are open at the month's end or were the month before; None on the network."""
    if question.route is None:
        return None
    where = services_between(corridor, question.with_(as_of=question.as_of.plus(-1)), question)["where"]
    return set(where.index[where == "route"])


def _row(
    corridor: Corridor, question: Question, event: str, service: str, row: dict[object, object]
) -> dict[str, object]:
    asked = question.with_(status="confirmed") if event == "goes_unconfirmed" else question
    source = row["confirmed_source_id"] if event == "goes_unconfirmed" else ""
    return {
        "month": str(question.as_of),
        "event": event,
        "service_id": service,
        "at_place": row["at_place"],
        "country_iso3": corridor.places.at[str(row["at_place"]), "country_iso3"],
        "date": row[DATED[event]],
        "last_confirmed": row["last_confirmed"],
        "status": asked.status,
        **_at_stake(corridor, asked, event, service),
        "source_id": source or row["source_id"],
        "caveat": row["caveat"],
    }


def _at_stake(corridor: Corridor, question: Question, event: str, service: str) -> dict[str, float]:
    """What is out of time, or not known, without the service and was not with it."""
    there = _with(corridor, event, service, question.as_of)
    gone = without(corridor, [service]) if event == "opens" else corridor
    found = lost(reading(there, question), reading(gone, question), own_amounts(corridor, question))
    return {name: found[column] for name, column in AT_STAKE.items()}


def _with(corridor: Corridor, event: str, service: str, month: Month) -> Corridor:
    """The corridor in which the service did not close, or was confirmed again."""
    if event == "opens":
        return corridor
    changed = {"closes": ("until", ordinal(month) + 1), "goes_unconfirmed": ("seen", month.end.toordinal())}
    column, value = changed[event]
    return corridor.with_services(
        corridor.services.assign(
            **{column: np.where(corridor.services.index == service, value, corridor.services[column])}
        )
    )
