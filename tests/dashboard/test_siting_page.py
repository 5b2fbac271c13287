"""Where the next service should go, as the page says it: words, marks, choices, tables, and the futures once they are there."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from pages import the_page
from said import words

from dashboard.charts.bars import Bar, BarChart, bar_rows, bars_svg
from dashboard.jobs import Shelf, robust
from dashboard.jobs.book import KINDS
from dashboard.jobs.robust import futures_of, plain
from dashboard.jobs.working import work_through
from dashboard.page import Page
from dashboard.panels.siting_names import own_point, plan_change
from dashboard.panels.siting_sentence import gained, proven
from dashboard.questions.siting import budget_left_aside, siting_options
from dashboard.state import LANGUAGES, ViewState
from dashboard.text import Texts
from geodata.planning import OBJECTIVES, Change

FIRST = "q=siting&lang=es"


def parts(component: object):
    """A component and everything in it."""
    if isinstance(component, list | tuple):
        for one in component:
            yield from parts(one)
    elif hasattr(component, "to_plotly_json"):
        yield component.to_plotly_json()["props"]
        yield from parts(getattr(component, "children", None))


@cache
def shown(query: str) -> dict:
    return the_page().answer(query, "")


def state_of(query: str) -> ViewState:
    return ViewState.parse(query, the_page().known)[0]


def sited(query: str):
    return the_page().answers(state_of(query)).found


def test_the_headline_names_the_places_in_their_order_and_the_month() -> None:
    said = words(shown(FIRST)["sentence"])
    assert (
        "A fines de abril de 2024, el mejor lugar para atención clínica tras violación en esta ruta es Ciudad" in said
    )
    assert "después, Bajo Chiquito y Acandí" in said


def test_the_sentence_says_what_comes_into_time_as_the_exposure_itself_has_it() -> None:
    effect = sited(FIRST).siting.effect.loc["woman_days"]
    texts = Texts("es")
    said = words(shown(FIRST)["sentence"])
    assert f"{texts.number(-effect['typical_change'], 0)} días-mujer al mes" in said
    assert f"(entre {texts.number(-effect['low_change'], 0)} y {texts.number(-effect['high_change'], 0)}" in said
    assert f"{texts.percent(-effect['typical_change'] / effect['typical_before'])} de lo que " in said
    assert "Está demostrado" in said


def test_what_is_not_proven_is_said_with_how_much_better_another_could_be() -> None:
    siting = replace(sited(FIRST).siting, optimal=False, value=80.0, bound=100.0)
    assert "25%" in proven(siting, Texts("es"))
    assert "no está demostrado" in proven(siting, Texts("es")).lower()


def test_where_no_count_is_known_nothing_is_said_in_woman_days() -> None:
    query = "q=siting&lang=es&dir=southbound&date=2025-06"
    assert "días-mujer" not in gained(sited(query).siting, Texts("es"))
    assert "no se sabe cuántas pasan" in words(shown(query)["sentence"])


def test_what_a_proposal_takes_for_granted_is_said_before_the_grounds() -> None:
    grounds = [words(line) for line in shown(FIRST)["summary"]]
    assert grounds[0].startswith("Se supone que el servicio nuevo está abierto en esa fecha")
    assert "sin esperas" in grounds[1]


def test_every_chosen_place_is_a_numbered_mark_and_stands_on_the_strip() -> None:
    chosen = sited(FIRST).siting.chosen
    marks = [point for point in shown(FIRST)["map"]["points"] if point["kind"] == "proposed"]
    assert [(mark["label"], mark["at"]) for mark in marks] == [
        (str(rank), f"place:{place}") for rank, place in chosen["place_id"].items()
    ]
    for drawing in shown(FIRST)["strip"].values():
        assert drawing.count('class="proposal"') == len(chosen)
        assert "1. Ciudad Juárez" in drawing
    assert "Lugar propuesto" in words(shown(FIRST)["legend"])
    assert "Lugar propuesto" not in words(shown("lang=es")["legend"])


def test_a_place_that_is_left_out_is_proposed_no_more_and_can_be_taken_back() -> None:
    query = f"{FIRST}&without=acandi"
    assert "acandi" not in set(sited(query).siting.chosen["place_id"])
    taken_back = [
        one
        for one in parts(shown(query)["figures"])
        if one.get("data-part") == "without" and "Acandí" in one.get("aria-label", "")
    ]
    assert [one["data-value"] for one in taken_back] == [""]


def test_the_number_goes_up_and_down_by_one_within_its_bounds() -> None:
    def steps(places: int) -> list[str]:
        figures = shown(f"{FIRST}&k={places}")["figures"]
        return [one["data-value"] for one in parts(figures) if one.get("data-part") == "k"]

    assert [steps(places) for places in (1, 3, 20)] == [["1", "2"], ["2", "4"], ["19", "20"]]


@pytest.mark.parametrize("aim", OBJECTIVES)
def test_every_aim_has_its_page_and_is_pressed(aim: str) -> None:
    answer = shown(f"{FIRST}&objective={aim}")
    pressed = [one["data-value"] for one in parts(answer["figures"]) if one.get("aria-pressed") == "true"]
    assert pressed == [aim]
    assert set(answer["charts"]) == {"siting-curve"}
    assert Texts("es")(f"siting.aim_{aim}") in words(answer["story"])


def test_a_plan_is_made_of_the_proposed_changes_and_keeps_the_view() -> None:
    links = [one["href"] for one in parts(shown(f"{FIRST}&date=2024-05&window=24")["story"]) if "href" in one]
    chosen = sited(f"{FIRST}&date=2024-05&window=24").siting.chosen.to_dict("records")
    asked = [parse_qs(urlsplit(link).query) for link in links]
    assert all(one["q"] == ["plan"] and one["date"] == ["2024-05"] and one["window"] == ["24"] for one in asked)
    changes = [plan_change(row, "clinical_care") for row in chosen]
    assert [one["plan"][0] for one in asked[: len(changes)]] == changes
    assert asked[-1]["plan"][0].split(",") == changes
    assert [str(Change.parse(change)) for change in changes] == changes


def test_what_speaks_against_a_place_stands_beside_it_with_its_reason() -> None:
    answer = shown(f"{FIRST}&k=2")
    chosen = sited(f"{FIRST}&k=2").siting.chosen
    assert (chosen["flags"] != "").any()
    assert "Antes de decidir" in words(answer["story"])
    assert "no quiere decir que el lugar sea seguro" in words(answer["story"])


def test_what_would_serve_as_well_or_nearly_as_well_is_named() -> None:
    assert "En el mismo lugar serviría igual: un servicio nuevo en Bajo Chiquito." in words(shown(FIRST)["story"])
    query = f"{FIRST}&without=bajo_chiquito"
    near = sited(query).siting.alternatives.query("why == 'near'")
    said = words(shown(query)["story"])
    assert len(near) == 2
    assert all(f"(pierde {Texts('es').percent(share)})" in said for share in near["share"])


def test_an_own_point_counts_where_a_place_holds_it_and_is_refused_with_its_reason_elsewhere() -> None:
    place = the_page().corridor.places.loc["tapachula"]
    near, far = f"{place['lat']:.2f}@{place['lon']:.2f}", "0.00@-30.00"
    found = sited(f"{FIRST}&own={near},{far}")
    assert found.own == (near.replace("@", ","),) or len(found.own) == 1
    assert found.refused == (far,)
    assert "El punto 0.00, -30.00 no cuenta" in words(shown(f"{FIRST}&own={near},{far}")["summary"])
    assert own_point("new:8.5,-77.9") == (8.5, -77.9)
    assert own_point("new:tapachula") is None
    assert own_point("upgrade:SV1") is None


def test_a_budget_counts_with_its_costs_alone_and_not_for_the_longest_way() -> None:
    assert budget_left_aside(state_of("q=siting&budget=5")) == "no_costs"
    assert budget_left_aside(state_of("q=siting&budget=5&costs=4,1")) == ""
    assert budget_left_aside(state_of("q=siting&budget=5&costs=4,1&objective=p-center")) == "p-center"
    assert budget_left_aside(state_of("q=siting")) == ""
    # A new service costs 4 and an upgrade 1: with 5 both proposals can be paid, with 1 the upgrade alone.
    assert len(sited("q=siting&budget=5&costs=4,1").siting.chosen) == 2
    assert set(sited("q=siting&budget=1&costs=4,1").siting.chosen["kind"]) == {"upgrade"}
    assert "faltan los costos" in words(shown(f"{FIRST}&budget=5")["summary"])


def test_the_command_line_asks_what_the_view_asks() -> None:
    state = state_of("q=siting&k=5&objective=p-median&without=tapachula&costs=4,1")
    assert siting_options(state, ("8.50,-77.90",)) == (
        "--objective p-median",
        "-p 5",
        "--costs 4,1",
        "--without tapachula",
        "--own 8.50,-77.90",
    )
    assert siting_options(state_of("q=siting&budget=9&costs=4,1"), ("-3.20,-78.10",))[-1] == "--own=-3.20,-78.10"


@pytest.mark.parametrize("table", ["proposed", "curve", "tradeoff", "futures", "stretches"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_table_has_as_many_cells_as_columns(table: str, lang: str) -> None:
    made = shown(f"q=siting&table={table}&lang={lang}")["table"]
    assert all(len(row["cells"]) == len(made["columns"]) for row in made["rows"])
    assert bool(made["rows"]) == (table != "futures")
    json.dumps(made, allow_nan=False)


def test_the_curve_says_the_same_as_its_table() -> None:
    curve = sited(FIRST).siting.curve
    rows = shown(f"{FIRST}&table=curve")["table"]["rows"]
    assert [row["cells"][2]["value"] for row in rows] == curve["in_time_woman_days"].tolist()
    drawn = shown(FIRST)["charts"]["siting-curve"]
    assert all(Texts("es").number(value, 0) in drawn["wide"] for value in curve["in_time_woman_days"])


def test_no_address_and_no_street_is_given_away() -> None:
    assert not re.search(r"-?\d+\.\d{3,}", json.dumps(words(shown(FIRST)["story"])))


# ---- bars ------------------------------------------------------------------------------------------------------------

BARS = BarChart(
    "T", "D", (Bar("a", "1", kept=1), Bar("b", "3", kept=1, more=2), Bar("c", "4", open=4)), (("kept", "k"),)
)


def test_bars_share_one_scale_and_their_parts_add_up() -> None:
    drawn = bars_svg(BARS, Texts("es"), 1000, "t")
    widths = [
        float(re.search(r'width="([\d.]+)"', one)[1])
        for one in re.findall(r"<rect[^>]*chart__part--\w+[^>]*>", drawn)[1:]
    ]
    kept, before, more, opened = widths
    assert kept == before
    assert more == pytest.approx(2 * kept, rel=0.01)
    assert opened == pytest.approx(4 * kept, rel=0.01)
    assert [row["more"] for row in bar_rows(BARS)] == [0, 2, 0]


def test_bars_of_nothing_are_drawn_without_a_fault() -> None:
    assert "<svg" in bars_svg(BarChart("T", "D", (Bar("a", "0"),), ()), Texts("es"), 328, "t")


# ---- futures ---------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def with_futures(tmp_path_factory: pytest.TempPathFactory) -> Page:
    """The page with a shelf on which the futures of one view are worked out."""
    page = the_page()
    shelf = Shelf(tmp_path_factory.mktemp("var") / "jobs", page.corridor.snapshot.digest)
    page = replace(page, shelf=shelf)
    job = page.found(state_of("q=siting&k=2")).work["robust"].job
    shelf.ask(job.id, job.kind, job.query)
    assert work_through(shelf, page.corridor, page.known, KINDS) == 1
    return page


def test_every_route_has_six_futures_and_one_of_them_is_the_view() -> None:
    page = the_page()
    found = futures_of(page.corridor, page.answers(state_of("q=siting")).question)
    assert (ViewState().route, "typical", "listed") in {(one.route, one.pace, one.status) for one in found}
    assert len(found) == 6 * len(page.known.routes) == len(set(found))


def test_the_result_is_what_the_work_gives_and_stands_in_each_language(with_futures: Page) -> None:
    result = with_futures.found(state_of("q=siting&k=2&lang=fr")).work["robust"].result
    assert result["futures"] == 54
    assert result["choices"][0]["choice"] == "least_regret"
    for lang in LANGUAGES:
        said = words(with_futures.answer(f"q=siting&k=2&lang={lang}", "")["trends"])
        share = Texts(lang).percent(result["worst_share"])
        assert share in said
        assert Texts(lang)("siting.futures_uncounted", count=result["uncounted"]) in said
    assert set(with_futures.answer("q=siting&k=2", "")["charts"]) == {"siting-curve", "siting-robust"}


def test_the_table_has_each_choice_in_each_future(with_futures: Page) -> None:
    rows = with_futures.answer("q=siting&k=2&table=futures", "")["table"]["rows"]
    assert len(rows) == 3 * 54
    assert {row["cells"][9]["text"] for row in rows} >= {Texts("es")("word.unknown")}


def test_another_view_has_no_result_of_this_one(with_futures: Page) -> None:
    assert with_futures.found(state_of("q=siting&k=3")).work["robust"].result is None
    assert "siting-robust" not in with_futures.answer("q=siting&k=3", "")["charts"]


def test_a_frequency_is_the_number_of_futures_in_whose_best_choice_a_place_is(with_futures: Page) -> None:
    result = with_futures.found(state_of("q=siting&k=2")).work["robust"].result
    for row in result["frequency"]:
        assert 0 < row["in_best"] <= row["in_some_best"] <= result["futures"]
    lost = {
        name: sum(row["share"] > 0 for row in result["regret"] if row["choice"] == name)
        for name in ("least_regret", "most_frequent", "asked")
    }
    assert {row["choice"]: row["lost_in"] for row in result["choices"]} == lost
    worst = max(row["share"] for row in result["regret"] if row["choice"] == "least_regret")
    assert worst == pytest.approx(result["worst_share"])


def test_what_is_not_known_is_none_where_json_has_no_word_for_it() -> None:
    assert [plain(value) for value in (float("nan"), float("inf"), 1.5, "a", True)] == [None, None, 1.5, "a", True]
    assert Path(robust.__file__).name == "robust.py"


def test_curve_and_aims_say_what_they_count_of_which_month_pace_and_part() -> None:
    said = words(shown("q=siting&lang=en&part=darien&pace=high")["story"])
    assert said.count("End of April 2024. In time: Even at a slow pace. Part of the route: Darién.") == 2
    assert "Woman-days a month with help in time, by number of new places." in said
    assert "Woman-days in time" in said
    assert "Hours in time" in words(shown("q=siting&lang=en&dir=southbound&date=2025-06")["story"])
