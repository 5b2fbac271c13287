"""A snapshot cannot be changed, and its digest names its rows and nothing else."""

from __future__ import annotations

import pandas as pd
import pytest

from geodata.errors import UnknownName
from geodata.snapshot import Snapshot
from geodata.tables import table_from_text


def flows(*totals: str) -> pd.DataFrame:
    """Flows of successive months with these totals."""
    months = [f"2024-{month:02d}" for month in range(1, len(totals) + 1)]
    common = {"crossing": "darien", "direction": "northbound", "source_id": "s"}
    rows = [{"period": month, "total": total, **common} for month, total in zip(months, totals, strict=True)]
    return table_from_text("flows", rows)


def test_the_digest_does_not_depend_on_the_order_of_the_rows() -> None:
    table = flows("1", "2", "3")
    assert Snapshot.of({"flows": table}).digest == Snapshot.of({"flows": table.iloc[::-1]}).digest


def test_one_changed_figure_changes_the_digest() -> None:
    digests = {Snapshot.of({"flows": flows(*totals)}).digest for totals in (("1", "2"), ("1", "3"), ("1", ""), ("1",))}
    assert len(digests) == 4


def test_neither_the_table_given_nor_the_table_taken_can_change_the_snapshot() -> None:
    given = flows("1", "2")
    snapshot = Snapshot.of({"flows": given})
    given.loc[0, "total"] = 99.0
    taken = snapshot.table("flows")
    taken.loc[0, "total"] = 99.0
    assert snapshot.table("flows")["total"].tolist() == [1.0, 2.0]
    assert Snapshot.of({"flows": snapshot.table("flows")}).digest == snapshot.digest


def test_a_table_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(UnknownName, match=r"'flow'.*flows"):
        Snapshot.of({"flows": flows()}).table("flow")
