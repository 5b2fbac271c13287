"""The answer to one state of the view, as plain values: what map, strip, sentence, table and detail all show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

import pandas as pd

from dashboard.jobs.job import Work
from dashboard.questions.method import Method
from dashboard.questions.records import Record, question_of
from dashboard.state import ViewState
from geodata.corridor import Corridor
from geodata.coverage import Profile, Question, lane, profile, services_at, state_presence_at
from geodata.coverage.classes import classed
from geodata.coverage.presence import sites_for
from geodata.coverage.reports import imported_counts, published_reports


@dataclass(frozen=True)
class Answer:
    """What one state of the view shows.

    `classes` are those of the question, from good to bad; `profile` is the chosen route under the chosen status;
    `other_shares` the share of its hours in each class under the other status, empty where the question has but one
    reading; `lanes` the runs of each thing that is asked for beside it; `services` and `presence` the rows that stand
    on the corridor at the date, with `at_place`; `reports` the published figures, `imported` the protected counts;
    `sites` those that answer the question; `found` what only this way of answering works out; `work` what is known of the
    view's jobs, by kind, with the results of those that are done.
    """

    record: Record
    question: Question
    classes: tuple[str, ...]
    profile: Profile
    other_shares: pd.Series[float]
    lanes: Mapping[str, pd.DataFrame]
    services: pd.DataFrame
    presence: pd.DataFrame
    reports: pd.DataFrame
    imported: pd.DataFrame
    sites: pd.DataFrame
    found: Any
    work: Mapping[str, Work] = field(default_factory=dict)

    @property
    def shares(self) -> pd.Series[float]:
        """The share (0 to 1) of the route's hours of travel in each class; all six, and they add up to 1.

        By distance the Darién is a dot; by hours it is half the journey.
        """
        return self.profile.hours / self.profile.hours.sum()


def answer(corridor: Corridor, state: ViewState, record: Record, method: Method) -> Answer:
    """Everything that one state of the view shows. Pure: equal states of one corridor have equal answers."""
    question = method.asks(question_of(state, record))
    facts, corridor = corridor, method.asked_of(corridor, state)
    classify, classes = method.classification(corridor)
    services = services_at(corridor, state.as_of)
    presence = state_presence_at(corridor, state.as_of)
    asked_lanes = method.lanes(corridor, question)
    return Answer(
        record=record,
        question=question,
        classes=classes,
        profile=profile(corridor, question, classify, classes),
        other_shares=_other_shares(corridor, question, method),
        lanes={asked: lane(corridor, question.with_(capability=asked)) for asked in asked_lanes},
        services=services[services["at_place"] != ""],
        presence=presence[presence["at_place"] != ""],
        reports=published_reports(facts, state.as_of),
        imported=imported_counts(facts, state.as_of),
        sites=sites_for(corridor, question),
        found=method.found(facts, question, state),
    )


def _other_shares(corridor: Corridor, question: Question, method: Method) -> pd.Series[float]:
    if not method.both_readings:
        return pd.Series(dtype=float)
    other = question.with_(status="confirmed" if question.status == "listed" else "listed")
    classify, classes = method.classification(corridor)
    if classify is not classed:
        hours = profile(corridor, other, classify, classes).hours
        return hours / hours.sum()
    runs = lane(corridor, other)
    hours = (runs["to_hours"] - runs["from_hours"]).groupby(runs["class"]).sum()
    return (hours / hours.sum()).reindex(list(classes), fill_value=0.0)


class Answers:
    """Answers of one corridor by state of the view, the latest kept. Threads may share it."""

    def __init__(
        self, corridor: Corridor, records: Sequence[Record], methods: Mapping[str, Method], kept: int = 256
    ) -> None:
        self.corridor = corridor
        self.records = {record.id: record for record in records}
        self._methods = methods
        self._answer = lru_cache(maxsize=kept)(self._worked_out)

    def __call__(self, state: ViewState) -> Answer:
        """The answer to a state of the view; what differs only in what is selected or in language is worked out once."""
        return self._answer(replace(state, lang="", layers=(), table="", at=""))

    def method(self, state: ViewState) -> Method:
        """The way in which a view's question is answered."""
        method = self._methods[self.records[state.question].method]
        return method.for_view(method, state)

    def _worked_out(self, state: ViewState) -> Answer:
        return answer(self.corridor, state, self.records[state.question], self.method(state))
