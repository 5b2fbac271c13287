"""A file is told by its content and read strictly, or refused by its name with what was found and what to do."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from geodata.errors import UnknownName, UnreadableFile
from geodata.sources import READERS, read_records, reader_for
from geodata.sources.records import MAX_CELLS

SHEET = """<?xml version="1.0" encoding="UTF-8"?>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>"""
PARTS = {
    "[Content_Types].xml": """<?xml version="1.0"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/xl/workbook.xml"
 ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>""",
    "_rels/.rels": """<?xml version="1.0"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/>
</Relationships>""",
    "xl/workbook.xml": """<?xml version="1.0"?>
<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
<sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>""",
    "xl/_rels/workbook.xml.rels": """<?xml version="1.0"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>
</Relationships>""",
}


def workbook(rows: str) -> bytes:
    """A spreadsheet of one sheet from the XML of its rows."""
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in {**PARTS, "xl/worksheets/sheet1.xml": SHEET.format(rows=rows)}.items():
            packed.writestr(name, text)
    return body.getvalue()


def cells(row: int, *texts: str) -> str:
    """The XML of a row of text cells."""
    inner = "".join(
        f'<c r="{column}{row}" t="inlineStr"><is><t>{text}</t></is></c>'
        for column, text in zip("ABCDEFGH", texts, strict=False)
    )
    return f'<row r="{row}">{inner}</row>'


def write(folder: Path, body: bytes, name: str = "file.dat") -> Path:
    """A file of these bytes, under a name that says nothing about them."""
    (folder / name).write_bytes(body)
    return folder / name


@pytest.mark.parametrize(
    ("form", "body", "rows"),
    [
        ("csv", "\ufeffa, b \n1,x\n".encode(), [2]),
        ("json", b' [{"a": 1.5, "b": "x"}, {"a": null, "b": true}]', [1, 2]),
        ("xlsx", workbook(cells(1, "a", "b") + cells(2, "1", "x") + cells(4, "2", "")), [2, 4]),
    ],
)
def test_a_form_is_told_by_its_content_and_rows_by_their_number(
    tmp_path: Path, form: str, body: bytes, rows: list[int]
) -> None:
    records = read_records(write(tmp_path, body))
    assert (records.form, records.columns, records.table.index.tolist()) == (form, ["a", "b"], rows)
    assert all(isinstance(cell, str) for cell in records.table.to_numpy().ravel())


def test_numbers_of_a_spreadsheet_become_their_shortest_text(tmp_path: Path) -> None:
    number = '<row r="2"><c r="A2"><v>3</v></c><c r="B2"><v>-0.5</v></c></row>'
    table = read_records(write(tmp_path, workbook(cells(1, "a", "b") + number))).table
    assert table.loc[2].tolist() == ["3", "-0.5"]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (b"a,b\n\xff,1\n", "not UTF-8"),
        (b"a,b\n1\n", "row 2"),
        (b"a,a\n1,2\n", "'a' twice"),
        (b",\n1,2\n", "no header"),
        (b'a,b\n"1,2\n', "not CSV"),
        (b"\x89PNG\x00", "neither"),
        (b"%PDF\x00", "neither"),
        (b"PK\x03\x04junk", "damaged or locked"),
        (b"\xd0\xcf\x11\xe0junk", "does not open"),
        (b"[", "not JSON"),
        (b'[{"a": NaN}]', "NaN is no JSON number"),
        (b'[{"a": 1, "a": 2}]', "twice"),
        (b"{}", "not a list of records"),
        (b"[]", "not a list of records"),
        (b"[1]", "not a list of records"),
        (b'[{"a": [1]}]', "record 1"),
        (b'[{"a": "\\ud800"}]', "half a character"),
        (b"[" * 200_000, "not JSON"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name_with_what_was_found(tmp_path: Path, body: bytes, found: str) -> None:
    with pytest.raises(UnreadableFile, match=found) as refusal:
        read_records(write(tmp_path, body))
    assert "file.dat" in str(refusal.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"none\.xlsx cannot be read"):
        read_records(tmp_path / "none.xlsx")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="cannot be read"):
        read_records(tmp_path)


def test_a_sheet_that_claims_a_cell_far_away_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    with pytest.raises(UnreadableFile, match=f"more than {MAX_CELLS:,} cells"):
        read_records(write(tmp_path, workbook(cells(1, "a") + far)))


def test_a_package_that_unpacks_to_a_flood_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("geodata.sources.records.MAX_UNPACKED_BYTES", 1000)
    with pytest.raises(UnreadableFile, match="unpacks to more"):
        read_records(write(tmp_path, workbook(cells(1, "a"))))


def test_a_file_beyond_the_limit_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("geodata.sources.records.MAX_BYTES", 3)
    with pytest.raises(UnreadableFile, match="larger than"):
        read_records(write(tmp_path, b"a\n1\n2\n"))


def test_columns_that_no_reader_knows_are_told_with_those_it_expects(tmp_path: Path) -> None:
    records = read_records(write(tmp_path, b"name,phone\nx,1\n"))
    with pytest.raises(UnreadableFile, match=r"file\.dat is CSV with the columns name, phone\. Expected: .*Main ID"):
        reader_for(records, "incident_reports")


def test_a_table_that_no_reader_fills_is_told_with_those_that_one_does(tmp_path: Path) -> None:
    records = read_records(write(tmp_path, b"name,phone\nx,1\n"))
    with pytest.raises(UnknownName, match=r"'services'.*incident_reports"):
        reader_for(records, "services")


def test_no_two_readers_have_one_name() -> None:
    assert len({reader.name for reader in READERS}) == len(READERS)


@pytest.mark.corpus
def test_no_bad_input_of_the_corpus_is_read_as_a_release_or_ends_in_another_error(corpus: Path) -> None:
    files = [path for path in (corpus / "badinputs").rglob("*") if path.is_file()]
    assert len(files) > 300
    for path in files:
        with pytest.raises(UnreadableFile):
            reader_for(read_records(path), "incident_reports")
