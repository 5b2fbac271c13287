"""Broken tables are refused with table, row, column, value and remedy."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from geodata.corridor.checks import check_corridor
from geodata.errors import CorridorFault, DataFault, ReferenceFault
from geodata.reference import read_reference
from geodata.reference.boundaries import read_boundaries
from geodata.tables import check_references

Tables = dict[str, pd.DataFrame]


def changed(tables: Tables, name: str, row: str, **values: object) -> Tables:
    table = tables[name].copy()
    for column, value in values.items():
        table.loc[table["id"] == row, column] = value
    return {**tables, name: table}


CASES: list[tuple[Callable[[Tables], Tables], type[DataFault], str, str, str]] = [
    (lambda t: changed(t, "places", "acandi", lon=-60.0), CorridorFault, "places", "acandi", "km outside COL"),
    (
        lambda t: changed(t, "legs", "necocli__acandi__boat", hours_low=9.0),
        CorridorFault,
        "legs",
        "necocli__acandi__boat",
        "rise from low",
    ),
    (
        lambda t: changed(t, "legs", "tapachula__mexico_city__bus", to_place="necocli"),
        CorridorFault,
        "legs",
        "tapachula__mexico_city__bus",
        "circle",
    ),
    (
        lambda t: changed(t, "routes", "south_miramar", legs="necocli__acandi__boat;meteti__panama_city__bus"),
        CorridorFault,
        "routes",
        "south_miramar",
        "does not follow on",
    ),
    (
        lambda t: changed(t, "services", "SV023", place_id="tapachula"),
        CorridorFault,
        "services",
        "SV023",
        "another country",
    ),
    (lambda t: changed(t, "services", "SV023", place_id="nowhere"), ReferenceFault, "services", "SV023", "nowhere"),
    (
        lambda t: changed(t, "capabilities", "shelter", chain_limit_hours=float("nan")),
        CorridorFault,
        "capabilities",
        "shelter",
        "needs chain_limit_hours",
    ),
    (
        lambda t: changed(t, "capabilities", "clinical_care", chain_from="care"),
        CorridorFault,
        "capabilities",
        "clinical_care",
        "count it from her",
    ),
    (
        lambda t: changed(t, "legs", "necocli__acandi__boat", source_id="nobody"),
        ReferenceFault,
        "legs",
        "necocli__acandi__boat",
        "nobody",
    ),
    (
        lambda t: changed(t, "legs", "necocli__acandi__boat", caveat="no_such_code"),
        ReferenceFault,
        "legs",
        "necocli__acandi__boat",
        "no_such_code",
    ),
]


def check(tables: Tables) -> None:
    check_references(tables)
    check_corridor(tables, read_boundaries())


@pytest.mark.parametrize(("broken", "kind", "table", "row", "says"), CASES)
def test_a_fault_names_its_table_its_row_and_what_to_do(
    broken: Callable[[Tables], Tables], kind: type[DataFault], table: str, row: str, says: str
) -> None:
    tables = broken(read_reference())
    with pytest.raises(kind) as refusal:
        check(tables)
    found = [fault for fault in refusal.value.faults if (fault.table, fault.row) == (table, row)]
    assert found
    assert any(says in str(fault) for fault in found)
    assert all(fault.remedy for fault in refusal.value.faults)
