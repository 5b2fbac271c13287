"""Indicators that count services and institutions: on record, closed, or with something published of them."""

from __future__ import annotations

import pandas as pd

from geodata.corridor.arcs import ordinal
from geodata.coverage.presence import confirmed_mask, has_capability, open_mask
from geodata.indicators.figure import Asked, Figure, no_information, observed, sources_of
from geodata.units import open_at

SERVICE_SOURCES = ("source_id", "confirmed_source_id")


def services_on_record(asked: Asked) -> Figure:
    """Public services of the capability on the corridor at the period's end: confirmed (low), listed (typical and high).

    Zero where some had been on record by then and none is open; no information where none ever was. Left out: open ones
    that stand nowhere on the corridor, are not public, or were never seen at work.
    """
    services, capability = asked.corridor.services, asked.indicator.capability
    able = services[has_capability(services["capabilities"], capability)]
    return _on_record(asked, able, len(_open_rows(asked, capability)), SERVICE_SOURCES)


def institutions_on_record(asked: Asked) -> Figure:
    """Institutions of the indicator's role, or of its kinds, on the corridor at the period's end: confirmed, listed, listed.

    Zero and no information as for services. Left out: open ones that stand nowhere on the corridor.
    """
    presence, indicator = asked.corridor.state_presence, asked.indicator
    able = presence["kind"].isin(indicator.kinds) if indicator.kinds else presence["role"] == indicator.role
    there = presence[able & (presence["country_iso3"] == asked.country)]
    return _on_record(asked, there, int(open_mask(there, asked.as_of).sum()), ("source_id",))


def _on_record(asked: Asked, sites: pd.DataFrame, open_rows: int, sources: tuple[str, ...]) -> Figure:
    by_then = sites["since"] <= ordinal(asked.as_of)
    known = sites[(sites["country_iso3"] == asked.country) & (sites["at_place"] != "") & by_then]
    listed = int(open_mask(known, asked.as_of).sum())
    if known.empty:
        return no_information(left_out=open_rows)
    confirmed = int(confirmed_mask(known, asked.as_of).sum())
    return Figure(confirmed, listed, listed, len(known), open_rows - listed, sources_of(known, sources))


def _open_rows(asked: Asked, capability: str = "") -> pd.DataFrame:
    """Every service open in the country at the period's end, whether or not it may be shown: to be counted, no more."""
    table = asked.table("services")
    there = table[table["country_iso3"] == asked.country]
    if capability:
        able = [has_capability(there[column], capability) for column in ("capabilities", "possible_capabilities")]
        there = there[able[0] | able[1]]
    kept = [open_at(*ends, asked.as_of) for ends in zip(there["opened"], there["closed"], strict=True)]
    return there[pd.Series(kept, index=there.index, dtype=bool)]


def services_with_column(asked: Asked) -> Figure:
    """The share (0 to 1) of the public services open at the period's end of which the column is published.

    Left out: those that are not public, or were never seen at work. No open service, no information.
    """
    services = asked.corridor.services
    there = services[(services["country_iso3"] == asked.country) & (services["capabilities"] != "")]
    listed = there[open_mask(there, asked.as_of)]
    left_out = len(_open_rows(asked)) - len(listed)
    if listed.empty:
        return no_information(left_out)
    share = float((listed[asked.indicator.published] != "").mean())
    return Figure(share, share, share, len(listed), left_out, sources_of(listed, SERVICE_SOURCES))


def services_closed(asked: Asked) -> Figure:
    """Public services on record that closed in the period, whatever the cause, which is not recorded.

    A closing known only by year counts in that year; in a month it counts as January (typical), or may have been then
    (high), and not at all in low. Zero only where every service still open was seen at work at the period's end or
    after it; left out are those that were not, since they may have closed unnoticed. No service, no information.
    """
    there = _services_before(asked)
    if there.empty:
        return no_information(left_out=len(_open_rows(asked)))
    dated = there["closed"].map(asked.period.holds).astype(bool)
    by_year = there["closed"] == f"{asked.period.first.year:04d}"
    whole_year = len(asked.period.months) == 12
    counted = [
        dated | (by_year & whole_year),
        dated | (by_year & (asked.period.first.month == 1)),
        dated | by_year,
    ]
    unseen = there["seen"] < asked.period.last.end.toordinal()
    doubts = int((~counted[2] & unseen).sum())
    low, typical, high = (observed(int(mask.sum()), doubts) for mask in counted)
    return Figure(low, typical, high, len(there), doubts, sources_of(there, SERVICE_SOURCES))


def _services_before(asked: Asked) -> pd.DataFrame:
    """The public services of the country, seen at work at some time, that were on record and not closed before the period."""
    services, indicator = asked.corridor.services, asked.indicator
    able = has_capability(services["capabilities"], indicator.capability)
    if not indicator.capability:
        able = services["capabilities"] != ""
    there = services[able & (services["country_iso3"] == asked.country)]
    closed_this_year = there["closed"] == f"{asked.period.first.year:04d}"
    open_then = (there["until"] >= ordinal(asked.period.first)) | closed_this_year
    return there[(there["since"] <= ordinal(asked.period.last)) & open_then]
