"""The tables of a standard: sections, countries, what is needed, and what no place in the country makes ready."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from dashboard.answers import Answer
from dashboard.naming import place_name
from dashboard.panels.harm import harm_sentences
from dashboard.panels.standard_changes import between
from dashboard.state import ViewState
from dashboard.strip import StripData
from dashboard.text import Texts
from geodata.corridor import Corridor
from geodata.planning import STANDARD_CLASSES
from geodata.units import PACES

Table = dict[str, Any]
Answered = tuple[Any, Iterator[Table]]


def sections(corridor: Corridor, answer: Answer, data: StripData, state: ViewState, texts: Texts) -> Answered:
    """One row per section in the order of travel; it selects the leg in its middle."""
    columns = (
        ("stretch", False), ("country", False), ("class", False), ("standard_missed", False), ("from_start_hours", True),
        *((f"standard_{pace}_hours", True) for pace in PACES), ("length_km", True),
    )  # fmt: skip

    def rows() -> Iterator[Table]:
        for row in answer.found.sections.to_dict("records") if answer.found else ():
            at = _middle(data, (row["from_hours"] + row["to_hours"]) / 2)
            marked = texts("mark.unconfirmed") if row["unconfirmed"] else ""
            yield {
                "at": at,
                "selected": state.at == at,
                "cells": [
                    _text(between(corridor, answer.profile.stops, row["from_hours"], row["to_hours"], texts)),
                    _text(_country(row["country_iso3"], texts)),
                    {**_text(f"{texts('class.' + row['class'])}{marked}"), "swatch": row["class"]},
                    _text(_capabilities(row["missed"], texts)),
                    _number(row["from_hours"], texts),
                    *(_number(row[f"{pace}_hours"], texts) for pace in PACES),
                    _number(row["to_km"] - row["from_km"], texts),
                ],
            }

    return columns, rows()


def countries(_corridor: Corridor, answer: Answer, _data: StripData, _state: ViewState, texts: Texts) -> Answered:
    """One row per country in the order of travel: hours by readiness, and the ready share at each pace."""
    columns = (
        ("country", False), ("travel_hours", True), *((f"standard_{name}", True) for name in STANDARD_CLASSES),
        *((f"standard_{pace}_share", True) for pace in PACES),
    )  # fmt: skip

    def rows() -> Iterator[Table]:
        table = answer.found.countries if answer.found else pd.DataFrame()
        for name in dict.fromkeys(table.index.get_level_values(0)) if len(table) else ():
            own = table.loc[name]
            shares = [float(own.at["ready", f"{pace}_share"]) for pace in PACES]
            yield {
                "at": "",
                "cells": [
                    _text(_country(str(name), texts)),
                    _number(float(own["hours"].sum()), texts),
                    *(_number(float(own.at[one, "hours"]), texts) for one in STANDARD_CLASSES),
                    *({"text": texts.percent(share), "value": share} for share in shares),
                ],
            }

    return columns, rows()


def changes(corridor: Corridor, answer: Answer, _data: StripData, state: ViewState, texts: Texts) -> Answered:
    """One row per change of the shortest list, in its order."""
    columns = (
        ("place", False), ("country", False), ("standard_kind", False), ("service", False), ("capabilities", False),
        *((f"standard_{pace}_gain", True) for pace in PACES), ("standard_harms", False),
    )  # fmt: skip

    def rows() -> Iterator[Table]:
        for row in answer.found.shortest.changes.to_dict("records") if answer.found else ():
            at, service = f"place:{row['place_id']}", row["service_id"]
            against = answer.found.harms[answer.found.harms.index == row["place_id"]]
            yield {
                "at": at,
                "selected": state.at == at,
                "cells": [
                    _text(place_name(corridor, row["place_id"], texts.lang)),
                    _text(_country(row["country_iso3"], texts)),
                    _text(texts(f"standard.kind_{row['kind']}")),
                    _text(str(corridor.services.at[service, "name"]) if service else ""),
                    _text(_capabilities(row["capabilities"], texts)),
                    *(_number(row[f"{pace}_hours"], texts) for pace in PACES),
                    _text(" ".join(harm_sentences(corridor, against, texts)) if row["change"] else ""),
                ],
            }

    return columns, rows()


def left(corridor: Corridor, answer: Answer, data: StripData, state: ViewState, texts: Texts) -> Answered:
    """One row per part of the country that no place in it makes ready, with the reason."""
    columns = (
        ("stretch", False), ("standard_target", False), ("travel_hours", True), ("standard_reason", False),
        ("standard_next_place", False),
    )  # fmt: skip

    def rows() -> Iterator[Table]:
        for row in answer.found.shortest.left_over.to_dict("records") if answer.found else ():
            at = _middle(data, (row["from_hours"] + row["to_hours"]) / 2)
            place = row["next_place"]
            yield {
                "at": at,
                "selected": state.at == at,
                "cells": [
                    _text(between(corridor, answer.profile.stops, row["from_hours"], row["to_hours"], texts)),
                    _text(texts(f"capability.{row['capability']}")),
                    _number(row["hours"], texts),
                    _text(texts(f"standard.reason_{row['reason']}")),
                    _text(place_name(corridor, place, texts.lang) if place else ""),
                ],
            }

    return columns, rows()


def _middle(data: StripData, hours: float) -> str:
    """What selects the route at so many hours from its start."""
    leg = next(one for one in data.stretches if hours <= one.end_hours + 1e-6)
    return f"leg:{leg.leg_id}@{leg.leg_km_at(hours):.1f}"


def _country(code: str, texts: Texts) -> str:
    return texts.country(code) if code else texts("strip.at_sea")


def _capabilities(words: str, texts: Texts) -> str:
    return texts.list_of([texts(f"capability.{word}") for word in words.split(";") if word])


def _text(words: str) -> Table:
    return {"text": words, "value": words}


def _number(value: float, texts: Texts) -> Table:
    return {"text": texts.number(value), "value": value}


TABLES = {
    "standard_sections": sections,
    "standard_countries": countries,
    "standard_changes": changes,
    "standard_left": left,
}
