"""The next service on the page, by hand and by keyboard: how many, which not, a plan, and work that outlives the visit."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.test_access import broken_rules, open_all
from tests.browser.visits import Visit

pytestmark = pytest.mark.browser
PageAt = Callable[..., Visit]
VIEW = "?q=siting"
#: A new process reads the data before it begins; on a busy machine that takes a while.
WORK_MS = 90_000


def marks(visit: Visit) -> list[str]:
    """The numbers of the proposed places on the map, those that share a badge apart."""
    numbers = visit.page.locator("#map .map-badge-proposed .badge-sign").all_inner_texts()
    return sorted(number for text in numbers for number in text.split(" · "))


def test_the_number_of_places_is_chosen_by_keyboard_for_one_post_each(page_at: PageAt) -> None:
    visit = page_at(VIEW)
    assert marks(visit) == ["1", "2", "3"]
    visit.page.get_by_role("button", name="Un lugar menos").focus()
    for number in (2, 1):
        before = visit.posts
        visit.page.keyboard.press("Enter")
        expect(visit.page.locator(".siting-number")).to_have_text(str(number))
        visit.rest()
        assert visit.posts == before + 1
        assert f"k={number}" in visit.query
    assert marks(visit) == ["1"]
    assert visit.page.evaluate("document.activeElement.getAttribute('aria-label')") == "Un lugar menos"


def test_an_aim_is_pressed_and_stays_pressed(page_at: PageAt) -> None:
    visit = page_at(VIEW)
    visit.page.get_by_role("button", name="Nadie demasiado lejos").click()
    expect(visit.page.locator('.aim[aria-pressed="true"]')).to_contain_text("Nadie demasiado lejos")
    visit.rest()
    assert "objective=p-center" in visit.query
    assert "El trayecto más largo hasta la ayuda baja de" in visit.page.inner_text("#sentence")


def test_a_place_is_left_out_and_taken_back(page_at: PageAt) -> None:
    visit = page_at(VIEW)
    visit.page.get_by_role("button", name="Excluir Acandí").click()
    expect(visit.page.locator("#sentence h1")).not_to_contain_text("Acandí")
    visit.rest()
    assert "without=acandi" in visit.query
    visit.page.get_by_role("button", name="Volver a admitir Acandí").click()
    expect(visit.page.locator("#sentence h1")).to_contain_text("Acandí")
    assert "without" not in visit.rest().query


def test_a_mark_has_a_name_takes_the_focus_and_enter_selects_its_place(page_at: PageAt) -> None:
    visit = page_at(VIEW)
    mark = visit.page.locator('#map .map-badge-proposed[aria-label^="Propuesta 1"]')
    box = mark.bounding_box()
    assert min(box["width"], box["height"]) >= 24
    mark.focus()
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_selector("#detail h2")
    assert visit.rest().query.endswith("at=place:ciudad_juarez")


def test_a_point_and_a_budget_are_put_from_their_fields(page_at: PageAt) -> None:
    visit = page_at(VIEW)
    open_all(visit.page)
    for label, written in (("Latitud", "14.9"), ("Longitud", "-92.26")):
        visit.page.get_by_label(label).fill(written)
    visit.page.get_by_role("button", name="Añadir el punto").click()
    visit.page.get_by_role("button", name="Quitar su punto 14.90, -92.26").wait_for()
    assert "own=14.90@-92.26" in visit.rest().query
    for label, written in (("Costo de uno nuevo", "4"), ("Costo de una ampliación", "1"), ("Presupuesto", "1")):
        visit.page.get_by_label(label, exact=True).fill(written)
    visit.page.get_by_role("button", name="Usar el presupuesto").click()
    visit.page.get_by_role("button", name="Volver al número").wait_for()
    assert "budget=1&costs=4,1" in visit.rest().query
    assert marks(visit) == ["1"]


def test_the_link_to_a_plan_names_the_change(page_at: PageAt) -> None:
    visit = page_at(VIEW)
    link = visit.page.get_by_role("link", name="Añadir Acandí a un plan").get_attribute("href")
    assert "q=plan" in link
    assert "plan=open:acandi:clinical_care" in link
    whole = visit.page.get_by_role("link", name="Añadir todos a un plan").get_attribute("href")
    assert ",open:acandi:clinical_care" in whole


def test_work_goes_on_while_the_page_is_left_and_its_result_is_there_on_return(page_at: PageAt) -> None:
    visit = page_at(f"{VIEW}&k=2")
    visit.page.get_by_role("button", name="Probar otros futuros").click()
    visit.page.get_by_role("button", name="Cancelar el cálculo").wait_for()
    visit.page.wait_for_selector(
        '[data-job-shown="running"], [data-job-shown="done"]', state="attached", timeout=WORK_MS
    )
    visit.page.goto(f"{visit.origin}/?q=state")
    visit.rest()
    visit.page.goto(f"{visit.origin}/{VIEW}&k=2&lang=en")
    visit.page.get_by_role("heading", name="What each choice loses").wait_for(timeout=WORK_MS)
    visit.rest()
    assert visit.page.locator('[data-chart="siting-robust"] svg').count() == 1
    assert visit.page.locator("#trends").get_by_role("button", name="Try other futures").count() == 0
    assert broken_rules(visit.page) == []


def test_work_that_is_cancelled_says_so_and_can_be_asked_for_again(page_at: PageAt) -> None:
    visit = page_at(f"{VIEW}&k=4&window=24")
    visit.page.get_by_role("button", name="Probar otros futuros").click()
    visit.page.get_by_role("button", name="Cancelar el cálculo").click()
    expect(visit.page.locator(".job-words")).to_have_text("El cálculo fue cancelado.")
    visit.page.get_by_role("button", name="Calcular de nuevo").wait_for()
    visit.page.reload()
    expect(visit.rest().page.locator(".job-words")).to_have_text("El cálculo fue cancelado.")


@pytest.mark.parametrize(("width", "locale"), [(1366, "es-MX"), (360, "fr-FR"), (360, "en-GB"), (360, "pt-BR")])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(width: int, locale: str, page_at: PageAt) -> None:
    visit = page_at(f"{VIEW}&own=14.90@-92.26&without=acandi", width, locale)
    visit.unfold()
    open_all(visit.page)
    assert broken_rules(visit.page) == []
    assert visit.page.evaluate("document.documentElement.scrollWidth") == width
