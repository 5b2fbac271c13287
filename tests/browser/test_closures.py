"""Which service matters most, in a browser: bars and calendar on both screens, the map without it, the way to a plan."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.test_access import LOCALES, broken_rules, open_all
from tests.browser.test_questions import ALL_DRAWN, WIDTH
from tests.browser.visits import Visit

pytestmark = pytest.mark.browser
PageAt = Callable[..., Visit]


@pytest.mark.parametrize("width", [1366, 360])
@pytest.mark.parametrize("lang", LOCALES)
def test_axe_finds_nothing_on_bars_and_calendar_and_nothing_scrolls_sideways(
    lang: str, width: int, page_at: PageAt
) -> None:
    visit = page_at("?q=closures&date=2023-04&service=shelter", width, LOCALES[lang])
    visit.page.wait_for_function(ALL_DRAWN)
    open_all(visit.page)
    assert visit.page.evaluate(WIDTH) <= width
    assert visit.page.locator(".calendar > li").count() == 12
    assert broken_rules(visit.page) == []
    right = visit.page.locator(".calendar").evaluate("node => node.getBoundingClientRect().right")
    assert right <= width


def test_the_map_changes_to_the_route_without_the_service_and_says_so_without_a_post(page_at: PageAt) -> None:
    visit = page_at("?q=closures&date=2024-02&lang=en")
    posts = visit.posts
    visit.choose("map-side", "before")
    visit.rest()
    assert visit.posts == posts
    visit.page.wait_for_function("() => document.body.innerText.includes('The map shows the route without')")


def test_a_service_leads_to_its_plan_by_its_name(page_at: PageAt) -> None:
    visit = page_at("?q=closures&date=2024-02&lang=en")
    link = visit.page.get_by_role(
        "link", name="See it as a plan: Centro de atención integral (CAI) de MSF (Mexico City)"
    )
    assert link.get_attribute("href") == "?q=plan&date=2024-02&lang=en&plan=close:SV054"
