"""A view of the map as one HTML file, to be opened anywhere, without a network."""

from __future__ import annotations

from dashboard.exports.map_file import map_html

__all__ = ["map_html"]
