"""Every way of answering by its name."""

from __future__ import annotations

from dashboard.questions import chain, change, closures, hours, plan, presence, silence, siting, standard

METHODS = {
    "hours": hours.METHOD,
    "presence": presence.METHOD,
    "silence": silence.METHOD,
    "chain": chain.METHOD,
    "change": change.METHOD,
    "siting": siting.METHOD,
    "plan": plan.METHOD,
    "closures": closures.METHOD,
    "standard": standard.METHOD,
}
