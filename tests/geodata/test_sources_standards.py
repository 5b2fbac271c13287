"""The file of a standard: read strictly, every fault told, and read back as it was written."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.errors import SchemaFault, UnreadableFile
from geodata.planning import Standard
from geodata.sources.standards import read_standard, standard_from_csv, written_standard
from geodata.tables import runs_as_formula

CAPABILITIES = ("clinical_care", "shelter", "legal_aid")
FILE = """standard,capability,hours,adopted,note
Darién 2026,clinical_care,24,2026-03-12,"care after rape, day and night"
Darién 2026,shelter,48,2026-03-12,
"""


def faults(text: str) -> list[tuple[str, str, str, str]]:
    """Every fault of a file: file, row, column, value."""
    with pytest.raises(SchemaFault) as refusal:
        standard_from_csv(text.encode(), "ours.csv", CAPABILITIES)
    assert all(fault.remedy for fault in refusal.value.faults)
    return [(fault.table, fault.row, fault.column, fault.value) for fault in refusal.value.faults]


def row(hours: str = "24", capability: str = "shelter", standard: str = "a", adopted: str = "", note: str = "") -> str:
    return f"standard,capability,hours,adopted,note\n{standard},{capability},{hours},{adopted},{note}\n"


def test_a_file_is_a_standard() -> None:
    standard = Standard.of_table(standard_from_csv(FILE.encode(), "ours.csv", CAPABILITIES))
    assert standard.name == "Darién 2026"
    assert list(standard.targets.items()) == [("clinical_care", 24), ("shelter", 48)]
    assert standard.adopted == "2026-03-12"
    assert standard.notes == {"clinical_care": "care after rape, day and night"}


def test_it_is_written_as_it_was_read() -> None:
    table = standard_from_csv(FILE.encode(), "ours.csv", CAPABILITIES)
    assert written_standard(table) == FILE.encode()
    assert written_standard(Standard.of_table(table).table()) == FILE.encode()


def test_a_mark_at_the_beginning_blank_rows_spaces_and_another_order_do_no_harm() -> None:
    text = "\ufeffhours, capability ,standard\r\n 24 ,shelter,a\r\n,,\r\n"
    found = standard_from_csv(text.encode(), "ours.csv", CAPABILITIES)
    assert found.to_dict("records") == [
        {"standard": "a", "capability": "shelter", "hours": 24.0, "adopted": "", "note": ""}
    ]


@pytest.mark.parametrize("hours", ["0", "721", "-1", "24.5", "", "a day", "1e2", "٢٤", "024"])
def test_hours_are_whole_and_between_1_and_720(hours: str) -> None:
    assert faults(row(hours)) == [("ours.csv", "2", "hours", hours)]


@pytest.mark.parametrize(
    ("cell", "column", "value"),
    [
        ({"capability": "bread"}, "capability", "bread"),
        ({"capability": ""}, "capability", ""),
        ({"adopted": "next spring"}, "adopted", "next spring"),
        ({"adopted": "2026-02-30"}, "adopted", "2026-02-30"),
        ({"standard": ""}, "standard", ""),
        ({"standard": "=1+1"}, "standard", "=1+1"),
        ({"note": "@all"}, "note", "@all"),
        ({"note": "a\x07b"}, "note", "a\x07b"),
        ({"note": "n" * 301}, "note", "n" * 301),
        ({"standard": "n" * 61}, "standard", "n" * 61),
    ],
)
def test_a_cell_that_is_not_what_its_column_holds_is_named(cell: dict[str, str], column: str, value: str) -> None:
    assert faults(row(**cell)) == [("ours.csv", "2", column, value)]


def test_every_fault_is_told_and_nothing_is_kept() -> None:
    text = FILE + "Elsewhere,shelter,0,2026,\n"
    assert faults(text) == [
        ("ours.csv", "4", "standard", "Elsewhere"),
        ("ours.csv", "4", "capability", "shelter"),
        ("ours.csv", "4", "hours", "0"),
        ("ours.csv", "4", "adopted", "2026"),
    ]


def test_a_wrong_header_is_told_before_the_rows() -> None:
    assert faults("standard,service,service\na,b,c\n") == [
        ("ours.csv", "1", "service", ""),
        ("ours.csv", "1", "service", ""),
        ("ours.csv", "1", "capability", ""),
        ("ours.csv", "1", "hours", ""),
    ]
    assert faults("standard,capability,hours,hours\na,shelter,1,1\n") == [("ours.csv", "1", "hours", "")]


def test_a_row_with_another_number_of_cells_is_named() -> None:
    assert faults("standard,capability,hours\na,shelter\n") == [("ours.csv", "2", "", "")]


def test_no_target_and_too_many_are_refused() -> None:
    assert faults("standard,capability,hours\n") == [("ours.csv", "1", "", "")]
    many = "standard,capability,hours\n" + "".join(f"a,shelter{number},24\n" for number in range(10))
    with pytest.raises(SchemaFault, match="10 targets"):
        standard_from_csv(many.encode(), "ours.csv", [f"shelter{number}" for number in range(10)])


@pytest.mark.parametrize("body", [b"", b"\xff\xfe\x00", b'standard,"capability\n', b"x" * 64_001])
def test_what_is_no_small_csv_is_unreadable(body: bytes) -> None:
    with pytest.raises(UnreadableFile, match=r"ours\.csv"):
        standard_from_csv(body, "ours.csv", CAPABILITIES)


def test_a_file_is_read_from_the_disk_and_a_missing_one_is_named(tmp_path: Path) -> None:
    path = tmp_path / "ours.csv"
    path.write_text(FILE, encoding="utf-8")
    assert len(read_standard(path, CAPABILITIES)) == 2
    with pytest.raises(UnreadableFile, match=r"gone\.csv"):
        read_standard(tmp_path / "gone.csv", CAPABILITIES)


def test_what_could_not_be_read_back_is_not_written() -> None:
    with pytest.raises(SchemaFault, match="formula"):
        written_standard(Standard("=cmd", {"shelter": 1}).table())


TEXT = st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), max_size=40).map(str.strip)


@given(
    TEXT.filter(lambda text: text and not runs_as_formula(text)),
    st.dictionaries(st.sampled_from(CAPABILITIES), st.integers(1, 720), min_size=1),
    st.sampled_from(["", "2026", "2026-03", "2026-03-12"]),
    TEXT.filter(lambda text: not runs_as_formula(text)),
)
def test_every_standard_reads_back_as_itself(name: str, targets: dict[str, int], adopted: str, note: str) -> None:
    notes = {next(iter(targets)): note} if note else {}
    standard = Standard(name, targets, adopted, notes)
    found: pd.DataFrame = standard_from_csv(written_standard(standard.table()), "x.csv", CAPABILITIES)
    assert Standard.of_table(found) == standard
