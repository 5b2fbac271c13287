"""The strip's data from an answer: names in the reader's language, numbers as they are."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from dashboard.answers import Answer
from dashboard.naming import route_name, short_place_name, status_of
from dashboard.state import ViewState
from dashboard.strip import Border, Lane, ReportFigure, Run, ServiceMark, StateMark, Stop, Stretch, StripData
from geodata.corridor import Corridor
from geodata.coverage import CHANNEL
from geodata.coverage.presence import able_services

_BEST = ("planned", "confirmed", "listed", "possible")


def strip_data(corridor: Corridor, answer: Answer, state: ViewState, lang: str) -> StripData:
    """Everything that the strip of a view shows."""
    profile = answer.profile
    at = dict(zip(profile.stops["place_id"], profile.stops["at_hours"], strict=True))
    return StripData(
        route_name=route_name(corridor, state.route, lang),
        capability=answer.question.capability,
        direction=state.direction,
        as_of=str(state.as_of),
        status=answer.question.status,
        window_hours=float(answer.question.window_hours),
        stops=tuple(_stop(corridor, row, lang) for row in profile.stops.to_dict("records")),
        stretches=tuple(_stretch(row) for row in profile.stretches.to_dict("records")),
        runs=class_runs(profile.runs),
        borders=tuple(
            Border(row["at_hours"], row["from_country"], row["to_country"])
            for row in profile.borders.to_dict("records")
        ),
        lanes=tuple(Lane(name, class_runs(runs)) for name, runs in answer.lanes.items()),
        services=tuple(_services(corridor, answer, at)),
        state=tuple(_state(answer.presence, at)),
        reports=tuple(_reports(answer.reports, at, profile.stretches)),
        selected=state.at if not state.at.startswith("service:") else "",
    )


def _known(value: float) -> float | None:
    return None if pd.isna(value) else float(value)


def _stop(corridor: Corridor, row: dict[str, object], lang: str) -> Stop:
    hours = {name: _known(row[name]) for name in ("low_hours", "typical_hours", "high_hours")}  # type: ignore[arg-type]
    kept = {name: row[name] for name in ("place_id", "country_iso3", "at_hours", "at_km", "here", "unknown")}
    return Stop(name=short_place_name(corridor, str(row["place_id"]), lang), **kept, **hours)  # type: ignore[arg-type]


def _stretch(row: dict[str, object]) -> Stretch:
    ends = {
        f"{pace}_{end}": _known(row[f"{pace}_{end}"]) for pace in ("low", "typical", "high") for end in ("start", "end")
    }  # type: ignore[arg-type]
    names = (
        "leg_id",
        "from_place",
        "to_place",
        "mode",
        "basis",
        "valid",
        "backward",
        "start_hours",
        "end_hours",
        "start_km",
        "end_km",
    )
    return Stretch(**{name: row[name] for name in names}, **ends)  # type: ignore[arg-type]


def class_runs(runs: pd.DataFrame) -> tuple[Run, ...]:
    """The runs of a profile, or of a lane, as the strip draws them."""
    return tuple(
        Run(row["class"], row["from_hours"], row["to_hours"], row["from_km"], row["to_km"], bool(row["unconfirmed"]))
        for row in runs.to_dict("records")
    )


def _services(corridor: Corridor, answer: Answer, at: dict[str, float]) -> Iterator[ServiceMark]:
    asked = answer.question.capability
    if answer.question.asks_state:
        return
    services = answer.services[answer.services["at_place"].isin(at)]
    able = able_services(corridor, services, asked, possible=True)
    statuses: dict[str, list[str]] = {}
    for row in services[able].to_dict("records"):
        statuses.setdefault(row["at_place"], []).append(status_of(row, "" if asked == CHANNEL else asked))
    for place, here in statuses.items():
        yield ServiceMark(place, at[place], min(here, key=_BEST.index), len(here))


def _state(presence: pd.DataFrame, at: dict[str, float]) -> Iterator[StateMark]:
    confirmed: dict[tuple[str, str], list[bool]] = {}
    for row in presence[presence["at_place"].isin(at)].to_dict("records"):
        confirmed.setdefault((row["at_place"], row["role"]), []).append(bool(row["confirmed"]))
    for (place, role), marks in confirmed.items():
        yield StateMark(place, at[place], role, len(marks), any(marks))


def _reports(reports: pd.DataFrame, at: dict[str, float], stretches: pd.DataFrame) -> Iterator[ReportFigure]:
    """Figures told at a place of the route; of those, the latest of each reporter and measure at each place."""
    here = reports[reports["place_id"].isin(at) & reports["count"].notna()]
    for row in here.drop_duplicates(["place_id", "reporter", "measure", "kind"]).to_dict("records"):
        hours = at[row["place_id"]]
        period = f"{row['period_start']}/{row['period_end']}"
        yield ReportFigure(hours, hours, int(row["count"]), row["measure"], row["reporter"], period)
    crossed = stretches[stretches["mode"] == "on_foot_trail"]
    told = reports[
        (reports["stretch_of_occurrence"] == "darien") & ~reports["place_id"].isin(at) & reports["count"].notna()
    ]
    if len(crossed):
        span = float(crossed["start_hours"].min()), float(crossed["end_hours"].max())
        for row in told.drop_duplicates(["reporter", "measure", "kind"]).to_dict("records"):
            yield ReportFigure(
                *span, int(row["count"]), row["measure"], row["reporter"], f"{row['period_start']}/{row['period_end']}"
            )
