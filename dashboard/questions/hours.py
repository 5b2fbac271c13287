"""Hours ahead against a window: where there is no care in time."""

from __future__ import annotations

from dashboard.panels.sentence import sentence
from dashboard.questions.commands import asked_options, command
from dashboard.questions.method import Command, Method
from dashboard.state import ViewState
from geodata.corridor import Corridor
from geodata.coverage import CLASSES, Question
from geodata.coverage.classes import classed
from geodata.coverage.profile import Classify


def six_classes(_corridor: Corridor) -> tuple[Classify, tuple[str, ...]]:
    """The six classes of hours ahead against the window."""
    return classed, CLASSES


def capabilities(corridor: Corridor, _question: Question) -> tuple[str, ...]:
    """A lane for each capability."""
    return tuple(corridor.capabilities.index)


def commands(_state: ViewState, question: Question) -> tuple[Command, ...]:
    """The hours of the sentence and the strip; the stretches of the table."""
    options = asked_options(question)
    return (
        Command("hours", command("reach", *options)),
        Command("places", command("reach", "--places", *options)),
        Command("stretches", command("gaps", "--all", *options)),
    )


METHOD = Method(classification=six_classes, lanes=capabilities, sentence=sentence, commands=commands)
