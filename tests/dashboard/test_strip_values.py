"""The strip's table and summary: the same values as the drawing, and sums that hold."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.strip import Lane, Run, StateMark, StripData, strip_rows, strip_summary
from tests.dashboard.strips import APRIL, CLASSES, FEBRUARY, Leg, strip_of

legs_and_services = st.lists(
    st.tuples(
        st.floats(0.1, 80), st.floats(0.1, 100), st.floats(0.1, 200), st.floats(0.1, 900), st.booleans(), st.booleans()
    ),
    min_size=1,
    max_size=12,
).map(
    lambda rows: (
        [
            Leg(f"p{n}", f"p{n + 1}", tuple(sorted(row[:3])), row[3], valid=row[4] or n % 3 > 0)
            for n, row in enumerate(rows)
        ],  # type: ignore[arg-type]
        [f"p{n + 1}" for n, row in enumerate(rows) if row[5]],
    )
)
strips = st.builds(
    lambda route, window: strip_of(*route, window), legs_and_services, st.sampled_from([24.0, 72.0, 120.0])
)


@given(strips)
def test_rows_and_ribbon_add_up_to_the_route(data: StripData) -> None:
    rows = strip_rows(data)
    assert sum(row["to_hours"] - row["from_hours"] for row in rows) == pytest.approx(data.hours)  # type: ignore[operator]
    assert sum(row["to_km"] - row["from_km"] for row in rows) == pytest.approx(data.km)  # type: ignore[operator]
    assert sum(run.to_hours - run.from_hours for run in data.runs) == pytest.approx(data.hours)
    summary = strip_summary(data)
    assert sum(summary.get(f"hours_{name}", 0.0) for name in CLASSES) == pytest.approx(data.hours)  # type: ignore[misc]


@given(strips)
def test_rows_follow_each_other_without_a_hole(data: StripData) -> None:
    rows = strip_rows(data)
    assert rows[0]["from_hours"] == 0
    for before, after in itertools.pairwise(rows):
        assert before["to_hours"] == pytest.approx(after["from_hours"])  # type: ignore[arg-type]


@given(strips)
def test_the_class_of_a_row_is_what_its_hours_say(data: StripData) -> None:
    for row in strip_rows(data):
        if row["low_hours"] is None:
            assert row["class"] in ("none_ahead", "unknown")
        elif row["class"] == "covered":
            assert row["high_hours"] <= data.window_hours + 1e-6  # type: ignore[operator]
        elif row["class"] == "gap":
            assert row["low_hours"] >= data.window_hours - 1e-6  # type: ignore[operator]


def test_the_summary_of_april_names_necocli_and_the_late_stretch() -> None:
    summary = strip_summary(APRIL)
    assert (summary["peak_place"], summary["peak_typical"]) == ("Necoclí", pytest.approx(92.08))
    assert (summary["peak_low"], summary["peak_high"]) == (pytest.approx(57.18), pytest.approx(268.84))
    assert summary["longest_late_from"] == "Necoclí"
    assert summary["longest_late_hours"] == pytest.approx(20.08)
    assert strip_summary(FEBRUARY)["longest_late_hours"] == pytest.approx(1.25)


def test_a_strip_with_nothing_ahead_has_no_peak_and_no_figure_for_it() -> None:
    summary = strip_summary(strip_of([Leg("A", "B", (1, 2, 3), 10)], []))
    assert (summary["peak_place"], summary["peak_typical"], summary["hours_none_ahead"]) == ("", None, 2)


def test_the_table_has_what_the_lanes_and_marks_show() -> None:
    runs = (Run("covered", 0, 1, 0, 5), Run("gap", 1, 2, 5, 10))
    data = replace(
        strip_of([Leg("A", "B", (1, 2, 3), 10)], ["B"]),
        lanes=(Lane("shelter", runs),),
        state=(StateMark("A", 0, "mixed", 3, True),),
    )
    [row] = strip_rows(data)
    assert row["class_shelter"] == ("covered", "gap")
    assert (row["state_mixed"], row["state_protective"]) == (3, 0)


def test_a_place_on_a_leg_travelled_backwards_is_measured_from_the_legs_own_start() -> None:
    stretch = replace(strip_of([Leg("A", "B", (1, 4, 5), 100)], ["B"]).stretches[0], backward=True)
    assert stretch.leg_km_at(1) == pytest.approx(75)
    assert stretch.hours_at_leg_km(75) == pytest.approx(1)
