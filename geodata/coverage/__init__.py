"""How many hours to help that can still work, and what follows from it."""

from geodata.coverage.cascade import cascade, cascade_shares, cascade_steps
from geodata.coverage.chain import Link, chain_classed, chain_classes, chain_links, chain_shares, links
from geodata.coverage.classes import CLASSES, class_lengths, runs, segment_classes
from geodata.coverage.exposure import Exposure, exposure, exposures
from geodata.coverage.flows import Flow, flow, months_known
from geodata.coverage.handover import handovers, late_parts
from geodata.coverage.hours import HoursAhead, hours_ahead
from geodata.coverage.presence import services_at, state_presence_at
from geodata.coverage.profile import Profile, lane, profile
from geodata.coverage.question import CHANNEL, STATE_PREFIX, Question
from geodata.coverage.silence import SILENCE_STATES, silence_classed, silence_question, silences
from geodata.coverage.spent import shares
from geodata.coverage.state_classes import PRESENCE_CLASSES, presence_classed, presence_lane, role_counts
from geodata.coverage.trends import class_trend

__all__ = [
    "CHANNEL",
    "CLASSES",
    "PRESENCE_CLASSES",
    "SILENCE_STATES",
    "STATE_PREFIX",
    "Exposure",
    "Flow",
    "HoursAhead",
    "Link",
    "Profile",
    "Question",
    "cascade",
    "cascade_shares",
    "cascade_steps",
    "chain_classed",
    "chain_classes",
    "chain_links",
    "chain_shares",
    "class_lengths",
    "class_trend",
    "exposure",
    "exposures",
    "flow",
    "handovers",
    "hours_ahead",
    "lane",
    "late_parts",
    "links",
    "months_known",
    "presence_classed",
    "presence_lane",
    "profile",
    "role_counts",
    "runs",
    "segment_classes",
    "services_at",
    "shares",
    "silence_classed",
    "silence_question",
    "silences",
    "state_presence_at",
]
