"""One face for the four problems."""

from __future__ import annotations

from geodata.errors import UnknownName
from geodata.planning.optima.covering import max_cover
from geodata.planning.optima.instance import OBJECTIVES, Instance, Solution
from geodata.planning.optima.plain import plain_p_center, plain_p_median
from geodata.planning.optima.set_covering import set_cover


def solved(
    instance: Instance, objective: str, p: int | None, *, budget: float | None = None, radius: float | None = None
) -> Solution:
    """The answer to an instance for one of `OBJECTIVES`: at most `p` new facilities, which lscp does not read.

    A covering objective on distances needs the `radius` within which a facility covers. A budget, in place of `p` or
    beside it, is for mclp and p-median. Raises `UnknownName` for what is missing or does not go together.
    """
    if objective not in OBJECTIVES:
        raise UnknownName(f"There is no objective {objective!r}. There are: {', '.join(OBJECTIVES)}.")
    if budget is not None and objective in ("p-center", "lscp"):
        raise UnknownName(f"{objective} takes no budget: ask for mclp or p-median, or leave the budget away.")
    if objective in ("mclp", "lscp"):
        covering = _covering(instance, objective, radius)
        return set_cover(covering) if objective == "lscp" else max_cover(covering, p, budget=budget)
    if instance.distances is None:
        raise UnknownName(f"{objective} needs the distances of an instance, and this one has coverage alone.")
    if radius is not None:
        raise UnknownName(f"{objective} takes no radius: it is for mclp and lscp.")
    return _located(instance, objective, p, budget)


def _covering(instance: Instance, objective: str, radius: float | None) -> Instance:
    """The instance with coverage."""
    if instance.coverage is None and radius is None:
        raise UnknownName(f"{objective} on distances needs a radius: the distance within which a facility covers.")
    if instance.coverage is not None and radius is not None:
        raise UnknownName("This instance says itself what covers what: leave the radius away.")
    if radius is not None and not radius >= 0:
        raise UnknownName(f"A radius is at least 0, not {radius}.")
    return instance if radius is None else instance.within(radius)


def _located(instance: Instance, objective: str, p: int | None, budget: float | None) -> Solution:
    """The answer for p-median or p-center."""
    if p is None and (budget is None or objective == "p-center"):
        raise UnknownName("Say how many facilities to choose.")
    if p is not None and p < 0:
        raise UnknownName(f"{p} facilities cannot be chosen: ask for 0 or more.")
    if budget is not None and instance.costs is None:
        raise UnknownName("A budget needs the cost of each facility.")
    if p is None or budget is not None:
        return plain_p_median(instance, p, budget=budget)
    return plain_p_median(instance, p) if objective == "p-median" else plain_p_center(instance, p)
