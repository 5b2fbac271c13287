"""The case of a reading: the answers of the page's own questions for its view, so that the document cannot differ from it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from typing import Any

import pandas as pd

from dashboard.answers import Answer
from dashboard.documents.document import Reading
from dashboard.documents.figures import Values
from dashboard.panels.sentence import Sentence
from dashboard.panels.siting_names import plan_change
from dashboard.state import ViewState
from dashboard.text import Texts
from geodata.corridor import Corridor
from geodata.coverage import Question
from geodata.planning import Robust, Siting, futures, robust
from geodata.planning.candidates import planned_capability

MOST_PLACES = 3
#: What a planner may have chosen on the page beside date, route, capability and window: the case is told without it.
PLAIN: dict[str, Any] = {
    "objective": "mclp", "pace": "typical", "part": "", "without": (), "own": (), "budget": None, "costs": (),
    "plan": (), "plan_name": "", "table": "stretches", "at": "",
}  # fmt: skip
KEPT_CASES = 16


@dataclass(frozen=True)
class Case:
    """One reading's case. `found` tells whether any place brings help into time."""

    reading: Reading

    @property
    def corridor(self) -> Corridor:
        """The data."""
        return self.reading.corridor

    @property
    def texts(self) -> Texts:
        """The words of the reader's language."""
        return self.reading.texts

    @property
    def state(self) -> ViewState:
        """The view from which the reader comes, without what a planner chose beside it."""
        return self.reading.state.with_(**PLAIN)

    def asked(self, question: str, **changes: object) -> Answer:
        """The page's answer to a question of the view."""
        return self.reading.page.answers(self.state.with_(question=question, **changes))

    def said(self, question: str, **changes: object) -> Sentence:
        """The page's sentence on the same."""
        state = self.state.with_(question=question, **changes)
        method = self.reading.page.answers.method(state)
        return method.sentence(self.corridor, self.asked(question, **changes), state, self.texts)

    def siting(self, places: int) -> Siting:
        """The best places, at most so many."""
        found: Siting = self.asked("siting", places=places).found.siting
        return found

    @property
    def found(self) -> bool:
        """Whether any place brings help into time."""
        return bool(len(self.siting(MOST_PLACES).chosen))

    def planned(self, places: int) -> Answer:
        """The page's answer to "what if" with the best so many places at work."""
        return self.asked("plan", plan=self.changes(places))

    def changes(self, places: int) -> tuple[str, ...]:
        """The best so many places as the changes of a plan."""
        able = planned_capability(self.corridor, self.siting(places).question)
        return tuple(plan_change(row, able) for row in self.siting(places).chosen.to_dict("records"))

    @cached_property
    def robust(self) -> Robust:
        """The best three over the futures of the routes in the view's direction; the latest cases are kept."""
        kept = self.corridor.remembered(
            "planning document", lambda: lru_cache(KEPT_CASES)(partial(_robust, self.corridor))
        )
        found: Robust = kept(self.siting(MOST_PLACES).question)
        return found

    def link(self, question: str, **changes: object) -> Values:
        """A link that opens a step on the page."""
        state = PLAIN | {"question": question, "lang": self.texts.lang} | changes
        return {"href": self.reading.address("/", **state), "label": self.texts(f"planning.open_{question}")}


def _robust(corridor: Corridor, question: Question) -> Robust:
    ways = corridor.routes["direction"] == question.direction
    routes = [str(route) for route in corridor.routes.index[ways]]
    return robust(corridor, question, futures(corridor, question, routes=routes, months=[question.as_of]), MOST_PLACES)


def records(table: pd.DataFrame) -> list[dict[Any, Any]]:
    """A table's rows with its index."""
    return table.reset_index().to_dict("records")
