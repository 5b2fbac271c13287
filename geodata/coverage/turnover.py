"""What opened, closed, went unconfirmed or began to hold between two dates: lists, not yet hours."""

from __future__ import annotations

import numpy as np
import pandas as pd

from geodata.corridor import Corridor
from geodata.corridor.arcs import Arcs, Bools, Floats, Ints, ordinal
from geodata.coverage.audiences import admission
from geodata.coverage.hours import OFF_ROUTE_HOURS
from geodata.coverage.presence import able_services, confirmed_mask, open_mask
from geodata.coverage.question import Question
from geodata.coverage.search import hours_at_nodes, reversed_graph
from geodata.coverage.stays import stay_hours
from geodata.units import Month

#: What can have become of a site between two dates.
CHANGES = ("opened", "closed", "gone_unconfirmed", "newly_confirmed", "opened_and_closed", "unchanged")
#: Where a site stands: within reach of the route, elsewhere on the corridor, or tied to no place of it.
WHERE = ("route", "network", "not_connected")
_SERVICE_COLUMNS = ["name", "operator", "confirmed_source_id"]
_PRESENCE_COLUMNS = ["name", "institution", "kind", "role"]
_SITE_COLUMNS = ["country_iso3", "at_place", "opened", "closed", "last_confirmed", "source_id", "caveat"]


def services_between(
    corridor: Corridor, before: Question, after: Question, planned: Corridor | None = None
) -> pd.DataFrame:
    """The public services that answer either question, and what became of them between the two dates.

    Index service_id; name, operator, country_iso3, at_place ("" = tied to no place), where (one of `WHERE`; without a
    route all that is tied is `network`), the dates as published, sources, caveat, state_before and state_after (listed,
    confirmed, "" = not open), change (one of `CHANGES`). Only the dates count, never the questions' status: a service
    that is open on neither date is here only where it opened and closed between them. A question to the State has none.

    With `planned` (`planning.planned`) what follows is asked of its services; then the dates are those that it gives them.
    """
    if planned is not None:
        return _planned_between(corridor, planned, before, after)
    sites = corridor.services
    kept = sites[_answers(corridor, sites, before) | _answers(corridor, sites, after)]
    return _between(corridor, kept, before, after, _SERVICE_COLUMNS)


def _planned_between(corridor: Corridor, planned: Corridor, before: Question, after: Question) -> pd.DataFrame:
    """What answers before as it is, what answers after as it is planned; of a service's intervals the one that is open."""
    own, then = corridor.services, planned.services
    able, able_then = _answers(corridor, own, before).to_numpy(), _answers(corridor, then, after).to_numpy()
    was = pd.Series(np.where(able, _states(own, before.as_of), ""), index=own.index)
    now = np.where(able_then, _states(then, after.as_of), "")
    kept = able_then | then["own_id"].isin(own.index[able]).to_numpy()
    sites, now = then[kept], now[kept]
    first = np.argsort(now == "", kind="stable")
    first = first[~sites["own_id"].iloc[first].duplicated().to_numpy()]
    sites, now = sites.iloc[np.sort(first)].set_index("own_id").rename_axis("service_id"), now[np.sort(first)]
    states = was.reindex(sites.index, fill_value="").to_numpy(dtype=object), now
    return _told(corridor, sites, (before, after), states, _SERVICE_COLUMNS)


def presence_between(corridor: Corridor, before: Question, after: Question) -> pd.DataFrame:
    """The same of all institutions on the ground, whatever is asked: index presence_id, with institution, kind and role."""
    return _between(corridor, corridor.state_presence, before, after, _PRESENCE_COLUMNS)


def legs_between(corridor: Corridor, before: Question, after: Question) -> pd.DataFrame:
    """The legs of the direction that hold on one of the two dates alone, or only between them; index leg_id.

    from_place and to_place as travelled (a lateral leg one way of the two), mode, since and until as published,
    source_id, caveat, on_route, and change: began, ceased, or began_and_ceased. None changed, no rows.
    """
    directed = corridor.arcs[before.direction]
    was, now = directed.valid_at(before.as_of), directed.valid_at(after.as_of)
    inside = _inside(directed.since, directed.until, before.as_of, after.as_of)
    arcs = np.flatnonzero((was != now) | inside)
    arcs = arcs[np.unique(directed.leg[arcs], return_index=True)[1]]  # a lateral leg once, not once each way
    route: Ints | list[int] = directed.leg[corridor.route_arcs(before.route)] if before.route else []
    change = np.select([inside[arcs], now[arcs]], ["began_and_ceased", "began"], default="ceased")
    legs = corridor.legs.iloc[directed.leg[arcs]]
    places = corridor.places.index
    return legs[["mode", "since", "until", "source_id", "caveat"]].assign(
        from_place=places[directed.tail[arcs]],
        to_place=places[directed.head[arcs]],
        on_route=np.isin(directed.leg[arcs], route),
        change=change,
    )


def _answers(corridor: Corridor, services: pd.DataFrame, question: Question) -> pd.Series[bool]:
    """Which services can do what is asked, and are known to admit for whom it is asked."""
    able = able_services(corridor, services, question.capability, possible=False)
    if question.whom:
        able &= admission(services, corridor.audiences.to_dict("index")[question.whom]) == "yes"
    return able


def _between(
    corridor: Corridor, sites: pd.DataFrame, before: Question, after: Question, columns: list[str]
) -> pd.DataFrame:
    states = _states(sites, before.as_of), _states(sites, after.as_of)
    return _told(corridor, sites, (before, after), states, columns)


def _told(
    corridor: Corridor,
    sites: pd.DataFrame,
    asked: tuple[Question, Question],
    states: tuple[np.ndarray, np.ndarray],
    columns: list[str],
) -> pd.DataFrame:
    was, now = states
    inside = _inside(sites["since"].to_numpy(), sites["until"].to_numpy(), asked[0].as_of, asked[1].as_of)
    table = sites[[*columns, *_SITE_COLUMNS]].assign(
        where=_where(corridor, sites, *asked),
        state_before=was,
        state_after=now,
        change=_changes(was, now, inside),
    )
    return pd.DataFrame(table[(was != "") | (now != "") | inside])


def _states(sites: pd.DataFrame, as_of: Month) -> np.ndarray:
    """confirmed, listed, or "" where a site is not open."""
    masks = [confirmed_mask(sites, as_of), open_mask(sites, as_of)]
    return np.select(masks, ["confirmed", "listed"], default="").astype(object)


def _changes(before: np.ndarray, after: np.ndarray, inside: Bools) -> np.ndarray:
    conditions = [
        inside,
        (before == "") & (after != ""),
        (before != "") & (after == ""),
        (before == "confirmed") & (after == "listed"),
        (before == "listed") & (after == "confirmed"),
    ]
    words = ["opened_and_closed", "opened", "closed", "gone_unconfirmed", "newly_confirmed"]
    return np.select(conditions, words, default="unchanged").astype(object)


def _inside(since: Ints, until: Ints, one: Month, other: Month) -> Bools:
    """Which intervals begin after the earlier month and have ended at the later one."""
    first, last = sorted((ordinal(one), ordinal(other)))
    return (since > first) & (until <= last) & (since < until)


def _where(corridor: Corridor, sites: pd.DataFrame, before: Question, after: Question) -> np.ndarray:
    tied = (sites["at_place"] != "").to_numpy()
    away = np.minimum(_hours_off_route(corridor, before), _hours_off_route(corridor, after))
    near = np.append(away, np.inf)[corridor.places.index.get_indexer(pd.Index(sites["at_place"]))]
    on_route = tied & (near + sites["walk_hours"].to_numpy() <= OFF_ROUTE_HOURS)
    return np.select([on_route, tied], ["route", "network"], default="not_connected").astype(object)


def _hours_off_route(corridor: Corridor, question: Question) -> Floats:
    """Typical hours from the nearest stop of the route to each place, by the network at the date; infinite without a route."""
    key = ("hours off route", question.route, question.as_of, question.direction, question.stays)
    return corridor.remembered(key, lambda: _searched_off_route(corridor, question), of_services=False)


def _searched_off_route(corridor: Corridor, question: Question) -> Floats:
    count = len(corridor.places)
    if question.route is None:
        return np.full(count, np.inf)
    directed: Arcs = corridor.arcs[question.direction]
    arcs, valid = np.array(corridor.route_arcs(question.route)), directed.valid_at(question.as_of)
    stops = np.unique([directed.tail[arcs[0]], *directed.head[arcs]])
    tail, head = directed.tail[valid], directed.head[valid]
    hours = directed.hours[1][valid] + stay_hours(corridor, question)[1][tail]
    return hours_at_nodes(reversed_graph(head, tail, hours, count), stops, np.zeros(len(stops)))[0]
