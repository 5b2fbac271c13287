"""`site`: where the next services should go on a route, or the answer to a published problem."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

import geopandas as gpd
import pandas as pd

from geodata.commands.asking import question, question_options, read_corridor
from geodata.commands.instance_siting import instance_options, run_instance
from geodata.commands.output import output_options, write_answer
from geodata.corridor import Corridor
from geodata.coverage import Question
from geodata.planning import Siting, site, trade_off
from geodata.units import PACES

#: How many places are chosen where no number is given.
PLACES = 3
Point = tuple[float, float]


def options(part: argparse.ArgumentParser) -> None:
    """The question, --instance, --objective, -p, --budget, --costs, --without, --own, … --by, --format, --output."""
    question_options(part, dated=False)
    instance_options(part)
    part.add_argument("--costs", type=_costs, metavar="NEW,UPGRADE", help="of a new service and of an upgrade")
    place_options(part)
    part.add_argument(
        "--pace", choices=PACES, default="typical", help="at which help must be in time (default: typical)"
    )
    part.add_argument("--unsafe", nargs="+", default=[], metavar="PLACE", help="places to be flagged as unsafe")
    part.add_argument("--avoid-flagged", action="store_true", help="leave out places that the do-no-harm check flags")
    part.add_argument("--by", choices=tuple(BY), default="chosen", help="what a row is (default: chosen)")
    output_options(part)
    part.set_defaults(refuse=part.error)


def place_options(part: argparse.ArgumentParser) -> None:
    """Adds --part, --without and --own."""
    part.add_argument(
        "--part", default="", metavar="PART", help="count only this stretch (darien) or country (PAN) of the route"
    )
    part.add_argument("--without", nargs="+", default=[], metavar="PLACE", help="places at which nothing is built")
    part.add_argument(
        "--own",
        nargs="+",
        type=point,
        default=[],
        metavar="LAT,LON",
        help="further points; write one south of the equator as --own=-3.2,-78.1",
    )


def run(asked: argparse.Namespace) -> int:
    """The best places for the question's route; or, with --instance, the answer to the problem in the file."""
    if asked.instance is not None:
        return run_instance(asked)
    if asked.as_of is None:
        asked.refuse("one of the arguments --as-of --instance is required")
    corridor = read_corridor()
    write_answer(asked, BY[asked.by](corridor, question(asked, corridor), asked))
    return 0


def _sited(corridor: Corridor, put: Question, asked: argparse.Namespace) -> Siting:
    return site(
        corridor,
        put,
        asked.objective,
        PLACES if asked.p is None else asked.p,
        budget=asked.budget,
        costs=asked.costs,
        without=asked.without,
        own=asked.own,
        pace=asked.pace,
        part=asked.part,
        unsafe=asked.unsafe,
        avoid_flagged=asked.avoid_flagged,
    )


def _chosen(corridor: Corridor, put: Question, asked: argparse.Namespace) -> gpd.GeoDataFrame:
    """The chosen, with value, bound and optimal of all together, at the points of their places (EPSG:4326)."""
    found = _sited(corridor, put, asked)
    told: dict[str, Any] = {"unit": found.unit, "value": found.value, "bound": found.bound, "optimal": found.optimal}
    table = found.chosen.reset_index().assign(**told)
    at = corridor.places.loc[table["place_id"]]
    return gpd.GeoDataFrame(table, geometry=gpd.points_from_xy(at["lon"], at["lat"]), crs=4326)


def _traded(corridor: Corridor, put: Question, asked: argparse.Namespace) -> pd.DataFrame:
    places = PLACES if asked.p is None else asked.p
    table = trade_off(corridor, put, places, without=asked.without, own=asked.own, pace=asked.pace, part=asked.part)
    return table.reset_index()


#: What a row of the answer is, and how it is made.
BY: dict[str, Callable[[Corridor, Question, argparse.Namespace], pd.DataFrame]] = {
    "chosen": _chosen,
    "curve": lambda corridor, put, asked: _sited(corridor, put, asked).curve.reset_index(),
    "effect": lambda corridor, put, asked: _sited(corridor, put, asked).effect.reset_index(),
    "left": lambda corridor, put, asked: _sited(corridor, put, asked).left,
    "alternative": lambda corridor, put, asked: _sited(corridor, put, asked).alternatives,
    "tradeoff": _traded,
}


def point(text: str) -> Point:
    """A point written lat,lon in degrees. Raises `ValueError`, which argparse reports."""
    lat, lon = map(float, text.split(","))
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise ValueError(text)
    return lat, lon


def _costs(text: str) -> tuple[float, float]:
    new, upgrade = map(float, text.split(","))
    if not (new >= 0 and upgrade >= 0):
        raise ValueError(text)
    return new, upgrade
