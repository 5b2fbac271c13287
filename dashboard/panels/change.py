"""The route at two dates in one drawing, the lists of what opened and closed, and the other date of the map."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from dash import html

from dashboard.answers import Answer
from dashboard.charts import ChartClass, PairRibbon, PairRun, PairStop, pair_svg
from dashboard.maps.values import AFTER, BEFORE, Before
from dashboard.naming import route_name, short_place_name
from dashboard.panels.mapping import points
from dashboard.questions.method import Panel
from dashboard.state import ViewState
from dashboard.strip import Border
from dashboard.text import Texts
from geodata.corridor import Corridor
from geodata.coverage import services_at, state_presence_at
from geodata.coverage.reports import published_reports

CHART = "change"
WIDTHS_PX = {"wide": 1310, "narrow": 328}
#: The lists in their order, and the date that each names.
LISTED = {
    "closed": "closed",
    "opened": "opened",
    "opened_and_closed": "closed",
    "gone_unconfirmed": "last_confirmed",
    "newly_confirmed": "last_confirmed",
}


def panel(corridor: Corridor, answer: Answer, state: ViewState, texts: Texts) -> Panel:
    """Below the strip: both dates as ribbons, then what opened, closed and went unconfirmed."""
    months = texts.month(state.compared_with), texts.month(state.as_of)
    ribbon = ribbons(corridor, answer, state, texts, answer.found.earlier_runs, months)
    story = [
        html.H2(texts("change.heading")),
        html.Div(className="chart-holder", **{"data-chart": CHART}),
        *lists(corridor, answer, texts),
    ]
    drawn = {name: pair_svg(ribbon, texts, width, prefix=f"{CHART}-{name}") for name, width in WIDTHS_PX.items()}
    return Panel(story=story, charts={CHART: drawn})


def ribbons(
    corridor: Corridor, answer: Answer, state: ViewState, texts: Texts, before: pd.DataFrame, sides: tuple[str, str]
) -> PairRibbon:
    """The route in two states, in hours of travel: its runs `before` above those of the answer; `sides` are their names."""
    now = answer.profile
    stops = tuple(
        PairStop(short_place_name(corridor, place, texts.lang), hours)
        for place, hours in zip(now.stops["place_id"], now.stops["at_hours"], strict=True)
    )
    return PairRibbon(
        title=route_name(corridor, state.route, texts.lang),
        hours=float(now.stops["at_hours"].iloc[-1]),
        stops=stops,
        first_country=str(now.runs["country_iso3"].iloc[0]),
        borders=tuple(
            Border(row["at_hours"], row["from_country"], row["to_country"]) for row in now.borders.to_dict("records")
        ),
        before=sides[0],
        after=sides[1],
        runs_before=_runs(before),
        runs_after=_runs(now.runs),
        classes=tuple(ChartClass(name, texts(f"class.{name}")) for name in answer.classes),
    )


def _runs(runs: pd.DataFrame) -> tuple[PairRun, ...]:
    columns = runs[["class", "from_hours", "to_hours"]]
    return tuple(PairRun(str(name), float(start), float(end)) for name, start, end in columns.itertuples(index=False))


def lists(corridor: Corridor, answer: Answer, texts: Texts) -> Iterator[Any]:
    """A fold per kind of change with its services and institutions; one line where nothing opened or closed."""
    change = answer.found.change
    sites = pd.concat([change.services, change.state_presence])
    for kind, dated in LISTED.items():
        found = sites[sites["change"] == kind]
        if len(found):
            items = [html.Li(_item(corridor, row, dated, texts)) for row in found.to_dict("records")]
            heading = texts(f"change.list_{kind}", number=texts.number(len(found), 0))
            yield html.Details(
                [html.Summary(heading), html.Ul(items)], className="small", open=kind in ("closed", "opened")
            )
    if (sites["change"] == "unchanged").all():
        yield html.P(texts("change.list_none"))


def _item(corridor: Corridor, row: dict[Any, Any], dated: str, texts: Texts) -> str:
    place = short_place_name(corridor, row["at_place"], texts.lang) if row["at_place"] else texts("change.no_place")
    key = "change.item_off_route" if row["where"] == "network" else "change.item"
    return texts(key, name=row["name"], place=place, date=texts.date(row[dated]))


def map_before(corridor: Corridor, answer: Answer, state: ViewState, texts: Texts) -> Before:
    """The earlier date as the map draws it."""
    month = state.compared_with
    services, presence = services_at(corridor, month), state_presence_at(corridor, month)
    earlier = replace(
        answer,
        services=services[services["at_place"] != ""],
        presence=presence[presence["at_place"] != ""],
        reports=published_reports(corridor, month),
    )
    directed = corridor.arcs[state.direction]
    dates = {BEFORE: texts.month(month), AFTER: texts.month(state.as_of)}
    return Before(
        runs=answer.found.earlier_leg_runs,
        points=points(corridor, earlier, state, texts),
        legs=corridor.legs.index[np.unique(directed.leg[directed.valid_at(month)])].tolist(),
        labels={side: texts(f"map.side_{side}", date=date) for side, date in dates.items()},
        told={side: texts("map.side_shown", date=date) for side, date in dates.items()},
    )
