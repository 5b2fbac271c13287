"""The sentence on the next services: where, what they bring into time, how sure that is, and what was taken for granted."""

from __future__ import annotations

import math
from collections.abc import Iterator

from dashboard.answers import Answer
from dashboard.naming import part_name, place_name, route_name
from dashboard.panels.sentence import Sentence
from dashboard.panels.sentence import sentence as hours_sentence
from dashboard.panels.siting_names import where
from dashboard.state import ViewState
from dashboard.text import Texts
from geodata.corridor import Corridor
from geodata.planning import Siting


def sentence(corridor: Corridor, answer: Answer, state: ViewState, texts: Texts) -> Sentence:
    """The places in their order, then their worth; what a proposal takes for granted comes before the usual grounds."""
    said = hours_sentence(corridor, answer, state, texts)
    grounds = (*_granted(answer, texts), *_aside(corridor, answer, texts), *said.small_print)
    return Sentence(
        _headline(corridor, answer, state, texts), " ".join(_support(answer, state, texts)), grounds, said.note
    )


def _headline(corridor: Corridor, answer: Answer, state: ViewState, texts: Texts) -> str:
    siting: Siting = answer.found.siting
    care = texts(f"capability.{answer.question.capability}.noun")
    asked = {
        "capability": care,
        "month": texts.month(state.as_of),
        "route": route_name(corridor, state.route, texts.lang),
    }
    places = [where(corridor, row, texts) for row in siting.chosen.to_dict("records")]
    if not places:
        late = answer.found.siting.curve["gain_hours"].iloc[0] == 0 and not len(siting.left)
        return texts("siting.headline_nothing_late" if late else "siting.headline_none", **asked)
    if len(places) == 1:
        return texts("siting.headline_one", place=places[0], **asked)
    return texts("siting.headline_more", place=places[0], others=texts.list_of(places[1:]), **asked)


def _support(answer: Answer, state: ViewState, texts: Texts) -> Iterator[str]:
    siting: Siting = answer.found.siting
    if len(siting.chosen):
        yield gained(siting, texts)
        yield from aimed(siting, texts)
        yield proven(siting, texts)
        if siting.objective != "lscp" and state.budget is None and len(siting.chosen) < state.places:
            yield texts("siting.enough", count=len(siting.chosen))
    if len(siting.left):
        hours = texts.hours_in_words(float(siting.left["hours"].sum()))
        yield texts("siting.left", hours=hours)


def gained(siting: Siting, texts: Texts) -> str:
    """What the chosen bring into time: woman-days of the month with their range and share; hours where no count is known."""
    row = siting.effect.loc["woman_days"]
    gains = {pace: max(-float(row[f"{pace}_change"]), 0.0) for pace in ("low", "typical", "high")}
    if math.isnan(gains["typical"]) or math.isnan(float(row["typical_before"])):
        hours = texts.hours_in_words(float(siting.curve["gain_hours"].iloc[-1]))
        return texts("siting.gain_hours", hours=hours)
    before = float(row["typical_before"])
    share = gains["typical"] / before if before > 0 else float("nan")
    low, high = sorted((gains["low"], gains["high"]))
    return texts(
        "siting.gain",
        days=texts.number(gains["typical"], 0),
        low=texts.number(min(low, gains["typical"]), 0),
        high=texts.number(max(high, gains["typical"]), 0),
        share=texts.percent(share),
    )


def aimed(siting: Siting, texts: Texts) -> Iterator[str]:
    """What the choice is worth by the aim itself, where that is not woman-days in time."""
    first, last = siting.curve.iloc[0], siting.curve.iloc[-1]
    figures = {"p-median": "mean_hours_ahead", "p-center": "worst_hours_ahead"}
    if siting.objective in figures:
        name = figures[siting.objective]
        before, after = (texts.hours(float(row[name])) for row in (first, last))
        yield texts(f"siting.aimed_{siting.objective}", before=before, after=after)
    if siting.objective == "lscp":
        yield texts("siting.aimed_lscp", count=len(siting.chosen))


def proven(siting: Siting, texts: Texts) -> str:
    """Whether the choice is proven to be the best, else by how much at most another could be better."""
    if siting.optimal:
        return texts("siting.proven")
    gap = abs(siting.bound - siting.value) / abs(siting.value) if siting.value else float("nan")
    return texts("siting.not_proven", share=texts.percent(gap))


def _granted(answer: Answer, texts: Texts) -> Iterator[str]:
    """What a planned service is taken to be, and what the hours are."""
    yield texts("siting.granted_whom" if answer.question.whom else "siting.granted")
    yield texts("siting.moving_time")


def _aside(corridor: Corridor, answer: Answer, texts: Texts) -> Iterator[str]:
    """What counted for the choice, what hangs on where the route ends, and what of the view was left aside."""
    end = str(answer.profile.stops["place_id"].iloc[-1])
    if end in set(answer.found.siting.chosen["place_id"]):
        yield texts("siting.end_of_route", place=place_name(corridor, end, texts.lang))
    if answer.found.part:
        yield texts("siting.part_counts", part=part_name(corridor, answer.found.part, texts))
    if answer.found.no_part:
        yield texts("siting.part_nothing", part=part_name(corridor, answer.found.no_part, texts))
    if answer.found.siting.pace != "typical":
        yield texts(f"siting.paced_{answer.found.siting.pace}")
    if answer.found.without_budget:
        yield texts(f"siting.budget_{answer.found.without_budget}")
    for point in answer.found.refused:
        lat, lon = point.split("@")
        yield texts("siting.own_refused", lat=lat, lon=lon)


def reason_of(corridor: Corridor, row: dict[str, object], texts: Texts) -> str:
    """Why a place is among the best, in one sentence that is true by the way it was found."""
    ends = {
        name: place_name(corridor, str(row[f"{name}_place"]), texts.lang) if row[f"{name}_place"] else ""
        for name in ("from", "to")
    }
    if not row["from_place"]:
        return texts(f"siting.why_{row['reason']}_bare", hours=texts.hours_in_words(float(str(row["only_hours"]))))
    return texts(
        f"siting.why_{row['reason']}",
        start=ends["from"],
        end=ends["to"],
        hours=texts.hours_in_words(float(str(row["hours"]))),
        only=texts.hours_in_words(float(str(row["only_hours"]))),
    )
