"""`chain` and `cascade`: the first missing link of protection, and the step at which it is lost."""

from __future__ import annotations

import argparse

from geodata.commands.asking import question, question_options, read_corridor
from geodata.commands.output import output_options, write_answer
from geodata.commands.reaching import drawn
from geodata.corridor import Corridor
from geodata.coverage import Question, cascade, cascade_shares, chain_classed, chain_links, chain_shares, hours_ahead

CHAIN_COLUMNS = [
    "leg_id",
    "from_km",
    "to_km",
    "country_iso3",
    "class",
    "first_missing_low",
    "first_missing_high",
    "unconfirmed",
    "place_of_care",
]


def chain_options(part: argparse.ArgumentParser) -> None:
    """The question but for its capability, --by, --format, --output."""
    question_options(part, capability=None)
    part.add_argument(
        "--by", choices=("segment", "class"), default="segment", help="each segment, or the share of each first link"
    )
    output_options(part)


def cascade_options(part: argparse.ArgumentParser) -> None:
    """The question, --by, --format, --output."""
    question_options(part)
    part.add_argument(
        "--by", choices=("segment", "step"), default="step", help="each segment, or the shares of each step"
    )
    output_options(part)


def run_chain(asked: argparse.Namespace) -> int:
    """The first missing link per segment with the state of every link, or how much of the travel each takes."""
    corridor = read_corridor()
    put = first_link_asked(corridor, question(asked, corridor))
    classed = chain_classed(corridor, put, hours_ahead(corridor, put).segments)
    if asked.by == "class":
        write_answer(asked, chain_shares(corridor, classed).reset_index())
    else:
        states = [link.column for link in chain_links(corridor, put)]
        write_answer(asked, drawn(corridor, classed[[*CHAIN_COLUMNS, *states, "admin1"]]))
    return 0


def run_cascade(asked: argparse.Namespace) -> int:
    """The step at which each segment loses protection, or what each step leaves of the travel."""
    corridor = read_corridor()
    put = question(asked, corridor)
    if asked.by == "step":
        write_answer(asked, cascade_shares(corridor, put).reset_index())
    else:
        write_answer(asked, drawn(corridor, cascade(corridor, put)))
    return 0


def first_link_asked(corridor: Corridor, put: Question) -> Question:
    """The same question, asked for the capability of the chain's first link."""
    return put.with_(capability=chain_links(corridor, put)[0].capability)
