"""A real Chromium before a real server: what every test in a browser starts from."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Route, sync_playwright

from tests.browser.chromium import REMEDY, chromium_path

ROOT = Path(__file__).parents[2]
WIDE, PHONE = {"width": 1366, "height": 900}, {"width": 360, "height": 780}


@dataclass
class Record:
    """What a page did while it was open: its requests, and what it complained of on the console or threw."""

    host: str = ""
    requests: list[Request] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    @property
    def posts(self) -> int:
        """How many answers it asked the server for."""
        return sum(request.method == "POST" for request in self.requests)

    @property
    def outside(self) -> list[str]:
        """The addresses of other hosts that it asked for."""
        inside = (self.host, "data:", "blob:")
        return [request.url for request in self.requests if not request.url.startswith(inside)]

    def heard(self, message: ConsoleMessage) -> None:
        """Keep what is an error or a warning."""
        if message.type in ("error", "warning"):
            self.complaints.append(f"{message.type}: {message.text}")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser; without one the test fails and says what to do."""
    program = chromium_path()
    if not program:
        pytest.fail(REMEDY)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the page as the Procfile serves it, on a free port, with data of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = re.sub("^web: ", "", (ROOT / "Procfile").read_text(encoding="utf-8").strip())
    own = {"AMPARO_HOST": "127.0.0.1", "AMPARO_PORT": str(port), "AMPARO_WORKERS": "1"}
    own |= {"AMPARO_VAR": str(tmp_path_factory.mktemp("var")), "PYTHONUNBUFFERED": "1"}
    own["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    process = subprocess.Popen(
        ["/bin/sh", "-c", f"exec {command}"],
        cwd=ROOT,
        env=os.environ | own,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    said: list[str] = []
    for line in process.stdout:
        said.append(line)
        if line.startswith("Amparo is ready"):
            break
    else:
        pytest.fail(f"The server did not start:\n{''.join(said)}")
    yield f"http://127.0.0.1:{port}"
    process.terminate()
    process.stdout.close()
    process.wait(timeout=30)


@pytest.fixture
def record(server: str) -> Record:
    """What the page of this test does."""
    return Record(server)


@pytest.fixture
def viewport() -> dict[str, int]:
    """The window's size; a test or module may give another."""
    return WIDE


@pytest.fixture
def page(chromium: Browser, server: str, record: Record, viewport: dict[str, int]) -> Iterator[Page]:
    """A page of its own, with every outside host cut off; at the end it has asked for none and complained of nothing."""
    context = chromium.new_context(viewport=viewport, locale="es-MX", base_url=server)
    context.route(lambda url: not url.startswith(server), cut)
    opened = context.new_page()
    opened.on("request", record.requests.append)
    opened.on("console", record.heard)
    opened.on("pageerror", lambda error: record.complaints.append(f"thrown: {error}"))
    yield opened
    context.close()
    assert record.outside == []
    assert record.complaints == []


@pytest.fixture
def blank(chromium: Browser, server: str) -> Iterator[Page]:
    """An empty page with the project's scripts, for their pure parts: no Dash, no map."""
    context = chromium.new_context(viewport=WIDE, base_url=server, bypass_csp=True)
    opened = context.new_page()
    opened.goto("/healthz")
    opened.evaluate("window.dash_clientside = {no_update: 'unchanged'}")
    for script in sorted((ROOT / "dashboard" / "assets" / "js").glob("*.js")):
        opened.add_script_tag(content=script.read_text(encoding="utf-8"))
    yield opened
    context.close()


def cut(route: Route) -> None:
    """No answer, as without a network."""
    route.abort("internetdisconnected")


def opened(page: Page, path: str = "/") -> Page:
    """The page at an address, once map, strip and table have their first answer."""
    page.goto(path)
    page.wait_for_selector("#strip svg")
    page.wait_for_selector("#table table")
    page.wait_for_selector("#map .map-badge")
    return page


def answered(page: Page, record: Record, before: int) -> None:
    """Wait until the server has answered once more than `before` and the page has shown it."""
    page.wait_for_function("() => !document.querySelector('[data-dash-is-loading=true]')")
    assert record.posts > before
