"""A question and a capability are added by a row and its words: no code changes."""

from __future__ import annotations

import json

import plotly
import pytest
from pages import the_page

from dashboard.layers import LayerStore
from dashboard.page import Page
from dashboard.questions.records import FILE, read_records
from dashboard.state import LANGUAGES, ViewState
from dashboard.text import catalogue
from geodata.corridor import Corridor
from geodata.reference import read_reference
from geodata.snapshot import Snapshot
from geodata.tables import canonical_csv, table_from_csv


def written(parts: dict) -> str:
    return json.dumps(parts, cls=plotly.utils.PlotlyJSONEncoder, ensure_ascii=False)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_question_is_a_row_and_its_words(lang: str, tmp_path, monkeypatch) -> None:
    row = "bed,hours,shelter,24,status;layers,stretches;places\n"
    book = tmp_path / "questions.csv"
    book.write_text(FILE.read_text(encoding="utf-8") + row, encoding="utf-8")
    monkeypatch.setitem(catalogue(lang), "question.bed", "A bed tonight?")
    page = Page.of(the_page().corridor, the_page().layers, read_records(book))
    shell, answer = page.shell(f"q=bed&lang={lang}", ""), page.answer(f"q=bed&lang={lang}", "")
    assert "A bed tonight?" in written(shell["header"])
    found = page.answers(ViewState(question="bed"))
    assert (found.question.capability, found.question.window_hours) == ("shelter", 24.0)
    assert answer["table"]["rows"]
    assert answer["strip"]["horizontal"].startswith("<svg")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_capability_is_a_row_its_services_and_its_words(lang: str, monkeypatch) -> None:
    tables = read_reference()
    body = canonical_csv(tables["capabilities"]) + b"legal_papers,10,no,,,,amparo_method,\n"
    tables["capabilities"] = table_from_csv("capabilities", body)
    services = tables["services"]
    tables["services"] = services.assign(
        capabilities=services["capabilities"].where(services["place_id"] != "meteti", "legal_papers")
    )
    for key in ("", ".meaning", ".noun", ".next", ".any"):
        monkeypatch.setitem(catalogue(lang), f"capability.legal_papers{key}", "papers in hand")
    corridor = Corridor.of(Snapshot.of(tables))
    page = Page.of(corridor, LayerStore(()))
    answer = page.answer(f"service=legal_papers&lang={lang}", "")
    assert "papers in hand" in written(page.shell(f"lang={lang}", "")["controls"])
    assert "papers in hand" in answer["sentence"][0].children
    assert set(page.answers(ViewState(capability="legal_papers")).sites["at_place"]) == {"meteti"}
