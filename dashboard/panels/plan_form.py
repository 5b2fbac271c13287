"""The form for one more change of a plan: which fields belong to which kind of change, and what they offer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import dash_bootstrap_components as dbc
import pandas as pd
from dash import html

from dashboard.answers import Answer
from dashboard.naming import place_name
from dashboard.panels.plan_ids import PlanId
from dashboard.panels.plan_words import service_words
from dashboard.state import FIRST_MONTH, LAST_MONTH, ViewState
from dashboard.text import Texts
from geodata.corridor import Corridor
from geodata.coverage import services_at
from geodata.planning.scenario import CHANGES, WEEKDAYS
from geodata.units import months_between

Options = list[dict[str, str]]
#: What a list says where nothing is chosen: an empty value would be shown as a blank.
NOTHING = "none"


def form(answer: Answer, state: ViewState, texts: Texts) -> html.Div:
    """A field per part of a change; a style rule hides those that the chosen kind has not."""
    facts: Corridor = answer.found.facts
    kinds = [{"value": kind, "label": texts(f"plan.kind_{kind}")} for kind in CHANGES]
    return html.Div(
        [
            _field(
                "kind",
                PlanId.KIND,
                texts("plan.field_kind"),
                dbc.Select(kinds, CHANGES[0], id=PlanId.KIND, className="plan-kind"),
            ),
            _place(facts, answer, texts),
            _service(facts, answer, state, texts),
            _capabilities(facts, answer, texts),
            _timetable(texts),
            _months(texts),
            _field("cost", PlanId.COST, texts("plan.field_cost"), dbc.Input(id=PlanId.COST, inputmode="decimal")),
            html.Button(
                texts("plan.add"), id=PlanId.ADD, className="button plan-add", type="button", **{"data-plan-add": ""}
            ),
        ],
        id=PlanId.FORM,
        className="plan-form",
    )


def plan_name(state: ViewState, texts: Texts) -> html.Div:
    """What the plan is called, which stands in the address and in its file."""
    control = dbc.Input(id=PlanId.NAME, value=state.plan_name, maxlength=60, debounce=True)
    return _field("name", PlanId.NAME, texts("plan.field_name"), control, part="name")


def _field(name: str, identity: PlanId, label: str, control: Any, more: str = "", part: str = "") -> html.Div:  # noqa: ANN401
    marks = {"data-plan-field": name} | ({"data-part": part} if part else {})
    return html.Div(
        [html.Label(label, htmlFor=identity), control, _wrong()], className=f"field plan-field {more}".strip(), **marks
    )


def _wrong() -> html.Span:
    """Where what is wrong with a field is said: plan.js fills it."""
    return html.Span(className="field-wrong", **{"data-plan-wrong": ""})


def _place(facts: Corridor, answer: Answer, texts: Texts) -> html.Div:
    """By name, by a point on the map, or by coordinates."""
    blank = {"value": NOTHING, "label": texts("plan.choose_place")}
    options = [blank, *_places(facts, answer, texts)]
    by_point = [
        html.Button(
            texts("plan.pin"),
            id=PlanId.PIN,
            className="button",
            type="button",
            **{"data-plan-pin": "", "aria-pressed": "false"},
        ),
        html.Span(className="small", role="status", **{"data-plan-told": ""}),
        html.Span(className="plan-offers", **{"data-plan-offers": ""}),
        html.Details(
            [
                html.Summary(texts("plan.coordinates")),
                html.Div(
                    [
                        _field(
                            "lat", PlanId.LAT, texts("plan.field_lat"), dbc.Input(id=PlanId.LAT, inputmode="decimal")
                        ),
                        _field(
                            "lon", PlanId.LON, texts("plan.field_lon"), dbc.Input(id=PlanId.LON, inputmode="decimal")
                        ),
                    ],
                    className="plan-pair",
                ),
            ],
            className="small",
        ),
    ]
    return html.Div(
        [
            _field("place", PlanId.PLACE, texts("plan.field_place"), dbc.Select(options, NOTHING, id=PlanId.PLACE)),
            html.Div(by_point, className="plan-by-point"),
        ],
        className="plan-where",
    )


def _places(facts: Corridor, answer: Answer, texts: Texts) -> Options:
    """Those of the route in the order of travel, then all others by their names."""
    names = {str(place): place_name(facts, str(place), texts.lang) for place in facts.places.index}
    on_route = list(dict.fromkeys(answer.profile.stops["place_id"]))
    others = sorted(set(names) - set(on_route), key=lambda place: names[place].casefold())
    countries = facts.places["country_iso3"]
    return [
        {"value": place, "label": f"{names[place]}, {texts.country(countries[place])}"}
        for place in [*on_route, *others]
    ]


def _service(facts: Corridor, answer: Answer, state: ViewState, texts: Texts) -> html.Div:
    blank = {"value": NOTHING, "label": texts("plan.choose_service")}
    options = [blank, *_services(facts, answer, state, texts)]
    control = dbc.Select(options, NOTHING, id=PlanId.SERVICE)
    return _field("service", PlanId.SERVICE, texts("plan.field_service"), control, "plan-of-service")


def _services(facts: Corridor, answer: Answer, state: ViewState, texts: Texts) -> Iterator[dict[str, str]]:
    """Those open at the date by the route, then elsewhere, then those that are not open at it, each marked so."""
    services: pd.DataFrame = facts.services[facts.services["at_place"] != ""]
    there = services.index.isin(services_at(facts, state.as_of).index)
    by_route = services["at_place"].isin(answer.profile.stops["place_id"]).to_numpy()
    order = pd.Series(3 - 2 * there - (there & by_route), index=services.index).sort_values(kind="stable")
    for name in order.index:
        words = service_words(facts, str(name), texts)
        yield {"value": str(name), "label": words if order[name] < 3 else texts("plan.not_open", service=words)}


def _capabilities(facts: Corridor, answer: Answer, texts: Texts) -> html.Fieldset:
    options = [{"value": word, "label": texts(f"capability.{word}")} for word in facts.capabilities.index]
    return html.Fieldset(
        [
            html.Legend(texts("plan.field_capabilities")),
            dbc.Checklist(options, [answer.question.capability], id=PlanId.CAPABILITIES, className="ticks"),
            _wrong(),
        ],
        className="field plan-able",
        **{"data-plan-field": "capabilities"},
    )


def _timetable(texts: Texts) -> html.Fieldset:
    """The days and hours of one visit; a button puts it down and begins the next."""
    days = [{"value": day, "label": texts(f"plan.day_{day}")} for day in WEEKDAYS]
    hours = [{"value": str(hour), "label": texts("plan.hour", hour=hour)} for hour in range(25)]
    return html.Fieldset(
        [
            html.Legend(texts("plan.field_timetable")),
            dbc.Checklist(days, ["mon"], id=PlanId.DAYS, className="ticks"),
            html.Div(
                [
                    _field(
                        "from_hour",
                        PlanId.FROM_HOUR,
                        texts("plan.field_from_hour"),
                        dbc.Select(hours[:-1], "8", id=PlanId.FROM_HOUR),
                    ),
                    _field(
                        "to_hour",
                        PlanId.TO_HOUR,
                        texts("plan.field_to_hour"),
                        dbc.Select(hours[1:], "16", id=PlanId.TO_HOUR),
                    ),
                ],
                className="plan-pair",
            ),
            _wrong(),
            html.Button(
                texts("plan.add_visit"), id=PlanId.VISIT, className="button", type="button", **{"data-plan-visit": ""}
            ),
            html.Ul(className="plan-visits", **{"data-plan-visits": ""}),
        ],
        className="field plan-of-team",
        **{"data-plan-field": "days"},
    )


def _months(texts: Texts) -> html.Div:
    months = [{"value": str(month), "label": texts.month(month)} for month in months_between(FIRST_MONTH, LAST_MONTH)]
    fields = [
        _field(
            name,
            identity,
            texts(f"plan.field_{name}"),
            dbc.Select([{"value": NOTHING, "label": texts(f"plan.open_{name}")}, *months], NOTHING, id=identity),
        )
        for name, identity in (("since", PlanId.SINCE), ("until", PlanId.UNTIL))
    ]
    return html.Div(fields, className="plan-pair")
