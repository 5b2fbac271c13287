"""Do no harm: what near a place could keep a woman away from help there, or put her at risk.

A proposal is a place, never a point in a street, and a reason is a warning to a planner, never a verdict on a place.
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd

from geodata.corridor import Corridor
from geodata.corridor.arcs import Bools
from geodata.corridor.geodesy import Floats, distances_km
from geodata.coverage.presence import open_mask
from geodata.errors import UnknownName
from geodata.units import Km, Month

#: control_post: border police, migration posts, coast guard; holding_station: where people may be held or registered,
#: so that a woman without papers may stay away; marked_unsafe: the planner said so.
HARMS = ("control_post", "holding_station", "marked_unsafe")
#: possibly_closed: a source leaves it out, or its end is inferred; not_listed: its interval does not contain the date;
#: never_seen: it was only announced; place_approximate: where it stands is assumed, or the distance rests on a point
#: that is not exact.
DOUBTS = ("possibly_closed", "not_listed", "never_seen", "place_approximate")
#: What stands no farther than this from a place is near it.
NEAR_KM = Km(5.0)
HOLDING_KINDS = ("reception_station", "police")
CLOSED_CAVEATS = frozenset({"possibly_closed", "closing_inferred"})
UNSEEN_CAVEATS = frozenset({"announced_never_seen"})
APPROXIMATE_CAVEATS = frozenset(
    {"place_assumed", "point_about_5km", "point_coarsened", "point_estimated", "point_near_not_at"}
    | {"seat_not_published_town_assumed", "several_sites_one_point", "stands_for_another_place"}
)
COLUMNS = ["reason", "presence_id", "near_place", "distance_km", "doubts", "source_id", "caveat"]


def harms(corridor: Corridor, places: pd.DataFrame, as_of: Month, *, unsafe: Collection[str] = ()) -> pd.DataFrame:
    """Every reason against help at the places, one row each; index `place_id`, only places with a reason.

    `places` are rows of `Corridor.places`, or a planner's own in that form (lat, lon, precision, caveat). Institutions
    count that are listed at the date or have no published closing, at the place or within 5 km of it on the ellipsoid;
    `unsafe` names places of the corridor that the planner marks, which count in the same way. Columns: reason (one of
    `HARMS`), presence_id (blank where the planner marked it), near_place (where that stands, blank where only its
    point is published), distance_km, doubts (some of `DOUBTS`, `;`), source_id and caveat (of the institution).
    In the order of the places, then of `HARMS`, the nearest first. No reason found is not "safe": what could not be
    held against any place is counted in `unchecked`. Raises `UnknownName` where there is no such marked place.
    """
    against = pd.concat([_institutions(corridor, as_of), _marked(corridor, unsafe)])
    away_km = _away_km(places, against)
    at, near = np.nonzero(away_km <= NEAR_KM)
    found = against.iloc[near].set_axis(places.index[at]).rename_axis("place_id")
    found = found.assign(distance_km=away_km[at, near], doubts=_doubts(found, _approximate(places)[at]))
    order = np.lexsort((found["distance_km"], found["reason"].map(HARMS.index).to_numpy(dtype=int), at))
    return found.iloc[order][COLUMNS]


def unchecked(corridor: Corridor, as_of: Month) -> pd.DataFrame:
    """How many institutions could not be held against any place, since no source says where they are.

    A row per country (index `country_iso3`, blank where not published) that has any, columns `control_post` and
    `holding_station`.
    """
    found = _standing(corridor, as_of)
    nowhere = found[_points(corridor, found).isna().any(axis=1)]
    counts = pd.crosstab(nowhere["country_iso3"], nowhere["reason"])
    return counts.reindex(columns=list(HARMS[:2]), fill_value=0).rename_axis(columns=None)


def _standing(corridor: Corridor, as_of: Month) -> pd.DataFrame:
    """The institutions that count, with `reason` and whether they are `listed` at the date."""
    presence = corridor.state_presence
    listed = open_mask(presence, as_of)
    holding = presence["kind"].isin(HOLDING_KINDS) & (presence["role"] == "mixed")
    control = presence["role"] == "control"
    kept = (control | holding) & (listed | (presence["closed"] == ""))
    return presence.assign(reason=np.where(control, *HARMS[:2]), listed=listed)[kept]


def _points(corridor: Corridor, sites: pd.DataFrame) -> pd.DataFrame:
    """lon, lat of each: its own point where published, else that of its place; NaN where neither is."""
    own = sites[["lon", "lat"]]
    return own.where(own.notna().all(axis=1), _of_places(corridor, sites, ["lon", "lat"]))


def _of_places(corridor: Corridor, sites: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    return corridor.places[columns].reindex(sites["place_id"]).set_axis(sites.index)


def _institutions(corridor: Corridor, as_of: Month) -> pd.DataFrame:
    found = _standing(corridor, as_of)
    found[["lon", "lat"]] = _points(corridor, found)
    at_place = _of_places(corridor, found, ["precision", "caveat"]).fillna("")
    return found.assign(
        presence_id=found.index,
        near_place=found["place_id"],
        approximate=_approximate(at_place),
    ).dropna(subset=["lon", "lat"])


def _marked(corridor: Corridor, unsafe: Collection[str]) -> pd.DataFrame:
    strange = [name for name in unsafe if name not in corridor.places.index]
    if strange:
        raise UnknownName(f"There is no place {strange[0]!r} to mark as unsafe: write the id of a place.")
    places = corridor.places.loc[list(dict.fromkeys(unsafe))]
    return places.assign(
        reason="marked_unsafe",
        presence_id="",
        near_place=places.index,
        listed=True,
        approximate=_approximate(places),
        source_id="",
        caveat="",
    )


def _away_km(places: pd.DataFrame, against: pd.DataFrame) -> Floats:
    """Km from each place (a row) to each of what counts; zero where that stands at the place itself."""
    away_km = distances_km(places[["lon", "lat"]].to_numpy(dtype=float), against[["lon", "lat"]].to_numpy(dtype=float))
    here = places.index.to_numpy()[:, np.newaxis] == against["near_place"].to_numpy()
    return np.where(here, 0.0, away_km)


def _doubts(found: pd.DataFrame, approximate: Bools) -> list[str]:
    """Of each reason its doubts, `;`; `approximate` tells whether the point of the place itself is not exact."""
    rough = found["approximate"].to_numpy(dtype=bool) | approximate
    elsewhere = found.index.to_numpy() != found["near_place"].to_numpy()
    told = {
        "possibly_closed": _any_of(found["caveat"], CLOSED_CAVEATS),
        "not_listed": ~found["listed"].to_numpy(dtype=bool),
        "never_seen": _any_of(found["caveat"], UNSEEN_CAVEATS),
        "place_approximate": (rough & elsewhere) | _any_of(found["caveat"], APPROXIMATE_CAVEATS),
    }
    return [";".join(word for word in DOUBTS if told[word][row]) for row in range(len(found))]


def _approximate(places: pd.DataFrame) -> Bools:
    rough: Bools = places["precision"].isin(["about_1km", "about_5km"]).to_numpy()
    return rough | _any_of(places["caveat"], APPROXIMATE_CAVEATS)


def _any_of(caveats: pd.Series[str], words: frozenset[str]) -> Bools:
    return caveats.map(lambda text: bool(words & set(text.split(";")))).to_numpy(dtype=bool)
