"""Every way of answering by its name."""

from __future__ import annotations

from dashboard.questions import change, hours, presence

METHODS = {"change": change.METHOD, "hours": hours.METHOD, "presence": presence.METHOD}
