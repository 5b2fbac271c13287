"""Small covering problems for the tests: one worked out by hand, random ones, and what a choice of sites is worth."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from hypothesis import strategies as st
from scipy.sparse import csr_array

from geodata.planning.optima import Instance


def covering(weights: Iterable[float], rows: Iterable[Iterable[int]], facilities: int, **more: object) -> Instance:
    """An instance from the facilities that cover each demand point."""
    matrix = np.zeros((len(list(weights)), facilities), dtype=bool)
    for at, row in enumerate(rows):
        matrix[at, list(row)] = True
    return Instance(np.array(list(weights), dtype=float), coverage=csr_array(matrix), **more)  # type: ignore[arg-type]


def worth(instance: Instance, sites: Iterable[int]) -> float:
    """The weight that these sites and the fixed ones cover, counted demand point by demand point."""
    assert instance.coverage is not None
    matrix, standing = instance.coverage.toarray(), [*sites, *instance.fixed]
    return sum(weight for weight, row in zip(instance.weights.tolist(), matrix, strict=True) if row[standing].any())


def covered_rows(instance: Instance, sites: Iterable[int]) -> np.ndarray:
    """Which demand points these sites and the fixed ones cover."""
    assert instance.coverage is not None
    found: np.ndarray = instance.coverage.toarray()[:, [*sites, *instance.fixed]].any(axis=1)
    return found


@st.composite
def instances(draw: st.DrawFn, *, most: int = 9) -> Instance:
    """Random covering problems: weights whole or not, some of them 0; facilities fixed, excluded, alike, or idle."""
    whole, sevenths = st.integers(0, 9).map(float), st.integers(0, 50).map(lambda number: number / 7)
    facilities, demand = draw(st.integers(1, most)), draw(st.integers(1, 16))
    weight, cost = (draw(st.sampled_from([whole, sevenths])) for _ in range(2))
    rows = draw(st.lists(st.sets(st.integers(0, facilities - 1)), min_size=demand, max_size=demand))
    marks = draw(st.lists(st.sampled_from("   fx"), min_size=facilities, max_size=facilities))
    return covering(
        draw(st.lists(weight, min_size=demand, max_size=demand)),
        rows,
        facilities,
        fixed=tuple(at for at, mark in enumerate(marks) if mark == "f"),
        excluded=tuple(at for at, mark in enumerate(marks) if mark == "x"),
        costs=np.array(draw(st.lists(cost, min_size=facilities, max_size=facilities))),
    )
