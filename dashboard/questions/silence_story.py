"""The story of a stretch: its figures over time before the periods in which it was heard, and the lags on the strip."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pandas as pd
from dash import html

from dashboard.answers import Answer
from dashboard.charts import ChannelPeriod, ChartEvent, ReportChart, ReportWindow, report_svg
from dashboard.naming import part_name
from dashboard.questions.method import Panel
from dashboard.questions.silence_found import Silence, charted, months_shown
from dashboard.state import ViewState
from dashboard.strip import ReportFigure, StripData
from dashboard.text import Texts
from geodata.corridor import Corridor

CHART = "silence"
WIDE_PX, NARROW_PX = 1310, 328


def panel(corridor: Corridor, answer: Answer, _state: ViewState, texts: Texts) -> Panel:
    """The chart of the route's first named stretch; nothing where it passes none."""
    if not answer.found.stretch:
        return Panel()
    chart = report_chart(corridor, answer, texts)
    holder = html.Div(className="chart-holder", **{"data-chart": CHART})
    drawn = {"wide": report_svg(chart, texts, WIDE_PX, CHART), "narrow": report_svg(chart, texts, NARROW_PX, CHART)}
    return Panel(story=[html.H2(chart.title), html.P(texts("silence.story")), holder], charts={CHART: drawn})


def report_chart(corridor: Corridor, answer: Answer, texts: Texts) -> ReportChart:
    """The figures of the stretch that a picture can hold, when it was heard, and the days on which that changed."""
    found: Silence = answer.found
    first, last = months_shown(answer.question)
    figures = charted(found.told[found.told["stretch"] == found.stretch]).to_dict("records")
    heard = found.bands[found.bands["capacity"] == "heard"]
    return ReportChart(
        title=texts("silence.chart_title", stretch=part_name(corridor, found.stretch, texts)),
        first_month=str(first),
        last_month=str(last),
        windows=tuple(
            ReportWindow(
                start=row["period_start"],
                end=row["period_end"],
                count=int(row["count"]),
                label=f"{texts('measure.' + row['measure'])}, {row['place_of_report']}",
                here=row["made"] != "elsewhere",
            )
            for row in figures
        ),
        channels=tuple(
            ChannelPeriod(start, end) for start, end in zip(heard["from_day"], heard["to_day"], strict=True)
        ),
        events=tuple(_events(found.changes, texts)),
    )


def _events(changes: pd.DataFrame, texts: Texts) -> Iterator[ChartEvent]:
    """One event for each published day and kind, with how many channels opened or closed on it."""
    dated = changes[changes["dated"]]
    for (day, kind), together in dated.groupby(["date", "kind"]):
        yield ChartEvent(str(day), texts(f"silence.event_{kind}", count=len(together)))


def strip(data: StripData, _corridor: Corridor, answer: Answer, _state: ViewState, _texts: Texts) -> StripData:
    """The strip with the quarter's figures from the stretch that they tell of to the place where they were made."""
    return replace(data, reports=tuple(_told(answer, data)), class_row="strip.class_row_silence")


def _told(answer: Answer, data: StripData) -> Iterator[ReportFigure]:
    found: Silence = answer.found
    at = {stop.place_id: stop.at_hours for stop in data.stops}
    now = found.told[found.told["told_of"] == "this_quarter"]
    for stretch, rows in charted(now).sort_values("count", ascending=False).groupby("stretch"):
        start, end = _extent(answer, str(stretch))
        for row in rows.to_dict("records"):
            lag = row["typical_lag_hours"]
            there = at.get(row["place_id"], min(end + lag, data.hours)) if row["made"] == "elsewhere" else float("nan")
            yield ReportFigure(
                from_hours=start,
                to_hours=end,
                count=int(row["count"]),
                measure=row["measure"],
                reporter=row["reporter"],
                period=f"{row['period_start']}/{row['period_end']}",
                told_at=None if pd.isna(lag) or pd.isna(there) else float(there),
                lag_hours=None if pd.isna(lag) else float(lag),
            )


def _extent(answer: Answer, stretch: str) -> tuple[float, float]:
    """From and to hours of a stretch along the route."""
    legs = answer.found.legs[stretch]
    along = answer.profile.stretches[answer.profile.stretches["leg_id"].isin(legs)]
    return float(along["start_hours"].min()), float(along["end_hours"].max())
