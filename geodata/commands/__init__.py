"""The commands as records: a name, a line of help, its options and the function that runs it."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass

from geodata.commands import (
    chaining,
    checking,
    comparing,
    exporting,
    futures,
    importing,
    indicating,
    presence,
    reaching,
    silence,
    siting,
    trending,
)

Options = Callable[[argparse.ArgumentParser], None]


@dataclass(frozen=True)
class Command:
    """One command of the command line; `run` gives the exit code."""

    name: str
    help: str
    options: Options
    run: Callable[[argparse.Namespace], int]


COMMANDS = (
    Command("check", "prove that the tables are sound and make a corridor", checking.options, checking.run),
    Command("import", "read a release of another organisation into the store", importing.options, importing.run),
    Command(
        "reach",
        "hours ahead of every segment, or with --places of every place",
        reaching.reach_options,
        reaching.run_reach,
    ),
    Command(
        "gaps", "the stretches from which help cannot be reached in time", reaching.gaps_options, reaching.run_gaps
    ),
    Command(
        "exposure",
        "days that women and girls spend in a month where help would come too late",
        trending.exposure_options,
        trending.run_exposure,
    ),
    Command(
        "trends",
        "hours of a route in each class, month by month and per country",
        trending.trends_options,
        trending.run_trends,
    ),
    Command(
        "shares",
        "hours, km and share of a route in each class, listed and confirmed",
        trending.shares_options,
        trending.run_shares,
    ),
    Command(
        "chain",
        "the first missing link of protection: care, somebody to talk to, a bed, a lawyer",
        chaining.chain_options,
        chaining.run_chain,
    ),
    Command(
        "cascade",
        "where protection is lost between a listed service and one that admits her",
        chaining.cascade_options,
        chaining.run_cascade,
    ),
    Command(
        "compare",
        "what changed between two dates: classes, hours, services, woman-days",
        comparing.options,
        comparing.run,
    ),
    Command(
        "silence",
        "where a report would not be heard, and what was told of each stretch",
        silence.options,
        silence.run,
    ),
    Command(
        "presence",
        "where no protecting institution of the State is in time, and where the State is there without protecting",
        presence.presence_options,
        presence.run_presence,
    ),
    Command(
        "handover",
        "the late stretches of a route cut at the frontiers, with the State on each side",
        presence.handover_options,
        presence.run_handover,
    ),
    Command(
        "site",
        "where the next services should go on a route, or the answer to a published problem",
        siting.options,
        siting.run,
    ),
    Command(
        "futures",
        "which places hold whatever comes: the flow turns, another route, slower, only confirmed services",
        futures.options,
        futures.run,
    ),
    Command(
        "indicators",
        "indicators per country and period, and what delegations enter beside them",
        indicating.options,
        indicating.run,
    ),
    Command("export", "a whole table, as it is at rest", exporting.options, exporting.run),
)


def parser() -> argparse.ArgumentParser:
    """The parser of the whole command line; `run` of its answer is the chosen command's function."""
    whole = argparse.ArgumentParser(prog="python -m geodata", description="Hours ahead to help on the migratory route.")
    chosen = whole.add_subparsers(required=True, metavar="COMMAND")
    for command in COMMANDS:
        part = chosen.add_parser(command.name, help=command.help, description=command.help.capitalize() + ".")
        command.options(part)
        part.set_defaults(run=command.run)
    return whole
