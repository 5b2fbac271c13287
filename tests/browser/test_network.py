"""What comes over the wire: little, compressed, once, and from nowhere else."""

from __future__ import annotations

import re
import urllib.request
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Response

from tests.browser.visits import Visit

pytestmark = pytest.mark.browser
PageAt = Callable[..., Visit]
FIRST_VIEW_BYTES = 750_000


def fetched(address: str, encodings: str) -> tuple[bytes, dict[str, str]]:
    """The bytes as they come over the wire and their headers, by lower-case name."""
    asked = urllib.request.Request(address, headers={"Accept-Encoding": encodings})
    with urllib.request.urlopen(asked, timeout=20) as answer:
        return answer.read(), {name.lower(): value for name, value in answer.headers.items()}


def test_the_first_view_takes_at_most_750_kb_by_gzip(page_at: PageAt, server: str) -> None:
    visit = page_at(locale="es-MX")
    heard = {request.url: request.response() for request in visit.requests if request.url.startswith(server)}
    total = sum(weight(answer, request) for request, answer in heard.items() if answer)
    assert total <= FIRST_VIEW_BYTES


def weight(answer: Response, address: str) -> int:
    """Bytes of an answer by gzip, headers included; of a post as the browser was sent it, which gzip's is near."""
    if answer.request.method == "POST":
        sizes = answer.request.sizes()
        return sizes["responseBodySize"] + sizes["responseHeadersSize"]
    body, headers = fetched(address, "gzip")
    return len(body) + sum(len(name) + len(value) + 4 for name, value in headers.items())


def test_each_layer_of_geometry_comes_once_and_for_ever(page_at: PageAt) -> None:
    visit = page_at()
    layers = [request.url for request in visit.requests if "/layers/" in request.url]
    assert sorted(re.sub(r".*/layers/(\w+)\..*", r"\1", address) for address in layers) == ["base", "lines", "network"]
    for address in layers:
        for encoding in ("br", "gzip"):
            _, headers = fetched(address, encoding)
            assert headers["content-encoding"] == encoding
            assert "immutable" in headers["cache-control"]


def test_the_page_works_when_the_network_is_cut_after_the_first_view(page_at: PageAt, server: str) -> None:
    visit = page_at("?lang=en")
    before = len(visit.requests)
    visit.page.locator("#map").scroll_into_view_if_needed()
    visit.page.click("#map-region .leaflet-control-zoom-in")
    visit.page.click("#map-whole-route")
    visit.page.locator("footer summary").first.click()
    visit.page.select_option("#date", "2024-02")
    visit.rest()
    later = visit.requests[before:]
    assert [request.method for request in later] == ["POST"]
    assert all(request.url.startswith(server) for request in later)


def test_nothing_is_written_into_the_browser(page_at: PageAt) -> None:
    visit = page_at("?date=2024-02")
    assert visit.page.context.cookies() == []
    assert stored(visit.page) == 0


def stored(page: Page) -> int:
    """How many entries the page keeps in the browser."""
    return page.evaluate("localStorage.length + sessionStorage.length")


def test_the_table_is_taken_away_as_it_is_shown(page_at: PageAt) -> None:
    visit = page_at("?lang=en&table=places&date=2024-02")
    with visit.page.expect_download() as caught:
        visit.page.click("#download-link")
    text = caught.value.path().read_text(encoding="utf-8-sig")
    assert text.count("\n") == visit.page.locator("#table tbody tr").count() + 2
    assert visit.page.text_content("#table caption") in text.splitlines()[0].strip('"').replace('""', '"')
