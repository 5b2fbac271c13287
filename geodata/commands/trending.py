"""`exposure`, `trends` and `shares`: woman-days out of time, and the classes of a route by month, country and reading."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence

import pandas as pd

from geodata.commands.asking import months_asked, question, question_options, read_corridor, routes_asked
from geodata.commands.output import output_options, write_answer
from geodata.corridor import Corridor
from geodata.coverage import Question, class_trend, exposures, shares
from geodata.coverage.exposure import populations, woman_days_by_class
from geodata.units import Month

Table = Callable[[Corridor, Question, Sequence[Month]], pd.DataFrame]
BREAKDOWNS: dict[str, Table] = {"total": exposures, "class": woman_days_by_class, "population": populations}


def exposure_options(part: argparse.ArgumentParser) -> None:
    """The question, --months, --by, --format, --output."""
    question_options(part, months=True)
    part.add_argument(
        "--by",
        choices=tuple(BREAKDOWNS),
        default="total",
        help="woman-days out of time, all woman-days by class, or women on an average day (default: total)",
    )
    output_options(part)


def trends_options(part: argparse.ArgumentParser) -> None:
    """The question, --months, --format, --output."""
    question_options(part, months=True)
    output_options(part)


def shares_options(part: argparse.ArgumentParser) -> None:
    """The question, --format, --output."""
    question_options(part)
    output_options(part)


def run_exposure(asked: argparse.Namespace) -> int:
    """Per month and route, without --route every route of the direction. Routes share people: nothing is added up."""
    write_answer(asked, _per_route(asked, BREAKDOWNS[asked.by], months_asked(asked)))
    return 0


def run_trends(asked: argparse.Namespace) -> int:
    """Hours of travel of a route in each class, by month and country."""
    write_answer(asked, _per_route(asked, routed_trend, months_asked(asked)))
    return 0


def run_shares(asked: argparse.Namespace) -> int:
    """Hours, km and share of a route in each class, listed and confirmed."""
    write_answer(asked, _per_route(asked, routed_shares, [Month.parse(asked.as_of)]))
    return 0


def routed_trend(corridor: Corridor, put: Question, months: Sequence[Month]) -> pd.DataFrame:
    """`class_trend` with the route's id behind the month."""
    table = class_trend(corridor, put, months)
    return pd.concat([table[["month"]].assign(route=put.route), table.drop(columns="month")], axis=1)


def routed_shares(corridor: Corridor, put: Question, months: Sequence[Month]) -> pd.DataFrame:
    """`shares` of each month with the month and the route's id in front."""
    tables = [shares(corridor, put.with_(as_of=month)).assign(month=str(month), route=put.route) for month in months]
    table = pd.concat(tables, ignore_index=True)
    return table[["month", "route", *table.columns.drop(["month", "route"])]]


def _per_route(asked: argparse.Namespace, table: Table, months: Sequence[Month]) -> pd.DataFrame:
    corridor = read_corridor()
    routes = routes_asked(question(asked, corridor), corridor)
    return pd.concat([table(corridor, put, months) for put in routes], ignore_index=True)
