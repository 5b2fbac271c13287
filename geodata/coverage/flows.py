"""Women and girls counted at a crossing in a month, as published: what is not known stays not known."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from geodata.corridor import Corridor
from geodata.units import Month

#: How a count came about: published by sex; the month's total × the year's published share; not known.
FLOW_BASES = ("counted", "year_share", "none")
#: Why there is none: the route has no counting point; nobody published a count; it has no split by sex, nor the year.
MISSING = ("no_counting_point", "no_count", "no_sex_split")
ROUTE_COLUMNS = ("counting_point", "direction", "caveat")
MONTH_LENGTH, YEAR_LENGTH = len("2024-04"), len("2024")


@dataclass(frozen=True)
class Flow:
    """Women and girls of one crossing, direction and month: `count` in persons, NaN where not known (basis `none`).

    `total` is everybody counted, NaN where not published. `basis` is one of `FLOW_BASES`. `source_ids` and `caveats` are
    those of every row the count rests on, the month's first. `missing` is one of `MISSING`, "" where there is a count.
    """

    count: float
    total: float
    basis: str
    source_ids: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    missing: str = ""


def flow(corridor: Corridor, crossing: str, direction: str, month: Month) -> Flow:
    """Women and girls counted at a crossing, going one way, in a month.

    `female_all_ages` where published, else women + girls where both are. A month with a total and no split by sex takes
    the total × the share of women and girls in that year: of the year's own row, or of the months of that year that have
    the split (basis `year_share`). Periods of several months or of a part of one are never divided, stretched or added:
    such a month has no count, and neither has one that nobody published. Never zero, never a neighbouring month.
    Where several rows are of one month, the one with a split by sex is taken, then the one whose source covers most
    months of that crossing and direction, then the first source by its id; they are never added.
    """
    return _flows(corridor, crossing, direction).get(str(month), Flow(math.nan, math.nan, "none", missing="no_count"))


def route_flow(corridor: Corridor, route: str, month: Month) -> Flow:
    """The same at a route's counting point, in its direction, with the route's own caveats behind the count's.

    A route without a counting point has no count. KeyError where there is no such route.
    """
    crossing, direction, caveat = (str(corridor.routes.at[route, name]) for name in ROUTE_COLUMNS)
    if not crossing:
        return Flow(math.nan, math.nan, "none", caveats=_words([caveat]), missing="no_counting_point")
    found = flow(corridor, crossing, direction, month)
    return replace(found, caveats=_words([*found.caveats, caveat]))


def months_known(corridor: Corridor, crossing: str, direction: str) -> list[Month]:
    """The months for which women and girls at a crossing are known, earliest first; none where nobody published any."""
    flows = _flows(corridor, crossing, direction)
    return [Month.parse(month) for month in sorted(flows) if flows[month].basis != "none"]


def _flows(corridor: Corridor, crossing: str, direction: str) -> dict[str, Flow]:
    return corridor.remembered(
        ("flows", crossing, direction), lambda: _made_flows(corridor, crossing, direction), of_services=False
    )


def _made_flows(corridor: Corridor, crossing: str, direction: str) -> dict[str, Flow]:
    """Per month with a row of its own what is known of it."""
    flows = corridor.snapshot.table("flows")
    rows = _preferred(flows[(flows["crossing"] == crossing) & (flows["direction"] == direction)])
    months = rows[rows["period"].str.len() == MONTH_LENGTH].drop_duplicates("period")
    years = rows[rows["period"].str.len() == YEAR_LENGTH]
    return {str(month["period"]): _flow(month, months, years) for month in months.to_dict("records")}


def _preferred(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with `female` (NaN where not published), the one to be taken of each period first."""
    female = rows["female_all_ages"].fillna(rows["women"] + rows["girls"])
    monthly = rows["source_id"][rows["period"].str.len() == MONTH_LENGTH].value_counts()
    ranked = rows.assign(
        female=female,
        no_split=female.isna(),
        no_total=rows["total"].isna(),
        fewer=-rows["source_id"].map(monthly).fillna(0),
    )
    return ranked.sort_values(["no_split", "no_total", "fewer", "source_id"], kind="stable")


def _flow(month: dict[Any, Any], months: pd.DataFrame, years: pd.DataFrame) -> Flow:
    own = pd.DataFrame([month])
    if not math.isnan(month["female"]):
        return Flow(month["female"], month["total"], "counted", *_origin(own))
    if math.isnan(month["total"]):
        return Flow(math.nan, math.nan, "none", *_origin(own), missing="no_count")
    shared = _share_rows(month["period"][:YEAR_LENGTH], months, years)
    if not shared["total"].sum():
        return Flow(math.nan, month["total"], "none", *_origin(own), missing="no_sex_split")
    share = shared["female"].sum() / shared["total"].sum()
    return Flow(month["total"] * share, month["total"], "year_share", *_origin(pd.concat([own, shared])))


def _share_rows(year: str, months: pd.DataFrame, years: pd.DataFrame) -> pd.DataFrame:
    """The rows that give a year's share of women and girls: its own row, else its months with a split by sex."""
    own = _split(years[years["period"] == year]).head(1)
    return own if len(own) else _split(months[months["period"].str.startswith(year)])


def _split(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[rows["female"].notna() & rows["total"].notna()]


def _origin(rows: pd.DataFrame) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return tuple(dict.fromkeys(rows["source_id"])), _words(rows["caveat"])


def _words(texts: Iterable[str]) -> tuple[str, ...]:
    """The words of several `;`-joined texts, each once, in order."""
    return tuple(dict.fromkeys(word for text in texts for word in text.split(";") if word))
