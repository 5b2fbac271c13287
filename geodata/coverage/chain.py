"""The protection chain: care, then somebody to talk to, a bed the same night, a lawyer; and which link is missing first."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from geodata.corridor import Corridor
from geodata.corridor.arcs import Bools, Ints
from geodata.coverage.presence import sites_for
from geodata.coverage.question import Question
from geodata.coverage.standing import (
    HELD,
    UNKNOWN,
    Ahead,
    places_ahead,
    segment_ids,
    segments_ahead,
    standing,
    travel_hours,
)
from geodata.errors import UnknownName
from geodata.units import Hours

WHOLE, NOT_KNOWN = "whole", "unknown"
#: How a link stands at the usual pace, in the order of the codes of `standing`; then: no place of care to count it from.
LINK_STATES = ("held", "unknown", "missing", "no_care")
NO_CARE = LINK_STATES.index("no_care")


@dataclass(frozen=True)
class Link:
    """One link: a capability that must be reached within `limit_hours`, counted from her or from the place of care."""

    capability: str
    limit_hours: Hours
    counted_from: str

    @property
    def column(self) -> str:
        """The column of `chain_classed` that says how this link stands."""
        return f"{self.capability}_link"


@dataclass(frozen=True)
class _Reading:
    """How one link stands for each segment, a row per pace; where its help is (-1 none ahead); whether it is confirmed."""

    states: Ints
    place: Ints
    confirmed: Bools

    def from_place(self, care: Ints) -> _Reading:
        """A reading of places as one of segments, each from its place of care; where there is none, `no_care`."""
        states = np.where(care < 0, NO_CARE, self.states[:, care])
        return _Reading(states, np.where(care < 0, -1, self.place[care]), (care < 0) | self.confirmed[care])


def links(corridor: Corridor) -> tuple[Link, ...]:
    """The capabilities with a rank in the chain, in that order. Raises `UnknownName` where no capability has one."""
    rows = corridor.capabilities.dropna(subset=["chain_rank"]).sort_values("chain_rank", kind="stable")
    if rows.empty:
        raise UnknownName("No capability has a chain_rank: give the table capabilities at least one link.")
    return tuple(
        Link(str(row.Index), Hours(float(row.chain_limit_hours)), str(row.chain_from))  # type: ignore[arg-type]
        for row in rows.itertuples()
    )


def chain_classes(corridor: Corridor) -> tuple[str, ...]:
    """What a segment can be: the whole chain holds, or the first missing link by its capability, or not known."""
    return (WHOLE, *(link.capability for link in links(corridor)), NOT_KNOWN)


def chain_links(corridor: Corridor, question: Question) -> tuple[Link, ...]:
    """The links as a question asks for them: its window takes the place of the first link's limit."""
    first, *later = links(corridor)
    return (Link(first.capability, question.window_hours, first.counted_from), *later)


def chain_classed(corridor: Corridor, question: Question, segments: pd.DataFrame) -> pd.DataFrame:
    """The segments with `class`: `whole`, or the first missing link, or `unknown` where one before it is not known.

    Every link is ahead of her. The first is counted in hours from where she enters the segment, later ones from the
    place of that care (`place_of_care`, "" = none ahead): the rest of the route, or from a place off it the network. A
    link holds where its hours at typical pace are at most its limit; it is not known where only a possible service, or
    one whose admission of her is not published, would bring it into the limit, or where nothing is ahead and the way is
    not known. `first_missing_low` and `first_missing_high` are the class at the fast and at the slow pace, by the same
    care. A column per link (`Link.column`) has its state at typical pace, one of `LINK_STATES`. `unconfirmed`: some
    link before the first missing one rests on a service that nobody confirmed of late. Only public services count:
    a secret shelter enters no distance, so the chain may hold where this cannot be shown. The question's capability is
    not asked. Index as given.
    """
    asked = chain_links(corridor, question)
    readings = _readings(corridor, question, asked)
    states = np.stack([reading.states for reading in readings])
    first = _first_missing(states)
    low, typical, high = np.array([*(link.capability for link in asked), WHOLE, NOT_KNOWN], dtype=object)[
        np.where(_doubted(states, first), len(asked) + 1, first)
    ]
    rests = np.stack([~reading.confirmed for reading in readings]) & (np.arange(len(asked))[:, None] < first[1])
    columns = {
        "class": typical,
        "first_missing_low": low,
        "first_missing_high": high,
        "unconfirmed": rests.any(axis=0),
        "place_of_care": np.append(corridor.places.index.to_numpy(dtype=object), "")[readings[0].place],
        **{link.column: _named(reading.states[1]) for link, reading in zip(asked, readings, strict=True)},
    }
    found = pd.DataFrame(columns, index=segment_ids(corridor, question)).reindex(segments.index)
    return segments.assign(**{name: found[name] for name in columns})


def _readings(corridor: Corridor, question: Question, asked: tuple[Link, ...]) -> list[_Reading]:
    """Each link for each segment. The first is the care from which others may be counted."""
    care = _reading(corridor, question, asked[0], from_her=True)
    readings = [care]
    for link in asked[1:]:
        from_her = link.counted_from == "her"
        reading = _reading(corridor, question, link, from_her=from_her)
        readings.append(reading if from_her else reading.from_place(care.place))
    return readings


def _reading(corridor: Corridor, question: Question, link: Link, *, from_her: bool) -> _Reading:
    """One link, for every segment where it is counted from her, else for every place."""
    ahead_of = segments_ahead if from_her else places_ahead
    put = question.with_(capability=link.capability)
    sites = sites_for(corridor, put)
    known: Ahead = ahead_of(corridor, put, sites)
    hoped: Ahead = ahead_of(corridor, put, sites_for(corridor, put, possible=True))
    places = corridor.places.index.get_indexer(pd.Index(sites["at_place"]))
    return _Reading(
        states=standing(known.codes(link.limit_hours), hoped.codes(link.limit_hours)),
        place=np.append(places, -1)[known.nearest],
        confirmed=np.append(sites["confirmed"].to_numpy(dtype=bool), True)[known.nearest],
    )


def _first_missing(states: Ints) -> Ints:
    """Per pace and segment the first link that does not hold, by position; the number of links where all hold."""
    broken = states != HELD
    first: Ints = np.where(broken.any(axis=0), broken.argmax(axis=0), len(states))
    return first


def _doubted(states: Ints, first: Ints) -> Bools:
    """Per pace and segment whether the first link that does not hold is one that is not known."""
    at_first = np.take_along_axis(states, np.minimum(first, len(states) - 1)[None], axis=0)[0]
    doubted: Bools = at_first == UNKNOWN
    return doubted


def _named(states: Ints) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    return np.array(LINK_STATES, dtype=object)[states]


def chain_shares(corridor: Corridor, classed: pd.DataFrame) -> pd.DataFrame:
    """How much of the travel falls to each class, from the segments of `chain_classed`. Index `class`, all of them.

    Columns km (ellipsoid) and hours (at typical pace) of the segments in the class, and low_share, typical_share,
    high_share: the share of the hours whose class it is at the fast, the usual and the slow pace. The shares of each
    pace add up to 1; a class without a segment has 0; without any segment the shares are NaN.
    """
    hours = travel_hours(corridor, classed)
    length_km = classed["to_km"] - classed["from_km"]
    names = list(chain_classes(corridor))
    by_pace = {
        "low_share": classed["first_missing_low"],
        "typical_share": classed["class"],
        "high_share": classed["first_missing_high"],
    }
    table = {
        "km": length_km.groupby(classed["class"]).sum(),
        "hours": hours.groupby(classed["class"]).sum(),
        **{column: _shares(hours, of) for column, of in by_pace.items()},
    }
    whole = {name: values.reindex(names, fill_value=0.0) for name, values in table.items()}
    return pd.DataFrame(whole).rename_axis("class")


def _shares(hours: pd.Series[float], of: pd.Series[str]) -> pd.Series[float]:
    return hours.groupby(of).sum() / float(np.sum(hours))
