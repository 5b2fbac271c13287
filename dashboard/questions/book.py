"""Every way of answering by its name."""

from __future__ import annotations

<<<<<<< HEAD
from dashboard.questions import chain, change, closures, hours, presence, silence, standard
=======
from dashboard.questions import chain, change, hours, plan, presence, silence
>>>>>>> scenario

METHODS = {
    "hours": hours.METHOD,
    "presence": presence.METHOD,
    "silence": silence.METHOD,
    "chain": chain.METHOD,
    "change": change.METHOD,
<<<<<<< HEAD
    "closures": closures.METHOD,
    "standard": standard.METHOD,
=======
    "plan": plan.METHOD,
>>>>>>> scenario
}
