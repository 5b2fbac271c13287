"""A plan made on the page: by keyboard and by place name, by a point of the map, undone, removed, loaded, and by its link."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from geodata.planning import Change, Scenario
from geodata.sources.scenarios import written_scenario
from tests.browser.test_access import broken_rules, open_all
from tests.browser.visits import Visit

pytestmark = pytest.mark.browser
PageAt = Callable[..., Visit]
OPENED = "open:bajo_chiquito:clinical_care:::50000"
WIDTH = "() => document.documentElement.scrollWidth"
POINT = """
([lat, lon]) => {
  const map = window.mapOf("map");
  map.setView([lat, lon], 10, { animate: false });
  const at = map.latLngToContainerPoint([lat, lon]);
  const box = map.getContainer().getBoundingClientRect();
  return [box.left + at.x, box.top + at.y];
}
"""
PLACE = """
async ([url, id]) => {
  const found = (await window.amparo.layer(url)).places.find((one) => one.id === id);
  return [found.lat, found.lon];
}
"""


def plan_of(visit: Visit) -> str:
    """The plan that the address names."""
    return visit.page.evaluate("new URLSearchParams(window.location.search).get('plan') || ''")


def rows(visit: Visit) -> int:
    return visit.page.locator("#table tbody tr").count()


def test_a_change_is_added_by_keyboard_and_place_name_then_undone_redone_and_removed(page_at: PageAt) -> None:
    visit = page_at("?q=plan&date=2024-04")
    page, before = visit.page, visit.headline
    page.focus("#plan-place")
    page.keyboard.type("Bajo Chiquito")
    page.focus("#plan-cost")
    page.keyboard.type("50000")
    page.focus("#plan-add")
    with visit.counted() as made:
        page.keyboard.press("Enter")
    assert [request.method for request in made] == ["POST"]
    assert plan_of(visit) == OPENED
    assert "19 horas" in visit.headline != before
    assert rows(visit) == 3
    assert "Se añadió" in page.inner_text("#plan-status")
    assert page.input_value("#plan-place") == "none"

    page.focus("#plan-undo")
    with visit.counted():
        page.keyboard.press("Enter")
    assert (plan_of(visit), visit.headline, rows(visit)) == ("", before, 2)
    assert page.locator("#plan-undo").is_disabled()
    page.focus("#plan-redo")
    with visit.counted():
        page.keyboard.press("Enter")
    assert plan_of(visit) == OPENED

    page.locator("[data-plan-removes]").focus()
    with visit.counted():
        page.keyboard.press("Enter")
    assert plan_of(visit) == ""
    assert page.evaluate("document.activeElement.id") == "plan-heading"


def test_what_is_missing_is_said_beside_its_field_and_nothing_is_added(page_at: PageAt) -> None:
    visit = page_at("?q=plan&date=2024-04")
    with visit.counted() as made:
        visit.page.click("#plan-add")
    assert made == []
    assert visit.page.evaluate("document.activeElement.id") == "plan-place"
    described = visit.page.get_attribute("#plan-place", "aria-describedby")
    assert visit.page.inner_text(f"#{described}") == "Elija un lugar."


def test_a_point_of_the_map_chooses_the_place_beside_it_by_click_and_by_keyboard(page_at: PageAt) -> None:
    visit = page_at("?q=plan&date=2024-04")
    page = visit.page
    lat, lon = page.evaluate(PLACE, [visit.stored("map-ground")["urls"]["network"], "bajo_chiquito"])
    page.click("#plan-pin")
    x, y = page.evaluate(POINT, [lat + 0.01, lon])
    page.mouse.click(x, y)
    page.wait_for_function("() => document.querySelector('#plan-place').value !== 'none'")
    chosen = page.input_value("#plan-place")
    assert "km del punto" in page.inner_text("[data-plan-told]")

    page.click("#plan-pin")
    page.evaluate(POINT, [8.45, -77.3])
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelector('[data-plan-offers] button') !== null")
    assert "No hay ningún lugar a menos de 5 km" in page.inner_text("[data-plan-told]")
    assert page.locator("[data-plan-offers] button").count() == 2
    page.keyboard.press("Enter")
    assert page.input_value("#plan-place") not in ("none", "", chosen)
    with visit.counted():
        page.click("#plan-add")
    assert plan_of(visit).startswith("open:")


def test_coordinates_choose_a_place_too(page_at: PageAt) -> None:
    visit = page_at("?q=plan&date=2024-04")
    page = visit.page
    page.click(".plan-by-point summary")
    lat, lon = page.evaluate(PLACE, [visit.stored("map-ground")["urls"]["network"], "meteti"])
    page.fill("#plan-lat", f"{lat + 0.01:.4f}")
    page.fill("#plan-lon", f"{lon:.4f}")
    page.press("#plan-lon", "Tab")
    page.wait_for_function("() => document.querySelector('#plan-place').value === 'meteti'")


def test_a_mobile_team_has_its_days_and_hours(page_at: PageAt) -> None:
    visit = page_at("?q=plan&date=2024-04")
    page = visit.page
    page.select_option("#plan-kind", "mobile")
    page.select_option("#plan-place", "bajo_chiquito")
    page.click("#plan-visit")
    page.select_option("#plan-place", "meteti")
    page.locator("#plan-days input[value=thu]").check(force=True)
    page.click("#plan-visit")
    assert page.locator("[data-plan-visits] li").count() == 2
    with visit.counted():
        page.click("#plan-add")
    assert plan_of(visit) == "mobile:bajo_chiquito@mon@8-16~meteti@mon.thu@8-16:clinical_care"


@pytest.mark.parametrize("width", [1366, 360])
def test_a_link_brings_the_plan_back_axe_finds_nothing_and_nothing_scrolls_sideways(
    width: int, page_at: PageAt
) -> None:
    query = f"?q=plan&date=2024-04&plan={OPENED},close:SV023,mobile:meteti@mon.thu@8-16:clinical_care&name=Reapertura"
    visit = page_at(query, width)
    assert visit.page.locator(".plan-changes > li").count() == 3
    assert visit.query.endswith(query.partition("2024-04")[2])
    assert visit.posts == 2
    for kind in ("open", "close", "mobile"):
        visit.page.select_option("#plan-kind", kind)
        visit.page.click("#plan-add") if kind == "open" else None
        assert visit.page.evaluate(WIDTH) <= width
    open_all(visit.page)
    assert broken_rules(visit.page) == []
    assert visit.page.evaluate(WIDTH) <= width


def test_a_plan_is_taken_away_and_loaded_again_and_a_faulty_file_is_refused(page_at: PageAt, tmp_path: Path) -> None:
    scenario = Scenario("Reapertura", (Change.parse(OPENED), Change.parse("close:SV023")))
    good, bad = tmp_path / "plan.csv", tmp_path / "bad.csv"
    good.write_bytes(written_scenario(scenario))
    bad.write_text("change,place,capabilities\nopen,nowhere,shelter\n", encoding="utf-8")
    visit = page_at("?q=plan&date=2024-04")
    page = visit.page
    page.click("text=Guardar el plan o cargar otro")
    with page.expect_file_chooser() as chooser:
        page.click("#plan-file")
    chooser.value.set_files(good)
    page.wait_for_selector(".plan-changes")
    visit.rest()
    assert plan_of(visit) == f"{OPENED},close:SV023"
    page.click("text=Guardar el plan o cargar otro") if not page.locator("#plan-download").is_visible() else None
    answer = page.request.get(visit.origin + page.get_attribute("#plan-download", "href"))
    assert answer.body().removeprefix("\ufeff".encode()) == good.read_bytes()
    with page.expect_file_chooser() as chooser:
        page.click("#plan-file")
    chooser.value.set_files(bad)
    page.wait_for_selector("[data-plan-faults] li")
    assert "Fila 2, columna «place»: «nowhere»" in page.inner_text("[data-plan-faults]")
    visit.complaints.clear()  # the browser itself notes that the server said 422
