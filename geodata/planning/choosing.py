"""The best candidates for an objective, proven: solved as a general problem, then cleared of those that help nobody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from geodata.errors import UnknownName
from geodata.planning.ground import CLOSE, Ground
from geodata.planning.lens import Lens, close, lens
from geodata.planning.optima import OBJECTIVES, Instance, Solution, cover_curve, max_cover, set_cover
from geodata.planning.optima.center import center_curve, p_center
from geodata.planning.optima.median import median_curve, p_median


@dataclass(frozen=True)
class Choice:
    """Candidates by position, the first the one that adds most, and what is known of them.

    `value` and `bound` in the objective's own figure before any count of women: hours of travel in time (mclp), mean
    hours until help (p-median), worst hours until help (p-center), new places (lscp). `ties` per chosen one.
    """

    chosen: tuple[int, ...]
    value: float
    bound: float
    optimal: bool
    ties: tuple[tuple[int, ...], ...] = ()


def best(ground: Ground, objective: str, places: int | None, budget: float | None = None) -> Choice:
    """The best candidates for an objective: at most `places`, and no dearer together than a budget.

    lscp asks for neither. Raises `UnknownName` for an unknown objective, a number below 0, a budget without costs, or a
    budget for p-center.
    """
    _check(ground, objective, places, budget)
    return cleared(ground, lens(ground, objective), _solution(ground, objective, places, budget), budget)


def best_of_each(ground: Ground, objective: str, places: int) -> list[Choice]:
    """The best choice of 0, 1, 2 … `places` candidates, each proven or with its bound."""
    _check(ground, objective, places, None)
    objective = "mclp" if objective == "lscp" else objective
    solutions = [_solution(ground, objective, 0, None), *_further(ground, objective, places)]
    seen = lens(ground, objective)
    return [cleared(ground, seen, solution) for solution in solutions]


def _further(ground: Ground, objective: str, places: int) -> Sequence[Solution]:
    """The answers for 1, 2 … `places` candidates."""
    instance = problem(ground, objective)
    if not len(ground.candidates) or not instance.shape[0] or not places:
        return [_solution(ground, objective, 0, None)] * places
    match objective:
        case "p-median":
            return median_curve(instance, places)
        case "p-center":
            return center_curve(instance, places)
        case _:
            steps = cover_curve(instance, places).steps
            return [Solution(step.sites, step.value, step.bound, step.optimal) for step in steps]


def _check(ground: Ground, objective: str, places: int | None, budget: float | None) -> None:
    if objective not in OBJECTIVES:
        raise UnknownName(f"{objective!r} is not an objective: take one of {', '.join(OBJECTIVES)}.")
    if places is not None and places < 0:
        raise UnknownName(f"{places} places cannot be chosen: take 0 or more.")
    if budget is not None and ground.candidates["cost"].isna().any():
        raise UnknownName("A budget needs costs: say what a new service costs and what an upgrade does.")
    if budget is not None and objective == "p-center":
        raise UnknownName("The worst hours are sought for a number of places, not for a budget: give the number.")


def _solution(ground: Ground, objective: str, places: int | None, budget: float | None) -> Solution:
    """The answer of the general problem; without anything to choose or to cover, nothing is chosen."""
    instance = problem(ground, objective)
    if not len(ground.candidates) or not instance.shape[0] or places == 0:
        value = abs(lens(ground, objective).worth(()))
        return Solution((), value, value, optimal=True)
    match objective:
        case "p-median":
            return p_median(instance, places, budget=budget)
        case "p-center":
            return p_center(instance, int(places or 0))
        case "lscp":
            return set_cover(instance)
        case _:
            return max_cover(instance, places, budget=budget)


def problem(ground: Ground, objective: str) -> Instance:
    """The ground as the general problem of an objective."""
    return {"p-median": ground.distances, "p-center": ground.farthest}.get(objective, ground.covering)


def cleared(ground: Ground, seen: Lens, solution: Solution, budget: float | None = None) -> Choice:
    """What a solution chose: of ties the preferred, without what then helps nobody, in the order of what each adds."""
    costs = None if budget is None else ground.candidates["cost"].to_numpy(dtype=float)
    preferred = _preferred(ground, seen, solution.sites, costs)
    chosen = ranked(ground, seen, _useful(seen, preferred))
    value, bound = _said(seen, chosen, solution)
    ties = tuple(tuple(tied(seen, chosen, rank, costs)) for rank in range(len(chosen)))
    return Choice(tuple(chosen), value, bound, solution.optimal, ties)


def _said(seen: Lens, chosen: Sequence[int], solution: Solution) -> tuple[float, float]:
    """Value and bound with what existing help does; the value is reckoned again from the choice."""
    if seen.objective == "lscp":
        return float(len(chosen)), max(solution.bound, 0.0)
    value = abs(seen.worth(chosen))
    return value, value if solution.optimal else seen.base + solution.bound


def _useful(seen: Lens, chosen: list[int]) -> list[int]:
    """The chosen without those that can be left out at no loss."""
    whole = seen.worth(chosen)
    for candidate in list(chosen):
        rest = [other for other in chosen if other != candidate]
        chosen = rest if close(seen.worth(rest), whole) else chosen
    return chosen


def tied(seen: Lens, chosen: Sequence[int], rank: int, costs: np.ndarray | None = None) -> list[int]:
    """The candidates that could take the place of the chosen one of a rank at the same value, and at no higher cost."""
    whole = seen.worth(chosen)
    without = [*chosen[:rank], *chosen[rank + 1 :]]
    same = np.abs(seen.worth_each(without) - whole) <= CLOSE * max(abs(whole), 1.0)
    if costs is not None:
        same &= costs <= costs[chosen[rank]]
    return [int(other) for other in np.flatnonzero(same) if other not in chosen]


def _preferred(ground: Ground, seen: Lens, chosen: Sequence[int], costs: np.ndarray | None) -> list[int]:
    """Of candidates that serve alike the one from which help is nearest on the mean, then the first in their order."""
    order, picked, mean = ground.candidates["order"].to_numpy(), list(chosen), lens(ground, "p-median")
    for rank, candidate in enumerate(chosen):
        alike = np.array([candidate, *tied(seen, picked, rank, costs)])
        nearness = np.round(mean.worth_each([*picked[:rank], *picked[rank + 1 :]])[alike], 9)
        picked[rank] = int(alike[np.lexsort((order[alike], -nearness))[0]])
    return picked


def ranked(ground: Ground, seen: Lens, chosen: Sequence[int]) -> list[int]:
    """The chosen in the order in which each adds most to those before it; where alike, by the hours brought into time."""
    left, order, time = list(chosen), list[int](), lens(ground, "mclp")
    while left:
        adds, hours = (np.round(one.worth_each(order)[left], 9) for one in (seen, time))
        order.append(left.pop(int(np.lexsort((-hours, -adds))[0])))
    return order
