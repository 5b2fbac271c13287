"""The words of a strip: which text is asked for with which values. The texts themselves stand in the catalogues."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.strip.curve import chains
from dashboard.strip.data import ReportFigure, Run, Stop, Stretch, StripData
from dashboard.text import Texts
from geodata.units import Month

#: Windows with a reason of their own: what must start within them.
NAMED_WINDOWS = {("clinical_care", 72.0): "strip.window_72", ("clinical_care", 120.0): "strip.window_120"}


def capability_name(capability: str, texts: Texts) -> str:
    """The name of what is asked for: a capability, or the next institution with a role (`state:protective`)."""
    return texts(f"capability.{capability.replace(':', '_')}")


def next_name(capability: str, texts: Texts) -> str:
    """The next service of a capability, as it stands within a sentence ("the next …")."""
    return texts(f"capability.{capability.replace(':', '_')}.next")


def country_name(code: str, texts: Texts) -> str:
    """The country's name; open water has a word of its own."""
    return texts.country(code) if code else texts("strip.at_sea")


def title(data: StripData, texts: Texts) -> str:
    """The name by which the figure is announced."""
    month = texts.month(Month.parse(data.as_of))
    return texts("strip.title", route=data.route_name, capability=next_name(data.capability, texts), month=month)


def description(data: StripData, texts: Texts) -> str:
    """What the figure shows, in a few sentences with its main figures."""
    ends = {"start": data.stops[0].name, "end": data.stops[-1].name}
    parts = [texts("strip.desc", **ends, hours=texts.hours(data.hours), window=texts.hours(data.window_hours))]
    peak = max(chains(data), key=lambda chain: chain.top.typical, default=None)
    if peak:
        place = min(data.stops, key=lambda stop: abs(stop.at_hours - peak.from_hours)).name
        top = texts.range_of(peak.top.low, peak.top.typical, peak.top.high)
        parts.append(texts("strip.desc_peak", place=place, range=top))
    parts += [
        texts("strip.desc_class", class_name=texts(f"class.{name}"), hours=texts.hours(hours))
        for name, hours in class_hours(data.runs).items()
    ]
    if data.proposals:
        named = [f"{one.number}. {one.name}" for one in data.proposals]
        parts.append(texts("strip.proposed", places=texts.list_of(named)))
    return " ".join([*parts, texts("strip.desc_table")])


def class_hours(runs: Iterable[Run]) -> dict[str, float]:
    """Hours of travel by class, in the order in which the classes are met; they add up to the runs' hours."""
    hours: dict[str, float] = {}
    for run in runs:
        hours[run.run_class] = hours.get(run.run_class, 0.0) + run.to_hours - run.from_hours
    return hours


def window_words(data: StripData, texts: Texts) -> str:
    """The label of the window's line."""
    key = NAMED_WINDOWS.get((data.capability, data.window_hours), "strip.window")
    return texts(key, hours=texts.hours(data.window_hours))


def stop_words(stop: Stop, data: StripData, texts: Texts) -> str:
    """The full sentence of a stop."""
    values = {
        "place": stop.name,
        "country": country_name(stop.country_iso3, texts),
        "at": texts.hours(stop.at_hours),
        "capability": capability_name(data.capability, texts),
    }
    if stop.here:
        return texts("strip.stop_here", **values)
    if stop.low_hours is None or stop.typical_hours is None or stop.high_hours is None:
        return texts("strip.stop_unknown" if stop.unknown else "strip.stop_none", **values)
    return texts("strip.stop", **values, range=texts.range_of(stop.low_hours, stop.typical_hours, stop.high_hours))


def stretch_words(first: Stretch, last: Stretch, worst_class: str, data: StripData, texts: Texts) -> str:
    """The full sentence of one or several neighbouring stretches, with the hours ahead where she enters them."""
    values = {
        "start": data.name_of(first.from_place),
        "end": data.name_of(last.to_place),
        "hours": texts.hours(last.end_hours - first.start_hours),
        "class_name": texts(f"class.{worst_class}"),
        "capability": capability_name(data.capability, texts),
    }
    if first.low_start is None or first.typical_start is None or first.high_start is None:
        return texts("strip.stretch_blank", **values)
    return texts(
        "strip.stretch", **values, range=texts.range_of(first.low_start, first.typical_start, first.high_start)
    )


def report_words(figure: ReportFigure, texts: Texts) -> str:
    """The figure with its measure, period and reporter, as printed, and how far beyond its stretch it was told."""
    measure = texts(f"measure.{figure.measure}")
    period = period_words(figure.period, texts)
    words = texts("strip.report", count=figure.count, measure=measure, reporter=figure.reporter, period=period)
    return (
        words
        if figure.lag_hours is None
        else texts("strip.report_lag", report=words, lag=texts.hours(figure.lag_hours))
    )


def period_words(period: str, texts: Texts) -> str:
    """A period (two dates joined by "/", or one) in short months; both ends in one month are that month."""
    months = [Month.parse(part[:7]) if len(part) > 4 else part for part in period.split("/")]
    written = [texts.month_short(month) if isinstance(month, Month) else month for month in months]
    return "–".join(dict.fromkeys(written))
