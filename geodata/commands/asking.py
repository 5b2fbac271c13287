"""The options by which every command asks the same question, and the data that it is asked of."""

from __future__ import annotations

import argparse
import os

from geodata.corridor import Corridor
from geodata.coverage import Question
from geodata.errors import UnknownName
from geodata.schema import DIRECTIONS, STATUSES
from geodata.store import Store, store_url
from geodata.units import Hours, Month, months_of


def question_options(
    part: argparse.ArgumentParser,
    capability: str | None = "clinical_care",
    *,
    months: bool = False,
    dated: bool = True,
) -> None:
    """Adds --capability (with its default; None: the command has its own), --whom, --direction, --as-of, … --stays.

    With `months` also --months, which may stand in place of --as-of. Without `dated` the date may be left out.
    """
    part.set_defaults(capability=capability or "clinical_care")
    if capability:
        part.add_argument(
            "--capability",
            default=capability,
            help="what the help can do, or state:protective, or channel (default: %(default)s)",
        )
    part.add_argument(
        "--whom", default="", metavar="AUDIENCE", help="count only help known to admit her, e.g. girl_alone"
    )
    part.add_argument("--direction", choices=DIRECTIONS, help="of travel (default: the route's, else northbound)")
    dates = part.add_mutually_exclusive_group(required=dated)
    dates.add_argument("--as-of", metavar="YYYY-MM", help="the month for whose end everything holds")
    if months:
        dates.add_argument("--months", metavar="YYYY-MM/YYYY-MM", help="every month from the first to the last instead")
    part.add_argument(
        "--window",
        type=float,
        default=72.0,
        metavar="HOURS",
        help="within how many hours help still works (default: 72)",
    )
    part.add_argument("--route", metavar="ID", help="one named route (default: the whole network)")
    part.add_argument(
        "--status", choices=STATUSES, default="listed", help="count listed services, or only confirmed ones"
    )
    part.add_argument("--stays", action="store_true", help="count published waits at places as well as moving time")


def months_asked(asked: argparse.Namespace) -> list[Month]:
    """The months that the options name: those of --months, or the one of --as-of. Raises `UnknownName`."""
    return months_of(asked.months) if asked.as_of is None else [Month.parse(asked.as_of)]


def routes_asked(put: Question, corridor: Corridor) -> list[Question]:
    """The question on its own route; without one, on every route of its direction, each for itself."""
    routes = corridor.routes.index[corridor.routes["direction"] == put.direction] if put.route is None else [put.route]
    return [put.with_(route=str(route)) for route in routes]


def question(asked: argparse.Namespace, corridor: Corridor) -> Question:
    """The question that the options ask, of several months at the first. Raises `UnknownName` for what no table holds."""
    if asked.route is not None and asked.route not in corridor.routes.index:
        raise UnknownName(f"There is no route {asked.route!r}. There are: {', '.join(corridor.routes.index)}.")
    own = str(corridor.routes.at[asked.route, "direction"]) if asked.route else "northbound"
    return Question(
        capability=asked.capability,
        direction=asked.direction or own,
        as_of=months_asked(asked)[0],
        window_hours=Hours(asked.window),
        status=asked.status,
        route=asked.route,
        stays=asked.stays,
        whom=asked.whom,
    )


def read_store() -> Store:
    """The store that the settings AMPARO_STORE and AMPARO_VAR name, filled from the reference where it is new."""
    store = Store(store_url(os.environ))
    store.fill_from_reference()
    return store


def read_corridor() -> Corridor:
    """The corridor of the store's present data."""
    return Corridor.of(read_store().read_snapshot())
