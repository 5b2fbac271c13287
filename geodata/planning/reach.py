"""Hours ahead from every segment of a route to each place where a service might stand, one place at a time."""

from __future__ import annotations

import numpy as np
import pandas as pd

from geodata.corridor import Corridor
from geodata.corridor.arcs import Floats
from geodata.coverage.profile import along
from geodata.coverage.question import Question
from geodata.coverage.standing import segment_ids, segments_ahead


def hours_to(corridor: Corridor, question: Question, stands: pd.DataFrame) -> Floats:
    """Hours from every segment of the question's route, where she enters it, to each stand alone.

    `stands` has at_place and walk_hours, a row per stand. Shape (3 paces, stands, segments), the segments in the order
    of `along`; infinite where the stand is not ahead, more than 2 h off the route, or the way there does not hold at
    the date. Services that are there count for nothing here. Raises `UnknownName` without a known route.
    """
    order = pd.Index(segment_ids(corridor, question)).get_indexer(along(corridor, question).index)
    alone = [stands.iloc[[row]] for row in range(len(stands))]
    hours = [segments_ahead(corridor, question, stand).hours[:, order] for stand in alone]
    return np.stack(hours, axis=1) if hours else np.empty((3, 0, len(order)))
