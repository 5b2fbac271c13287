"""Where labels stand: never over one another, never cut; where there is no room, the least important go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

AIR = 8.0  # px between two labels of one row
LEADER_AIR = 2.0  # px between a leader and words that are not its own
#: From this importance on a label is given up only where it does not fit even alone.
MUST = 100.0
_BREADTH = 40
_DEEPER, _LEFT = 3.0, 1.5  # what a deeper row, or words on the left of their leader, cost


@dataclass(frozen=True)
class Wish:
    """A label that wants to stand at `at_px`: its lines, its size in px along and across, and how much it matters."""

    key: str
    at_px: float
    lines: tuple[str, ...]
    width: float
    height: float
    importance: float


@dataclass(frozen=True)
class Placed:
    """A label that has its place: its row (0 nearest to the axis) and its extent in px; it lies inside, and over no other.

    `flag` says on which side of its leader the words stand: "right" or "left". Upright, row is 0 and the extent is
    vertical.
    """

    wish: Wish
    row: int
    from_px: float
    to_px: float
    flag: str = "right"


def strip_layout(
    wishes: Sequence[Wish], start_px: float, end_px: float, rows: int | None = 3, furthest_px: float = 36.0
) -> tuple[Placed, ...]:
    """The labels that find room between `start_px` and `end_px`, in order of position.

    With `rows` they stand in that many rows below an axis, flag-wise at a leader that crosses no other label. With None
    they stand one under the other beside an upright axis, in the order of the journey, at most `furthest_px` away from
    their place. What is left out is the least important. No wishes, nothing placed.
    """
    ordered = sorted(wishes, key=lambda wish: wish.at_px)
    if rows is None:
        return _column(sorted(ordered, key=lambda wish: -wish.importance), start_px, end_px, furthest_px)
    placed: tuple[Placed, ...] = ()
    for floor in sorted({0.0, *(wish.importance for wish in ordered)}):
        placed = _in_rows([wish for wish in ordered if wish.importance >= floor], start_px, end_px, rows)
        if {wish.key for wish in ordered if wish.importance >= MUST} <= {label.wish.key for label in placed}:
            break
    return placed


@dataclass(frozen=True)
class _State:
    """Labels placed so far, from the start on: where each row is taken up to, and its last leader. Less cost is better."""

    cost: float
    taken: tuple[float, ...]
    leaders: tuple[float, ...]
    placed: tuple[Placed, ...] = ()


def _in_rows(ordered: Sequence[Wish], start_px: float, end_px: float, rows: int) -> tuple[Placed, ...]:
    """The cheapest arrangement that a search of bounded width finds; to leave a label out costs its importance."""
    nothing = (float("-inf"),) * rows
    states = [_State(0.0, (start_px - AIR,) * rows, nothing)]
    for wish in ordered:
        spots = [spot for spot in _spots(wish, rows) if spot.from_px >= start_px and spot.to_px <= end_px]
        following = [replace(state, cost=state.cost + wish.importance + 1) for state in states]
        following += [_with_label(state, spot) for state in states for spot in spots if _fits(state, spot)]
        cheapest = {(state.taken, state.leaders): state for state in sorted(following, key=lambda one: -one.cost)}
        states = sorted(cheapest.values(), key=lambda state: state.cost)[:_BREADTH]
    return states[0].placed


def _spots(wish: Wish, rows: int) -> list[Placed]:
    right, left = wish.at_px + wish.width, wish.at_px - wish.width
    return [
        spot
        for row in range(rows)
        for spot in (Placed(wish, row, wish.at_px, right), Placed(wish, row, left, wish.at_px, "left"))
    ]


def _fits(state: _State, spot: Placed) -> bool:
    """Whether the words are clear of the row's last label and of deeper leaders, and the leader of the labels above."""
    row = spot.row
    return (
        state.taken[row] + AIR <= spot.from_px
        and all(taken + LEADER_AIR <= spot.wish.at_px for taken in state.taken[:row])
        and all(leader + LEADER_AIR <= spot.from_px for leader in state.leaders[row + 1 :])
    )


def _with_label(state: _State, spot: Placed) -> _State:
    row = spot.row
    return _State(
        cost=state.cost + row * _DEEPER + (spot.flag == "left") * _LEFT,
        taken=(*state.taken[:row], spot.to_px, *state.taken[row + 1 :]),
        leaders=(*state.leaders[:row], spot.wish.at_px, *state.leaders[row + 1 :]),
        placed=(*state.placed, spot),
    )


def _column(ranked: Sequence[Wish], start_px: float, end_px: float, furthest_px: float) -> tuple[Placed, ...]:
    kept: list[Wish] = []
    best: tuple[Placed, ...] = ()
    for wish in ranked:
        tried = _stacked(sorted([*kept, wish], key=lambda one: one.at_px), start_px, end_px)
        if tried and all(abs((label.from_px + label.to_px) / 2 - label.wish.at_px) <= furthest_px for label in tried):
            kept.append(wish)
            best = tried
    return best


def _stacked(wishes: Sequence[Wish], start_px: float, end_px: float) -> tuple[Placed, ...]:
    """All of them pushed apart no more than needed (pools of touching labels, each centred on its own); () without room."""
    total = sum(wish.height for wish in wishes)
    if total > end_px - start_px:
        return ()
    pools: list[tuple[float, list[Wish]]] = []
    for wish in wishes:
        pool = [wish]
        top = _pool_top(pool, start_px, end_px)
        while pools and pools[-1][0] + sum(one.height for one in pools[-1][1]) > top:
            pool = [*pools.pop()[1], *pool]
            top = _pool_top(pool, start_px, end_px)
        pools.append((top, pool))
    return tuple(label for top, pool in pools for label in _laid(top, pool))


def _pool_top(pool: Sequence[Wish], start_px: float, end_px: float) -> float:
    tops, above = [], 0.0
    for wish in pool:
        tops.append(wish.at_px - wish.height / 2 - above)
        above += wish.height
    return min(max(sum(tops) / len(tops), start_px), end_px - above)


def _laid(top: float, pool: Sequence[Wish]) -> list[Placed]:
    labels = []
    for wish in pool:
        labels.append(Placed(wish, 0, top, top + wish.height))
        top += wish.height
    return labels
