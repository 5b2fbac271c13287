"""What of a route or of the network goes out of time when the services are others than they were."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from geodata.corridor import Corridor
from geodata.corridor.arcs import Bools, Floats, Ints
from geodata.coverage.classes import CLASSES
from geodata.coverage.exposure import EXPOSED
from geodata.coverage.presence import sites_for
from geodata.coverage.profile import along
from geodata.coverage.question import Question
from geodata.coverage.spent import travel
from geodata.coverage.standing import segment_ids, segments_ahead
from geodata.units import PACES

#: Per pace (a row) which of `CLASSES` are out of time at it.
OUT_OF_TIME = np.array([[name in EXPOSED[pace] for name in CLASSES] for pace in PACES])
_UNKNOWN = CLASSES.index("unknown")


@dataclass(frozen=True)
class Reading:
    """How help stands on the segments of a question: on a route in the order of travel, on the network by their ids.

    `codes` are classes as positions in `CLASSES`; `hours` ahead have a row per pace, infinite where none is ahead.
    """

    codes: Ints
    hours: Floats

    @property
    def out(self) -> Bools:
        """Per pace (a row) which segments are out of time; what is not known is not."""
        return OUT_OF_TIME[:, self.codes]


def reading(corridor: Corridor, question: Question) -> Reading:
    """The classes that `segment_classes` gives, and the hours beside them, on arrays.

    Raises `UnknownName` for what the corridor does not know.
    """
    ahead = segments_ahead(corridor, question, sites_for(corridor, question))
    codes = ahead.codes(question.window_hours)
    missed = np.isin(codes, [CLASSES.index("gap"), CLASSES.index("none_ahead")])
    if missed.any():
        hoped = segments_ahead(corridor, question, sites_for(corridor, question, possible=True))
        in_hope = hoped.codes(question.window_hours) <= CLASSES.index("fast_only")
        codes = np.where(missed & in_hope, _UNKNOWN, codes)
    order = _order(corridor, question)
    return Reading(codes[order], ahead.hours[:, order])


def own_amounts(corridor: Corridor, question: Question) -> Floats:
    """What each segment of a reading takes: a row of its own hours per pace, then one of its km on the ellipsoid.

    Of the network only the km: its hours are no journey, and are NaN.
    """
    if question.route is not None:
        return travel(corridor, question).amounts
    segments = corridor.segments.iloc[segment_ids(corridor, question)]
    km = (segments["to_km"] - segments["from_km"]).to_numpy()
    return np.vstack([np.full((len(PACES), len(km)), np.nan), km])


def lost(before: Reading, after: Reading, amounts: Floats) -> dict[str, float]:
    """What goes out of time at each pace, and what is no longer known, from one reading to the other; never negative.

    `added_low_hours` … `added_high_hours` with the hours of that pace, `added_low_km` … `added_high_km`,
    `added_unknown_hours` (typical pace) and `added_unknown_km`. What was out of time and is now not known is taken off
    nothing: a lost service makes nothing better.
    """
    newly = after.out & ~before.out
    unknown = (after.codes == _UNKNOWN) & (before.codes != _UNKNOWN)
    hours, km = amounts[: len(PACES)], amounts[-1]
    return {
        **{f"added_{pace}_hours": float(hours[row][newly[row]].sum()) for row, pace in enumerate(PACES)},
        "added_unknown_hours": float(hours[1][unknown].sum()),
        **{f"added_{pace}_km": float(km[newly[row]].sum()) for row, pace in enumerate(PACES)},
        "added_unknown_km": float(km[unknown].sum()),
    }


def _order(corridor: Corridor, question: Question) -> Ints | slice:
    """The positions, among the segments as they are reckoned, of those of `along`."""
    if question.route is None:
        return slice(None)
    ids = np.argsort(segments := segment_ids(corridor, question))
    found: Ints = ids[np.searchsorted(segments[ids], along(corridor, question).index.to_numpy())]
    return found
