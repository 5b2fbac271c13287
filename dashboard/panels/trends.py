"""How a route's classes and its exposure changed month by month: two charts and the tables that say the same."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

from dash import html

from dashboard.answers import Answer
from dashboard.charts import BandChart, BandPoint, ChartClass, ShareChart, ShareGroup, band_svg, share_rows, share_svg
from dashboard.naming import route_name
from dashboard.panels.commands import reproduced
from dashboard.questions.commands import asked_options, command
from dashboard.questions.method import Command
from dashboard.state import LAST_MONTH, ViewState
from dashboard.strip import StripData
from dashboard.text import Texts
from geodata.corridor import Corridor
from geodata.coverage import CLASSES, Question, class_trend, exposures
from geodata.coverage.classes import classed
from geodata.coverage.profile import Classify
from geodata.units import Month, months_between

#: Before this month next to nothing was published of services on the route.
TREND_START = Month(2021, 1)
WIDE_PX, NARROW_PX = 1310, 328
MONTHS = tuple(months_between(TREND_START, LAST_MONTH))


def trend_chart(
    corridor: Corridor,
    question: Question,
    texts: Texts,
    classify: Classify = classed,
    classes: Sequence[str] = CLASSES,
) -> ShareChart:
    """Shares of the hours of travel by class and month: the whole route, then each country in the order of travel."""
    trend = class_trend(corridor, question, MONTHS, classify, classes)
    countries = [str(name) for name in trend["country_iso3"].unique() if name]
    hours = trend["typical_hours"].to_numpy().reshape(len(MONTHS), -1, len(classes))
    places = list(trend["country_iso3"].unique())
    parts = [(route_name(corridor, str(question.route), texts.lang), hours.sum(axis=1))]
    parts += [(texts.country(name), hours[:, places.index(name)]) for name in countries]
    return ShareChart(
        title=texts("trends.title"),
        months=tuple(str(month) for month in MONTHS),
        classes=tuple(ChartClass(name, texts(f"class.{name}")) for name in classes),
        groups=tuple(
            ShareGroup(
                name, dict(zip(classes, map(tuple, (of / of.sum(axis=1, keepdims=True)).T.tolist()), strict=True))
            )
            for name, of in parts
        ),
        as_of=str(question.as_of),
    )


def exposure_chart(corridor: Corridor, question: Question, texts: Texts) -> BandChart:
    """Woman-days beyond the window by month; a month without a count has no figure."""
    table = exposures(corridor, question, MONTHS)
    points = tuple(
        BandPoint(
            month=row["month"],
            low=row["low_woman_days"],
            typical=row["typical_woman_days"],
            high=row["high_woman_days"],
            yearly_share=row["basis"] == "year_share",
        )
        for row in table.to_dict("records")
    )
    return BandChart(texts("trends.exposure_title"), texts("trends.unit"), points, str(question.as_of))


def trend_regions(corridor: Corridor, answer: Answer, texts: Texts) -> tuple[list[Any], dict[str, dict[str, str]]]:
    """The region's elements, and the drawings that fill its holders, wide and narrow."""
    shares = trend_chart(corridor, answer.question, texts)
    band = exposure_chart(corridor, answer.question, texts)
    region = [
        html.H2(texts("trends.heading")),
        html.P(texts("trends.note")),
        html.Div(className="chart-holder", **{"data-chart": "trend"}),
        *reproduced(trend_commands(answer.question), texts),
        html.H2(texts("trends.exposure_title")),
        html.P(texts("trends.exposure_note")),
    ]
    sizes = (("wide", WIDE_PX), ("narrow", NARROW_PX))
    drawings = {"trend": {size: share_svg(shares, texts, px, f"trend-{size}") for size, px in sizes}}
    if not any(point.known for point in band.points):
        return [*region, html.P(texts("trends.exposure_none"))], drawings
    drawings["exposure"] = {size: band_svg(band, texts, px, f"exposure-{size}") for size, px in sizes}
    return [*region, html.Div(className="chart-holder", **{"data-chart": "exposure"})], drawings


def trend_commands(question: Question) -> tuple[Command, ...]:
    """The lines that give both charts."""
    span = f"--months {TREND_START}/{LAST_MONTH}"
    options = _options_without_date(question)
    return (
        Command("trends", command("trends", span, *options)),
        Command("exposure_months", command("exposure", span, *options)),
    )


def _options_without_date(question: Question) -> tuple[str, ...]:
    return tuple(option for option in asked_options(question) if not option.startswith("--as-of"))


def trend_table(
    corridor: Corridor, answer: Answer, _data: StripData, _state: ViewState, texts: Texts
) -> tuple[Any, Iterator[dict[str, Any]]]:
    """One row per part of the route, run of months with equal shares, and class that has a share in it."""
    columns = (
        ("trend_part", False), ("trend_from", False), ("trend_to", False), ("class", False), ("trend_share", True),
    )  # fmt: skip
    chart = trend_chart(corridor, answer.question, texts)

    def rows() -> Iterator[dict[str, Any]]:
        for row in share_rows(chart):
            ends = [_month(str(row[end]), texts) for end in ("from_month", "to_month")]
            for each in chart.classes:
                share = float(row[each.name] or 0.0)
                if share > 0:
                    named = {"text": each.words, "value": each.words, "swatch": each.name}
                    part = {"text": str(row["group"]), "value": str(row["group"])}
                    shown = {"text": texts.percent(share), "value": share}
                    yield {"at": "", "cells": [part, *ends, named, shown]}

    return columns, rows()


def exposure_table(
    corridor: Corridor, answer: Answer, _data: StripData, _state: ViewState, texts: Texts
) -> tuple[Any, Iterator[dict[str, Any]]]:
    """One row per month: women and girls counted and how, woman-days at the three paces, and what was left out."""
    figures = (
        "women_and_girls",
        "low_woman_days",
        "typical_woman_days",
        "high_woman_days",
        "left_out_typical_woman_days",
    )
    columns = (
        ("exposure_month", False),
        *((f"exposure_{name}", True) for name in figures),
        ("exposure_basis", False),
    )
    table = exposures(corridor, answer.question, MONTHS)

    def rows() -> Iterator[dict[str, Any]]:
        for row in table.to_dict("records"):
            why = f"missing_{row['missing']}" if row["missing"] else row["basis"]
            words = texts(f"exposure.short_{why}")
            numbers = [_figure(row[name], texts) for name in figures]
            yield {"at": "", "cells": [_month(row["month"], texts), *numbers, {"text": words, "value": words}]}

    return columns, rows()


def _month(month: str, texts: Texts) -> dict[str, Any]:
    return {"text": texts.month_short(Month.parse(month)), "value": month}


def _figure(value: float, texts: Texts) -> dict[str, Any]:
    return {"text": texts.number(value), "value": None if math.isnan(value) else value}
