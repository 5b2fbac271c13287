"""How many hours to help that can still work, and what follows from it."""

from geodata.coverage.classes import CLASSES, class_lengths, runs, segment_classes
from geodata.coverage.hours import HoursAhead, hours_ahead
from geodata.coverage.presence import services_at, state_presence_at
from geodata.coverage.profile import Profile, lane, profile
from geodata.coverage.question import CHANNEL, STATE_PREFIX, Question
from geodata.coverage.silence import SILENCE_STATES, silence_classed, silence_question, silences

__all__ = [
    "CHANNEL",
    "CLASSES",
    "SILENCE_STATES",
    "STATE_PREFIX",
    "HoursAhead",
    "Profile",
    "Question",
    "class_lengths",
    "hours_ahead",
    "lane",
    "profile",
    "runs",
    "segment_classes",
    "services_at",
    "silence_classed",
    "silence_question",
    "silences",
    "state_presence_at",
]
