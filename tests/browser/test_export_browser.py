"""The map to be taken away, opened from a file in Chromium with the network cut."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hostile import HOSTILE, the_hostile_page
from pages import the_page
from playwright.sync_api import Browser
from playwright.sync_api import Page as Tab

from dashboard.page import Page
from dashboard.state import ViewState

pytestmark = pytest.mark.browser
VIEW = "layers=services,state,reports&lang=es"


class Opened:
    """A file open in a tab: what it asked for and what it complained of."""

    def __init__(self, browser: Browser, path: Path, width: int) -> None:
        self.context = browser.new_context(viewport={"width": width, "height": 900}, offline=True)
        self.tab: Tab = self.context.new_page()
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.tab.on("request", lambda request: self.requests.append(request.url))
        self.tab.on("console", lambda said: self.complaints.append(said.text))
        self.tab.on("pageerror", lambda fault: self.complaints.append(str(fault)))
        self.tab.goto(path.as_uri())
        self.tab.wait_for_selector("path.run", state="attached")


@pytest.fixture
def opened(chromium: Browser, tmp_path: Path) -> Iterator[object]:
    made: list[Opened] = []

    def open_file(page: Page, width: int = 1366) -> Opened:
        path = tmp_path / "map.html"
        path.write_text(page.map_file(VIEW, ""))
        made.append(Opened(chromium, path, width))
        return made[-1]

    yield open_file
    for one in made:
        assert one.complaints == []
        assert one.requests == [(tmp_path / "map.html").as_uri()]
        one.context.close()


@pytest.mark.parametrize("width", [1366, 390])
def test_it_draws_every_run_without_a_request_and_fits_the_screen(opened, width) -> None:
    page = the_page()
    tab = opened(page, width).tab
    wanted = page.answers(ViewState.parse(VIEW, page.known)[0]).profile.leg_runs
    assert tab.locator("path.run").count() == len(wanted) == tab.locator("tbody tr").count()
    assert tab.locator("path.run").evaluate_all("all => all.every(one => one.getAttribute('d').length > 4)")
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    assert tab.locator(".leaflet-tile, img").count() == 0
    assert tab.evaluate("document.documentElement.lang") == "es"


def test_its_points_are_reached_and_opened_by_keyboard(opened) -> None:
    tab = opened(the_page()).tab
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.className") == "skip-link"
    badge = tab.locator(".map-service").first
    badge.focus()
    name = badge.locator(".unseen").inner_text()
    tab.keyboard.press("Enter")
    assert tab.locator(".leaflet-popup-content").inner_text().splitlines() == name.split("; ")
    tab.keyboard.press("Escape")
    tab.wait_for_selector(".leaflet-popup", state="detached")


def test_the_close_up_brings_the_slow_part_nearer(opened) -> None:
    tab = opened(the_page()).tab
    assert tab.locator(".leaflet-container.z7").count() == 0
    tab.click("[data-view=lens]")
    tab.wait_for_selector(".leaflet-container.z7")
    assert tab.locator(".name-stop:visible").count() > 4


def test_a_hostile_name_is_only_a_name(opened) -> None:
    tab = opened(the_hostile_page()).tab
    tab.locator(".map-service").first.focus()
    tab.keyboard.press("Enter")
    assert HOSTILE in tab.locator(".leaflet-popup-content").inner_text()
    assert tab.locator(".leaflet-tooltip").inner_text().count(HOSTILE) > 0
    assert HOSTILE in tab.locator("tbody").inner_text()
    assert tab.evaluate("window.caught === undefined && document.images.length === 0")
