"""Which service matters most: each one closed in turn, what would be left out of time, and who would be next."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from geodata.corridor import Corridor
from geodata.corridor.arcs import Bools, Floats
from geodata.coverage.exposure import HOURS_OF_A_DAY
from geodata.coverage.flows import route_flow
from geodata.coverage.hours import OFF_ROUTE_HOURS, network_nodes
from geodata.coverage.presence import sites_for
from geodata.coverage.profile import along
from geodata.coverage.question import Question
from geodata.coverage.standing import places_ahead
from geodata.coverage.turnover import services_between
from geodata.errors import UnknownName
from geodata.planning.lost import Reading, lost, own_amounts, reading
from geodata.units import PACES

#: What closes at a time: one service, or all that stand at a place.
BY = ("service", "place")


@dataclass(frozen=True)
class _Ground:
    """What all closures of a question have in common; `along` has no rows on the network."""

    corridor: Corridor
    question: Question
    sites: pd.DataFrame
    before: Reading
    amounts: Floats
    along: pd.DataFrame
    women: float


def closures(corridor: Corridor, question: Question, by: str = "service") -> pd.DataFrame:
    """Each service that answers the question at or near its route closed in turn, or all at a place `by` place.

    Index service_id (place_id), the one that adds most typical hours first (on the network km), then most high ones, then
    most that are not known, then by id.
    Columns: services (those that close, `;`), at_place, country_iso3, confirmed (any of them), backed_by (what else
    stands at the place and answers: then nothing changes) · `added_…` as in `lost`, and low, typical and high
    woman_days of the month, NaN where the women and girls are not known · the longest stretch out of time at typical
    pace that the closing leaves or lengthens: stretch_hours, stretch_km, from_place, to_place (the stops around it),
    and the longest part of it that was out of time before (stretch_hours_before, stretch_km_before); 0 and blank where
    it leaves none · hours ahead just before it, low_hours_before … high_hours_after (NaN: none ahead, or the route
    begins there), from the segment that ends at reached_from, the stop by which it is reached · who would be next
    from there: next_service ("" = none ahead), next_place, next_low_hours … next_high_hours, and next_unknown (the way
    on is not known). Without a route all hours of travel and stretches are NaN and blank; km remain.

    Nothing added is ever negative (`lost`). None answers, no rows. Raises `UnknownName` for institutions of the State,
    which are not closed here, and for what the corridor does not know.
    """
    if question.asks_state or by not in BY:
        raise UnknownName("Closures are of services, by service or by place: ask for a capability.")
    sites = _near(corridor, question)
    ground = _ground(corridor, question, sites)
    names = sites.index if by == "service" else sites["at_place"]
    rows = {str(name): _closure(ground, list(ids)) for name, ids in sites.groupby(names.to_numpy()).groups.items()}
    table = pd.DataFrame.from_dict(rows, orient="index", columns=_COLUMNS).rename_axis(f"{by}_id")
    unit = "km" if question.route is None else "hours"
    most = [f"added_{what}_{unit}" for what in ("typical", "high", "unknown")]
    return table.sort_index().sort_values(most, ascending=False, kind="stable")


def without(corridor: Corridor, services: list[str]) -> Corridor:
    """The corridor in which these services are closed."""
    return corridor.with_services(corridor.services.drop(services))


def _near(corridor: Corridor, question: Question) -> pd.DataFrame:
    """The sites that answer, with country_iso3; on a route those at most 2 h off it."""
    sites = sites_for(corridor, question)
    sites = sites.assign(country_iso3=corridor.places["country_iso3"].loc[sites["at_place"]].to_numpy())
    if question.route is None:
        return sites
    where = services_between(corridor, question, question)["where"]
    return sites[where.loc[sites.index] == "route"]


def _ground(corridor: Corridor, question: Question, sites: pd.DataFrame) -> _Ground:
    on_route = question.route is not None
    return _Ground(
        corridor=corridor,
        question=question,
        sites=sites,
        before=reading(corridor, question),
        amounts=own_amounts(corridor, question),
        along=along(corridor, question) if on_route else corridor.segments.iloc[:0],
        women=route_flow(corridor, str(question.route), question.as_of).count if on_route else np.nan,
    )


def _closure(ground: _Ground, ids: list[str]) -> dict[str, object]:
    closed, others = ground.sites.loc[ids], ground.sites.drop(ids)
    place = str(closed["at_place"].iloc[0])
    variant = without(ground.corridor, ids)
    backed = others[others["at_place"] == place]
    after = ground.before if _stands_in(backed, closed) else reading(variant, ground.question)
    added = lost(ground.before, after, ground.amounts)
    stop = _reached_from(ground, closed.iloc[:1])
    return {
        "services": ";".join(ids),
        "at_place": place,
        "country_iso3": closed["country_iso3"].iloc[0],
        "confirmed": bool(closed["confirmed"].any()),
        "backed_by": ";".join(backed.index),
        **added,
        **{f"added_{pace}_woman_days": added[f"added_{pace}_hours"] * ground.women / HOURS_OF_A_DAY for pace in PACES},
        **_stretch(ground, after),
        "reached_from": stop,
        **_just_before(ground, after, stop),
        **_next(variant, ground.question, stop or place),
    }


def _stands_in(backed: pd.DataFrame, closed: pd.DataFrame) -> bool:
    """Whether something at the same place is no farther off on foot: then no hours change, and none need be reckoned."""
    return bool(len(backed) and backed["walk_hours"].min() <= closed["walk_hours"].min())


def _stretch(ground: _Ground, after: Reading) -> dict[str, object]:
    """The longest stretch out of time at typical pace in which something is newly so."""
    out, was_out, hours = after.out[1], ground.before.out[1], ground.amounts[1]
    spans = [span for span in _spans(out) if (~was_out[span]).any()] if len(ground.along) else []
    if not spans:
        blank = 0.0 if len(ground.along) else np.nan
        return dict.fromkeys(_STRETCH[:4], blank) | dict.fromkeys(_STRETCH[4:], "")
    longest = max(spans, key=lambda span: hours[span].sum())
    parts = [(hours[longest][part].sum(), ground.amounts[-1][longest][part].sum()) for part in _spans(was_out[longest])]
    first, last = ground.along.iloc[longest.start], ground.along.iloc[longest.stop - 1]
    stops = _stops(ground)
    return {
        "stretch_hours": float(hours[longest].sum()),
        "stretch_km": float(ground.amounts[-1][longest].sum()),
        "stretch_hours_before": float(max((part[0] for part in parts), default=0.0)),
        "stretch_km_before": float(max(parts, default=(0.0, 0.0))[1]),
        "from_place": stops[first["leg_position"]],
        "to_place": stops[last["leg_position"] + 1],
    }


def _spans(marked: Bools) -> list[slice]:
    """Where neighbours are marked, from the first to after the last."""
    ends = np.flatnonzero(np.diff(np.concatenate([[False], marked, [False]]).astype(int)))
    return [slice(int(start), int(stop)) for start, stop in ends.reshape(-1, 2)]


def _stops(ground: _Ground) -> list[str]:
    """The places of the route in the order of travel."""
    directed = ground.corridor.arcs[ground.question.direction]
    arcs = ground.corridor.route_arcs(str(ground.question.route))
    return ground.corridor.places.index[[directed.tail[arcs[0]], *directed.head[arcs]]].tolist()


def _reached_from(ground: _Ground, site: pd.DataFrame) -> str:
    """The stop of the route by which a site is reached soonest; "" on the network, or where no stop leads to it."""
    if ground.question.route is None:
        return ""
    stops = _stops(ground)
    directed = ground.corridor.arcs[ground.question.direction]
    hours = network_nodes(ground.corridor, ground.question, directed, site).hours[1]
    away = hours[ground.corridor.places.index.get_indexer(pd.Index(stops))]
    return stops[int(np.argmin(away))] if away.min() <= OFF_ROUTE_HOURS else ""


def _just_before(ground: _Ground, after: Reading, stop: str) -> dict[str, float]:
    """Hours ahead on the last segment before a stop, before and after; NaN where there is none."""
    position = _stops(ground).index(stop) if stop else 0
    segment = int(np.searchsorted(ground.along["leg_position"], position)) - 1 if position else -1
    sides = {"before": ground.before, "after": after}
    return {
        f"{pace}_hours_{side}": _finite(sides[side].hours[row][segment]) if segment >= 0 else np.nan
        for side in sides
        for row, pace in enumerate(PACES)
    }


def _next(variant: Corridor, question: Question, place: str) -> dict[str, object]:
    """Who is next ahead of a place when the closed ones are gone."""
    sites = sites_for(variant, question)
    ahead = places_ahead(variant, question, sites)
    at = int(variant.places.index.get_indexer(pd.Index([place]))[0])
    found = int(ahead.nearest[at])
    return {
        "next_service": str(sites.index[found]) if found >= 0 else "",
        "next_place": str(sites["at_place"].iloc[found]) if found >= 0 else "",
        **{f"next_{pace}_hours": _finite(ahead.hours[row][at]) for row, pace in enumerate(PACES)},
        "next_unknown": bool(ahead.unknown[at]),
    }


def _finite(hours: float) -> float:
    return float(hours) if np.isfinite(hours) else np.nan


_STRETCH = ["stretch_hours", "stretch_km", "stretch_hours_before", "stretch_km_before", "from_place", "to_place"]
_COLUMNS = [
    *("services", "at_place", "country_iso3", "confirmed", "backed_by"),
    *(f"added_{pace}_hours" for pace in PACES),
    *("added_unknown_hours", *(f"added_{pace}_km" for pace in PACES), "added_unknown_km"),
    *(f"added_{pace}_woman_days" for pace in PACES),
    *_STRETCH,
    "reached_from",
    *(f"{pace}_hours_{side}" for side in ("before", "after") for pace in PACES),
    *("next_service", "next_place", *(f"next_{pace}_hours" for pace in PACES), "next_unknown"),
]
