"""The hand-over on the page: pictures, table and command give the same figures, in the order of travel."""

from __future__ import annotations

import pytest
from pages import the_page

from dashboard.panels.handover import handover_chart, handover_panel
from dashboard.state import LANGUAGES, ViewState
from dashboard.text import Texts
from geodata.coverage import handovers

QUERIES = ("q=state&window=24", "q=state&dir=southbound&date=2025-06&window=24", "q=state")


@pytest.mark.parametrize("query", QUERIES)
def test_the_bars_are_as_long_as_the_rows_say(query: str) -> None:
    page = the_page()
    state, _ = ViewState.parse(query, page.known)
    found = page.answers(state)
    rows = handovers(page.corridor, found.profile).to_dict("records")
    chart = handover_chart(page.corridor, found, rows, Texts("es"))
    assert len(chart.rows) == len(rows) > 0
    for drawn, row in zip(chart.rows, rows, strict=True):
        assert drawn.before.hours == pytest.approx(row["before_typical_hours"], abs=1e-6)
        if drawn.after:
            assert drawn.after.hours == pytest.approx(row["after_typical_hours"], abs=1e-6)
        else:
            assert row["to_country"] == ""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_frontier_stands_with_both_states_in_picture_and_table(lang: str) -> None:
    parts = the_page().answer(f"q=state&window=24&table=handover&lang={lang}", lang)
    texts = Texts(lang)
    names = [f"{texts.country('COL')} → {texts.country('PAN')}", f"{texts.country('PAN')} → {texts.country('CRI')}"]
    assert [row["cells"][0]["text"] for row in parts["table"]["rows"]] == [*names, texts.country("MEX")]
    for drawing in parts["charts"]["handover"].values():
        assert all(name in drawing for name in names)
        assert drawing.index(names[0]) < drawing.index(names[1])


def test_where_nothing_is_late_the_region_says_so_and_draws_nothing() -> None:
    page = the_page()
    state, _ = ViewState.parse("q=state&dir=southbound&date=2025-06", page.known)
    panel = handover_panel(page.corridor, page.answers(state), state, Texts("en"))
    assert panel.charts == {}
    assert Texts("en")("handover.nothing") in str(panel.story)
