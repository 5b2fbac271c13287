"""The sentence on a change: how much of the journey got worse or better, where most, and what cannot be compared."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from dashboard.answers import Answer
from dashboard.naming import place_name
from dashboard.panels.sentence import Sentence
from dashboard.panels.sentence import sentence as hours_sentence
from dashboard.state import ViewState
from dashboard.text import Texts
from geodata.corridor import Corridor
from geodata.coverage.choosing import Reason
from geodata.units import PACES, Month

#: Less than this of a change of hours is none: it would be written as 0.
_LEAST_HOURS = 0.05


def sentence(corridor: Corridor, answer: Answer, state: ViewState, texts: Texts) -> Sentence:
    """Both months are in the headline; the grounds are those of the later month, after what is said of either."""
    said = hours_sentence(corridor, answer, state, texts)
    grounds = (*_grounds(answer, state, texts), *said.small_print)
    return Sentence(_headline(answer, state, texts), " ".join(_support(corridor, answer, texts)), grounds, said.note)


def _hours_by_judgement(answer: Answer) -> pd.Series[float]:
    matrix = answer.found.change.matrix
    return matrix["hours"].groupby(matrix["judgement"]).sum()


def _headline(answer: Answer, state: ViewState, texts: Texts) -> str:
    hours = _hours_by_judgement(answer)
    months = {"since": texts.month(state.compared_with), "month": texts.month(state.as_of)}
    worse, better = (texts.hours_in_words(hours[name]) for name in ("worse", "better"))
    if hours["worse"] > 0 and hours["better"] > 0:
        return texts("change.both", worse=worse, better=better, **months)
    if hours["worse"] > 0:
        return texts("change.only_worse", worse=worse, **months)
    if hours["better"] > 0:
        return texts("change.only_better", better=better, **months)
    compared = hours.sum() - hours["not_comparable"]
    return texts("change.none" if compared > 0 else "change.no_comparison", **months)


def _support(corridor: Corridor, answer: Answer, texts: Texts) -> Iterator[str]:
    yield from _most(corridor, answer, texts)
    services = answer.found.change.services
    counts = services.loc[services["where"] == "route", "change"].value_counts()
    names = ("opened", "closed", "gone_unconfirmed")
    yield texts("change.services", **{name: texts.number(int(counts.get(name, 0)), 0) for name in names})
    lost = _hours_by_judgement(answer)["not_comparable"]
    if lost > 0:
        yield texts("change.not_comparable", hours=texts.hours_in_words(lost))


def _most(corridor: Corridor, answer: Answer, texts: Texts) -> Iterator[str]:
    """Where the hours ahead changed by most at the usual pace; nothing where they changed nowhere."""
    segments = answer.found.change.segments
    size = segments["typical_hours_change"].abs()
    if not (size > _LEAST_HOURS).any():
        return
    row = segments.loc[size.idxmax()]
    stops = answer.profile.stops
    place = stops.loc[stops["at_hours"] <= row["start_hours"] + 1e-6, "place_id"].iloc[-1]
    asked = answer.question.capability.replace(":", "_")
    yield texts(
        "change.farther" if row["typical_hours_change"] > 0 else "change.nearer",
        place=place_name(corridor, str(place), texts.lang),
        next=texts(f"capability.{asked}.next"),
        hours=_range(row, texts),
    )


def _range(row: pd.Series, texts: Texts) -> str:
    """The size of a change; the three paces where all go the same way, else the usual one alone."""
    low, typical, high = (float(row[f"{pace}_hours_change"]) for pace in PACES)
    if low * typical >= 0 and high * typical >= 0:
        return texts.range_of(abs(low), abs(typical), abs(high))
    return texts.hours(abs(typical))


def _grounds(answer: Answer, state: ViewState, texts: Texts) -> Iterator[str]:
    for month, reason in answer.found.reasons:
        yield from _said(month, reason, texts)
    row = answer.found.woman_days.loc["exposed"]
    if pd.isna(row["typical_woman_days_change"]):
        yield texts("change.woman_days_missing")
        return
    sides = (
        [texts.number(row[f"{pace}_woman_days_{side}"], 0) for pace in ("typical", "low", "high")]
        for side in ("before", "after")
    )
    shown = [texts("change.woman_days_range", typical=one[0], low=one[1], high=one[2]) for one in sides]
    months = {"since": texts.month(state.compared_with), "month": texts.month(state.as_of)}
    yield f"{texts('change.woman_days', before=shown[0], after=shown[1], **months)} {texts('change.more_or_fewer')}"


def _said(month: Month, reason: Reason, texts: Texts) -> Iterator[str]:
    """What stands against a month, and from when to when there is nothing against it."""
    first, last = (texts.month(one) if one else "" for one in (reason.first, reason.last))
    yield texts(f"change.why_{reason.code}", month=texts.month(month), first=first, last=last)
    if reason.code == "legs_not_held" and reason.first:
        yield texts("change.whole_since", first=first)
    if reason.code == "legs_not_held" and reason.last:
        yield texts("change.whole_until", last=last)
