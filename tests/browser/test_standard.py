"""A standard in the browser: its targets by keyboard, a country, its files, axe's rules and a phone's width."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from tests.browser.test_access import LOCALES, broken_rules, open_all
from tests.browser.visits import Visit

pytestmark = pytest.mark.browser
PageAt = Callable[..., Visit]
FIELDS = "#figures input[type=number]"
ADDING = "#figures [data-part=standard] select"
COUNTRY = "#story [data-part=within] select"
FILE = "standard,capability,hours\nAdoptado,legal_aid,72\nAdoptado,shelter,30\n"


def parts(visit: Visit) -> dict[str, str]:
    """The parts of the address."""
    return {name: values[0] for name, values in parse_qs(visit.query.removeprefix("?")).items()}


def standard_at(page_at: PageAt, more: str = "", **asked: object) -> Visit:
    return page_at(f"?q=standard&date=2024-04{more}", **asked)


def test_hours_are_changed_by_keyboard_in_one_post_and_the_field_keeps_the_focus(page_at: PageAt) -> None:
    visit = standard_at(page_at)
    before = visit.headline
    field = visit.page.locator(FIELDS).first
    field.focus()
    visit.page.keyboard.press("Control+A")
    visit.page.keyboard.type("120")
    with visit.counted() as made:
        visit.page.keyboard.press("Enter")
    assert [request.method for request in made] == ["POST"]
    assert parts(visit)["standard"] == "clinical_care@120,shelter@48"
    assert visit.headline != before
    assert visit.page.evaluate("document.activeElement.value") == "120"


def test_hours_that_cannot_be_are_not_taken(page_at: PageAt) -> None:
    visit = standard_at(page_at)
    visit.page.locator(FIELDS).first.fill("0")
    with visit.counted() as made:
        visit.page.keyboard.press("Enter")
    assert made == []
    assert "standard" not in parts(visit)


def test_a_target_is_added_and_taken_out_again(page_at: PageAt) -> None:
    visit = standard_at(page_at)
    with visit.counted() as made:
        visit.page.locator(ADDING).select_option("legal_aid@48")
    assert [request.method for request in made] == ["POST"]
    assert parts(visit)["standard"] == "clinical_care@24,shelter@48,legal_aid@48"
    assert visit.page.locator(FIELDS).count() == 3
    assert visit.page.locator(FIELDS).evaluate_all("all => all.map((one) => one.value)") == ["24", "48", "48"]
    visit.page.locator("#figures .target button").first.click()
    visit.rest()
    assert parts(visit)["standard"] == "shelter@48,legal_aid@48"
    assert visit.page.locator(FIELDS).evaluate_all("all => all.map((one) => one.value)") == ["48", "48"]
    assert visit.page.locator(ADDING).evaluate("one => one.value") == ""


def test_without_a_target_the_page_says_so_and_one_can_be_added(page_at: PageAt) -> None:
    visit = standard_at(page_at, "&standard=shelter@48")
    visit.page.locator("#figures .target button").click()
    visit.rest()
    assert parts(visit)["standard"] == "none"
    assert "todavía no tiene metas" in visit.headline
    visit.page.locator(ADDING).select_option("shelter@48")
    visit.rest()
    assert parts(visit)["standard"] == "shelter@48"
    visit.page.wait_for_selector("#story [data-chart] svg")


def test_a_country_is_chosen_in_one_post_and_its_list_is_marked_on_the_map(page_at: PageAt) -> None:
    visit = standard_at(page_at)
    with visit.counted() as made:
        visit.page.locator(COUNTRY).select_option("PAN")
    assert [request.method for request in made] == ["POST"]
    assert parts(visit)["within"] == "PAN"
    assert visit.page.locator("#story .changes > li").count() == 1
    assert "Panamá" in visit.page.inner_text("#story .changes-region h2")
    assert visit.page.locator("#map .badge-proposed").count() >= 1
    again = page_at(visit.query)
    assert again.page.inner_text("#story") == visit.page.inner_text("#story")


def test_a_saved_standard_is_loaded_and_a_faulty_one_is_explained(page_at: PageAt, tmp_path: Path) -> None:
    visit = standard_at(page_at)
    path = tmp_path / "ours.csv"
    path.write_text(FILE.replace("72", "0"), encoding="utf-8")
    visit.page.locator("#figures a[href^='/standard']").click()
    visit.page.locator("input[type=file]").set_input_files(path)
    visit.complaints.clear()
    visit.page.locator("form button").click()
    visit.page.wait_for_selector("[role=alert]")
    assert "hours" in visit.page.inner_text("[role=alert]")
    assert broken_rules(visit.page) == []
    visit.complaints[:] = [said for said in visit.complaints if "422" not in said]
    path.write_text(FILE, encoding="utf-8")
    visit.page.locator("input[type=file]").set_input_files(path)
    visit.page.locator("form button").click()
    visit.rest()
    assert parts(visit)["standard"] == "legal_aid@72,shelter@30"
    assert parts(visit)["name"] == "Adoptado"
    with visit.page.expect_download() as saved:
        visit.page.locator("#figures a[download]").click()
    assert Path(saved.value.path()).read_text(encoding="utf-8-sig").splitlines()[1] == "Adoptado,legal_aid,72,,"


@pytest.mark.parametrize("width", [1366, 360])
@pytest.mark.parametrize("lang", LOCALES)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(lang: str, width: int, page_at: PageAt) -> None:
    more = "&within=PAN&standard=clinical_care@24,shelter@48,anti_trafficking@72&table=standard_left"
    visit = standard_at(page_at, more, width=width, locale=LOCALES[lang])
    visit.page.wait_for_selector("#story [data-chart] svg")
    open_all(visit.page)
    assert broken_rules(visit.page) == []
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
