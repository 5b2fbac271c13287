"""The page of a reference whose names hold markup, scripts and templates."""

from __future__ import annotations

from functools import cache

from dashboard.layers import LayerStore
from dashboard.page import Page
from geodata.corridor import Corridor
from geodata.reference import read_reference
from geodata.reference.boundaries import basemap_features
from geodata.snapshot import Snapshot

HOSTILE = "</script><script>window.caught=1</script>`${window.caught=1}`{{ 7*7 }}{% x %}{# y #}\\\"'><img src=x onerror=z>&amp;"


@cache
def the_hostile_page() -> Page:
    tables = dict(read_reference())
    for table, columns in {
        "services": ["name"],
        "places": ["name", "name_es", "name_en"],
        "state_presence": ["name"],
        "sources": ["publisher"],
        "routes": ["name"],
        "incident_reports": ["reporter"],
    }.items():
        tables[table] = tables[table].assign(**dict.fromkeys(columns, HOSTILE))
    corridor = Corridor.of(Snapshot.of(tables))
    return Page.of(corridor, LayerStore.of(corridor, basemap_features()))
