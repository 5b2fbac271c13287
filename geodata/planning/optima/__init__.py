"""Location problems and their solvers; nothing here knows the corridor."""

from geodata.planning.optima.instance import OBJECTIVES, Instance, Solution

__all__ = ["OBJECTIVES", "Instance", "Solution"]
