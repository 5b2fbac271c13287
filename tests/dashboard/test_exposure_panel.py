"""The women of an average day and the months of a route on the page: the command line's figures, or why there is none."""

from __future__ import annotations

import json

import plotly
import pytest
from pages import the_page

from dashboard.state import LANGUAGES, ViewState
from dashboard.text import Texts
from geodata.coverage import exposure, exposures
from geodata.coverage.exposure import populations


def written(query: str, lang: str = "en") -> dict[str, str]:
    parts = the_page().answer(f"{query}&lang={lang}", "")
    return {
        name: json.dumps(parts[name], cls=plotly.utils.PlotlyJSONEncoder, ensure_ascii=False)
        for name in ("figures", "trends")
    }


def asked(query: str):
    page = the_page()
    return page.corridor, page.answers(ViewState.parse(query, page.known)[0]).question


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_figures_are_those_of_the_command_with_their_range(lang: str) -> None:
    corridor, question = asked("")
    texts, told = Texts(lang), written("", lang)["figures"]
    table = populations(corridor, question, [question.as_of])
    assert table["population"].tolist() == ["in_time", "fast_only", "out_of_time", "unknown"]
    for row in table.to_dict("records")[:3]:
        low, typical, high = (texts.number(round(row[f"{pace}_women"])) for pace in ("low", "typical", "high"))
        assert f"{typical} ({low}–{high})" in told
        assert texts(f"exposure.population.{row['population']}") in told
    assert texts("exposure.population.unknown") not in told
    assert texts("exposure.as_if") in told
    assert "exposure --by population --as-of 2024-04 --route north_acandi_ciudad_juarez" in told


def test_a_population_that_is_not_material_has_no_texture_of_a_class() -> None:
    corridor, question = asked("date=2024-02")
    small = [part.name for part in exposure(corridor, question).populations if not part.material]
    assert small == ["fast_only", "unknown"]
    told = written("date=2024-02")["figures"]
    assert told.count("swatch is-slight") == 1
    assert "swatch--fast_only" not in told
    assert "swatch--none_ahead" in told


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("date=2026-06", "exposure.missing_no_count"),
        ("dir=southbound&date=2025-08", "exposure.missing_no_sex_split"),
        ("route=north_san_andres_tijuana", "exposure.missing_no_counting_point"),
    ],
)
def test_without_a_count_the_reason_stands_there_and_no_population(query: str, reason: str) -> None:
    texts, told = Texts("en"), written(query)["figures"]
    _, question = asked(query)
    assert texts(reason, month=texts.month(question.as_of)) in told
    assert texts("exposure.not_zero") in told
    assert "population" not in told


def test_months_and_woman_days_have_a_chart_a_table_and_a_command_each() -> None:
    parts = the_page().answer("lang=en", "")
    assert set(parts["charts"]) == {"trend", "exposure"}
    assert all(drawing.startswith("<svg") for sizes in parts["charts"].values() for drawing in sizes.values())
    told = written("")["trends"]
    assert "trends --months 2021-01/2026-11 --route north_acandi_ciudad_juarez" in told
    assert "exposure --months 2021-01/2026-11 --route north_acandi_ciudad_juarez" in told


def test_a_route_that_is_not_counted_has_no_chart_of_woman_days_and_says_so() -> None:
    parts = the_page().answer("route=north_san_andres_tijuana&lang=en", "")
    assert set(parts["charts"]) == {"trend"}
    assert Texts("en")("trends.exposure_none") in written("route=north_san_andres_tijuana")["trends"]


def test_the_table_of_woman_days_has_the_values_of_the_command_and_blanks_stay_blank() -> None:
    corridor, question = asked("")
    rows = {
        row["cells"][0]["value"]: row["cells"]
        for row in the_page().answer("table=exposure&lang=en", "")["table"]["rows"]
    }
    months = [question.as_of, question.as_of.plus(20)]
    first, later = exposures(corridor, question, months).to_dict("records")
    assert rows[first["month"]][3]["value"] == first["typical_woman_days"]
    assert rows[later["month"]][3]["value"] is None
    assert rows[later["month"]][3]["text"] == Texts("en")("word.unknown")


def test_the_table_of_months_adds_up_to_the_whole_of_each_part() -> None:
    sums: dict[tuple[str, str], float] = {}
    for row in the_page().answer("table=trends&lang=en", "")["table"]["rows"]:
        part, start, _, _, share = (cell["value"] for cell in row["cells"])
        sums[part, start] = sums.get((part, start), 0.0) + share
    assert len(sums) > 8
    assert list(sums.values()) == pytest.approx([1.0] * len(sums))
