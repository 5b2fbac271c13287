"""The address and the view: every view has one address, and every address, however broken, has a view."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from records import AUDIENCES, CAPABILITIES, QUESTIONS

from dashboard.questions import question_of, read_records
from dashboard.state import LANGUAGES, LAYERS, REGION_PARTS, Known, Notice, ViewState, browser_rules
from geodata.planning import OBJECTIVES
from geodata.schema import DIRECTIONS, STATUSES
from geodata.units import PACES, Month, months_between

ROUTES = {
    "north_acandi_ciudad_juarez": "northbound",
    "north_carreto_tijuana": "northbound",
    "south_miramar": "southbound",
    "south_palenque": "southbound",
}
KNOWN = Known(ROUTES, capabilities=CAPABILITIES, audiences=AUDIENCES, tables=QUESTIONS)
PARTS = (
    *("q", "date", "since", "dir", "route", "service", "window", "whom", "status", "lang", "layers", "table", "at"),
    *REGION_PARTS,
)
CHANGES = (
    "open:bajo_chiquito:clinical_care.shelter:2024-05::120000",
    "close:SV002",
    "suspend:SV003::2024-03:2024-09",
    "move:SV004::2024-02",
    "mobile:bajo_chiquito@mon.wed@8-16~meteti@fri@9-12:psychosocial",
)

kilometres = st.integers(0, 9_999_999).map(lambda thousandth: f"{thousandth / 1000:g}")
selections = st.one_of(
    st.just(""),
    st.from_regex(r"(place|service):[a-z0-9_.-]{1,20}", fullmatch=True),
    st.builds("leg:{}@{}".format, st.from_regex(r"[a-z_]{1,20}", fullmatch=True), kilometres),
)


@st.composite
def states(draw: st.DrawFn) -> ViewState:
    route = draw(st.sampled_from(sorted(ROUTES)))
    question = draw(st.sampled_from(tuple(QUESTIONS)))
    as_of = draw(st.sampled_from(months_between(KNOWN.first, KNOWN.last)))
    return ViewState(
        question=question,
        as_of=as_of,
        since=draw(st.sampled_from((None, *months_between(KNOWN.first, as_of.plus(-1))))),
        whom=draw(st.sampled_from(("", *AUDIENCES))),
        direction=ROUTES[route],
        route=route,
        capability=draw(st.sampled_from(CAPABILITIES)),
        window_hours=draw(st.integers(1, 720)),
        status=draw(st.sampled_from(STATUSES)),
        lang=draw(st.sampled_from(("", *LANGUAGES))),
        layers=draw(st.sets(st.sampled_from(LAYERS)).map(lambda chosen: tuple(one for one in LAYERS if one in chosen))),
        table=draw(st.sampled_from(QUESTIONS[question])),
        at=draw(selections),
        plan=tuple(draw(st.lists(st.sampled_from(CHANGES), unique=True))),
        plan_name=draw(st.sampled_from(("", "Plan B", "Clínica, “otra vez” & más"))),
        objective=draw(st.sampled_from(OBJECTIVES)),
        places=draw(st.integers(1, 20)),
        pace=draw(st.sampled_from(PACES)),
        part=draw(st.sampled_from(("all", "PAN", "CRI"))),
        without=tuple(draw(st.lists(st.sampled_from(("meteti", "david")), unique=True))),
        own=tuple(draw(st.lists(st.sampled_from(("8.21@-77.95", "-0.18@-78.47")), unique=True))),
        budget=draw(st.none() | st.integers(1, 10**9)),
        costs=draw(st.sampled_from(((), (100, 40)))),
        standard=draw(st.sampled_from(((), ("clinical_care@24", "shelter@48"), ("legal_aid@720",)))),
        country=draw(st.sampled_from(("", "PAN"))),
    )


@given(states())
def test_a_view_comes_back_from_its_address_without_a_notice(state: ViewState) -> None:
    assert ViewState.parse(state.query(KNOWN), KNOWN) == (state, ())


@given(states(), st.randoms())
def test_the_order_of_the_parts_does_not_change_the_view_nor_its_address(state: ViewState, random) -> None:
    parts = state.query(KNOWN).split("&")
    random.shuffle(parts)
    again, _ = ViewState.parse("?" + "&".join(parts), KNOWN)
    assert again.query(KNOWN) == state.query(KNOWN)


@given(st.dictionaries(st.sampled_from(PARTS), st.text(max_size=80)).map(urlencode))
def test_any_address_has_a_view_whose_own_address_is_clean(query: str) -> None:
    state, _ = ViewState.parse(query, KNOWN)
    assert ROUTES[state.route] == state.direction
    assert ViewState.parse(state.query(KNOWN), KNOWN) == (state, ())


@given(st.text(max_size=200))
def test_no_text_breaks_the_reading_of_an_address(query: str) -> None:
    state, _ = ViewState.parse(query, KNOWN)
    assert state.route in ROUTES


def test_the_first_view_has_an_empty_address() -> None:
    assert ViewState().query(KNOWN) == ""
    assert ViewState.parse("", KNOWN) == (ViewState(), ())


def test_an_address_reads_as_it_is_written_here() -> None:
    state, notices = ViewState.parse("?date=2025-06&dir=southbound&window=24&at=leg:a__b__boat@3.5", KNOWN)
    assert notices == ()
    assert state.as_of == Month(2025, 6)
    assert state.route == "south_miramar"
    assert state.selected() == ("leg", "a__b__boat", 3.5)
    assert state.query(KNOWN) == "date=2025-06&dir=southbound&window=24&at=leg:a__b__boat@3.5"


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("q", "quiet"),
        ("date", "2018-12"),
        ("date", "2026-12"),
        ("date", "2024-13"),
        ("dir", "north"),
        ("route", "nowhere"),
        ("service", "hospital"),
        ("window", "0"),
        ("window", "721"),
        ("window", "72.5"),
        ("window", "-3"),
        ("status", "possible"),
        ("lang", "de"),
        ("layers", "services,tiles"),
        ("table", "persons"),
        ("at", "leg:x"),
        ("at", "place:<b>"),
    ],
)
def test_a_wrong_part_falls_back_and_is_told(part: str, value: str) -> None:
    state, notices = ViewState.parse(urlencode({part: value}), KNOWN)
    assert state == ViewState()
    assert notices == (Notice(part, value),)


def test_a_notice_quotes_no_more_than_a_line() -> None:
    _, notices = ViewState.parse(urlencode({"q": "x" * 500}), KNOWN)
    assert len(notices[0].value) == 60


def test_what_is_no_part_of_a_view_is_passed_over() -> None:
    assert ViewState.parse("utm_source=mail&date=", KNOWN) == (ViewState(), ())


def test_of_a_part_given_twice_the_first_counts() -> None:
    state, notices = ViewState.parse("window=24&window=120", KNOWN)
    assert (state.window_hours, notices) == (24, ())


def test_a_direction_that_a_route_does_not_have_shows_its_own_main_route() -> None:
    state, notices = ViewState.parse("dir=southbound&route=north_carreto_tijuana", KNOWN)
    assert (state.direction, state.route) == ("southbound", "south_miramar")
    assert notices == (Notice("route_direction", "north_carreto_tijuana"),)


def test_a_route_alone_gives_its_direction() -> None:
    state, notices = ViewState.parse("route=south_palenque", KNOWN)
    assert (state.direction, state.route, notices) == ("southbound", "south_palenque", ())


def test_no_layer_is_written_and_read() -> None:
    state = ViewState(layers=())
    assert state.query(KNOWN) == "layers=none"
    assert ViewState.parse("layers=none", KNOWN)[0] == state


def test_a_selection_must_exist_where_it_can_be_checked() -> None:
    known = Known(ROUTES, tables=QUESTIONS, subjects={"place": frozenset({"acandi"})})
    assert ViewState.parse("at=place:acandi", known)[0].at == "place:acandi"
    assert ViewState.parse("at=place:atlantis", known)[1] == (Notice("at", "place:atlantis"),)


def test_question_two_asks_for_the_protective_state_and_keeps_the_chosen_service() -> None:
    records = {record.id: record for record in read_records()}
    state = ViewState(question="state", capability="shelter")
    assert question_of(state, records["state"]).capability == "state:protective"
    assert question_of(state, records["care"]).capability == "shelter"


def test_a_control_without_a_part_in_the_question_has_no_effect() -> None:
    records = {record.id: record for record in read_records()}
    state = ViewState(whom="girl_alone")
    assert question_of(state, records["state"]).whom == ""
    assert question_of(state, records["care"]).whom == "girl_alone"


def test_an_earlier_month_must_be_earlier_and_else_a_year_before_is_taken() -> None:
    state, notices = ViewState.parse("date=2024-04&since=2024-04", KNOWN)
    assert notices == (Notice("since_later", "2024-04"),)
    assert state.compared_with == Month(2023, 4)
    assert ViewState.parse("since=2024-02", KNOWN)[0].compared_with == Month(2024, 2)


def test_the_browser_is_told_every_part_and_its_default() -> None:
    rules = browser_rules(KNOWN)
    assert tuple(rules["parts"]) == PARTS == tuple(rules["defaults"])
    assert rules["mainRoutes"] == {"northbound": "north_acandi_ciudad_juarez", "southbound": "south_miramar"}
    assert set(rules["mainRoutes"]) == set(DIRECTIONS)
