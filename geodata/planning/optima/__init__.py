"""Location problems and their solvers; nothing here knows the corridor."""

from geodata.planning.optima.covering import max_cover
from geodata.planning.optima.curves import Curve, Step, cover_curve, greedy_curve
from geodata.planning.optima.instance import OBJECTIVES, Instance, Solution
from geodata.planning.optima.set_covering import set_cover, uncoverable
from geodata.planning.optima.solving import solved

__all__ = [
    "OBJECTIVES",
    "Curve",
    "Instance",
    "Solution",
    "Step",
    "cover_curve",
    "greedy_curve",
    "max_cover",
    "set_cover",
    "solved",
    "uncoverable",
]
