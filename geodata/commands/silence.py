"""`silence`: where a report would not be heard, what was told all the same, and which channels opened or closed."""

from __future__ import annotations

import argparse

import pandas as pd

from geodata.commands.asking import question, question_options, read_corridor
from geodata.commands.output import output_options, write_answer
from geodata.commands.reaching import drawn
from geodata.corridor import Corridor
from geodata.coverage import Question, profile
from geodata.coverage.silence import (
    SILENCE_STATES,
    capacity_bands,
    channel_events,
    silence_at,
    silence_classed,
    silence_question,
    silences,
    told,
)
from geodata.errors import UnknownName
from geodata.units import Month, quarter, quarters_of

RUN_COLUMNS = ["leg_id", "from_km", "to_km", "length_km", "country_iso3", "class", "unconfirmed"]


def options(part: argparse.ArgumentParser) -> None:
    """The question (its capability is always `channel`, confirmed), --quarters, and which of the tables."""
    question_options(part)
    part.add_argument(
        "--quarters",
        type=str,
        metavar="YYYY-Qn/YYYY-Qn",
        help="per quarter of this span; with --events or --periods, the span that is looked at",
    )
    tables = part.add_mutually_exclusive_group()
    tables.add_argument("--runs", action="store_true", help="the runs of each state along the route, with their lines")
    tables.add_argument("--reports", action="store_true", help="the figures told of the quarter and the year before it")
    tables.add_argument("--events", action="store_true", help="which channels opened or closed, and what that changed")
    tables.add_argument("--periods", metavar="STRETCH", help="when a named stretch was heard, e.g. darien")
    output_options(part)


def run(asked: argparse.Namespace) -> int:
    """Hours of each part of the route in each state at the as-of date, or the table that was asked for."""
    corridor = read_corridor()
    put = silence_question(question(asked, corridor))
    if asked.route is None:
        raise UnknownName(f"Silence is told along a route: name one with --route: {', '.join(corridor.routes.index)}.")
    write_answer(asked, _answer(asked, corridor, put))
    return 0


def _answer(asked: argparse.Namespace, corridor: Corridor, put: Question) -> pd.DataFrame:
    if asked.runs:
        runs: pd.DataFrame = drawn(corridor, profile(corridor, put, silence_classed, SILENCE_STATES).leg_runs)
        return runs[[*RUN_COLUMNS, "geometry"]]
    if asked.reports:
        return told(corridor, put).reset_index()
    if asked.events:
        return channel_events(corridor, put, *_span(asked, put))
    if asked.periods:
        return _periods(corridor, put, asked.periods, _span(asked, put))
    if asked.quarters:
        return silences(corridor, put, quarters_of(asked.quarters))
    return with_whole_route(silence_at(corridor, put)).reset_index()


def _span(asked: argparse.Namespace, put: Question) -> tuple[Month, Month]:
    """The months looked at: of the span of quarters, else the as-of date's quarter and the year before it."""
    ends = quarters_of(asked.quarters) if asked.quarters else [put.as_of.plus(-12), put.as_of]
    return quarter(ends[0])[0], quarter(ends[-1])[2]


def _periods(corridor: Corridor, put: Question, stretch: str, span: tuple[Month, Month]) -> pd.DataFrame:
    if stretch not in silence_at(corridor, put).index.intersection(corridor.stretches.index):
        names = ", ".join(corridor.stretches.index)
        raise UnknownName(f"No stretch {stretch!r} lies on this route. The named stretches are: {names}.")
    return capacity_bands(corridor, put, stretch, *span)


def with_whole_route(parts: pd.DataFrame) -> pd.DataFrame:
    """The parts, and after them their sum as the part `route`."""
    return pd.concat([parts, parts.sum().to_frame("route").T.rename_axis("part")])
