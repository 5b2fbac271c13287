"""Hours to the next institution of the State with a protective role."""

from __future__ import annotations

from dashboard.panels.sentence import sentence
from dashboard.questions.hours import commands, six_classes
from dashboard.questions.method import Method
from geodata.corridor import Corridor
from geodata.coverage import STATE_PREFIX, Question
from geodata.schema import ROLES


def roles(_corridor: Corridor, _question: Question) -> tuple[str, ...]:
    """A lane for each role of the State."""
    return tuple(STATE_PREFIX + role for role in ROLES)


METHOD = Method(classification=six_classes, lanes=roles, sentence=sentence, commands=commands)
