"""The page on planning: its figures are the model's for the reader's view; where nothing can be planned it says so."""

from __future__ import annotations

import re
from functools import cache

import pytest
from pages import the_page

from dashboard.documents import DOCUMENTS, Reading
from dashboard.documents.planning import FIGURES, STEPS, WITHOUT_PLACES
from dashboard.documents.planning_case import Case
from dashboard.documents.rendering import document_html
from dashboard.naming import place_name
from dashboard.panels.siting_names import candidate_name
from dashboard.panels.siting_sentence import gained, reason_of
from dashboard.state import LANGUAGES, ViewState
from dashboard.text import Texts
from geodata.coverage import Question
from geodata.coverage.profile import lane
from geodata.planning import Siting, futures, robust, site, trade_off
from geodata.planning.candidates import candidates, with_candidates
from geodata.units import Month

APRIL = Month(2024, 4)
NORTH = Question(
    capability="clinical_care", direction="northbound", as_of=APRIL, window_hours=72, route="north_acandi_ciudad_juarez"
)
SOUTH = NORTH.with_(direction="southbound", as_of=Month(2025, 5), route="south_miramar")
#: Views by their query, and the question that each must put to the model.
VIEWS = [
    pytest.param("", NORTH, id="the-first-view"),
    pytest.param("date=2025-05&dir=southbound", SOUTH, id="southbound"),
]
DOCUMENT = next(document for document in DOCUMENTS if document.name == "planning")


@cache
def written(query: str, lang: str = "en") -> str:
    return document_html(DOCUMENT, Reading.of(the_page(), f"{query}&lang={lang}", ""), DOCUMENTS)


def step_of(page: str, name: str) -> str:
    """The words of a step."""
    section = page.split(f'id="step-{name}">', 1)[1].split("</section>", 1)[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", section.replace("&#39;", "'")))


def steps_in(page: str) -> list[str]:
    return re.findall(r'<section class="figure step" id="step-(\w+)">', page)


def best(question: Question, places: int) -> Siting:
    return site(the_page().corridor, question, places=places)


@pytest.mark.parametrize(("query", "question"), VIEWS)
def test_the_first_place_and_its_worth_are_those_that_the_model_finds(query: str, question: Question) -> None:
    corridor, texts, siting = the_page().corridor, Texts("en"), best(question, 1)
    row = siting.chosen.reset_index().to_dict("records")[0]
    words = step_of(written(query), "first")
    assert place_name(corridor, row["place_id"], "en") in words
    assert gained(siting, texts) in words
    assert reason_of(corridor, row, texts) in words


@pytest.mark.parametrize(("query", "question"), VIEWS)
def test_each_further_place_adds_what_the_model_says(query: str, question: Question) -> None:
    texts, words = Texts("en"), step_of(written(query), "more")
    for row in best(question, 3).chosen.to_dict("records"):
        days = {pace: row[f"{pace}_gain_woman_days"] for pace in ("low", "typical", "high")}
        unit = "hours" if days["typical"] != days["typical"] else "woman_days"
        gains = [row[f"{pace}_gain_{unit}"] for pace in ("low", "typical", "high")]
        digits = 0 if unit == "woman_days" else None
        least, typical, most = (texts.number(value, digits) for value in (min(gains), gains[1], max(gains)))
        assert f"{typical} {least}–{most}" in words


@pytest.mark.parametrize(("query", "question"), VIEWS)
@pytest.mark.parametrize("places", [1, 3])
def test_the_pictures_show_the_route_with_these_places_at_work(query: str, question: Question, places: int) -> None:
    corridor = the_page().corridor
    chosen = candidates(corridor, question).loc[list(best(question, places).candidates)]
    case = Case(Reading.of(the_page(), query, ""))
    columns = ["class", "from_hours", "to_hours"]
    shown, today = case.planned(places).profile.runs, case.planned(places).found.today_runs
    assert shown[columns].equals(lane(with_candidates(corridor, question, chosen), question)[columns])
    assert today[columns].equals(lane(corridor, question)[columns])


@pytest.mark.parametrize(("query", "question"), VIEWS)
def test_the_aims_stand_side_by_side_in_the_figures_of_the_model(query: str, question: Question) -> None:
    texts, words = Texts("en"), step_of(written(query), "aims")
    trade = trade_off(the_page().corridor, question, 3)
    for aim, row in trade.iterrows():
        assert texts(f"siting.aim_{aim}") in words
        assert texts.hours(row["mean_hours_ahead"]) in words
        assert texts.hours(row["worst_hours_ahead"]) in words


@pytest.mark.parametrize(("query", "question"), VIEWS)
def test_the_futures_are_those_of_every_route_in_the_direction(query: str, question: Question) -> None:
    corridor, texts = the_page().corridor, Texts("en")
    routes = [route for route, way in corridor.routes["direction"].items() if way == question.direction]
    looked_at = futures(corridor, question, routes=routes, months=[question.as_of])
    assert len(looked_at) == 6 * len(routes)
    found, words = robust(corridor, question, looked_at, 3), step_of(written(query), "robust")
    assert f"{len(looked_at)} futures were tried: {len(routes)} routes" in words
    assert all(candidate_name(corridor, one, texts) in words for one in found.minimax)
    for name, row in found.frequency.head(8).iterrows():
        counted = (
            f"in {row['in_best']} of {len(looked_at)} futures in {row['in_some_best']} of {len(looked_at)} futures"
        )
        assert f"{candidate_name(corridor, str(name), texts)} {counted}" in words


def test_where_no_place_helps_nothing_is_compared_and_it_says_so() -> None:
    question = NORTH.with_(route="north_acandi_reynosa", window_hours=240)
    assert best(question, 3).chosen.empty
    page = written("route=north_acandi_reynosa&window=240")
    assert steps_in(page) == list(WITHOUT_PLACES)
    assert Texts("en")("planning.nothing") in step_of(page, "first")


def test_what_a_planner_chose_beside_the_view_has_no_part_in_the_case() -> None:
    corridor = the_page().corridor
    there = str(best(NORTH, 1).chosen["place_id"].iloc[0])
    assert there in corridor.places.index
    plain, chosen = written(""), written(f"q=siting&k=7&objective=p-center&without={there}")
    assert [step_of(plain, name) for name in STEPS] == [step_of(chosen, name) for name in STEPS]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_step_leads_to_the_page_in_the_same_view(lang: str) -> None:
    page = written("date=2024-02", lang)
    links = [link.replace("&amp;", "&") for link in re.findall(r'<a href="(/\?[^"]*)"', page.split("step-links", 1)[1])]
    asked = [ViewState.parse(link.partition("?")[2], the_page().known) for link in links]
    assert {state.question for state, _ in asked} == {"care", "siting", "plan"}
    assert all((str(state.as_of), state.lang, notices) == ("2024-02", lang, ()) for state, notices in asked)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_planning_figure_has_its_section_and_the_method_leads_here(lang: str) -> None:
    page, texts = written("", lang), Texts(lang)
    sections = re.findall(r'<section class="figure" id="(\w+)">(.*?)</section>', page, flags=re.DOTALL)
    assert [key for key, _ in sections] == [figure.key for figure in FIGURES]
    labels = [texts(f"method.part.{part}") for part in ("is", "is_not", "wrong")]
    assert all(body.count(f"<dt>{label}</dt>") == 1 for _, body in sections for label in labels)
    method = next(document for document in DOCUMENTS if document.name == "method")
    other = document_html(method, Reading.of(the_page(), f"lang={lang}", ""), DOCUMENTS)
    assert f'<a href="/planning?lang={lang}">{texts("planning.link")}</a>' in other
