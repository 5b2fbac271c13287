"""The page's question of what if: its words, its two states, its editor, its tables, its file and its commands."""

from __future__ import annotations

import csv
import io
import json
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import plotly
import pytest
from pages import the_page
from said import words

from dashboard.plan_files import read_plan
from dashboard.questions.plan import commands
from dashboard.questions.records import question_of
from dashboard.state import LANGUAGES, ViewState
from dashboard.text import Texts
from geodata.__main__ import main
from geodata.planning import Change, Scenario
from geodata.sources.scenarios import written_scenario

EMPTY = "q=plan&date=2024-04&lang=es"
REOPENED = "open:bajo_chiquito:clinical_care:2024-03::50000"
CLOSED = "close:SV023"
TEAM = "mobile:meteti@mon.thu@8-16:clinical_care"
PAUSED = "suspend:SV023::2024-03:2024-06"


def planned(*changes: str, lang: str = "es", more: str = "") -> str:
    return f"q=plan&date=2024-04&lang={lang}&plan={','.join(changes)}{more}"


def parts(component: object) -> Iterator[Any]:
    """A component and everything in it."""
    for part in component if isinstance(component, list | tuple) else [component]:
        yield part
        children = getattr(part, "children", None)
        if children is not None and not isinstance(children, str | int):
            yield from parts(children)


def put(answer: dict[str, Any]) -> list[str]:
    """The plans that the buttons of the editor put into the address."""
    found = [getattr(part, "data-value", None) for part in parts(answer["figures"]) if hasattr(part, "data-value")]
    return [value for value in found if value is not None]


# ---- the sentence and the states -------------------------------------------------------------------------------------


def test_without_a_plan_the_page_says_how_to_begin_and_offers_two_plans_from_the_data() -> None:
    answer = the_page().answer(EMPTY, "")
    assert "Todavía no hay ningún cambio" in words(answer["sentence"])
    closing, opening = map(Change.parse, put(answer))
    assert (closing.kind, opening.kind, opening.capabilities) == ("close", "open", ("clinical_care",))
    assert "before" not in answer["map"]
    assert answer["charts"] == {}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_example_is_a_plan_that_changes_the_answer(lang: str) -> None:
    for example in put(the_page().answer(f"q=plan&date=2024-04&lang={lang}", "")):
        answer = the_page().answer(planned(example, lang=lang), "")
        assert answer["map"]["runs"] != answer["map"]["before"]["runs"]


def test_the_sentence_says_hours_woman_days_with_their_range_and_cost() -> None:
    said = words(the_page().answer(planned(REOPENED, lang="en"), "")["sentence"])
    assert "19 hours more of the journey come into time" in said
    assert "from 22,455 (9,151–108,976) to 13,975 (9,151–97,596)" in said
    assert "costs 50,000: 5.9 for each day" in said


def test_what_gets_worse_is_said_as_such() -> None:
    said = words(the_page().answer(planned(CLOSED, lang="en"), "")["sentence"])
    assert "fall out of time" in said


def test_a_cost_that_nobody_said_is_named_and_nothing_is_divided_by_it() -> None:
    said = words(the_page().answer(planned(REOPENED, TEAM, lang="en"), "")["sentence"])
    assert "the cost of 1 change is missing" in said
    assert "for each day" not in said


def test_where_nobody_counted_the_women_that_is_said() -> None:
    said = words(the_page().answer("q=plan&date=2026-06&lang=en&plan=open:bajo_chiquito:clinical_care", "")["sentence"])
    assert "there is no count for this month" in said


def test_what_is_assumed_of_new_services_and_waits_is_said_where_there_are_any() -> None:
    page = the_page()
    assert "assumed to work" not in words(page.answer(planned(CLOSED, lang="en"), "")["summary"])
    said = words(page.answer(planned(REOPENED, TEAM, lang="en"), "")["summary"])
    assert "assumed to work" in said
    assert "makes her wait" in said
    assert "need not add up" in said


def test_the_map_has_the_route_without_and_with_the_plan_and_the_ribbons_too() -> None:
    answer = the_page().answer(planned(REOPENED), "")
    own = the_page().answer("date=2024-04&lang=es", "")
    assert answer["map"]["before"]["runs"] == own["map"]["runs"]
    assert answer["map"]["sides"]["after"]["label"] == "Con el plan"
    assert set(answer["charts"]["plan"]) == {"wide", "narrow"}


def test_what_the_plan_changes_is_marked_on_map_and_strip() -> None:
    answer = the_page().answer(planned(REOPENED, TEAM, CLOSED, "upgrade:SV042:shelter"), "")
    marks = {(one["kind"], one["place"]) for one in answer["map"]["points"] if one["kind"].startswith("planned")}
    page = the_page()
    sv023, sv042 = (page.corridor.services.at[name, "at_place"] for name in ("SV023", "SV042"))
    assert marks == {
        ("planned_open", "bajo_chiquito"),
        ("planned_mobile", "meteti"),
        ("planned_close", sv023),
        ("planned_upgrade", sv042),
    }
    assert "service--planned" in answer["strip"]["horizontal"]


def test_what_the_plan_changes_at_other_dates_alone_has_no_mark() -> None:
    answer = the_page().answer(planned("open:bajo_chiquito:clinical_care:2024-06"), "")
    assert [one for one in answer["map"]["points"] if one["kind"].startswith("planned")] == []


def test_a_paused_service_that_is_back_is_selected_by_its_own_name() -> None:
    query = planned(PAUSED).replace("date=2024-04", "date=2024-07")
    answer = the_page().answer(f"{query}&at=service:SV023", "")
    assert "service:SV023" in {one.get("at") for one in answer["map"]["points"]}
    assert answer["detail"]


def test_other_questions_do_not_know_of_the_plan() -> None:
    page = the_page()
    assert (
        page.answer(f"date=2024-04&lang=es&plan={REOPENED}", "")["map"]
        == page.answer("date=2024-04&lang=es", "")["map"]
    )


# ---- the editor ------------------------------------------------------------------------------------------------------


def test_each_change_stands_in_words_with_a_button_that_leaves_the_others() -> None:
    answer = the_page().answer(planned(REOPENED, CLOSED, TEAM), "")
    said = words(answer["figures"])
    assert "Abrir en Bajo Chiquito: Atención clínica tras violación, desde marzo de 2024" in said
    assert "Costo: 50,000" in said
    assert "lunes y jueves, de 8 a 16 h" in said
    assert put(answer) == [f"{CLOSED},{TEAM}", f"{REOPENED},{TEAM}", f"{REOPENED},{CLOSED}"]


def test_the_last_change_that_is_removed_leaves_no_plan() -> None:
    assert put(the_page().answer(planned(CLOSED), "")) == [""]


def test_the_form_offers_the_places_of_the_route_first_and_every_service_once() -> None:
    figures = the_page().answer(EMPTY, "")["figures"]
    lists = {part.id: part.options for part in parts(figures) if hasattr(part, "options")}
    page = the_page()
    places = [option["value"] for option in lists["plan-place"][1:]]
    assert places[0] == page.answers(ViewState()).profile.stops["place_id"].iloc[0]
    assert sorted(places) == sorted(page.corridor.places.index)
    services = [option["value"] for option in lists["plan-service"][1:]]
    tied = page.corridor.services[page.corridor.services["at_place"] != ""]
    assert sorted(services) == sorted(tied.index)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_the_script_fills_in_has_its_holes_and_no_other(lang: str) -> None:
    figures = the_page().answer(f"q=plan&lang={lang}", "")["figures"]
    between = getattr(figures[0], "data-say-pin-between")
    assert all(f"{{{hole}}}" in between for hole in ("place0", "km0", "place1", "km1"))


# ---- the tables ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", ["effects", "plan_stretches", "plan_services", "plan_after", "services", "places"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_its_tables_have_a_cell_for_every_column_in_every_language(table: str, lang: str) -> None:
    shown = the_page().table(planned(REOPENED, CLOSED, TEAM, lang=lang, more=f"&table={table}"), "")
    assert shown["rows"]
    assert {len(row["cells"]) for row in shown["rows"]} == {len(shown["columns"])}
    assert "plan-1" not in json.dumps(shown)


def test_the_effects_have_a_row_without_the_plan_one_for_each_change_and_one_for_all() -> None:
    shown = the_page().table(planned(REOPENED, CLOSED), "")
    names = [row["cells"][0]["text"] for row in shown["rows"]]
    assert names[0] == "Sin el plan"
    assert names[-1] == "Todos los cambios juntos"
    assert len(names) == 4


def test_nothing_of_the_answer_is_a_number_that_is_none() -> None:
    answer = the_page().answer("q=plan&date=2026-06&lang=en&plan=open:bajo_chiquito:clinical_care", "")
    assert "NaN" not in json.dumps(answer, cls=plotly.utils.PlotlyJSONEncoder)


# ---- the file and the commands ---------------------------------------------------------------------------------------


def test_a_command_beside_the_figures_gives_the_rows_of_the_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("AMPARO_VAR", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    query = planned(REOPENED, CLOSED, TEAM)
    state, notices = ViewState.parse(query, the_page().known)
    assert notices == ()
    (tmp_path / "amparo-plan.csv").write_bytes(written_scenario(state.scenario))
    lines = {one.figure: one.line for one in commands(state, question_of(state, the_page().answers.records["plan"]))}
    assert main([*shlex.split(lines["plan"].removeprefix("python -m geodata ")), "--format", "csv"]) == 0
    found = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    shown = the_page().table(query, "")
    column = [one["key"] for one in shown["columns"]].index("typical_woman_days_taken_out")
    assert [float(row["typical_woman_days_taken_out"]) for row in found] == pytest.approx(
        [row["cells"][column]["value"] for row in shown["rows"]]
    )


def test_a_file_becomes_the_parts_of_an_address_and_back() -> None:
    scenario = Scenario("Reapertura", tuple(map(Change.parse, (REOPENED, TEAM))))
    answer, status = read_plan(the_page(), written_scenario(scenario), Texts("es"))
    assert (answer, status) == ({"plan": f"{REOPENED},{TEAM}", "name": "Reapertura"}, 200)
    state, notices = ViewState.parse(f"q=plan&plan={answer['plan']}&name={answer['name']}", the_page().known)
    assert (state.scenario, notices) == (scenario, ())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_faulty_file_is_refused_with_every_fault_in_words(lang: str) -> None:
    body = b"change,place,capabilities\nopen,nowhere,shelter\nopen,bajo_chiquito,magic\nopen,bajo_chiquito,\n"
    answer, status = read_plan(the_page(), body, Texts(lang))
    assert status == 422
    assert [fault.split()[1].strip(",:\u00a0") for fault in answer["faults"]] == ["2", "3", "4"]


@pytest.mark.parametrize("body", [b"", b"\xff\xfe", b"PK\x03\x04"])
def test_what_is_no_such_file_is_refused(body: bytes) -> None:
    assert read_plan(the_page(), body, Texts("en"))[1] == 422


def test_a_file_with_too_many_changes_is_refused() -> None:
    changes = tuple(Change("open", "bajo_chiquito", ("shelter",), cost=float(cost)) for cost in range(31))
    answer, status = read_plan(the_page(), written_scenario(Scenario("", changes)), Texts("en"))
    assert status == 422
    assert "30 changes" in answer["faults"][0]
