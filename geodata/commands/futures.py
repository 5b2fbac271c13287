"""`futures`: which places hold whatever comes."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable

import pandas as pd

from geodata.commands.asking import question, question_options, read_corridor
from geodata.commands.output import output_options, write_answer
from geodata.commands.siting import PLACES, place_options
from geodata.planning import Robust, futures, robust
from geodata.schema import DIRECTIONS, STATUSES
from geodata.units import PACES, months_of

#: What a row of the answer is, and how it is taken from what was found.
BY: dict[str, Callable[[Robust], pd.DataFrame]] = {
    "frequency": lambda found: found.frequency.reset_index(),
    "regret": lambda found: found.regret,
    "choice": lambda found: found.choices.reset_index(),
    "future": lambda found: found.bests,
}


def options(part: argparse.ArgumentParser) -> None:
    """The question, --flow-months, --paces, --statuses, -p, --without, --own, --by, --format, --output."""
    question_options(part)
    part.add_argument(
        "--flow-months",
        metavar="YYYY-MM/YYYY-MM",
        help="whose counts of women and girls are futures (default: each route's last 12 known)",
    )
    part.add_argument("--paces", nargs="+", choices=PACES, default=PACES, help="(default: all three)")
    part.add_argument("--statuses", nargs="+", choices=STATUSES, default=STATUSES, help="(default: both)")
    part.add_argument("-p", type=int, default=PLACES, metavar="K", help="how many places at most (default: 3)")
    place_options(part)
    part.add_argument("--by", choices=tuple(BY), default="frequency", help="what a row is (default: frequency)")
    output_options(part)


def run(asked: argparse.Namespace) -> int:
    """The best places over futures: of the --route, of the --direction, or of both directions and all routes."""
    corridor = read_corridor()
    put = question(asked, corridor)
    found = futures(
        corridor,
        put,
        routes=[asked.route] if asked.route else None,
        directions=[asked.direction] if asked.direction else DIRECTIONS,
        months=months_of(asked.flow_months) if asked.flow_months else None,
        paces=asked.paces,
        statuses=asked.statuses,
    )
    answer = robust(
        corridor, put, found, asked.p, without=asked.without, own=asked.own, part=asked.part, progress=_told
    )
    write_answer(asked, BY[asked.by](answer))
    return 0


def _told(done: int, total: int) -> None:
    """How far the work is, on a terminal only."""
    if sys.stderr.isatty():
        print(f"\r{done}/{total}", end="\n" if done == total else "", file=sys.stderr, flush=True)
