"""The table that equals map and strip: the same values, to sort, to read aloud and to take away."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pandas as pd

from dashboard.answers import Answer
from dashboard.naming import opening_hours, place_name, route_name, short_place_name, status_of
from dashboard.panels.mapping import report_title
from dashboard.state import ViewState
from dashboard.strip import StripData, strip_rows
from dashboard.text import Texts
from geodata.corridor import Corridor
from geodata.planning.planned import change_of
from geodata.schema import ROLES

Table = dict[str, Any]


def table(
    corridor: Corridor,
    answer: Answer,
    data: StripData,
    state: ViewState,
    texts: Texts,
    own: Mapping[str, Callable[..., Any]],
) -> Table:
    """The chosen table as the browser mounts it: caption, language, columns and rows of cells with text and value.

    `own` are the tables that only this question has.
    """
    builders = {
        "stretches": stretches,
        "places": places,
        "services": services,
        "state": presence,
        "reports": reports,
        **own,
    }
    columns, rows = builders[state.table](corridor, answer, data, state, texts)
    return {
        "caption": texts(
            f"table.{state.table}.caption",
            route=route_name(corridor, state.route, texts.lang),
            capability=texts(f"capability.{answer.question.capability.replace(':', '_')}.noun"),
            month=texts.month(state.as_of),
            status=texts(f"status.{answer.question.status}").lower(),
        ),
        "lang": texts.lang,
        "empty": texts("table.empty"),
        "columns": [{"key": key, "label": texts(f"column.{key}"), "numeric": numeric} for key, numeric in columns],
        "rows": list(rows),
    }


HOURS = (("low_hours", True), ("typical_hours", True), ("high_hours", True))


def stretches(
    corridor: Corridor, answer: Answer, data: StripData, state: ViewState, texts: Texts
) -> tuple[Any, Iterator[Table]]:
    """One row per part of a leg in one class, in the order of travel."""
    columns = (
        ("stretch", False), ("country", False), ("travel_hours", True), ("length_km", True), ("class", False), *HOURS,
        ("mode", False), ("basis", False), *((f"state_{role}", True) for role in ROLES), ("reports", False),
    )  # fmt: skip
    by_leg = {one.leg_id: one for one in data.stretches}

    def rows() -> Iterator[Table]:
        for row in strip_rows(data):
            leg = by_leg[str(row["leg_id"])]
            km = leg.leg_km_at((float(row["from_hours"]) + float(row["to_hours"])) / 2)  # type: ignore[arg-type]
            at = f"leg:{row['leg_id']}@{km:.1f}"
            ends = (short_place_name(corridor, str(row[end]), texts.lang) for end in ("from_place", "to_place"))
            marked = texts("mark.unconfirmed") if row["unconfirmed"] else ""
            yield {
                "at": at,
                "selected": state.at.startswith(f"leg:{row['leg_id']}@") and at == state.at,
                "cells": [
                    _text(" – ".join(ends)),
                    _text(_country(str(row["country_iso3"]), texts)),
                    _number(float(row["to_hours"]) - float(row["from_hours"]), texts),  # type: ignore[arg-type]
                    _number(float(row["to_km"]) - float(row["from_km"]), texts),  # type: ignore[arg-type]
                    {**_text(f"{texts('class.' + str(row['class']))}{marked}"), "swatch": row["class"]},
                    *(_hours(row[column], str(row["class"]), texts) for column, _ in HOURS),
                    _text(texts(f"mode.{row['mode']}")),
                    _text(texts(f"basis.{row['basis']}")),
                    *(_number(row[f"state_{role}"], texts) for role in ROLES),  # type: ignore[arg-type]
                    _text(", ".join(row["reports"])),  # type: ignore[arg-type]
                ],
            }

    return columns, rows()


def places(
    corridor: Corridor, answer: Answer, data: StripData, state: ViewState, texts: Texts
) -> tuple[Any, Iterator[Table]]:
    """One row per place of the route, in the order of travel."""
    columns = (("place", False), ("country", False), ("from_start_hours", True), *HOURS, ("next_service", False))
    names = {**answer.services["name"].to_dict(), **answer.presence["name"].to_dict()}

    def rows() -> Iterator[Table]:
        for row in answer.profile.stops.to_dict("records"):
            missing = "unknown" if row["unknown"] else "none_ahead"
            yield {
                "at": f"place:{row['place_id']}",
                "selected": state.at == f"place:{row['place_id']}",
                "cells": [
                    _text(place_name(corridor, row["place_id"], texts.lang)),
                    _text(_country(row["country_iso3"], texts)),
                    _number(row["at_hours"], texts),
                    *(_hours(row[column], missing, texts) for column, _ in HOURS),
                    _text(names.get(row["next_service"], texts(f"word.{missing}"))),
                ],
            }

    return columns, rows()


def services(
    corridor: Corridor, answer: Answer, data: StripData, state: ViewState, texts: Texts
) -> tuple[Any, Iterator[Table]]:
    """Every public service that stands on the corridor at the date, with what is known of it."""
    columns = (
        ("service", False), ("operator", False), ("place", False), ("country", False), ("capabilities", False),
        ("status", False), ("opened", False), ("last_confirmed", False), ("opening_hours", False),
    )  # fmt: skip

    def rows() -> Iterator[Table]:
        for identity, row in answer.services.iterrows():
            words = [word for word in (row["capabilities"] or row["possible_capabilities"]).split(";") if word]
            at = f"place:{row['at_place']}" if change_of(str(identity)) else f"service:{identity}"
            yield {
                "at": at,
                "selected": state.at == at,
                "cells": [
                    _text(row["name"]),
                    _text(row["operator"]),
                    _text(place_name(corridor, row["at_place"], texts.lang)),
                    _text(_country(row["country_iso3"], texts)),
                    _text(texts.list_of([texts(f"capability.{word}") for word in words])),
                    _text(texts(f"status.{status_of(row)}")),
                    {"text": texts.date(row["opened"]), "value": row["opened"]},
                    {"text": texts.date(row["last_confirmed"]), "value": row["last_confirmed"]},
                    _text(opening_hours(row, texts)),
                ],
            }

    return columns, rows()


def presence(
    corridor: Corridor, answer: Answer, data: StripData, state: ViewState, texts: Texts
) -> tuple[Any, Iterator[Table]]:
    """Every institution on the ground at the date, with its role."""
    columns = (
        ("institution", False),
        ("kind", False),
        ("role", False),
        ("place", False),
        ("country", False),
        ("last_confirmed", False),
    )

    def rows() -> Iterator[Table]:
        for _, row in answer.presence.iterrows():
            yield {
                "at": f"place:{row['at_place']}",
                "cells": [
                    _text(row["name"]),
                    _text(texts(f"institution.{row['kind']}")),
                    _text(texts(f"role.{row['role']}")),
                    _text(place_name(corridor, row["at_place"], texts.lang)),
                    _text(_country(row["country_iso3"], texts)),
                    {"text": texts.date(row["last_confirmed"]), "value": row["last_confirmed"]},
                ],
            }

    return columns, rows()


def reports(
    corridor: Corridor, answer: Answer, data: StripData, state: ViewState, texts: Texts
) -> tuple[Any, Iterator[Table]]:
    """Published figures as printed, then protected counts of imported records per stretch."""
    columns = (("report", False), ("place_of_report", False), ("period_end", False), ("count", True))

    def rows() -> Iterator[Table]:
        for _, row in answer.reports.iterrows():
            kept = row.to_dict()
            number = kept["count"]
            told = report_title(kept, texts) if not pd.isna(number) else texts(f"measure.{kept['measure']}")
            yield {
                "at": f"place:{kept['place_id']}" if kept["place_id"] else "",
                "cells": [
                    _text(told),
                    _text(kept["place_of_report"]),
                    {"text": texts.date(kept["period_end"]), "value": kept["period_end"]},
                    {"text": texts.number(number, 0), "value": None if pd.isna(number) else number},
                ],
            }
        for leg, shown in answer.imported["shown"].items():
            ends = (
                place_name(corridor, str(corridor.legs.at[leg, end]), texts.lang) for end in ("from_place", "to_place")
            )
            yield {
                "at": f"leg:{leg}@0.0",
                "cells": [
                    _text(texts("report.imported")),
                    _text(" – ".join(ends)),
                    {"text": texts("report.quarter", month=texts.month(state.as_of)), "value": str(state.as_of)},
                    {"text": shown, "value": shown},
                ],
            }

    return columns, rows()


def _text(words: str) -> Table:
    return {"text": words, "value": words}


def _number(value: float, texts: Texts) -> Table:
    return {"text": texts.number(value), "value": value}


def _hours(value: Any, missing: str, texts: Texts) -> Table:  # noqa: ANN401 - a cell of a table
    known = value is not None and not pd.isna(value)
    words = missing if missing in ("unknown", "none_ahead") else "none_ahead"
    return {"text": texts.number(value) if known else texts(f"word.{words}"), "value": float(value) if known else None}


def _country(iso3: str, texts: Texts) -> str:
    return texts.country(iso3) if iso3 else texts("strip.at_sea")
