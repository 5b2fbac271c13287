"""Indicators of what is published: persons counted by sex, reports by sex."""

from __future__ import annotations

import pandas as pd

from geodata.coverage.reports import IMPORTED_MEASURE
from geodata.coverage.stays import covers
from geodata.indicators.figure import Asked, Figure, no_information, sources_of


def months_with_sex(asked: Asked) -> Figure:
    """The share (0 to 1) of the period's months for which a count of persons at a crossing of the country was published by sex.

    Low and typical ask for a count of that very month; high also takes a count of a longer period, and the months of
    which no count was found. Rows are published counts; left out are those months. No count at all: no information.
    """
    flows = _flows(asked)
    months = asked.period.months
    counted = [flows[flows["period"].map(lambda period, at=month: covers(period, at)).astype(bool)] for month in months]
    silent = sum(rows.empty for rows in counted)
    if silent == len(months):
        return no_information(left_out=silent)
    monthly = [bool((rows["by_sex"] & (rows["period"].str.len() == 7)).any()) for rows in counted]
    at_most = [rows.empty or bool(rows["by_sex"].any()) for rows in counted]
    share, most = sum(monthly) / len(months), sum(at_most) / len(months)
    used = pd.concat(counted).drop_duplicates()
    return Figure(share, share, most, len(used), silent, sources_of(used))


def _flows(asked: Asked) -> pd.DataFrame:
    """The counts at the country's crossings, with `by_sex`: women, or female persons of all ages, are told."""
    crossings = asked.table("crossings")
    own = crossings["id"][crossings["country_iso3"] == asked.country]
    flows = asked.table("flows")
    flows = flows[flows["crossing"].isin(own)]
    return flows.assign(by_sex=flows["women"].notna() | flows["female_all_ages"].notna())


def reports_with_sex(asked: Asked) -> Figure:
    """The share (0 to 1) of the published figures on violence, whose period ended in this one, that tell how many were female.

    Zero where figures were published and none does. No figure: no information. Records imported one by one are no
    published figures.
    """
    reports = asked.table("incident_reports")
    ended = reports["period_end"].map(asked.period.holds).astype(bool)
    published = (reports["country_iso3"] == asked.country) & (reports["measure"] != IMPORTED_MEASURE)
    there = reports[ended & published]
    if there.empty:
        return no_information()
    share = float(there["count_female"].notna().mean())
    return Figure(share, share, share, len(there), 0, sources_of(there))
