"""Named sets of changes to the services: what a planner would open, close, suspend, upgrade, move or send out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from geodata.errors import UnknownName
from geodata.units import Month

#: open: a new service at a place; close: one ends; suspend: one pauses; upgrade: one gains capabilities; move: one has
#: another interval; mobile: a team that comes to places at hours of the week.
CHANGES = ("open", "close", "suspend", "upgrade", "move", "mobile")
#: The changes that name a service that is there; the others name a place or a timetable.
OF_SERVICES = ("close", "suspend", "upgrade", "move")
#: The changes that say what the service can do.
WITH_CAPABILITIES = ("open", "upgrade", "mobile")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_VISIT = re.compile(r"([\w.-]+)@([a-z]{3}(?:\.[a-z]{3})*)@(\d{1,2})-(\d{1,2})", re.ASCII)
_NAME = re.compile(r"[\w.-]{1,80}", re.ASCII)
_COST = re.compile(r"\d{1,12}(\.\d{1,2})?")


@dataclass(frozen=True)
class Visit:
    """A mobile team at a place, on these days of the week, from one full hour to another (0 to 24)."""

    place: str
    days: tuple[str, ...]
    from_hour: int
    to_hour: int

    def __str__(self) -> str:
        return f"{self.place}@{'.'.join(self.days)}@{self.from_hour}-{self.to_hour}"


@dataclass(frozen=True)
class Change:
    """One change of a scenario.

    `target` is a place (open) or a service (close, suspend, upgrade, move); of a mobile team it is blank and `visits`
    say where it is when. It holds from the end of `since` to before the end of `until`; None leaves that end open. A
    `move` gives the service this interval in place of its own. `cost` is in any one unit, None where nobody said.
    """

    kind: str
    target: str = ""
    capabilities: tuple[str, ...] = ()
    since: Month | None = None
    until: Month | None = None
    cost: float | None = None
    visits: tuple[Visit, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what makes no change."""
        if self.kind not in CHANGES:
            raise UnknownName(f"{self.kind!r} is not a change: take one of {', '.join(CHANGES)}.")
        if (self.kind == "mobile") != bool(self.visits) or (self.kind == "mobile") == bool(self.target):
            raise UnknownName(f"A change {self.kind!r} needs {'a timetable' if self.kind == 'mobile' else 'a target'}.")
        if (self.kind in WITH_CAPABILITIES) != bool(self.capabilities):
            wants = "needs capabilities" if self.kind in WITH_CAPABILITIES else "takes no capabilities"
            raise UnknownName(f"A change {self.kind!r} {wants}.")
        if self.since and self.until and self.until <= self.since:
            raise UnknownName(f"A change from {self.since} until {self.until} never holds: let it end later.")
        if self.kind in {"suspend", "move"} and not (self.since or self.until):
            raise UnknownName(f"A change {self.kind!r} needs a month from which or until which it holds.")

    @classmethod
    def parse(cls, text: str) -> Change:
        """A change from its text in an address: `kind:target:capabilities:since:until:cost`, blanks at the end left out.

        Capabilities are joined by `.`; a mobile team's target is its visits, `place@mon.wed@8-16`, joined by `~`.
        Whether places, services and capabilities are there is not looked up here. Raises `UnknownName`.
        """
        kind, target, capabilities, since, until, cost, *more = [*text.split(":"), "", "", "", "", ""]
        if any(more) or (cost and not _COST.fullmatch(cost)):
            raise UnknownName(f"{text!r} is not a change: write kind:target:capabilities:since:until:cost.")
        mobile = kind == "mobile"
        if not mobile and not _NAME.fullmatch(target):
            raise UnknownName(f"{target!r} is not the id of a place or a service.")
        return cls(
            kind,
            "" if mobile else target,
            tuple(word for word in capabilities.split(".") if word),
            Month.parse(since) if since else None,
            Month.parse(until) if until else None,
            float(cost) if cost else None,
            tuple(visit(part) for part in target.split("~")) if mobile else (),
        )

    def __str__(self) -> str:
        """Its text in an address; `parse` reads it back."""
        parts = [
            self.kind,
            "~".join(map(str, self.visits)) if self.visits else self.target,
            ".".join(self.capabilities),
            str(self.since or ""),
            str(self.until or ""),
            "" if self.cost is None else f"{self.cost:.2f}".rstrip("0").rstrip("."),
        ]
        return ":".join(parts).rstrip(":")


@dataclass(frozen=True)
class Scenario:
    """A named set of changes, applied together; the order does not matter unless two touch one service."""

    name: str = ""
    changes: tuple[Change, ...] = ()


def visit(text: str) -> Visit:
    """A visit from `place@mon.wed@8-16`. Raises `UnknownName` where it is not one, or ends before it begins."""
    match = _VISIT.fullmatch(text)
    days = tuple(match[2].split(".")) if match else ()
    if not match or not set(days) <= set(WEEKDAYS) or not 0 <= int(match[3]) < int(match[4]) <= 24:
        raise UnknownName(f"{text!r} is not a visit: write it as place@mon.wed@8-16, with hours from 0 to 24.")
    return Visit(match[1], tuple(day for day in WEEKDAYS if day in days), int(match[3]), int(match[4]))
