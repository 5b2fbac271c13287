"""The saw-tooth: it falls an hour per hour, jumps after a service, and is cut where the chart ends, never bent."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.drawing.scale import Frame, ticks
from dashboard.strip.curve import above, blanks, capped, chains, off_route, spans_above, value_at
from dashboard.strip.scale import cap_hours
from tests.dashboard.strips import APRIL, DARIEN, FEBRUARY, Leg, strip_of

lines = st.lists(st.tuples(st.floats(0.1, 10), st.floats(0, 300)), min_size=2, max_size=12).map(
    lambda steps: tuple((sum(step for step, _ in steps[: n + 1]), y) for n, (_, y) in enumerate(steps))
)


def test_at_acandi_care_is_72_hours_ahead_in_february_and_91_in_april() -> None:
    hours = [value_at(chains(data)[0].typical, 1.5) for data in (FEBRUARY, APRIL)]
    assert hours == pytest.approx([71.75, 90.58])


def test_the_usual_pace_falls_one_hour_per_hour_of_travel() -> None:
    for data in (FEBRUARY, APRIL):
        for piece in chains(data):
            for (x1, y1), (x2, y2) in zip(piece.typical[:-1], piece.typical[1:], strict=True):
                assert y1 - y2 == pytest.approx(x2 - x1)


def test_the_line_jumps_after_each_service_and_only_there() -> None:
    assert [len(chains(data)) for data in (FEBRUARY, APRIL)] == [3, 1]
    assert chains(FEBRUARY)[1].from_hours == pytest.approx(73.25)


@given(lines, st.floats(1, 299))
def test_what_is_cut_never_lies_above_the_cap_and_the_rest_is_unchanged(
    line: tuple[tuple[float, float], ...], cap: float
) -> None:
    cut = capped(line, cap)
    assert max(y for _, y in cut) <= cap
    for x, y in line:
        assert value_at(cut, x) == pytest.approx(min(y, cap), abs=1e-6)


@given(lines, st.floats(1, 299))
def test_the_parts_above_a_limit_are_all_that_lies_above_it(
    line: tuple[tuple[float, float], ...], limit: float
) -> None:
    parts = above(line, limit)
    assert all(y >= limit for part in parts for _, y in part)
    spans = spans_above(line, limit)
    for x, y in line:
        if y > limit + 1e-6:
            assert any(span.from_hours - 1e-9 <= x <= span.to_hours + 1e-9 for span in spans)


def test_a_strip_without_help_ahead_is_blank_and_says_which_blank() -> None:
    legs = [Leg("A", "B", (1, 2, 3), 10), Leg("B", "C", (1, 2, 3), 10, valid=False), Leg("C", "D", (1, 2, 3), 10)]
    assert blanks(strip_of(legs, ["C"])) == ((0, 2, "none_ahead"), (2, 4, "unknown"), (4, 6, "none_ahead"))
    assert chains(strip_of(legs, [])) == ()


def test_a_service_a_little_off_the_route_is_marked_where_the_line_ends() -> None:
    assert off_route(APRIL) == ()
    assert off_route(replace(APRIL, services=())) == (pytest.approx(92.08),)


@pytest.mark.parametrize("window", [1.0, 24.0, 72.0, 120.0, 720.0])
def test_the_window_is_always_on_the_chart_with_air_above(window: float) -> None:
    for data in (FEBRUARY, APRIL):
        assert cap_hours(strip_of(DARIEN, [mark.place_id for mark in data.services], window)) >= 1.25 * window


def test_the_usual_pace_is_on_the_chart_where_it_is_at_most_three_and_a_half_windows() -> None:
    assert cap_hours(strip_of(DARIEN, ["EMI Sur"], 30.0)) >= 92.08
    assert cap_hours(APRIL) == 144


@given(st.floats(0.01, 5000), st.floats(100, 2000), st.floats(20, 80))
def test_ticks_begin_at_nought_stay_inside_and_keep_their_distance(end: float, length: float, room: float) -> None:
    marks = ticks(end, length, room)
    assert marks[0] == 0
    assert marks[-1] <= end
    assert all(after - before > 0 for before, after in itertools.pairwise(marks))
    assert all((after - before) * length / end >= room - 1e-6 for before, after in itertools.pairwise(marks))


def test_no_place_of_the_journey_lies_outside_the_frame() -> None:
    frame = Frame(upright=False, start_px=100, end_px=900, hours=50)
    assert [frame.along(hours) for hours in (-5, 0, 25, 50, 70)] == [100, 100, 500, 900, 900]
