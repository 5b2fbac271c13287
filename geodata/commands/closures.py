"""`closures` and `expiring`: which service matters most, and when cover ends."""

from __future__ import annotations

import argparse

from geodata.commands.asking import months_asked, question, question_options, read_corridor
from geodata.commands.output import output_options, write_answer
from geodata.planning.closures import BY, closures
from geodata.planning.expiry import expiring, year_after
from geodata.units import Month


def closures_options(part: argparse.ArgumentParser) -> None:
    """The question, --by, --format, --output."""
    question_options(part)
    part.add_argument("--by", choices=BY, default="service", help="what closes at a time (default: service)")
    output_options(part)


def expiring_options(part: argparse.ArgumentParser) -> None:
    """The question with --months, --format, --output."""
    question_options(part, months=True)
    output_options(part)


def run_closures(asked: argparse.Namespace) -> int:
    """Each service, or each place, closed in turn: the one that matters most first."""
    corridor = read_corridor()
    write_answer(asked, closures(corridor, question(asked, corridor), asked.by).reset_index())
    return 0


def run_expiring(asked: argparse.Namespace) -> int:
    """What ends, goes unconfirmed or opens in the months asked, or in the twelve after --as-of."""
    corridor = read_corridor()
    months = year_after(Month.parse(asked.as_of)) if asked.months is None else months_asked(asked)
    write_answer(asked, expiring(corridor, question(asked, corridor), months))
    return 0
