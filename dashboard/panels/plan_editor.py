"""The editor of a plan: its changes in words, undo, a form for one more, and the plan as a file.

What it holds stands in the address (`plan`, `name`); assets/js/plan.js reads the form and puts the next plan there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote, urlencode

import pandas as pd
from dash import html

from dashboard.answers import Answer
from dashboard.naming import short_place_name
from dashboard.panels.plan_form import form, plan_name
from dashboard.panels.plan_ids import PlanId
from dashboard.panels.plan_words import change_words, cost_words
from dashboard.state import MOST_CHANGES, ViewState
from dashboard.text import Texts, as_shown
from geodata.corridor import Corridor
from geodata.coverage.presence import able_services
from geodata.planning import Change
from geodata.planning.effect import TODAY

#: What plan.js says, by the name under which it looks for it.
SAID = (
    "need_place", "need_service", "need_capability", "need_month", "wrong_order", "need_days", "wrong_hours", "wrong_cost",
    "wrong_point", "pin_start", "pin_chosen", "pin_between", "pin_end", "full", "added", "removed", "undone", "redone",
    "visit_added", "visit_remove", "visit", "file_loaded", "file_failed",
)  # fmt: skip
#: What plan.js fills in itself.
HOLES = {
    name: f"{{{name}}}" for name in ("place", "km", "place0", "km0", "place1", "km1", "days", "from", "to", "most")
}


def editor(answer: Answer, state: ViewState, texts: Texts) -> list[Any]:
    """The whole editor, for the answer's column."""
    said = {f"data-say-{name.replace('_', '-')}": texts(f"plan.say_{name}", **HOLES) for name in SAID}
    held = {"data-plan-editor": "", "data-changes": ",".join(state.plan), "data-most": str(MOST_CHANGES)}
    return [
        html.Div(
            [
                html.H2(texts("plan.heading"), id=PlanId.HEADING, tabIndex=-1),
                *_changes(answer, state, texts),
                _steps(texts),
                html.P(id=PlanId.STATUS, className="small plan-status", role="status"),
                html.Details(
                    [html.Summary(texts("plan.add_heading")), form(answer, state, texts)],
                    className="plan-fold",
                    open=True,
                ),
                html.Details(
                    [html.Summary(texts("plan.file_heading")), *_file(state, texts)], className="plan-fold small"
                ),
                html.P(texts("plan.here_alone"), className="small"),
            ],
            id=PlanId.EDITOR,
            className="plan-editor",
            **held,
            **said,
        )
    ]


def _changes(answer: Answer, state: ViewState, texts: Texts) -> Iterator[Any]:
    if not state.plan:
        yield html.P(texts("plan.begin"), className="small")
        yield from _examples(answer, state, texts)
        return
    yield html.Ol(
        [
            _change(answer, state, number, change, texts)
            for number, change in enumerate(state.scenario.changes, start=1)
        ],
        className="plan-changes",
    )


def _change(answer: Answer, state: ViewState, number: int, change: Change, texts: Texts) -> html.Li:
    words = change_words(answer.found.facts, change, texts)
    rest = [text for at, text in enumerate(state.plan, start=1) if at != number]
    remove = html.Button(
        texts("plan.remove"),
        className="button plan-remove",
        type="button",
        **{
            "data-part": "plan",
            "data-value": ",".join(rest),
            "data-plan-removes": "",
            "aria-label": texts("plan.remove_change", change=words),
        },
    )
    lines = [html.Span(line, className="small") for line in _notes(answer, number, change, texts)]
    return html.Li([html.Div([html.Span(words), *lines], className="plan-change"), remove])


def _notes(answer: Answer, number: int, change: Change, texts: Texts) -> Iterator[str]:
    """What it costs and what it does alone."""
    if change.cost is not None:
        yield cost_words(change.cost, texts)
    taken_out = answer.found.effects.loc[str(number), "typical_woman_days_taken_out"]
    today = answer.found.effects.loc[TODAY, "typical_woman_days"]
    if pd.isna(taken_out) or pd.isna(today):
        return
    shown = texts.number(as_shown(abs(taken_out)))
    if abs(taken_out) < 0.05:
        yield texts("plan.alone_none")
    else:
        yield texts("plan.alone_fewer" if taken_out > 0 else "plan.alone_more", days=shown)


def _examples(answer: Answer, state: ViewState, texts: Texts) -> Iterator[Any]:
    """Two plans to begin with, from what the data has at the date; those of them that there are."""
    found = [*_closing(answer), *_reopening(answer, state)]
    if found:
        buttons = [
            html.Li(
                html.Button(
                    texts(f"plan.example_{kind}", service=name, place=_place(answer, change, texts)),
                    className="button",
                    type="button",
                    **{"data-part": "plan", "data-value": str(change)},
                )
            )
            for kind, change, name in found
        ]
        yield html.Ul(buttons, className="plan-examples")


def _closing(answer: Answer) -> Iterator[tuple[str, Change, str]]:
    """Closing the service that is the next one ahead on most hours of the route."""
    segments = answer.found.change.segments
    used = segments.groupby("next_service_before")["hours"].sum().drop("", errors="ignore")
    if len(used):
        service = str(used.idxmax())
        yield "close", Change("close", service), str(answer.found.facts.services.at[service, "name"])


def _reopening(answer: Answer, state: ViewState) -> Iterator[tuple[str, Change, str]]:
    """Opening again what closed last by the route before the date."""
    services: pd.DataFrame = answer.found.facts.services
    now = state.as_of.year * 12 + state.as_of.month - 1
    able = able_services(answer.found.facts, services, answer.question.capability, possible=False)
    gone = services[able & (services["until"] <= now) & services["at_place"].isin(answer.profile.stops["place_id"])]
    if len(gone):
        last = gone.sort_values("until", kind="stable").iloc[-1]
        change = Change("open", str(last["at_place"]), (answer.question.capability,))
        yield "open", change, str(last["name"])


def _place(answer: Answer, change: Change, texts: Texts) -> str:
    facts: Corridor = answer.found.facts
    place = change.target if change.kind == "open" else str(facts.services.at[change.target, "at_place"])
    return short_place_name(facts, place, texts.lang)


def _steps(texts: Texts) -> html.Div:
    """Undo and redo: plan.js keeps what was before and lets them be pressed where there is something."""
    names: Sequence[tuple[PlanId, str]] = ((PlanId.UNDO, "undo"), (PlanId.REDO, "redo"))
    buttons = [
        html.Button(
            texts(f"plan.{name}"),
            id=identity,
            className="button",
            type="button",
            disabled=True,
            **{"data-plan-step": name},
        )
        for identity, name in names
    ]
    return html.Div(buttons, className="field-row")


def _file(state: ViewState, texts: Texts) -> list[Any]:
    parts = {"plan": ",".join(state.plan), "name": state.plan_name}
    address = urlencode({name: value for name, value in parts.items() if value}, safe=":@,.~", quote_via=quote)
    taken = [
        html.A(
            texts("plan.download"),
            id=PlanId.DOWNLOAD,
            href=f"/download/plan.csv?{address}",
            className="button",
            download=True,
        )
    ]
    return [
        plan_name(state, texts),
        html.P(texts("plan.file_about")),
        html.Div(
            [
                *(taken if state.plan else []),
                html.Button(
                    texts("plan.load"), id=PlanId.FILE, className="button", type="button", **{"data-plan-load": ""}
                ),
            ],
            className="field-row",
        ),
        html.Div(className="plan-faults", role="alert", **{"data-plan-faults": ""}),
    ]
