"""Reports of violence as they may be shown: published figures as printed, imported ones only as protected counts."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
from shapely import Point, STRtree

from geodata.corridor import Corridor
from geodata.corridor.geodesy import distance_km
from geodata.protection import shown_count
from geodata.units import Km, Month, first_day, quarter

#: The measure of records that come one by one from an imported release; all others are figures that somebody printed.
IMPORTED_MEASURE = "dead_and_missing"
#: A coarsened point this far from a leg's schematic line is not laid on it.
LAID_KM = Km(30.0)
SHOWN_MONTHS = 12


def published_reports(corridor: Corridor, as_of: Month) -> pd.DataFrame:
    """Published figures with a place or a stretch on the corridor, whose period ended in the year up to the date.

    Columns as in `incident_reports`, index `report_id`, latest first. Windows overlap and persons repeat: the figures
    are shown beside each other and never added up.
    """
    reports = all_reports(corridor)
    first, last = str(as_of.plus(1 - SHOWN_MONTHS)), str(as_of)
    ended = reports["period_end"].str[:7]
    placed = (reports["place_id"] != "") | (reports["stretch_of_occurrence"] != "")
    shown = reports[(reports["measure"] != IMPORTED_MEASURE) & placed & (ended >= first) & (ended <= last)]
    return shown.sort_values(["period_end", "period_start"], ascending=False, kind="stable")


def imported_counts(corridor: Corridor, as_of: Month, days: tuple[date, date] | None = None) -> pd.DataFrame:
    """Imported records per leg in the as-of date's quarter, as they may be shown. Index leg_id, column `shown` (text).

    Counts are persons dead or missing; small ones are masked and the rest rounded (`protection.shown_count`). A record
    whose coarsened point lies more than 30 km from every leg is on none. A leg without records has no row. With `days`
    only records that begin from the one to the other, both included, are counted.
    """
    kept = _laid_records(corridor, as_of)
    if days is not None:
        kept = kept[(kept["day"] >= days[0]) & (kept["day"] <= days[1])]
    counts = kept[kept["leg_id"] != ""].groupby("leg_id")["count"].sum()
    return pd.DataFrame({"shown": counts.map(shown_count).astype("str")}, index=counts.index)


def _laid_records(corridor: Corridor, as_of: Month) -> pd.DataFrame:
    """The quarter's imported records with a point: their `day`, their `count` and their `leg_id`."""
    months = [str(month) for month in quarter(as_of)]

    def made() -> pd.DataFrame:
        reports = all_reports(corridor)
        dated = reports["period_start"].str[:7].isin(months) & reports["lat"].notna()
        kept = reports[(reports["measure"] == IMPORTED_MEASURE) & dated]
        days = [first_day(text) for text in kept["period_start"]]
        return pd.DataFrame({"day": days, "count": kept["count"], "leg_id": nearest_legs(corridor, kept)})

    return corridor.remembered(("laid_records", months[0]), made, of_services=False)


def nearest_legs(corridor: Corridor, reports: pd.DataFrame) -> pd.Series[str]:
    """For each report with a point the nearest leg within 30 km ("" = none), on the same index. Of equals the first leg."""
    tree = STRtree([corridor.lines[leg].geometry for leg in corridor.legs.index])
    spots = [Point(lon, lat) for lon, lat in zip(reports["lon"], reports["lat"], strict=True)]
    names = np.full(len(reports), "", dtype=object)
    spot, leg = tree.query_nearest(spots, all_matches=True) if spots else (np.array([], int), np.array([], int))
    for index, position in sorted(zip(spot.tolist(), leg.tolist(), strict=True), reverse=True):
        line = corridor.lines[corridor.legs.index[position]].geometry
        near = line.interpolate(line.project(spots[index]))
        close = distance_km(spots[index].x, spots[index].y, near.x, near.y) <= LAID_KM
        names[index] = corridor.legs.index[position] if close else ""
    return pd.Series(names, index=reports.index, dtype="str")


def all_reports(corridor: Corridor) -> pd.DataFrame:
    """Every row of `incident_reports`, index `report_id`: not to be shown as it is, nor to be changed."""

    def made() -> pd.DataFrame:
        return corridor.snapshot.table("incident_reports").set_index("id").rename_axis("report_id")

    return corridor.remembered("reports", made, of_services=False)
