"""What a planner asks: what if, most critical, best places, robust choices, standards."""

from geodata.planning.futures import Future, futures
from geodata.planning.optima import OBJECTIVES, Instance, Solution
from geodata.planning.robust import Cancelled, Robust, robust
from geodata.planning.scenario import Change, Scenario
from geodata.planning.siting import Siting, site
from geodata.planning.tradeoff import trade_off

__all__ = [
    "OBJECTIVES",
    "Cancelled",
    "Change",
    "Future",
    "Instance",
    "Robust",
    "Scenario",
    "Siting",
    "Solution",
    "futures",
    "robust",
    "site",
    "trade_off",
]
