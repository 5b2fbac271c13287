"""Addresses of other views, for links within what a question shows."""

from __future__ import annotations

from dashboard.state import Known, ViewState
from geodata.corridor import Corridor


def view_query(corridor: Corridor, state: ViewState) -> str:
    """The query of a view as its address has it, without "?"."""
    return state.query(Known(routes={str(route): str(way) for route, way in corridor.routes["direction"].items()}))


def view_address(corridor: Corridor, state: ViewState, path: str = "/") -> str:
    """A path with the view in its query."""
    query = view_query(corridor, state)
    return f"{path}?{query}" if query else path
