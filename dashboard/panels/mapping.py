"""The map's values from an answer: classes by leg, and points by place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from dashboard.answers import Answer
from dashboard.maps.values import (
    Before,
    Mark,
    lens_bounds,
    map_values,
    mark_points,
    presence_points,
    report_points,
    service_points,
)
from dashboard.naming import presence_title, service_title
from dashboard.state import ViewState
from dashboard.text import Texts
from geodata.corridor import Corridor
from geodata.coverage import CHANNEL
from geodata.coverage.presence import able_services
from geodata.planning.planned import change_of
from geodata.schema import COUNTRIES


def values(
    corridor: Corridor,
    answer: Answer,
    state: ViewState,
    texts: Texts,
    *,
    before: Before | None = None,
    marks: Sequence[Mark] = (),
) -> dict[str, Any]:
    """What the browser draws the map of a view from; with `before` the reader chooses between two dates.

    `marks` are the places that the question marks; they stand whatever layers are shown.
    """
    directed = corridor.arcs[state.direction]
    legs = corridor.legs.index[np.unique(directed.leg[directed.valid_at(state.as_of)])]
    return map_values(
        runs=answer.profile.leg_runs,
        classes=answer.classes,
        class_names={name: texts(f"class.{name}") for name in answer.classes},
        points=[*mark_points(marks), *points(corridor, answer, state, texts)],
        legs=legs.tolist(),
        lens=lens_bounds(answer.profile.stretches, corridor.places),
        at=state.at,
        lang=texts.lang,
        countries={iso3: texts.country(iso3) for iso3 in COUNTRIES},
        before=before,
    )


def points(corridor: Corridor, answer: Answer, state: ViewState, texts: Texts) -> list[dict[str, Any]]:
    """The points of the layers that are shown: services of the chosen capability, State presence by role, reports."""
    shown: list[dict[str, Any]] = []
    if "services" in state.layers and not answer.question.asks_state:
        asked, capability = answer.services, answer.question.capability
        able = able_services(corridor, asked, capability, possible=False)
        hoped = able_services(corridor, asked, capability, possible=True)
        there = np.array([not change_of(str(name)) for name in asked.index], dtype=bool)  # what is new has a mark
        kept = asked[(able | hoped) & there]
        titles = {
            str(site): service_title(corridor, row, texts, "" if capability == CHANNEL else capability)
            for site, row in kept.to_dict("index").items()
        }
        shown += service_points(kept, titles, set(asked.index[hoped & ~able]))
    if "state" in state.layers or answer.question.asks_state:
        titles = {
            str(site): presence_title(corridor, row, texts) for site, row in answer.presence.to_dict("index").items()
        }
        shown += presence_points(answer.presence, titles)
    if "reports" in state.layers:
        told = answer.reports[(answer.reports["place_id"] != "") & answer.reports["count"].notna()]
        told = told.drop_duplicates(["place_id", "reporter", "measure", "kind"])
        titles = {str(report): report_title(row.to_dict(), texts) for report, row in told.iterrows()}
        labels = {str(report): texts.number(row["count"], 0) for report, row in told.iterrows()}
        shown += report_points(told, titles, labels)
    return shown


def report_title(row: dict[str, Any], texts: Texts) -> str:
    """A published figure as printed: what was counted, by whom and when."""
    return texts(
        "title.report",
        number=texts.number(row["count"], 0),
        measure=texts(f"measure.{row['measure']}"),
        kind=texts(f"report_kind.{row['kind']}"),
        reporter=row["reporter"],
        period=texts("period", start=texts.date(row["period_start"]), end=texts.date(row["period_end"])),
    )
