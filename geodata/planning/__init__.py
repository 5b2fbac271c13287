"""What a planner asks: what if, most critical, best places, robust choices, standards."""

from geodata.planning.effect import effects
from geodata.planning.optima import OBJECTIVES, Instance, Solution
from geodata.planning.planned import planned, planned_at
from geodata.planning.scenario import Change, Scenario

__all__ = ["OBJECTIVES", "Change", "Instance", "Scenario", "Solution", "effects", "planned", "planned_at"]
