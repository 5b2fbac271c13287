"""Every way of answering by its name."""

from __future__ import annotations

from dashboard.questions import chain, change, hours, presence, silence, siting

METHODS = {
    "hours": hours.METHOD,
    "presence": presence.METHOD,
    "silence": silence.METHOD,
    "chain": chain.METHOD,
    "change": change.METHOD,
    "siting": siting.METHOD,
}
