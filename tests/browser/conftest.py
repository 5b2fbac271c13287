"""A real Chromium before a real server: what every test in a browser starts from."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.browser.chromium import REMEDY, chromium_path
from tests.browser.visits import Visit, visit_to

ROOT = Path(__file__).parents[2]
READY = "Amparo is ready"
ARGUMENTS = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
ContextOf = Callable[..., BrowserContext]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser; without one the test fails and says what to do."""
    program = chromium_path()
    if not program:
        pytest.fail(REMEDY)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the page as the Procfile serves it, on a free port, with data of its own."""
    command = re.sub("^web: ", "", (ROOT / "Procfile").read_text(encoding="utf-8").strip())
    with served(command, tmp_path_factory.mktemp("var")) as address:
        yield address


@contextmanager
def served(command: str, folder: Path, workers: int = 1) -> Iterator[str]:
    """The address at which a command serves, once it says that it is ready; `folder` holds its data and its log."""
    port = free_port()
    own = {
        "AMPARO_HOST": "127.0.0.1",
        "AMPARO_PORT": str(port),
        "AMPARO_WORKERS": str(workers),
        "AMPARO_VAR": str(folder),
    }
    own["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    others = {name: value for name, value in os.environ.items() if not name.startswith("AMPARO_")}
    with (folder / "log").open("w+", encoding="utf-8") as log:
        process = subprocess.Popen(
            ["/bin/sh", "-c", f"exec {command}"],
            cwd=ROOT,
            env=others | own,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
        with process:
            if not any(line.startswith(READY) for line in process.stdout):
                log.seek(0)
                pytest.fail(f"The server did not start:\n{log.read()}")
            yield f"http://127.0.0.1:{port}"
            process.terminate()


def free_port() -> int:
    """A port of this machine that nobody listens at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture
def context_of(chromium: Browser) -> Iterator[ContextOf]:
    """Fresh contexts, each with a cache of its own, closed after the test."""
    made: list[BrowserContext] = []

    def context(width: int = 1366, locale: str = "es-MX", **more: object) -> BrowserContext:
        size = {"width": width, "height": 768 if width > 800 else 780}
        made.append(chromium.new_context(viewport=size, locale=locale, **more))
        return made[-1]

    yield context
    for one in made:
        one.close()


@pytest.fixture
def page_at(context_of: ContextOf, server: str) -> Iterator[Callable[..., Visit]]:
    """The dashboard at a query, a width and a locale, at rest.

    Every other host is cut off; at the end the page has asked for none, complained of nothing and thrown nothing.
    """
    visits: list[Visit] = []

    def visit(query: str = "", width: int = 1366, locale: str = "es-MX", **more: object) -> Visit:
        context = context_of(width, locale, **more)
        context.route(lambda url: not url.startswith(server), lambda route: route.abort("internetdisconnected"))
        visits.append(visit_to(context, server, query))
        return visits[-1]

    yield visit
    for one in visits:
        assert one.outside == []
        assert one.complaints == []
