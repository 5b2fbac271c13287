"""The shortest list of changes that would make a country's sections of a route ready."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from geodata.corridor import Corridor
from geodata.corridor.arcs import Bools, Floats, Ints
from geodata.coverage.audiences import admission
from geodata.coverage.presence import services_at, sites_for
from geodata.coverage.profile import along
from geodata.coverage.question import Question
from geodata.coverage.standing import segment_ids, segments_ahead
from geodata.planning.candidates import settled_places
from geodata.planning.harm import harms
from geodata.planning.optima import Instance, Solution
from geodata.planning.optima.set_covering import set_cover
from geodata.planning.reach import hours_to
from geodata.planning.scenario import Change
from geodata.planning.standards import Standard, awaited
from geodata.units import PACES

#: What a row asks for: a new service, a capability for one that is there, a look whether a listed one works, patience.
KINDS = ("open", "upgrade", "confirm", "await")
#: Why no change in the country makes a segment ready: help would have to stand beyond the border; every place ahead is
#: too far; the way on is not known at the date.
REASONS = ("beyond_border", "too_far", "way_not_known")
HOURS = [f"{pace}_hours" for pace in PACES]


@dataclass(frozen=True)
class Shortest:
    """The answer of `shortest_changes`.

    `changes`: kind (one of `KINDS`), place_id, country_iso3, service_id ("" of a new one), capabilities (`;`-joined),
    change (its text in a plan, "" where there is nothing to plan), low_hours, typical_hours, high_hours: the hours of
    the country's travel on the route (at typical pace) for which it would meet a target that is not met now, at the
    fast, usual and slow pace; and `harms`, the kinds of reasons against help at the place (of `harm.HARMS`,
    `;`-joined, blank where none was found, which is not "safe"). First the places in the order of travel, then what is
    to be confirmed and awaited.
    `left_over`: what no such change makes ready, by neighbouring segments: capability, reason (one of `REASONS`),
    next_place (the nearest place ahead, "" = none), from_hours, to_hours, hours.
    `places` is how many places the list needs, `optimal` whether it is proven that no shorter one does.
    """

    changes: pd.DataFrame
    left_over: pd.DataFrame
    places: int
    optimal: bool


@dataclass(frozen=True)
class _Needs:
    """The pairs of a segment of the country (position in `along`) and a target that is not met by confirmed services.

    `promised`: met by services that are listed, or awaited: somebody must confirm them, or wait.
    """

    segment: Ints
    target: Ints
    promised: Bools
    hours: Floats


def shortest_changes(
    corridor: Corridor, question: Question, standard: Standard, country: str, *, ahead: bool = False
) -> Shortest:
    """The fewest places whose new or upgraded services make the country's sections of the route ready, and what else.

    Three steps, each an exact set covering over (segment, target) pairs at typical pace. First the places: each pair
    that nothing listed or awaited meets must have a place within its hours; a place that gets several capabilities
    counts once. Then, at these places, the fewest capabilities. Last, for what listed or awaited services meet if they
    are at work, the fewest of them that must be confirmed or awaited. A capability is given to a service that stands
    at the very place, is confirmed at the date and admits her, where there is one (`upgrade`), else to a new one
    (`open`). What is planned is taken to be at work, confirmed, and to admit whom the question is asked for.
    Candidates are the country's own settlements, no points of a trail; with `ahead` also those of other countries
    further on. Services that wait to
    be confirmed may stand anywhere ahead. Whether the question counts listed services makes no difference here.

    Method: the location set covering problem (Toregas and others 1971), solved to optimality.
    Raises `UnknownName` without a known route or for a capability that is not known.
    """
    segments = along(corridor, question)
    needs = _needs(corridor, question, standard, segments, country)
    places = _candidates(corridor, country, ahead=ahead)
    limits = np.array(list(standard.targets.values()), dtype=float)
    hours = hours_to(corridor, question, _stands(places))
    within = (hours[1][:, needs.segment] <= limits[needs.target]).T
    missing = ~needs.promised
    found, chosen = _fewest(within & missing[:, None])
    given = _capabilities(within & missing[:, None], needs.target, chosen, len(limits))
    met = _met(within, needs.target, given)
    opened = _openings(corridor, question, standard, places, given, hours, needs)
    relied = _relied(corridor, question, standard, needs, met)
    left = missing & ~met
    return Shortest(
        changes=_with_harms(corridor, pd.concat([opened, relied], ignore_index=True), question),
        left_over=_left_over(corridor, question, standard, segments, needs, left),
        places=len(chosen),
        optimal=found.optimal,
    )


def _needs(corridor: Corridor, question: Question, standard: Standard, segments: pd.DataFrame, country: str) -> _Needs:
    own = np.flatnonzero((segments["country_iso3"] == country).to_numpy())
    pairs = [_unmet(corridor, question, name, hours, own) for name, hours in standard.targets.items()]
    segment = np.concatenate([found for found, _ in pairs])
    return _Needs(
        segment=segment,
        target=np.repeat(np.arange(len(pairs)), [len(found) for found, _ in pairs]),
        promised=np.concatenate([promised for _, promised in pairs]),
        hours=segments["hours"].to_numpy()[segment],
    )


def _unmet(corridor: Corridor, question: Question, capability: str, limit: int, own: Ints) -> tuple[Ints, Bools]:
    """The segments (of the positions `own`) where confirmed services do not meet the target, and where others may."""
    put = question.with_(capability=capability, status="confirmed")
    late = _late(corridor, put, sites_for(corridor, put), limit)[own]
    promised = ~_late(corridor, put, _promised(corridor, put), limit)[own]
    return own[late], promised[late]


def _promised(corridor: Corridor, put: Question) -> pd.DataFrame:
    """Services with the capability that are listed or awaited, those that are confirmed too; index their id."""
    return pd.concat([sites_for(corridor, put.with_(status="listed")), awaited(corridor, put)])


def _late(corridor: Corridor, put: Question, sites: pd.DataFrame, limit: int) -> Bools:
    """Per segment of `along` whether the nearest of the sites is beyond the limit at typical pace."""
    order = pd.Index(segment_ids(corridor, put)).get_indexer(along(corridor, put).index)
    late: Bools = segments_ahead(corridor, put, sites).hours[1][order] > limit
    return late


def _candidates(corridor: Corridor, country: str, *, ahead: bool) -> pd.DataFrame:
    """The settlements where help may come to stand: the country's, or all; index place_id."""
    places = corridor.places.loc[settled_places(corridor)]
    return places if ahead else places[places["country_iso3"] == country]


def _stands(places: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame({"at_place": places.index, "walk_hours": 0.0})


def _fewest(covers: Bools) -> tuple[Solution, Ints]:
    """The fewest columns that cover every row that any covers. Equal rows, and equal columns, are solved once."""
    rows = np.unique(covers[covers.any(axis=1)], axis=0)
    if not len(rows):
        return Solution((), 0.0, 0.0, optimal=True), np.empty(0, dtype=np.int64)
    _, first = np.unique(rows, axis=1, return_index=True)
    useful = np.sort(first[rows[:, first].any(axis=0)])
    found = set_cover(Instance(np.ones(len(rows)), coverage=csr_array(rows[:, useful])))
    return found, useful[list(found.sites)].astype(np.int64)


def _capabilities(within: Bools, target: Ints, chosen: Ints, targets: int) -> dict[int, list[int]]:
    """By place (position) the targets that need it: for each target the fewest of the chosen places."""
    given: dict[int, list[int]] = {int(place): [] for place in chosen}
    for one in range(targets):
        for place in chosen[_fewest(within[target == one][:, chosen])[1]]:
            given[int(place)].append(one)
    return given


def _met(within: Bools, target: Ints, given: dict[int, list[int]]) -> Bools:
    """Which needs the chosen places meet with the capabilities that they are given."""
    met = np.zeros(len(target), dtype=bool)
    for place, targets in given.items():
        met |= within[:, place] & np.isin(target, targets)
    return met


def _openings(
    corridor: Corridor,
    question: Question,
    standard: Standard,
    places: pd.DataFrame,
    given: dict[int, list[int]],
    hours: Floats,
    needs: _Needs,
) -> pd.DataFrame:
    """A row per place, in the order in which the route comes to them."""
    names, limits = list(standard.targets), np.array(list(standard.targets.values()), dtype=float)
    rows = []
    for place, targets in given.items():
        able = np.isin(needs.target, targets) & ~needs.promised
        in_time = able & (hours[:, place][:, needs.segment] <= limits[needs.target])
        capabilities = tuple(names[one] for one in targets)
        name = str(places.index[place])
        rows.append(_row(corridor, name, _upgraded(corridor, question, name), capabilities, needs, in_time))
    first = {place: number for number, place in enumerate(_order_of_travel(corridor, question))}
    return _table(sorted(rows, key=lambda row: first.get(str(row["place_id"]), len(first))))


def _row(
    corridor: Corridor, place: str, service: str, capabilities: tuple[str, ...], needs: _Needs, in_time: Bools
) -> dict[str, object]:
    change = Change("upgrade", service, capabilities) if service else Change("open", place, capabilities)
    return {
        "kind": change.kind,
        "place_id": place,
        "country_iso3": corridor.places.at[place, "country_iso3"],
        "service_id": service,
        "capabilities": ";".join(capabilities),
        "change": str(change),
        **_gains(needs, in_time),
    }


def _gains(needs: _Needs, in_time: Bools) -> dict[str, float]:
    """The hours of the segments for which some need is met in time, each segment once, at every pace."""
    gains = {}
    for column, met in zip(HOURS, in_time, strict=True):
        _, once = np.unique(needs.segment[met], return_index=True)
        gains[column] = float(needs.hours[met][once].sum())
    return gains


def _upgraded(corridor: Corridor, question: Question, place: str) -> str:
    """The service at the very place that could be given a capability, by id the first; "" where there is none."""
    services = services_at(corridor, question.as_of)
    able = (services["at_place"] == place) & (services["walk_hours"] == 0) & services["confirmed"]
    able &= services["capabilities"] != ""
    if question.whom:
        able &= admission(services, corridor.audiences.to_dict("index")[question.whom]) == "yes"
    return str(min(services.index[able], default=""))


def _relied(corridor: Corridor, question: Question, standard: Standard, needs: _Needs, met: Bools) -> pd.DataFrame:
    """The fewest listed or awaited services that must turn out to be at work, per target, for what they alone meet."""
    rows: list[dict[str, object]] = []
    for one, (capability, limit) in enumerate(standard.targets.items()):
        put = question.with_(capability=capability, status="confirmed")
        sites = _promised(corridor, put)
        sites = sites[~sites["confirmed"]]
        open_needs = needs.promised & ~met & (needs.target == one)
        if not open_needs.any():
            continue
        hours = hours_to(corridor, put, sites)[:, :, needs.segment]
        _, chosen = _fewest((hours[1] <= limit).T & open_needs[:, None])
        coming = set(awaited(corridor, put).index)
        for site in chosen:
            service, in_time = str(sites.index[site]), (hours[:, site] <= limit) & open_needs
            kind = "await" if service in coming else "confirm"
            place = str(sites["at_place"].iloc[site])
            rows.append(
                {
                    "kind": kind,
                    "place_id": place,
                    "country_iso3": corridor.places.at[place, "country_iso3"],
                    "service_id": service,
                    "capabilities": capability,
                    "change": "",
                    **_gains(needs, in_time),
                }
            )
    return _table(rows)


def _table(rows: list[dict[str, object]]) -> pd.DataFrame:
    names = ["kind", "place_id", "country_iso3", "service_id", "capabilities", "change"]
    table = pd.DataFrame(rows, columns=[*names, *HOURS])
    return table.astype(dict.fromkeys(names, "str") | dict.fromkeys(HOURS, "float64"))


def _with_harms(corridor: Corridor, changes: pd.DataFrame, question: Question) -> pd.DataFrame:
    """The changes with what was found against help at their places."""
    places = corridor.places.loc[list(dict.fromkeys(changes["place_id"]))]
    found = harms(corridor, places, question.as_of)["reason"]
    kinds = {place: ";".join(dict.fromkeys(found[found.index == place])) for place in places.index}
    return changes.assign(harms=changes["place_id"].map(kinds).astype("str"))


def _order_of_travel(corridor: Corridor, question: Question) -> list[str]:
    directed = corridor.arcs[question.direction]
    arcs = corridor.route_arcs(str(question.route))
    return [str(corridor.places.index[place]) for place in [directed.tail[arcs[0]], *directed.head[arcs]]]


def _left_over(
    corridor: Corridor,
    question: Question,
    standard: Standard,
    segments: pd.DataFrame,
    needs: _Needs,
    left: Bools,
) -> pd.DataFrame:
    """What stays unmet, neighbouring segments with one capability, reason and next place joined."""
    capabilities = np.array(list(standard.targets), dtype=object)
    limits = np.array(list(standard.targets.values()), dtype=float)
    order = pd.Index(segment_ids(corridor, question)).get_indexer(segments.index)
    settled = corridor.places.loc[settled_places(corridor)]
    nearest = segments_ahead(corridor, question, _stands(settled))
    hours, place = nearest.hours[1][order][needs.segment], nearest.nearest[order][needs.segment]
    reason = np.select([np.isinf(hours), hours <= limits[needs.target]], [2, 0], default=1)
    table = pd.DataFrame(
        {
            "capability": capabilities[needs.target],
            "reason": np.array(REASONS, dtype=object)[reason],
            "next_place": np.append(settled.index.to_numpy(dtype=object), "")[place],
            "from_hours": segments["start_hours"].to_numpy()[needs.segment],
            "hours": needs.hours,
            "position": needs.segment,
        }
    )[left]
    return _joined(table)


def _joined(table: pd.DataFrame) -> pd.DataFrame:
    alike = ["capability", "reason", "next_place"]
    same = (table[alike] == table[alike].shift()).all(axis="columns") & (table["position"].diff() == 1)
    grouped = table.groupby((~same).cumsum())
    joined = grouped[[*alike, "from_hours"]].first().assign(hours=grouped["hours"].sum())
    joined["to_hours"] = joined["from_hours"] + joined["hours"]
    return joined[[*alike, "from_hours", "to_hours", "hours"]].reset_index(drop=True)
