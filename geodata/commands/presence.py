"""`presence` and `handover`: where the State protects, where it is there without protecting, and who hands over to whom."""

from __future__ import annotations

import argparse

import geopandas as gpd
import pandas as pd

from geodata.commands.asking import question, question_options, read_corridor
from geodata.commands.output import output_options, write_answer
from geodata.commands.reaching import drawn
from geodata.corridor import Corridor
from geodata.coverage import Profile, Question, hours_ahead, profile
from geodata.coverage.handover import handovers, late_parts
from geodata.coverage.hours import HOUR_COLUMNS
from geodata.coverage.state_classes import (
    PRESENCE_CLASSES,
    PROTECTIVE,
    ROLE_COLUMNS,
    presence_classed,
    presence_runs,
    role_counts,
)
from geodata.errors import UnknownName

SEGMENT_COLUMNS = ["leg_id", "from_km", "to_km", "country_iso3", "class", "unconfirmed"]
RUN_COLUMNS = ["leg_id", "from_km", "to_km", "length_km", "country_iso3", "class", "unconfirmed"]
AHEAD_COLUMNS = [*HOUR_COLUMNS, "next_service", "next_place", *ROLE_COLUMNS]
#: The classes of which `presence` tells unless all are asked for: no protection in time, or not known.
UNPROTECTED = ("fast_only", "present_without", "gap", "none_ahead", "unknown")


def presence_options(part: argparse.ArgumentParser) -> None:
    """The question, one of --all, --segments, --shares and --roles, --format, --output."""
    question_options(part, capability=PROTECTIVE)
    shown = part.add_mutually_exclusive_group()
    shown.add_argument("--all", action="store_true", help="every run with its class, not only those without protection")
    shown.add_argument("--segments", action="store_true", help="per segment instead of per run")
    shown.add_argument("--shares", action="store_true", help="km, hours and share of the route's hours in each class")
    shown.add_argument("--roles", action="store_true", help="how many institutions of each role, and how well dated")
    output_options(part)


def handover_options(part: argparse.ArgumentParser) -> None:
    """The question, --parts, --format, --output."""
    question_options(part, capability=PROTECTIVE)
    part.add_argument("--parts", action="store_true", help="each late stretch in its parts, one per State, once each")
    output_options(part)


def run_presence(asked: argparse.Namespace) -> int:
    """The runs without protection in time, or segments, shares of a route, or counts of institutions."""
    corridor = read_corridor()
    put = question(asked, corridor)
    if put.capability != PROTECTIVE:
        raise UnknownName(f"`presence` asks for {PROTECTIVE}, not for {put.capability}: leave --capability out.")
    if asked.roles:
        answer = role_counts(corridor, put.as_of).reset_index()
    elif asked.shares:
        answer = class_shares(straightened(corridor, put))
    else:
        answer = presence_found(corridor, put, per_segment=asked.segments, every=asked.all)
    write_answer(asked, answer)
    return 0


def run_handover(asked: argparse.Namespace) -> int:
    """The late stretches of a route, cut at the frontiers."""
    corridor = read_corridor()
    found = straightened(corridor, question(asked, corridor))
    write_answer(asked, late_parts(found) if asked.parts else handovers(corridor, found))
    return 0


def straightened(corridor: Corridor, put: Question) -> Profile:
    """The route's profile: in the seven classes where the State is asked for, else in the six.

    Raises `UnknownName` where no route is named.
    """
    if put.route is None:
        raise UnknownName(f"Name a route with --route. There are: {', '.join(corridor.routes.index)}.")
    if put.capability == PROTECTIVE:
        return profile(corridor, put, presence_classed, PRESENCE_CLASSES)
    return profile(corridor, put)


def class_shares(found: Profile) -> pd.DataFrame:
    """Per class its length_km, hours at the usual pace and share_of_hours (0 to 1); zero where none."""
    amounts = {"length_km": found.lengths_km, "hours": found.hours, "share_of_hours": found.hours / found.hours.sum()}
    return pd.DataFrame(amounts).reset_index()


def presence_found(corridor: Corridor, put: Question, *, per_segment: bool, every: bool) -> gpd.GeoDataFrame:
    """Segments, or the runs of the classes asked for, with what is ahead of each role. Lines in EPSG:4326."""
    segments = presence_classed(corridor, put, hours_ahead(corridor, put).segments)
    if per_segment:
        return drawn(corridor, segments[SEGMENT_COLUMNS + AHEAD_COLUMNS])
    found = presence_runs(segments)
    kept = found if every else found[found["class"].isin(UNPROTECTED)]
    return drawn(corridor, kept[RUN_COLUMNS + AHEAD_COLUMNS])
