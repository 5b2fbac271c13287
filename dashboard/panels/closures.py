"""The regions of the closures: a bar per service, what follows from each, the calendar, and the map without the first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
from dash import html

from dashboard.answers import Answer
from dashboard.charts import ClosureBar, ClosureChart, closure_svg
from dashboard.maps.values import AFTER, BEFORE, Before
from dashboard.panels.closure_calendar import calendar
from dashboard.panels.closures_sentence import next_in_words, service_at, service_name
from dashboard.panels.mapping import points
from dashboard.questions.method import Panel
from dashboard.state import Known, ViewState
from dashboard.text import Texts
from geodata.corridor import Corridor
from geodata.units import PACES

CHART = "closures"
WIDTHS_PX = {"wide": 1310, "narrow": 328}
#: The question that shows a plan.
PLAN = "plan"
Row = dict[Any, Any]


def panel(corridor: Corridor, answer: Answer, state: ViewState, texts: Texts) -> Panel:
    """Below the strip: the bars, a line per service with the way to its plan, and the calendar."""
    rows = _rows(answer)
    weighty = [row for row in rows if _weighs(row)]
    closing = [
        html.H2(texts("closures.heading")),
        *_weighty(corridor, weighty, state, texts),
        *_light(corridor, [row for row in rows if not _weighs(row)], state, texts),
    ]
    parts = (closing, calendar(corridor, answer, state, texts))
    story = [html.Div(part, className="closings-part") for part in parts]
    if not weighty:
        return Panel(story=story)
    chart = closure_chart(corridor, weighty, texts)
    drawn = {name: closure_svg(chart, texts, width, prefix=f"{CHART}-{name}") for name, width in WIDTHS_PX.items()}
    return Panel(story=story, charts={CHART: drawn})


def closure_chart(corridor: Corridor, rows: list[Row], texts: Texts) -> ClosureChart:
    """The services whose closing changes something."""
    bars = tuple(
        ClosureBar(
            service_at(corridor, row["service_id"], row["at_place"], texts),
            *(row[f"added_{pace}_hours"] for pace in PACES),
            unknown=row["added_unknown_hours"],
        )
        for row in rows
    )
    return ClosureChart(texts("closures.heading"), bars)


def _rows(answer: Answer) -> list[Row]:
    table = answer.found.closures
    return [{**row, "service_id": str(service)} for service, row in table.to_dict("index").items()]


def _weighs(row: Row) -> bool:
    return bool(max(row["added_high_hours"], row["added_unknown_hours"]) >= 0.05)


def _weighty(corridor: Corridor, rows: list[Row], state: ViewState, texts: Texts) -> Iterator[Any]:
    if not rows:
        yield html.P(texts("closures.none_weighs"))
        return
    yield html.P(texts("closures.reading"), className="small")
    yield html.Div(className="chart-holder", **{"data-chart": CHART})
    yield html.Ul([_item(corridor, row, state, texts) for row in rows], className="closings")


def _light(corridor: Corridor, rows: list[Row], state: ViewState, texts: Texts) -> Iterator[Any]:
    """Folded: the services that another one stands in for."""
    if rows:
        items = [_item(corridor, row, state, texts) for row in rows]
        heading = html.Summary(texts("closures.light", count=len(rows)))
        yield html.Details([heading, html.Ul(items, className="closings")], className="small")


def _item(corridor: Corridor, row: Row, state: ViewState, texts: Texts) -> html.Li:
    said = service_at(corridor, row["service_id"], row["at_place"], texts)
    return html.Li(
        [
            html.Strong(said),
            html.Span(next_in_words(corridor, row, texts)),
            html.A(
                texts("closures.as_plan"),
                href=plan_address(corridor, row["service_id"], state),
                **{"aria-label": texts("closures.as_plan_of", service=said)},
            ),
        ]
    )


def plan_address(corridor: Corridor, service: str, state: ViewState) -> str:
    """The address of the same view as a plan in which the service is closed."""
    known = Known(routes=corridor.routes["direction"].to_dict())
    planned = state.with_(question=PLAN, plan=(f"close:{service}",), plan_name="", table="stretches", at="")
    return f"?{planned.query(known)}"


def map_without(corridor: Corridor, answer: Answer, state: ViewState, texts: Texts) -> Before | None:
    """The route without the service that matters most, beside the map as on record; None where no closing changes it."""
    runs = answer.found.runs_without
    if runs.empty:
        return None
    service = str(answer.found.closures.index[0])
    name = service_name(corridor, service)
    gone = replace(answer, services=answer.services.drop(service))
    directed = corridor.arcs[state.direction]
    return Before(
        runs=runs,
        points=points(corridor, gone, state, texts),
        legs=corridor.legs.index[np.unique(directed.leg[directed.valid_at(state.as_of)])].tolist(),
        labels={BEFORE: texts("closures.map_without"), AFTER: texts("closures.map_with")},
        told={
            BEFORE: texts("closures.map_shows_without", service=name),
            AFTER: texts("closures.map_shows_with", month=texts.month(state.as_of)),
        },
    )
