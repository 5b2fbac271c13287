"""The page as pure functions of an address: its words and controls, and the answer that fills it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from dash import html

from dashboard.answers import Answer, Answers
from dashboard.exports import map_html
from dashboard.jobs.book import work_of
from dashboard.jobs.shelf import Shelf
from dashboard.layers import LayerStore
from dashboard.layout import map_texts, rules, spoken, table_choice
from dashboard.panels import answer as answers_panel
from dashboard.panels.commands import reproduced
from dashboard.panels.controls import controls, header
from dashboard.panels.detail import detail
from dashboard.panels.footer import footer, legend
from dashboard.panels.mapping import values
from dashboard.panels.strip import strip_data
from dashboard.panels.tables import table
from dashboard.questions.book import METHODS
from dashboard.questions.records import Record, read_records
from dashboard.state import Known, Notice, ViewState
from dashboard.strip import strip_svg
from dashboard.text import Texts, language_for
from geodata.corridor import Corridor

Parts = dict[str, Any]
WIDE_PX, NARROW_PX = 1310, 328


@dataclass(frozen=True)
class Page:
    """One corridor's page. Threads may share it."""

    corridor: Corridor
    known: Known
    layers: LayerStore
    answers: Answers
    shelf: Shelf | None = None

    @classmethod
    def of(
        cls,
        corridor: Corridor,
        layers: LayerStore,
        records: Sequence[Record] | None = None,
        shelf: Shelf | None = None,
    ) -> Page:
        """The page of a corridor with the questions given, else those of the book; without a shelf no job is ever there."""
        records = read_records() if records is None else records
        return cls(corridor, known_in(corridor, records), layers, Answers(corridor, records, METHODS), shelf)

    def warm(self) -> None:
        """Answers each route's and each question's first view once, so that nobody waits for what is worked out but once."""
        for route, direction in self.known.routes.items():
            self.answers(ViewState(route=route, direction=direction))
        for question in self.known.questions:
            self.answer(ViewState(question=question).query(self.known), "")

    def shell(self, query: str, accept_language: str) -> Parts:
        """Header, controls and every word that does not depend on the answer, for an address."""
        state, notices = ViewState.parse(query, self.known)
        texts = Texts(language_for(state.lang, accept_language))
        return {
            "header": header(texts, state, self.known),
            "controls": controls(texts, state, self.corridor, self.known),
            "footer": footer(texts, self.corridor, state.query(self.known)),
            "notices": notice_list(texts, notices),
            "skip": texts("app.skip_to_answer"),
            "copy": texts("action.copy_sentence"),
            "map_heading": texts("map.heading"),
            "strip_heading": texts("strip.heading"),
            "table_heading": texts("table.heading"),
            "table_choice": table_choice(texts, self.known.tables[state.question], state.table),
            "table_name": texts("table.heading"),
            "controls_name": texts("control.heading"),
            "map_texts": map_texts(texts),
            "texts": spoken(texts, self.corridor, self.known),
            "rules": rules(self.known),
        }

    def answer(self, query: str, accept_language: str) -> Parts:
        """Everything that changes with the view, for its canonical query."""
        state, _ = ViewState.parse(query, self.known)
        texts = Texts(language_for(state.lang, accept_language))
        method = self.answers.method(state)
        corridor, found = self._asked(state, texts)
        data = strip_data(corridor, found, state, texts.lang)
        data = method.strip(data, corridor, found, state, texts)
        said = method.sentence(corridor, found, state, texts)
        panel = method.panel(corridor, found, state, texts)
        marks = method.marks(corridor, found, state, texts)
        before = method.map_before(corridor, found, state, texts)
        return {
            "map": values(corridor, found, state, texts, before=before, marks=marks),
            "strip": {
                "horizontal": strip_svg(data, texts, WIDE_PX, prefix="strip"),
                "upright": strip_svg(data, texts, NARROW_PX, "upright", prefix="strip"),
            },
            "strip_note": said.note,
            "sentence": [html.H1(said.headline), html.P(said.support, className="sentence-more")],
            "summary": [
                *(html.P(line) for line in said.small_print),
                *reproduced(method.commands(state, found.question), texts),
            ],
            "legend": legend(texts, found, marks),
            "figures": panel.figures,
            "story": panel.story,
            "trends": panel.trends,
            "charts": {name: dict(drawings) for name, drawings in panel.charts.items()},
            "shares": answers_panel.shares(found, state, texts),
            "map_summary": answers_panel.summary(corridor, found, state, texts),
            "table": table(corridor, found, data, state, texts, method.tables),
            "detail": detail(corridor, found, state, texts),
        }

    def found(self, state: ViewState) -> Answer:
        """The answer to a view with what is known of its jobs at this moment."""
        return replace(self.answers(state), work=work_of(state, self.known, self.corridor.snapshot.digest, self.shelf))

    def table(self, query: str, accept_language: str) -> Parts:
        """The table of a view alone, to be taken away."""
        state, _ = ViewState.parse(query, self.known)
        texts = Texts(language_for(state.lang, accept_language))
        corridor, found = self._asked(state, texts)
        method, data = self.answers.method(state), strip_data(corridor, found, state, texts.lang)
        data = method.strip(data, corridor, found, state, texts)
        return table(corridor, found, data, state, texts, method.tables)

    def map_file(self, query: str, accept_language: str, *, lang: str = "") -> str:
        """The map of a view as one HTML file, to be taken away; in `lang` where one is given, else the view's language."""
        state, _ = ViewState.parse(query, self.known)
        texts = Texts(lang or language_for(state.lang, accept_language))
        corridor, found = self._asked(state, texts)
        method = self.answers.method(state)
        said = method.sentence(corridor, found, state, texts)
        marks = method.marks(corridor, found, state, texts)
        return map_html(corridor, found, said, state, texts, marks)

    def _asked(self, state: ViewState, texts: Texts) -> tuple[Corridor, Answer]:
        """The corridor that a view asks, and its answer with every name in the reader's language."""
        method = self.answers.method(state)
        return method.asked_of(self.corridor, state), method.spoken(self.found(state), state, texts)


def known_in(corridor: Corridor, records: Sequence[Record]) -> Known:
    """What an address may name in this corridor, with these questions."""
    return Known(
        routes={str(route): str(way) for route, way in corridor.routes["direction"].items()},
        capabilities=tuple(corridor.capabilities.index),
        audiences=tuple(corridor.audiences.index),
        tables={record.id: record.tables for record in records},
        subjects={
            "leg": frozenset(corridor.legs.index),
            "place": frozenset(corridor.places.index),
            "service": frozenset(corridor.services.index),
            "stretch": frozenset(corridor.stretches.index),
        },
    )


def notice_list(texts: Texts, notices: tuple[Notice, ...]) -> list[Any]:
    """What of the address could not be used, and what is shown instead; nothing where all of it could."""
    said = [html.Li(texts(notice.key, value=notice.value)) for notice in notices]
    return [html.Ul(said)] if said else []
