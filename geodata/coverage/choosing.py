"""Why a month cannot be chosen, or what cannot be said of it: codes and values, the words are the page's."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from geodata.corridor import Corridor
from geodata.units import Month, closing_month, opening_month

WHY_NOT = ("not_earlier", "before_first_fact", "after_last_fact", "legs_not_held", "route_never_whole")


@dataclass(frozen=True)
class Reason:
    """One reason against a month. `code` is one of `WHY_NOT`.

    not_earlier: it is not before the date that it would be compared with, `last` is the latest that is.
    before_first_fact, after_last_fact: `first` or `last` is the month of the corridor's first or last dated fact; what
    is said of the month rests on facts without a date, or on older ones. legs_not_held: `legs` of the route do not hold
    at its end, the whole route does from `first` to `last` (None = without bound). route_never_whole: `legs` do not hold
    at its end, and there is no month in which all do.
    """

    code: str
    legs: tuple[str, ...] = ()
    first: Month | None = None
    last: Month | None = None


def why_not(corridor: Corridor, route: str, month: Month, date: Month | None = None) -> tuple[Reason, ...]:
    """Every reason against choosing a month for a route (to hold it against `date`), in the order of `WHY_NOT`.

    None where it can be chosen and everything holds. Raises `UnknownName` where there is no such route.
    """
    first, last = dated_months(corridor)
    reasons = []
    if date is not None and month >= date:
        reasons.append(Reason("not_earlier", last=date.plus(-1)))
    if first is not None and month < first:
        reasons.append(Reason("before_first_fact", first=first))
    if last is not None and month > last:
        reasons.append(Reason("after_last_fact", last=last))
    return (*reasons, *_legs_not_held(corridor, route, month))


def dated_months(corridor: Corridor) -> tuple[Month | None, Month | None]:
    """The months of the first and the last dated fact on public services, State presence and legs; None without any."""
    return corridor.remembered("dated months", lambda: _dated_months(corridor))


def _dated_months(corridor: Corridor) -> tuple[Month | None, Month | None]:
    services, presence, legs = corridor.services, corridor.state_presence, corridor.legs
    began = [*services["opened"], *presence["opened"], *legs["since"]]
    ended = [
        services["closed"],
        presence["closed"],
        legs["until"],
        services["last_confirmed"],
        presence["last_confirmed"],
    ]
    dated = _read(opening_month, began) + _read(closing_month, (text for texts in ended for text in texts))
    return min(dated, default=None), max(dated, default=None)


def _read(reading: Callable[[str], Month | None], texts: Iterable[str]) -> list[Month]:
    return [month for month in map(reading, texts) if month is not None]


def _legs_not_held(corridor: Corridor, route: str, month: Month) -> tuple[Reason, ...]:
    arcs = np.array(corridor.route_arcs(route))
    directed = corridor.arcs[str(corridor.routes.at[route, "direction"])]
    legs = corridor.legs.iloc[directed.leg[arcs]]
    lost = legs.index[~directed.valid_at(month)[arcs]]
    if lost.empty:
        return ()
    first = max(_read(opening_month, legs["since"]), default=None)
    ended = min(_read(closing_month, legs["until"]), default=None)
    if first is not None and ended is not None and first >= ended:
        return (Reason("route_never_whole", tuple(lost)),)
    return (Reason("legs_not_held", tuple(lost), first, ended.plus(-1) if ended else None),)
