"""Set covering: the fewest facilities that cover all demand."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from scipy.sparse import csr_array

from geodata.planning.optima.covering import check_covering
from geodata.planning.optima.greedy import greedy_columns, useful
from geodata.planning.optima.instance import Instance, Ints, Solution
from geodata.planning.optima.merging import Cover, contained, cover_of, undominated, without_costs
from geodata.planning.optima.model import Rows, least
from geodata.planning.optima.ties import sites_of, ties_of


def set_cover(instance: Instance, *, seconds: float | None = None) -> Solution:
    """The fewest new facilities that, with the fixed ones, cover all demand that any usable facility covers.

    Demand counts whatever its weight. What no usable facility covers is left out: `uncoverable` says how much. Without
    columns that another outdoes, rows that are covered with another, and facilities that alone cover a row, HiGHS
    decides about what is left; after `seconds` the best it found comes with its bound, perhaps not as optimal. Toregas
    and others 1971. Raises `UnknownName` where the instance has no coverage.
    """
    check_covering(instance, 0, None)
    whole = without_costs(cover_of(replace(instance, weights=np.ones(len(instance.weights)))))
    needed, rest = _reduced(whole)
    chosen, bound = _fewest(rest, seconds)
    facilities = np.union1d(needed, rest.facilities[chosen]).astype(np.int64)
    columns = np.searchsorted(whole.facilities, facilities)
    least_number = min(len(columns), len(needed) + bound)
    proven = least_number == len(columns)
    return Solution(sites_of(whole, columns), len(columns), least_number, proven, ties_of(whole, columns))


def uncoverable(instance: Instance) -> int:
    """How many demand points no usable facility covers: no fixed one and none that can be chosen."""
    assert instance.coverage is not None  # noqa: S101 - the caller's kind of problem
    usable = np.union1d(instance.candidates, np.array(instance.fixed, dtype=np.int64))
    stored = csr_array(instance.coverage.astype(bool))
    rows = np.repeat(np.arange(stored.shape[0]), np.diff(stored.indptr))[np.isin(stored.indices, usable) & stored.data]
    return int(stored.shape[0]) - len(np.unique(rows))


def _reduced(cover: Cover) -> tuple[Ints, Cover]:
    """The facilities that every answer may take, and what is then left to decide, until nothing more is settled."""
    needed = np.zeros(0, dtype=np.int64)
    while True:
        before = cover.rows.shape
        cover = _hardest(undominated(cover))
        lengths = np.diff(cover.rows.indptr)
        alone = np.unique(cover.rows.indices[cover.rows.indptr[:-1][lengths == 1]]).astype(np.int64)
        needed = np.concatenate([needed, cover.facilities[alone]])
        cover = cover.given(alone, np.setdiff1d(np.arange(len(cover.facilities)), alone))
        if cover.rows.shape == before:
            return needed, cover


def _hardest(cover: Cover) -> Cover:
    """The cover without rows that are covered whenever another is."""
    harder, easier = contained(cover.rows)
    kept = np.setdiff1d(np.arange(len(cover.weights)), easier)
    if not len(harder):
        return cover
    return Cover(csr_array(cover.rows[kept]), cover.weights[kept], cover.facilities, cover.constant)


def _fewest(cover: Cover, seconds: float | None) -> tuple[Ints, int]:
    """The fewest columns that cover every row, and the least number that there can be."""
    columns = len(cover.facilities)
    if not len(cover.weights):
        return np.zeros(0, dtype=np.int64), 0
    rows = [Rows(cover.rows, low=1.0)]
    ones = np.ones(columns)
    found = least(ones, rows, low=np.zeros(columns), high=ones, whole=ones.astype(bool), seconds=seconds)
    bound = max(1, math.ceil(found.bound - 1e-6)) if np.isfinite(found.bound) else 1
    greedy = useful(cover, greedy_columns(cover, columns)[0])
    chosen = greedy if found.variables is None else useful(cover, np.flatnonzero(found.variables > 0.5))
    return min((chosen, greedy), key=len), bound
