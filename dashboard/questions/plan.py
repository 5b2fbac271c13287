"""What if …? The route as a plan would have it, against the route as it is, at the same date."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dashboard.panels.plan import map_before, marks, panel, spoken
from dashboard.panels.plan_sentence import sentence
from dashboard.panels.plan_tables import TABLES
from dashboard.questions.commands import asked_options, command
from dashboard.questions.hours import capabilities, six_classes
from dashboard.questions.hours import commands as hours_commands
from dashboard.questions.method import Command, Method
from dashboard.state import ViewState
from geodata.corridor import Corridor
from geodata.coverage import Question, lane
from geodata.coverage.compare import Change, compare, side_runs
from geodata.coverage.flows import Flow, route_flow
from geodata.planning import effects, planned, planned_at

#: What the file is called under which a plan is taken away.
FILE = "amparo-plan.csv"


@dataclass(frozen=True)
class Planned:
    """The facts without the plan, what the plan changes, and what each of its changes does.

    `today_runs` are measured from the route's start, `today_leg_runs` along each leg; `effects` as in `planning.effects`;
    `flow` tells of the women and girls that were counted.
    """

    facts: Corridor
    change: Change
    today_runs: pd.DataFrame
    today_leg_runs: pd.DataFrame
    effects: pd.DataFrame
    flow: Flow


def found(corridor: Corridor, question: Question, state: ViewState) -> Planned:
    """What only this way of answering works out."""
    scenario = state.scenario
    change = compare(corridor, question, question, planned(corridor, scenario))
    return Planned(
        facts=corridor,
        change=change,
        today_runs=lane(corridor, question),
        today_leg_runs=side_runs(change, "before"),
        effects=effects(corridor, question, scenario),
        flow=route_flow(corridor, str(question.route), question.as_of),
    )


def asked_of(corridor: Corridor, state: ViewState) -> Corridor:
    """The corridor with the services that the plan has open at the date."""
    return planned_at(corridor, state.scenario, state.as_of) if state.plan else corridor


def commands(state: ViewState, question: Question) -> tuple[Command, ...]:
    """Effects, classes, stretches and services, from the file under which the plan is taken away; without a plan its hours."""
    if not state.plan:
        return hours_commands(state, question)
    asked = {"plan": "--by change", "plan_class": "--by class", "plan_run": "--by run", "plan_service": "--by service"}
    options = asked_options(question)
    return tuple(Command(figure, command("scenario", FILE, by, *options)) for figure, by in asked.items())


METHOD = Method(
    classification=six_classes,
    lanes=capabilities,
    sentence=sentence,
    commands=commands,
    asked_of=asked_of,
    spoken=spoken,
    found=found,
    panel=panel,
    tables=TABLES,
    map_before=map_before,
    marks=marks,
)
