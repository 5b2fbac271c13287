"""The question of silence on the page: never called quiet where it is deaf, and the day stands in the sentence."""

from __future__ import annotations

import csv
import io
import re
import shlex
from xml.etree import ElementTree as ET

import pandas as pd
import pytest
from pages import the_page

from dashboard.panels.sentence import Sentence
from dashboard.panels.strip import strip_data
from dashboard.questions.silence_found import charted, quarters_shown
from dashboard.questions.silence_story import report_chart, strip
from dashboard.state import LANGUAGES, ViewState
from dashboard.strip import StripData
from dashboard.text import Texts
from geodata.__main__ import main
from geodata.commands import silence as command
from geodata.coverage import SILENCE_STATES

#: Told and heard, deaf and silent, told elsewhere, heard with unclear figures, a way not known, no stretch, and no channel.
VIEWS = (
    "date=2024-02",
    "date=2024-03",
    "",
    "date=2024-10",
    "date=2025-06",
    "dir=southbound",
    "route=north_carreto_tijuana&whom=girl_alone",
    "route=north_san_andres_tijuana&window=24",
)


def state_of(query: str) -> ViewState:
    state, notices = ViewState.parse(f"q=silence&{query}", the_page().known)
    assert notices == ()
    return state


def said(query: str, lang: str = "es") -> Sentence:
    page, state = the_page(), state_of(query)
    return page.answers.method(state).sentence(page.corridor, page.answers(state), state, Texts(lang))


def whole(spoken: Sentence) -> str:
    return " ".join([spoken.headline, spoken.support, *spoken.small_print, spoken.note])


def data_of(query: str) -> StripData:
    page, state = the_page(), state_of(query)
    found = page.answers(state)
    return strip(strip_data(page.corridor, found, state, "en"), page.corridor, found, state, Texts("en"))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("query", VIEWS)
def test_every_view_is_said_whole_with_its_date(query: str, lang: str) -> None:
    spoken = said(query, lang)
    assert not re.search(r"\bnan\b|None|[{}]|  ", whole(spoken))
    assert spoken.headline.endswith(".")
    assert spoken.support.endswith(".")
    assert all(line.endswith(".") for line in spoken.small_print)
    assert str(state_of(query).as_of.year) in spoken.support


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("query", VIEWS)
def test_every_view_is_answered_with_drawings_that_are_sound(query: str, lang: str) -> None:
    parts = the_page().answer(f"q=silence&{query}&lang={lang}", "")
    drawings = [*parts["strip"].values(), *(one for drawn in parts["charts"].values() for one in drawn.values())]
    for drawing in drawings:
        assert ET.fromstring(drawing).tag.endswith("svg")  # noqa: S314 - our own drawing
        assert re.search(r"\bnan\b", drawing) is None


def test_after_the_suspension_the_sentence_names_its_day_and_what_it_means() -> None:
    spoken = said("date=2024-03", "en")
    assert spoken.headline == "Darién: nobody nearby can hear a report, and no figure tells of this time."
    assert (
        "A channel closed (March 4, 2024): since then, a change in reports is not a change in violence."
        in spoken.support
    )
    assert "Before: 328 (Survivors treated), MSF, from January 1, 2024 to February 29, 2024." in spoken.support


def test_what_is_told_elsewhere_is_said_with_its_lag() -> None:
    spoken = said("", "en")
    assert spoken.headline == "Darién: nobody nearby can hear a report; what happened was told later, elsewhere."
    assert "In this quarter: 135 (Survivors treated), MSF con Fundación Cadena" in spoken.support
    assert "It was told at EMI Sur, Paso Canoas, 14 h (12–18) of travel beyond the stretch." in spoken.support
    assert "76 h (43–246) of its 76 h of travel are deaf" in spoken.support


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("query", ["", "date=2024-03", "date=2024-08", "date=2024-12"])
def test_no_deaf_stretch_is_called_quiet_or_low(query: str, lang: str) -> None:
    spoken, quiet = said(query, lang), Texts(lang)("silence.headline_heard_quiet", stretch="Darién")
    assert spoken.headline != quiet
    assert Texts(lang)("class.heard_quiet") not in whole(spoken)


def test_what_is_not_known_is_said_and_given_no_hours() -> None:
    spoken = said("date=2025-06", "en")
    assert spoken.headline == "Darién: it is not known whether anybody could hear a report."
    assert spoken.support.startswith("Situation at the end of June 2025. Part of the route is not known")
    assert " are deaf" not in spoken.support


def test_the_chart_holds_the_case_of_2023_and_2024() -> None:
    page, state = the_page(), state_of("")
    chart = report_chart(page.corridor, page.answers(state), Texts("en"))
    figures = {(one.start, one.end, one.count, one.here) for one in chart.windows}
    assert {
        ("2023-01-01", "2023-12-31", 676, True),
        ("2024-01-01", "2024-02-29", 328, True),
        ("2024-04-15", "2024-05-15", 135, False),
    } <= figures
    assert [(one.start, one.end) for one in chart.channels] == [("2023-01-01", "2024-03-04")]
    assert [(one.on, one.words) for one in chart.events] == [("2024-03-04", "3 channels closed")]


def test_of_two_figures_of_the_same_days_the_rounded_one_stays_in_the_table() -> None:
    found = the_page().answers(state_of("")).found.told
    assert {"IN007", "IN055"} <= set(found.index)
    assert "IN055" not in charted(found).index
    assert "IN008" not in charted(found).index  # January lies within January and February
    rounded = found.loc[["IN055"]].assign(count=900.0)
    assert charted(pd.concat([rounded, found.loc[["IN007"]]])).index.tolist() == ["IN007"]


def test_the_strip_draws_the_lag_from_the_end_of_the_stretch_to_the_place_of_report() -> None:
    drawn = {one.count: one for one in data_of("").reports}
    assert drawn[135].lag_hours == 14
    assert drawn[135].told_at == pytest.approx(drawn[135].to_hours + 14)
    assert (drawn[135].from_hours, drawn[135].to_hours) == (2.25, 77.75)
    assert {one.told_at for one in data_of("date=2024-02").reports} == {None}
    words = the_page().answer("q=silence&lang=en", "")["strip"]["horizontal"]
    assert "told 14 h beyond the stretch" in words
    assert "report-lag" in words
    assert "report-lag" not in the_page().answer("q=silence&lang=en&date=2024-02", "")["strip"]["horizontal"]


def test_a_route_without_a_named_stretch_has_no_chart() -> None:
    parts = the_page().answer("q=silence&dir=southbound&lang=en", "")
    assert parts["charts"] == {}
    assert parts["story"] == []


def test_the_classes_of_silence_add_up_and_the_other_status_is_no_reading_of_it() -> None:
    found = the_page().answers(state_of(""))
    assert found.shares.index.tolist() == list(SILENCE_STATES)
    assert found.shares.sum() == pytest.approx(1)
    assert found.other_shares.empty
    assert found.question.status == "confirmed"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_class_has_its_words(lang: str) -> None:
    texts = Texts(lang)
    assert [name for name in SILENCE_STATES if not texts.has(f"class.{name}.meaning")] == []


@pytest.fixture
def no_store(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "read_corridor", lambda: the_page().corridor)


@pytest.mark.usefixtures("no_store")
def test_each_figure_of_the_page_comes_from_the_command_beside_it(capsys: pytest.CaptureFixture[str]) -> None:
    page, state = the_page(), state_of("")
    found = page.answers(state)
    printed = {}
    for one in page.answers.method(state).commands(state, found.question):
        assert main([*shlex.split(one.line)[3:], "--format", "csv"]) == 0
        printed[one.figure] = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    route = printed["silence"][-1]
    for name, hours in found.profile.hours.items():
        assert float(route[f"{name}_hours"]) == pytest.approx(hours)
    darien = next(row for row in printed["silence"] if row["part"] == "darien")
    assert float(darien["deaf_typical_hours"]) == pytest.approx(found.found.here["deaf_typical_hours"])
    assert float(darien["deaf_listed_hours"]) == pytest.approx(found.found.here["deaf_listed_hours"])
    assert [row["report_id"] for row in printed["silence_told"]] == found.found.told.index.tolist()
    assert [row["date"] for row in printed["silence_events"]] == found.found.events["date"].tolist()
    table = page.answer("q=silence&table=quarters&lang=en", "")["table"]
    keys = [column["key"] for column in table["columns"]]
    for column in ("heard_with_reports_share", "deaf_listed_hours"):
        shown = [row["cells"][keys.index(column)]["value"] for row in table["rows"]]
        assert shown == pytest.approx([float(row[column]) for row in printed["silence_quarters"]])
    assert len(printed["silence_runs"]) == len(found.profile.leg_runs)


def test_six_quarters_are_told_up_to_that_of_the_date() -> None:
    assert quarters_shown(the_page().answers(state_of("")).question) == "2023-Q1/2024-Q2"


def test_the_table_of_figures_says_where_each_was_told_and_never_a_lag_that_is_not_known() -> None:
    table = the_page().answer("q=silence&table=told&lang=en", "")["table"]
    keys = [column["key"] for column in table["columns"]]
    cells = {row["cells"][keys.index("count")]["value"]: row["cells"] for row in table["rows"]}
    assert cells[135][keys.index("lag_hours")] == {"text": "14 h (12–18)", "value": 14.0}
    assert cells[328][keys.index("lag_hours")] == {"text": "not known", "value": None}
    assert cells[135][keys.index("made")]["text"] == "Elsewhere"
    assert not any(
        pd.isna(cell["value"]) for row in table["rows"] for cell in row["cells"] if cell["value"] is not None
    )
