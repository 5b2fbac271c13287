"""Border hand-over: each stretch without help in time cut at the frontiers it touches, with what lies on either side."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from geodata.corridor import Corridor
from geodata.corridor.arcs import Ints
from geodata.coverage.hours import HOUR_COLUMNS
from geodata.coverage.profile import Profile
from geodata.units import PACES

#: The classes in which help is not reached within the window at the usual pace. Not known is not late.
LATE_CLASSES = ("fast_only", "present_without", "gap", "none_ahead")
AMOUNTS = ["km", *HOUR_COLUMNS]


@dataclass(frozen=True)
class Sections:
    """A route cut at frontiers: State by State, as it is travelled. Water between two States belongs to the one just left.

    `of`: the section of each segment. Per section `first`, its first segment, and `shore`, its last one not at sea (of
    a route that begins at sea, the last one before a State).
    """

    of: Ints
    first: Ints
    shore: Ints


@dataclass(frozen=True)
class Stretches:
    """Late stretches along a route: `of` each segment its stretch (-1 not late); per stretch the first and last segment."""

    of: Ints
    first: Ints
    last: Ints


def handovers(corridor: Corridor, profile: Profile) -> pd.DataFrame:
    """Late stretches of a profile, a row for each frontier that one touches; those that touch none have a row as well.

    In the order of travel, never by badness, and without a total per State. Columns:
    `stretch` (number along the route); `from_country`, `to_country` (a blank `from_country`: the route begins at sea);
    `at_km`, `at_hours` from the route's start to where she enters the second State (NaN and a blank `to_country`: the
    stretch touches no frontier, all of it is in the first);
    `before_…`, `after_…`: the class next to the frontier (else where the stretch begins), late km on the ellipsoid and
    late hours of travel at three paces in the first State up to there, and in the second from there on; zero where that
    side is in time, NaN where there is no second State. A State that a stretch crosses whole stands after one frontier
    and before the next: `late_parts` has each part once;
    `sea_…`: late km and hours at sea, between the two States or off either, counted in neither;
    `behind_…`: the help last left behind when the stretch begins: name, place, State, caveat codes ("" none on the route);
    `ahead_…`: the next help, the same, with its hours from the frontier (else from where the stretch begins; NaN none).
    No late segment, no rows.
    """
    segments = profile.segments
    sections, stretches = _sections(segments), _stretches(segments)
    stretch, left = _rows(sections, stretches)
    begins, crossed = stretches.first[stretch], left >= 0
    own = np.where(crossed, left, sections.of[begins])
    shore = segments.iloc[np.where(crossed, sections.shore[own], begins)]
    entered = segments.iloc[np.where(crossed, sections.first[left + 1], begins)]
    parts = late_parts(profile)
    at_sea = parts["country_iso3"] == ""
    before = _amounts(parts[~at_sea], stretch, own)
    after = _amounts(parts[~at_sea], stretch, left + 1) * np.where(crossed, 1.0, np.nan)[:, None]
    sea = _amounts(parts[at_sea], stretch, own) + _amounts(parts[at_sea], stretch, np.where(crossed, left + 1, -1))
    return pd.DataFrame(
        {
            "stretch": stretch,
            "from_country": shore["country_iso3"].to_numpy(),
            "to_country": np.where(crossed, entered["country_iso3"], ""),
            "at_km": np.where(crossed, entered["start_km"], np.nan),
            "at_hours": np.where(crossed, entered["start_hours"], np.nan),
            "before_class": shore["class"].to_numpy(),
            **before.add_prefix("before_"),
            "after_class": np.where(crossed, entered["class"], ""),
            **after.add_prefix("after_"),
            **sea.add_prefix("sea_"),
            **_help(corridor, "behind", *_left_behind(profile, segments["leg_position"].to_numpy()[begins])),
            **_help(corridor, "ahead", entered["next_service"].to_numpy(), entered["next_place"].to_numpy()),
            **{f"ahead_{column}": entered[column].to_numpy() for column in HOUR_COLUMNS},
        }
    ).rename_axis("handover_id")


def late_parts(profile: Profile) -> pd.DataFrame:
    """Each late stretch in its parts, one for each State it lies in and one for the water off it. Index `part_id` from 0.

    In the order of travel: stretch, section (State by State along the route, from 0), country_iso3 ("" = at sea),
    from_km (from the route's start), km (ellipsoid), low_hours, typical_hours, high_hours of travel within it. They add
    up to the late classes of the profile. No late segment, no rows.
    """
    segments = profile.segments
    stretch = _stretches(segments).of
    late = stretch >= 0
    kept, legs = segments[["country_iso3", "start_km", "from_km", "to_km", "leg_position"]][late], profile.stretches
    km, leg = (kept["to_km"] - kept["from_km"]).to_numpy(), kept["leg_position"].to_numpy()
    share = km / (legs["end_km"] - legs["start_km"]).to_numpy()[leg]
    pieces = pd.DataFrame(
        {
            "stretch": stretch[late],
            "section": _sections(segments).of[late],
            "country_iso3": kept["country_iso3"].to_numpy(),
            "from_km": kept["start_km"].to_numpy(),
            "km": km,
            **{f"{pace}_hours": share * legs[f"leg_{pace}"].to_numpy()[leg] for pace in PACES},
        }
    )
    grouped = pieces.groupby(["stretch", "section", "country_iso3"])
    parts = pd.concat([grouped["from_km"].min(), grouped[AMOUNTS].sum()], axis=1).reset_index()
    return parts.sort_values("from_km", ignore_index=True).rename_axis("part_id")


def _sections(segments: pd.DataFrame) -> Sections:
    country = segments["country_iso3"].to_numpy()
    ashore = np.flatnonzero(country != "")
    entered = ashore[1:][country[ashore[1:]] != country[ashore[:-1]]]
    starts_at_sea = ashore[:1][ashore[:1] > 0]
    first = np.concatenate([[0], starts_at_sea, entered]).astype(np.int64)
    of = np.searchsorted(first, np.arange(len(country)), side="right") - 1
    shore = np.append(first[1:], len(country)) - 1
    np.maximum.at(land := np.full(len(first), -1, dtype=np.int64), of[ashore], ashore)
    return Sections(of=of, first=first, shore=np.where(land >= 0, land, shore))


def _stretches(segments: pd.DataFrame) -> Stretches:
    late = segments["class"].isin(LATE_CLASSES).to_numpy()
    turns = np.diff(np.concatenate([[False], late, [False]]).astype(np.int8))
    first, last = np.flatnonzero(turns == 1), np.flatnonzero(turns == -1) - 1
    return Stretches(of=np.where(late, np.cumsum(turns[:-1] == 1) - 1, -1), first=first, last=last)


def _rows(sections: Sections, stretches: Stretches) -> tuple[Ints, Ints]:
    """The stretch of each row, and the section left at its frontier (-1: the stretch touches none)."""
    rows = [
        (stretch, left)
        for stretch, (first, last) in enumerate(zip(stretches.first, stretches.last, strict=True))
        for left in _touched(sections, first, last) or [-1]
    ]
    stretch, left = np.array(rows, dtype=np.int64).reshape(-1, 2).T
    return stretch, left


def _touched(sections: Sections, first: int, last: int) -> range:
    """The sections at whose far end lies a frontier that the segments from `first` to `last` cross or touch."""
    start, stop = sections.of[first], sections.of[last]
    begins_there = first == sections.first[start] and start > 0
    ends_there = last >= sections.shore[stop] and stop + 1 < len(sections.first)
    return range(start - begins_there, stop + ends_there)


def _amounts(parts: pd.DataFrame, stretch: Ints, section: Ints) -> pd.DataFrame:
    """Km and hours of the part of each stretch in each section; zero where the stretch has no such part."""
    wanted = pd.MultiIndex.from_arrays([stretch, section])
    return parts.set_index(["stretch", "section"])[AMOUNTS].reindex(wanted).fillna(0.0).reset_index(drop=True)


def _left_behind(profile: Profile, leg_position: Ints) -> tuple[np.ndarray, np.ndarray]:
    """The help, and its place, that she last left behind at or before the start of each of the given legs; "" none.

    Help is left behind at the stop from which another one, or none, is the next.
    """
    stops, valid = profile.stops, profile.stretches["valid"].to_numpy()
    here = stops["next_service"].to_numpy()[:-1]
    onward = np.where(valid, stops["next_service"].to_numpy()[1:], "")
    passed = np.where((here != "") & (here != onward), np.arange(len(here)), -1)
    last = np.maximum.accumulate(passed)[leg_position]
    named = stops[["next_service", "next_place"]].to_numpy()[last]
    return np.where(last >= 0, named[:, 0], ""), np.where(last >= 0, named[:, 1], "")


def _help(corridor: Corridor, side: str, names: np.ndarray, places: np.ndarray) -> dict[str, np.ndarray]:
    """Columns for help by name: itself, its place, the State in which that lies, and the caveats of its row."""
    caveats = pd.concat([corridor.services["caveat"], corridor.state_presence["caveat"]])
    return {
        f"{side}_service": names,
        f"{side}_place": places,
        f"{side}_country": corridor.places["country_iso3"].reindex(places).fillna("").to_numpy(),
        f"{side}_caveat": caveats.reindex(names).fillna("").to_numpy(),
    }
