"""Who can hear: from which parts of a route a woman reaches a confirmed channel to report, since when and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd
from scipy.sparse.csgraph import dijkstra

from geodata.corridor import Corridor
from geodata.corridor.arcs import Bools, Floats, Ints
from geodata.coverage.audiences import admission
from geodata.coverage.classes import CLASSES, class_codes
from geodata.coverage.hours import HOUR_COLUMNS, OFF_ROUTE_HOURS, network_nodes, route_nodes
from geodata.coverage.presence import able_services, sites_for
from geodata.coverage.question import CHANNEL, Question
from geodata.coverage.search import hours_on_segments, reversed_graph
from geodata.coverage.stays import stay_hours
from geodata.units import PACES, Month, closing_month, first_day, months_between, opening_month

CAPACITIES = ("heard", "deaf", "not_known")
HEARD, DEAF, NOT_KNOWN = range(len(CAPACITIES))
#: The part of a route that lies on no named stretch and in no country.
SEA = "sea"
EVENT_KINDS = ("opened", "closed")
EVENT_COLUMNS = ["date", "dated", "month", "kind", "service_id", "name", "operator", "place_id", "country_iso3"]
#: Hours are sums in different orders: what differs by less than this is equal.
_SAME_HOURS = 1e-6


def silence_question(question: Question) -> Question:
    """The same question put to confirmed channels to report: what is only listed cannot be said to hear."""
    return question.with_(capability=CHANNEL, status="confirmed")


def journey(corridor: Corridor, question: Question) -> pd.DataFrame:
    """The legs of the question's route in the order of travel. Index leg_id.

    Columns from_place, to_place, backward, the leg's own low_hours, typical_hours, high_hours, `stretch` ("" = in none;
    of several the first by id), and `onward_hours`, typical, from the leg's end to the end of its stretch (infinite
    where it is in none). Raises `UnknownName` without a known route.
    """
    return corridor.remembered(("journey", question.route), lambda: _journey(corridor, question))


def _journey(corridor: Corridor, question: Question) -> pd.DataFrame:
    arcs = np.array(corridor.route_arcs(str(question.route)))
    directed = corridor.arcs[question.direction]
    legs = corridor.legs.index[directed.leg[arcs]]
    stretches = {leg: name for name, row in corridor.stretches[::-1].iterrows() for leg in row["legs"].split(";")}
    table = pd.DataFrame(
        {
            "from_place": corridor.places.index[directed.tail[arcs]],
            "to_place": corridor.places.index[directed.head[arcs]],
            "backward": directed.backward[arcs],
            **{f"{pace}_hours": directed.hours[row][arcs] for row, pace in enumerate(PACES)},
            "stretch": [stretches.get(leg, "") for leg in legs],
        },
        index=legs,
    )
    ends = table["typical_hours"].cumsum()
    left = ends.groupby(table["stretch"]).transform("max") - ends
    return table.assign(onward_hours=left.where(table["stretch"] != "", np.inf))


@dataclass(frozen=True)
class Ground:
    """What of a route's segments does not change with the date, as arrays in the order of `hours_ahead`.

    `stretch` and `part` (the named stretch, else the country, else "sea") are names; `own_hours` the hours that each
    segment itself takes, a row per pace; `remaining` the share of its leg that lies before her where she enters it, and
    `leaves_hours` how long, at the usual pace, she is still on its stretch (infinite where it is in none). `counts` is the
    number of segments on each leg, `parts` the parts in the order of travel, `code` each segment's position in them.
    """

    stretch: np.ndarray
    part: np.ndarray
    own_hours: Floats
    remaining: Floats
    leaves_hours: Floats
    counts: Ints
    parts: list[str]
    code: Ints


def ground(corridor: Corridor, question: Question) -> Ground:
    """The ground of the question's route. Raises `UnknownName` without a known route."""
    return corridor.remembered(("ground", question.route), lambda: _ground(corridor, question))


def _ground(corridor: Corridor, question: Question) -> Ground:
    legs = journey(corridor, question)
    at = corridor.legs.index.get_indexer(legs.index)
    counts = corridor.first_segment[at + 1] - corridor.first_segment[at]
    rows = np.concatenate([np.arange(corridor.first_segment[leg], corridor.first_segment[leg + 1]) for leg in at])
    segments, own = corridor.segments.iloc[rows], legs.iloc[np.repeat(np.arange(len(legs)), counts)]
    length_km = np.repeat(corridor.legs["length_km"].to_numpy()[at], counts)
    from_km, to_km = segments["from_km"].to_numpy(), segments["to_km"].to_numpy()
    remaining = np.where(own["backward"], to_km, length_km - from_km) / length_km
    stretch = own["stretch"].to_numpy(dtype=object)
    country = segments["country_iso3"].to_numpy(dtype=object)
    part = np.where(stretch != "", stretch, np.where(country != "", country, SEA))
    travelled = np.lexsort((-remaining, np.repeat(np.arange(len(legs)), counts)))
    parts = list(dict.fromkeys(part[travelled]))
    return Ground(
        stretch=stretch,
        part=part,
        own_hours=own[HOUR_COLUMNS].to_numpy().T * ((to_km - from_km) / length_km),
        remaining=remaining,
        leaves_hours=remaining * own["typical_hours"].to_numpy() + own["onward_hours"].to_numpy(),
        counts=counts,
        parts=parts,
        code=pd.Index(parts).get_indexer(pd.Index(part)).astype(np.int64),
    )


def hearing(corridor: Corridor, question: Question, hours: Floats, unknown: Bools) -> tuple[Ints, Bools]:
    """For each segment of the route its capacity, as a position in `CAPACITIES`, and whether it is deaf, a row per pace.

    `hours` ahead (a row per pace) and `unknown` are those of the same question, in the order of `hours_ahead`.

    heard: she reaches a confirmed channel within the window at the usual pace and, on a named stretch, before she has
    left it by more than 2 h. deaf: she does not. not_known: the class of the segment is unknown. The 2 h are judged at
    the usual pace for all three, so that they speak of the same help. The second condition is there because figures are
    published of a stretch as a whole, by who receives her where it ends: hours alone would call the Darién heard, and
    quiet, after its clinics closed, for the sake of a town that the buses pass.
    """
    codes = class_codes(hours, unknown, question.window_hours)
    missed = (codes == CLASSES.index("gap")) | (codes == CLASSES.index("none_ahead"))
    known = codes != CLASSES.index("unknown")
    if missed.any():
        hoped, _ = route_hours(corridor, question, possible=True)
        known &= ~(missed & (hoped[0] <= question.window_hours))
    local = hours[1] <= ground(corridor, question).leaves_hours + OFF_ROUTE_HOURS + _SAME_HOURS
    deaf = known & ~((hours <= question.window_hours) & local)
    return np.select([~known, deaf[1]], [NOT_KNOWN, DEAF], default=HEARD), deaf


def route_hours(corridor: Corridor, question: Question, *, possible: bool = False) -> tuple[Floats, Bools]:
    """Hours ahead of the route's segments and where the way on is not known, as in `hours_ahead`, on arrays alone."""
    directed, own = corridor.arcs[question.direction], ground(corridor, question)
    sites = sites_for(corridor, question, possible=possible)
    arcs, _, nodes = route_nodes(corridor, question, directed, network_nodes(corridor, question, directed, sites))
    rows = range(len(PACES))
    legs = [(directed.hours[row][arcs], nodes.hours[row][1:]) for row in rows]
    hours = np.vstack([hours_on_segments(own.remaining, *legs[row], own.counts) for row in rows])
    gone = np.repeat(~directed.valid_at(question.as_of)[arcs], own.counts)
    hours[:, gone] = np.inf
    return hours, np.repeat(nodes.unknown[1:], own.counts) | gone


def part_hearing(corridor: Corridor, question: Question) -> pd.DataFrame:
    """Per part of the route, in the order of travel, how much of it is heard at the question's date. Index `part`.

    Columns hours, heard_hours, not_known_hours at the usual pace; deaf_low_hours, deaf_typical_hours, deaf_high_hours,
    each in the hours of its own pace; and `capacity`, which most of the part has (of equals deaf, then not_known).
    """
    return corridor.remembered(_situation(corridor, question), lambda: _part_hearing(corridor, question))


def _situation(corridor: Corridor, question: Question) -> tuple[object, ...]:
    """What hearing depends on: months in which the same legs hold and the same channels stand are worked out once."""
    sites = [frozenset(sites_for(corridor, question, possible=possible).index) for possible in (False, True)]
    valid = corridor.arcs[question.direction].valid_at(question.as_of).tobytes()
    waits = stay_hours(corridor, question).tobytes() if question.stays else b""
    return ("part_hearing", question.route, question.direction, question.window_hours, waits, valid, *sites)


def _part_hearing(corridor: Corridor, question: Question) -> pd.DataFrame:
    own = ground(corridor, question)
    capacity, deaf = hearing(corridor, question, *route_hours(corridor, question))

    def summed(weights: Floats) -> Floats:
        return np.asarray(np.bincount(own.code, weights=weights, minlength=len(own.parts)), dtype=np.float64)

    hours = own.own_hours[1]
    found = {
        "hours": summed(hours),
        "heard_hours": summed(hours * (capacity == HEARD)),
        "not_known_hours": summed(hours * (capacity == NOT_KNOWN)),
        **{f"deaf_{pace}_hours": summed(own.own_hours[row] * deaf[row]) for row, pace in enumerate(PACES)},
    }
    most = np.argmax([found["deaf_typical_hours"], found["not_known_hours"], found["heard_hours"]], axis=0)
    named = np.array([CAPACITIES[DEAF], CAPACITIES[NOT_KNOWN], CAPACITIES[HEARD]], dtype=object)[most]
    return pd.DataFrame({**found, "capacity": named}, index=pd.Index(own.parts, name="part"))


def travel_hours(corridor: Corridor, question: Question) -> Floats:
    """Hours of travel ahead from every place to every place, by the way that reaches it soonest at each pace.

    Shape (pace, from, to), in the order of the places table; infinite where the second is not ahead of the first at the
    question's date. Published waits count where the question counts stays. Dijkstra's method from each place.
    """
    directed = corridor.arcs[question.direction]
    valid = directed.valid_at(question.as_of)
    waits = stay_hours(corridor, question)

    def made() -> Floats:
        tail, head, count = directed.tail[valid], directed.head[valid], len(corridor.places)
        graphs = [
            reversed_graph(tail, head, directed.hours[row][valid] + waits[row][tail], count)
            for row in range(len(PACES))
        ]
        return np.stack([dijkstra(graph).T for graph in graphs])

    return corridor.remembered(("travel", question.direction, valid.tobytes(), waits.tobytes()), made)


def channel_events(corridor: Corridor, question: Question, first: Month, last: Month) -> pd.DataFrame:
    """Openings and closings of services that hear, on the route or at most 2 h off it, in the months first to last.

    Columns date (as published: a day where there is one), dated (it is a day), month (in which it counts), kind (opened,
    closed), service_id, name, operator, place_id, country_iso3, and `changed`: the parts of the route (`;`), behind it
    by no more than the window (a named stretch: 2 h), of which more or less was heard at the end of that month than a
    month before. Earliest first. After each the change in reports cannot be read as a change in violence. A date that
    nobody published makes no event. No events, no rows.
    """
    question = silence_question(question)
    months = {str(month): month for month in months_between(first, last)}
    found = _dated_events(corridor, question)
    found = found[found["month"].isin(list(months))]
    asked = [question.with_(as_of=months[month]) for month in found["month"]]
    events = list(zip(asked, found["kind"], found["place_id"], strict=True))
    near = np.array([_is_near(corridor, one, place) for one, _, place in events], dtype=bool)
    changed = [";".join(_changed(corridor, *event)) for event, kept in zip(events, near, strict=True) if kept]
    return found[near].assign(changed=np.array(changed, dtype=object)).astype({"changed": "str"}).reset_index(drop=True)


def _dated_events(corridor: Corridor, question: Question) -> pd.DataFrame:
    """Every opening and closing of a service that hears and admits her, wherever it stands on the network."""
    return corridor.remembered(("dated_events", question.whom), lambda: _events_of(corridor, question))


def _events_of(corridor: Corridor, question: Question) -> pd.DataFrame:
    services = corridor.services[corridor.services["at_place"] != ""]
    services = services[able_services(corridor, services, CHANNEL, possible=False)]
    if question.whom:
        services = services[admission(services, corridor.audiences.to_dict("index")[question.whom]) == "yes"]
    rows = []
    for kind, month_of in zip(EVENT_KINDS, (opening_month, closing_month), strict=True):
        known = services[services[kind] != ""].reset_index()
        months = [str(month_of(text)) for text in known[kind]]
        rows.append(known.assign(place_id=known["at_place"], kind=kind, date=known[kind], month=months))
    table = pd.concat(rows, ignore_index=True).sort_values(["month", "date", "service_id"])
    return table.assign(dated=table["date"].str.len() > len("2024-03"))[EVENT_COLUMNS]


def _is_near(corridor: Corridor, question: Question, place: str) -> bool:
    legs = journey(corridor, question)
    stops = [legs["from_place"].iloc[0], *legs["to_place"]]
    return _least_hours(corridor, question, stops, place) <= OFF_ROUTE_HOURS


def _least_hours(corridor: Corridor, question: Question, starts: list[str], place: str) -> float:
    """Hours at the usual pace to a place from the nearest of the starts; infinite where it is ahead of none."""
    at = corridor.places.index
    return float(travel_hours(corridor, question)[1, at.get_indexer(pd.Index(starts)), at.get_loc(place)].min())


def _changed(corridor: Corridor, question: Question, kind: str, place: str) -> list[str]:
    """The parts behind the place of which more is heard after an opening, or less after a closing."""
    before = part_hearing(corridor, question.with_(as_of=question.as_of.plus(-1)))
    gained = part_hearing(corridor, question)["heard_hours"] - before["heard_hours"]
    moved = gained > _SAME_HOURS if kind == "opened" else gained < -_SAME_HOURS
    return [str(part) for part in gained.index[moved] if _is_behind(corridor, question, str(part), place)]


def _is_behind(corridor: Corridor, question: Question, part: str, place: str) -> bool:
    """Whether she reaches the place from the part: at most 2 h off a named stretch, else within the window."""
    legs, own = journey(corridor, question), ground(corridor, question)
    crossed = np.unique(np.repeat(np.arange(len(legs)), own.counts)[own.part == part])
    limit_hours = OFF_ROUTE_HOURS if part in corridor.stretches.index else question.window_hours
    return _least_hours(corridor, question, list(legs["to_place"].iloc[crossed]), place) <= limit_hours


def capacity_bands(corridor: Corridor, question: Question, stretch: str, first: Month, last: Month) -> pd.DataFrame:
    """The periods, from `first` to `last` and without a break, in which most of a stretch was heard, deaf or not known.

    Columns from_day, to_day (YYYY-MM-DD, both included), capacity, `dated` (the day on which the period begins is published)
    and `heard_share`, by hours, the least in the period. Where a channel closed on a published day the stretch was heard
    to that day, where one opened from that day; else the change is laid at the month's beginning, since what closed
    during a month is closed at its end. Raises `UnknownName` without a known route; KeyError off it.
    """
    question = silence_question(question).with_(as_of=first)
    return corridor.remembered(
        ("bands", question, stretch, last), lambda: _bands(corridor, question, stretch, months_between(first, last))
    )


def _bands(corridor: Corridor, question: Question, stretch: str, months: list[Month]) -> pd.DataFrame:
    found = pd.DataFrame([part_hearing(corridor, question.with_(as_of=month)).loc[stretch] for month in months])
    capacities = found["capacity"].to_numpy()
    starts = [0, *(np.flatnonzero(capacities[1:] != capacities[:-1]) + 1)]
    begins = [(first_day(str(months[0])), False)]
    begins += [
        _begin(corridor, question, stretch, months[start], capacities[start - 1 : start + 1]) for start in starts[1:]
    ]
    days = [day for day, _ in begins]
    share = (found["heard_hours"] / found["hours"]).to_numpy()
    return pd.DataFrame(
        {
            "from_day": [str(day) for day in days],
            "to_day": [str(day) for day in [*(day - timedelta(days=1) for day in days[1:]), months[-1].end]],
            "capacity": capacities[starts],
            "dated": [dated for _, dated in begins],
            "heard_share": np.minimum.reduceat(share, starts),
        }
    ).rename_axis("band_id")


def _begin(
    corridor: Corridor, question: Question, stretch: str, month: Month, capacities: np.ndarray
) -> tuple[date, bool]:
    """The day from which a new capacity holds, and whether it was published: the last closing, or the first opening."""
    before, after = capacities
    kind = "opened" if after == "heard" else "closed" if before == "heard" else ""
    events = channel_events(corridor, question, month, month)
    of_it = events["changed"].map(lambda names: stretch in names.split(";")).astype(bool)
    days = [date.fromisoformat(text) for text in events.loc[of_it & events["dated"] & (events["kind"] == kind), "date"]]
    if not days:
        return first_day(str(month)), False
    return (min(days), True) if kind == "opened" else (max(days) + timedelta(days=1), True)
