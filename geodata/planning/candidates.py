"""Where a service might be: new at a place of the corridor, at a point of the planner's own, or one that is there, upgraded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd
import shapely

from geodata.corridor import Corridor
from geodata.corridor.geodesy import distance_km
from geodata.corridor.ties import TIE_KM, ties
from geodata.coverage.audiences import admission
from geodata.coverage.presence import services_at, sites_for
from geodata.coverage.question import CHANNEL, Question
from geodata.errors import UnknownName
from geodata.planning.harm import harms
from geodata.planning.planned import NEW_PREFIX, planned
from geodata.planning.scenario import Change, Scenario
from geodata.units import PACES

#: What a candidate would be; of two at one place the earlier is the rarer effort and is taken where nothing else differs.
KINDS = ("upgrade", "new")
CANDIDATE_COLUMNS = [
    "kind",
    "place_id",
    "service_id",
    "country_iso3",
    "at_place",
    "walk_hours",
    "cost",
    "own",
    "flags",
    "order",
]
Point = tuple[float, float]
#: A mode and a kind of place of the tables where nobody lives.
TRAIL, TRAILHEAD = "on_foot_trail", "trailhead"


def candidates(
    corridor: Corridor,
    question: Question,
    *,
    without: Sequence[str] = (),
    own: Sequence[Point] = (),
    costs: tuple[float, float] | None = None,
    unsafe: Sequence[str] = (),
    avoid_flagged: bool = False,
) -> pd.DataFrame:
    """Every place at which a new service, or an upgraded one, could stand; whether it would help is not looked at here.

    A new service is built at a settlement: the points of a forest trail are no candidates, but can be named in `own`.
    Index `candidate`: `new:<place>`, `new:<lat>,<lon>` for a point of the planner's own (EPSG:4326), `upgrade:<service>`
    for a service listed at the date without the capability asked for. Columns kind, place_id and at_place (the place by
    which it is reached), service_id ("" where new), country_iso3, walk_hours from the place, cost (of `costs`, a new one's
    and an upgrade's; NaN without), own, flags (what the do-no-harm check holds against its place, of `harm.HARMS`, `;`),
    order (of two that serve alike the lower is taken). Of places in `without` there is none, with `avoid_flagged` of those
    with a flag neither; `unsafe` are places that the planner marks. Raises `UnknownName` for a place that is not there,
    for an own point that no place holds, and where institutions are asked for.
    """
    if question.asks_state:
        raise UnknownName("A service can be planned, an institution of the State cannot: ask for a capability.")
    unknown = [place for place in without if place not in corridor.places.index]
    if unknown:
        raise UnknownName(f"There is no place {unknown[0]!r} to leave out: take the ids of the table places.")
    places = [_new(corridor, place) for place in settled_places(corridor)]
    points = [_own(corridor, point) for point in own]
    rows = pd.DataFrame([*_upgrades(corridor, question), *points, *places])
    rows["cost"] = float("nan") if costs is None else rows["kind"].map({"new": costs[0], "upgrade": costs[1]})
    rows["flags"] = _flags(corridor, question, rows, own, unsafe)
    left_out = rows["at_place"].isin(list(without)) | (avoid_flagged & (rows["flags"] != ""))
    kept = rows[~left_out].drop_duplicates("candidate").set_index("candidate")
    kept = kept.sort_values("cost", kind="stable") if costs is not None else kept
    return kept.assign(order=range(len(kept)))[CANDIDATE_COLUMNS]


def settled_places(corridor: Corridor) -> list[str]:
    """The places where people live or are received, in the order of the table: no trailhead, no point of a trail alone."""
    ends = [corridor.legs[end].groupby(corridor.legs["mode"]).unique() for end in ("from_place", "to_place")]
    reached = {place for end in ends for mode, places in end.items() if mode != TRAIL for place in places}
    kinds = corridor.places["kind"]
    return [str(place) for place in kinds.index if kinds[place] != TRAILHEAD and place in reached]


def planned_capability(corridor: Corridor, question: Question) -> str:
    """What a planned service can do: the capability asked for; where any channel to report is, the first that hears."""
    if question.capability != CHANNEL:
        return question.capability
    hears: list[str] = corridor.capabilities.index[corridor.capabilities["hears"] == "yes"].tolist()
    return hears[0]


def with_candidates(corridor: Corridor, question: Question, chosen: pd.DataFrame) -> Corridor:
    """The corridor with the chosen candidates at work, as `planned` has it: confirmed, and admitting whom is asked for.

    An upgraded service keeps everything that it has. A point of the planner's own is reached on foot from its place. No
    candidates, the corridor itself.
    """
    if chosen.empty:
        return corridor
    made = planned(corridor, Scenario(changes=changes(corridor, question, chosen)))
    walks = {f"{NEW_PREFIX}{at}": walk for at, walk in enumerate(chosen["walk_hours"], 1) if walk > 0}
    walks = {name: walk for name, walk in walks.items() if name in made.services.index}
    if not walks:
        return made
    walked = made.services.copy()
    walked.loc[list(walks), "walk_hours"] = list(walks.values())
    return corridor.with_services(walked)


def changes(corridor: Corridor, question: Question, chosen: pd.DataFrame) -> tuple[Change, ...]:
    """The chosen candidates as the changes of a scenario, in their order; they hold at every date."""
    able, columns = (planned_capability(corridor, question),), ["kind", "at_place", "service_id"]
    return tuple(
        Change("upgrade", str(service), able) if kind == "upgrade" else Change("open", str(place), able)
        for kind, place, service in chosen[columns].to_numpy().tolist()
    )


def _flags(
    corridor: Corridor, question: Question, rows: pd.DataFrame, own: Sequence[Point], unsafe: Sequence[str]
) -> list[str]:
    """Per candidate what is held against its place, or against the planner's own point."""
    points = pd.DataFrame(own, columns=["lat", "lon"], index=[own_name(point) for point in own], dtype=float)
    against = [_harms(corridor, question, unsafe)]
    if own:
        near = harms(corridor, points.assign(precision="exact", caveat=""), question.as_of, unsafe=unsafe)
        against.append(near["reason"])
    words = pd.concat(against).groupby(level=0, sort=False).agg(lambda reasons: joined(dict.fromkeys(reasons)))
    named = rows["candidate"].where(rows["own"], rows["at_place"])
    return words.reindex(named).fillna("").tolist()


def _harms(corridor: Corridor, question: Question, unsafe: Sequence[str]) -> pd.Series[str]:
    """The reasons against each place of the corridor."""
    key = ("harms of places", question.as_of, tuple(unsafe))
    return corridor.remembered(
        key, lambda: harms(corridor, corridor.places, question.as_of, unsafe=unsafe)["reason"], of_services=False
    )


def own_name(point: Point) -> str:
    """The candidate of a point of the planner's own."""
    return f"new:{point[0]:g},{point[1]:g}"


def _new(corridor: Corridor, place: str) -> dict[str, object]:
    country = corridor.places.at[place, "country_iso3"]
    return _row(f"new:{place}", "new", place, country_iso3=country)


def _row(candidate: str, kind: str, place: str, **more: object) -> dict[str, object]:
    plain = {"service_id": "", "walk_hours": 0.0, "own": False}
    return {"candidate": candidate, "kind": kind, "place_id": place, "at_place": place, **plain, **more}


def _upgrades(corridor: Corridor, question: Question) -> list[dict[str, object]]:
    """Services that count at the date but cannot do it; those nearest to it in the list of capabilities come first."""
    listed = services_at(corridor, question.as_of)
    listed = listed[(listed["at_place"] != "") & (listed["capabilities"] != "")]
    listed = listed[~listed.index.isin(sites_for(corridor, question.with_(status="listed", whom="")).index)]
    if question.status == "confirmed":
        listed = listed[listed["confirmed"]]
    if question.whom:
        listed = listed[admission(listed, corridor.audiences.to_dict("index")[question.whom]) == "yes"]
    away = [_ranks_away(corridor, question, words) for words in listed["capabilities"]]
    listed = listed.assign(away=away).sort_values(["away", "confirmed"], ascending=[True, False], kind="stable")
    fields = ["at_place", "country_iso3", "walk_hours"]
    return [
        _row(f"upgrade:{service}", "upgrade", str(place), service_id=service, country_iso3=country, walk_hours=walk)
        for service, (place, country, walk) in zip(listed.index, listed[fields].to_numpy().tolist(), strict=True)
    ]


def _ranks_away(corridor: Corridor, question: Question, words: str) -> int:
    """How far in the list of capabilities what a service can do is from what is asked for: a health post is near care."""
    ranks = {str(name): rank for rank, name in enumerate(corridor.capabilities.index)}
    asked = ranks[planned_capability(corridor, question)]
    return min((abs(ranks[word] - asked) for word in words.split(";") if word in ranks), default=len(ranks))


def _own(corridor: Corridor, point: Point) -> dict[str, object]:
    """A point of the planner's own, reached on foot from the nearest place by the rule of the corridor's services."""
    lat, lon = point
    countries = corridor.boundaries.countries
    holding = countries.index[countries.contains(shapely.Point(lon, lat))].tolist()
    site = pd.DataFrame([{"place_id": "", "lat": lat, "lon": lon, "country_iso3": holding[0] if holding else ""}])
    tied = ties(site, corridor.places, countries).iloc[0]
    if tied["place_id"] == "":
        raise UnknownName(_refusal(corridor, lat, lon))
    place = str(tied["place_id"])
    more = {"country_iso3": holding[0], "walk_hours": float(tied["walk_hours"]), "own": True}
    return _row(own_name(point), "new", place, **more)


def _refusal(corridor: Corridor, lat: float, lon: float) -> str:
    points = corridor.places[["lon", "lat"]].itertuples()
    away = {str(place): distance_km(lon, lat, float(x), float(y)) for place, x, y in points}
    nearest = min(away, key=away.__getitem__)
    return (
        f"No place of the corridor holds the point {lat:g}, {lon:g}: the nearest is {nearest}, {away[nearest]:.1f} km "
        f"away. Take a point at most {TIE_KM:g} km from a place, in its country and with no water between."
    )


def joined(words: Iterable[object]) -> str:
    """Words joined by `;`, in order; "" for none."""
    return ";".join(map(str, words))


def pace_row(pace: str) -> int:
    """Where a pace stands in arrays by pace. Raises `UnknownName` for another word."""
    if pace not in PACES:
        raise UnknownName(f"{pace!r} is not a pace: take one of {', '.join(PACES)}.")
    return PACES.index(pace)
