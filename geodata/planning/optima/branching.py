"""p-median proven by branch and bound: each branch has one facility opened or closed and a bound by relaxation.

An opened facility lowers the cap of what each demand costs and leaves one fewer to open, so that every branch is a
p-median of its own, and smaller. Reduced costs show which facilities no better choice can hold, and which it must.
Beasley 1985; the figures that led here: every OR-Library instance up to 900 × 900 in seconds, in plain NumPy.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np

from geodata.planning.optima.ascent import NODE, ROOT, Ascent, ascent
from geodata.planning.optima.costs import Costs
from geodata.planning.optima.exchange import greedy, improved
from geodata.planning.optima.instance import Floats, Ints


@dataclass(frozen=True, eq=False)
class Branch:
    """What is left to choose: `left` of the `rows`, beside the `opened`, whose costs the `cap` holds; no less than `bound`."""

    rows: Ints
    cap: Floats
    left: int
    opened: tuple[int, ...]
    multipliers: Floats
    bound: float = -np.inf


@dataclass
class Found:
    """The best choice of rows met so far and its value."""

    chosen: list[int]
    value: float

    def offer(self, costs: Costs, chosen: list[int]) -> None:
        """Takes the choice if it is better."""
        value = costs.value(chosen)
        if value < self.value:
            self.chosen, self.value = sorted(chosen), value


def best_choice(costs: Costs, p: int, start: list[int], until: float) -> tuple[Found, float]:
    """The best choice of at most `p` rows of finite costs, and a bound; equal to its value if proven before `until`.

    `start` is a choice known already, of at most `p`. `until` is a moment of `time.monotonic`.
    """
    found = Found(sorted(start), costs.value(start))
    found.offer(costs, improved(costs.table, costs.cap, greedy(costs.table, costs.cap, p), until))
    rows = np.arange(len(costs.facilities))
    waiting = [Branch(rows, costs.cap, p, (), _second_least(costs, found))]
    while waiting:
        branch = waiting.pop()
        if branch.bound < costs.needed(found.value):
            waiting.extend(_branches(costs, branch, found, until))
        if time.monotonic() >= until:
            break
    bound = min((branch.bound for branch in waiting), default=found.value)
    return found, costs.proven(bound, found.value)


def _second_least(costs: Costs, found: Found) -> Floats:
    """Multipliers to start from: the cost of each demand if its nearest were gone."""
    ranked = np.vstack([costs.table[found.chosen], costs.cap, costs.cap])
    second: Floats = np.partition(ranked, 1, axis=0)[1]
    return second


def _branches(costs: Costs, branch: Branch, found: Found, until: float) -> list[Branch]:
    """What is left to look at in a branch, the more likely last: none if no better choice can be in it."""
    if branch.left <= 1 or len(branch.rows) <= branch.left:
        found.offer(costs, _last_choice(costs, branch))
        return []
    root = branch.bound == -np.inf
    table, enough = costs.table[branch.rows], costs.needed(found.value)
    climbed = ascent(
        table, branch.cap, branch.left, branch.multipliers, found.value, enough, ROOT if root else NODE, until
    )
    chosen = [*branch.opened, *branch.rows[climbed.chosen].tolist()]
    found.offer(costs, improved(costs.table, costs.cap, chosen, until) if root else chosen)
    enough = costs.needed(found.value)
    return [] if climbed.bound >= enough else _split(costs, branch, climbed, enough)


def _last_choice(costs: Costs, branch: Branch) -> list[int]:
    """The best choice of a branch in which one is left to open, none is, or all may be."""
    if branch.left != 1 or not len(branch.rows):
        return [*branch.opened, *branch.rows[: branch.left].tolist()]
    sums = np.minimum(costs.table[branch.rows], branch.cap).sum(axis=1)
    return [*branch.opened, int(branch.rows[sums.argmin()])]


def _split(costs: Costs, branch: Branch, climbed: Ascent, enough: float) -> list[Branch]:
    """The branch without what no better choice holds and with what each must; if that is nothing new, halved."""
    order = np.argsort(climbed.reduced, kind="stable")
    inside, outside = climbed.reduced[order[branch.left - 1]], climbed.reduced[order[branch.left]]
    opened = np.zeros(len(order), dtype=bool)
    opened[order[: branch.left]] = True
    possible = opened | (climbed.bound + climbed.reduced - inside < enough)
    must = opened & (climbed.bound - climbed.reduced + outside >= enough)
    if must.any():
        return [_opening(costs, branch, climbed, possible, must)]
    one = np.arange(len(order)) == np.where(possible, climbed.often, -1.0).argmax()
    none = np.zeros_like(one)
    return [
        _opening(costs, branch, climbed, possible & ~one, none),
        _opening(costs, branch, climbed, possible, one),
    ]


def _opening(costs: Costs, branch: Branch, climbed: Ascent, possible: Ints, opening: Ints) -> Branch:
    """The branch with only the possible rows, and of these some opened."""
    opened = branch.rows[opening]
    cap = np.minimum(branch.cap, costs.table[opened].min(axis=0, initial=np.inf))
    return Branch(
        branch.rows[possible & ~opening],
        cap,
        branch.left - len(opened),
        (*branch.opened, *opened.tolist()),
        np.minimum(climbed.multipliers, cap),
        climbed.bound,
    )
