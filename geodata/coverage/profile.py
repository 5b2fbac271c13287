"""A route straightened: hours ahead as she travels it, hour by hour, with borders, stops and classes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from geodata.corridor import Corridor
from geodata.corridor.arcs import Ints
from geodata.coverage.classes import CLASSES, begins_run, class_codes, classed, runs
from geodata.coverage.hours import HOUR_COLUMNS, HoursAhead, asked_arcs, hours_ahead, network_nodes, route_nodes
from geodata.coverage.presence import sites_for
from geodata.coverage.question import Question
from geodata.coverage.search import hours_on_segments
from geodata.units import PACES


@dataclass(frozen=True)
class Profile:
    """What a strip draws. Hours along it are at typical pace from the route's start; km are on the ellipsoid.

    `stops` (in order): place_id, name, country_iso3, at_hours, at_km, low_hours, typical_hours, high_hours,
    next_service, next_place, unknown, here (help stands at this place).
    `stretches`, one per leg: leg_id, from_place, to_place, mode, basis, valid, backward, leg_low, leg_typical,
    leg_high (its own hours), start_hours, end_hours, start_km, end_km, and the low, typical, high hours ahead just
    after its start and at its end (`low_start` … `high_end`; NaN none ahead or not known).
    `runs`: class, unconfirmed, country_iso3, leg_id (the first), from_km, to_km, from_hours, to_hours.
    `leg_runs`: the same classes per leg, measured along each leg (`classes.runs`).
    `borders`: at_hours, at_km, from_country, to_country ("" = at sea).
    `lengths_km` and `hours` by class, all of the classification's; they add up to the route's.
    `segments`, in the order of travel: leg_id, country_iso3, class, start_hours, hours (its own, at typical pace) and
    `leg_position`, the stretch on which it lies.
    """

    stops: pd.DataFrame
    stretches: pd.DataFrame
    runs: pd.DataFrame
    leg_runs: pd.DataFrame
    borders: pd.DataFrame
    lengths_km: pd.Series[float]
    hours: pd.Series[float]
    segments: pd.DataFrame


#: Segments of the question's own `hours_ahead` in; the same out, with `class` and `unconfirmed`.
Classify = Callable[[Corridor, Question, pd.DataFrame], pd.DataFrame]


def profile(
    corridor: Corridor, question: Question, classify: Classify = classed, classes: Sequence[str] = CLASSES
) -> Profile:
    """The route of the question, straightened in its direction of travel. Raises `UnknownName` without a known route.

    `classify` puts each segment into one of `classes`: the six against the window, or another classification.
    """
    ahead = hours_ahead(corridor, question)
    stretches = _stretches(corridor, question)
    stops = _stops(corridor, ahead, stretches)
    segments = _along(classify(corridor, question, ahead.segments), stretches)
    stops = _doubted(stops, segments)
    by_class = segments.assign(km=segments["to_km"] - segments["from_km"]).groupby("class")[["km", "hours"]].sum()
    by_class = by_class.reindex(list(classes), fill_value=0.0)
    return Profile(
        stops=stops,
        stretches=_with_hours_ahead(stretches, stops),
        runs=_runs(segments),
        leg_runs=runs(segments.sort_index()),
        borders=_borders(segments),
        lengths_km=by_class["km"],
        hours=by_class["hours"],
        segments=segments,
    )


def lane(corridor: Corridor, question: Question) -> pd.DataFrame:
    """The `runs` of `profile` alone, reckoned on arrays: for the thin lanes that stand beside each other in a strip."""
    codes, nearest = codes_along(corridor, question)
    confirmed = np.append(sites_for(corridor, question)["confirmed"].to_numpy(dtype=bool), True)
    named = np.array(CLASSES, dtype=object)[codes]
    return _runs(along(corridor, question).assign(**{"class": named, "unconfirmed": ~confirmed[nearest]}))


def along(corridor: Corridor, question: Question) -> pd.DataFrame:
    """The segments of the question's route in the order of travel, whatever the date; index segment_id. Not to be changed.

    Columns of `corridor.segments`, `leg_position` (the stretch on which each lies), `remaining` (the share of its leg
    that is left where she enters it), start_km and end_km from the route's start, and start_hours and hours (its own)
    at typical pace. Raises `UnknownName` without a known route that runs the question's way.
    """
    return corridor.remembered(("along", question.route), lambda: _route_along(corridor, question), of_services=False)


def codes_along(corridor: Corridor, question: Question) -> tuple[Ints, Ints]:
    """What `classed` says of each segment of `along`, on arrays: its class as a position in `CLASSES`, and its next site.

    The site is a position in `sites_for`; -1 where none is ahead.
    """
    segments = along(corridor, question)
    counts = np.bincount(segments["leg_position"])
    codes, nearest = _codes(corridor, question, segments, counts)
    missed = (codes == CLASSES.index("gap")) | (codes == CLASSES.index("none_ahead"))
    if missed.any() and (question.status == "confirmed" or not question.asks_state):
        hoped, _ = _codes(corridor, question, segments, counts, possible=True)
        codes = np.where(missed & (hoped <= CLASSES.index("fast_only")), CLASSES.index("unknown"), codes)
    return codes, nearest


def _route_along(corridor: Corridor, question: Question) -> pd.DataFrame:
    stretches = _stretches(corridor, question)
    return _along(corridor.segments[corridor.segments["leg_id"].isin(stretches["leg_id"])], stretches)


def _codes(
    corridor: Corridor, question: Question, segments: pd.DataFrame, counts: Ints, *, possible: bool = False
) -> tuple[Ints, Ints]:
    """Per segment along the route its class as a position in `CLASSES`, and its next site's position (-1 none)."""
    directed = corridor.arcs[question.direction]
    sites = sites_for(corridor, question, possible=possible)
    arcs, _, nodes = route_nodes(corridor, question, directed, network_nodes(corridor, question, directed, sites))
    remaining = segments["remaining"].to_numpy()
    hours = np.vstack(
        [hours_on_segments(remaining, directed.hours[row][arcs], nodes.hours[row][1:], counts) for row in range(3)]
    )
    gone = np.repeat(~directed.valid_at(question.as_of)[arcs], counts)
    hours[:, gone] = np.inf
    codes = class_codes(hours, np.repeat(nodes.unknown[1:], counts) | gone, question.window_hours)
    return codes, np.repeat(nodes.nearest[1][1:], counts)


def _stretches(corridor: Corridor, question: Question) -> pd.DataFrame:
    arcs = asked_arcs(corridor, question)
    directed = corridor.arcs[question.direction]
    legs = corridor.legs.iloc[directed.leg[arcs]]
    ends_hours, ends_km = np.cumsum(directed.hours[1][arcs]), np.cumsum(legs["length_km"].to_numpy())
    return pd.DataFrame(
        {
            "leg_id": legs.index,
            "from_place": corridor.places.index[directed.tail[arcs]],
            "to_place": corridor.places.index[directed.head[arcs]],
            "mode": legs["mode"].to_numpy(),
            "basis": legs["basis"].to_numpy(),
            "valid": directed.valid_at(question.as_of)[arcs],
            "backward": directed.backward[arcs],
            **{f"leg_{pace}": directed.hours[row][arcs] for row, pace in enumerate(PACES)},
            "start_hours": np.concatenate([[0.0], ends_hours[:-1]]),
            "end_hours": ends_hours,
            "start_km": np.concatenate([[0.0], ends_km[:-1]]),
            "end_km": ends_km,
        }
    )


def _stops(corridor: Corridor, ahead: HoursAhead, stretches: pd.DataFrame) -> pd.DataFrame:
    places = corridor.places.loc[ahead.places.index, ["name", "country_iso3"]]
    at = {"at_hours": [0.0, *stretches["end_hours"]], "at_km": [0.0, *stretches["end_km"]]}
    table = pd.concat([places, ahead.places], axis=1).assign(**at)
    return table.assign(here=table["next_place"] == table.index).rename_axis("place_id").reset_index()


def _doubted(stops: pd.DataFrame, segments: pd.DataFrame) -> pd.DataFrame:
    """The stops, where nothing is ahead `unknown` also if the way on from there is: a possible service may be ahead."""
    unknown = segments.groupby("leg_position")["class"].first().to_numpy() == "unknown"
    return stops.assign(unknown=stops["unknown"] | (stops["typical_hours"].isna() & np.append(unknown, unknown[-1])))


def _with_hours_ahead(stretches: pd.DataFrame, stops: pd.DataFrame) -> pd.DataFrame:
    """Hours ahead when she reaches each stretch's end, and just after she left its start: its own hours more."""
    ends = {}
    for column in HOUR_COLUMNS:
        pace = column.removesuffix("_hours")
        ahead = np.where(stretches["valid"], stops[column].to_numpy()[1:], np.nan)
        ends[f"{pace}_start"], ends[f"{pace}_end"] = ahead + stretches[f"leg_{pace}"], ahead
    return stretches.assign(**ends)


def _along(segments: pd.DataFrame, stretches: pd.DataFrame) -> pd.DataFrame:
    """The route's segments in the order of travel, measured from its start; `remaining` is what is left of their leg."""
    position = pd.Index(stretches["leg_id"]).get_indexer(segments["leg_id"])
    leg = stretches.iloc[position]
    turned = leg["backward"].to_numpy()
    length_km = (leg["end_km"] - leg["start_km"]).to_numpy()
    from_km, to_km = segments["from_km"].to_numpy(), segments["to_km"].to_numpy()
    entered = np.where(turned, length_km - to_km, from_km)
    pace = (leg["end_hours"] - leg["start_hours"]).to_numpy() / length_km
    start_km = leg["start_km"].to_numpy() + entered
    measured = segments.assign(
        leg_position=position,
        remaining=1 - entered / length_km,
        start_km=start_km,
        end_km=start_km + to_km - from_km,
        start_hours=leg["start_hours"].to_numpy() + entered * pace,
        hours=(to_km - from_km) * pace,
    )
    return measured.iloc[np.argsort(start_km, kind="stable")]


def _runs(segments: pd.DataFrame) -> pd.DataFrame:
    """Neighbours of one class, mark and country joined; hours and km from the route's start."""
    first = np.flatnonzero(begins_run(segments, ["class", "unconfirmed", "country_iso3"]))
    last = np.append(first[1:], len(segments)) - 1
    starts, ends = segments.iloc[first], segments.iloc[last]
    return pd.DataFrame(
        {
            "class": starts["class"].to_numpy(),
            "unconfirmed": starts["unconfirmed"].to_numpy(),
            "country_iso3": starts["country_iso3"].to_numpy(),
            "leg_id": starts["leg_id"].to_numpy(),
            "from_km": starts["start_km"].to_numpy(),
            "to_km": ends["end_km"].to_numpy(),
            "from_hours": starts["start_hours"].to_numpy(),
            "to_hours": (ends["start_hours"] + ends["hours"]).to_numpy(),
        }
    )


def _borders(segments: pd.DataFrame) -> pd.DataFrame:
    before = segments["country_iso3"].shift()
    crossing = segments[(segments["country_iso3"] != before) & before.notna()]
    return pd.DataFrame(
        {
            "at_hours": crossing["start_hours"],
            "at_km": crossing["start_km"],
            "from_country": before[crossing.index],
            "to_country": crossing["country_iso3"],
        }
    ).reset_index(drop=True)
