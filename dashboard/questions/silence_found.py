"""What only the question of silence works out: the stretch it speaks of, its figures, and when its channels changed."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard.state import ViewState
from geodata.corridor import Corridor
from geodata.coverage import Question
from geodata.coverage.silence import SILENCE_STATES, capacity_bands, channel_events, silence_at, told
from geodata.units import Month, first_day, last_day, quarter, quarter_name

#: So many quarters are told, the as-of date's the last: the one before a year ago begins the year of a yearly figure.
SHOWN_QUARTERS = 6
#: What survivors told; deaths, arrests, judgements and shares stand in the table.
CHARTED_MEASURES = ("survivors_treated", "consultations", "reports_filed")


@dataclass(frozen=True)
class Silence:
    """The answer's own part.

    `stretch` is the first named stretch of the route, "" where it passes none; `parts` silence at the date per part;
    `told` the figures; `events` openings and closings over the quarters shown; `bands` when it was heard; `legs` those
    of each named stretch of the corridor.
    """

    stretch: str
    parts: pd.DataFrame
    told: pd.DataFrame
    events: pd.DataFrame
    bands: pd.DataFrame
    legs: Mapping[str, tuple[str, ...]]

    @property
    def here(self) -> pd.Series[float]:
        """Hours in each state and of deafness on the stretch; of the whole route where it passes none."""
        return self.parts.loc[self.stretch] if self.stretch else self.parts.sum()

    @property
    def state(self) -> str:
        """The state that most of the stretch is in."""
        return max(SILENCE_STATES, key=lambda state: self.here[f"{state}_hours"])

    @property
    def capacity(self) -> str:
        """Whether most of the stretch is heard, deaf or not known at the date; "" without a stretch."""
        return "" if self.present is None else str(self.present["capacity"])

    @property
    def present(self) -> pd.Series | None:
        """The period that holds the as-of date; None without a stretch."""
        return None if self.bands.empty else self.bands[self.bands["present"]].iloc[0]

    @property
    def changes(self) -> pd.DataFrame:
        """The events after which more or less of the stretch was heard, earliest first."""
        named = [self.stretch in changed.split(";") for changed in self.events["changed"]]
        return self.events[pd.Series(named, index=self.events.index, dtype=bool)]

    @property
    def last_change(self) -> pd.Series | None:
        """The last of them up to the as-of date, one of a published day before others; None where there is none."""
        changes = self.changes[self.changes["past"]]
        if not self.stretch or changes.empty:
            return None
        latest = changes[changes["month"] == changes["month"].iloc[-1]]
        return latest.sort_values("dated", kind="stable").iloc[-1]


def found(corridor: Corridor, question: Question, _state: ViewState) -> Silence:
    """Everything that the question of silence works out for a view."""
    parts = silence_at(corridor, question)
    first, last = months_shown(question)
    events = channel_events(corridor, question, first, last)
    stretch = next((str(part) for part in parts.index if part in corridor.stretches.index), "")
    bands = pd.DataFrame()
    if stretch:
        bands, now = capacity_bands(corridor, question, stretch, first, last), str(question.as_of.end)
        bands = bands.assign(present=(bands["from_day"] <= now) & (bands["to_day"] >= now))
    return Silence(
        stretch=stretch,
        parts=parts,
        told=told(corridor, question),
        events=events.assign(past=events["month"] <= str(question.as_of)),
        bands=bands,
        legs={str(name): tuple(legs.split(";")) for name, legs in corridor.stretches["legs"].items()},
    )


def months_shown(question: Question) -> tuple[Month, Month]:
    """The first and last month of the quarters that are told."""
    months = quarter(question.as_of)
    return months[0].plus(3 - 3 * SHOWN_QUARTERS), months[2]


def quarters_shown(question: Question) -> str:
    """The span of quarters that are told, as the command line takes it."""
    return "/".join(quarter_name(month) for month in months_shown(question))


def charted(figures: pd.DataFrame) -> pd.DataFrame:
    """The figures that a picture can hold: what survivors told, of each measure and place those that no other one holds.

    Of two that count the same days the one that was not rounded is kept. Latest last.
    """
    kept = figures[figures["measure"].isin(CHARTED_MEASURES)]
    rows = sorted(kept.reset_index().to_dict("records"), key=_longest_first)
    whole = [row["report_id"] for n, row in enumerate(rows) if not any(_holds(other, row) for other in rows[:n])]
    return kept.loc[whole].sort_values(["period_end", "period_start"], kind="stable")


def _longest_first(row: dict[Hashable, Any]) -> tuple[Any, ...]:
    length = last_day(row["period_end"]) - first_day(row["period_start"])
    return -length.days, "figure_rounded" in row["caveat"], row["period_start"], -row["count"]


def _holds(one: dict[Hashable, Any], other: dict[Hashable, Any]) -> bool:
    same = all(one[name] == other[name] for name in ("stretch", "measure", "place_id"))
    return same and one["period_start"] <= other["period_start"] and one["period_end"] >= other["period_end"]
