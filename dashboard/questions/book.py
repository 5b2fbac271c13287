"""Every way of answering by its name."""

from __future__ import annotations

from dashboard.questions import chain, change, hours, plan, presence, silence

METHODS = {
    "hours": hours.METHOD,
    "presence": presence.METHOD,
    "silence": silence.METHOD,
    "chain": chain.METHOD,
    "change": change.METHOD,
    "plan": plan.METHOD,
}
