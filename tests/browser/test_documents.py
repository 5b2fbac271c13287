"""The documents in a real browser, without a script: axe's rules, a phone's width, every key, and the way there and back."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser.test_access import broken_rules, open_all
from tests.browser.visits import Visit

pytestmark = pytest.mark.browser
PATHS = ("/method", "/planning")
LANGUAGES = ("es", "en", "pt", "fr")
ReadAt = Callable[..., Page]
FOCUSED = """
() => {
  const node = document.activeElement;
  if (!node || node === document.body) return null;
  const style = getComputedStyle(node);
  const box = node.getBoundingClientRect();
  return {
    tag: node.tagName.toLowerCase(), href: node.getAttribute("href") || "",
    seen: style.outlineStyle !== "none" && style.outlineWidth !== "0px", sized: box.width > 0 && box.height > 0,
  };
}
"""


@pytest.fixture
def read_at(context_of: Callable[..., BrowserContext], server: str) -> Iterator[ReadAt]:
    """A document at an address and a width. Every other host is cut off, and at the end nothing went wrong."""
    faults: list[str] = []

    def read(address: str, width: int = 1366) -> Page:
        page = context_of(width).new_page()
        page.route(lambda url: not url.startswith(server), lambda route: route.abort("internetdisconnected"))
        page.on("requestfailed", lambda request: faults.append(request.url))
        page.on("response", lambda answer: faults.append(answer.url) if answer.status >= 400 else None)
        page.on("console", lambda said: faults.append(said.text) if said.type in {"error", "warning"} else None)
        page.goto(server + address)
        return page

    yield read
    assert faults == []


@pytest.mark.parametrize("width", [1366, 360])
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_window(
    path: str, lang: str, width: int, read_at: ReadAt
) -> None:
    page = read_at(f"{path}?lang={lang}", width)
    open_all(page)
    assert page.get_attribute("html", "lang") == lang
    assert page.locator("script").count() == 0
    assert broken_rules(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [1366, 360])
@pytest.mark.parametrize("path", PATHS)
def test_tab_reaches_every_link_and_fold_in_order_and_shows_where_it_is(path: str, width: int, read_at: ReadAt) -> None:
    page = read_at(f"{path}?lang=es", width)
    stops = []
    page.keyboard.press("Tab")
    while (stop := page.evaluate(FOCUSED)) and len(stops) < 300:
        stops.append(stop)
        page.keyboard.press("Tab")
    assert [stop for stop in stops if not (stop["seen"] and stop["sized"])] == []
    links = page.eval_on_selector_all("a", "nodes => nodes.map((node) => node.getAttribute('href'))")
    assert [stop["href"] for stop in stops if stop["tag"] == "a"] == links
    assert sum(stop["tag"] == "summary" for stop in stops) == page.locator("summary").count()


@pytest.mark.parametrize("path", PATHS)
def test_the_first_key_leads_to_the_text(path: str, read_at: ReadAt) -> None:
    page = read_at(path)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize("path", PATHS)
def test_on_paper_the_text_stands_alone(path: str, read_at: ReadAt) -> None:
    page = read_at(f"{path}?lang=fr")
    page.emulate_media(media="print")
    assert page.locator("h1").is_visible()
    assert [page.locator(part).is_visible() for part in (".document-languages", ".document-back", ".skip-link")] == [
        False,
        False,
        False,
    ]


def test_every_class_of_the_method_is_drawn_in_its_texture(read_at: ReadAt) -> None:
    page = read_at("/method?lang=es")
    drawn = page.eval_on_selector_all(
        ".texture rect", "nodes => nodes.map((node) => document.querySelector(node.getAttribute('fill').slice(4, -1)))"
    )
    assert len(drawn) == 6
    assert all(drawn)


def test_from_a_view_to_the_method_into_another_language_and_back_to_the_view(
    page_at: Callable[..., Visit],
) -> None:
    visit = page_at("?date=2024-02")
    visit.page.select_option("#date", "2024-03")
    visit.rest()
    visit.page.click("#method-link")
    visit.page.click("nav [hreflang=pt]")
    assert visit.page.get_attribute("html", "lang") == "pt"
    visit.page.click(".document-back")
    visit.rest()
    assert "date=2024-03" in visit.query
    assert "lang=pt" in visit.query
