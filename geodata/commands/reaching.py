"""`reach` and `gaps`: hours ahead, and where they are too many."""

from __future__ import annotations

import argparse

import geopandas as gpd
import numpy as np
import pandas as pd
from shapely import LineString

from geodata.commands.asking import question, question_options, read_corridor
from geodata.commands.output import output_options, write_answer
from geodata.corridor import Corridor
from geodata.coverage import Question, hours_ahead, runs, segment_classes
from geodata.coverage.hours import HOUR_COLUMNS

PLACE_COLUMNS = ["place_id", *HOUR_COLUMNS, "next_service"]
SEGMENT_COLUMNS = [
    "leg_id",
    "from_km",
    "to_km",
    "country_iso3",
    *HOUR_COLUMNS,
    "class",
    "unconfirmed",
    "next_service",
    "admin1",
]
GAP_COLUMNS = ["leg_id", "from_km", "to_km", "length_km", "country_iso3", "class", *HOUR_COLUMNS, "next_service"]
#: The classes in which help comes too late at any pace, or is not known to come.
TOO_LATE = ("gap", "none_ahead", "unknown")


def reach_options(part: argparse.ArgumentParser) -> None:
    """The question, --places, --format, --output."""
    question_options(part)
    part.add_argument("--places", action="store_true", help="per place instead of per segment")
    output_options(part)


def gaps_options(part: argparse.ArgumentParser) -> None:
    """The question, --all, --format, --output."""
    question_options(part)
    part.add_argument("--all", action="store_true", help="every run with its class, not only those out of time")
    output_options(part)


def run_reach(asked: argparse.Namespace) -> int:
    """Hours ahead per segment with its class, or per place."""
    corridor = read_corridor()
    put = question(asked, corridor)
    write_answer(asked, places_reached(corridor, put) if asked.places else segments_reached(corridor, put))
    return 0


def run_gaps(asked: argparse.Namespace) -> int:
    """The runs in which help comes too late, or is not known to come."""
    corridor = read_corridor()
    found = runs(segment_classes(corridor, question(asked, corridor)))
    kept = found if asked.all else found[found["class"].isin(TOO_LATE)]
    write_answer(asked, drawn(corridor, kept[GAP_COLUMNS]))
    return 0


def places_reached(corridor: Corridor, put: Question) -> gpd.GeoDataFrame:
    """Per place low_hours, typical_hours, high_hours and next_service; blank = none ahead. Points in EPSG:4326."""
    table = hours_ahead(corridor, put).places
    points = gpd.points_from_xy(corridor.places["lon"], corridor.places["lat"], crs=4326)
    shapes = gpd.GeoSeries(points, index=corridor.places.index).loc[table.index]
    return gpd.GeoDataFrame(table.reset_index()[PLACE_COLUMNS], geometry=shapes.to_numpy(), crs=4326)


def segments_reached(corridor: Corridor, put: Question) -> gpd.GeoDataFrame:
    """Per segment the hours where she enters it, and its class. Lines in EPSG:4326."""
    return drawn(corridor, segment_classes(corridor, put)[SEGMENT_COLUMNS])


def drawn(corridor: Corridor, table: pd.DataFrame) -> gpd.GeoDataFrame:
    """The table, whose rows are pieces of a leg (`from_km` to `to_km`), numbered from 0, with lines in EPSG:4326."""
    ends = zip(table["leg_id"], table["from_km"], table["to_km"], strict=True)
    shapes = [_cut(corridor, leg, start, end) for leg, start, end in ends]
    return gpd.GeoDataFrame(table.reset_index(drop=True), geometry=gpd.GeoSeries(shapes, crs=4326))


def _cut(corridor: Corridor, leg: str, from_km: float, to_km: float) -> LineString:
    line = corridor.lines[leg]
    inner = line.lonlat[(line.at_km > from_km) & (line.at_km < to_km)]
    return LineString(np.vstack([line.point_at(from_km), inner, line.point_at(to_km)]))
