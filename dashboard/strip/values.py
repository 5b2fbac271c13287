"""The strip as values: the rows of its equal table, and the figures of its text alternative."""

from __future__ import annotations

from dashboard.strip.curve import chains, value_at
from dashboard.strip.data import Run, Stop, StripData
from dashboard.strip.stops import Piece, pieces
from dashboard.strip.words import class_hours

Value = str | float | int | bool | None | tuple[str, ...]


def strip_rows(data: StripData) -> list[dict[str, Value]]:
    """The strip's table: one row per part of a leg in one class, in the order of travel; together they are the route.

    leg_id, from_place, to_place (ids of the leg's ends in the order of travel), from_hours, to_hours, from_km, to_km
    (from the route's start), country_iso3 ("" at sea), class, unconfirmed, low, typical and high hours ahead where she
    enters it (None: none ahead or not known), mode, basis, here (services at its first place), per lane the classes
    met in it, the institutions by role at its first place and the counts of reports that touch it.
    """
    return [{**_part(data, piece), **_lanes(data, piece), **_marks(data, piece)} for piece in pieces(data)]


def _part(data: StripData, piece: Piece) -> dict[str, Value]:
    stretch, run = piece.stretch, piece.run
    km = [_km_at(piece, at_hours) for at_hours in (piece.from_hours, piece.to_hours)]
    low, typical, high = hours_ahead_at(piece)
    return {
        "leg_id": stretch.leg_id,
        "from_place": stretch.from_place,
        "to_place": stretch.to_place,
        "from_hours": piece.from_hours,
        "to_hours": piece.to_hours,
        "from_km": km[0],
        "to_km": km[1],
        "country_iso3": next(
            code for start, end, code in data.countries if end > piece.from_hours or end >= data.hours
        ),
        "class": run.run_class,
        "unconfirmed": run.unconfirmed,
        "low_hours": low,
        "typical_hours": typical,
        "high_hours": high,
        "mode": stretch.mode,
        "basis": stretch.basis,
    }


def _km_at(piece: Piece, at_hours: float) -> float:
    stretch = piece.stretch
    hours = stretch.end_hours - stretch.start_hours
    share = (at_hours - stretch.start_hours) / hours if hours > 0 else 0.0
    return stretch.start_km + (stretch.end_km - stretch.start_km) * share


def hours_ahead_at(piece: Piece) -> tuple[float | None, float | None, float | None]:
    """Low, typical and high hours ahead where she enters the piece; None where none is ahead or it is not known."""
    one = piece.stretch
    if not one.ends_known:
        return None, None, None
    ends = ((one.low_start, one.low_end), (one.typical_start, one.typical_end), (one.high_start, one.high_end))
    lines = [((one.start_hours, start or 0.0), (one.end_hours, end or 0.0)) for start, end in ends]
    low, typical, high = (value_at(line, piece.from_hours) for line in lines)
    return low, typical, high


def _lanes(data: StripData, piece: Piece) -> dict[str, Value]:
    return {f"class_{lane.capability}": _met(lane.runs, piece) for lane in data.lanes}


def _met(runs: tuple[Run, ...], piece: Piece) -> tuple[str, ...]:
    """The classes met in a piece, in the order of travel, each once."""
    touching = [run.run_class for run in runs if run.to_hours > piece.from_hours and run.from_hours < piece.to_hours]
    return tuple(dict.fromkeys(touching))


def _marks(data: StripData, piece: Piece) -> dict[str, Value]:
    at = piece.stretch.from_place if piece.from_hours <= piece.stretch.start_hours else ""
    state = {f"state_{role}": 0 for role in ("protective", "mixed", "control")}
    for mark in (one for one in data.state if one.place_id == at):
        state[f"state_{mark.role}"] += mark.count
    services = tuple(mark.status for mark in data.services if mark.place_id == at)
    told = [one for one in data.reports if one.to_hours >= piece.from_hours and one.from_hours < piece.to_hours]
    return {**state, "services": services, "reports": tuple(str(one.count) for one in told)}


def strip_summary(data: StripData) -> dict[str, Value]:
    """The figures that say in words what the strip shows.

    hours, km (the route's), hours_<class> for all six (they add up to hours), peak_place with peak_low, peak_typical
    and peak_high (the most hours ahead at the usual pace; "" and None where nothing is ahead anywhere), services
    (places with one), longest_late_from, longest_late_to and longest_late_hours (the longest part that is not in time
    at the usual pace: fast only, gap or none ahead; "" and 0 where there is none).
    """
    by_class: dict[str, Value] = {f"hours_{name}": value for name, value in class_hours(data.runs).items()}
    services = len({mark.place_id for mark in data.services if mark.status != "possible"})
    return {"hours": data.hours, "km": data.km, "services": services, **by_class, **_peak(data), **_longest_late(data)}


def _peak(data: StripData) -> dict[str, Value]:
    peak = max(chains(data), key=lambda piece: piece.top.typical, default=None)
    if peak is None:
        return {"peak_place": "", "peak_low": None, "peak_typical": None, "peak_high": None}
    place, top = _stop_at(data, peak.from_hours).place_id, peak.top
    return {"peak_place": place, "peak_low": top.low, "peak_typical": top.typical, "peak_high": top.high}


def _stop_at(data: StripData, at_hours: float) -> Stop:
    return min(data.stops, key=lambda stop: abs(stop.at_hours - at_hours))


def _longest_late(data: StripData) -> dict[str, Value]:
    late: list[tuple[float, float]] = []
    for run in (one for one in data.runs if one.run_class in ("fast_only", "gap", "none_ahead")):
        start = late.pop()[0] if late and abs(late[-1][1] - run.from_hours) < 1e-6 else run.from_hours
        late.append((start, run.to_hours))
    if not late:
        return {"longest_late_from": "", "longest_late_to": "", "longest_late_hours": 0.0}
    start, end = max(late, key=lambda span: span[1] - span[0])
    from_place, to_place = _stop_at(data, start).place_id, _stop_at(data, end).place_id
    return {"longest_late_from": from_place, "longest_late_to": to_place, "longest_late_hours": end - start}
