"""Places that hold whatever comes: how often each is among the best, what a choice loses, the least worst loss."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from geodata.corridor import Corridor
from geodata.coverage.exposure import HOURS_OF_A_DAY
from geodata.coverage.question import Question
from geodata.errors import AmparoError, UnknownName
from geodata.planning.candidates import Point, candidates, joined
from geodata.planning.choosing import best
from geodata.planning.demand import Demand, demand, in_part
from geodata.planning.futures import Future, women_and_girls
from geodata.planning.ground import CLOSE, ground
from geodata.planning.regret import Way, least_regret
from geodata.units import Month

Progress = Callable[[int, int], None]
Ways = tuple[str, str, str, Month]


class Cancelled(AmparoError):
    """Raised by a progress callback to stop the work; nothing is kept of it."""


@dataclass(frozen=True)
class Robust:
    """The best places over futures. A candidate is a place (`new:<place>`, `new:<lat>,<lon>`), the same in every future.

    `frequency`, the most frequent first (index `candidate`): place_id, country_iso3, flags (of `harm.HARMS`), in_best
    (futures in whose best choice it is), in_some_best (those in which it is, or could take the place of one that is at
    the same value), futures (how many there are), share (in_best of futures), upgrades (services there that could be
    upgraded instead at the question's date, `;`). Only candidates that are in some best choice.
    `regret`, per choice and future: choice (of `choices`), direction, route, month ("" without a count), pace, status,
    date, in_time_hours (of one woman's travel, at typical hours), best_in_time_hours (the future's own best),
    loss_hours, loss_woman_days (NaN where the count is not known), share (of the best's hours in time that is lost, 0 to
    1; 0 where nothing can be in time), in_best (whether nothing is lost).
    `choices` (index `choice`: least_regret, most_frequent, and where the question has a route asked, its own best):
    candidates (`;`), worst_share, mean_share, worst_loss_woman_days, lost_in (in how many futures it loses something).
    `bests`, per future (direction, route, month, pace, status, date): candidates (`;`), in_time_hours,
    before_in_time_hours (by existing services alone), in_time_woman_days, optimal.
    `minimax` are the candidates of least_regret, `worst_share` its worst loss, `bound` what no choice of so many places
    can be better than, `optimal` that the two are proven equal.
    """

    futures: tuple[Future, ...]
    places: int
    frequency: pd.DataFrame
    regret: pd.DataFrame
    choices: pd.DataFrame
    bests: pd.DataFrame
    minimax: tuple[str, ...]
    worst_share: float
    bound: float
    optimal: bool


def robust(
    corridor: Corridor,
    question: Question,
    futures: Sequence[Future],
    places: int = 3,
    *,
    without: Sequence[str] = (),
    own: Sequence[Point] = (),
    part: str = "",
    unsafe: Sequence[str] = (),
    avoid_flagged: bool = False,
    progress: Progress | None = None,
) -> Robust:
    """The best `places` places of each future (most hours in time, exact), and the choice that never loses much.

    The loss of a choice in a future is what its best choice has in time beyond it, as a share of what that best choice has in
    time; least_regret has the least worst share over the futures. `progress(done, total)` is called after each future;
    what it raises ends the work, `Cancelled` is meant for that. With `part` only what of a route lies in it counts, and
    futures on routes that do not touch it are left out. Raises `UnknownName` as `site` does, and without futures.
    """
    futures = [one for one in futures if in_part(corridor, _asked(question, one), part).any()] if part else futures
    if not futures:
        raise UnknownName("There are no futures: take at least one route, month, pace and status.")
    found = candidates(corridor, question, without=without, own=own, unsafe=unsafe, avoid_flagged=avoid_flagged)
    ways = _ways(corridor, question, found[found["kind"] == "new"], futures, places, part, progress)
    least = least_regret(list(ways.values()), places)
    frequency = _frequency(found, futures, ways)
    choices = {"least_regret": least.chosen, "most_frequent": tuple(frequency.index[:places])}
    if question.route is not None:
        known = demand(corridor, question, part)
        choices["asked"] = _way(corridor, question, found[found["kind"] == "new"], "typical", places, known).best
    regret = _regret(corridor, futures, ways, choices)
    return Robust(
        futures=tuple(futures),
        places=places,
        frequency=frequency,
        regret=regret,
        choices=_choices(choices, regret),
        bests=_bests(corridor, futures, ways),
        minimax=least.chosen,
        worst_share=least.worst_share,
        bound=least.bound,
        optimal=least.optimal,
    )


def _ways(
    corridor: Corridor,
    question: Question,
    found: pd.DataFrame,
    futures: Sequence[Future],
    places: int,
    part: str,
    progress: Progress | None,
) -> dict[Ways, Way]:
    """What decides in the futures, each once: many differ in the count alone, which is the same all along a route."""
    ways, demands = dict[Ways, Way](), dict[Question, Demand]()
    for done, future in enumerate(futures, 1):
        asked = _asked(question, future)
        if asked not in demands:
            demands[asked] = demand(corridor, asked, part)
        if future.ways not in ways:
            ways[future.ways] = _way(corridor, asked, found, future.pace, places, demands[asked])
        if progress is not None:
            progress(done, len(futures))
    return ways


def _asked(question: Question, future: Future) -> Question:
    return question.with_(direction=future.direction, route=future.route, status=future.status, as_of=future.date)


def _way(corridor: Corridor, asked: Question, found: pd.DataFrame, pace: str, places: int, known: Demand) -> Way:
    """One way and its best choice, over places alone: an upgrade is known by its place."""
    made = ground(corridor, asked, found, pace, known)
    return Way.of(made, best(made, "mclp", places))


def _frequency(found: pd.DataFrame, futures: Sequence[Future], ways: Mapping[Ways, Way]) -> pd.DataFrame:
    times = Counter(future.ways for future in futures)
    chosen, some = Counter[str](), Counter[str]()
    for key, made in ways.items():
        for name in made.best:
            chosen[name] += times[key]
        for name in {*made.best, *made.ties}:
            some[name] += times[key]
    names = sorted(chosen, key=lambda name: (-chosen[name], -some[name], name))
    upgrades = found[found["kind"] == "upgrade"].reset_index().groupby("place_id")["candidate"].agg(joined)
    table = found.loc[names, ["place_id", "country_iso3", "flags"]].rename_axis("candidate")
    return table.assign(
        in_best=[chosen[name] for name in names],
        in_some_best=[some[name] for name in names],
        futures=len(futures),
        share=[chosen[name] / len(futures) for name in names],
        upgrades=upgrades.reindex(table["place_id"]).fillna("").to_numpy(),
    )


def _labels(future: Future) -> dict[str, str]:
    month = "" if future.month is None else str(future.month)
    return {
        "direction": future.direction,
        "route": future.route,
        "month": month,
        "pace": future.pace,
        "status": future.status,
        "date": str(future.date),
    }


def _regret(
    corridor: Corridor,
    futures: Sequence[Future],
    ways: Mapping[Ways, Way],
    choices: Mapping[str, tuple[str, ...]],
) -> pd.DataFrame:
    known = {(name, key): made.in_time_hours(chosen) for name, chosen in choices.items() for key, made in ways.items()}
    per_hour = [women_and_girls(corridor, future) / HOURS_OF_A_DAY for future in futures]
    rows = [
        {"choice": name, **_labels(future), **_loss(known[name, future.ways], ways[future.ways].best_hours, times)}
        for name in choices
        for future, times in zip(futures, per_hour, strict=True)
    ]
    return pd.DataFrame(rows)


def _loss(hours: float, best_hours: float, per_hour: float) -> dict[str, object]:
    loss = best_hours - hours if best_hours - hours > CLOSE * max(best_hours, 1.0) else 0.0
    return {
        "in_time_hours": hours,
        "best_in_time_hours": best_hours,
        "loss_hours": loss,
        "loss_woman_days": loss * per_hour,
        "share": loss / best_hours if best_hours > 0 else 0.0,
        "in_best": loss == 0.0,
    }


def _choices(choices: Mapping[str, tuple[str, ...]], regret: pd.DataFrame) -> pd.DataFrame:
    grouped = regret.groupby("choice")
    table = pd.DataFrame(index=pd.Index(choices, name="choice"))
    table["candidates"] = [joined(chosen) for chosen in choices.values()]
    table["worst_share"], table["mean_share"] = grouped["share"].max(), grouped["share"].mean()
    table["worst_loss_woman_days"] = grouped["loss_woman_days"].max()
    table["lost_in"] = grouped["in_best"].agg(lambda best_ones: int((~best_ones).sum()))
    return table


def _bests(corridor: Corridor, futures: Sequence[Future], ways: Mapping[Ways, Way]) -> pd.DataFrame:
    rows = []
    for future in futures:
        made = ways[future.ways]
        figures = {"candidates": joined(made.best), "in_time_hours": made.best_hours}
        days = made.best_hours * women_and_girls(corridor, future) / HOURS_OF_A_DAY
        more = {"before_in_time_hours": made.before, "in_time_woman_days": days, "optimal": made.optimal}
        rows.append({**_labels(future), **figures, **more})
    return pd.DataFrame(rows)
