"""What is asked of p-median and p-center, checked at the door."""

from __future__ import annotations

import time

from geodata.errors import UnknownName
from geodata.planning.optima.instance import Instance


def check_number(instance: Instance, p: int) -> int:
    """The number of facilities asked for; raises `UnknownName` where it is negative or there are no distances."""
    check_distances(instance)
    if p < 0:
        raise UnknownName(f"{p} facilities cannot be chosen: ask for 0 or more.")
    return p


def check_distances(instance: Instance) -> None:
    """Raises `UnknownName` where the instance has coverage in place of distances."""
    if instance.distances is None:
        raise UnknownName("p-median and p-center need the distances of an instance, and this one has coverage alone.")


def deadline(seconds: float | None) -> float:
    """The moment of `time.monotonic` after so many seconds from now; infinite for None."""
    return float("inf") if seconds is None else time.monotonic() + seconds
