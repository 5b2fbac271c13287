"""A standard that a delegation sets: which sections of the route meet it, and what would make a country's ready."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pandas as pd

from dashboard.answers import Answer
from dashboard.maps.values import Mark
from dashboard.naming import place_name
from dashboard.panels.standard import panel, standard_options
from dashboard.panels.standard_sentence import sentence
from dashboard.panels.standard_tables import TABLES
from dashboard.panels.strip import class_runs
from dashboard.questions.commands import command
from dashboard.questions.method import Command, Method
from dashboard.questions.standard_found import found
from dashboard.state import ViewState
from dashboard.strip import Lane, StripData
from dashboard.text import Texts
from geodata.corridor import Corridor
from geodata.coverage import Question
from geodata.coverage.profile import Classify
from geodata.planning import STANDARD_CLASSES, Standard, standard_classed
from geodata.units import Hours


def without_target(_corridor: Corridor) -> tuple[Classify, tuple[str, ...]]:
    """Where no target is set nothing is known of any segment."""
    return _not_known, STANDARD_CLASSES


def _not_known(_corridor: Corridor, _question: Question, segments: pd.DataFrame) -> pd.DataFrame:
    return segments.assign(**{"class": "unknown", "unconfirmed": False})


def for_view(method: Method, state: ViewState) -> Method:
    """The way for the targets of a view. The strip's hours and the map's services are those of the first target."""
    if not state.targets:
        return method
    classify = partial(standard_classed, standard=Standard("", state.targets))
    first, hours = next(iter(state.targets.items()))
    return replace(
        method,
        classification=lambda _: (classify, STANDARD_CLASSES),
        asks=lambda question: question.with_(capability=first, window_hours=Hours(float(hours))),
    )


def no_lanes(_corridor: Corridor, _question: Question) -> tuple[str, ...]:
    """None of the six classes: each target has a lane of its own readiness."""
    return ()


def commands(state: ViewState, question: Question) -> tuple[Command, ...]:
    """The shares of the sentence, the sections of the table and each target by itself."""
    options = standard_options(state, question)
    return tuple(
        Command(f"standard_{by}", command("standard", *options, f"--by {by}"))
        for by in ("class", "section", "target")
        if state.targets
    )


def with_lanes(data: StripData, _corridor: Corridor, answer: Answer, _state: ViewState, _texts: Texts) -> StripData:
    """The strip with a lane per target in its own readiness, and the ribbon's name."""
    lanes = answer.found.lanes.items() if answer.found else ()
    drawn = tuple(Lane(name, class_runs(runs)) for name, runs in lanes)
    return replace(data, lanes=drawn, class_row="strip.class_row_standard")


def marks(corridor: Corridor, answer: Answer, _state: ViewState, texts: Texts) -> tuple[Mark, ...]:
    """The places where the list would have a service open or do more, numbered as in the list."""
    if not answer.found:
        return ()
    rows = enumerate(answer.found.shortest.changes.to_dict("records"), start=1)
    return tuple(
        Mark("proposed", row["place_id"], place_name(corridor, row["place_id"], texts.lang), number)
        for number, row in rows
        if row["change"]
    )


METHOD = Method(
    classification=without_target,
    lanes=no_lanes,
    sentence=sentence,
    commands=commands,
    found=found,
    panel=panel,
    strip=with_lanes,
    tables=TABLES,
    marks=marks,
    for_view=for_view,
)
