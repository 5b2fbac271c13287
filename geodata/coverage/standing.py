"""Whether help is in time for every segment and place, as arrays: what the chain and the cascade are both read from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from geodata.corridor import Corridor
from geodata.corridor.arcs import Arcs, Bools, Floats, Ints
from geodata.coverage.classes import CLASSES, class_codes
from geodata.coverage.hours import Nodes, network_nodes, route_nodes
from geodata.coverage.question import Question
from geodata.coverage.search import hours_on_segments

#: How help stands, the best first: in time, in time only if what is not known turns out well, not in time.
HELD, UNKNOWN, MISSING = 0, 1, 2
#: For each pace (low, typical, high) the last of the classes in which help comes in time at that pace.
IN_TIME = np.array([[CLASSES.index(name)] for name in ("fast_only", "usual_pace", "covered")])


@dataclass(frozen=True)
class Ahead:
    """Per segment or place: hours ahead (a row per pace, infinite where nothing is), the next site, the unknown way.

    `nearest` is a position in the sites at typical pace, -1 where none is ahead; `unknown` as in `HoursAhead`.
    """

    hours: Floats
    nearest: Ints
    unknown: Bools

    def codes(self, limit_hours: float) -> Ints:
        """The class of each against the limit, as positions in `CLASSES`."""
        return class_codes(self.hours, self.unknown, limit_hours)


@dataclass(frozen=True)
class Entries:
    """The segments of a question as she enters them, arc by arc; on the network a lateral leg's come once for each way.

    Per segment its position in the corridor's table (which is its id) and the share of its arc that `remaining`;
    per arc its position, and `counts`, the number of its segments.
    """

    segment: Ints
    remaining: Floats
    arcs: Ints
    counts: Ints


def standing(codes: Ints, hoped: Ints) -> Ints:
    """How help stands at each pace (a row per pace), from the class by known help and the class if doubts turn out well."""
    doubtful = (codes == CLASSES.index("unknown")) | (hoped <= IN_TIME)
    return np.select([codes <= IN_TIME, doubtful], [HELD, UNKNOWN], default=MISSING)


def entries(corridor: Corridor, question: Question) -> Entries:
    """The segments of the question's route, or of every leg of the network that holds at the date."""
    key = ("entries", question.direction, question.route or question.as_of)
    return corridor.remembered(key, lambda: _entries(corridor, question), of_services=False)


def _entries(corridor: Corridor, question: Question) -> Entries:
    directed = corridor.arcs[question.direction]
    valid = directed.valid_at(question.as_of)
    arcs = np.array(corridor.route_arcs(question.route)) if question.route else np.flatnonzero(valid)
    legs = directed.leg[arcs]
    counts = corridor.first_segment[legs + 1] - corridor.first_segment[legs]
    segment = np.repeat(corridor.first_segment[legs] - np.cumsum(counts) + counts, counts) + np.arange(counts.sum())
    length_km = np.repeat(corridor.legs["length_km"].to_numpy()[legs], counts)
    from_km, to_km = (corridor.segments[name].to_numpy()[segment] for name in ("from_km", "to_km"))
    entered_km = np.where(np.repeat(directed.backward[arcs], counts), to_km, length_km - from_km)
    return Entries(segment, entered_km / length_km, arcs, counts)


def segment_ids(corridor: Corridor, question: Question) -> Ints:
    """The ids of the question's segments, in the order of `segments_ahead`: that of `hours_ahead`."""
    segment = entries(corridor, question).segment
    return segment if question.route else np.unique(segment)


def segments_ahead(corridor: Corridor, question: Question, sites: pd.DataFrame) -> Ahead:
    """Hours from every segment, where she enters it, to the nearest of the sites ahead: as in `hours_ahead`.

    `sites` has at_place and walk_hours. On a route a leg that does not hold at the date has nothing ahead and is unknown.
    """
    directed = corridor.arcs[question.direction]
    nodes = network_nodes(corridor, question, directed, sites)
    entered = entries(corridor, question)
    if question.route is None:
        return _soonest(entered, _on_arcs(entered, directed, directed.head[entered.arcs], nodes))
    _, stops, along = route_nodes(corridor, question, directed, nodes)
    ahead = _on_arcs(entered, directed, np.arange(1, len(stops)), along)
    gone = np.repeat(~directed.valid_at(question.as_of)[entered.arcs], entered.counts)
    return Ahead(np.where(gone, np.inf, ahead.hours), np.where(gone, -1, ahead.nearest), ahead.unknown | gone)


def places_ahead(corridor: Corridor, question: Question, sites: pd.DataFrame) -> Ahead:
    """Hours from every place of the corridor, in the order of its table, to the nearest of the sites ahead.

    On a chosen route the places of the route have the rest of that route ahead of them; those off it, the network.
    """
    directed = corridor.arcs[question.direction]
    nodes = network_nodes(corridor, question, directed, sites)
    hours, nearest, unknown = nodes.hours.copy(), nodes.nearest[1].copy(), nodes.unknown.copy()
    if question.route is not None:
        _, stops, along = route_nodes(corridor, question, directed, nodes)
        hours[:, stops], nearest[stops], unknown[stops] = along.hours, along.nearest[1], along.unknown
    return Ahead(hours, nearest, unknown)


def _on_arcs(entered: Entries, directed: Arcs, heads: Ints, nodes: Nodes) -> Ahead:
    """Each segment where she enters it; `heads` are the positions in `nodes` of the ends of the arcs."""
    ahead, counts = nodes.hours[:, heads], entered.counts
    arc_hours = directed.hours[:, entered.arcs]
    hours = [hours_on_segments(entered.remaining, arc_hours[pace], ahead[pace], counts) for pace in range(3)]
    nearest, unknown = nodes.nearest[1][heads], nodes.unknown[heads]
    return Ahead(np.vstack(hours), np.repeat(nearest, counts), np.repeat(unknown, counts))


def _soonest(entered: Entries, ahead: Ahead) -> Ahead:
    """One value per segment, in the order of their ids: of two ways along a leg the least hours at each pace."""
    order = np.lexsort((ahead.hours[1], entered.segment))
    first = np.flatnonzero(np.diff(entered.segment[order], prepend=-1))
    hours = np.minimum.reduceat(ahead.hours[:, order], first, axis=1) if len(first) else ahead.hours
    return Ahead(hours, ahead.nearest[order][first], ahead.unknown[order][first])


def travel_hours(corridor: Corridor, segments: pd.DataFrame) -> pd.Series[float]:
    """Hours that each segment takes at typical pace: its share of its leg's. Index as given."""
    legs = corridor.legs.loc[segments["leg_id"], ["hours_typical", "length_km"]].to_numpy()
    hours: pd.Series[float] = (segments["to_km"] - segments["from_km"]) * (legs[:, 0] / legs[:, 1])
    return hours
