"""Text becomes a table only as the contract allows, and a table becomes the same text again."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.errors import ReferenceFault, SchemaFault, UnreadableFile
from geodata.schema import TABLES, Column, Kind
from geodata.tables import (
    canonical_csv,
    check_references,
    number_text,
    runs_as_formula,
    table_from_csv,
    table_from_text,
    written_csv,
)
from geodata.values import remedy

SOURCE = {"id": "s", "publisher": "A publisher", "can_show": "place"}
FLOW = {"period": "2024-03", "crossing": "darien", "direction": "northbound", "total": "36841", "source_id": "s"}
REPORT = {
    "id": "r1",
    "period_start": "2024-01",
    "period_end": "2024-02",
    "kind": "death",
    "measure": "dead_and_missing",
    "reporter": "R",
    "source_id": "s",
}


def faults(name: str, *rows: dict[str, str]) -> list[tuple[str, str, str]]:
    """Row, column and value of each fault that the rows have."""
    with pytest.raises(SchemaFault) as refusal:
        table_from_text(name, rows)
    assert all(fault.table == name and fault.remedy for fault in refusal.value.faults)
    return [(fault.row, fault.column, fault.value) for fault in refusal.value.faults]


def test_text_stays_text_and_numbers_become_floats_with_unknown_left_unknown() -> None:
    table = table_from_text("flows", [FLOW])
    assert list(table.columns) == TABLES["flows"].column_names
    assert table["total"].tolist() == [36841.0]
    assert math.isnan(table["women"].iloc[0])
    assert table["caveat"].tolist() == [""]
    assert {str(table.dtypes[name]) for name in ("period", "caveat")} == {"str"}
    assert str(table.dtypes["women"]) == "float64"


def test_a_table_without_rows_has_the_columns_and_types_of_its_contract() -> None:
    table = table_from_csv("flows", (",".join(TABLES["flows"].column_names) + "\n").encode())
    assert len(table) == 0
    assert str(table.dtypes["total"]) == "float64"
    assert str(table.dtypes["crossing"]) == "str"


def test_all_faults_are_told_at_once_and_not_only_the_first() -> None:
    found = faults(
        "flows", {**FLOW, "total": "-3", "direction": "north"}, {**FLOW, "period": "2024-13", "women": "1.5"}
    )
    assert found == [
        ("3", "period", "2024-13"),
        ("2", "direction", "north"),
        ("2", "total", "-3"),
        ("3", "women", "1.5"),
    ]


def test_a_column_that_no_contract_knows_and_one_that_is_missing_are_faults() -> None:
    assert faults("sources", {"id": "s", "can_show": "place", "editor": "x"}) == [
        ("1", "editor", ""),
        ("1", "publisher", ""),
    ]


def test_a_row_named_twice_is_a_fault() -> None:
    assert faults("sources", SOURCE, SOURCE) == [("s", "id", "s")]
    key = "period, crossing, direction, source_id"
    assert faults("flows", FLOW, {**FLOW, "total": "1"}) == [("3", key, "2024-03, darien, northbound, s")]


def test_an_interval_that_ends_before_it_starts_is_a_fault_as_far_as_its_dates_are_known() -> None:
    assert faults("incident_reports", {**REPORT, "period_end": "2023-12"}) == [("r1", "period_end", "2023-12")]
    table_from_text("incident_reports", [{**REPORT, "period_end": "2024"}])


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Kind.ID, "two words"),
        (Kind.ID, "a;b"),
        (Kind.REFS, "a;;b"),
        (Kind.REFS, "a;a"),
        (Kind.WORD, "Clinical"),
        (Kind.WORDS, "one;three"),
        (Kind.NUMBER, "1,5"),
        (Kind.NUMBER, "nan"),
        (Kind.NUMBER, "1e999"),
        (Kind.NUMBER, "11"),
        (Kind.NUMBER, "١"),
        (Kind.COUNT, "1.0"),
        (Kind.COUNT, "-1"),
        (Kind.DATE, "2024-13"),
        (Kind.DATE, "2023-02-29"),
        (Kind.DATE, "24"),
        (Kind.DATE, "0024"),
        (Kind.PERIOD, "2024/2023"),
        (Kind.PERIOD, "2021/2022/2023"),
        (Kind.URL, "javascript:alert(1)"),
        (Kind.URL, "https://"),
        (Kind.TEXT, "a\x00b"),
        (Kind.TEXT, "\ud800"),
    ],
)
def test_a_value_of_the_wrong_kind_gets_a_remedy(kind: Kind, value: str) -> None:
    words = ("one", "two") if kind in {Kind.WORD, Kind.WORDS} else ()
    assert remedy(Column("c", kind, words=words, low=0, high=10), value)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Kind.DATE, "2024-02-29"),
        (Kind.DATE, "2024"),
        (Kind.PERIOD, "2023-04/2023-09"),
        (Kind.NUMBER, "-0.5e1"),
        (Kind.COUNT, "0"),
    ],
)
def test_a_value_of_the_right_kind_needs_no_remedy(kind: Kind, value: str) -> None:
    assert remedy(Column("c", kind), value) == ""


def test_a_blank_is_right_unless_the_column_is_required() -> None:
    assert remedy(Column("c"), "") == ""
    assert "blank" in remedy(Column("c", required=True), "")


@pytest.mark.parametrize("body", [b"", b"id,publisher\n\xff,x\n", b'id,publisher\n"x,y\n'])
def test_bytes_that_are_no_csv_in_utf_8_are_refused_by_name(body: bytes) -> None:
    with pytest.raises(UnreadableFile, match=r"sources\.csv"):
        table_from_csv("sources", body)


def test_a_line_with_too_many_cells_is_a_fault_of_that_line() -> None:
    with pytest.raises(SchemaFault, match="row 3: has 4 cells where the header has 3"):
        table_from_csv("sources", b"id,publisher,can_show\ns,P,place\nt,P,place,more\n")


def test_a_byte_order_mark_before_the_header_is_no_part_of_its_first_name() -> None:
    assert len(table_from_csv("sources", b"\xef\xbb\xbfid,publisher,can_show\ns,P,place\n")) == 1


def test_a_row_that_names_a_missing_row_is_a_broken_reference() -> None:
    tables = {
        "sources": table_from_text("sources", [SOURCE]),
        "flows": table_from_text("flows", [{**FLOW, "source_id": "t"}]),
    }
    with pytest.raises(ReferenceFault, match="flows, row 2, column source_id: 't': is no row of sources"):
        check_references(tables)


def test_each_of_several_references_and_each_caveat_must_be_there() -> None:
    route = {"id": "r", "name": "R", "name_en": "R", "name_pt": "R", "name_fr": "R", "direction": "northbound"}
    tables = {
        "sources": table_from_text("sources", [SOURCE]),
        "caveats": table_from_text("caveats", [{"id": "known", "meaning": "m"}]),
        "routes": table_from_text("routes", [{**route, "source_id": "s", "legs": "a;b", "caveat": "known;other"}]),
    }
    with pytest.raises(ReferenceFault) as refusal:
        check_references(tables)
    assert [(fault.column, fault.value) for fault in refusal.value.faults] == [
        ("legs", "a"),
        ("legs", "b"),
        ("caveat", "other"),
    ]


def test_sound_references_pass() -> None:
    check_references({"sources": table_from_text("sources", [SOURCE]), "flows": table_from_text("flows", [FLOW])})


@pytest.mark.parametrize(
    ("number", "text"), [(1.0, "1"), (0.1, "0.1"), (-77.42, "-77.42"), (-0.0, "0"), (math.nan, ""), (1e22, "1e+22")]
)
def test_a_number_is_written_as_short_as_it_can_be_read_back(number: float, text: str) -> None:
    assert number_text(number) == text


printable = st.text(st.characters(blacklist_categories=("Cs", "Cc")) | st.sampled_from("\n\r\t\"',;="))


@given(st.lists(st.tuples(printable, st.floats(-56, 72), st.none() | st.integers(0, 10**9)), max_size=5))
def test_what_is_written_reads_back_as_the_same_table(rows: list[tuple[str, float, int | None]]) -> None:
    written = [
        {
            **REPORT,
            "id": f"r{n}",
            "reporter": f"_{text}",
            "lat": number_text(lat),
            "count": "" if count is None else str(count),
        }
        for n, (text, lat, count) in enumerate(rows)
    ]
    columns = TABLES["incident_reports"].column_names
    table = table_from_text("incident_reports", pd.DataFrame(written, columns=columns, dtype="str"))
    again = table_from_csv("incident_reports", canonical_csv(table))
    pd.testing.assert_frame_equal(again, table)
    assert table["lat"].tolist() == [lat for _, lat, _ in rows]


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\rx",
        "  =1",
        "\ufeff=1",
        "\u200b=1",
        "＝1",
        "＋1",
        "－1",
        "＠x",
        "﹢1",
        "−1",
    ],
)
def test_text_that_a_spreadsheet_would_run_is_known(text: str) -> None:
    assert runs_as_formula(text)
    assert written_csv(pd.DataFrame({"name": [text]})).decode().splitlines()[1].lstrip('"').startswith("'")


@pytest.mark.parametrize("text", ["", "Darién", "a=b", "'=1", "1-2", "¿Qué?"])
def test_other_text_is_left_as_it_is(text: str) -> None:
    assert not runs_as_formula(text)


def test_numbers_stay_numbers_in_a_spreadsheet_even_below_zero() -> None:
    assert written_csv(pd.DataFrame({"lon": [-77.5], "n": [-1], "yes": [True]})) == b"lon,n,yes\n-77.5,-1,true\n"
