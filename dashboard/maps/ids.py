"""The ids of the map and its lens; the lens has each of the map's layers too."""

from __future__ import annotations

from enum import StrEnum, unique


@unique
class MapId(StrEnum):
    """What Dash knows the map's parts by."""

    REGION = "map-region"
    MAP = "map"
    MAP_VIEW = "map-view"
    BASE = "map-base"
    LINES = "map-lines"
    NETWORK = "map-network"
    RUNS = "map-runs"
    LABELS = "map-labels"
    POINTS = "map-points"
    SELECTED = "map-selected"
    FRAME = "map-frame"
    SIDES = "map-sides"
    SIDES_NAME = "map-sides-name"
    SIDE = "map-side"
    SIDE_STATUS = "map-side-status"
    WHOLE_ROUTE = "map-whole-route"
    LENS_REGION = "lens-region"
    LENS = "lens"
    LENS_VIEW = "lens-view"
    LENS_BASE = "lens-base"
    LENS_LINES = "lens-lines"
    LENS_NETWORK = "lens-network"
    LENS_RUNS = "lens-runs"
    LENS_LABELS = "lens-labels"
    LENS_POINTS = "lens-points"
    LENS_SELECTED = "lens-selected"
    VALUES = "map-values"
    GROUND = "map-ground"
    TEXTS = "map-texts"
    CREDIT = "map-credit"
