"""What may come: the flow turns, another month's count, another route, a slower pace, services that nobody confirms."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from geodata.corridor import Corridor
from geodata.coverage.flows import months_known, route_flow
from geodata.coverage.question import Question
from geodata.errors import UnknownName
from geodata.schema import DIRECTIONS, STATUSES
from geodata.units import PACES, Month

#: How many of the latest months with a known count are futures, unless some are given.
LATEST_MONTHS = 12


@dataclass(frozen=True)
class Future:
    """One way in which things may turn out.

    `month` is the one whose women and girls are counted; None where the route has no known count, and then nothing is
    said in woman-days. `date` is the month for whose end services and legs hold.
    """

    direction: str
    route: str
    month: Month | None
    pace: str
    status: str
    date: Month

    @property
    def ways(self) -> tuple[str, str, str, Month]:
        """What decides the best places: route, pace, status and date. The count is the same all along a route."""
        return self.route, self.pace, self.status, self.date


def futures(
    corridor: Corridor,
    question: Question,
    *,
    routes: Sequence[str] | None = None,
    directions: Sequence[str] = DIRECTIONS,
    months: Sequence[Month] | None = None,
    paces: Sequence[str] = PACES,
    statuses: Sequence[str] = STATUSES,
    dates: Sequence[Month] | None = None,
) -> list[Future]:
    """Every combination of a route (all of the directions unless given), a flow month, a pace, a status and a date.

    The months are those given, or the route's last 12 with a known count; one future without a month where its count is
    never known. A flow month sets the count alone: services and legs hold at the dates, the question's own unless
    given. Months given for which a route has no count are kept for it, without a count. Raises `UnknownName` for a route,
    pace, direction or status that is not there.
    """
    for words, known in (
        (directions, DIRECTIONS),
        (paces, PACES),
        (statuses, STATUSES),
        (routes or (), _routes(corridor)),
    ):
        for word in words:
            if word not in known:
                raise UnknownName(f"{word!r} is not one of {', '.join(known)}.")
    way = corridor.routes["direction"]
    asked = list(routes) if routes is not None else [str(route) for route in way.index if way[route] in directions]
    return [
        Future(str(way[route]), route, month, pace, status, date)
        for route in asked
        for month, pace, status, date in itertools.product(
            _months(corridor, route, months), paces, statuses, dates or [question.as_of]
        )
    ]


def _routes(corridor: Corridor) -> tuple[str, ...]:
    return tuple(map(str, corridor.routes.index))


def _months(corridor: Corridor, route: str, months: Sequence[Month] | None) -> Sequence[Month | None]:
    if months is not None:
        return list(months)
    crossing, direction = (str(corridor.routes.at[route, name]) for name in ("counting_point", "direction"))
    return months_known(corridor, crossing, direction)[-LATEST_MONTHS:] or [None]


def women_and_girls(corridor: Corridor, future: Future) -> float:
    """The women and girls of a future's month at its route's counting point; NaN where not known."""
    return float("nan") if future.month is None else route_flow(corridor, future.route, future.month).count
