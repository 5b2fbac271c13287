"""Location problems and their solvers; nothing here knows the corridor."""

from geodata.planning.optima.center import center_curve, p_center
from geodata.planning.optima.costs import left_out
from geodata.planning.optima.covering import max_cover
from geodata.planning.optima.curves import Curve, Step, cover_curve, greedy_curve
from geodata.planning.optima.instance import OBJECTIVES, Instance, Solution
from geodata.planning.optima.median import median_curve, p_median
from geodata.planning.optima.set_covering import set_cover, uncoverable
from geodata.planning.optima.solving import solved

__all__ = [
    "OBJECTIVES",
    "Curve",
    "Instance",
    "Solution",
    "Step",
    "center_curve",
    "cover_curve",
    "greedy_curve",
    "left_out",
    "max_cover",
    "median_curve",
    "p_center",
    "p_median",
    "set_cover",
    "solved",
    "uncoverable",
]
