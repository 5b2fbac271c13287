"""What changed between two dates: the route at both, what opened, closed and went unconfirmed, and the parts that changed."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dashboard.panels.change import map_before, panel
from dashboard.panels.change_sentence import sentence
from dashboard.panels.change_tables import TABLES
from dashboard.questions.commands import asked_options, command
from dashboard.questions.hours import capabilities, six_classes
from dashboard.questions.method import Command, Method
from dashboard.state import ViewState
from geodata.corridor import Corridor
from geodata.coverage import Question, lane
from geodata.coverage.choosing import Reason, why_not
from geodata.coverage.compare import Change, compare, exposure_change, side_runs
from geodata.units import Month


@dataclass(frozen=True)
class Changed:
    """The change, the runs of the route at the earlier date, woman-days of both, and what stands against either month.

    `earlier_runs` are measured from the route's start, `earlier_leg_runs` along each leg.
    """

    change: Change
    earlier_runs: pd.DataFrame
    earlier_leg_runs: pd.DataFrame
    woman_days: pd.DataFrame
    reasons: tuple[tuple[Month, Reason], ...]


def changed(corridor: Corridor, question: Question, state: ViewState) -> Changed:
    """What only this way of answering works out."""
    before = question.with_(as_of=state.compared_with)
    months = (before.as_of, question.as_of)
    reasons = tuple((month, why) for month in months for why in why_not(corridor, str(question.route), month))
    change = compare(corridor, before, question)
    return Changed(
        change,
        lane(corridor, before),
        side_runs(change, "before"),
        exposure_change(corridor, before, question),
        reasons,
    )


def commands(state: ViewState, question: Question) -> tuple[Command, ...]:
    """Hours by class, the parts that changed, the lists of sites and the woman-days."""
    options = (*asked_options(question), f"--since {state.compared_with}")
    asked = {
        "change": "--by class",
        "change_runs": "--by run --changed",
        "change_services": "--by service --changed",
        "change_presence": "--by presence --changed",
        "change_exposure": "--by exposure",
    }
    return tuple(Command(figure, command("compare", *options, by)) for figure, by in asked.items())


METHOD = Method(
    classification=six_classes,
    lanes=capabilities,
    sentence=sentence,
    commands=commands,
    found=changed,
    panel=panel,
    tables=TABLES,
    map_before=map_before,
)
