"""The page's question of which service matters most: its words, its bars and calendar, its tables, its map and its plans."""

from __future__ import annotations

from urllib.parse import parse_qs

import pytest
from pages import the_page

from dashboard.panels.closures import plan_address
from dashboard.state import LANGUAGES, ViewState
from dashboard.text import Texts
from geodata.planning.scenario import Change

FEBRUARY = "q=closures&date=2024-02&lang=es"
SOUTH = "q=closures&dir=southbound&date=2025-06&service=shelter&lang=es"


def parts(component: object) -> list[object]:
    """A component and all in it, in their order."""
    if isinstance(component, list | tuple):
        return [one for part in component for one in parts(part)]
    return [component, *parts(getattr(component, "children", None) or [])]


def words(component: object) -> str:
    return " ".join(str(one) for one in parts(component) if isinstance(one, str | int))


def links(query: str) -> list[str]:
    return [str(one.href) for one in parts(the_page().answer(query, "")["story"]) if type(one).__name__ == "A"]


def test_the_headline_names_the_service_its_place_and_the_hours() -> None:
    answer = the_page().answer(FEBRUARY, "")
    said = words(answer["sentence"])
    assert (
        "Si cerrara Centro de atención integral (CAI) de MSF (Ciudad de México), el viaje tendría 19 horas más" in said
    )
    assert "febrero de 2024" in said
    assert "Más adelante no consta ninguno en esta ruta." in said
    assert "19 h al paso habitual, 18 h al rápido y 24 h al lento" in words(answer["summary"])
    assert "11,351 días más de mujeres y niñas" in words(answer["summary"])
    assert "entre Tapachula y Ciudad Juárez: 49 h de viaje. Como consta, lo están 30 h." in words(answer["summary"])


def test_the_next_is_named_with_its_hours_further_on() -> None:
    said = words(the_page().answer("q=closures&date=2024-10&lang=en", "")["sentence"])
    assert "The next would be Hospital San Juan de Dios, San José, 20 h (16–28) further on." in said


def test_where_none_decides_by_itself_that_is_said_without_a_chart() -> None:
    answer = the_page().answer(SOUTH, "")
    assert "no tendría más horas fuera del plazo" in words(answer["sentence"])
    assert "Ningún servicio por sí solo" in words(answer["story"])
    assert answer["charts"] == {}
    assert "before" not in answer["map"]


def test_where_a_closing_only_leaves_less_known_that_is_the_headline() -> None:
    said = words(the_page().answer("q=closures&dir=southbound&date=2025-06&lang=en", "")["sentence"])
    assert "it would no longer be known whether help is in time" in said


def test_where_none_serves_that_is_said_and_the_tables_are_empty() -> None:
    query = "q=closures&date=2024-02&service=anti_trafficking&lang=en"
    answer = the_page().answer(query, "")
    assert "is on record on this route" in words(answer["sentence"])
    assert "none whose closing could be looked at" in words(answer["sentence"])
    assert the_page().table(f"{query}&table=closures", "")["rows"] == []


def test_an_unknown_count_is_said_and_never_a_figure() -> None:
    answer = the_page().answer("q=closures&date=2019-06&lang=en", "")
    assert "the count of the month is missing" in words(answer["summary"])
    cells = the_page().table("q=closures&date=2019-06&lang=en&table=closures", "")["rows"][0]["cells"]
    assert [cells[n] for n in (8, 9, 10)] == [{"text": "not known", "value": None}] * 3


def test_the_calendar_has_a_box_for_each_of_the_twelve_months_after_the_date() -> None:
    story = parts(the_page().answer(FEBRUARY, "")["story"])
    boxes = next(one for one in story if getattr(one, "className", "") == "calendar").children
    assert len(boxes) == 12
    assert words(boxes[0]).startswith("mar 2024")
    assert words(boxes[0]).count("cierra") == 3
    assert "De él dependen 25 h de viaje." in words(boxes[0])
    assert words(boxes[2]) == "may 2024 no consta nada"
    assert [getattr(box, "className", None) == "is-empty" for box in boxes].count(True) == 7


def test_each_service_leads_to_the_same_view_as_a_plan() -> None:
    asked = [parse_qs(link.removeprefix("?")) for link in links(f"{FEBRUARY}&status=confirmed&at=place:danli")]
    assert {one["q"][0] for one in asked} == {"plan"}
    assert {one["date"][0] for one in asked} == {"2024-02"}
    assert {one["status"][0] for one in asked} == {"confirmed"}
    assert not any("at" in one for one in asked)
    plans = [Change.parse(one["plan"][0]) for one in asked]
    assert {plan.kind for plan in plans} == {"close"}
    state, _ = ViewState.parse(f"{FEBRUARY}&status=confirmed", the_page().known)
    assert [plan.target for plan in plans] == the_page().answers(state).found.closures.index.tolist()


def test_the_address_of_a_plan_is_read_back(monkeypatch: pytest.MonkeyPatch) -> None:
    page = the_page()
    state, _ = ViewState.parse("q=closures&dir=southbound&route=south_palenque&date=2025-06", page.known)
    known = page.known.__class__(**{**page.known.__dict__, "tables": {**page.known.tables, "plan": ("stretches",)}})
    planned, notices = ViewState.parse(plan_address(page.corridor, "SV054", state), known)
    assert notices == ()
    assert (planned.question, planned.plan, planned.route) == ("plan", ("close:SV054",), "south_palenque")


def test_the_map_can_be_seen_without_the_service_that_matters_most() -> None:
    shown = the_page().answer(FEBRUARY, "")["map"]
    assert shown["sides"]["before"]["label"] == "Sin este servicio"
    assert "sin Centro de atención integral" in shown["sides"]["before"]["told"]
    gone = {point["at"] for point in shown["points"] if point["kind"] == "service"} - {
        point["at"] for point in shown["before"]["points"] if point["kind"] == "service"
    }
    assert gone == {"service:SV054"}
    assert shown["before"]["runs"] != shown["runs"]


@pytest.mark.parametrize("table", ["closures", "calendar"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_its_tables_have_a_cell_for_every_column_in_every_language(table: str, lang: str) -> None:
    shown = the_page().table(f"q=closures&date=2024-02&lang={lang}&table={table}", "")
    assert shown["rows"]
    assert {len(row["cells"]) for row in shown["rows"]} == {len(shown["columns"])}


def test_the_table_says_what_the_closures_say() -> None:
    state, _ = ViewState.parse(FEBRUARY, the_page().known)
    found = the_page().answers(state).found.closures
    rows = the_page().table(f"{FEBRUARY}&table=closures", "")["rows"]
    assert [row["cells"][5]["value"] for row in rows] == found["added_typical_hours"].tolist()
    assert [row["at"] for row in rows] == [f"service:{service}" for service in found.index]
    backed = {row["at"]: row["cells"][-1]["text"] for row in rows}
    assert backed["service:SV124"] == "Clínica para sobrevivientes de violencia sexual, CIS Alonso Suazo"
    assert rows[0]["cells"][14] == {"text": Texts("es")("word.none_ahead"), "value": None}
