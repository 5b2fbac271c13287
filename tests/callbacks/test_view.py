"""The wires: every id that is wired is laid out, every part that is named is returned."""

from __future__ import annotations

from typing import Any

import pytest
from dash import Dash
from pages import the_page

from callbacks.view import ANSWER, SHELL, answer_for, register, shell_for
from dashboard.app import create_app
from dashboard.ids import Id
from dashboard.layout import layout
from dashboard.settings import Settings


@pytest.fixture(scope="module")
def app() -> Dash:
    return create_app(Settings(), the_page().corridor)


def laid_out() -> set[str]:
    page = the_page()
    tree = layout(page.corridor, page.known, page.layers, "es")
    return {str(part.id) for part in [tree, *tree._traverse()] if getattr(part, "id", None)}


def wired(app: Dash) -> set[str]:
    named: set[str] = set()
    for callback in app.callback_map.values():
        named |= {part["id"] for part in (*callback["inputs"], *callback["state"])}
        outputs: Any = callback["output"]
        named |= {str(output.component_id) for output in (outputs if isinstance(outputs, list | tuple) else [outputs])}
    return named


def test_every_id_that_is_wired_is_laid_out(app: Dash) -> None:
    assert len(wired(app)) > 30
    assert wired(app) - laid_out() == set()


def test_the_server_answers_two_callbacks_and_the_browser_all_others(app: Dash) -> None:
    assert sum("callback" in callback for callback in app.callback_map.values()) == 2


def test_each_answer_has_just_the_parts_that_are_wired() -> None:
    page = the_page()
    assert set(page.shell("", "es")) == set(SHELL)
    assert set(page.answer("", "es")) == set(ANSWER)


def test_an_id_is_written_in_one_place_only() -> None:
    assert len({str(one) for one in Id}) == len(list(Id))


def test_the_wires_are_functions_of_a_page() -> None:
    assert callable(shell_for(the_page()))
    assert callable(answer_for(the_page()))
    assert callable(register)
