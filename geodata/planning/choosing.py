"""The best candidates for an objective, proven: solved as a general problem, then cleared of those that help nobody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from geodata.errors import UnknownName
from geodata.planning.ground import CLOSE, Ground
from geodata.planning.optima import OBJECTIVES
from geodata.planning.optima.instance import Solution
from geodata.planning.optima.plain import plain_lscp, plain_mclp, plain_p_center, plain_p_median


@dataclass(frozen=True)
class Choice:
    """Candidates by position, the first the one that gains most, and what is known of them.

    `value` and `bound` in the objective's own figure before any count of women: hours of travel in time (mclp), mean
    hours until help (p-median), worst hours until help (p-center), new places (lscp). `ties` per chosen one.
    """

    chosen: tuple[int, ...]
    value: float
    bound: float
    optimal: bool
    ties: tuple[tuple[int, ...], ...] = ()


def best(ground: Ground, objective: str, places: int | None, budget: float | None = None) -> Choice:
    """The best candidates for an objective: at most `places`, or those that a budget pays for.

    lscp asks for neither. Raises `UnknownName` for an unknown objective, a number below 0, a budget without costs, or a
    budget for p-center.
    """
    _check(ground, objective, places, budget)
    solution = _solved(ground, objective, places, budget)
    chosen = _useful(ground, objective, list(solution.sites))
    chosen = _preferred(ground, objective, chosen, keep_cost=budget is not None)
    chosen = ranked(ground, objective, chosen)
    value, bound = _said(ground, objective, chosen, solution)
    swaps = tied(ground, objective, chosen, keep_cost=budget is not None)
    return Choice(tuple(chosen), value, bound, solution.optimal, tuple(map(tuple, swaps)))


def _check(ground: Ground, objective: str, places: int | None, budget: float | None) -> None:
    if objective not in OBJECTIVES:
        raise UnknownName(f"{objective!r} is not an objective: take one of {', '.join(OBJECTIVES)}.")
    if places is not None and places < 0:
        raise UnknownName(f"{places} places cannot be chosen: take 0 or more.")
    if budget is not None and ground.candidates["cost"].isna().any():
        raise UnknownName("A budget needs costs: say what a new service costs and what an upgrade does.")
    if budget is not None and objective == "p-center":
        raise UnknownName("The worst hours are sought for a number of places, not for a budget: give the number.")


def _solved(ground: Ground, objective: str, places: int | None, budget: float | None) -> Solution:
    if not len(ground.candidates):
        return Solution((), 0.0, 0.0, optimal=True)
    match objective:
        case "mclp":
            return _none_to_cover(ground) or plain_mclp(ground.covering, places, budget=budget)
        case "lscp":
            return _none_to_cover(ground) or plain_lscp(ground.covering)
        case "p-median":
            return plain_p_median(ground.distances, places, budget=budget)
        case _:
            return plain_p_center(ground.farthest, int(places or 0))


def _none_to_cover(ground: Ground) -> Solution | None:
    return Solution((), 0.0, 0.0, optimal=True) if not ground.covering.shape[0] else None


def score(ground: Ground, objective: str, ahead: np.ndarray) -> np.ndarray:
    """How good hours ahead are for an objective, the more the better; over the last axis."""
    match objective:
        case "p-median":
            return -ground.mean_hours(ahead)
        case "p-center":
            return -ground.worst_hours(ahead)
        case _:
            return ground.in_time_hours(ahead)


def _said(ground: Ground, objective: str, chosen: Sequence[int], solution: Solution) -> tuple[float, float]:
    """Value and bound with what existing help does; the value is measured on the segments themselves."""
    if objective == "lscp":
        return float(len(chosen)), max(solution.bound, 0.0)
    value = abs(float(score(ground, objective, ground.ahead(chosen))))
    if solution.optimal:
        return value, value
    base = float(ground.in_time_hours(ground.before)) if objective == "mclp" else 0.0
    return value, base + solution.bound


def _useful(ground: Ground, objective: str, chosen: list[int]) -> list[int]:
    """The chosen without those that can be left out at no loss."""
    for candidate in list(chosen):
        rest = [other for other in chosen if other != candidate]
        if _close(*(float(score(ground, objective, ground.ahead(some))) for some in (rest, chosen))):
            chosen = rest
    return chosen


def _close(one: float, other: float) -> bool:
    return abs(one - other) <= CLOSE * max(abs(one), abs(other), 1.0)


def tied(ground: Ground, objective: str, chosen: Sequence[int], *, keep_cost: bool = False) -> list[list[int]]:
    """Per chosen one the candidates that could take its place at the same value (and, with `keep_cost`, no higher cost)."""
    if not chosen:
        return []
    whole = float(score(ground, objective, ground.ahead(chosen)))
    costs = ground.candidates["cost"].to_numpy(dtype=float)
    found = []
    for candidate in chosen:
        rest = ground.ahead([other for other in chosen if other != candidate])
        same = np.abs(score(ground, objective, np.minimum(rest, ground.hours)) - whole) <= CLOSE * max(abs(whole), 1.0)
        if keep_cost:
            same &= costs <= costs[candidate]
        found.append([int(other) for other in np.flatnonzero(same) if other not in chosen])
    return found


def _preferred(ground: Ground, objective: str, chosen: Sequence[int], *, keep_cost: bool) -> list[int]:
    """Of candidates that serve alike the one from which help is nearest on the mean, then the first in their order."""
    order, picked = ground.candidates["order"].to_numpy(), list(chosen)
    for rank, candidate in enumerate(chosen):
        ties = tied(ground, objective, picked, keep_cost=keep_cost)[rank]
        rest = ground.ahead([*picked[:rank], *picked[rank + 1 :]])
        means = np.round(ground.mean_hours(np.minimum(rest, ground.hours)), 9)
        alike = np.array([candidate, *ties])
        picked[rank] = int(alike[np.lexsort((order[alike], means[alike]))[0]])
    return picked


def ranked(ground: Ground, objective: str, chosen: Sequence[int]) -> list[int]:
    """The chosen in the order in which each adds most to those before it; where alike, by the hours brought into time."""
    left, order = list(chosen), list[int]()
    while left:
        gains = [(_after(ground, objective, [*order, one]), _after(ground, "mclp", [*order, one])) for one in left]
        first = max(range(len(left)), key=lambda position: (round(gains[position][0], 9), gains[position][1]))
        order.append(left.pop(first))
    return order


def _after(ground: Ground, objective: str, chosen: Sequence[int]) -> float:
    return float(score(ground, objective, ground.ahead(chosen)))
