"""What a change of the view costs, what it keeps, and that map, strip, table, words and address say the same."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.browser.visits import Visit

pytestmark = pytest.mark.browser
PageAt = Callable[..., Visit]


def a_stretch_of_the_strip(visit: Visit) -> None:
    visit.page.locator("#strip [data-at]").nth(3).click()


def a_run_of_the_map(visit: Visit) -> None:
    runs = visit.stored("map-values")["runs"]
    visit.page.mouse.click(*visit.line_point(runs["leg"][-1], 0.3))


def a_row_of_the_table(visit: Visit) -> None:
    visit.page.locator("#table tbody [data-at]").nth(4).click()


ONE_POST = {
    "date": lambda visit: visit.page.select_option("#date", "2024-02"),
    "month step": lambda visit: visit.page.click("#date-previous"),
    "capability": lambda visit: visit.page.select_option("#capability", "shelter"),
    "direction": lambda visit: visit.choose("direction", "southbound"),
    "status": lambda visit: visit.choose("service-status", "confirmed"),
    "window": lambda visit: visit.choose("window", "24"),
    "layers": lambda visit: visit.choose("layers", "reports"),
    "route": lambda visit: visit.page.select_option("#route", "north_acandi_tijuana"),
    "question": lambda visit: visit.choose("question", "state"),
    "table": lambda visit: visit.page.select_option("#table-choice", "places"),
    "strip": a_stretch_of_the_strip,
    "map": a_run_of_the_map,
    "row": a_row_of_the_table,
}


def moved(visit: Visit) -> list[float]:
    """The map's state after the reader dragged it and zoomed in."""
    visit.page.locator("#map").scroll_into_view_if_needed()
    box = visit.page.locator("#map").bounding_box()
    x, y = box["x"] + box["width"] * 0.4, box["y"] + box["height"] * 0.6
    before = visit.map_state()
    visit.page.mouse.move(x, y)
    visit.page.mouse.down()
    visit.page.mouse.move(x + 70, y - 40, steps=4)
    visit.page.mouse.up()
    visit.page.click("#map-region .leaflet-control-zoom-in")
    visit.page.wait_for_function("zoom => window.mapOf('map').getZoom() > zoom", arg=before[2])
    visit.page.wait_for_function("() => !document.querySelector('#map .leaflet-zoom-anim')")
    visit.rest()
    assert visit.map_state() != before
    return visit.map_state()


def test_opening_a_link_costs_two_posts(page_at: PageAt) -> None:
    assert page_at("?date=2024-02&dir=northbound&at=place:acandi").posts == 2


@pytest.mark.parametrize("gesture", ONE_POST)
def test_a_gesture_costs_one_post_and_keeps_pan_and_zoom(gesture: str, page_at: PageAt) -> None:
    visit = page_at()
    with visit.counted() as made:
        kept = moved(visit)
    assert made == []
    address = visit.query
    with visit.counted() as made:
        ONE_POST[gesture](visit)
    assert [request.method for request in made] == ["POST"], [request.url for request in made]
    assert visit.query != address
    assert visit.map_state() == pytest.approx(kept, abs=1e-6)


def test_another_language_costs_two_posts_and_keeps_view_pan_zoom_and_focus(page_at: PageAt) -> None:
    visit = page_at("?date=2025-06&dir=southbound&table=places")
    kept = moved(visit)
    visit.page.focus("#language")
    with visit.counted() as made:
        visit.page.select_option("#language", "pt")
    assert [request.method for request in made] == ["POST", "POST"]
    assert visit.page.evaluate("document.documentElement.lang") == "pt"
    assert visit.page.evaluate("document.activeElement.id") == "language"
    assert visit.page.input_value("#date") == "2025-06"
    assert visit.query == "?date=2025-06&dir=southbound&lang=pt&table=places"
    assert visit.map_state() == pytest.approx(kept, abs=1e-6)


def test_the_whole_route_comes_back_without_a_post(page_at: PageAt) -> None:
    visit = page_at()
    away = moved(visit)
    with visit.counted() as made:
        visit.page.click("#map-whole-route")
        visit.page.wait_for_function("zoom => window.mapOf('map').getZoom() !== zoom", arg=away[2])
    assert made == []


HOURS = {"es": r"\b(\d+) horas", "en": r"\b(\d+) hours"}


@pytest.mark.parametrize("lang", HOURS)
def test_from_february_to_april_2024_the_gap_opens_in_the_darien(lang: str, page_at: PageAt) -> None:
    visit = page_at(f"?date=2024-02&lang={lang}")
    before = visit.headline
    visit.page.select_option("#date", "2024-04")
    visit.rest()
    after = visit.headline
    assert int(re.search(HOURS[lang], before)[1]) in range(66, 76)
    assert int(re.search(HOURS[lang], after)[1]) == 92
    assert "Necoclí" in after


def test_southbound_in_2025_is_another_map(page_at: PageAt) -> None:
    visit = page_at()
    north = visit.stored("map-values")["runs"]
    visit.choose("direction", "southbound")
    visit.rest()
    visit.page.select_option("#date", "2025-06")
    visit.rest()
    south = visit.stored("map-values")["runs"]
    assert set(south["leg"]) != set(north["leg"])
    assert visit.page.input_value("#route") == "south_miramar"
    options = visit.page.eval_on_selector_all("#route option", "all => all.map(one => one.value)")
    assert options
    assert not any(option.startswith("north_") for option in options)


SAME = """
() => {
  const rows = [...document.querySelectorAll("#table tbody tr")].map((row) => ({
    at: row.querySelector("[data-at]").getAttribute("data-at"),
    swatch: ((row.querySelector(".swatch") || row).className.match(/swatch--(\\w+)/) || [])[1],
    cells: [...row.cells].map((cell) => cell.innerText.trim()),
  }));
  const targets = [...document.querySelectorAll("#strip [data-at]")].map((node) => ({
    at: node.getAttribute("data-at"), label: node.getAttribute("aria-label"),
  }));
  return { rows, targets };
}
"""


@pytest.mark.parametrize("query", ["", "?dir=southbound&date=2025-06&lang=fr", "?q=state&lang=en&service=shelter"])
def test_the_table_says_what_map_and_strip_say(query: str, page_at: PageAt) -> None:
    visit = page_at(query)
    shown = visit.page.evaluate(SAME)
    rows, targets = shown["rows"], shown["targets"]
    values = visit.stored("map-values")
    runs = values["runs"]
    on_map = zip(runs["leg"], (values["classes"][word] for word in runs["class"]), strict=True)
    in_table = ((row["at"].removeprefix("leg:").split("@")[0], row["swatch"]) for row in rows)
    assert set(in_table) == set(on_map)
    in_order = {row["at"]: place for place, row in enumerate(rows)}
    stretches = [(in_order[one["at"]], one["label"]) for one in targets if one["at"].startswith("leg:")]
    assert stretches == sorted(stretches)
    assert len(stretches) >= 10
    for place, label in stretches:
        assert f": {rows[place]['cells'][4].split(' (')[0]}" in label


def test_the_hours_of_each_place_in_the_strip_are_those_of_the_table(page_at: PageAt) -> None:
    shown = page_at("?table=places&lang=es&date=2024-02").page.evaluate(SAME)
    by_at = {row["at"]: row["cells"] for row in shown["rows"]}
    places = [one for one in shown["targets"] if one["at"].startswith("place:")]
    assert len(places) >= 10
    for place in places:
        low, typical, high = by_at[place["at"]][3:6]
        told = "nada adelante" if low == "nada adelante" else f"{typical} h ({low}–{high})"
        assert told in place["label"] or (low == "0" and "aquí" in place["label"])


def test_what_is_read_aloud_changes_with_the_view(page_at: PageAt) -> None:
    visit = page_at("?lang=en")
    said = ("#map-summary", "#strip desc", "#strip title", "#table caption")
    before = [visit.page.text_content(part) for part in said]
    visit.page.select_option("#date", "2024-01")
    visit.rest()
    after = [visit.page.text_content(part) for part in said]
    assert all(before)
    assert all(one != other for one, other in zip(before, after, strict=True))


def test_html_speaks_the_language_of_the_page(page_at: PageAt) -> None:
    for locale, lang in (("fr-CA", "fr"), ("pt-BR", "pt"), ("ja-JP", "es")):
        visit = page_at(locale=locale)
        assert visit.page.evaluate("document.documentElement.lang") == lang
        assert visit.page.input_value("#language") == lang


def test_the_address_reproduces_the_view(page_at: PageAt) -> None:
    visit = page_at("?lang=en")
    visit.choose("direction", "southbound")
    visit.rest()
    visit.page.select_option("#capability", "shelter")
    visit.choose("window", "120")
    a_row_of_the_table(visit)
    visit.rest()
    again = page_at(visit.query)
    for part in ("#sentence", "#detail", "#table", "#map-summary"):
        assert again.page.inner_text(part) == visit.page.inner_text(part)
    assert again.stored("map-values") == visit.stored("map-values")
    assert again.query == visit.query


def test_the_copied_link_is_the_address(page_at: PageAt) -> None:
    visit = page_at("?date=2024-02&lang=en", permissions=["clipboard-read", "clipboard-write"])
    visit.page.click("#share-link")
    visit.page.wait_for_function("() => document.getElementById('share-status').textContent !== ''")
    assert visit.page.evaluate("navigator.clipboard.readText()") == visit.page.url


def test_the_copied_sentence_is_the_one_shown(page_at: PageAt) -> None:
    visit = page_at("?lang=en", permissions=["clipboard-read", "clipboard-write"])
    visit.page.click("#sentence-copy")
    visit.page.wait_for_function("() => document.getElementById('status').textContent !== ''")
    copied = visit.page.evaluate("navigator.clipboard.readText()")
    assert visit.headline in copied


def test_the_back_button_restores_the_view(page_at: PageAt) -> None:
    visit = page_at("?lang=en")
    visit.page.select_option("#date", "2023-06")
    visit.choose("service-status", "confirmed")
    visit.rest()
    seen = visit.headline
    visit.page.goto(f"{visit.origin}/healthz")
    visit.page.go_back()
    visit.rest()
    assert visit.headline == seen
    assert visit.page.input_value("#date") == "2023-06"


def test_an_address_that_is_not_usable_is_said_so(page_at: PageAt) -> None:
    visit = page_at("?lang=en&window=9999&service=<b>x</b>")
    assert "9999" in visit.page.inner_text("#notices")
    assert visit.page.locator("#notices b").count() == 0
    assert visit.page.input_value("#capability") == "clinical_care"


def test_no_region_carries_a_title_that_would_follow_the_pointer(page_at: PageAt) -> None:
    visit = page_at()
    regions = ("shell", "strip", "table", "more-controls")
    assert [visit.page.get_attribute(f"#{region}", "title") for region in regions] == [None] * len(regions)


@pytest.mark.parametrize("width", [360, 320])
def test_nothing_is_wider_than_a_phone(width: int, page_at: PageAt) -> None:
    visit = page_at("?lang=fr&at=place:acandi", width, "fr-FR")
    visit.unfold()
    assert visit.page.evaluate("document.documentElement.scrollWidth") == width


def test_the_map_is_drawn_to_its_edges(page_at: PageAt) -> None:
    visit = page_at()
    size, box = visit.page.evaluate(
        "() => { const map = window.mapOf('map'), at = map.getContainer();"
        " return [[map.getSize().x, map.getSize().y], [at.clientWidth, at.clientHeight]]; }"
    )
    assert size == box
