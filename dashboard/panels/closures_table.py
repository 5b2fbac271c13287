"""The table of closures: a row per service with everything that its closing would change."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from dashboard.answers import Answer
from dashboard.naming import place_name
from dashboard.panels.closures_sentence import service_at, service_name
from dashboard.state import ViewState
from dashboard.strip import StripData
from dashboard.text import Texts
from geodata.corridor import Corridor
from geodata.units import PACES

Table = dict[str, Any]
ADDED = tuple(f"added_{pace}_{unit}" for unit in ("hours", "woman_days") for pace in PACES)
STRETCH = ("stretch_hours_before", "stretch_hours")
NEXT_HOURS = tuple(f"next_{pace}_hours" for pace in PACES)


def closures_table(
    corridor: Corridor, answer: Answer, _data: StripData, state: ViewState, texts: Texts
) -> tuple[Any, Iterator[Table]]:
    """One row per service, the one that matters most first."""
    columns = (
        ("service", False), ("place", False), ("country", False), ("status", False),
        *((name, True) for name in ADDED[:3]), ("added_unknown_hours", True), *((name, True) for name in ADDED[3:]),
        *((name, True) for name in STRETCH), ("closing_next", False), *((name, True) for name in NEXT_HOURS),
        ("backed_by", False),
    )  # fmt: skip

    def rows() -> Iterator[Table]:
        for service, row in answer.found.closures.to_dict("index").items():
            at = f"service:{service}"
            yield {"at": at, "selected": state.at == at, "cells": _cells(corridor, str(service), row, texts)}

    return columns, rows()


def _cells(corridor: Corridor, service: str, row: dict[Any, Any], texts: Texts) -> list[Table]:
    return [
        _text(service_name(corridor, service)),
        _text(place_name(corridor, row["at_place"], texts.lang)),
        _text(texts.country(row["country_iso3"])),
        _text(texts(f"status.{'confirmed' if row['confirmed'] else 'listed'}")),
        *(_number(row[name], texts) for name in (*ADDED[:3], "added_unknown_hours", *ADDED[3:], *STRETCH)),
        _text(_next(corridor, row, texts)),
        *(_hours(row, name, texts) for name in NEXT_HOURS),
        _text(", ".join(service_name(corridor, one) for one in row["backed_by"].split(";") if one)),
    ]


def _next(corridor: Corridor, row: dict[Any, Any], texts: Texts) -> str:
    if not row["next_service"]:
        return _nobody(row, texts)
    return service_at(corridor, row["next_service"], row["next_place"], texts)


def _nobody(row: dict[Any, Any], texts: Texts) -> str:
    return texts("word.unknown" if row["next_unknown"] else "word.none_ahead")


def _hours(row: dict[Any, Any], name: str, texts: Texts) -> Table:
    if pd.isna(row[name]):
        return {"text": _nobody(row, texts), "value": None}
    return _number(row[name], texts)


def _text(words: str) -> Table:
    return {"text": words, "value": words}


def _number(value: float, texts: Texts) -> Table:
    return {"text": texts.number(value), "value": None if pd.isna(value) else value}
