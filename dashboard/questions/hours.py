"""Hours ahead against a window: where there is no care in time."""

from __future__ import annotations

from dashboard.answers import Answer
from dashboard.panels.exposure import exposure_figures
from dashboard.panels.sentence import sentence
from dashboard.panels.trends import exposure_table, trend_regions, trend_table
from dashboard.questions.commands import asked_options, command
from dashboard.questions.method import Command, Method, Panel
from dashboard.state import ViewState
from dashboard.text import Texts
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
    """The hours of the sentence and the strip; the stretches of the table; the shares of the bars."""
    options = asked_options(question)
    return (
        Command("hours", command("reach", *options)),
        Command("places", command("reach", "--places", *options)),
        Command("stretches", command("gaps", "--all", *options)),
        Command("shares", command("shares", *options)),
    )


def panel(corridor: Corridor, answer: Answer, _state: ViewState, texts: Texts) -> Panel:
    """The women and girls of an average day, and what changed month by month."""
    trends, charts = trend_regions(corridor, answer, texts)
    return Panel(figures=exposure_figures(corridor, answer, texts), trends=trends, charts=charts)


METHOD = Method(
    classification=six_classes,
    lanes=capabilities,
    sentence=sentence,
    commands=commands,
    panel=panel,
    tables={"trends": trend_table, "exposure": exposure_table},
)
