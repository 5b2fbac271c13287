"""The tables of the proposed places, of what each number of them is worth, of the aims, and of the futures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dashboard.answers import Answer
from dashboard.naming import route_name
from dashboard.panels.siting_names import candidate_name, own_point, where
from dashboard.panels.siting_sentence import reason_of
from dashboard.state import ViewState
from dashboard.strip import StripData
from dashboard.text import Texts
from geodata.corridor import Corridor
from geodata.units import Month

Table = dict[str, Any]
Columns = tuple[tuple[str, bool], ...]
GAINS = ("low_gain_woman_days", "typical_gain_woman_days", "high_gain_woman_days")


def proposed(
    corridor: Corridor, answer: Answer, _data: StripData, state: ViewState, texts: Texts
) -> tuple[Columns, Iterator[Table]]:
    """One row per chosen place, by rank."""
    columns = (
        ("rank", True), ("place", False), ("country", False), ("what", False), *((name, True) for name in GAINS),
        ("typical_gain_hours", True), ("reason", False), ("flags", False), ("ties", False), ("cost", True),
    )  # fmt: skip

    def rows() -> Iterator[Table]:
        for row in answer.found.siting.chosen.reset_index().to_dict("records"):
            at = "" if own_point(str(row["candidate"])) else f"place:{row['place_id']}"
            flags = [texts(f"siting.flag_{flag}") for flag in row["flags"].split(";") if flag]
            yield {
                "at": at,
                "selected": bool(at) and state.at == at,
                "cells": [
                    _number(row["rank"], texts, 0),
                    _text(where(corridor, row, texts)),
                    _text(texts.country(row["country_iso3"])),
                    _text(
                        candidate_name(corridor, row["candidate"], texts)
                        if row["service_id"]
                        else texts("siting.is_new")
                    ),
                    *(_number(row[name], texts, 0) for name in GAINS),
                    _number(row["typical_gain_hours"], texts),
                    _text(reason_of(corridor, row, texts)),
                    _text(texts.list_of(flags)),
                    _text(_names(corridor, row["ties"], texts)),
                    _number(row["cost"], texts, 0),
                ],
            }

    return columns, rows()


CURVE = (
    "in_time_woman_days",
    "in_time_hours",
    "mean_hours_ahead",
    "worst_hours_ahead",
    "value",
    "bound",
    "greedy_value",
)


def curve(
    corridor: Corridor, answer: Answer, _data: StripData, _state: ViewState, texts: Texts
) -> tuple[Columns, Iterator[Table]]:
    """One row per number of places from none: what the best so many are worth, and what no choice can be better than."""
    siting = answer.found.siting
    columns = (("count_places", True), ("candidates", False), *((name, True) for name in CURVE), ("proven", False))

    def rows() -> Iterator[Table]:
        for count, row in siting.curve.iterrows():
            cells = [
                _number(count, texts, 0),
                _text(_names(corridor, row["candidates"], texts)),
                *(_number(row[name], texts) for name in CURVE),
                _text(texts("word.yes" if row["optimal"] else "word.no")),
            ]
            yield {"at": "", "cells": cells}

    return columns, rows()


AIMS = ("in_time_woman_days", "in_time_hours", "mean_hours_ahead", "worst_hours_ahead")


def tradeoff(
    corridor: Corridor, answer: Answer, _data: StripData, state: ViewState, texts: Texts
) -> tuple[Columns, Iterator[Table]]:
    """One row per aim: its best choice in the figures of all aims."""
    columns = (
        ("aim", False),
        ("count_places", True),
        ("candidates", False),
        *((name, True) for name in AIMS),
        ("proven", False),
    )

    def rows() -> Iterator[Table]:
        for aim, row in answer.found.trade.iterrows():
            cells = [
                _text(texts(f"siting.aim_{aim}")),
                _number(row["places"], texts, 0),
                _text(_names(corridor, row["candidates"], texts)),
                *(_number(row[name], texts) for name in AIMS),
                _text(texts("word.yes" if row["optimal"] else "word.no")),
            ]
            yield {"at": "", "selected": aim == state.objective, "cells": cells}

    return columns, rows()


def futures(
    corridor: Corridor, answer: Answer, _data: StripData, _state: ViewState, texts: Texts
) -> tuple[Columns, Iterator[Table]]:
    """One row per choice and future: what it has in time, and what of the best is lost; empty until the job is done."""
    columns = (
        ("choice", False), ("direction", False), ("route", False), ("pace", False), ("status", False), ("flow_month", False),
        ("in_time_hours", True), ("best_in_time_hours", True), ("share_lost", True), ("loss_woman_days", True),
    )  # fmt: skip
    work = answer.work.get("robust")
    found = (work.result if work else None) or {"regret": []}

    def rows() -> Iterator[Table]:
        for row in found["regret"]:
            share = float(row["share"])
            cells = [
                _text(texts(f"siting.choice_{row['choice']}")),
                _text(texts(f"direction.{row['direction']}")),
                _text(route_name(corridor, row["route"], texts.lang)),
                _text(texts(f"siting.pace_{row['pace']}")),
                _text(texts(f"status.{row['status']}")),
                _text(texts.month(Month.parse(row["month"])) if row["month"] else texts("word.unknown")),
                _number(row["in_time_hours"], texts),
                _number(row["best_in_time_hours"], texts),
                {"text": texts.percent(share), "value": share},
                _number(row["loss_woman_days"], texts, 0),
            ]
            yield {"at": "", "cells": cells}

    return columns, rows()


def _text(words: str) -> Table:
    return {"text": words, "value": words}


def _number(value: Any, texts: Texts, digits: int | None = None) -> Table:  # noqa: ANN401 - a number or None
    known = value is not None and value == value  # noqa: PLR0124 - NaN is not itself
    return {
        "text": texts.number(float(value), digits) if known else texts("word.unknown"),
        "value": float(value) if known else None,
    }


def _names(corridor: Corridor, candidates: str, texts: Texts) -> str:
    return "; ".join(candidate_name(corridor, one, texts) for one in candidates.split(";") if one)


TABLES = {"proposed": proposed, "curve": curve, "tradeoff": tradeoff, "futures": futures}
