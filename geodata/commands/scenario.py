"""`scenario`: what a plan kept in a file would change."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from geodata.commands.asking import question, question_options, read_corridor
from geodata.commands.output import output_options, write_answer
from geodata.commands.reaching import drawn
from geodata.corridor import Corridor
from geodata.coverage import Question
from geodata.coverage.compare import compare, exposure_change
from geodata.planning import Scenario, effects, planned
from geodata.sources.scenarios import read_scenario
from geodata.units import Month

Asked = tuple[Corridor, Question, Question, Scenario]


def _changed(asked: Asked) -> tuple[Corridor, Question, Question, Corridor]:
    corridor, before, after, scenario = asked
    return corridor, before, after, planned(corridor, scenario)


#: What a row of the answer is, and how it is found.
BY: dict[str, Callable[[Asked], pd.DataFrame]] = {
    "change": lambda asked: effects(asked[0], asked[2], asked[3]).reset_index(),
    "class": lambda asked: compare(*_changed(asked)).class_hours.reset_index(),
    "run": lambda asked: drawn(asked[0], compare(*_changed(asked)).leg_runs),
    "segment": lambda asked: drawn(asked[0], compare(*_changed(asked)).segments),
    "service": lambda asked: compare(*_changed(asked)).services.reset_index(),
    "exposure": lambda asked: exposure_change(*_changed(asked)).reset_index(),
}


def options(part: argparse.ArgumentParser) -> None:
    """FILE, the question, --since, --by, --format, --output."""
    part.add_argument("file", type=Path, metavar="FILE", help="the scenario, a CSV file with a row per change")
    question_options(part)
    part.add_argument(
        "--since", metavar="YYYY-MM", help="hold the plan against this month instead of --as-of (not --by change)"
    )
    part.add_argument(
        "--by", choices=tuple(BY), default="change", help="what a row is (default: change, which needs --route)"
    )
    output_options(part)


def run(asked: argparse.Namespace) -> int:
    """The route or the network as it is and as the plan would have it."""
    corridor = read_corridor()
    after = question(asked, corridor)
    before = after.with_(as_of=Month.parse(asked.since)) if asked.since else after
    write_answer(asked, BY[asked.by]((corridor, before, after, read_scenario(asked.file, corridor))))
    return 0
