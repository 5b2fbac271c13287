"""The sentence on a plan: how much of the journey it brings into time, woman-days before and after, what it costs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from dashboard.answers import Answer
from dashboard.panels.sentence import IN_TIME, Sentence
from dashboard.panels.sentence import sentence as hours_sentence
from dashboard.state import ViewState
from dashboard.text import Texts, as_shown
from geodata.corridor import Corridor
from geodata.planning.effect import TODAY, TOGETHER
from geodata.units import PACES

#: Less than this of travel is none: it would be written as 0.
_LEAST_HOURS = 0.05


def sentence(corridor: Corridor, answer: Answer, state: ViewState, texts: Texts) -> Sentence:
    """With a plan its effect comes first, then the grounds of the hours with it; without one what the route is like."""
    known = (
        answer.sites[~answer.services["planned"].reindex(answer.sites.index).to_numpy(dtype=bool)]
        if _plans(answer)
        else answer.sites
    )
    said = hours_sentence(corridor, replace(answer, sites=known), state, texts)
    if not state.plan:
        return Sentence(texts("plan.none_yet"), f"{said.headline} {said.support}", said.small_print, said.note)
    grounds = (*_grounds(answer, state, texts), *said.small_print)
    return Sentence(_headline(answer, texts), " ".join(_support(answer, state, texts)), grounds, said.note)


def _plans(answer: Answer) -> bool:
    return "planned" in answer.services


def moved_hours(answer: Answer) -> tuple[float, float, float]:
    """Hours of travel that come into time at the usual pace, fall out of it, and were not known but are in time now."""
    hours = answer.found.change.matrix["hours"]
    before, after = (hours.index.get_level_values(f"class_{side}") for side in ("before", "after"))
    was_in, is_in, was_unknown, is_unknown = (
        before.isin(IN_TIME),
        after.isin(IN_TIME),
        before == "unknown",
        after == "unknown",
    )
    into = float(hours[~was_in & ~was_unknown & is_in].sum())
    out_of = float(hours[was_in & ~is_in & ~is_unknown].sum())
    return into, out_of, float(hours[was_unknown & is_in].sum())


def _headline(answer: Answer, texts: Texts) -> str:
    into, out_of, _ = moved_hours(answer)
    shown = {"into": texts.hours_in_words(into), "out": texts.hours_in_words(out_of)}
    if into > _LEAST_HOURS and out_of > _LEAST_HOURS:
        return texts("plan.into_and_out", **shown)
    if into > _LEAST_HOURS:
        return texts("plan.into", into=shown["into"])
    return texts("plan.out", out=shown["out"]) if out_of > _LEAST_HOURS else texts("plan.no_hours")


def _support(answer: Answer, state: ViewState, texts: Texts) -> Iterator[str]:
    table = answer.found.effects
    yield texts("plan.as_of", month=texts.month(state.as_of))
    if moved_hours(answer)[2] > _LEAST_HOURS:
        yield texts("plan.known_now", hours=texts.hours_in_words(moved_hours(answer)[2]))
    if pd.isna(table.loc[TODAY, "typical_woman_days"]):
        yield texts("plan.no_count")
    else:
        before, after = (woman_days(table.loc[row], texts) for row in (TODAY, TOGETHER))
        yield texts("plan.woman_days", before=before, after=after)
    yield from _costs(table.loc[TOGETHER], texts)


def woman_days(row: pd.Series, texts: Texts) -> str:
    """Woman-days beyond the time limit, the usual pace with the range of the others."""
    low, typical, high = (texts.number(as_shown(row[f"{pace}_woman_days"])) for pace in PACES)
    return texts("unit.range", typical=typical, low=low, high=high)


def _costs(row: pd.Series, texts: Texts) -> Iterator[str]:
    if pd.isna(row["cost"]):
        return
    cost = texts.number(row["cost"], 0)
    missing = int(row["costs_missing"])
    if missing:
        yield texts("plan.cost_partly", cost=cost, count=missing)
    elif pd.isna(row["typical_cost_per_woman_day"]):
        yield texts("plan.cost_whole", cost=cost)
    else:
        yield texts("plan.cost_each", cost=cost, each=texts.number(row["typical_cost_per_woman_day"], 2))


def _grounds(answer: Answer, state: ViewState, texts: Texts) -> Iterator[str]:
    table = answer.found.effects
    longest = [texts.hours_in_words(table.loc[row, "longest_hours"]) for row in (TODAY, TOGETHER)]
    yield texts("plan.longest", before=longest[0], after=longest[1])
    if len(state.plan) > 1:
        yield texts("plan.not_added")
    kinds = {change.kind for change in state.scenario.changes}
    if kinds & {"open", "mobile"}:
        yield texts("plan.assumed")
    if "mobile" in kinds:
        yield texts("plan.waits")
