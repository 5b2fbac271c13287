"""Border hand-over: each late stretch cut at the frontiers, as small pictures, as a table, and with its commands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd
from dash import html

from dashboard.answers import Answer
from dashboard.charts.figure import ChartClass
from dashboard.charts.handover import HandoverChart, HandoverRow, HandoverSide, handover_svg
from dashboard.naming import place_name
from dashboard.panels.commands import reproduced
from dashboard.questions.commands import asked_options, command
from dashboard.questions.method import Command, Panel
from dashboard.state import ViewState
from dashboard.strip import StripData
from dashboard.text import Texts
from geodata.corridor import Corridor
from geodata.coverage import handovers, late_parts
from geodata.coverage.handover import LATE_CLASSES

WIDE_PX, NARROW_PX = 1310, 328
Row = dict[Any, Any]


def handover_panel(corridor: Corridor, answer: Answer, _state: ViewState, texts: Texts) -> Panel:
    """The region below the strip: a picture per frontier, or that nothing is late; the command that gives the figures."""
    rows = handovers(corridor, answer.profile).to_dict("records")
    lines = reproduced([Command("handover", command("handover", *asked_options(answer.question)))], texts)
    heading = html.H2(texts("handover.heading"))
    if not rows:
        return Panel(story=[heading, html.P(texts("handover.nothing")), *lines])
    chart = handover_chart(corridor, answer, rows, texts)
    drawings = {
        "wide": handover_svg(chart, texts, WIDE_PX, "handover-wide"),
        "narrow": handover_svg(chart, texts, NARROW_PX, "handover-narrow"),
    }
    story = [
        heading,
        html.P(texts("handover.meaning"), className="small"),
        html.Div(className="chart-holder", **{"data-chart": "handover"}),
        html.P(texts("handover.no_ranking"), className="small"),
        *lines,
    ]
    return Panel(story=story, charts={"handover": drawings})


def handover_chart(corridor: Corridor, answer: Answer, rows: list[Row], texts: Texts) -> HandoverChart:
    """The rows of `handovers` as a chart, in the reader's language."""
    pieces = _pieces(answer, rows)
    shown = {name for sides in pieces.values() for one in sides.values() for name, _ in one}
    drawn = tuple(
        HandoverRow(
            name=_frontier(row, texts),
            before=HandoverSide(pieces["before"][number], _side_words(row, "before", "from_country", texts)),
            after=HandoverSide(pieces["after"][number], _side_words(row, "after", "to_country", texts))
            if _crossed(row)
            else None,
            lines=tuple(_lines(corridor, row, texts)),
        )
        for number, row in enumerate(rows)
    )
    classes = tuple(ChartClass(name, texts(f"class.{name}")) for name in answer.classes if name in shown)
    return HandoverChart(texts("handover.heading"), classes, drawn)


def handover_table(
    corridor: Corridor, answer: Answer, _data: StripData, _state: ViewState, texts: Texts
) -> tuple[Any, Iterator[Row]]:
    """The table that equals the pictures: a row per frontier in the order of travel."""
    columns = (
        ("frontier", False), ("before_km", True), ("before_hours", True), ("after_km", True), ("after_hours", True),
        ("sea_hours", True), ("behind", False), ("ahead", False), ("frontier_hours", True),
    )  # fmt: skip

    def rows() -> Iterator[Row]:
        for row in handovers(corridor, answer.profile).to_dict("records"):
            yield {
                "at": "",
                "cells": [
                    _cell(_frontier(row, texts), None),
                    _cell(texts.number(row["before_km"]), row["before_km"]),
                    _cell(_hours(row, "before", texts), row["before_typical_hours"]),
                    _cell(texts.number(row["after_km"]) if _crossed(row) else "", row["after_km"]),
                    _cell(_hours(row, "after", texts) if _crossed(row) else "", row["after_typical_hours"]),
                    _cell(_hours(row, "sea", texts), row["sea_typical_hours"]),
                    _cell(_place(corridor, row, "behind", texts), None),
                    _cell(_place(corridor, row, "ahead", texts), None),
                    _cell(_ahead_hours(row, texts), row["ahead_typical_hours"]),
                ],
            }

    return columns, rows()


def _cell(words: str, value: float | None) -> Row:
    return {"text": words, "value": words if value is None else (None if pd.isna(value) else float(value))}


def _crossed(row: Row) -> bool:
    return not pd.isna(row["at_km"])


def _state_name(code: str, texts: Texts) -> str:
    return texts.country(code) if code else texts("strip.at_sea")


def _frontier(row: Row, texts: Texts) -> str:
    first = _state_name(row["from_country"], texts)
    return f"{first} → {_state_name(row['to_country'], texts)}" if _crossed(row) else first


def _hours(row: Row, side: str, texts: Texts) -> str:
    return texts.range_of(*(row[f"{side}_{pace}_hours"] for pace in ("low", "typical", "high")))


def _ahead_hours(row: Row, texts: Texts) -> str:
    return texts("word.none_ahead") if pd.isna(row["ahead_typical_hours"]) else _hours(row, "ahead", texts)


def _side_words(row: Row, side: str, country: str, texts: Texts) -> str:
    km, hours = texts.km(row[f"{side}_km"]), _hours(row, side, texts)
    return texts("handover.side", country=_state_name(row[country], texts), km=km, hours=hours)


def _place(corridor: Corridor, row: Row, side: str, texts: Texts) -> str:
    """The place of the institution, with its State; that none is on record where there is none."""
    if not row[f"{side}_place"]:
        return texts("handover.none_recorded")
    name = place_name(corridor, row[f"{side}_place"], texts.lang)
    return texts("handover.place", place=name, country=texts.country(row[f"{side}_country"]))


def _lines(corridor: Corridor, row: Row, texts: Texts) -> Iterator[str]:
    if row["sea_km"] > 0:
        yield texts("handover.sea", km=texts.km(row["sea_km"]), hours=_hours(row, "sea", texts))
    yield texts("handover.behind", place=_place(corridor, row, "behind", texts))
    if row["ahead_place"]:
        yield texts("handover.ahead", place=_place(corridor, row, "ahead", texts), hours=_ahead_hours(row, texts))
    else:
        yield texts("handover.ahead_none")


def _pieces(answer: Answer, rows: list[Row]) -> dict[str, dict[int, tuple[tuple[str, float], ...]]]:
    """The late runs on either side of each frontier, from the frontier outwards."""
    runs, parts = answer.profile.runs.to_dict("records"), late_parts(answer.profile)
    begins = parts.groupby("stretch")["from_km"].min()
    found: dict[str, dict[int, tuple[tuple[str, float], ...]]] = {"before": {}, "after": {}}
    for number, row in enumerate(rows):
        start = row["at_km"] if _crossed(row) else begins[row["stretch"]]
        onward = [run for run in runs if run["from_km"] >= start - 1e-6]
        passed = [run for run in reversed(runs) if run["from_km"] < start - 1e-6]
        if _crossed(row):
            found["before"][number] = tuple(_late(passed, row["from_country"]))
            found["after"][number] = tuple(_late(onward, row["to_country"]))
        else:
            found["before"][number] = tuple(_late(onward, row["from_country"]))[::-1]
    return found


def _late(runs: list[Row], country: str) -> Iterator[tuple[str, float]]:
    """The late runs of a State up to the first that is in time or in another State; those at sea are passed over."""
    for run in runs:
        if run["class"] not in LATE_CLASSES or run["country_iso3"] not in ("", country):
            return
        if run["country_iso3"]:
            yield run["class"], run["to_hours"] - run["from_hours"]
