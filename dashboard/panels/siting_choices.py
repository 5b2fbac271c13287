"""What a planner chooses: how many places, for what aim, for what budget, which places are left out, which points are added."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import dash_bootstrap_components as dbc
from dash import html

from dashboard.ids import Id
from dashboard.naming import part_name, place_name
from dashboard.state import MOST_PLACES, WHOLE_ROUTE, ViewState
from dashboard.text import Texts
from geodata.corridor import Corridor
from geodata.planning import OBJECTIVES
from geodata.schema import COUNTRIES
from geodata.units import PACES

#: Own points that can be asked for at once.
MOST_POINTS = 6


def choices(corridor: Corridor, state: ViewState, texts: Texts) -> list[Any]:
    """Number and aim, then in a fold what is chosen less often; it stays open where something of it was chosen."""
    more = bool(state.without or state.own or state.budget is not None or state.costs)
    return [
        html.H2(texts("siting.choices_heading")),
        _number(state, texts),
        _aims(state, texts),
        *_counted(corridor, state, texts),
        html.Details(
            [
                html.Summary(texts("siting.more_choices")),
                *_left_out(corridor, state, texts),
                *_own(state, texts),
                *_budget(state, texts),
            ],
            className="siting-more",
            open=more,
        ),
    ]


def put(words: Any, part: str, value: str, **more: Any) -> html.Button:  # noqa: ANN401 - words or a component
    """A button that puts a part of the address."""
    return html.Button(words, type="button", **{"data-part": part, "data-value": value}, **more)


def _number(state: ViewState, texts: Texts) -> html.Div:
    """How many places, by steps of one within 1 and the most."""
    fewer, more = max(1, state.places - 1), min(MOST_PLACES, state.places + 1)
    return html.Div(
        [
            html.Span(texts("siting.number"), className="control-label"),
            html.Div(
                [
                    put("−", "k", str(fewer), className="button button-step", **{"aria-label": texts("siting.fewer")}),
                    html.Output(texts.number(state.places, 0), className="siting-number"),
                    put("+", "k", str(more), className="button button-step", **{"aria-label": texts("siting.more")}),
                ],
                className="field-row",
                role="group",
                **{"aria-label": texts("siting.number")},
            ),
        ],
        className="siting-field",
    )


def _aims(state: ViewState, texts: Texts) -> html.Div:
    """The objectives in plain words, a line each; the one that holds is pressed."""
    items = [
        put(
            [html.Strong(texts(f"siting.aim_{aim}")), html.Span(texts(f"siting.aim_{aim}_meaning"), className="small")],
            "objective",
            aim,
            className="aim",
            **{"aria-pressed": "true" if aim == state.objective else "false"},
        )
        for aim in OBJECTIVES
    ]
    heading = html.Span(texts("siting.aim"), className="control-label")
    return html.Div([heading, *items], className="siting-field", role="group", **{"aria-label": texts("siting.aim")})


def _counted(corridor: Corridor, state: ViewState, texts: Texts) -> Iterator[Any]:
    """Of which part of the route, and at which pace help must be in time."""
    route = corridor.segments["leg_id"].isin(corridor.routes.at[state.route, "legs"].split(";"))
    met = set(corridor.segments.loc[route, "country_iso3"])
    countries = [iso3 for iso3 in COUNTRIES if iso3 in met]
    stretches = [str(name) for name in corridor.stretches.index]
    parts = {WHOLE_ROUTE: texts("siting.part_all")} | {
        part: part_name(corridor, part, texts) for part in [*stretches, *countries]
    }
    yield chosen_of(texts("siting.part"), "part", Id.SITING_PART, parts, state.part)
    paces = {pace: texts(f"siting.pace_{pace}") for pace in PACES}
    yield chosen_of(texts("siting.pace"), "pace", Id.SITING_PACE, paces, state.pace)


def chosen_of(label: str, part: str, identity: Id, options: Mapping[str, str], value: str) -> html.Label:
    """A list of which one is chosen; what is chosen is put into that part of the address."""
    listed = [{"value": name, "label": words} for name, words in options.items()]
    choice = html.Span(dbc.Select(listed, value, id=identity), **{"data-part": part})
    return html.Label([html.Span(label, className="control-label"), choice], className="siting-field")


def _left_out(corridor: Corridor, state: ViewState, texts: Texts) -> Iterator[Any]:
    yield html.H3(texts("siting.left_out_heading"))
    if not state.without:
        yield html.P(texts("siting.left_out_none"), className="small")
    named = [(place, place_name(corridor, place, texts.lang)) for place in state.without]
    yield chips(named, "without", state.without, "siting.take_back", texts)


def chips(named: Sequence[tuple[str, str]], part: str, whole: Sequence[str], key: str, texts: Texts) -> html.Ul:
    """What a list of the address holds, each with a button that takes it out of the list."""
    items = [
        html.Li(
            put(
                [words, html.Span(" ×", **{"aria-hidden": "true"})],
                part,
                ",".join(other for other in whole if other != name),
                className="chip",
                **{"aria-label": texts(key, name=words)},
            )
        )
        for name, words in named
    ]
    return html.Ul(items, className="chips")


def _own(state: ViewState, texts: Texts) -> Iterator[Any]:
    """Points of one's own: two fields and a button that adds them; the address keeps two decimals, about a kilometre."""
    yield html.H3(texts("siting.own_heading"))
    yield html.P(texts("siting.own_meaning"), className="small")
    named = [(point, texts("siting.name_own", lat=point.split("@")[0], lon=point.split("@")[1])) for point in state.own]
    yield chips(named, "own", state.own, "siting.own_remove", texts)
    if len(state.own) < MOST_POINTS:
        fields = [
            _field("lat", texts("siting.own_lat"), "", min=-56, max=72, step=0.01),
            _field("lon", texts("siting.own_lon"), "", min=-170, max=-30, step=0.01),
        ]
        add = html.Button(texts("siting.own_add"), type="button", className="button", **{"data-joins": "own"})
        yield html.Div(
            [*fields, add], className="field-row", **{"data-joined": "own", "data-before": ",".join(state.own)}
        )


def _budget(state: ViewState, texts: Texts) -> Iterator[Any]:
    """A budget in place of a number; costs and budget are in one unit, whatever it is."""
    yield html.H3(texts("siting.budget_heading"))
    yield html.P(texts("siting.budget_meaning"), className="small")
    new, upgrade = (str(cost) for cost in state.costs) if state.costs else ("", "")
    fields = [
        _field("new", texts("siting.cost_new"), new, min=0, step=1),
        _field("upgrade", texts("siting.cost_upgrade"), upgrade, min=0, step=1),
        _field("budget", texts("siting.budget"), "" if state.budget is None else str(state.budget), min=1, step=1),
    ]
    use = html.Button(texts("siting.budget_use"), type="button", className="button", **{"data-joins": "budget"})
    yield html.Div([*fields, use], className="field-row", **{"data-joined": "budget"})
    if state.budget is not None or state.costs:
        yield html.Button(texts("siting.budget_drop"), type="button", className="button", **{"data-joins": "nobudget"})


def _field(name: str, label: str, value: str, **limits: float) -> html.Label:
    field = dbc.Input(type="number", value=value, **limits)
    return html.Label([html.Span(label), field], className="siting-input", **{"data-name": name})
