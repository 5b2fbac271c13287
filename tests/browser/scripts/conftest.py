"""An empty page with the project's scripts: what they work out is tested without Dash, map or server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

SCRIPTS = Path(__file__).parents[3] / "dashboard" / "assets" / "js"


@pytest.fixture
def blank(chromium: Browser) -> Iterator[Page]:
    """The page; what a script throws while it is read fails the test."""
    context = chromium.new_context()
    page = context.new_page()
    thrown: list[str] = []
    page.on("pageerror", lambda error: thrown.append(str(error)))
    page.evaluate("window.dash_clientside = { no_update: 'unchanged' }")
    for script in sorted(SCRIPTS.glob("*.js")):
        page.add_script_tag(content=script.read_text(encoding="utf-8"))
    yield page
    context.close()
    assert thrown == []
