"""The page's question of what changed: its words, its two dates, its lists and tables, and the commands beside them."""

from __future__ import annotations

import csv
import io
import shlex
from pathlib import Path

import pytest
from pages import the_page
from said import words

from dashboard.questions.change import commands
from dashboard.questions.records import question_of
from dashboard.state import LANGUAGES, ViewState
from geodata.__main__ import main

CLOSED = "q=change&date=2024-04&since=2024-02&lang=es"
SOUTH = "q=change&date=2025-06&since=2024-02&dir=southbound&lang=es"


def test_the_headline_names_both_months_and_what_got_worse() -> None:
    said = words(the_page().answer(CLOSED, "")["sentence"])
    assert "Entre febrero de 2024 y abril de 2024 la situación empeoró en 26 horas de viaje" in said
    assert "abrieron 1, cerraron 3" in said


def test_without_an_earlier_month_a_year_earlier_is_compared() -> None:
    assert "abril de 2023" in words(the_page().answer("q=change&date=2024-04&lang=es", "")["sentence"])


def test_what_cannot_be_compared_is_said_with_the_month_from_which_it_can() -> None:
    answer = the_page().answer(SOUTH, "")
    assert "Queda sin comparar" in words(answer["sentence"])
    assert "La ruta entera se puede elegir desde febrero de 2025." in words(answer["summary"])


def test_what_closed_is_listed_with_its_date_as_published() -> None:
    story = words(the_page().answer(CLOSED, "")["story"])
    assert "Cerraron: 6" in story
    assert "Bajo Chiquito: 4 de marzo de 2024" in story


def test_the_map_has_both_dates_and_the_strip_has_both_ribbons() -> None:
    answer = the_page().answer(CLOSED, "")
    assert answer["map"]["sides"]["before"]["label"] == "Antes: febrero de 2024"
    assert answer["map"]["before"]["runs"] != answer["map"]["runs"]
    assert set(answer["charts"]["change"]) == {"wide", "narrow"}
    assert "before" not in the_page().answer("date=2024-04", "")["map"]


@pytest.mark.parametrize("table", ["changes", "turnover"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_its_tables_have_a_cell_for_every_column_in_every_language(table: str, lang: str) -> None:
    shown = the_page().table(f"q=change&date=2024-04&since=2024-02&lang={lang}&table={table}", "")
    assert shown["rows"]
    assert {len(row["cells"]) for row in shown["rows"]} == {len(shown["columns"])}


def test_a_command_beside_the_figures_gives_the_rows_of_the_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("AMPARO_VAR", str(tmp_path))
    state, _ = ViewState.parse(f"{CLOSED}&table=changes", the_page().known)
    lines = {one.figure: one.line for one in commands(state, question_of(state, the_page().answers.records["change"]))}
    asked = shlex.split(lines["change_runs"].removeprefix("python -m geodata "))
    assert main([*asked, "--format", "csv"]) == 0
    found = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    shown = the_page().table(f"{CLOSED}&table=changes", "")["rows"]
    assert [float(row["hours"]) for row in found] == [row["cells"][2]["value"] for row in shown]
