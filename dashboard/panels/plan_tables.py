"""The tables of a plan: what each change does, the parts of the route that change, the services that do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pandas as pd

from dashboard.answers import Answer
from dashboard.panels.change_tables import changes
from dashboard.panels.change_tables import turnover as sites_turned
from dashboard.panels.plan_words import change_words, new_name
from dashboard.panels.tables import stretches
from dashboard.state import ViewState
from dashboard.strip import StripData
from dashboard.text import Texts
from geodata.corridor import Corridor
from geodata.planning.effect import TODAY, TOGETHER
from geodata.planning.planned import change_of
from geodata.units import PACES

Table = dict[str, Any]
LATE = ("fast_only", "gap", "none_ahead")


def effects(
    _corridor: Corridor, answer: Answer, _data: StripData, state: ViewState, texts: Texts
) -> tuple[Any, Iterator[Table]]:
    """The route without the plan, with each change alone, and with all of them together."""
    days = [f"{pace}_woman_days" for pace in PACES]
    numbers = (
        "in_time_hours", "late_hours", "unknown_hours", "longest_hours", *days, *(f"{name}_taken_out" for name in days),
        "cost", *(f"{pace}_cost_per_woman_day" for pace in PACES),
    )  # fmt: skip
    columns = (("effect", False), *((name, True) for name in numbers))

    def rows() -> Iterator[Table]:
        for name, row in answer.found.effects.iterrows():
            values = row.to_dict() | {
                "in_time_hours": row["covered_hours"] + row["usual_pace_hours"],
                "late_hours": sum(row[f"{late}_hours"] for late in LATE),
            }
            said = _effect_name(answer, str(name), state, texts)
            yield {"at": "", "cells": [_text(said), *(_number(values[column], texts) for column in numbers)]}

    return columns, rows()


def _effect_name(answer: Answer, name: str, state: ViewState, texts: Texts) -> str:
    if name in (TODAY, TOGETHER):
        return texts(f"plan.effect_{name}")
    words = change_words(answer.found.facts, state.scenario.changes[int(name) - 1], texts)
    return texts("plan.effect_alone", number=name, change=words)


def services_changed(
    corridor: Corridor, answer: Answer, data: StripData, state: ViewState, texts: Texts
) -> tuple[Any, Iterator[Table]]:
    """One row per service that the plan opens, closes or confirms for what is asked."""
    columns, rows = sites_turned(corridor, named(answer, state, texts), data, state, texts)
    return columns, (_selectable(row) for row in rows)


def _selectable(row: Table) -> Table:
    return row | ({"at": ""} if change_of(str(row["at"]).removeprefix("service:")) else {})


def named(answer: Answer, state: ViewState, texts: Texts) -> Answer:
    """The answer with a name for each new service among those that changed."""
    services = answer.found.change.services
    kinds = [change.kind for change in state.scenario.changes]
    numbers = [change_of(str(name)) for name in services.index]
    names = [
        new_name(number, kinds[number - 1], texts) if number else name
        for number, name in zip(numbers, services["name"], strict=True)
    ]
    change = replace(answer.found.change, services=services.assign(name=names))
    return replace(answer, found=replace(answer.found, change=change))


def _text(words: str) -> Table:
    return {"text": words, "value": words}


def _number(value: float, texts: Texts) -> Table:
    return {"text": texts.number(value), "value": None if pd.isna(value) else float(value)}


TABLES = {
    "effects": effects,
    "plan_stretches": changes,
    "plan_services": services_changed,
    "plan_after": stretches,
}
