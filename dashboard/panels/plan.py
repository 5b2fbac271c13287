"""The regions of a plan: its editor beside the map, the route without and with it, marks, and the map's two states."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dash import html

from dashboard.answers import Answer
from dashboard.charts import pair_svg
from dashboard.maps.values import AFTER, BEFORE, Before, Mark
from dashboard.panels.change import WIDTHS_PX, ribbons
from dashboard.panels.mapping import points
from dashboard.panels.plan_editor import editor
from dashboard.panels.plan_words import change_words, new_name
from dashboard.questions.method import Panel
from dashboard.state import ViewState
from dashboard.text import Texts
from geodata.corridor import Corridor
from geodata.coverage import services_at
from geodata.planning import Change
from geodata.planning.planned import change_of

CHART = "plan"
_SIDES = {BEFORE: "without", AFTER: "with"}


def spoken(answer: Answer, state: ViewState, texts: Texts) -> Answer:
    """The answer with names for the services that are only planned."""
    changes = state.scenario.changes
    numbers = [change_of(str(name)) for name in answer.services.index]
    if not any(numbers):
        return answer
    names = [
        new_name(number, changes[number - 1].kind, texts) if number else name
        for number, name in zip(numbers, answer.services["name"], strict=True)
    ]
    return replace(answer, services=answer.services.assign(name=names))


def panel(corridor: Corridor, answer: Answer, state: ViewState, texts: Texts) -> Panel:
    """The editor in the answer's column; below the strip the route without and with the plan."""
    figures = editor(answer, state, texts)
    if not state.plan:
        return Panel(figures=figures)
    sides = texts("plan.side_without"), texts("plan.side_with")
    ribbon = ribbons(corridor, answer, state, texts, answer.found.today_runs, sides)
    drawn = {name: pair_svg(ribbon, texts, width, prefix=f"{CHART}-{name}") for name, width in WIDTHS_PX.items()}
    story = [html.H2(texts("plan.heading_pair")), html.Div(className="chart-holder", **{"data-chart": CHART})]
    return Panel(figures=figures, story=story, charts={CHART: drawn})


def map_before(_corridor: Corridor, answer: Answer, state: ViewState, texts: Texts) -> Before | None:
    """The route as it is, on the same map; None without a plan."""
    if not state.plan:
        return None
    facts: Corridor = answer.found.facts
    services = services_at(facts, state.as_of)
    today = replace(answer, services=services[services["at_place"] != ""])
    directed = facts.arcs[state.direction]
    legs = facts.legs.index[sorted(set(directed.leg[directed.valid_at(state.as_of)]))]
    return Before(
        runs=answer.found.today_leg_runs,
        points=points(facts, today, state, texts),
        legs=legs.tolist(),
        labels={side: texts(f"plan.side_{word}") for side, word in _SIDES.items()},
        told={side: texts(f"plan.shown_{word}") for side, word in _SIDES.items()},
    )


def marks(_corridor: Corridor, answer: Answer, state: ViewState, texts: Texts) -> tuple[Mark, ...]:
    """A mark where the plan changes a service at the date; what it changes at other dates alone has none."""
    return tuple(_marks(answer, state, texts))


def _marks(answer: Answer, state: ViewState, texts: Texts) -> Iterator[Mark]:
    facts: Corridor = answer.found.facts
    was = set(services_at(facts, state.as_of).index)
    for number, change in enumerate(state.scenario.changes, start=1):
        title = change_words(facts, change, texts)
        if change.kind in ("open", "mobile"):
            own = [change_of(str(name)) == number for name in answer.services.index]
            kind = "planned_mobile" if change.kind == "mobile" else "planned_open"
            yield from (Mark(kind, str(place), title) for place in answer.services.loc[own, "at_place"])
        else:
            yield from _of_service(facts, answer, change, title, was=change.target in was)


def _of_service(facts: Corridor, answer: Answer, change: Change, title: str, *, was: bool) -> Iterator[Mark]:
    place, now = str(facts.services.at[change.target, "at_place"]), change.target in answer.services.index
    kind = "planned_upgrade" if change.kind == "upgrade" and now else ""
    kind = kind or ("planned_open" if now and not was else "planned_close" if was and not now else "")
    if kind and place:
        yield Mark(kind, place, title)
