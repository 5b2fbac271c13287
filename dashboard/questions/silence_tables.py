"""The tables that only the question of silence has: its quarters, the figures told, and what opened and closed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pandas as pd

from dashboard.answers import Answer
from dashboard.naming import part_name, place_name
from dashboard.panels.mapping import report_title
from dashboard.questions.silence_found import quarters_shown
from dashboard.state import ViewState
from dashboard.strip import StripData
from dashboard.text import Texts
from geodata.corridor import Corridor
from geodata.coverage.reports import all_reports
from geodata.coverage.silence import SILENCE_STATES, silences
from geodata.units import quarters_of

Table = dict[str, Any]
Rows = tuple[tuple[tuple[str, bool], ...], Iterator[Table]]


def quarters(corridor: Corridor, answer: Answer, _data: StripData, _state: ViewState, texts: Texts) -> Rows:
    """Each part of the route in each quarter shown: how much of it in each state, its deaf hours, figures and changes."""
    columns = (
        ("quarter", False), ("part", False), ("travel_hours", True),
        *((f"{state}_share", True) for state in SILENCE_STATES),
        ("deaf_hours", True), ("deaf_listed_hours", True), ("figures_told", False), ("changes", False),
    )  # fmt: skip
    table = silences(corridor, answer.question, quarters_of(quarters_shown(answer.question)))

    def rows() -> Iterator[Table]:
        for row in table.to_dict("records"):
            deaf = [row[f"deaf_{pace}_hours"] for pace in ("low", "typical", "high")]
            yield {
                "at": "",
                "cells": [
                    {"text": quarter_words(row["quarter"], texts), "value": row["quarter"]},
                    _text(part_name(corridor, row["part"], texts)),
                    _number(row["hours"], texts),
                    *(_share(row[f"{state}_share"], texts) for state in SILENCE_STATES),
                    {"text": texts.range_of(*deaf), "value": deaf[1]},
                    _number(row["deaf_listed_hours"], texts),
                    _text(_counts(corridor, row["figures"], texts)),
                    _text(texts.list_of([texts.date(day) for day in row["changes"].split(";") if day])),
                ],
            }

    return columns, rows()


def told(corridor: Corridor, answer: Answer, _data: StripData, _state: ViewState, texts: Texts) -> Rows:
    """The figures of the quarter and the year before: where each was made, and how far beyond the stretch that is."""
    columns = (
        ("report", False), ("part", False), ("place_of_report", False), ("made", False), ("lag_hours", True),
        ("period_start", False), ("period_end", False), ("count", True), ("told_of", False),
    )  # fmt: skip

    def rows() -> Iterator[Table]:
        for row in answer.found.told.to_dict("records"):
            lag = [row[f"{pace}_lag_hours"] for pace in ("low", "typical", "high")]
            known = not pd.isna(lag[1])
            yield {
                "at": f"place:{row['place_id']}" if row["place_id"] else "",
                "cells": [
                    _text(report_title(row, texts)),
                    _text(part_name(corridor, row["stretch"], texts)),
                    _text(row["place_of_report"]),
                    _text(texts(f"made.{row['made']}")),
                    {
                        "text": texts.range_of(*lag) if known else texts("word.unknown"),
                        "value": lag[1] if known else None,
                    },
                    {"text": texts.date(row["period_start"]), "value": row["period_start"]},
                    {"text": texts.date(row["period_end"]), "value": row["period_end"]},
                    {"text": texts.number(row["count"], 0), "value": row["count"]},
                    _text(" ".join([texts(f"told_of.{row['told_of']}"), *_marks(row, texts)])),
                ],
            }

    return columns, rows()


def events(corridor: Corridor, answer: Answer, _data: StripData, _state: ViewState, texts: Texts) -> Rows:
    """What opened and closed on or near the route over the quarters shown, and whether more or less of it was heard."""
    columns = (
        ("date", False), ("event", False), ("service", False), ("operator", False), ("place", False), ("changed", False),
    )  # fmt: skip

    def rows() -> Iterator[Table]:
        for row in answer.found.events.to_dict("records"):
            changed = [part_name(corridor, part, texts) for part in row["changed"].split(";") if part]
            yield {
                "at": f"place:{row['place_id']}",
                "cells": [
                    {"text": texts.date(row["date"]), "value": row["date"]},
                    _text(texts(f"event.{row['kind']}")),
                    _text(row["name"]),
                    _text(row["operator"]),
                    _text(place_name(corridor, row["place_id"], texts.lang)),
                    _text(texts.list_of(changed) or texts("silence.unchanged")),
                ],
            }

    return columns, rows()


TABLES: Mapping[str, Callable[..., Any]] = {"quarters": quarters, "told": told, "events": events}


def quarter_words(name: str, texts: Texts) -> str:
    """A quarter (YYYY-Qn) as the language writes it."""
    year, number = name.split("-Q")
    return texts("silence.quarter", number=number, year=year)


def _counts(corridor: Corridor, ids: str, texts: Texts) -> str:
    counts = all_reports(corridor)["count"]
    return texts.list_of([texts.number(counts[one], 0) for one in ids.split(";") if one])


def _marks(row: dict[str, Any], texts: Texts) -> Iterator[str]:
    if row["long"]:
        yield texts("silence.long")
    if row["is_share"]:
        yield texts("silence.is_share")


def _text(words: str) -> Table:
    return {"text": words, "value": words}


def _number(value: float, texts: Texts) -> Table:
    return {"text": texts.number(value), "value": value}


def _share(value: float, texts: Texts) -> Table:
    return {"text": texts.percent(value), "value": value}
