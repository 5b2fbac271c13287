"""The header with its questions, and the bar of controls."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import dash_bootstrap_components as dbc
from dash import html

from dashboard.ids import Id
from dashboard.naming import route_name
from dashboard.questions.records import Record
from dashboard.state import LANGUAGES, LAYERS, WINDOWS_HOURS, Known, ViewState
from dashboard.text import Texts
from geodata.corridor import Corridor
from geodata.schema import DIRECTIONS, STATUSES
from geodata.units import months_between

Options = list[dict[str, Any]]
#: The controls that have a part in some questions only.
CONTROLS = ("capability", "window", "status", "whom", "since", "layers")
#: Says that the window is the one written beside the offered ones.
OTHER = "other"
#: What the lists of months and of audiences say where the address says nothing.
YEAR_EARLIER, ANYBODY = "year_earlier", "anybody"


def header(texts: Texts, state: ViewState, known: Known) -> list[Any]:
    """The name, the questions and the language."""
    return [
        html.Span(texts("app.name"), className="brand"),
        html.Fieldset(
            [
                html.Legend(texts("control.question"), className="unseen"),
                dbc.RadioItems(
                    _options(texts, "question", known.questions), state.question, id=Id.QUESTION, className="questions"
                ),
            ],
            className="field questions-region",
        ),
        html.Div(
            [
                html.Label(texts("control.language"), htmlFor=Id.LANGUAGE, className="unseen"),
                dbc.Select(_languages(), texts.lang, id=Id.LANGUAGE),
                html.Span(id=Id.SHARE_STATUS, role="status", className="small"),
                html.Button(texts("action.share"), id=Id.SHARE_LINK, className="button", type="button"),
            ],
            className="header-tools",
        ),
    ]


def controls(texts: Texts, state: ViewState, corridor: Corridor, known: Known) -> list[Any]:
    """Everything by which the view is chosen, with the state's values."""
    return [
        _date(texts, state, known),
        _since(texts, state, known),
        _choices(texts, "direction", Id.DIRECTION, DIRECTIONS, state.direction),
        html.Details(
            [html.Summary(texts("control.more")), html.Div(_more(texts, state, corridor), className="controls-more")],
            id=Id.MORE_CONTROLS,
            open=True,
            className="more-controls",
        ),
    ]


def _more(texts: Texts, state: ViewState, corridor: Corridor) -> list[Any]:
    """What is chosen less often: folded away on a phone."""
    return [
        _select(
            texts,
            "capability",
            Id.CAPABILITY,
            _options(texts, "capability", tuple(corridor.capabilities.index)),
            state.capability,
            "field-wide field-capability",
        ),
        _window(texts, state),
        _whom(texts, state, corridor),
        _select(
            texts,
            "route",
            Id.ROUTE,
            _along(state.direction, route_options(texts, corridor)),
            state.route,
            "field-route",
        ),
        _choices(texts, "status", Id.SERVICE_STATUS, STATUSES, state.status, "field-status"),
        html.Fieldset(
            [
                html.Legend(texts("control.layers")),
                dbc.Checklist(_options(texts, "layer", LAYERS), list(state.layers), id=Id.LAYERS, className="ticks"),
            ],
            className="field field-layers",
        ),
    ]


def route_options(texts: Texts, corridor: Corridor) -> Options:
    """Every route with its name in the reader's language; `title` is its direction."""
    return [
        {"value": route, "label": route_name(corridor, str(route), texts.lang), "title": str(row["direction"])}
        for route, row in corridor.routes.iterrows()
    ]


def _along(direction: str, options: Options) -> Options:
    return [{"value": option["value"], "label": option["label"]} for option in options if option["title"] == direction]


def _date(texts: Texts, state: ViewState, known: Known) -> html.Div:
    months = [
        {"value": str(month), "label": texts.month(month)}
        for month in reversed(months_between(known.first, known.last))
    ]
    return html.Div(
        [
            html.Label(texts("control.date"), htmlFor=Id.DATE),
            html.Div(
                [
                    _step(texts, "previous", Id.DATE_PREVIOUS, "‹"),
                    dbc.Select(months, str(state.as_of), id=Id.DATE),
                    _step(texts, "next", Id.DATE_NEXT, "›"),
                ],
                className="field-row",
            ),
        ],
        className="field",
    )


def _since(texts: Texts, state: ViewState, known: Known) -> html.Div:
    """The earlier month; those that are not earlier cannot be chosen, and the note says why."""
    months = [
        {"value": str(month), "label": texts.month(month), "disabled": month >= state.as_of}
        for month in reversed(months_between(known.first, known.last))
    ]
    first = {"value": YEAR_EARLIER, "label": texts("control.since_year")}
    return html.Div(
        [
            html.Label(texts("control.since"), htmlFor=Id.SINCE),
            dbc.Select([first, *months], str(state.since or YEAR_EARLIER), id=Id.SINCE),
            html.Span(texts("control.since_note"), id=Id.SINCE_NOTE, className="field-note"),
        ],
        className="field field-since",
    )


def _whom(texts: Texts, state: ViewState, corridor: Corridor) -> html.Div:
    anybody = {"value": ANYBODY, "label": texts("audience.anybody")}
    options = [anybody, *_options(texts, "audience", tuple(corridor.audiences.index))]
    return _select(texts, "whom", Id.WHOM, options, state.whom or ANYBODY, "field-whom")


def hidden_controls_css(records: Sequence[Record]) -> str:
    """Style rules by which a control that has no part in the chosen question is not shown."""
    hidden = [
        f'#{Id.SHELL}:has(.questions input[value="{record.id}"]:checked) .field-{name}'
        for record in records
        for name in CONTROLS
        if name not in record.controls
    ]
    return f"{','.join(hidden)}{{display:none}}"


def _step(texts: Texts, way: str, identity: Id, sign: str) -> html.Button:
    return html.Button(
        sign,
        id=identity,
        type="button",
        className="button button-step",
        title=texts(f"control.date_{way}"),
        **{"aria-label": texts(f"control.date_{way}")},
    )


def _choices(texts: Texts, name: str, identity: Id, words: Sequence[str], value: str, more: str = "") -> html.Fieldset:
    return html.Fieldset(
        [
            html.Legend(texts(f"control.{name}")),
            dbc.RadioItems(_options(texts, name, words), value, id=identity, className="segmented"),
        ],
        className=f"field {more}".strip(),
    )


def _select(texts: Texts, name: str, identity: Id, options: Options, value: str, more: str) -> html.Div:
    return html.Div(
        [html.Label(texts(f"control.{name}"), htmlFor=identity), dbc.Select(options, value, id=identity)],
        className=f"field {more}",
    )


def _window(texts: Texts, state: ViewState) -> html.Fieldset:
    offered = state.window_hours in WINDOWS_HOURS
    options = [{"value": str(hours), "label": texts("control.window_hours", count=hours)} for hours in WINDOWS_HOURS]
    return html.Fieldset(
        [
            html.Legend(texts("control.window")),
            html.Div(
                [
                    dbc.RadioItems(
                        [*options, {"value": OTHER, "label": texts("control.window_other_short")}],
                        str(state.window_hours) if offered else OTHER,
                        id=Id.WINDOW,
                        className="segmented",
                    ),
                    html.Label(texts("control.window_other"), htmlFor=Id.WINDOW_OTHER, className="unseen"),
                    dbc.Input(
                        type="number",
                        min=1,
                        max=720,
                        step=1,
                        value=state.window_hours,
                        id=Id.WINDOW_OTHER,
                        debounce=True,
                    ),
                ],
                className="field-row window-choice",
            ),
        ],
        className="field field-window",
    )


def _options(texts: Texts, prefix: str, words: Sequence[str]) -> Options:
    return [{"value": word, "label": texts(f"{prefix}.{word}")} for word in words]


def _languages() -> Options:
    """Each language under its own name, so that whoever looks for it can read it."""
    return [{"value": lang, "label": Texts(lang)("language.own_name")} for lang in LANGUAGES]
