"""The calendar of cover: a box per month with what closes, goes unconfirmed or opens in it, and the table that equals it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd
from dash import html

from dashboard.answers import Answer
from dashboard.naming import place_name
from dashboard.panels.closures_sentence import service_at, service_name
from dashboard.state import ViewState
from dashboard.strip import StripData
from dashboard.text import Texts
from geodata.corridor import Corridor
from geodata.planning.expiry import year_after
from geodata.units import Month

Table = dict[str, Any]
#: What each event is marked with, besides its word.
SIGNS = {"closes": "▼", "goes_unconfirmed": "◇", "opens": "▲"}


def calendar(corridor: Corridor, answer: Answer, state: ViewState, texts: Texts) -> list[Any]:
    """Heading, how to read it, and the twelve months after the date; those in which nothing is on record say so."""
    by_month = dict(list(answer.found.calendar.groupby("month")))
    months = [_month(corridor, month, by_month.get(str(month)), texts) for month in year_after(state.as_of)]
    return [
        html.H2(texts("closures.calendar_heading", month=texts.month(state.as_of))),
        html.P(texts("closures.calendar_reading"), className="small"),
        html.Ol(months, className="calendar"),
    ]


def _month(corridor: Corridor, month: Month, events: pd.DataFrame | None, texts: Texts) -> html.Li:
    name = html.H3(texts.month_short(month), className="calendar-month")
    if events is None:
        return html.Li([name, html.P(texts("closures.no_event"), className="small")], className="is-empty")
    items = [html.Li(list(_event(corridor, row, texts))) for row in events.to_dict("records")]
    return html.Li([name, html.Ul(items)])


def _event(corridor: Corridor, row: dict[Any, Any], texts: Texts) -> Iterator[Any]:
    service = service_at(corridor, row["service_id"], row["at_place"], texts)
    yield html.Span(SIGNS[row["event"]], className="calendar-sign", **{"aria-hidden": "true"})
    yield html.Strong(texts(f"event.{row['event']}"))
    yield html.Span(service)
    yield html.Span(_at_stake(row, texts), className="calendar-stake")


def _at_stake(row: dict[Any, Any], texts: Texts) -> str:
    """The hours that hang on it; of one figure that would be written as 0 nothing is said where the other is there."""
    known, unknown = row["hours_at_stake"] >= 0.05, row["unknown_hours_at_stake"] >= 0.05
    said = [texts("closures.at_stake", hours=texts.hours(row["hours_at_stake"]))] if known else []
    if unknown:
        said.append(texts("closures.at_stake_unknown", hours=texts.hours(row["unknown_hours_at_stake"])))
    return " ".join(said) or texts("closures.at_stake_none")


def calendar_table(
    corridor: Corridor, answer: Answer, _data: StripData, state: ViewState, texts: Texts
) -> tuple[Any, Iterator[Table]]:
    """One row per event, by month."""
    columns = (
        ("month", False), ("event", False), ("service", False), ("place", False), ("country", False),
        ("event_date", False), ("last_confirmed", False), ("status", False), ("hours_at_stake", True),
        ("unknown_hours_at_stake", True), ("source", False),
    )  # fmt: skip
    sources = corridor.remembered("sources", lambda: corridor.snapshot.table("sources").set_index("id"))

    def rows() -> Iterator[Table]:
        for row in answer.found.calendar.to_dict("records"):
            at = f"service:{row['service_id']}"
            publisher = str(sources["publisher"].get(row["source_id"], ""))
            yield {
                "at": at,
                "selected": state.at == at,
                "cells": [*_cells(corridor, row, texts), {"text": publisher, "value": publisher}],
            }

    return columns, rows()


def _cells(corridor: Corridor, row: dict[Any, Any], texts: Texts) -> list[Table]:
    return [
        {"text": texts.month_short(Month.parse(row["month"])), "value": row["month"]},
        _text(texts(f"event.{row['event']}")),
        _text(service_name(corridor, row["service_id"])),
        _text(place_name(corridor, row["at_place"], texts.lang)),
        _text(texts.country(row["country_iso3"])),
        *({"text": texts.date(row[name]), "value": row[name]} for name in ("date", "last_confirmed")),
        _text(texts(f"status.{row['status']}")),
        *({"text": texts.number(row[name]), "value": row[name]} for name in _AT_STAKE),
    ]


_AT_STAKE = ("hours_at_stake", "unknown_hours_at_stake")


def _text(words: str) -> Table:
    return {"text": words, "value": words}
