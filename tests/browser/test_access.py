"""The page for those who do not see it, do not use a mouse, or have a small screen: axe's rules, and every key."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.visits import Visit

pytestmark = pytest.mark.browser
PageAt = Callable[..., Visit]
LOCALES = {"es": "es-MX", "en": "en-GB", "pt": "pt-BR", "fr": "fr-FR"}
RULES = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
}


def broken_rules(page: Page) -> list[str]:
    """What axe finds: rule, element, why."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [
        f"{rule['id']}: {node['target']} {node['failureSummary'][:300]}" for rule in found for node in rule["nodes"][:4]
    ]


@pytest.mark.parametrize("lang", LOCALES)
def test_axe_finds_nothing_on_a_wide_screen(lang: str, page_at: PageAt) -> None:
    visit = page_at(locale=LOCALES[lang])
    assert broken_rules(visit.page) == []
    visit.page.locator("#strip [data-at]").nth(4).click()
    visit.rest()
    visit.page.mouse.move(*visit.line_point(visit.stored("map-values")["runs"]["leg"][-1], 0.4))
    visit.page.wait_for_selector(".leaflet-tooltip")
    assert broken_rules(visit.page) == []
    visit.choose("question", "state")
    visit.rest()
    open_all(visit.page)
    assert broken_rules(visit.page) == []


@pytest.mark.parametrize("lang", LOCALES)
def test_axe_finds_nothing_on_a_phone(lang: str, page_at: PageAt) -> None:
    visit = page_at("?layers=services,state,reports", 360, LOCALES[lang])
    assert broken_rules(visit.page) == []
    visit.unfold()
    visit.choose("question", "state")
    visit.rest()
    visit.page.locator("#table tbody [data-at]").nth(3).click()
    visit.rest()
    open_all(visit.page)
    assert visit.page.locator("details:not([open])").count() == 0
    assert visit.page.locator("#detail h2").count() == 1
    assert broken_rules(visit.page) == []


def open_all(page: Page) -> None:
    """Opens whatever is folded."""
    page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")


HOLDER = """
() => {
  const node = document.activeElement;
  if (!node || node === document.body) return null;
  const style = getComputedStyle(node);
  const label = node.parentElement && node.parentElement.querySelector(".form-check-label");
  const shown = [style, label && getComputedStyle(label)].filter(Boolean);
  const seen = shown.some((one) => (one.outlineStyle !== "none" && one.outlineWidth !== "0px") || one.boxShadow !== "none");
  const region = node.closest("[id]");
  const box = node.getBoundingClientRect();
  return {
    seen, tag: node.tagName.toLowerCase(), id: node.id, region: region ? region.id : "",
    name: node.getAttribute("name") || "", at: node.getAttribute("data-at"), sort: node.getAttribute("data-sort"),
    inside: ["map", "strip", "table", "detail", "legend", "footer", "header", "controls"]
      .find((id) => document.getElementById(id).contains(node)) || "",
    group: (node.closest(".questions, .segmented, .ticks") || {}).id || "",
    sized: box.width > 0 && box.height > 0,
  };
}
"""


def walk(page: Page, most: int = 260) -> list[dict]:
    """What has the focus after each press of Tab, from the first link of the page until it leaves the document."""
    page.focus("#skip-link")
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    stops = []
    while (stop := page.evaluate(HOLDER)) and len(stops) < most:
        stops.append(stop)
        page.keyboard.press("Tab")
    return stops


@pytest.mark.parametrize("width", [1366, 360])
def test_tab_reaches_everything_shows_where_it_is_and_leaves_the_page(width: int, page_at: PageAt) -> None:
    visit = page_at("?at=place:acandi", width)
    visit.unfold()
    stops = walk(visit.page)
    assert len(stops) < 260, "the focus never left the page"
    assert [stop for stop in stops if not stop["seen"]] == []
    ids = {stop["id"] for stop in stops} | {stop["group"] for stop in stops}
    wanted = {
        "skip-link", "question", "language", "share-link", "date-previous", "date", "date-next", "direction", "capability",
        "window", "route", "service-status", "layers", "map", "map-whole-route", "sentence-copy", "table-choice",
        "download-link", "table",
    }  # fmt: skip
    assert wanted - ids == set()
    targets = visit.page.locator("#strip [data-at]").count()
    assert sum(stop["inside"] == "strip" and stop["at"] is not None for stop in stops) == targets
    sorters, rows = visit.page.locator("#table [data-sort]").count(), visit.page.locator("#table [data-at]").count()
    assert sum(stop["sort"] is not None for stop in stops) == sorters
    assert sum(stop["inside"] == "table" and stop["at"] is not None for stop in stops) == rows
    assert sum(stop["inside"] == "detail" and stop["tag"] == "button" for stop in stops) == 1
    assert stops[0]["id"] == "skip-link"


def test_the_first_key_leads_to_the_answer(page_at: PageAt) -> None:
    visit = page_at()
    visit.page.keyboard.press("Tab")
    visit.page.keyboard.press("Enter")
    assert visit.page.evaluate("document.activeElement.id") == "sentence-region"
    assert visit.posts == 2


def test_enter_on_a_stretch_of_the_strip_opens_its_detail_and_the_focus_stays(page_at: PageAt) -> None:
    visit = page_at()
    target = visit.page.locator("#strip [data-at^='leg:']").nth(2)
    at = target.get_attribute("data-at")
    for key in ("Enter", " "):
        target = visit.page.locator(f"#strip [data-at='{at}']")
        target.focus()
        visit.page.keyboard.press(key)
        visit.rest()
        assert visit.page.locator("#detail h2").inner_text() != ""
        assert visit.page.evaluate("document.activeElement.getAttribute('data-at')") == at
        visit.page.locator("#detail button").focus()
        visit.page.keyboard.press("Enter")
        visit.rest()
        assert visit.page.locator("#detail h2").count() == 0
        assert "at=" not in visit.query


def test_every_control_answers_to_keys(page_at: PageAt) -> None:
    visit = page_at()
    keys = {
        "#question input[value=care]": ("ArrowRight", "q=state"),
        "#direction input[value=northbound]": ("ArrowRight", "dir=southbound"),
        "#window input[value='72']": ("ArrowRight", "window=120"),
        "#service-status input[value=listed]": ("ArrowRight", "status=confirmed"),
        "#date-previous": ("Enter", "date=2024-03"),
        "#layers input[value=reports]": (" ", "layers=services,state,reports"),
        "#table-choice": ("ArrowDown", "table=places"),
        "#language": ("ArrowDown", "lang=en"),
    }
    for control, (key, part) in keys.items():
        visit.page.locator(control).focus()
        visit.page.keyboard.press(key)
        visit.rest()
        assert part in visit.query, control


def test_a_column_sorts_by_keys_both_ways_and_keeps_the_focus(page_at: PageAt) -> None:
    visit = page_at()
    button = visit.page.locator("#table [data-sort=travel_hours]")
    with visit.counted() as made:
        for order in ("ascending", "descending"):
            button.focus()
            visit.page.keyboard.press("Enter")
            assert visit.page.get_attribute("#table th:has([data-sort=travel_hours])", "aria-sort") == order
            assert visit.page.evaluate("document.activeElement.getAttribute('data-sort')") == "travel_hours"
    assert made == []


def test_a_badge_of_the_map_is_chosen_by_keys(page_at: PageAt) -> None:
    visit = page_at()
    badge = visit.page.locator("#map .map-badge").first
    assert badge.get_attribute("aria-label")
    badge.focus()
    visit.page.keyboard.press("Enter")
    visit.rest()
    assert visit.page.locator("#detail h2").count() == 1
