"""A set of targets that a delegation adopts, and how each segment of a route stands against it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from geodata.corridor import Corridor
from geodata.corridor.arcs import Bools, Ints, ordinal
from geodata.coverage.audiences import admission
from geodata.coverage.presence import able_services, sites_for
from geodata.coverage.question import Question
from geodata.coverage.standing import HELD, IN_TIME, UNKNOWN, segment_ids, segments_ahead, standing
from geodata.errors import UnknownName

#: How a target or a segment stands, as a table or a legend names them.
STANDARD_CLASSES = ("ready", "pending", "not_ready", "unknown")
#: The same from the best to the worst: of several targets the worst decides. What is surely missed outweighs a doubt.
FROM_BEST = ("ready", "pending", "unknown", "not_ready")
#: A service whose opening lies at most so many months after the date is awaited.
AWAITED_MONTHS = 12
MOST_HOURS = 720


@dataclass(frozen=True)
class Standard:
    """Within how many hours ahead each capability must be reached, in the order in which the targets are told.

    `adopted` is a published date or "" where nobody adopted it yet; `notes` say something of a target, by capability.
    Raises `UnknownName` without a target, or with hours that are not whole or not between 1 and 720.
    """

    name: str
    targets: Mapping[str, int]
    adopted: str = ""
    notes: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse what is no standard."""
        if not self.targets:
            raise UnknownName("A standard needs at least one target: a capability and its hours.")
        for capability, hours in self.targets.items():
            if not (1 <= hours <= MOST_HOURS and hours == int(hours)):
                raise UnknownName(f"{hours:g} hours for {capability}: write a whole number from 1 to {MOST_HOURS}.")

    @classmethod
    def of_table(cls, table: pd.DataFrame) -> Standard:
        """The standard of a table as `sources.standards` reads it: one row per target."""
        rows = table.to_dict("records")
        return cls(
            name=str(rows[0]["standard"]) if rows else "",
            targets={str(row["capability"]): int(row["hours"]) for row in rows},
            adopted=str(rows[0]["adopted"]) if rows else "",
            notes={str(row["capability"]): str(row["note"]) for row in rows if row["note"]},
        )

    def table(self) -> pd.DataFrame:
        """The standard as rows standard, capability, hours, adopted, note: what its file holds."""
        return pd.DataFrame(
            {
                "standard": self.name,
                "capability": list(self.targets),
                "hours": list(map(float, self.targets.values())),
                "adopted": self.adopted,
                "note": [self.notes.get(capability, "") for capability in self.targets],
            }
        )


@dataclass(frozen=True)
class Reading:
    """How one target stands for every segment of the question, a row per pace, by position in `FROM_BEST`.

    `unconfirmed`: met at typical pace, but only by a service that is listed and that nobody confirmed of late.
    """

    states: Ints
    unconfirmed: Bools


def target_column(capability: str) -> str:
    """The column of `standard_classed` that says how this target stands."""
    return f"{capability}_target"


def standard_classed(
    corridor: Corridor, question: Question, segments: pd.DataFrame, standard: Standard
) -> pd.DataFrame:
    """The segments with `class`, one of `STANDARD_CLASSES`: how the whole standard stands for each, at typical pace.

    A target is met where help of its capability is at most its hours ahead of where she enters the segment:
    ready: met by services that a source confirmed (the cautious reading: a listed one may be gone).
    pending: met only if services that are listed but that nobody confirmed of late are at work (where the question
    counts listed ones), or once those stand whose opening lies within 12 months after the date.
    unknown: not met by these, but a service that should exist, one whose admission of her is not published, or (where
    confirmed ones alone count) a listed one would meet it; or nothing is ahead and the way is not known.
    not_ready: missed even so.
    Of several targets the worst decides, not_ready before unknown before pending before ready.

    `low_class` and `high_class` say the same at the fast and at the slow pace. `missed` is the first target, in the
    standard's order, that stands as the class says ("" where ready). A column per target (`target_column`) has its own
    state at typical pace. `unconfirmed`: pending, because of a service that nobody confirmed. The question's capability
    and window are not asked. Index as given. Raises `UnknownName` for a capability that the corridor does not know.
    """
    capabilities = np.array([*standard.targets, ""], dtype=object)
    readings = [target_reading(corridor, question, name, hours) for name, hours in standard.targets.items()]
    states = np.stack([reading.states for reading in readings])
    worst = states.max(axis=0)
    named = np.array(FROM_BEST, dtype=object)
    decides = states[:, 1] == worst[1]
    first = np.where(worst[1] == 0, len(readings), decides.argmax(axis=0))
    rests = np.stack([reading.unconfirmed for reading in readings]) & (worst[1] == FROM_BEST.index("pending"))
    columns = {
        "class": named[worst[1]],
        "low_class": named[worst[0]],
        "high_class": named[worst[2]],
        "missed": capabilities[first],
        "unconfirmed": rests.any(axis=0),
        **{
            target_column(name): named[reading.states[1]]
            for name, reading in zip(standard.targets, readings, strict=True)
        },
    }
    found = pd.DataFrame(columns, index=segment_ids(corridor, question)).reindex(segments.index)
    return segments.assign(**{name: found[name] for name in columns})


def target_reading(corridor: Corridor, question: Question, capability: str, hours: int) -> Reading:
    """How one target stands for every segment of the question, in the order of `segment_ids`. See `standard_classed`."""
    known = list(map(str, corridor.capabilities.index))
    if capability not in known:
        raise UnknownName(f"{capability!r} is not one of {', '.join(known)}.")
    put = question.with_(capability=capability)
    return corridor.remembered(("target", put, hours), lambda: _reading(corridor, put, hours))


def awaited(corridor: Corridor, question: Question) -> pd.DataFrame:
    """The services with the question's capability that open in the 12 months after the date, as their opening is known.

    Those that are connected, and known to admit her where the question is asked for somebody. Columns as `sites_for`.
    """
    services = corridor.services
    now = ordinal(question.as_of)
    coming = (services["since"] > now) & (services["since"] <= now + AWAITED_MONTHS)
    coming &= (services["until"] > services["since"]) & (services["at_place"] != "")
    coming &= able_services(corridor, services, question.capability, possible=False)
    if question.whom:
        coming &= admission(services, corridor.audiences.to_dict("index")[question.whom]) == "yes"
    return services.loc[coming, ["at_place", "walk_hours"]].assign(confirmed=False).sort_index()


def _reading(corridor: Corridor, put: Question, hours: int) -> Reading:
    coming = awaited(corridor, put)
    listed = sites_for(corridor, put)
    sure = _codes(corridor, put, sites_for(corridor, put.with_(status="confirmed")), hours)
    there = _codes(corridor, put, listed, hours)
    by_then = _codes(corridor, put, pd.concat([listed, coming]), hours) if len(coming) else there
    hoped = _codes(corridor, put, pd.concat([sites_for(corridor, put, possible=True), coming]), hours)
    stands = standing(by_then, hoped)
    states = np.select([sure <= IN_TIME, stands == HELD, stands == UNKNOWN], [0, 1, 2], default=3)
    return Reading(states, (sure > IN_TIME)[1] & (there <= IN_TIME)[1])


def _codes(corridor: Corridor, put: Question, sites: pd.DataFrame, hours: int) -> Ints:
    return segments_ahead(corridor, put, sites).codes(hours)
