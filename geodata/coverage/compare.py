"""Two questions held against each other: what changed on every segment, run and class, and what opened or closed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from geodata.corridor import Corridor
from geodata.coverage.classes import CLASSES, begins_run, segment_classes
from geodata.coverage.classes import runs as joined_runs
from geodata.coverage.exposure import Readings, exposure
from geodata.coverage.hours import HOUR_COLUMNS
from geodata.coverage.profile import along
from geodata.coverage.question import Question
from geodata.coverage.standing import travel_hours
from geodata.coverage.turnover import legs_between, presence_between, services_between
from geodata.errors import UnknownName
from geodata.units import PACES

#: What became of a segment, by the order covered < usual pace < fast only < gap < none ahead.
JUDGEMENTS = ("better", "worse", "same", "not_comparable")
SIDES = ("before", "after")
#: What of each side's answer stands in the table of segments, under its name and the side's.
SIDE_COLUMNS = ["class", "unconfirmed", "next_service", *HOUR_COLUMNS]
PAIR = [f"class_{side}" for side in SIDES]
_MOST = [f"{column}_{side}" for side in SIDES for column in HOUR_COLUMNS]
_ANY = [f"unconfirmed_{side}" for side in SIDES]
_RUN_COLUMNS = ["leg_id", "country_iso3", "from_km", "to_km", "km", "hours", *PAIR, "judgement", *_MOST, *_ANY]
#: What is said of a segment whose leg does not hold on a side. Its hours are NaN.
_LOST = {
    f"{name}_{side}": blank
    for side in SIDES
    for name, blank in (("class", "unknown"), ("unconfirmed", False), ("next_service", ""))
}


@dataclass(frozen=True)
class Change:
    """From `before` to `after`: two questions to one route and direction. Km on the ellipsoid; NaN is "no number".

    `segments` (index segment_id, in the order of travel): leg_id, from_km, to_km along the leg, country_iso3, admin1,
    km and hours (its own, typical pace), start_km and start_hours from the route's start (NaN without a route);
    class, unconfirmed, next_service ("" = none ahead) and low, typical and high hours ahead of either side (`…_before`,
    `…_after`); their differences after − before (`…_hours_change`, NaN where one side has none); judgement.
    `runs`: neighbours with the same pair of classes and country joined along the route (no rows without one): leg_id
    (the first), from_km, to_km, from_hours, to_hours from the route's start, km, hours, the classes, judgement, and the
    most hours ahead anywhere in it. `leg_runs`: the same per leg, from_km and to_km along the leg.
    `matrix` (index class_before, class_after; every pair): km, hours, judgement; km and hours add up to the route's.
    `class_hours` (index class): km and hours before, after and their change, after − before.
    `services`, `state_presence` and `legs`: see `turnover`.
    """

    before: Question
    after: Question
    segments: pd.DataFrame
    runs: pd.DataFrame
    leg_runs: pd.DataFrame
    matrix: pd.DataFrame
    class_hours: pd.DataFrame
    services: pd.DataFrame
    state_presence: pd.DataFrame
    legs: pd.DataFrame


def compare(corridor: Corridor, before: Question, after: Question, planned: Corridor | None = None) -> Change:
    """What changes from one question to the other, which may differ in all but route and direction.

    Asked the other way round, differences change their sign, pairs are swapped, and opened and closed too. On the
    network a leg that holds at one date alone is unknown on the other side. With `planned`, the same corridor with other
    services, what comes after is asked of it. Raises `UnknownName` where the two are not of one route and direction, or
    where either is not known.
    """
    _check_alike(before, after)
    segments = _segments(corridor, before, after, planned or corridor)
    matrix = _matrix(segments)
    return Change(
        before=before,
        after=after,
        segments=segments,
        runs=_runs(segments if before.route else segments.iloc[:0]),
        leg_runs=_leg_runs(segments),
        matrix=matrix,
        class_hours=_class_hours(matrix),
        services=services_between(corridor, before, after, planned),
        state_presence=presence_between(corridor, before, after),
        legs=legs_between(corridor, before, after),
    )


def side_runs(change: Change, side: str) -> pd.DataFrame:
    """The runs per leg of one side alone ("before" or "after"), as `classes.runs` has them of its question."""
    own = change.segments.drop(columns=SIDE_COLUMNS, errors="ignore")
    named = own.rename(columns={f"{column}_{side}": column for column in SIDE_COLUMNS})
    return joined_runs(named.sort_index())


def exposure_change(
    corridor: Corridor, before: Question, after: Question, planned: Corridor | None = None
) -> pd.DataFrame:
    """Woman-days beyond the window before, after and their change; index `figure` (exposed, left_out), of one route.

    Columns low, typical and high woman_days of either side (`…_before`, `…_after`) and after − before (`…_change`). NaN
    where the women and girls of a month are not known: then there is no difference either. `left_out` is where it is
    not known whether help is in time. Besides coverage the number of women changes from month to month. With `planned`
    what comes after is asked of it, as in `compare`. Raises `UnknownName` as `compare` does, and without a route.
    """
    _check_alike(before, after)
    sides = {"before": exposure(corridor, before), "after": exposure(planned or corridor, after)}
    figures = {
        "exposed": {side: found.woman_days for side, found in sides.items()},
        "left_out": {side: found.left_out_woman_days for side, found in sides.items()},
    }
    rows = [_exposure_row(**readings) for readings in figures.values()]
    return pd.DataFrame(rows, index=pd.Index(figures, name="figure"))


def _exposure_row(before: Readings, after: Readings) -> dict[str, float]:
    pairs = {pace: (getattr(before, pace), getattr(after, pace)) for pace in PACES}
    return {
        f"{pace}_woman_days_{name}": amount
        for pace, (was, now) in pairs.items()
        for name, amount in (("before", was), ("after", now), ("change", now - was))
    }


def judgements(before: pd.Series[str], after: pd.Series[str]) -> pd.Series[str]:
    """better, worse, same or not_comparable for each pair of classes, on the index of `before`.

    Unknown on either side is not comparable: that something is not known is neither better nor worse.
    """
    first, second = (pd.Index(CLASSES).get_indexer(pd.Index(side)) for side in (before, after))
    unknown = CLASSES.index("unknown")
    conditions = [(first == unknown) | (second == unknown), second < first, second > first]
    words = np.select(conditions, ["not_comparable", "better", "worse"], default="same")
    return pd.Series(words, index=before.index, dtype="str")


def _check_alike(before: Question, after: Question) -> None:
    if (before.route, before.direction) != (after.route, after.direction):
        asked = " and ".join(f"{one.route or 'the whole network'} {one.direction}" for one in (before, after))
        raise UnknownName(f"Only one route in one direction can be compared, not {asked}: ask both of the same.")


def _segments(corridor: Corridor, before: Question, after: Question, then: Corridor) -> pd.DataFrame:
    answers = [segment_classes(made, asked)[SIDE_COLUMNS] for made, asked in ((corridor, before), (then, after))]
    table = _own(corridor, before, answers[0].index.union(answers[1].index))
    for side, answer in zip(SIDES, answers, strict=True):
        table = table.join(answer.add_suffix(f"_{side}"))
    table = table.fillna(_LOST).astype(dict.fromkeys(_ANY, bool))
    for column in HOUR_COLUMNS:
        table[f"{column}_change"] = table[f"{column}_after"] - table[f"{column}_before"]
    return table.assign(judgement=_judged(table))


def _own(corridor: Corridor, question: Question, segments: pd.Index) -> pd.DataFrame:
    """What a segment is whatever the date: where it lies, its km and its own typical hours; in the order of travel."""
    order = along(corridor, question) if question.route else corridor.segments.loc[segments]
    measures = ["leg_id", "from_km", "to_km", "country_iso3", "admin1", "start_km", "start_hours"]
    measured = order.reindex(columns=measures)
    km = measured["to_km"] - measured["from_km"]
    return measured.assign(km=km, hours=travel_hours(corridor, measured))


def _judged(table: pd.DataFrame) -> pd.Series[str]:
    """Of every row of a table with a pair of classes."""
    return judgements(table[PAIR[0]], table[PAIR[1]])


def _joined(segments: pd.DataFrame, alike: list[str]) -> pd.DataFrame:
    """Neighbours alike in these columns joined: the first leg, km and hours summed, the most hours ahead, any doubt."""
    grouped = segments.groupby(begins_run(segments, alike).cumsum() - 1)
    table = grouped[list(dict.fromkeys(["leg_id", *alike, "judgement", "start_km", "start_hours"]))].first()
    table[["km", "hours"]] = grouped[["km", "hours"]].sum()
    table[[*_MOST, *_ANY]] = grouped[[*_MOST, *_ANY]].max()
    table[["from_km", "to_km"]] = grouped.agg({"from_km": "min", "to_km": "max"})
    return table.rename_axis("run_id")


def _runs(segments: pd.DataFrame) -> pd.DataFrame:
    table = _joined(segments, [*PAIR, "country_iso3"])
    ends = {"from_km": table["start_km"], "to_km": table["start_km"] + table["km"]}
    ends |= {"from_hours": table["start_hours"], "to_hours": table["start_hours"] + table["hours"]}
    return table.assign(**ends)[[*_RUN_COLUMNS, "from_hours", "to_hours"]]


def _leg_runs(segments: pd.DataFrame) -> pd.DataFrame:
    return _joined(segments, [*PAIR, "country_iso3", "leg_id"])[_RUN_COLUMNS]


def _matrix(segments: pd.DataFrame) -> pd.DataFrame:
    pairs = pd.MultiIndex.from_product([CLASSES, CLASSES], names=PAIR)
    sums = segments.groupby(PAIR)[["km", "hours"]].sum().reindex(pairs, fill_value=0.0)
    return sums.assign(judgement=_judged(sums.index.to_frame()))


def _class_hours(matrix: pd.DataFrame) -> pd.DataFrame:
    sides = [matrix[["km", "hours"]].groupby(level=f"class_{side}").sum().reindex(CLASSES) for side in SIDES]
    units = [(unit, side, table[unit]) for unit in ("km", "hours") for side, table in zip(SIDES, sides, strict=True)]
    table = pd.DataFrame({f"{unit}_{side}": amounts for unit, side, amounts in units}).rename_axis("class")
    changes = {f"{unit}_change": table[f"{unit}_after"] - table[f"{unit}_before"] for unit in ("km", "hours")}
    return table.assign(**changes)
