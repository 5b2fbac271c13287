"""State presence: which segments have a protective institution in time, and where the State is there without protecting."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

import numpy as np
import pandas as pd

from geodata.corridor import Corridor
from geodata.coverage.classes import begins_run, classed
from geodata.coverage.hours import HOUR_COLUMNS, hours_ahead
from geodata.coverage.presence import state_presence_at
from geodata.coverage.profile import lane
from geodata.coverage.question import STATE_PREFIX, Question
from geodata.schema import ROLES
from geodata.units import Month

#: What a question about the State's protection asks for.
PROTECTIVE = STATE_PREFIX + "protective"
#: The roles whose institutions are the State on the ground, but are not there to protect.
OTHER_ROLES = ("mixed", "control")
PRESENCE_CLASSES = ("covered", "usual_pace", "fast_only", "present_without", "gap", "none_ahead", "unknown")
#: The classes of `classes.CLASSES` that become `present_without` where another role is in reach.
OUT_OF_REACH = ("gap", "none_ahead")
#: The classes in which an institution is reached within the window at the usual pace.
IN_REACH = ("covered", "usual_pace")
ROLE_COLUMNS = [f"{role}_{name}" for role in OTHER_ROLES for name in (*HOUR_COLUMNS, "service", "place")]

#: Something that holds or does not, per segment, for each of the other roles.
RoleMarks: TypeAlias = Mapping[str, "pd.Series[bool]"]


def presence_classed(corridor: Corridor, question: Question, segments: pd.DataFrame) -> pd.DataFrame:
    """The segments of a `state:protective` question's `hours_ahead`, with `class` of the seven and `unconfirmed`.

    Hours to the next institution with a protective role are held against the window as everywhere. Where it is out of
    reach (gap or none ahead) and one with a mixed or control role is reached within the window at the usual pace, the
    class is `present_without`; gap and none ahead then mean that no recorded institution of any role is in reach.
    Where confirmed institutions alone count, what is late only because a listed one was not confirmed is unknown.
    `ROLE_COLUMNS` say what is ahead of either other role: hours at three paces (NaN none), institution and place ("").
    `unconfirmed`: the class rests on institutions none of which was confirmed of late.
    """
    table = classed(corridor, question, segments)
    ahead = {role: _of_role(corridor, question, role, table.index) for role in OTHER_ROLES}
    near = {role: found["typical_hours"] <= question.window_hours for role, found in ahead.items()}
    trusted = {role: near[role] & _confirmed(corridor, question, found) for role, found in ahead.items()}
    hoped = near
    if question.status == "confirmed":
        listed = question.with_(status="listed")
        hoped = {
            role: _of_role(corridor, listed, role, table.index)["typical_hours"] <= question.window_hours
            for role in OTHER_ROLES
        }
    named = _named(table[["class", "unconfirmed"]], near, trusted, hoped)
    return pd.concat([table.assign(**named), *(_role_columns(role, ahead[role]) for role in OTHER_ROLES)], axis=1)


def _of_role(corridor: Corridor, question: Question, role: str, index: pd.Index) -> pd.DataFrame:
    """The hours ahead of the same segments to the next institution of a role."""
    return hours_ahead(corridor, question.with_(capability=STATE_PREFIX + role)).segments.loc[index]


def _role_columns(role: str, ahead: pd.DataFrame) -> pd.DataFrame:
    names = {column: f"{role}_{column}" for column in HOUR_COLUMNS}
    names |= {"next_service": f"{role}_service", "next_place": f"{role}_place"}
    return ahead[list(names)].rename(columns=names)


def _confirmed(corridor: Corridor, question: Question, ahead: pd.DataFrame) -> pd.Series[bool]:
    """Which of the next institutions are confirmed at the date."""
    there = state_presence_at(corridor, question.as_of)
    return ahead["next_service"].isin(there.index[there["confirmed"]])


def _named(
    protective: pd.DataFrame, near: RoleMarks, trusted: RoleMarks, hoped: RoleMarks
) -> dict[str, pd.Series[str] | pd.Series[bool]]:
    """`class` and `unconfirmed` of the seven from those of the six, and from what is known of the other two roles.

    Per role: is one `near`, is that one confirmed (`trusted`), and would one be near were all that is listed counted.
    """
    late = protective["class"].isin(OUT_OF_REACH)
    without, doubted = late & _any(near), late & ~_any(near) & _any(hoped)
    return {
        "class": protective["class"].mask(without, "present_without").mask(doubted, "unknown"),
        "unconfirmed": protective["unconfirmed"].mask(without, ~_any(trusted)).astype(bool),
    }


def _any(marks: RoleMarks) -> pd.Series[bool]:
    return pd.concat(list(marks.values()), axis=1).any(axis=1)


def presence_runs(segments: pd.DataFrame) -> pd.DataFrame:
    """Neighbours of one leg with one class, mark, country and one institution ahead of each role, joined. Index `run_id`.

    Columns leg_id, from_km, to_km (along the leg), length_km (ellipsoid), country_iso3, class, unconfirmed, the hours
    to the next protective institution and to those of the other roles (the most anywhere in the run; NaN none), and
    their names and places ("" none). No segments, no rows.
    """
    alike = ["leg_id", "country_iso3", "class", "unconfirmed", "next_service", "next_place"]
    alike += [name for name in ROLE_COLUMNS if not name.endswith("_hours")]
    hours = [*HOUR_COLUMNS, *(name for name in ROLE_COLUMNS if name.endswith("_hours"))]
    grouped = segments.groupby(begins_run(segments, alike).cumsum() - 1)
    table = pd.concat([grouped[alike].first(), grouped[hours].max()], axis=1)
    table["from_km"], table["to_km"] = grouped["from_km"].min(), grouped["to_km"].max()
    return table.assign(length_km=table["to_km"] - table["from_km"]).rename_axis("run_id")


def presence_lane(corridor: Corridor, question: Question) -> pd.DataFrame:
    """The `runs` of the profile in the seven classes alone, laid together from the `lane` of each role.

    Same columns, in the order of travel. For a question that asks for `state:protective` on a route.
    """
    asked = {role: question.with_(capability=STATE_PREFIX + role) for role in ROLES}
    lanes = {role: lane(corridor, put) for role, put in asked.items()}
    listed = lanes
    if question.status == "confirmed":
        listed = {role: lane(corridor, asked[role].with_(status="listed")) for role in OTHER_ROLES}
    every = pd.concat([*lanes.values(), *listed.values()]).sort_values("from_km", kind="stable")
    starts = every.drop_duplicates("from_km").reset_index(drop=True)
    under = {role: _under(lanes[role], starts["from_km"]) for role in ROLES}
    near = {role: under[role]["class"].isin(IN_REACH) for role in OTHER_ROLES}
    trusted = {role: near[role] & ~under[role]["unconfirmed"] for role in OTHER_ROLES}
    hoped = {role: _under(listed[role], starts["from_km"])["class"].isin(IN_REACH) for role in OTHER_ROLES}
    named = _named(under["protective"][["class", "unconfirmed"]], near, trusted, hoped)
    return _joined(starts.assign(**named), end=lanes["protective"].iloc[-1])


def _under(runs: pd.DataFrame, at_km: pd.Series[float]) -> pd.DataFrame:
    """The run that lies under each of the points, numbered as the points are."""
    return runs.iloc[np.searchsorted(runs["from_km"], at_km, side="right") - 1].reset_index(drop=True)


def _joined(pieces: pd.DataFrame, end: pd.Series) -> pd.DataFrame:
    """Neighbouring pieces of one class, mark and country as one run; each ends where the next begins, the last at `end`."""
    runs = pieces[begins_run(pieces, ["class", "unconfirmed", "country_iso3"])].reset_index(drop=True)
    ends = {f"to_{unit}": [*runs[f"from_{unit}"].iloc[1:], end[f"to_{unit}"]] for unit in ("km", "hours")}
    return runs.assign(**ends)


def role_counts(corridor: Corridor, as_of: Month) -> pd.DataFrame:
    """How well the institutions recorded on the corridor at the date are dated. Index `role`, every role; counts.

    `listed`: at work by their recorded interval and joined to a place. Of these: `confirmed` by a source close enough
    in time; `opening_not_published`; `never_dated`, no dated source saw them at work. Without an opening and a recent
    source an institution cannot be confirmed for the date: that says nothing about whether it is there.
    """
    there = state_presence_at(corridor, as_of)
    there = there[there["at_place"] != ""]
    marks = pd.DataFrame(
        {
            "listed": True,
            "confirmed": there["confirmed"],
            "opening_not_published": there["opened"] == "",
            "never_dated": there["last_confirmed"] == "",
        },
        index=there.index,
    )
    counts = marks.astype(int).groupby(there["role"]).sum()
    return counts.reindex(list(ROLES), fill_value=0).rename_axis("role")
