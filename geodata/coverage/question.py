"""What is asked: which help, for whom, in which direction, on which date, within how many hours."""

from __future__ import annotations

from dataclasses import dataclass, replace

from geodata.corridor import Corridor
from geodata.errors import UnknownName
from geodata.schema import DIRECTIONS, ROLES, STATUSES
from geodata.units import Hours, Month

#: Asked in place of a capability, `state:protective` means the next institution with that role.
STATE_PREFIX = "state:"
#: Asked in place of a capability: any service at which a survivor can tell in confidence what happened.
CHANNEL = "channel"
#: HIV prophylaxis must have started within this time.
DEFAULT_WINDOW_HOURS = Hours(72.0)


@dataclass(frozen=True)
class Question:
    """One question to the corridor. `route` None is the whole network; `stays` counts published waits at places.

    `whom` names an audience whose admission counts; "" asks for nobody in particular. Raises `UnknownName` where a
    direction or status is not one of the model's, or the window is not between 1 and 720 hours.
    """

    capability: str
    direction: str
    as_of: Month
    window_hours: Hours = DEFAULT_WINDOW_HOURS
    status: str = "listed"
    route: str | None = None
    stays: bool = False
    whom: str = ""

    def __post_init__(self) -> None:
        """Refuse words that the model does not know."""
        for word, known in ((self.direction, DIRECTIONS), (self.status, STATUSES)):
            if word not in known:
                raise UnknownName(f"{word!r} is not one of {', '.join(known)}.")
        if not 1 <= self.window_hours <= 720:
            raise UnknownName(f"A window of {self.window_hours:g} hours cannot be asked for: take 1 to 720.")

    def with_(self, **changes: object) -> Question:
        """The same question with some parts changed."""
        return replace(self, **changes)  # type: ignore[arg-type]

    @property
    def asks_state(self) -> bool:
        """Whether institutions of the State are asked for, not services."""
        return self.capability.startswith(STATE_PREFIX)


def asked(corridor: Corridor) -> tuple[str, ...]:
    """Everything that can be asked for in a corridor: its capabilities, any channel to report, the State's roles."""
    return (*corridor.capabilities.index, CHANNEL, *(STATE_PREFIX + role for role in ROLES))


def check_asked(corridor: Corridor, question: Question) -> None:
    """Nothing where the corridor knows what is asked for and for whom; else `UnknownName` with what there is."""
    for word, known in ((question.capability, asked(corridor)), (question.whom, ("", *corridor.audiences.index))):
        if word not in known:
            raise UnknownName(f"{word!r} is not one of {', '.join(filter(None, known))}.")
