"""Why a place is among the best, as a word that is true by the way it is found; the sentence is the page's."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from geodata.corridor import Corridor
from geodata.corridor.arcs import Bools, ordinal
from geodata.coverage.presence import able_services
from geodata.coverage.question import Question
from geodata.planning.ground import Ground
from geodata.planning.lens import close, lens

#: The first that is true is said.
#: only_place_for: it brings into time what no candidate at another place could (`only_hours`).
#: longest_stretch: of all that it brings into time, most lies in the longest late stretch that those before it left.
#: most_gain: no other candidate adds as much to those before it. worst_off: it lowers the worst hours of all.
#: together: another would add more by itself, but with the others this one is better.
REASONS = ("only_place_for", "longest_stretch", "most_gain", "together")


def reason(ground: Ground, objective: str, chosen: Sequence[int], rank: int) -> tuple[str, float]:
    """The word for the chosen candidate of a rank (from 0), and the hours that only its place could bring into time.

    The order is that of the choice: what those before it do is done.
    """
    before, after = ground.ahead(chosen[:rank]), ground.ahead(chosen[: rank + 1])
    window = ground.question.window_hours
    gained = (after <= window) & ~(before <= window)
    only = float((gained & only_here(ground, chosen[rank])) @ ground.weights)
    if only > 0:
        return "only_place_for", only
    if gained.any() and _mostly_longest(ground, gained, ~(before <= window)):
        return "longest_stretch", only
    each = lens(ground, objective).worth_each(chosen[:rank])
    return ("most_gain" if close(float(each[chosen[rank]]), float(each.max())) else "together"), only


def only_here(ground: Ground, candidate: int) -> Bools:
    """Which segments no candidate of another place could bring into time."""
    place = ground.candidates["place_id"].to_numpy()
    found: Bools = ~ground.in_time[place != place[candidate]].any(axis=0)
    return found


def _mostly_longest(ground: Ground, gained: Bools, late: Bools) -> bool:
    """Whether more than half of the hours gained lie in the late stretch with the most hours."""
    number = np.cumsum(np.diff(late.astype(int), prepend=0) == 1) * late
    hours = np.bincount(number, ground.weights)
    hours[0] = 0.0
    longest = number == int(hours.argmax())
    return bool((gained & longest & late) @ ground.weights > 0.5 * (gained @ ground.weights))


def closed_before(corridor: Corridor, question: Question, place: str) -> tuple[str, str]:
    """The service of a place that could do what is asked and closed last before the date, and when; "" and "" without one."""
    services = corridor.services
    able = able_services(corridor, services, question.capability, possible=False)
    ended = services[able & (services["at_place"] == place) & (services["until"] <= ordinal(question.as_of))]
    if ended.empty:
        return "", ""
    last = ended.sort_values("until", kind="stable").index[-1]
    return str(last), str(pd.Series(ended["closed"]).loc[last])
