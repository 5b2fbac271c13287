"""Strips for tests: from legs whose hours are known, with what follows from them worked out in another way."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dashboard.strip import Border, Lane, ReportFigure, Run, ServiceMark, StateMark, Stop, Stretch, StripData

CLASSES = ("covered", "usual_pace", "fast_only", "gap", "none_ahead", "unknown")
Hours = tuple[float, float, float]


@dataclass(frozen=True)
class Leg:
    """From, to, low/typical/high hours, km and the country in which it ends."""

    start: str
    end: str
    hours: Hours
    km: float
    country: str = "PAN"
    mode: str = "bus"
    valid: bool = True


#: By Acandí to the shelter at Costa Rica's southern border, hours as published.
DARIEN = (
    Leg("Necoclí", "Acandí", (1.3, 1.5, 2.0), 54, "COL", "boat"),
    Leg("Acandí", "Campamento n.º 2", (0.75, 0.75, 1.5), 12, "COL", "road"),
    Leg("Campamento n.º 2", "Loma Tuquesa", (6, 8, 12), 11, "COL", "on_foot_trail"),
    Leg("Loma Tuquesa", "Come Gallina", (31, 60, 223), 3, "PAN", "on_foot_trail"),
    Leg("Come Gallina", "Bajo Chiquito", (2.5, 3, 4), 23, "PAN", "boat"),
    Leg("Bajo Chiquito", "Lajas Blancas", (4, 4.5, 7), 15, "PAN", "boat"),
    Leg("Lajas Blancas", "Metetí", (0.43, 0.63, 0.94), 22),
    Leg("Metetí", "Ciudad de Panamá", (3.6, 5.3, 7.9), 178),
    Leg("Ciudad de Panamá", "David", (6.5, 7, 8), 326),
    Leg("David", "Paso Canoas", (0.8, 1, 1.5), 45),
    Leg("Paso Canoas", "EMI Sur", (0.3, 0.4, 1), 22, "CRI"),
)
OPEN_IN_FEBRUARY = ("Bajo Chiquito", "Lajas Blancas", "EMI Sur")
OPEN_IN_APRIL = ("EMI Sur",)


def strip_of(legs: Sequence[Leg], services: Sequence[str], window: float = 72.0, **more: object) -> StripData:
    """A strip over legs with services at the named places; what has none ahead is so, what is not valid is unknown."""
    ahead = _ahead(legs, services)
    starts = [sum(leg.hours[1] for leg in legs[:n]) for n in range(len(legs) + 1)]
    kms = [sum(leg.km for leg in legs[:n]) for n in range(len(legs) + 1)]
    names = [legs[0].start, *(leg.end for leg in legs)]
    countries = [legs[0].country, *(leg.country for leg in legs)]
    stretches = tuple(_stretch(leg, ahead[n + 1], starts[n], kms[n]) for n, leg in enumerate(legs))
    runs = tuple(run for stretch in stretches for run in class_runs(stretch, window))
    stops = tuple(
        Stop(name, name, country, at, km, *(hours or (None,) * 3), name in services)
        for name, country, at, km, hours in zip(names, countries, starts, kms, ahead, strict=True)
    )
    borders = tuple(
        Border(starts[n], countries[n], countries[n + 1]) for n in range(len(legs)) if countries[n] != countries[n + 1]
    )
    marks = tuple(ServiceMark(stop.place_id, stop.at_hours, "listed") for stop in stops if stop.here)
    made = StripData(
        "De Necoclí al sur de Costa Rica",
        "clinical_care",
        "northbound",
        "2024-04",
        "listed",
        window,
        stops,
        stretches,
        runs,
        borders,
        services=marks,
    )
    return replace(made, **more)  # type: ignore[arg-type]


def _ahead(legs: Sequence[Leg], services: Sequence[str]) -> list[Hours | None]:
    """Hours ahead at each place, reckoned from the end backwards."""
    hours: Hours | None = (0.0, 0.0, 0.0) if legs[-1].end in services else None
    found = [hours]
    for leg in reversed(legs):
        if leg.start in services:
            hours = (0.0, 0.0, 0.0)
        elif hours is not None and leg.valid:
            hours = (hours[0] + leg.hours[0], hours[1] + leg.hours[1], hours[2] + leg.hours[2])
        else:
            hours = None
        found.append(hours)
    return found[::-1]


def _stretch(leg: Leg, end: Hours | None, at: float, km: float) -> Stretch:
    known = {}
    if end is not None and leg.valid:
        for pace, own, ahead in zip(("low", "typical", "high"), leg.hours, end, strict=True):
            known |= {f"{pace}_start": ahead + own, f"{pace}_end": ahead}
    return Stretch(
        f"{leg.start}__{leg.end}".replace(" ", "_"), leg.start, leg.end, leg.mode, "published", leg.valid, False,
        at, at + leg.hours[1], km, km + leg.km, **known,
    )  # fmt: skip


def class_runs(stretch: Stretch, window: float) -> list[Run]:
    """The runs of one stretch, cut where a reading crosses the window."""
    ends = [
        (stretch.low_start, stretch.low_end),
        (stretch.typical_start, stretch.typical_end),
        (stretch.high_start, stretch.high_end),
    ]
    known = [(start, end) for start, end in ends if start is not None and end is not None]
    crossings = [(start - window) / (start - end) for start, end in known if end < window < start]
    cuts = sorted({0.0, *crossings, 1.0})
    return [_run(stretch, known, first, last, window) for first, last in itertools.pairwise(cuts)]


def _run(stretch: Stretch, known: list[tuple[float, float]], first: float, last: float, window: float) -> Run:
    middle = (first + last) / 2
    at = [start + (end - start) * middle for start, end in known]
    late = sum(hours > window for hours in at)
    blank = "none_ahead" if stretch.valid else "unknown"
    name = ("covered", "usual_pace", "fast_only", "gap")[late] if at else blank
    hours, km = stretch.end_hours - stretch.start_hours, stretch.end_km - stretch.start_km
    return Run(
        name,
        stretch.start_hours + hours * first,
        stretch.end_hours if last == 1.0 else stretch.start_hours + hours * last,
        stretch.start_km + km * first,
        stretch.end_km if last == 1.0 else stretch.start_km + km * last,
    )


def full(data: StripData, capabilities: Sequence[str]) -> StripData:
    """The same strip with a lane per capability, State presence of every role and a published figure."""
    spots = [(stop.place_id, stop.at_hours) for stop in data.stops[::2]]
    state = tuple(
        StateMark(place, at, role, 1, True) for place, at in spots for role in ("protective", "mixed", "control")
    )
    trail = (data.stretches[1].start_hours, data.stretches[3].end_hours)
    report = ReportFigure(*trail, 208, "survivors_treated", "MSF", "2024-02-01/2024-02-29")
    return replace(data, lanes=tuple(Lane(name, data.runs) for name in capabilities), state=state, reports=(report,))


FEBRUARY = strip_of(DARIEN, OPEN_IN_FEBRUARY, as_of="2024-02")
APRIL = strip_of(DARIEN, OPEN_IN_APRIL)
