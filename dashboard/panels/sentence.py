"""The one careful sentence of a view, to copy into minutes: place, hours, range, date, reading, grounds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pandas as pd

from dashboard.answers import Answer
from dashboard.naming import place_name
from dashboard.state import ViewState
from dashboard.text import Texts, as_shown
from geodata.corridor import Corridor
from geodata.units import Hours

IN_TIME = ["covered", "usual_pace"]
MISSING = ("none_ahead", "unknown")
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


def published_by(corridor: Corridor, answer: Answer, used: Iterable[str]) -> list[str]:
    """Who published the hours of the route and the sources `used`, the most used first; Amparo itself left out."""
    legs = corridor.legs.loc[answer.profile.stretches["leg_id"], "source_id"]
    sources = corridor.remembered("sources", lambda: corridor.snapshot.table("sources").set_index("id"))
    named = sources["publisher"].reindex([*legs, *used]).dropna()
    return [str(name) for name in named[named != "Amparo"].value_counts(sort=True).index]


@dataclass(frozen=True)
class _Words:
    """The parts of a sentence, each from the answer alone."""

    corridor: Corridor
    answer: Answer
    state: ViewState
    texts: Texts

    @property
    def window_hours(self) -> int:
        return int(self.answer.question.window_hours)

    @property
    def stops(self) -> pd.DataFrame:
        return self.answer.profile.stops

    @property
    def worst(self) -> pd.Series | None:
        """The stretch on whose entry most hours lie ahead at the usual pace; None where none is known anywhere."""
        stretches = self.answer.profile.stretches
        known = stretches[stretches["typical_start"].notna()]
        return None if known.empty else known.loc[known["typical_start"].idxmax()]

    @property
    def whole(self) -> bool:
        """Whether every leg of the route holds at the date."""
        return bool(self.answer.profile.stretches["valid"].all())

    @property
    def missing(self) -> str:
        """The class that the headline is about instead of hours: none_ahead or unknown, "" where hours are.

        Hours beyond the window come first; where all known ones are within it, what is missing does, the longer part.
        """
        worst, hours = self.worst, self.answer.profile.hours
        if worst is not None and worst["typical_start"] > self.window_hours:
            return ""
        longer = max(MISSING, key=lambda name: hours[name])
        return longer if hours[longer] > 0 else ""

    def headline(self) -> str:
        """Place and hours; or that the way, or what is ahead, is not known."""
        worst, missing = self.worst, self.missing
        if not self.whole:
            return self.texts("sentence.ended", month=self._month())
        if worst is None or missing:
            place, end = self._first_of(missing), self._name(self.stops.iloc[-1]["place_id"])
            if missing == "unknown":
                return self.texts("sentence.unknown", place=place, next=self._asked("next"))
            return self.texts("sentence.none", place=place, end=end, any=self._asked("any"))
        left = self.stops[self.stops["place_id"] == worst["from_place"]].iloc[0]
        return self.texts(
            "sentence.hours_after" if left["here"] else "sentence.hours",
            place=self._name(worst["from_place"]),
            next=self._asked("next"),
            towards=self.texts(f"sentence.towards_{self.state.direction}"),
            count=as_shown(worst["typical_start"]),
        )

    def support(self) -> Iterator[str]:
        """Range and date, the window's meaning, and what lies beyond: none ahead, or not known."""
        worst = self.worst
        if worst is not None and self.whole and not self.missing:
            low, high = (self.texts.number(worst[f"{pace}_start"]) for pace in ("low", "high"))
            yield self.texts("sentence.range", month=self._month(), low=low, high=high)
        else:
            yield self.texts("sentence.as_of", month=self._month())
        named = self.answer.question.capability == "clinical_care" and self.window_hours in NAMED_WINDOWS
        key = f"sentence.window_{self.window_hours}" if named else "sentence.window"
        yield self.texts(key, hours=self.texts.hours_in_words(self.window_hours))
        yield from self._beyond()

    def _beyond(self) -> Iterator[str]:
        worst, missing, hours = self.worst, self.missing, self.answer.profile.hours
        if missing and worst is not None and self.whole:
            shown = self.texts.hours_in_words(worst["typical_start"])
            yield self.texts("sentence.also_late", place=self._name(worst["from_place"]), hours=shown)
        if hours["none_ahead"] > 0 and worst is not None and missing != "none_ahead":
            yield self.texts("sentence.also_none", place=self._first_of("none_ahead"), any=self._asked("any"))
        if hours["unknown"] > 0:
            yield self.texts("sentence.also_unknown")

    def _first_of(self, name: str) -> str:
        """The place at or before which the first part of a class begins; the route's start where it has none."""
        runs = self.answer.profile.runs
        from_hours = runs.loc[runs["class"] == name, "from_hours"].min() if name else 0.0
        return self._name(self.stops.loc[self.stops["at_hours"] <= from_hours + 1e-6, "place_id"].iloc[-1])

    def small_print(self) -> Iterator[str]:
        """Both readings, the basis of the hours, the services and the sources."""
        chosen, other = (
            self.texts.percent(float(shares[IN_TIME].sum()))
            for shares in (self.answer.shares, self.answer.other_shares)
        )
        listed, confirmed = (chosen, other) if self.state.status == "listed" else (other, chosen)
        asked = "shares" if not self.answer.question.asks_state else "shares_state"
        yield self.texts(f"sentence.{asked}", listed=listed, confirmed=confirmed)
        bases = self.answer.profile.stretches["basis"].value_counts()
        yield self.texts(
            "sentence.basis", **{basis: int(bases.get(basis, 0)) for basis in ("published", "derived", "formula")}
        )
        here = self.answer.sites[self.answer.sites["at_place"].isin(self.stops["place_id"])]
        kind = "services" if not self.answer.question.asks_state else "institutions"
        key = f"sentence.{kind}" if len(here) else f"sentence.{kind}_none"
        yield self.texts(key, count=len(here), confirmed=int(here["confirmed"].sum()))
        publishers = self._publishers()
        yield self.texts("sentence.sources", publishers=", ".join(publishers[:PUBLISHERS]), count=len(publishers))
        yield self.texts("sentence.not_violence")

    def note(self) -> str:
        """The journey's length, beside the strip's heading."""
        first, last = self.stops.iloc[0], self.stops.iloc[-1]
        hours = self.texts.hours(Hours(float(last["at_hours"])))
        return self.texts(
            "sentence.note", hours=hours, start=self._name(first["place_id"]), end=self._name(last["place_id"])
        )

    def _publishers(self) -> list[str]:
        """Who published the hours and the services that this answer rests on, the most used first."""
        services = self.answer.services["source_id"].reindex(self.answer.sites.index).dropna()
        return published_by(self.corridor, self.answer, services)

    def _month(self) -> str:
        return self.texts.month(self.state.as_of)

    def _name(self, place_id: object) -> str:
        return place_name(self.corridor, str(place_id), self.texts.lang)

    def _asked(self, form: str) -> str:
        return self.texts(f"capability.{self.answer.question.capability.replace(':', '_')}.{form}")
