"""The job `robust`: whether a choice of places holds on other routes, the other way, slower, and with fewer services."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pandas as pd

from dashboard.jobs.job import Kind, Tell
from dashboard.questions.records import question_of, read_records
from geodata.planning import Future, futures, robust
from geodata.planning.demand import part_on_route

if TYPE_CHECKING:
    from dashboard.state import ViewState
    from geodata.corridor import Corridor
    from geodata.coverage import Question

QUESTION = "siting"


def work(corridor: Corridor, state: ViewState, tell: Tell) -> dict[str, Any]:
    """The best places over the futures of a view as plain values: the tables of `Robust`, how many futures there are.

    `uncounted` are the futures in which nobody knows how many women and girls pass. Raises what `robust` and `tell` do.
    """
    record = next(one for one in read_records() if one.id == QUESTION)
    question = question_of(state, record)
    looked_at = futures_of(corridor, question)
    own = [(float(lat), float(lon)) for lat, lon in (point.split("@") for point in state.own)]
    part = part_on_route(corridor, question, state.asked_part)
    found = robust(
        corridor, question, looked_at, state.places, without=state.without, own=own, part=part, progress=tell
    )
    return {
        "places": found.places,
        "futures": len(found.futures),
        "uncounted": int(found.bests["in_time_woman_days"].isna().sum()),
        "routes": len({future.route for future in found.futures}),
        "month": str(question.as_of),
        "frequency": records(found.frequency),
        "choices": records(found.choices),
        "regret": records(found.regret),
        "minimax": list(found.minimax),
        "worst_share": found.worst_share,
        "bound": found.bound,
        "optimal": found.optimal and bool(found.bests["optimal"].all()),
    }


def futures_of(corridor: Corridor, question: Question) -> list[Future]:
    """Every route both ways, at each pace, with listed and with confirmed services.

    The count of women and girls is that of the view's month: it weighs what is lost, but the best places on a route
    are the same whatever it is.
    """
    return futures(corridor, question, months=[question.as_of])


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """A table's rows as JSON holds them, with its index; what is not known is None."""
    named = table.reset_index() if table.index.name else table
    return [{str(name): plain(value) for name, value in row.items()} for row in named.to_dict("records")]


def plain(value: Any) -> Any:  # noqa: ANN401 - whatever a table holds
    """A value as JSON holds it: a number, a word, yes or no, or None for what is not known."""
    value = value.item() if hasattr(value, "item") else value
    return None if isinstance(value, float) and not math.isfinite(value) else value


KIND = Kind(QUESTION, work, form=2)
