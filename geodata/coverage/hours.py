"""Hours ahead: travel, off-route and waiting time from every place and segment to the next help in the direction of travel."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from geodata.corridor import Corridor
from geodata.corridor.arcs import Arcs, Bools, Floats, Ints
from geodata.coverage.presence import WAIT_COLUMNS, sites_for
from geodata.coverage.question import Question
from geodata.coverage.search import hours_at_nodes, hours_on_segments, reversed_graph
from geodata.coverage.stays import stay_hours
from geodata.errors import UnknownName
from geodata.units import PACES, Hours

#: On a chosen route help this far off it, by the network at typical pace, still counts.
OFF_ROUTE_HOURS = Hours(2.0)
HOUR_COLUMNS = [f"{pace}_hours" for pace in PACES]


@dataclass(frozen=True)
class HoursAhead:
    """The answer for one question, in hours; NaN where no help is ahead (or, with `unknown`, where the way on is not known).

    `places`: index place_id, columns low_hours, typical_hours, high_hours, next_service ("" = none ahead), next_place,
    unknown. On a chosen route, the places of the route in the order of travel.
    `segments`: index segment_id, columns leg_id, from_km, to_km, country_iso3, admin1, the three hours where she enters
    the segment, next_place, unknown, travelled (False where the leg does not hold at the date).
    """

    places: pd.DataFrame
    segments: pd.DataFrame


@dataclass(frozen=True)
class Nodes:
    """Hours at every place (a row per pace), the nearest source at each pace, and where the way onward is not known.

    Where help has to be waited for, `beside` holds hours and nearest from help at most `OFF_ROUTE_HOURS` of travel away
    alone, the wait added after that was judged; else None: then hours and nearest tell it themselves.
    """

    hours: Floats
    nearest: Ints
    unknown: Bools
    beside: tuple[Floats, Ints] | None = None


def hours_ahead(corridor: Corridor, question: Question, *, possible: bool = False) -> HoursAhead:
    """Hours ahead of every place and segment, for one capability, direction, date and status, on the network or a route.

    Three runs, each with its own hours, give low, typical and high. On the network the least path is taken; on a chosen
    route the rest of that route, with help at most 2 h off it. Help behind is never counted. With `possible`, help that
    should exist but was never seen at work counts too. Raises `UnknownName` for a route that is not there or runs the
    other way.
    """
    directed = corridor.arcs[question.direction]
    sites = sites_for(corridor, question, possible=possible)
    nodes = network_nodes(corridor, question, directed, sites)
    if question.route is None:
        return _network_answer(corridor, question, directed, sites, nodes)
    return _route_answer(corridor, question, directed, sites, nodes)


def network_nodes(corridor: Corridor, question: Question, directed: Arcs, sites: pd.DataFrame) -> Nodes:
    """Hours from every place of the corridor (in the order of the places table) to the nearest of the sites ahead.

    Where the sites have `WAIT_COLUMNS`, the wait at each is added: the nearest is the one that helps her first.
    """
    count = len(corridor.places)
    valid = directed.valid_at(question.as_of)
    tail, head = directed.tail[valid], directed.head[valid]
    waits = stay_hours(corridor, question)
    sources = corridor.places.index.get_indexer(pd.Index(sites["at_place"])).astype(np.int64)
    offsets = sites["walk_hours"].to_numpy(dtype=float)
    graphs = [reversed_graph(tail, head, directed.hours[pace][valid] + waits[pace][tail], count) for pace in range(3)]
    unknown = _leads_to_ended(directed, valid, count)
    if WAIT_COLUMNS[0] in sites:
        hours, nearest, beside = _waited_for(graphs, sources, offsets, sites[WAIT_COLUMNS].to_numpy(dtype=float))
        return Nodes(hours, nearest, np.isinf(hours[1]) & unknown, beside)
    hours, nearest = _reached(graphs, sources, offsets)
    return Nodes(hours, nearest, np.isinf(hours[1]) & unknown)


def _reached(graphs: list[csr_array], sources: Ints, offsets: Floats) -> tuple[Floats, Ints]:
    """Hours from every place to the nearest source at each pace, and which one it is."""
    count = graphs[0].shape[0]
    hours, nearest = np.full((3, count), np.inf), np.full((3, count), -1, dtype=np.int64)
    for pace, graph in enumerate(graphs) if len(sources) else ():
        hours[pace], nearest[pace] = hours_at_nodes(graph, sources, offsets)
    return hours, nearest


def _waited_for(
    graphs: list[csr_array], sources: Ints, offsets: Floats, waits: Floats
) -> tuple[Floats, Ints, tuple[Floats, Ints]]:
    """The same with the wait at each source added (a row per source, a column per pace), and what is near by travel.

    Sources with equal waits are searched together; of them all she takes the one that helps her first at each pace.
    """
    count = graphs[0].shape[0]
    hours, nearest = np.full((3, count), np.inf), np.full((3, count), -1, dtype=np.int64)
    near_hours, near_nearest = hours.copy(), nearest.copy()
    for wait in np.unique(waits, axis=0):
        alike = np.flatnonzero((waits == wait).all(axis=1))
        travel, which = _reached(graphs, sources[alike], offsets[alike])
        _sooner(hours, nearest, travel + wait[:, np.newaxis], alike[which])
        close = np.where(travel[1] <= OFF_ROUTE_HOURS, travel, np.inf)
        _sooner(near_hours, near_nearest, close + wait[:, np.newaxis], alike[which])
    return hours, nearest, (near_hours, near_nearest)


def _sooner(hours: Floats, nearest: Ints, others: Floats, their_nearest: Ints) -> None:
    """Puts the others in where they are sooner."""
    better = others < hours
    hours[better], nearest[better] = others[better], their_nearest[better]


def _leads_to_ended(directed: Arcs, valid: Bools, count: int) -> Bools:
    """From which places some way ahead comes to a leg that does not hold at the date."""
    ended = np.unique(directed.tail[~valid])
    if not len(ended):
        return np.zeros(count, dtype=bool)
    graph = reversed_graph(directed.tail[valid], directed.head[valid], np.ones(int(valid.sum())), count)
    return np.isfinite(hours_at_nodes(graph, ended, np.zeros(len(ended)))[0])


def _network_answer(
    corridor: Corridor, question: Question, directed: Arcs, sites: pd.DataFrame, nodes: Nodes
) -> HoursAhead:
    arcs = np.flatnonzero(directed.valid_at(question.as_of))
    segments = _segment_hours(corridor, directed, arcs, directed.head[arcs], nodes, sites)
    return HoursAhead(_place_table(corridor, np.arange(len(corridor.places)), nodes, sites), _better_way(segments))


def _route_answer(
    corridor: Corridor, question: Question, directed: Arcs, sites: pd.DataFrame, network: Nodes
) -> HoursAhead:
    arcs, stops, nodes = route_nodes(corridor, question, directed, network)
    segments = _segment_hours(corridor, directed, arcs, np.arange(1, len(stops)), nodes, sites)
    travelled = np.repeat(directed.valid_at(question.as_of)[arcs], _counts(corridor, directed.leg[arcs]))
    segments = segments.assign(travelled=travelled, unknown=segments["unknown"] | ~travelled)
    segments.loc[~travelled, HOUR_COLUMNS] = np.nan
    return HoursAhead(_place_table(corridor, stops, nodes, sites), segments)


def route_nodes(corridor: Corridor, question: Question, directed: Arcs, network: Nodes) -> tuple[Ints, Ints, Nodes]:
    """The route's arcs, its stops (positions in the places table) and the hours at each stop along the rest of the route."""
    arcs = asked_arcs(corridor, question)
    stops = np.array([directed.tail[arcs[0]], *directed.head[arcs]])
    hours, nearest = _beside(network, stops)
    unknown = np.zeros(len(stops), dtype=bool)
    waits, valid = stay_hours(corridor, question), directed.valid_at(question.as_of)
    for stop in range(len(arcs) - 1, -1, -1):
        arc = arcs[stop]
        onward = (
            directed.hours[:, arc] + waits[:, stops[stop]] + hours[:, stop + 1] if valid[arc] else np.full(3, np.inf)
        )
        sooner = onward < hours[:, stop]
        hours[sooner, stop] = onward[sooner]
        nearest[sooner, stop] = nearest[sooner, stop + 1]
        unknown[stop] = np.isinf(hours[1, stop]) and (not valid[arc] or unknown[stop + 1])
    return arcs, stops, Nodes(hours, nearest, unknown)


def _beside(network: Nodes, stops: Ints) -> tuple[Floats, Ints]:
    """Hours at the stops to help that is near enough to the route to count, and which it is."""
    if network.beside is not None:
        return network.beside[0][:, stops], network.beside[1][:, stops]
    near = network.hours[1][stops] <= OFF_ROUTE_HOURS
    return np.where(near, network.hours[:, stops], np.inf), np.where(near, network.nearest[:, stops], -1)


def asked_arcs(corridor: Corridor, question: Question) -> Ints:
    """The positions of the route's legs, in the order of travel, among the arcs of the question's direction.

    Raises `UnknownName` for a route that is not there or runs the other way.
    """
    arcs = np.array(corridor.route_arcs(str(question.route)))
    if corridor.routes.at[question.route, "direction"] != question.direction:
        raise UnknownName(f"Route {question.route} does not run {question.direction}.")
    return arcs


def _counts(corridor: Corridor, legs: Ints) -> Ints:
    """How many segments each of the legs has."""
    return corridor.first_segment[legs + 1] - corridor.first_segment[legs]


def _segment_hours(
    corridor: Corridor, directed: Arcs, arcs: Ints, heads: Ints, nodes: Nodes, sites: pd.DataFrame
) -> pd.DataFrame:
    """The segments of the given arcs, each where she enters it; `heads` are positions in `nodes`."""
    legs, counts = directed.leg[arcs], _counts(corridor, directed.leg[arcs])
    rows = np.repeat(corridor.first_segment[legs] - np.cumsum(counts) + counts, counts) + np.arange(counts.sum())
    length_km = np.repeat(corridor.legs["length_km"].to_numpy()[legs], counts)
    table = corridor.segments.iloc[rows].copy()
    entered_km = np.where(np.repeat(directed.backward[arcs], counts), table["to_km"], length_km - table["from_km"])
    remaining, head_of = entered_km / length_km, np.repeat(heads, counts)
    for pace, column in enumerate(HOUR_COLUMNS):
        hours = hours_on_segments(remaining, directed.hours[pace][arcs], nodes.hours[pace][heads], counts)
        table[column] = np.where(np.isfinite(hours), hours, np.nan)
    nearest = nodes.nearest[1][head_of]
    return table.assign(
        next_service=_names(sites.index, nearest),
        next_place=_names(sites["at_place"], nearest),
        unknown=nodes.unknown[head_of],
        travelled=True,
    )


def _better_way(table: pd.DataFrame) -> pd.DataFrame:
    """One row per segment, in order: where a leg can be travelled both ways, the least hours of the two at each pace."""
    least = table[HOUR_COLUMNS].groupby(level=0).min() if not table.index.is_unique else None
    quicker = table.sort_values("typical_hours", kind="stable", na_position="last") if least is not None else table
    kept = quicker[~quicker.index.duplicated()].sort_index()
    return kept if least is None else kept.assign(**{column: least[column] for column in HOUR_COLUMNS})


def _place_table(corridor: Corridor, stops: Ints, nodes: Nodes, sites: pd.DataFrame) -> pd.DataFrame:
    hours = np.where(np.isfinite(nodes.hours), nodes.hours, np.nan)
    return pd.DataFrame(
        {
            **dict(zip(HOUR_COLUMNS, hours, strict=True)),
            "next_service": _names(sites.index, nodes.nearest[1]),
            "next_place": _names(sites["at_place"], nodes.nearest[1]),
            "unknown": nodes.unknown,
        },
        index=corridor.places.index[stops],
    )


def _names(names: pd.Index | pd.Series, positions: Ints) -> np.ndarray:
    """Names by position; "" for -1."""
    return np.append(np.asarray(names, dtype=object), "")[positions]
