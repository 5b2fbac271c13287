"""The one careful sentence: of the right place, with its range and date, in four languages, whatever is known."""

from __future__ import annotations

import re

import pytest
from pages import the_page

from dashboard.panels.sentence import Sentence
from dashboard.state import LANGUAGES, ViewState
from dashboard.text import Texts

#: Views of each kind: late, in time but then nothing, not known, a route that ended, nothing at all, the State, short windows.
VIEWS = (
    "",
    "date=2024-02",
    "dir=southbound&date=2025-06",
    "route=north_carreto_tijuana&date=2024-10",
    "service=anti_trafficking",
    "q=state",
    "q=state&dir=southbound&date=2025-03",
    "service=shelter&dir=southbound&date=2025-03",
    "service=safe_space&status=confirmed",
    "service=information&window=1",
    "service=primary_health&window=720&date=2019-01",
    "route=north_san_andres_tijuana&window=120",
)


def said(query: str, lang: str = "es") -> Sentence:
    page = the_page()
    state, notices = ViewState.parse(query, page.known)
    assert notices == ()
    return page.answers.method(state).sentence(page.corridor, page.answers(state), state, Texts(lang))


def whole(spoken: Sentence) -> str:
    return " ".join([spoken.headline, spoken.support, *spoken.small_print, spoken.note])


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("query", VIEWS)
def test_every_view_is_said_whole(query: str, lang: str) -> None:
    spoken = said(query, lang)
    assert not re.search(r"nan|None|[{}]|  |\bde [AEIOU]" if lang == "fr" else r"nan|None|[{}]|  ", whole(spoken))
    assert spoken.headline[0].isupper()
    assert spoken.headline.endswith(".")
    assert spoken.support.endswith(".")
    assert all(line.endswith(".") for line in spoken.small_print)
    assert str(ViewState.parse(query, the_page().known)[0].as_of.year) in spoken.headline + spoken.support


@pytest.mark.parametrize(
    ("lang", "headline", "support"),
    [
        (
            "es",
            "Desde Necoclí, la próxima atención clínica tras violación queda a unas 92 horas de viaje hacia el norte.",
            "Entre 57 y 269 horas según el paso, situación a fines de abril de 2024.",
        ),
        (
            "en",
            "From Necoclí, the next clinical care after rape is about 92 hours of travel northward.",
            "Between 57 and 269 hours depending on the pace, as at the end of April 2024.",
        ),
        (
            "pt",
            "A partir de Necoclí, o próximo atendimento clínico após estupro fica a cerca de 92 horas de viagem rumo ao norte.",
            "Entre 57 e 269 horas conforme o ritmo, situação no fim de abril de 2024.",
        ),
        (
            "fr",
            (
                "Depuis Necoclí, la prochaine offre de soins cliniques après un viol se trouve à environ "
                "92 heures de trajet vers le nord."
            ),
            "Entre 57 et 269 heures selon l’allure, situation à la fin d’avril 2024.",
        ),
    ],
)
def test_april_2024_is_said_with_its_range_and_date(lang: str, headline: str, support: str) -> None:
    spoken = said("", lang)
    assert spoken.headline == headline
    assert spoken.support.startswith(support)


def test_what_is_missing_is_said_first_where_everything_known_is_in_time() -> None:
    spoken = said("dir=southbound&date=2025-06")
    assert spoken.headline.startswith("A partir de ")
    assert "no se sabe a cuántas horas" in spoken.headline
    assert "no significa que sea segura" in spoken.support


def test_hours_beyond_the_window_come_before_what_is_missing_farther_on() -> None:
    spoken = said("")
    assert "92 horas" in spoken.headline
    assert "Más allá de Ciudad de México no consta ninguna atención clínica tras violación" in spoken.support


def test_nothing_ahead_from_the_start_names_both_ends_and_no_hours() -> None:
    spoken = said("service=anti_trafficking")
    assert spoken.headline == "Desde Necoclí hasta Ciudad Juárez no consta ningún servicio contra la trata por delante."
    assert "En la ruta no consta ningún servicio de este tipo." in spoken.small_print


def test_the_headline_counts_from_where_a_place_with_help_is_left() -> None:
    assert said("service=information&window=1").headline.startswith("Después de ")


def test_both_readings_are_printed_and_the_order_does_not_depend_on_the_chosen_one() -> None:
    listed, confirmed = said("service=shelter"), said("service=shelter&status=confirmed")
    assert listed.small_print[0] == confirmed.small_print[0]
    assert len(re.findall(r"\d+%", listed.small_print[0])) == 2


def test_the_state_is_asked_in_its_own_words() -> None:
    spoken = said("q=state")
    assert "institución con función protectora" in spoken.headline
    assert "instituciones registradas" in spoken.small_print[0]
    assert "servicio" not in whole(spoken)


@pytest.mark.parametrize(("window", "words"), [(72, "prevención del VIH"), (120, "anticoncepción de emergencia")])
def test_a_window_says_why_it_is_one(window: int, words: str) -> None:
    assert words in said(f"window={window}").support
    assert words not in said(f"window={window}&service=shelter").support
