"""The one careful sentence of a view, to copy into minutes: place, hours, range, date, reading, grounds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from dashboard.answers import Answer
from dashboard.naming import place_name
from dashboard.state import ViewState
from dashboard.text import Texts
from geodata.corridor import Corridor
from geodata.units import Hours

IN_TIME = ["covered", "usual_pace"]
NAMED_WINDOWS = (72, 120)
PUBLISHERS = 3


@dataclass(frozen=True)
class Sentence:
    """What is said of a view: a headline, what supports it, the grounds in small print, and a note beside the strip."""

    headline: str
    support: str
    small_print: tuple[str, ...]
    note: str


def sentence(corridor: Corridor, answer: Answer, state: ViewState, texts: Texts) -> Sentence:
    """The sentence of a view. What is not known is said first; nothing is said without its date."""
    words = _Words(corridor, answer, state, texts)
    return Sentence(words.headline(), " ".join(words.support()), tuple(words.small_print()), words.note())


@dataclass(frozen=True)
class _Words:
    """The parts of a sentence, each from the answer alone."""

    corridor: Corridor
    answer: Answer
    state: ViewState
    texts: Texts

    @property
    def stops(self) -> pd.DataFrame:
        return self.answer.profile.stops

    @property
    def worst(self) -> pd.Series | None:
        """The place with the most hours ahead at the usual pace; None where none is known anywhere."""
        known = self.stops[self.stops["typical_hours"].notna()]
        return None if known.empty else known.loc[known["typical_hours"].idxmax()]

    def headline(self) -> str:
        """Place and hours; or that the way, or what is ahead, is not known."""
        worst = self.worst
        if not self.answer.profile.stretches["valid"].all():
            return self.texts("sentence.ended", month=self._month())
        if worst is not None and worst["typical_hours"] > 0:
            hours = self.texts.hours_in_words(worst["typical_hours"])
            towards = self.texts(f"sentence.towards_{self.state.direction}")
            return self.texts(
                "sentence.hours", place=self._name(worst), next=self._asked("next"), hours=hours, towards=towards
            )
        first, last = self.stops.iloc[0], self.stops.iloc[-1]
        if first["unknown"]:
            return self.texts("sentence.unknown", place=self._name(first), next=self._asked("next"))
        return self.texts("sentence.none", place=self._name(first), end=self._name(last), any=self._asked("any"))

    def support(self) -> Iterator[str]:
        """Range and date, the window's meaning, and what lies beyond: none ahead, or not known."""
        worst = self.worst
        whole = bool(self.answer.profile.stretches["valid"].all())
        if worst is not None and whole and worst["typical_hours"] > 0:
            ends = {pace: self.texts.hours_in_words(worst[f"{pace}_hours"]) for pace in ("low", "high")}
            yield self.texts("sentence.range", month=self._month(), **ends)
        else:
            yield self.texts("sentence.as_of", month=self._month())
        named = (
            self.state.question == "care"
            and self.state.capability == "clinical_care"
            and self.state.window_hours in NAMED_WINDOWS
        )
        key = f"sentence.window_{self.state.window_hours}" if named else "sentence.window"
        yield self.texts(key, hours=self.texts.hours_in_words(self.state.window_hours))
        yield from self._beyond()

    def _beyond(self) -> Iterator[str]:
        if self.answer.profile.lengths_km["none_ahead"] > 0 and self.worst is not None:
            left = self.stops[(self.stops["next_place"] != "")].iloc[-1]
            yield self.texts("sentence.also_none", place=self._name(left), any=self._asked("any"))
        if self.answer.profile.lengths_km["unknown"] > 0:
            yield self.texts("sentence.also_unknown")

    def small_print(self) -> Iterator[str]:
        """Both readings, the basis of the hours, the services and the sources."""
        chosen, other = (
            self.texts.percent(float(shares[IN_TIME].sum()))
            for shares in (self.answer.shares, self.answer.other_shares)
        )
        listed, confirmed = (chosen, other) if self.state.status == "listed" else (other, chosen)
        yield self.texts("sentence.shares", listed=listed, confirmed=confirmed)
        bases = self.answer.profile.stretches["basis"].value_counts()
        yield self.texts(
            "sentence.basis", **{basis: int(bases.get(basis, 0)) for basis in ("published", "derived", "formula")}
        )
        here = self.answer.sites[self.answer.sites["at_place"].isin(self.stops["place_id"])]
        kind = "services" if self.state.question == "care" else "institutions"
        yield self.texts(f"sentence.{kind}", count=len(here), confirmed=int(here["confirmed"].sum()))
        publishers = self._publishers()
        yield self.texts("sentence.sources", publishers=", ".join(publishers[:PUBLISHERS]), count=len(publishers))
        yield self.texts("sentence.not_violence")

    def note(self) -> str:
        """The journey's length, beside the strip's heading."""
        first, last = self.stops.iloc[0], self.stops.iloc[-1]
        hours = self.texts.hours(Hours(float(last["at_hours"])))
        return self.texts("sentence.note", hours=hours, start=self._name(first), end=self._name(last))

    def _publishers(self) -> list[str]:
        """Who published the hours and the services that this answer rests on, the most used first."""
        legs = self.corridor.legs.loc[self.answer.profile.stretches["leg_id"], "source_id"]
        services = self.answer.services["source_id"].reindex(self.answer.sites.index).dropna()
        sources = self.corridor.remembered("sources", lambda: self.corridor.snapshot.table("sources").set_index("id"))
        named = sources["publisher"].reindex([*legs, *services]).dropna()
        return [str(name) for name in named[named != "Amparo"].value_counts(sort=True).index]

    def _month(self) -> str:
        return self.texts.month(self.state.as_of)

    def _name(self, stop: pd.Series) -> str:
        return place_name(self.corridor, str(stop["place_id"]), self.texts.lang)

    def _asked(self, form: str) -> str:
        return self.texts(f"capability.{self.answer.question.capability.replace(':', '_')}.{form}")
