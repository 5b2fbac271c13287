"""The spreadsheet says what the CSV says, is the same bytes each time, and runs nothing."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import pandas as pd
import pytest
import python_calamine

from geodata.__main__ import main
from geodata.sheets import MAX_TEXT, workbook
from geodata.tables import canonical_csv, number_text

TABLE = pd.DataFrame(
    {
        "id": pd.Series(["a", "=1+1", "@x\ny", ""], dtype="str"),
        "link": pd.Series(["https://example.org", "007", "<b>&\"'", "x" * 300], dtype="str"),
        "low": [0.0, float("nan"), -1.25, 1e-7],
    }
)


def cells(body: bytes, sheet: str) -> list[list[str]]:
    book = python_calamine.load_workbook(io.BytesIO(body))
    lines = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    return [[number_text(cell) if isinstance(cell, float) else str(cell) for cell in line] for line in lines]


def test_a_table_reads_back_as_the_csv_has_it() -> None:
    expected = list(csv.reader(io.StringIO(canonical_csv(TABLE).decode(), newline="")))
    assert cells(workbook({"values": TABLE}), "values") == expected


def test_the_same_table_gives_the_same_bytes() -> None:
    assert workbook({"values": TABLE}) == workbook({"values": TABLE.copy()})


def test_no_cell_is_a_formula_or_a_link_and_unknown_is_no_cell() -> None:
    with zipfile.ZipFile(io.BytesIO(workbook({"values": TABLE}))) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml").decode()
        properties = packed.read("docProps/core.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    assert 'r="C3"' not in sheet
    assert "2000-01-01T00:00:00Z" in properties


def test_a_text_that_no_cell_can_hold_is_cut_and_nothing_else_is_lost() -> None:
    table = pd.DataFrame({"text": pd.Series(["y" * (MAX_TEXT + 5), "z"], dtype="str")})
    assert [len(line[0]) for line in cells(workbook({"a": table}), "a")] == [4, MAX_TEXT, 1]


def test_the_spreadsheet_of_the_command_line_equals_its_csv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AMPARO_VAR", str(tmp_path / "var"))
    monkeypatch.delenv("AMPARO_STORE", raising=False)
    asked = ["indicators", "--as-of", "2024-04", "--country", "PAN", "--country", "CRI"]
    book, text = tmp_path / "i.xlsx", tmp_path / "i.csv"
    assert main([*asked, "--format", "xlsx", "--output", str(book)]) == 0
    assert main([*asked, "--format", "csv", "--output", str(text)]) == 0
    assert cells(book.read_bytes(), "values") == list(csv.reader(io.StringIO(text.read_text(), newline="")))
    assert {line[0] for line in cells(book.read_bytes(), "definitions")} >= {"id", "clinical_services"}
    assert ["official_wording_not_verified"] in [line[:1] for line in cells(book.read_bytes(), "caveats")]


def test_a_spreadsheet_does_not_go_to_the_screen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("AMPARO_VAR", str(tmp_path / "var"))
    assert main(["indicators", "--period", "2024", "--format", "xlsx"]) == 1
    assert "--output FILE" in capsys.readouterr().err
