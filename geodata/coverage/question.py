"""What is asked: which help, in which direction, on which date, within how many hours."""

from __future__ import annotations

from dataclasses import dataclass, replace

from geodata.errors import UnknownName
from geodata.schema import CAPABILITIES, DIRECTIONS, ROLES, STATUSES
from geodata.units import Hours, Month

#: Asked in place of a capability, `state:protective` means the next institution with that role.
STATE_PREFIX = "state:"
#: HIV prophylaxis must have started within this time.
DEFAULT_WINDOW_HOURS = Hours(72.0)
ASKED = (*CAPABILITIES, *(STATE_PREFIX + role for role in ROLES))


@dataclass(frozen=True)
class Question:
    """One question to the corridor. `route` None is the whole network; `stays` counts published waits at places.

    Raises `UnknownName` where a word is not one of the model's, or the window is not between 1 and 720 hours.
    """

    capability: str
    direction: str
    as_of: Month
    window_hours: Hours = DEFAULT_WINDOW_HOURS
    status: str = "listed"
    route: str | None = None
    stays: bool = False

    def __post_init__(self) -> None:
        """Refuse words that the model does not know."""
        for word, known in ((self.capability, ASKED), (self.direction, DIRECTIONS), (self.status, STATUSES)):
            if word not in known:
                raise UnknownName(f"{word!r} is not one of {', '.join(known)}.")
        if not 1 <= self.window_hours <= 720:
            raise UnknownName(f"A window of {self.window_hours:g} hours cannot be asked for: take 1 to 720.")

    def with_(self, **changes: object) -> Question:
        """The same question with some parts changed."""
        return replace(self, **changes)  # type: ignore[arg-type]
