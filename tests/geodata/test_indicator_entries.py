"""What delegations enter: whole or not at all, nothing overwritten, and never more than text."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from geodata.__main__ import main
from geodata.corridor import Corridor
from geodata.errors import ReferenceFault, SchemaFault
from geodata.indicators import Period, current_entries, enter, indicator_values, read_entries
from geodata.indicators.entries import MAX_CELL, MAX_ROWS
from geodata.store import Store

ENTRY = {
    "indicator_id": "complaints_with_outcome",
    "country_iso3": "PAN",
    "period": "2024",
    "kind": "value",
    "value": "12.5",
    "unit": "",
    "text": "",
    "language": "es",
    "source_publisher": "Ministerio Público",
    "source_title": "Informe anual",
    "source_url": "https://example.org/informe",
    "source_date": "2025-02",
}
REPLY = ENTRY | {"kind": "reply", "value": "", "text": "Nuestra lectura es otra.", "period": ""}
HOSTILE = '=HYPERLINK("http://x")\'; DROP TABLE indicators;-- <script>alert(1)</script>\u202e{{7*7}}'


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = Store(f"sqlite:///{tmp_path / 'amparo.sqlite'}", busy_seconds=0)
    made.fill_from_reference()
    return made


def test_an_entry_comes_back_beside_the_computed_value_without_a_restart(store: Store) -> None:
    made = Corridor.of(store.read_snapshot())
    enter(store, {"2": ENTRY, "3": REPLY}, "answer.csv")
    found = indicator_values(made, Period.parse("2024"), ["PAN"], entries=read_entries(store))
    rows = found[found["indicator_id"] == "complaints_with_outcome"]
    assert rows["basis"].tolist() == ["no_information", "entered", "entered"]
    assert rows["typical"].tolist()[1] == 12.5
    assert rows["unit"].tolist()[1:] == ["percent", ""]
    assert rows["text"].tolist()[2] == "Nuestra lectura es otra."
    assert rows["entered_source"].tolist()[1].endswith("https://example.org/informe, 2025-02")


def test_an_entry_for_a_year_stands_beside_its_months_and_not_beside_another_year(store: Store) -> None:
    made = Corridor.of(store.read_snapshot())
    enter(store, {"2": ENTRY}, "answer.csv")
    beside = {
        period: (indicator_values(made, Period.parse(period), entries=read_entries(store))["basis"] == "entered").sum()
        for period in ("2024", "2024-04", "2023", "2025-01")
    }
    assert beside == {"2024": 1, "2024-04": 1, "2023": 0, "2025-01": 0}


def test_a_later_entry_counts_and_the_earlier_one_stays_as_history(store: Store) -> None:
    enter(store, {"2": ENTRY}, "first.csv")
    enter(store, {"2": ENTRY | {"value": "14"}}, "second.csv")
    enter(store, {"2": ENTRY}, "third.csv")
    kept = read_entries(store)
    assert kept["value"].tolist() == [12.5, 14.0, 12.5]
    assert kept["id"].tolist() == ["E000001", "E000002", "E000003"]
    assert current_entries(kept)["id"].tolist() == ["E000003"]


def test_the_same_answer_twice_is_refused_in_one_file_and_in_two(store: Store) -> None:
    with pytest.raises(SchemaFault, match=r"row 3.*another row of this file"):
        enter(store, {"2": ENTRY, "3": ENTRY | {"value": "14"}}, "twice.csv")
    enter(store, {"2": ENTRY}, "first.csv")
    with pytest.raises(SchemaFault, match=r"row 2.*is entered already"):
        enter(store, {"2": ENTRY}, "second.csv")
    assert len(read_entries(store)) == 1


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"value": ""}, "value"),
        ({"period": ""}, "period"),
        ({"value": "12,5"}, "value"),
        ({"value": "nan"}, "value"),
        ({"country_iso3": "XXX"}, "country_iso3"),
        ({"kind": "guess"}, "kind"),
        ({"kind": "reply", "value": ""}, "text"),
        ({"kind": "official_wording", "text": "x"}, "value"),
        ({"language": "de"}, "language"),
        ({"source_publisher": ""}, "source_publisher"),
        ({"source_date": ""}, "source_date"),
        ({"source_url": "javascript:alert(1)"}, "source_url"),
        ({"text": "x" * (MAX_CELL + 1)}, "text"),
        ({"text": "a\x00b"}, "text"),
        ({"rank": "1"}, "rank"),
    ],
)
def test_a_faulty_row_is_refused_by_its_line_and_column_and_nothing_of_the_file_is_kept(
    change: dict[str, str], column: str, store: Store
) -> None:
    with pytest.raises(SchemaFault) as refusal:
        enter(store, {"2": REPLY, "3": ENTRY | change}, "answer.csv")
    assert column in {fault.column for fault in refusal.value.faults}
    assert {"1", "3"} >= {fault.row for fault in refusal.value.faults}
    assert read_entries(store).empty


def test_an_indicator_that_is_not_there_is_refused_and_nothing_is_kept(store: Store) -> None:
    with pytest.raises(ReferenceFault, match="no row of indicators"):
        enter(store, {"2": REPLY, "3": ENTRY | {"indicator_id": "happiness"}}, "answer.csv")
    assert read_entries(store).empty


def test_more_rows_than_a_delegation_writes_are_refused(store: Store) -> None:
    rows = {str(line): ENTRY | {"period": ""} for line in range(MAX_ROWS + 1)}
    with pytest.raises(SchemaFault, match="split the file"):
        enter(store, rows, "flood.csv")


def test_a_dry_run_says_what_would_happen_and_changes_nothing(store: Store) -> None:
    assert len(enter(store, {"2": ENTRY}, "answer.csv", dry_run=True)) == 1
    assert read_entries(store).empty


def test_a_hostile_text_is_kept_as_text(store: Store) -> None:
    enter(store, {"2": REPLY | {"text": HOSTILE, "source_title": HOSTILE}}, "answer.csv")
    assert read_entries(store)["text"].tolist() == [HOSTILE]


def test_entries_outlive_a_change_of_the_reference(store: Store) -> None:
    enter(store, {"2": ENTRY}, "answer.csv")
    tables = {name: store.read_snapshot().table(name) for name in store.read_snapshot().tables}
    tables["indicator_entries"] = tables["indicator_entries"].iloc[:0]
    tables["flows"] = tables["flows"].iloc[:-1]
    assert store.fill_from_reference(tables)
    assert len(read_entries(store)) == 1


def test_the_template_filled_in_goes_through_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("AMPARO_VAR", str(tmp_path / "var"))
    monkeypatch.delenv("AMPARO_STORE", raising=False)
    filled = tmp_path / "filled.csv"
    assert main(["indicators", "--template", "--output", str(filled)]) == 0
    header = filled.read_text().strip().split(",")
    pd.DataFrame([{name: ENTRY[name] for name in header}]).to_csv(filled, index=False)
    assert main(["indicators", "--enter", str(filled), "--dry-run"]) == 0
    assert main(["indicators", "--enter", str(filled)]) == 0
    assert "count from now on" in capsys.readouterr().out
    assert main(["indicators", "--enter", str(filled)]) == 1
    assert "is entered already" in capsys.readouterr().err
    assert main(["check"]) == 0
    assert "1 indicator_entries" in capsys.readouterr().out
    assert main(["indicators", "--period", "2024", "--country", "PAN", "--format", "csv"]) == 0
    assert ",PAN,2024," in capsys.readouterr().out
