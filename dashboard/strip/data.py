"""What a strip is drawn from: plain, frozen values along one route in its direction of travel."""

from __future__ import annotations

from dataclasses import dataclass

#: Classes in the order from good to bad; unknown is told before all. Those of the State's roles stand beside them.
SEVERITY = (
    *("covered", "protective", "whole", "heard_with_reports", "ready"),
    *("usual_pace", "mixed", "legal_aid", "heard_quiet", "pending"),
    *("fast_only", "control", "shelter", "deaf_with_reports", "present_without"),
    *("gap", "psychosocial", "none_ahead", "absent", "clinical_care", "deaf_silent", "not_ready"),
    *("unknown", "not_assessed"),
)
ROLES = ("protective", "mixed", "control")
SERVICE_STATUSES = ("planned", "confirmed", "listed", "possible")


@dataclass(frozen=True)
class Stop:
    """A place of the route. Hours and km from the route's start; hours ahead None where nothing is ahead or not known.

    `here`: the service asked for stands at this place. `unknown`: the way onward is not known at the date.
    """

    place_id: str
    name: str
    country_iso3: str
    at_hours: float
    at_km: float
    low_hours: float | None = None
    typical_hours: float | None = None
    high_hours: float | None = None
    here: bool = False
    unknown: bool = False


@dataclass(frozen=True)
class Stretch:
    """One leg of the route. Hours and km from the route's start, at typical pace.

    The hours ahead are those just after she leaves its start (so not zero beside a service) and when she reaches its
    end; None where nothing is ahead or not known. `backward`: the leg is travelled from its `to_place` to its
    `from_place`; `from_place` and `to_place` here are already in the order of travel.
    """

    leg_id: str
    from_place: str
    to_place: str
    mode: str
    basis: str
    valid: bool
    backward: bool
    start_hours: float
    end_hours: float
    start_km: float
    end_km: float
    low_start: float | None = None
    typical_start: float | None = None
    high_start: float | None = None
    low_end: float | None = None
    typical_end: float | None = None
    high_end: float | None = None

    @property
    def ends_known(self) -> bool:
        """Whether all three readings are there at both ends."""
        readings = (self.low_start, self.typical_start, self.high_start, self.low_end, self.typical_end, self.high_end)
        return None not in readings

    def leg_km_at(self, at_hours: float) -> float:
        """The measure along the leg, from its own first place, that she reaches so many hours after the route's start."""
        hours = self.end_hours - self.start_hours
        share = (at_hours - self.start_hours) / hours if hours > 0 else 0.0
        return (self.end_km - self.start_km) * (1 - share if self.backward else share)

    def hours_at_leg_km(self, leg_km: float) -> float:
        """The inverse of `leg_km_at`: hours from the route's start; beyond the leg's ends, its ends."""
        length_km = self.end_km - self.start_km
        share = min(1.0, max(0.0, leg_km / length_km)) if length_km > 0 else 0.0
        return self.start_hours + (self.end_hours - self.start_hours) * (1 - share if self.backward else share)


@dataclass(frozen=True)
class Run:
    """Neighbouring segments of one class. Hours and km from the route's start.

    `unconfirmed`: the class rests on a service that no source confirmed lately.
    """

    run_class: str
    from_hours: float
    to_hours: float
    from_km: float
    to_km: float
    unconfirmed: bool = False


@dataclass(frozen=True)
class Border:
    """Where the route passes from one country into another ("" = at sea), in hours from its start."""

    at_hours: float
    from_country: str
    to_country: str


@dataclass(frozen=True)
class Lane:
    """The classes of one capability along the route."""

    capability: str
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class ServiceMark:
    """Services of the chosen capability at one place, by the best status among them."""

    place_id: str
    at_hours: float
    status: str
    count: int = 1


@dataclass(frozen=True)
class StateMark:
    """Institutions of one role at one place. `confirmed`: a source saw at least one of them at work lately."""

    place_id: str
    at_hours: float
    role: str
    count: int = 1
    confirmed: bool = False


@dataclass(frozen=True)
class ReportFigure:
    """A published count of reports, as printed: never added up, and not where things happened but where they were told.

    `period` is written as in the data (YYYY-MM-DD/YYYY-MM-DD). At one place `from_hours` equals `to_hours`.
    `told_at`: where on the journey it was told, if not on that part of it; `lag_hours`: travel from its end to there.
    """

    from_hours: float
    to_hours: float
    count: int
    measure: str
    reporter: str
    period: str
    told_at: float | None = None
    lag_hours: float | None = None


@dataclass(frozen=True)
class Silence:
    """A stretch by whether a report could be made from it: `deaf`, `deaf_with_reports`, `quiet`, `not_assessed`."""

    from_hours: float
    to_hours: float
    kind: str


@dataclass(frozen=True)
class Proposal:
    """A place of the route that a question proposes, with its rank from 1."""

    place_id: str
    at_hours: float
    number: int
    name: str


@dataclass(frozen=True)
class StripData:
    """A whole strip. `as_of` is YYYY-MM; `selected` is "", "leg:<leg_id>@<km>" or "place:<place_id>".

    `class_row` is the key of the ribbon's name.
    """

    route_name: str
    capability: str
    direction: str
    as_of: str
    status: str
    window_hours: float
    stops: tuple[Stop, ...]
    stretches: tuple[Stretch, ...]
    runs: tuple[Run, ...]
    borders: tuple[Border, ...] = ()
    lanes: tuple[Lane, ...] = ()
    services: tuple[ServiceMark, ...] = ()
    state: tuple[StateMark, ...] = ()
    reports: tuple[ReportFigure, ...] = ()
    silences: tuple[Silence, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    selected: str = ""
    class_row: str = "strip.class_row"

    @property
    def hours(self) -> float:
        """Hours of travel of the whole route at typical pace, waits not counted."""
        return self.stretches[-1].end_hours

    @property
    def km(self) -> float:
        """Length of the whole route in km on the ellipsoid."""
        return self.stretches[-1].end_km

    def name_of(self, place_id: str) -> str:
        """The name of one of the route's places; KeyError where the route does not pass it."""
        return {stop.place_id: stop.name for stop in self.stops}[place_id]

    @property
    def selected_hours(self) -> float | None:
        """Where the selection lies, in hours from the start; None where nothing on this route is selected."""
        kind, _, rest = self.selected.partition(":")
        if kind == "place":
            return next((stop.at_hours for stop in self.stops if stop.place_id == rest), None)
        leg_id, _, km = rest.rpartition("@")
        stretch = next((one for one in self.stretches if kind == "leg" and one.leg_id == leg_id), None)
        return stretch.hours_at_leg_km(float(km)) if stretch else None

    @property
    def countries(self) -> tuple[tuple[float, float, str], ...]:
        """From hours, to hours and code ("" = at sea) of each country in the order of travel."""
        first = self.borders[0].from_country if self.borders else self.stops[0].country_iso3
        cuts = [0.0, *(border.at_hours for border in self.borders), self.hours]
        codes = [first, *(border.to_country for border in self.borders)]
        return tuple(zip(cuts[:-1], cuts[1:], codes, strict=True))
