"""The cascade: where protection is lost on the way from a service on a list to one that she can reach and that admits her."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from geodata.corridor import Corridor
from geodata.corridor.arcs import Bools, Ints
from geodata.coverage.audiences import admission
from geodata.coverage.presence import able_services, services_at
from geodata.coverage.question import Question, check_asked
from geodata.coverage.standing import (
    HELD,
    MISSING,
    UNKNOWN,
    segment_ids,
    segments_ahead,
    standing,
    travel_hours,
)
from geodata.errors import UnknownName
from geodata.units import PACES

Texts = npt.NDArray[np.object_]
#: How a segment stands at a step, in the order of the codes of `standing`.
STANDINGS = ("kept", "unknown", "lost")
USUAL = PACES.index("typical")
#: The paces at which the answers are read, the usual one first: their rows, and how their columns end.
READINGS = tuple((PACES.index(pace), "" if pace == "typical" else f"_{pace}") for pace in ("typical", "low", "high"))
_CLOCK_HOURS = re.compile(r"\d{1,2}:\d{2}-\d{1,2}:\d{2}")

#: For each service whether it passes a step: yes, no or unknown.
Answers = Callable[[Corridor, Question, pd.DataFrame], "pd.Series[str]"]


@dataclass(frozen=True)
class Step:
    """One step of the cascade. `attribute`, where an audience decides, is what of a service it looks at.

    With `only_asked` the step is there only for a question asked for an audience of that attribute.
    """

    name: str
    passes: Answers
    attribute: str = ""
    only_asked: bool = False


def _answers(yes: pd.Series[bool], otherwise: str) -> pd.Series[str]:
    return pd.Series(np.where(yes, "yes", otherwise), index=yes.index, dtype="str")


def _listed(corridor: Corridor, question: Question, services: pd.DataFrame) -> pd.Series[str]:
    """It has the capability, or should have it."""
    return _answers(able_services(corridor, services, question.capability, possible=True), "no")


def _confirmed(_corridor: Corridor, _question: Question, services: pd.DataFrame) -> pd.Series[str]:
    """A source saw it at work of late; where none did, nobody knows."""
    return _answers(services["confirmed"], "unknown")


def _open_on_arrival(_corridor: Corridor, _question: Question, services: pd.DataFrame) -> pd.Series[str]:
    """She may arrive at night: only hours round the clock are a yes, hours of the day are a no, others say nothing."""
    return services["hours"].map(_open_at_night).astype("str")


def _open_at_night(hours: str) -> str:
    if hours == "24/7":
        return "yes"
    return "no" if hours == "day" or _CLOCK_HOURS.fullmatch(hours) else "unknown"


def _capable(corridor: Corridor, question: Question, services: pd.DataFrame) -> pd.Series[str]:
    """It has the capability; whether what is only obliged or announced to have it does, nobody knows."""
    return _answers(able_services(corridor, services, question.capability, possible=False), "unknown")


def _admitting(attribute: str) -> Answers:
    """It admits her, by one attribute of the service."""

    def passes(corridor: Corridor, question: Question, services: pd.DataFrame) -> pd.Series[str]:
        audience = _audience(corridor, question, attribute)
        return admission(services, corridor.audiences.to_dict("index")[audience])

    return passes


def _audience(corridor: Corridor, question: Question, attribute: str) -> str:
    """The audience that the question is asked for, if this attribute decides for it; else the first that it decides for."""
    decided = corridor.audiences.index[corridor.audiences["attribute"] == attribute]
    return question.whom if question.whom in decided else str(decided[0])


STEPS = (
    Step("listed", _listed),
    Step("confirmed", _confirmed),
    Step("open_on_arrival", _open_on_arrival),
    Step("capable", _capable),
    Step("admits_her", _admitting("admits"), attribute="admits"),
    Step("without_papers", _admitting("asks_for"), attribute="asks_for"),
    Step("in_her_language", _admitting("languages"), attribute="languages", only_asked=True),
)


def cascade_steps(corridor: Corridor, question: Question) -> tuple[Step, ...]:
    """The steps of a question in order; the one of her language only where it is asked for somebody by her language."""
    attribute_of = corridor.audiences["attribute"].to_dict()
    asked, known = attribute_of.get(question.whom), {"", *attribute_of.values()}
    return tuple(step for step in STEPS if step.attribute in known and (not step.only_asked or step.attribute == asked))


@dataclass(frozen=True)
class _Standings:
    """How every segment stands (steps × paces × segments): with the steps so far `together`, and with each `alone`.

    `alone` holds a step against the listed services, whatever the steps between say.
    """

    steps: tuple[Step, ...]
    together: Ints
    alone: Ints


def cascade(corridor: Corridor, question: Question) -> pd.DataFrame:
    """Per segment where protection is lost between a listed service and one that she can reach and that admits her.

    Index segment_id, columns leg_id, from_km, to_km, country_iso3, `lost_at` (the first step that is not kept, "" where
    all are) and `how` (`lost` or `unknown`, "" where all are kept); with `_low` and `_high` the same at the fast and the
    slow pace. The steps add up: a step is kept where a public service ahead that is known to pass it and all before it
    is within the window at that pace; unknown where one is only if what is not published turns out well, or where
    nothing is ahead and the way is not known; else lost. Once unknown a segment is never kept again, once lost never
    found. The question's status is not asked: confirmation is a step. Raises `UnknownName` where the State is asked
    for, of which no hours and no admission are published, or for what the corridor does not know.
    """
    standings = _standings(corridor, question)
    table = corridor.segments.iloc[segment_ids(corridor, question)]
    found = table[["leg_id", "from_km", "to_km", "country_iso3"]]
    for pace, suffix in READINGS:
        lost_at, how = _first_broken(standings.steps, standings.together[:, pace])
        found = found.assign(**{f"lost_at{suffix}": lost_at, f"how{suffix}": how})
    return found


def _first_broken(steps: tuple[Step, ...], standings: Ints) -> tuple[Texts, Texts]:
    """Per segment the name of the first step that is not kept, and how it stands; blanks where all are kept."""
    names = np.array([*(step.name for step in steps), ""], dtype=object)
    broken = standings != HELD
    first = np.where(broken.any(axis=0), broken.argmax(axis=0), len(steps))
    at_first = np.vstack([standings, np.full(standings.shape[1], HELD)])[first, np.arange(standings.shape[1])]
    return names[first], np.array(["", *STANDINGS[1:]], dtype=object)[at_first]


def cascade_shares(corridor: Corridor, question: Question) -> pd.DataFrame:
    """Per step the share of the travel (hours at typical pace) that is kept, unknown and lost. Index `step`, in order.

    Columns kept, unknown, lost at the usual pace, and with `_low` and `_high` at the fast and the slow one. The three of
    a pace add up to 1 at every step; kept never rises from one step to the next, lost never falls. With `_alone`, at the
    usual pace, what each step by itself leaves of the listed services: which of them takes the most, and of which
    nothing is published. Steps and errors as in `cascade`; without a segment every share is NaN.
    """
    standings = _standings(corridor, question)
    segments = corridor.segments.iloc[segment_ids(corridor, question)]
    hours = travel_hours(corridor, segments).to_numpy()
    readings = [(standings.together[:, pace], suffix) for pace, suffix in READINGS]
    columns = {
        f"{word}{suffix}": (each == code) @ hours / hours.sum()
        for each, suffix in [*readings, (standings.alone[:, USUAL], "_alone")]
        for code, word in zip((HELD, UNKNOWN, MISSING), STANDINGS, strict=True)
    }
    return pd.DataFrame(columns, index=pd.Index([step.name for step in standings.steps], name="step"))


def _standings(corridor: Corridor, question: Question) -> _Standings:
    check_asked(corridor, question)
    if question.asks_state:
        raise UnknownName(f"The cascade asks services: take a capability in place of {question.capability!r}.")
    steps = cascade_steps(corridor, question)
    listed = services_at(corridor, question.as_of)
    services = listed[listed["at_place"] != ""].sort_index()
    answers = np.stack([step.passes(corridor, question, services).to_numpy(dtype=object) for step in steps])
    yes, maybe = answers == "yes", answers != "no"

    @cache
    def codes(kept: bytes) -> Ints:
        sites = services[np.frombuffer(kept, dtype=bool)]
        return segments_ahead(corridor, question, sites).codes(question.window_hours)

    def stood(sure: Bools, hoped: Bools) -> Ints:
        return np.stack([standing(codes(a.tobytes()), codes(b.tobytes())) for a, b in zip(sure, hoped, strict=True)])

    together = stood(np.logical_and.accumulate(yes, axis=0), np.logical_and.accumulate(maybe, axis=0))
    alone = stood(yes & yes[0], maybe & maybe[0])
    return _Standings(steps, np.maximum.accumulate(together, axis=0), np.maximum(alone, alone[0]))
