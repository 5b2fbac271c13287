"""A visit to the page: what a reader sees and does, and everything that the page asked for meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request

#: Nothing here takes long; what does is a fault.
PATIENCE_MS = 12_000
#: Leaflet's maps are told apart by their containers; the page itself keeps no hold of them.
MAPS_KEPT = """
(() => {
  let kept;
  window.leaflets = [];
  Object.defineProperty(window, "L", {
    configurable: true,
    get: () => kept,
    set: (leaflet) => {
      kept = leaflet;
      leaflet.Map.addInitHook(function () { window.leaflets.push(this); });
    },
  });
  window.mapOf = (id) => window.leaflets.find((map) => map.getContainer().id === id);
})();
"""
#: Nothing is under way in Dash, and nothing begins within some frames.
AT_REST = """
() => new Promise((done) => {
  const under_way = ["requested", "prioritized", "blocked", "executing", "watched", "executed", "stored"];
  let quiet = 0;
  const look = () => {
    const state = window.store && window.store.getState();
    const idle = state && under_way.every((name) => state.callbacks[name].length === 0);
    quiet = idle && document.querySelector("#strip svg") && document.querySelector("#table table") ? quiet + 1 : 0;
    if (quiet >= 6) done(true); else requestAnimationFrame(look);
  };
  look();
})
"""
STORED = """
(id) => {
  const state = window.store.getState();
  const path = state.paths.strs[id];
  return path.reduce((node, key) => node[key], state.layout).props.data;
}
"""
MAP_STATE = """
() => {
  const map = window.mapOf("map");
  const at = map.latLngToContainerPoint([9.1, -79.4]);
  return [at.x, at.y, map.getZoom()];
}
"""
LINE_POINT = """
async ([network_url, leg, share]) => {
  const network = await window.amparo.layer(network_url);
  const { pointAt, vertices } = window.amparo.geometry;
  const [lon, lat] = pointAt(vertices(network.legs[leg].line), share);
  const map = window.mapOf("map");
  const at = map.latLngToContainerPoint([lat, lon]);
  const box = map.getContainer().getBoundingClientRect();
  return [box.left + at.x, box.top + at.y];
}
"""


@dataclass
class Visit:
    """One open page and what it did."""

    page: Page
    origin: str
    complaints: list[str] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)

    def watch(self) -> None:
        """Notes everything from here on."""
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda fault: self.complaints.append(f"thrown: {fault}"))
        self.page.on("request", lambda request: self.requests.append(request))  # noqa: PLW0108 - playwright marks it

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning", "assert"):
            self.complaints.append(f"{message.type}: {message.text}")

    def rest(self) -> Visit:
        """Waits until strip and table are there and nothing is under way."""
        self.page.wait_for_selector("#strip svg")
        self.page.evaluate(AT_REST)
        return self

    @property
    def posts(self) -> int:
        """How many requests of the page were posts so far."""
        return sum(request.method == "POST" for request in self.requests)

    @property
    def outside(self) -> list[str]:
        """The addresses of other hosts that it asked for; what it has in itself (data:, blob:) is none."""
        inside = (self.origin, "data:", "blob:")
        return [request.url for request in self.requests if not request.url.startswith(inside)]

    @contextmanager
    def counted(self) -> Iterator[list[Request]]:
        """The requests of what is done inside, complete once it is left."""
        before, made = len(self.requests), []
        yield made
        self.rest()
        made += self.requests[before:]

    @property
    def headline(self) -> str:
        """The answer's first sentence."""
        return self.page.inner_text("#sentence h1")

    @property
    def query(self) -> str:
        """The query of the address, with its question mark where there is one."""
        return self.page.evaluate("window.location.search")

    def stored(self, identity: str) -> Any:
        """What a store of the page holds."""
        return self.page.evaluate(STORED, identity)

    def map_state(self) -> list[float]:
        """Where the isthmus stands on the map, in px from its upper left corner, and the zoom."""
        return self.page.evaluate(MAP_STATE)

    def line_point(self, leg: str, share: float = 0.5) -> list[float]:
        """Where a share of a leg's line stands in the window, in px."""
        self.page.locator("#map").scroll_into_view_if_needed()
        return self.page.evaluate(LINE_POINT, [self.stored("map-ground")["urls"]["network"], leg, share])

    def choose(self, group: str, value: str) -> None:
        """Ticks one of a group of radio buttons or boxes."""
        self.page.locator(f'#{group} input[value="{value}"]').check(force=True)

    def unfold(self) -> None:
        """Opens what is folded away on a phone: more options and the legend."""
        for summary in ("#more-controls > summary", "#legend summary"):
            part = self.page.locator(summary)
            if part.is_visible() and not part.evaluate("node => node.parentElement.open"):
                part.click()


def visit_to(context: BrowserContext, origin: str, query: str) -> Visit:
    """A page of the context at an address of the dashboard, at rest."""
    context.add_init_script(MAPS_KEPT)
    context.set_default_timeout(PATIENCE_MS)
    visit = Visit(context.new_page(), origin)
    visit.watch()
    visit.page.goto(f"{origin}/{query}")
    return visit.rest()
