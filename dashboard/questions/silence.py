"""Where a report would not be heard: five states, what was told all the same, and the day on which that changed."""

from __future__ import annotations

from dashboard.questions.commands import asked_options, command
from dashboard.questions.method import Command, Method
from dashboard.questions.silence_found import found, quarters_shown
from dashboard.questions.silence_sentence import sentence
from dashboard.questions.silence_story import panel, strip
from dashboard.questions.silence_tables import TABLES
from dashboard.state import ViewState
from geodata.corridor import Corridor
from geodata.coverage import SILENCE_STATES, Question, silence_classed, silence_question
from geodata.coverage.profile import Classify


def five_states(_corridor: Corridor) -> tuple[Classify, tuple[str, ...]]:
    """Whether anybody hears, and whether anything was told."""
    return silence_classed, SILENCE_STATES


def no_lanes(_corridor: Corridor, _question: Question) -> tuple[str, ...]:
    """None: beside the ribbon stand the State and the figures, whose lags need the room."""
    return ()


def commands(_state: ViewState, question: Question) -> tuple[Command, ...]:
    """Each figure of sentence, story and tables."""
    options = asked_options(question.with_(capability="clinical_care", status="listed"))
    span = quarters_shown(question)
    asked = {
        "silence": (),
        "silence_runs": ("--runs",),
        "silence_quarters": (f"--quarters {span}",),
        "silence_told": ("--reports",),
        "silence_events": ("--events", f"--quarters {span}"),
    }
    return tuple(Command(figure, command("silence", *options, *more)) for figure, more in asked.items())


METHOD = Method(
    classification=five_states,
    lanes=no_lanes,
    sentence=sentence,
    commands=commands,
    asks=silence_question,
    found=found,
    panel=panel,
    strip=strip,
    tables=TABLES,
    both_readings=False,
)
