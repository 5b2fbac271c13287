"""The wait for a mobile team over a week: hand-computed, then by arriving at every moment of it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.planning.scenario import WEEKDAYS, Visit, visit
from geodata.planning.timetable import waits


@pytest.mark.parametrize(
    ("timetable", "typical", "longest"),
    [
        (["a@mon@8-16"], 160 * 160 / 2 / 168, 160),
        (["a@mon.tue.wed.thu.fri.sat.sun@0-24"], 0, 0),
        (["a@sun@12-24", "a@mon@0-12"], 144 * 144 / 2 / 168, 144),
        (["a@mon.thu@8-16"], (64 * 64 + 88 * 88) / 2 / 168, 88),
        (["a@mon@8-12", "a@mon@10-16"], 160 * 160 / 2 / 168, 160),
    ],
)
def test_the_mean_wait_is_that_of_every_hour_of_the_week(timetable: list[str], typical: float, longest: float) -> None:
    assert waits(map(visit, timetable)) == pytest.approx((0, typical, longest))


def test_a_day_a_week_is_three_days_of_waiting_on_average_and_nearly_a_week_at_most() -> None:
    low, typical, longest = waits([visit("a@mon@8-16")])
    assert (low, round(typical, 1), longest) == (0, 76.2, 160)


@st.composite
def timetables(draw: st.DrawFn) -> list[Visit]:
    def one() -> Visit:
        start = draw(st.integers(0, 23))
        days = draw(st.sets(st.sampled_from(WEEKDAYS), min_size=1))
        return Visit("a", tuple(day for day in WEEKDAYS if day in days), start, draw(st.integers(start + 1, 24)))

    return [one() for _ in range(draw(st.integers(1, 3)))]


@given(timetables())
def test_who_arrives_in_the_middle_of_each_minute_waits_as_long_on_average(visits: list[Visit]) -> None:
    there = np.zeros(168 * 60, dtype=bool)
    for one in visits:
        for day in one.days:
            start = WEEKDAYS.index(day) * 24
            there[(start + one.from_hour) * 60 : (start + one.to_hour) * 60] = True
    twice = np.flatnonzero(np.tile(there, 2))
    arrivals = np.flatnonzero(~there)
    waited = twice[np.searchsorted(twice, arrivals)] - arrivals - 0.5
    _, typical, longest = waits(visits)
    assert typical == pytest.approx(waited.sum() / 60 / (168 * 60), abs=1e-6)
    assert longest == (max(waited) + 0.5) / 60 if len(waited) else longest == 0
