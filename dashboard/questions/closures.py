"""Which service matters most: each closed in turn, and the calendar of what ends, goes unconfirmed or opens."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dashboard.panels.closure_calendar import calendar_table
from dashboard.panels.closures import map_without, panel
from dashboard.panels.closures_sentence import sentence
from dashboard.panels.closures_table import closures_table
from dashboard.questions.commands import asked_options, command
from dashboard.questions.hours import capabilities, six_classes
from dashboard.questions.method import Command, Method
from dashboard.state import ViewState
from geodata.corridor import Corridor
from geodata.coverage import Question, runs, segment_classes
from geodata.planning.closures import closures, without
from geodata.planning.expiry import expiring, year_after


@dataclass(frozen=True)
class Closings:
    """The closures, the calendar of the twelve months after the date, and the route without the service that matters most.

    `runs_without` is measured along each leg; no rows where no closing changes anything.
    """

    closures: pd.DataFrame
    calendar: pd.DataFrame
    runs_without: pd.DataFrame


def closings(corridor: Corridor, question: Question, _state: ViewState) -> Closings:
    """What only this way of answering works out."""
    table = closures(corridor, question)
    matters = table.index[(table["added_high_hours"] > 0) | (table["added_unknown_hours"] > 0)]
    changed = without(corridor, list(matters[:1]))
    found = runs(segment_classes(changed, question).sort_index())
    return Closings(
        table, expiring(corridor, question, year_after(question.as_of)), found if len(matters) else found.iloc[:0]
    )


def commands(_state: ViewState, question: Question) -> tuple[Command, ...]:
    """The closures by service and by place, and the calendar."""
    options = asked_options(question)
    return (
        Command("closures", command("closures", *options)),
        Command("closures_places", command("closures", "--by place", *options)),
        Command("expiring", command("expiring", *options)),
    )


METHOD = Method(
    classification=six_classes,
    lanes=capabilities,
    sentence=sentence,
    commands=commands,
    found=closings,
    panel=panel,
    tables={"closures": closures_table, "calendar": calendar_table},
    map_before=map_without,
)
