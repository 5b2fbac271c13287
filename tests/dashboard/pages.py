"""The page of the embedded reference, made once for the tests of a process."""

from __future__ import annotations

from functools import cache

from dashboard.layers import LayerStore
from dashboard.page import Page
from geodata.corridor import Corridor
from geodata.reference import read_reference
from geodata.reference.boundaries import basemap_features
from geodata.snapshot import Snapshot


@cache
def the_page() -> Page:
    corridor = Corridor.of(Snapshot.of(read_reference()))
    return Page.of(corridor, LayerStore.of(corridor, basemap_features()))
