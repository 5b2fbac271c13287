"""Names of stops: none over another, none cut, the least important given up first."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from dashboard.drawing.labels import MUST, Placed, Wish, strip_layout
from dashboard.drawing.measure import in_two_lines, label_of, lines_of, text_width

WIDTH = 1000.0
positions = st.floats(0, WIDTH, allow_nan=False)
sizes = st.floats(24, 180)
weights = st.sampled_from([10.0, 30.0, 60.0, MUST])
wishes = st.lists(st.tuples(positions, sizes, weights), max_size=40).map(
    lambda rows: [Wish(f"stop {n}", at, ("name",), size, 24.0, weight) for n, (at, size, weight) in enumerate(rows)]
)


def overlap(one: Placed, other: Placed) -> bool:
    return one.row == other.row and one.from_px < other.to_px and other.from_px < one.to_px


@given(wishes)
def test_names_below_an_axis_never_overlap_and_stay_inside(asked: list[Wish]) -> None:
    placed = strip_layout(asked, 0, WIDTH, rows=4)
    for n, label in enumerate(placed):
        assert label.from_px >= 0
        assert label.to_px <= WIDTH
        assert abs(label.to_px - label.from_px - label.wish.width) < 1e-9
        assert not any(overlap(label, other) for other in placed[:n])


@given(wishes)
def test_no_leader_runs_through_a_name_above_it(asked: list[Wish]) -> None:
    placed = strip_layout(asked, 0, WIDTH, rows=4)
    for deep in placed:
        for near in placed:
            if near.row < deep.row:
                assert not near.from_px < deep.wish.at_px < near.to_px


@given(wishes)
def test_a_name_stands_at_its_leader(asked: list[Wish]) -> None:
    for label in strip_layout(asked, 0, WIDTH, rows=4):
        edge = label.from_px if label.flag == "right" else label.to_px
        assert edge == label.wish.at_px


@given(wishes)
def test_names_beside_an_upright_axis_never_overlap_keep_their_order_and_stay_near(asked: list[Wish]) -> None:
    placed = strip_layout(asked, 0, WIDTH, rows=None, furthest_px=36)
    for before, after in itertools.pairwise(placed):
        assert before.to_px <= after.from_px + 1e-9
        assert before.wish.at_px <= after.wish.at_px
    for label in placed:
        assert label.from_px >= -1e-9
        assert label.to_px <= WIDTH + 1e-9
        assert abs((label.from_px + label.to_px) / 2 - label.wish.at_px) <= 36 + 1e-9


@given(wishes)
def test_both_ends_have_their_names_whatever_crowds_between(asked: list[Wish]) -> None:
    between = [Wish(wish.key, wish.at_px, wish.lines, wish.width, 24.0, min(wish.importance, 60.0)) for wish in asked]
    ends = [Wish("first", 0, ("a",), 80, 24, MUST), Wish("last", WIDTH, ("b",), 80, 24, MUST)]
    for rows in (4, None):
        placed = strip_layout([*ends, *between], -12, WIDTH + 12, rows=rows)
        assert {"first", "last"} <= {label.wish.key for label in placed}


def test_where_there_is_room_for_one_the_more_important_stands() -> None:
    asked = [Wish("small", 100, ("a",), 90, 24, 10), Wish("great", 104, ("b",), 90, 24, 60)]
    assert [label.wish.key for label in strip_layout(asked, 0, 200, rows=1)] == ["great"]
    assert [label.wish.key for label in strip_layout(asked, 90, 115, rows=None)] == ["great"]


def test_a_crowd_at_the_start_is_staggered_and_not_given_up() -> None:
    asked = [Wish(str(n), 9.0 * n, ("name",), 60, 24, 10) for n in range(4)]
    placed = strip_layout(asked, 0, 400, rows=4)
    assert [label.row for label in placed] == [3, 2, 1, 0]


def test_nothing_asked_is_nothing_placed() -> None:
    assert strip_layout([], 0, 100) == ()
    assert strip_layout([], 0, 100, rows=None) == ()


@given(st.text(max_size=60), st.floats(20, 200))
def test_lines_keep_every_word_and_break_only_where_a_line_is_full(words: str, width: float) -> None:
    lines = lines_of(words, 12, width)
    assert "".join(lines).replace(" ", "") == "".join(words.split())
    assert all(text_width(line, 12) <= width for line in lines if " " in line)


def test_a_name_in_two_lines_takes_the_narrowest_block() -> None:
    assert in_two_lines("Ciudad de Panamá", 12) == ("Ciudad de", "Panamá")
    assert in_two_lines("Managua", 12) == ("Managua",)


def test_a_label_leaves_out_what_only_explains() -> None:
    assert label_of("Las Tablillas (frontera con Nicaragua)") == "Las Tablillas"
    assert label_of("Estación Temporal de Recepción Migratoria (ETRM) Lajas Blancas") == "ETRM Lajas Blancas"
    assert label_of("(sin nombre)") == "(sin nombre)"
