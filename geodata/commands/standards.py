"""`standard`: which sections of a route meet a set of targets, and the shortest list of changes for a country."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from geodata.commands.asking import question, question_options, read_corridor, routes_asked
from geodata.commands.output import output_options, write_answer
from geodata.commands.reaching import drawn
from geodata.corridor import Corridor
from geodata.coverage import Question
from geodata.errors import UnknownName
from geodata.planning.sections import country_readiness, readiness, sections, standard_along, target_readiness
from geodata.planning.shortest import Shortest, shortest_changes
from geodata.planning.standards import Standard, target_column
from geodata.sources.standards import read_standard, written_standard

SEGMENT_COLUMNS = [
    "leg_id",
    "from_km",
    "to_km",
    "country_iso3",
    "class",
    "low_class",
    "high_class",
    "missed",
    "unconfirmed",
]
#: What is asked of a list of changes and of what it leaves over.
OF_CHANGES = ("changes", "left-over")
#: What a row of the answer is, and how it is reckoned for one route.
BY: dict[str, Callable[[Corridor, Question, Standard], pd.DataFrame]] = {
    "section": lambda corridor, put, standard: sections(corridor, put, standard).reset_index(),
    "class": lambda corridor, put, standard: readiness(corridor, put, standard).reset_index(),
    "country": lambda corridor, put, standard: country_readiness(corridor, put, standard).reset_index(),
    "target": lambda corridor, put, standard: target_readiness(corridor, put, standard).reset_index(),
}


def options(part: argparse.ArgumentParser) -> None:
    """FILE or --target, --name, --by, --country, --ahead, the question but for its capability, --format, --output."""
    part.add_argument("file", nargs="?", type=Path, metavar="FILE", help="a standard as CSV (or give --target)")
    part.add_argument(
        "--target",
        action="append",
        default=[],
        metavar="CAPABILITY=HOURS",
        help="one target, e.g. clinical_care=24; may be given several times",
    )
    part.add_argument("--name", default="standard", help="what a standard given by --target is called")
    question_options(part, capability=None)
    part.add_argument(
        "--by",
        choices=("segment", *BY, *OF_CHANGES, "standard"),
        default="section",
        help="what a row is (default: section); standard: the standard itself, as its file",
    )
    part.add_argument("--country", metavar="ISO3", help="whose sections the changes are for, e.g. PAN")
    part.add_argument("--ahead", action="store_true", help="changes may stand in the countries further on as well")
    output_options(part)


def run(asked: argparse.Namespace) -> int:
    """How a route stands against the standard, each route for itself; or the changes, or the standard as a file."""
    corridor = read_corridor()
    standard = standard_asked(asked, corridor)
    if asked.by == "standard":
        written_standard(standard.table())
        write_answer(asked, standard.table())
        return 0
    parts = {
        put.route: _answer(asked, corridor, put, standard) for put in routes_asked(question(asked, corridor), corridor)
    }
    if asked.by == "segment":
        whole = pd.concat([table.assign(route=route) for route, table in parts.items()])
        write_answer(asked, drawn(corridor, whole[["route", *whole.columns.drop("route")]]))
    else:
        whole = pd.concat([table.assign(route=route) for route, table in parts.items()], ignore_index=True)
        write_answer(asked, whole[["route", *whole.columns.drop("route")]])
    return 0


def standard_asked(asked: argparse.Namespace, corridor: Corridor) -> Standard:
    """The standard of FILE, or of --target; exactly one of them. Raises `UnknownName`, and what the file is refused for."""
    if (asked.file is None) == (not asked.target):
        raise UnknownName("Give either a FILE with a standard, or --target CAPABILITY=HOURS, not both.")
    capabilities = list(map(str, corridor.capabilities.index))
    if asked.file is not None:
        return Standard.of_table(read_standard(asked.file, capabilities))
    targets: dict[str, int] = {}
    for text in asked.target:
        capability, _, hours = text.partition("=")
        if capability not in capabilities or capability in targets or not hours.isdecimal():
            known = ", ".join(capabilities)
            raise UnknownName(f"{text!r} is not a target: write CAPABILITY=HOURS, each capability once, of: {known}.")
        targets[capability] = int(hours)
    return Standard(asked.name, targets)


def _answer(asked: argparse.Namespace, corridor: Corridor, put: Question, standard: Standard) -> pd.DataFrame:
    if asked.by in OF_CHANGES:
        found = _shortest(asked, corridor, put, standard)
        return found.changes if asked.by == "changes" else found.left_over
    if asked.by == "segment":
        states = [target_column(name) for name in standard.targets]
        return standard_along(corridor, put, standard)[[*SEGMENT_COLUMNS, *states, "admin1"]]
    return BY[asked.by](corridor, put, standard)


def _shortest(asked: argparse.Namespace, corridor: Corridor, put: Question, standard: Standard) -> Shortest:
    there = list(dict.fromkeys(corridor.places["country_iso3"]))
    if asked.country not in there:
        raise UnknownName(
            f"{asked.country!r} is not a country of the corridor: give --country one of {', '.join(there)}."
        )
    return shortest_changes(corridor, put, standard, asked.country, ahead=asked.ahead)
