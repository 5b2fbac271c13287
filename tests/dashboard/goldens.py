"""Views of every question and what is said of each in four languages, kept as files.

`PYTHONPATH=.:tests/dashboard python tests/dashboard/goldens.py` writes them anew.

A change of a file is a change of what delegates read: look at each before keeping it.
"""

from __future__ import annotations

import json
from pathlib import Path

from pages import the_page

from dashboard.state import LANGUAGES, ViewState
from dashboard.text import Texts

FOLDER = Path(__file__).parent / "golden"
#: Of each question: the first view, before the suspension, another direction, another route, another status, other years.
VARIANTS = (
    "",
    "date=2024-02",
    "date=2023-12",
    "dir=southbound&date=2025-06",
    "route=north_carreto_tijuana&date=2023-06",
    "status=confirmed&date=2024-06",
    "date=2024-10",
    "date=2021-06&window=120",
)
QUESTIONS = ("care", "state", "silence", "chain", "change", "siting", "plan", "closures", "standard")
VIEWS = tuple(f"q={question}&{variant}".rstrip("&") for question in QUESTIONS for variant in VARIANTS)


def said(query: str, lang: str) -> list[str]:
    """Everything that is said of a view: headline, support, small print, note."""
    page = the_page()
    state, notices = ViewState.parse(query, page.known)
    assert notices == ()
    spoken = page.answers.method(state).sentence(page.corridor, page.answers(state), state, Texts(lang))
    return [spoken.headline, spoken.support, *spoken.small_print, spoken.note]


def whole(lang: str) -> str:
    """The file of a language."""
    return json.dumps({query: said(query, lang) for query in VIEWS}, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for language in LANGUAGES:
        (FOLDER / f"{language}.json").write_text(whole(language), encoding="utf-8")
