"""`compare`: what changed between two dates."""

from __future__ import annotations

import argparse
from collections.abc import Callable

import pandas as pd

from geodata.commands.asking import question, question_options, read_corridor
from geodata.commands.output import output_options, write_answer
from geodata.commands.reaching import drawn
from geodata.corridor import Corridor
from geodata.coverage.compare import Change, compare, exposure_change
from geodata.schema import STATUSES
from geodata.units import Month

#: What a row of the answer is, and how it is taken from a change.
BY: dict[str, Callable[[Corridor, Change], pd.DataFrame]] = {
    "class": lambda _, change: change.class_hours.reset_index(),
    "pair": lambda _, change: change.matrix.reset_index(),
    "segment": lambda corridor, change: drawn(corridor, change.segments),
    "run": lambda corridor, change: drawn(corridor, change.leg_runs),
    "service": lambda _, change: change.services.reset_index(),
    "presence": lambda _, change: change.state_presence.reset_index(),
    "leg": lambda _, change: change.legs.reset_index(),
    "exposure": lambda corridor, change: exposure_change(corridor, change.before, change.after).reset_index(),
}


def options(part: argparse.ArgumentParser) -> None:
    """The question, --since, --since-status, --by, --changed, --format, --output."""
    question_options(part)
    part.add_argument("--since", required=True, metavar="YYYY-MM", help="the month with which --as-of is compared")
    part.add_argument("--since-status", choices=STATUSES, help="the status at --since (default: that of --status)")
    part.add_argument("--by", choices=tuple(BY), default="class", help="what a row is (default: class)")
    part.add_argument(
        "--changed", action="store_true", help="leave out the rows in which nothing changed (not --by class)"
    )
    output_options(part)


def run(asked: argparse.Namespace) -> int:
    """What changed from --since to --as-of: before is the first, after the second."""
    corridor = read_corridor()
    after = question(asked, corridor)
    before = after.with_(as_of=Month.parse(asked.since), status=asked.since_status or after.status)
    table = BY[asked.by](corridor, compare(corridor, before, after))
    write_answer(asked, table[_changed(table)].reset_index(drop=True) if asked.changed else table)
    return 0


def _changed(table: pd.DataFrame) -> pd.Series[bool]:
    """Which rows tell a change, of class or of what is open; a table of the classes is left whole."""
    if "class_before" in table:
        return (table["class_before"] != table["class_after"]) & (table["km"] > 0)
    return table.get("change", pd.Series("", index=table.index)) != "unchanged"
