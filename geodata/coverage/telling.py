"""What was told of a stretch: published figures, where each was made, and how far beyond the stretch that is."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from geodata.corridor import Corridor
from geodata.coverage.hearing import capacity_bands, journey, silence_question, travel_hours
from geodata.coverage.question import Question
from geodata.coverage.reports import IMPORTED_MEASURE, all_reports
from geodata.units import PACES, Month, first_day, last_day, quarter

#: Where a figure was made: on its stretch, at a place elsewhere, or at a place that is published in words only.
MADE = ("on_stretch", "elsewhere", "not_placed")
#: Of what it tells: of the stretch as it is, within the quarter; of the quarter and of another capacity too; of neither.
TOLD_OF = ("this_quarter", "across_change", "another_time")
LONGEST_QUARTER_DAYS = 92
SHARE_MEASURE = "survey_share_percent"
TOLD_COLUMNS = [
    "stretch",
    "period_start",
    "period_end",
    "kind",
    "measure",
    "count",
    "count_female",
    "count_minors",
    "reporter",
    "place_of_report",
    "place_id",
    "made",
    "low_lag_hours",
    "typical_lag_hours",
    "high_lag_hours",
    "told_of",
    "long",
    "is_share",
    "source_id",
    "caveat",
]


def told(corridor: Corridor, question: Question) -> pd.DataFrame:
    """The figures published of the route's named stretches, for the question's quarter and the year before it.

    Index report_id, latest first, columns `TOLD_COLUMNS`. `made` is one of `MADE`. The three lags are hours of travel
    along the network from the stretch's far end, in the direction of travel, to the place of report: NaN where it is not
    ahead or not known. `told_of` is one of `TOLD_OF`: this_quarter where the window reaches into the quarter and lies
    wholly in the period during which the stretch was heard (or deaf) as it is at the as-of date; across_change where it
    reaches into that part of the quarter and beyond the period, so that nobody can say which of the two it tells of.
    `long` marks windows longer than a quarter, `is_share` shares of those asked, in percent. Windows overlap and persons
    repeat: figures are never added up. Imported records are not among them. Raises `UnknownName` without a known route.
    """
    question = silence_question(question)
    return corridor.remembered(("told", question), lambda: _told(corridor, question))


def figures(corridor: Corridor, stretch: str) -> pd.DataFrame:
    """Every figure ever published of a stretch, columns as in `incident_reports`, with `first` and `last` day."""
    reports = all_reports(corridor)
    of_it = (reports["stretch_of_occurrence"] == stretch) & (reports["measure"] != IMPORTED_MEASURE)
    kept = reports[of_it & reports["count"].notna()].rename(columns={"stretch_of_occurrence": "stretch"})
    days = {"first": kept["period_start"].map(first_day), "last": kept["period_end"].map(last_day)}
    return kept.assign(**days).sort_values(["period_end", "period_start"], ascending=False, kind="stable")


def _told(corridor: Corridor, question: Question) -> pd.DataFrame:
    legs = journey(corridor, question)
    ends = legs[legs["stretch"] != ""].groupby("stretch")["to_place"].last()
    tables = [_told_of(corridor, question, str(stretch), str(end)) for stretch, end in ends.items()]
    return pd.concat(tables or [figures(corridor, "")]).reindex(columns=TOLD_COLUMNS)


def _told_of(corridor: Corridor, question: Question, stretch: str, end: str) -> pd.DataFrame:
    months = quarter(question.as_of)
    earliest, latest = first_day(str(months[0].plus(-12))), months[2].end
    found = figures(corridor, stretch)
    period = present_period(corridor, question, stretch)
    found = found[(found["first"] <= latest) & (found["last"] >= earliest)]
    own = _places_of(corridor, stretch)
    placed = [found["place_id"] == "", found["place_id"].isin(own)]
    lags = _lag_hours(corridor, question, end, found["place_id"])
    spans = zip(found["first"], found["last"], strict=True)
    length_days = pd.Series([(last - first).days + 1 for first, last in spans], index=found.index, dtype=float)
    return found.assign(
        made=np.select(placed, ["not_placed", "on_stretch"], default="elsewhere"),
        **{f"{pace}_lag_hours": lags[row] for row, pace in enumerate(PACES)},
        told_of=_told_of_quarter(found, period, months),
        long=length_days > LONGEST_QUARTER_DAYS,
        is_share=found["measure"] == SHARE_MEASURE,
    )


def present_period(corridor: Corridor, question: Question, stretch: str) -> tuple[date, date]:
    """The first and last day of the period in which the stretch was heard (or deaf) as it is at the as-of date.

    It is followed as far as any figure reaches that reaches into the quarter, at least over the quarter.
    """
    months, found = quarter(question.as_of), figures(corridor, stretch)
    start, end = first_day(str(months[0])), months[2].end
    found = found[(found["first"] <= end) & (found["last"] >= start)]
    days = [start, end, *found["first"], *found["last"]]
    first, last = (Month(day.year, day.month) for day in (min(days), max(days)))
    bands = capacity_bands(corridor, question, stretch, first, last)
    now = str(question.as_of.end)
    band = bands[(bands["from_day"] <= now) & (bands["to_day"] >= now)].iloc[0]
    return date.fromisoformat(band["from_day"]), date.fromisoformat(band["to_day"])


def _told_of_quarter(found: pd.DataFrame, period: tuple[date, date], months: list[Month]) -> np.ndarray:
    first, last = max(period[0], first_day(str(months[0]))), min(period[1], months[2].end)
    reaches = ((found["first"] <= last) & (found["last"] >= first)).to_numpy(dtype=bool)
    within = ((found["first"] >= period[0]) & (found["last"] <= period[1])).to_numpy(dtype=bool)
    return np.select([reaches & within, reaches], ["this_quarter", "across_change"], default="another_time")


def _places_of(corridor: Corridor, stretch: str) -> set[str]:
    ends = corridor.legs.loc[str(corridor.stretches.at[stretch, "legs"]).split(";"), ["from_place", "to_place"]]
    return set(ends.to_numpy().ravel())


def _lag_hours(corridor: Corridor, question: Question, end: str, places: pd.Series[str]) -> np.ndarray:
    hours = travel_hours(corridor, question)[:, corridor.places.index.get_loc(end)]
    hours = np.append(np.where(np.isfinite(hours), hours, np.nan), np.full((len(PACES), 1), np.nan), axis=1)
    return hours[:, corridor.places.index.get_indexer(pd.Index(places))]
