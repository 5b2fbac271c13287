"""What a route asks for: its segments with the hours that she spends in them, and the help that there is already."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from geodata.corridor import Corridor
from geodata.corridor.arcs import Bools, Floats, Ints
from geodata.coverage.classes import CLASSES
from geodata.coverage.exposure import HOURS_OF_A_DAY
from geodata.coverage.flows import Flow, route_flow
from geodata.coverage.hours import asked_arcs
from geodata.coverage.presence import sites_for
from geodata.coverage.profile import along, codes_along
from geodata.coverage.question import Question
from geodata.coverage.spent import travel
from geodata.coverage.standing import segment_ids, segments_ahead
from geodata.coverage.stays import stay_hours
from geodata.errors import UnknownName
from geodata.schema import COUNTRIES


@dataclass(frozen=True, eq=False)
class Demand:
    """The segments of a question's route in the order of travel, and how help stands before anything is planned.

    `segments` as in `along`; `own` the hours that each takes (a row per pace); `ahead` the hours to existing help at each
    pace, infinite where none is ahead; `next_service` its id ("" none); `unknown` those whose class is unknown; `gone`
    those whose leg does not hold at the date. `whole` are the hours of the whole route per pace, with waits where the
    question counts them: what is counted where no help is ahead. `flow` is the month's count at the counting point.
    """

    segments: pd.DataFrame
    own: Floats
    ahead: Floats
    next_service: tuple[str, ...]
    unknown: Bools
    gone: Bools
    whole: Floats
    flow: Flow

    @property
    def woman_days_per_hour(self) -> float:
        """What an hour of every woman's travel is in woman-days of the month; NaN where the count is not known."""
        return self.flow.count / HOURS_OF_A_DAY


def demand(corridor: Corridor, question: Question, part: str = "") -> Demand:
    """The demand of the question's route. The weight of a segment is the hours of travel in it at typical pace.

    With `part` only what of the route lies in that named stretch or country (ISO code) asks for anything. Raises
    `UnknownName` without a known route that runs the question's way, and where none of it lies in the part.
    """
    if question.route is None:
        raise UnknownName("Places are sought on one route: name it.")
    whole = _whole_demand(corridor, question)
    if not part:
        return whole
    kept = in_part(corridor, question, part)
    if not kept.any():
        raise UnknownName(f"None of route {question.route} lies in {part!r}: name another part, or none for all of it.")
    return replace(
        whole,
        segments=whole.segments[kept],
        own=whole.own[:, kept],
        ahead=whole.ahead[:, kept],
        next_service=tuple(np.array(whole.next_service, dtype=object)[kept]),
        unknown=whole.unknown[kept],
        gone=whole.gone[kept],
    )


def in_part(corridor: Corridor, question: Question, part: str) -> Bools:
    """Which segments of the question's route lie in a named stretch or a country; all of them in "".

    Raises `UnknownName` for a part that is neither.
    """
    segments = along(corridor, question)
    if not part:
        return np.ones(len(segments), dtype=bool)
    if part in corridor.stretches.index:
        legs = str(corridor.stretches.at[part, "legs"]).split(";")
        return np.asarray(segments["leg_id"].isin(legs), dtype=bool)
    if part not in COUNTRIES:
        stretches = ", ".join(corridor.stretches.index)
        raise UnknownName(f"There is no part {part!r}: name a stretch ({stretches}) or a country by its ISO code.")
    return np.asarray(segments["country_iso3"] == part, dtype=bool)


def part_on_route(corridor: Corridor, question: Question, part: str) -> str:
    """The part where some of the question's route lies in it, else "": all of the route. Raises as `in_part`."""
    return part if in_part(corridor, question, part).any() else ""


def _whole_demand(corridor: Corridor, question: Question) -> Demand:
    segments = along(corridor, question)
    order = pd.Index(segment_ids(corridor, question)).get_indexer(segments.index)
    sites = sites_for(corridor, question)
    found = segments_ahead(corridor, question, sites)
    codes, _ = codes_along(corridor, question)
    names = np.append(sites.index.to_numpy(dtype=object), "")
    return Demand(
        segments=segments,
        own=travel(corridor, question).amounts[:3],
        ahead=found.hours[:, order],
        next_service=tuple(names[found.nearest[order]]),
        unknown=codes == CLASSES.index("unknown"),
        gone=_gone(corridor, question)[segments["leg_position"].to_numpy(dtype=int)],
        whole=_whole(corridor, question),
        flow=route_flow(corridor, str(question.route), question.as_of),
    )


def _gone(corridor: Corridor, question: Question) -> Bools:
    """Per leg of the route whether it does not hold at the date."""
    gone: Bools = ~corridor.arcs[question.direction].valid_at(question.as_of)[asked_arcs(corridor, question)]
    return gone


def _whole(corridor: Corridor, question: Question) -> Floats:
    arcs: Ints = asked_arcs(corridor, question)
    directed = corridor.arcs[question.direction]
    hours: Floats = (directed.hours[:, arcs] + stay_hours(corridor, question)[:, directed.tail[arcs]]).sum(axis=1)
    return hours
