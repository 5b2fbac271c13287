"""How many hours to help that can still work, and what follows from it."""

from geodata.coverage.classes import CLASSES, class_lengths, runs, segment_classes
from geodata.coverage.handover import handovers, late_parts
from geodata.coverage.hours import HoursAhead, hours_ahead
from geodata.coverage.presence import services_at, state_presence_at
from geodata.coverage.profile import Profile, lane, profile
from geodata.coverage.question import CHANNEL, STATE_PREFIX, Question
from geodata.coverage.state_classes import PRESENCE_CLASSES, presence_classed, presence_lane, role_counts

__all__ = [
    "CHANNEL",
    "CLASSES",
    "PRESENCE_CLASSES",
    "STATE_PREFIX",
    "HoursAhead",
    "Profile",
    "Question",
    "class_lengths",
    "handovers",
    "hours_ahead",
    "lane",
    "late_parts",
    "presence_classed",
    "presence_lane",
    "profile",
    "role_counts",
    "runs",
    "segment_classes",
    "services_at",
    "state_presence_at",
]
