"""The answer to one state of the view, as plain values: what map, strip, sentence, table and detail all show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

import pandas as pd

from dashboard.state import ViewState
from geodata.corridor import Corridor
from geodata.coverage import CLASSES, Profile, Question, lane, profile, services_at, state_presence_at
from geodata.coverage.presence import sites_for
from geodata.coverage.question import STATE_PREFIX
from geodata.coverage.reports import imported_counts, published_reports
from geodata.schema import ROLES


@dataclass(frozen=True)
class Answer:
    """What one state of the view shows.

    `profile` is the chosen route under the chosen status; `other_shares` the share of its hours in each class under
    the other status; `lanes` the runs of each capability (of each role of the State); `services` and `presence` are
    the rows that stand on the corridor at the date, with `at_place`; `reports` the published figures, `imported` the
    protected counts; `sites` those that answer the question.
    """

    question: Question
    profile: Profile
    other_shares: pd.Series[float]
    lanes: Mapping[str, pd.DataFrame]
    services: pd.DataFrame
    presence: pd.DataFrame
    reports: pd.DataFrame
    imported: pd.DataFrame
    sites: pd.DataFrame

    @property
    def shares(self) -> pd.Series[float]:
        """The share (0 to 1) of the route's hours of travel in each class; all six, and they add up to 1.

        By distance the Darién is a dot; by hours it is half the journey.
        """
        return self.profile.hours / self.profile.hours.sum()


def answer(corridor: Corridor, state: ViewState) -> Answer:
    """Everything that one state of the view shows. Pure: equal states of one corridor have equal answers."""
    question = state.asks()
    other = question.with_(status="confirmed" if question.status == "listed" else "listed")
    other_runs = lane(corridor, other)
    other_hours = (other_runs["to_hours"] - other_runs["from_hours"]).groupby(other_runs["class"]).sum()
    asked_lanes = (
        tuple(STATE_PREFIX + role for role in ROLES)
        if state.question == "state"
        else tuple(corridor.capabilities.index)
    )
    services = services_at(corridor, state.as_of)
    presence = state_presence_at(corridor, state.as_of)
    return Answer(
        question=question,
        profile=profile(corridor, question),
        other_shares=(other_hours / other_hours.sum()).reindex(CLASSES, fill_value=0.0),
        lanes={asked: lane(corridor, question.with_(capability=asked)) for asked in asked_lanes},
        services=services[services["at_place"] != ""],
        presence=presence[presence["at_place"] != ""],
        reports=published_reports(corridor, state.as_of),
        imported=imported_counts(corridor, state.as_of),
        sites=sites_for(corridor, question),
    )


class Answers:
    """Answers of one corridor by state of the view, the latest kept. Threads may share it."""

    def __init__(self, corridor: Corridor, kept: int = 256) -> None:
        self.corridor = corridor
        self._answer = lru_cache(maxsize=kept)(lambda state: answer(corridor, state))

    def __call__(self, state: ViewState) -> Answer:
        """The answer to a state of the view; what differs only in what is selected or in language is worked out once."""
        return self._answer(replace(state, lang="", layers=(), table="stretches", at=""))
