"""Places, legs, routes, segments and the directed graphs that they make."""

from geodata.corridor.model import Corridor

__all__ = ["Corridor"]
