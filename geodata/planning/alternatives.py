"""What could stand in place of a chosen candidate, and what that would lose."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from geodata.corridor.arcs import Floats
from geodata.planning.choosing import Choice
from geodata.planning.ground import CLOSE, Ground
from geodata.planning.lens import lens
from geodata.planning.measures import scale

#: A candidate that loses at most this share of what the chosen one is worth is near …
NEAR_SHARE = 0.1
#: … and at most so many of them are named.
NEAR_COUNT = 3
ALTERNATIVE_COLUMNS = ["rank", "candidate", "alternative", "why", "loss", "share"]


def alternatives(found: pd.DataFrame, ground: Ground, objective: str, choice: Choice) -> pd.DataFrame:
    """Per chosen one the candidates at its very point, its ties, and those nearly as good; as `Siting.alternatives`.

    `found` are all candidates, of which those of the ground are a part.
    """
    rows = [row for rank in range(len(choice.chosen)) for row in _of(ground, objective, choice, rank)]
    table = pd.DataFrame(rows, columns=ALTERNATIVE_COLUMNS)
    more = found.loc[table["alternative"], ["kind", "place_id", "service_id", "cost", "flags"]]
    return pd.concat([table, more.reset_index(drop=True)], axis=1)


def _of(ground: Ground, objective: str, choice: Choice, rank: int) -> list[tuple[Any, ...]]:
    names, chosen = ground.candidates.index, choice.chosen[rank]
    head = (rank + 1, str(names[chosen]))
    same = [other for other in str(ground.candidates["alternatives"].iloc[chosen]).split(";") if other]
    losses, worth = swap_losses(ground, objective, choice.chosen, rank)
    shares, times = losses / worth if worth > 0 else np.full(len(losses), np.inf), scale(ground, objective)
    near = [int(one) for one in np.argsort(losses, kind="stable") if one not in (*choice.chosen, *choice.ties[rank])]
    near = [other for other in near if shares[other] <= NEAR_SHARE][:NEAR_COUNT]
    return [
        *((*head, other, "same_point", 0.0, 0.0) for other in same),
        *((*head, str(names[other]), "tie", 0.0, 0.0) for other in choice.ties[rank]),
        *((*head, str(names[other]), "near", losses[other] * times, shares[other]) for other in near),
    ]


def swap_losses(ground: Ground, objective: str, chosen: Sequence[int], rank: int) -> tuple[Floats, float]:
    """What the choice loses with each candidate in place of the one of a rank, and without it; never below 0."""
    seen, rest = lens(ground, objective), [*chosen[:rank], *chosen[rank + 1 :]]
    whole = seen.worth(chosen)
    losses = whole - seen.worth_each(rest)
    found: Floats = np.where(losses > CLOSE * max(abs(whole), 1.0), losses, 0.0)
    return found, max(whole - seen.worth(rest), 0.0)
