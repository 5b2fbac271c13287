"""Every question on every screen: axe's rules, no sideways scroll, one post, its drawings in place, its address."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dashboard.questions.records import read_records
from tests.browser.test_access import LOCALES, broken_rules, open_all, walk
from tests.browser.visits import Visit

pytestmark = pytest.mark.browser
PageAt = Callable[..., Visit]
QUESTIONS = [record.id for record in read_records()]
EMPTY_CHARTS = "() => [...document.querySelectorAll('[data-chart]')].filter((one) => !one.querySelector('svg')).length"
ALL_DRAWN = "() => [...document.querySelectorAll('[data-chart]')].every((one) => one.querySelector('svg'))"
WIDTH = "() => document.documentElement.scrollWidth"


#: Where axe looks at every question: words differ between languages, the rules do not.
AXE = {("es", 360), ("en", 1366)}


@pytest.mark.parametrize("width", [1366, 360])
@pytest.mark.parametrize("lang", LOCALES)
def test_axe_finds_nothing_on_any_question_and_nothing_scrolls_sideways(lang: str, width: int, page_at: PageAt) -> None:
    visit = page_at("", width, LOCALES[lang])
    for question in [*QUESTIONS[1:], QUESTIONS[0]]:
        with visit.counted() as made:
            visit.choose("question", question)
        assert [request.method for request in made] == ["POST"]
        visit.page.wait_for_function(ALL_DRAWN)
        assert visit.page.evaluate(WIDTH) <= width, question
        open_all(visit.page)
        assert (lang, width) not in AXE or broken_rules(visit.page) == [], question
        assert visit.page.locator("#table tbody tr").count() > 0


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_link_reproduces_the_question_with_its_drawings_and_first_table(question: str, page_at: PageAt) -> None:
    visit = page_at(f"?q={question}&date=2024-04&since=2024-02")
    visit.page.wait_for_function(ALL_DRAWN)
    assert visit.page.evaluate(EMPTY_CHARTS) == 0
    assert visit.page.locator(f'#question input[value="{question}"]').is_checked()
    assert visit.posts == 2
    again = page_at(visit.query)
    assert again.headline == visit.headline


def test_the_earlier_date_cannot_be_a_later_one_and_the_note_says_so(page_at: PageAt) -> None:
    visit = page_at("?q=change&date=2024-04&since=2024-02")
    assert visit.page.locator('#since option[value="2024-04"]').is_disabled()
    assert visit.page.locator('#since option[value="2024-03"]').is_enabled()
    assert "anteriores" in visit.page.inner_text("#since-note")


def test_a_command_is_copied_and_that_is_said(page_at: PageAt) -> None:
    visit = page_at("?q=silence")
    visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_all(visit.page)
    button = visit.page.locator("[data-copies]").first
    button.click()
    visit.page.wait_for_function("(node) => node.nextElementSibling.textContent !== ''", arg=button.element_handle())
    assert visit.page.evaluate("navigator.clipboard.readText()") == button.get_attribute("data-copies")


def test_a_table_without_rows_says_so(page_at: PageAt) -> None:
    visit = page_at("?q=state&dir=southbound&date=2025-06&table=handover")
    assert visit.page.inner_text("#table tbody") == "En esta vista no hay ninguno."


@pytest.mark.parametrize("question", QUESTIONS[1:])
def test_tab_reaches_every_command_and_row_shows_where_it_is_and_leaves_the_page(
    question: str, page_at: PageAt
) -> None:
    visit = page_at(f"?q={question}&date=2024-04&since=2024-02")
    visit.page.evaluate("document.querySelectorAll('details.commands').forEach((part) => { part.open = true; })")
    stops = walk(visit.page, most=400)
    assert len(stops) < 400, "the focus never left the page"
    assert [stop for stop in stops if not stop["seen"]] == []
    rows, commands = visit.page.locator("#table [data-at]").count(), visit.page.locator("[data-copies]").count()
    assert sum(stop["inside"] == "table" and stop["at"] is not None for stop in stops) == rows
    assert sum(stop["tag"] == "code" for stop in stops) == commands > 0
