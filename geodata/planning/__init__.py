"""What a planner asks: what if, most critical, best places, robust choices, standards."""

from geodata.planning.effect import effects
from geodata.planning.futures import Future, futures
from geodata.planning.optima import OBJECTIVES, Instance, Solution
from geodata.planning.planned import planned, planned_at
from geodata.planning.robust import Cancelled, Robust, robust
from geodata.planning.scenario import Change, Scenario
from geodata.planning.sections import country_readiness, readiness, sections, standard_along, target_readiness
from geodata.planning.shortest import Shortest, shortest_changes
from geodata.planning.siting import Siting, site
from geodata.planning.standards import STANDARD_CLASSES, Standard, standard_classed, target_column
from geodata.planning.tradeoff import trade_off

__all__ = [
    "OBJECTIVES",
    "STANDARD_CLASSES",
    "Cancelled",
    "Change",
    "Future",
    "Instance",
    "Robust",
    "Scenario",
    "Shortest",
    "Siting",
    "Solution",
    "Standard",
    "country_readiness",
    "effects",
    "futures",
    "planned",
    "planned_at",
    "readiness",
    "robust",
    "sections",
    "shortest_changes",
    "site",
    "standard_along",
    "standard_classed",
    "target_column",
    "target_readiness",
    "trade_off",
]
