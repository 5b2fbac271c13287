"""Where the protecting State is missing: hours to the next protective institution, and who is there instead."""

from __future__ import annotations

from dataclasses import replace

from dashboard.answers import Answer
from dashboard.panels.handover import handover_panel, handover_table
from dashboard.panels.sentence import Sentence
from dashboard.panels.sentence import sentence as hours_sentence
from dashboard.questions.commands import asked_options, command
from dashboard.questions.method import Command, Method
from dashboard.state import ViewState
from dashboard.text import Texts
from geodata.corridor import Corridor
from geodata.coverage import PRESENCE_CLASSES, STATE_PREFIX, Question, presence_classed, role_counts
from geodata.coverage.profile import Classify
from geodata.schema import ROLES


def seven_classes(_corridor: Corridor) -> tuple[Classify, tuple[str, ...]]:
    """The classes of hours ahead, and the State there without a protective role as one of its own."""
    return presence_classed, PRESENCE_CLASSES


def roles(_corridor: Corridor, _question: Question) -> tuple[str, ...]:
    """A lane for each role of the State."""
    return tuple(STATE_PREFIX + role for role in ROLES)


def sentence(corridor: Corridor, answer: Answer, state: ViewState, texts: Texts) -> Sentence:
    """The sentence of hours ahead; where the State is there without protecting; and how well institutions are dated."""
    said = hours_sentence(corridor, answer, state, texts)
    hours = float(answer.profile.hours["present_without"])
    without = f" {texts('presence.without', hours=texts.hours_in_words(hours))}" if hours > 0 else ""
    counts = role_counts(corridor, state.as_of).loc["protective"]
    dated = texts(
        "presence.dated",
        listed=int(counts["listed"]),
        confirmed=int(counts["confirmed"]),
        undated=int(counts["opening_not_published"]),
    )
    first, *rest = said.small_print
    return replace(
        said, support=said.support + without, small_print=(first, dated, texts("presence.not_absent"), *rest)
    )


def commands(_state: ViewState, question: Question) -> tuple[Command, ...]:
    """The hours of the sentence and the strip; the stretches of the table; the bars; how institutions are dated."""
    options = asked_options(question)
    return (
        Command("hours", command("presence", "--segments", *options)),
        Command("places", command("reach", "--places", *options)),
        Command("stretches", command("presence", "--all", *options)),
        Command("presence_shares", command("presence", "--shares", *options)),
        Command("roles", command("presence", "--roles", *options)),
    )


METHOD = Method(
    classification=seven_classes,
    lanes=roles,
    sentence=sentence,
    commands=commands,
    panel=handover_panel,
    tables={"handover": handover_table},
)
