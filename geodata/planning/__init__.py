"""What a planner asks: what if, most critical, best places, robust choices, standards."""

from geodata.planning.optima import OBJECTIVES, Instance, Solution
from geodata.planning.scenario import Change, Scenario
from geodata.planning.sections import country_readiness, readiness, sections, standard_along, target_readiness
from geodata.planning.shortest import Shortest, shortest_changes
from geodata.planning.standards import STANDARD_CLASSES, Standard, standard_classed, target_column

__all__ = [
    "OBJECTIVES",
    "STANDARD_CLASSES",
    "Change",
    "Instance",
    "Scenario",
    "Shortest",
    "Solution",
    "Standard",
    "country_readiness",
    "readiness",
    "sections",
    "shortest_changes",
    "standard_along",
    "standard_classed",
    "target_column",
    "target_readiness",
]
