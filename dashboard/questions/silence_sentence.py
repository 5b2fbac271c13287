"""The sentence of silence: who can hear, what was told, and that a change in reports is not a change in violence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from dashboard.answers import Answer
from dashboard.naming import part_name, place_name
from dashboard.panels.sentence import PUBLISHERS, Sentence
from dashboard.questions.silence_found import Silence, charted
from dashboard.state import ViewState
from dashboard.text import Texts
from geodata.corridor import Corridor
from geodata.units import Hours


def sentence(corridor: Corridor, answer: Answer, state: ViewState, texts: Texts) -> Sentence:
    """What is said of a view. Nothing is called quiet that is not known to be heard; nothing is said without its date."""
    words = _Words(corridor, answer, answer.found, state, texts)
    return Sentence(words.headline(), " ".join(words.support()), tuple(words.small_print()), words.note())


@dataclass(frozen=True)
class _Words:
    corridor: Corridor
    answer: Answer
    found: Silence
    state: ViewState
    texts: Texts

    def headline(self) -> str:
        """Whether the stretch is heard, and whether anything is told; without a stretch how much of the route is deaf."""
        if not self.found.stretch:
            here = self.found.here
            deaf, hours = (self.texts.hours(here[name]) for name in ("deaf_typical_hours", "hours"))
            return self.texts("silence.headline_route", deaf=deaf, hours=hours)
        return self.texts(f"silence.headline_{self._said()}", stretch=self._stretch())

    def _said(self) -> str:
        if self.found.state != "not_assessed":
            return self.found.state
        if self.found.capacity != "heard":
            return "not_known"
        return "unclear" if (self.found.told["told_of"] == "across_change").any() else "unpublished"

    def support(self) -> Iterator[str]:
        """How much is deaf, with range and date; the last change; the figures of the quarter and of before."""
        here, month = self.found.here, self.texts.month(self.state.as_of)
        deaf = [float(here[f"deaf_{pace}_hours"]) for pace in ("low", "typical", "high")]
        if self.found.capacity == "not_known":
            yield self.texts("sentence.as_of", month=month)
        else:
            hours = self.texts.hours(here["hours"])
            yield self.texts("silence.deaf_hours", month=month, deaf=self.texts.range_of(*deaf), hours=hours)
        if here["not_known_hours"] > 0:
            yield self.texts("sentence.also_unknown")
        change = self.found.last_change
        if change is not None:
            yield self.texts(f"silence.{change['kind']}", date=self.texts.date(change["date"]))
        yield from self._figures(change)

    def _figures(self, change: pd.Series | None) -> Iterator[str]:
        figures = charted(self.found.told)
        before = figures[figures["period_end"] <= str(change["date"])] if change is not None else figures.iloc[:0]
        for _, row in before.tail(1).iterrows():
            yield self._figure("silence.figure_before", row)
        now = figures[figures["told_of"] == "this_quarter"]
        for _, row in now.sort_values("count").tail(1).iterrows():
            yield self._figure("silence.figure_now", row)
            lag = [float(row[f"{pace}_lag_hours"]) for pace in ("low", "typical", "high")]
            if not pd.isna(lag[1]):
                yield self.texts("silence.lag", place=row["place_of_report"], lag=self.texts.range_of(*lag))

    def _figure(self, key: str, row: pd.Series) -> str:
        ends = {"start": self.texts.date(row["period_start"]), "end": self.texts.date(row["period_end"])}
        measure = self.texts(f"measure.{row['measure']}")
        return self.texts(
            key, number=self.texts.number(row["count"], 0), measure=measure, reporter=row["reporter"], **ends
        )

    def small_print(self) -> Iterator[str]:
        """What deaf means, the other reading, the sources, and what the figures do not measure."""
        window = self.texts.hours_in_words(self.answer.question.window_hours)
        yield self.texts("silence.deaf_means", window=window)
        yield self.texts("silence.deaf_listed", deaf=self.texts.hours(float(self.found.here["deaf_listed_hours"])))
        publishers = self._publishers()
        if publishers:
            yield self.texts("sentence.sources", publishers=", ".join(publishers[:PUBLISHERS]), count=len(publishers))
        yield self.texts("sentence.not_violence")

    def _publishers(self) -> list[str]:
        """Who published the figures and the channels, the most used first."""
        services = self.answer.services["source_id"].reindex(self.answer.sites.index).dropna()
        sources = self.corridor.remembered("sources", lambda: self.corridor.snapshot.table("sources").set_index("id"))
        named = sources["publisher"].reindex([*self.found.told["source_id"], *services]).dropna()
        return [str(name) for name in named[named != "Amparo"].value_counts(sort=True).index]

    def note(self) -> str:
        """The journey's length, beside the strip's heading."""
        stops = self.answer.profile.stops
        first, last = stops.iloc[0], stops.iloc[-1]
        names = [place_name(self.corridor, str(one["place_id"]), self.texts.lang) for one in (first, last)]
        hours = self.texts.hours(Hours(float(last["at_hours"])))
        return self.texts("sentence.note", hours=hours, start=names[0], end=names[1])

    def _stretch(self) -> str:
        return part_name(self.corridor, self.found.stretch, self.texts)
