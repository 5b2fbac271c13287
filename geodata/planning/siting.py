"""Where the next services should go on a route: the best places for an objective, proven, with what each is worth.

The existing services stand as they are; nothing here closes one. A planned service is taken to be at work at the
question's date, and to admit her for whom the question is asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from geodata.corridor import Corridor
from geodata.corridor.arcs import Bools
from geodata.coverage.hours import asked_arcs
from geodata.coverage.question import Question
from geodata.planning.alternatives import alternatives
from geodata.planning.candidates import Point, candidates, joined
from geodata.planning.choosing import Choice, best
from geodata.planning.curve import curve
from geodata.planning.ground import Ground, ground
from geodata.planning.measures import counted, measures, scale, unit
from geodata.planning.reasons import closed_before, reason
from geodata.planning.stretches import stretches
from geodata.planning.worth import effect, states, steps

#: Why a stretch is still not in time: some candidate could, with more places; none can; the way is not known to hold.
LEFT_REASONS = ("more_places", "no_candidate", "way_unknown")


@dataclass(frozen=True)
class Siting:
    """The best places for an objective. Every table's hours are at typical pace unless its column says otherwise.

    `value` and `bound` in `unit`: woman_days in time (mclp; hours of each woman's travel where the month's count is not
    known), woman_hours until help (p-median; mean_hours where not known), hours until help (p-center), places (lscp).
    No choice is better than `bound`; `optimal` tells that it is proven equal to `value`.

    `chosen`, by rank (index `rank` from 1; the first adds most): candidate, kind (new, upgrade), place_id, service_id
    ("" where new), country_iso3, place_kind (of the table places: a trailhead is no settlement), cost, alternatives
    (candidates at its very point, `;`), ties (those that could take its place at the same value, `;`), gain (in
    `unit`, over those before it; hours less for p-median and p-center), reason (of `reasons.REASONS`),
    low_gain_woman_days, typical_gain_woman_days, high_gain_woman_days (woman-days that come into time at that pace;
    NaN where the count is not known), low_gain_hours, typical_gain_hours, high_gain_hours (the same for one woman),
    gain_from_unknown_hours (of it, where it was not known), only_hours (no other place could bring them into time),
    of the longest stretch that it brings into time from_place, to_place, from_country, to_country, hours, km,
    start_hours_ahead (before, with those of lower rank at work; NaN none ahead), next_service (that help; a candidate
    where it is one of them; "" none ahead), stretches (how many there are), closed_service and closed (the last of
    the place that could do it and ended before the date; "" none), flags (what the do-no-harm check holds against its
    place, of `harm.HARMS`, `;`).
    `curve`: see `curve.curve`. `effect`: see `worth.effect`.
    `left`, in the order of travel: from_place, to_place, from_country, to_country, hours, km, woman_days, start_hours,
    start_hours_ahead, next_service (with the chosen at work), reason (of `LEFT_REASONS`), candidate (that brings most of it
    into time; "" none).
    `alternatives`: rank, candidate, alternative, why (same_point; tie: at the same value; near: at little less, at most
    three), loss (of `value`, in `unit`; hours more for p-median and p-center), share (of what the candidate is worth
    beside the others that is lost, 0 to 1), kind, place_id, service_id, cost, flags.
    """

    question: Question
    objective: str
    pace: str
    value: float
    bound: float
    optimal: bool
    unit: str
    chosen: pd.DataFrame
    curve: pd.DataFrame
    effect: pd.DataFrame
    left: pd.DataFrame
    alternatives: pd.DataFrame

    @property
    def candidates(self) -> tuple[str, ...]:
        """The chosen candidates by rank."""
        return tuple(self.chosen["candidate"])


def site(
    corridor: Corridor,
    question: Question,
    objective: str = "mclp",
    places: int = 3,
    *,
    budget: float | None = None,
    costs: tuple[float, float] | None = None,
    without: Sequence[str] = (),
    own: Sequence[Point] = (),
    pace: str = "typical",
    part: str = "",
    unsafe: Sequence[str] = (),
    avoid_flagged: bool = False,
) -> Siting:
    """The best places for a capability on the question's route, beside the services that there are.

    `objective`: mclp (most woman-days from which help is in time), p-median (fewest woman-hours until help), p-center (the
    fewest hours of her who is worst off), lscp (the fewest places so that all that any candidate can bring into time is;
    asks for no number). Where no help is ahead the hours of the whole route are counted in p-median and p-center;
    segments whose legs do not hold at the date are left out of both. At most
    `places` are chosen, or what a `budget` pays for, with `costs` of a new service and of an upgrade. Help is in time
    where its hours at `pace` are within the window. With `part` (a named stretch, or a country by its ISO code) only what
    of the route lies in it is sought help for; `effect` tells of the whole route all the same. `without` leaves out places,
    `own` are further points (lat, lon), `avoid_flagged` leaves out the places that the do-no-harm check flags, `unsafe`
    are those that the planner marks for it. A place that helps nobody is never chosen.

    Raises `UnknownName` without a known route, where institutions of the State are asked for, for an unknown word, place
    or point, and for a budget without costs.
    """
    found = candidates(
        corridor, question, without=without, own=own, costs=costs, unsafe=unsafe, avoid_flagged=avoid_flagged
    )
    made = ground(corridor, question, found, pace, part=part)
    choice = best(made, objective, places if budget is None else None, budget)
    times, plans = scale(made, objective), states(corridor, question, made.candidates.iloc[list(choice.chosen)])
    return Siting(
        question=question,
        objective=objective,
        pace=pace,
        value=choice.value * times,
        bound=choice.bound * times,
        optimal=choice.optimal,
        unit=unit(made, objective),
        chosen=_chosen(made, objective, choice, plans),
        curve=curve(made, objective, choice),
        effect=effect(plans, question),
        left=left(corridor, made, choice.chosen),
        alternatives=alternatives(found, made, objective, choice),
    )


def _chosen(made: Ground, objective: str, choice: Choice, plans: Sequence[Corridor]) -> pd.DataFrame:
    corridor = plans[0]
    picked = made.candidates.iloc[list(choice.chosen)]
    rows = [_row(corridor, made, objective, choice.chosen, rank) for rank in range(len(choice.chosen))]
    table = picked[["kind", "place_id", "service_id", "country_iso3", "cost", "alternatives", "flags"]].reset_index()
    kinds = corridor.places["kind"].reindex(table["place_id"]).to_numpy()
    table = table.assign(place_kind=kinds, ties=[joined(made.candidates.index[list(ties)]) for ties in choice.ties])
    gains = steps(plans, made.question)
    worth = pd.DataFrame(rows, columns=CHOSEN_FIGURES)
    whole = pd.concat([table, gains, worth], axis=1)
    return whole.set_index(pd.RangeIndex(1, len(whole) + 1, name="rank"))[CHOSEN_COLUMNS]


CHOSEN_FIGURES = [
    "gain",
    "reason",
    "only_hours",
    "gain_from_unknown_hours",
    "from_place",
    "to_place",
    "from_country",
    "to_country",
    "hours",
    "km",
    "start_hours_ahead",
    "next_service",
    "stretches",
    "closed_service",
    "closed",
]
CHOSEN_COLUMNS = [
    "candidate",
    "kind",
    "place_id",
    "service_id",
    "country_iso3",
    "place_kind",
    "cost",
    "alternatives",
    "ties",
    "gain",
    "reason",
    "low_gain_woman_days",
    "typical_gain_woman_days",
    "high_gain_woman_days",
    "low_gain_hours",
    "typical_gain_hours",
    "high_gain_hours",
    *CHOSEN_FIGURES[2:],
    "flags",
]
_NO_STRETCH = {
    **dict.fromkeys(["from_place", "to_place", "from_country", "to_country", "next_service"], ""),
    **dict.fromkeys(["hours", "km"], 0.0),
    "start_hours_ahead": np.nan,
}


def _row(corridor: Corridor, made: Ground, objective: str, chosen: Sequence[int], rank: int) -> dict[str, object]:
    """What the chosen of a rank adds to those before it, and why it is there."""
    before, after = (made.ahead(chosen[:count]) for count in (rank, rank + 1))
    window = made.question.window_hours
    gained = (after <= window) & ~(before <= window)
    found = stretches(made, route_stops(corridor, made.question), gained, before=chosen[:rank])
    longest = found.iloc[int(found["hours"].argmax())].to_dict() if len(found) else _NO_STRETCH
    word, only = reason(made, objective, chosen, rank)
    place = str(made.candidates["place_id"].iloc[chosen[rank]])
    closed_service, closed = closed_before(corridor, made.question, place)
    return {
        **{name: longest[name] for name in _NO_STRETCH},
        "gain": gain(made, objective, chosen[:rank], chosen[: rank + 1]),
        "reason": word,
        "only_hours": only,
        "gain_from_unknown_hours": float((gained & made.demand.unknown) @ made.weights),
        "stretches": len(found),
        "closed_service": closed_service,
        "closed": closed,
    }


def gain(made: Ground, objective: str, before: Sequence[int], after: Sequence[int]) -> float:
    """What the choice after is better by than the one before, in the objective's unit; of lscp in that of mclp."""
    one, other = (measures(made, chosen) for chosen in (before, after))
    name, sign = {
        "p-median": ("woman_hours" if counted(made, objective) else "mean_hours_ahead", -1.0),
        "p-center": ("worst_hours_ahead", -1.0),
    }.get(objective, ("in_time_woman_days" if counted(made, "mclp") else "in_time_hours", 1.0))
    return max(sign * (float(str(other[name])) - float(str(one[name]))), 0.0)


def route_stops(corridor: Corridor, question: Question) -> tuple[str, ...]:
    """The places of the question's route in the order of travel."""
    directed, arcs = corridor.arcs[question.direction], asked_arcs(corridor, question)
    return tuple(corridor.places.index[[directed.tail[arcs[0]], *directed.head[arcs]]])


def left(corridor: Corridor, made: Ground, chosen: Sequence[int]) -> pd.DataFrame:
    """The stretches still not in time with the chosen at work, in the order of travel; columns as in `Siting.left`."""
    late = ~(made.ahead(chosen) <= made.question.window_hours)
    why = np.select([made.demand.gone, made.in_time.any(axis=0)], [2, 0], default=1)
    found = stretches(made, route_stops(corridor, made.question), late, why, before=chosen)
    named = [LEFT_REASONS[int(code)] for code in found["why"]]
    helps = [_helps_most(made, late, row) for row in found.to_dict("records")]
    return found.drop(columns="why").assign(reason=named, candidate=helps)


def _helps_most(made: Ground, late: Bools, row: Mapping[Any, Any]) -> str:
    """The candidate that brings most of a late stretch into time; "" where none does."""
    start, hours = row["start_hours"], row["hours"]
    at = made.demand.segments["start_hours"].to_numpy()
    within = late & (at >= start - 1e-9) & (at < start + hours - 1e-9)
    worth = made.in_time[:, within] @ made.weights[within]
    return str(made.candidates.index[int(worth.argmax())]) if len(worth) and worth.max() > 0 else ""
