"""The steps of the case that compare: four aims side by side, and whether the choice holds in other futures."""

from __future__ import annotations

import math
from typing import Any

from dashboard.documents.figures import Values
from dashboard.documents.planning_case import MOST_PLACES, Case, records
from dashboard.documents.planning_steps import step
from dashboard.panels.siting_names import candidate_name
from dashboard.panels.siting_worth import AIM_FIGURES, best_figure, figure_heads, in_time

#: As many places are named in the table of futures.
MOST_ROWS = 8


def aims(case: Case) -> Values:
    """The best choice for each aim, measured by the others too."""
    texts, trade = case.texts, case.asked("siting", places=MOST_PLACES).found.trade
    best = {name: best_figure(trade, name) for name in AIM_FIGURES}
    table = {
        "caption": texts("siting.tradeoff_heading"),
        "wide": True,
        "columns": [
            texts("column.aim"),
            texts("column.candidates"),
            *figure_heads(trade, texts),
        ],
        "rows": [
            [
                texts(f"siting.aim_{aim}"),
                _names(case, str(row["candidates"])),
                *(_aim_words(case, row, name, best[name]) for name in AIM_FIGURES),
            ]
            for aim, row in trade.iterrows()
        ],
    }
    links = [case.link("siting", places=MOST_PLACES)]
    return step(lines=[texts("siting.tradeoff_reading"), texts("planning.aims_reading")], tables=[table], links=links)


def _aim_words(case: Case, row: Any, name: str, best: float | None) -> str:  # noqa: ANN401 - a row
    value = in_time(row) if name == "in_time" else float(row[name])
    words = case.texts.number(value, 0) if name == "in_time" else case.texts.hours(value)
    is_best = best is not None and math.isclose(value, best, rel_tol=1e-9)
    return f"{words} {case.texts('siting.best')}" if is_best else words


def _names(case: Case, candidates: str) -> str:
    """The places alone: which service there would be widened is told in the step before."""
    names = [candidate_name(case.corridor, _place(case, one), case.texts) for one in candidates.split(";") if one]
    return "; ".join(names) or case.texts("siting.none")


def _place(case: Case, candidate: str) -> str:
    """The candidate of a new service where an existing one would be widened."""
    kind, _, name = candidate.partition(":")
    return f"new:{case.corridor.services.at[name, 'at_place']}" if kind == "upgrade" else candidate


def robust_step(case: Case) -> Values:
    """In how many futures each place is among the best, and the choice that never loses much."""
    texts, found = case.texts, case.robust
    routes = len({future.route for future in found.futures})
    least = texts(
        "siting.robust_least",
        names=texts.list_of([candidate_name(case.corridor, one, texts) for one in found.minimax])
        or texts("siting.none"),
        share=texts.percent(found.worst_share),
    )
    proven = found.optimal and bool(found.bests["optimal"].all())
    return step(
        lines=[
            texts("planning.futures", count=len(found.futures), routes=texts.number(routes, 0)),
            texts("planning.futures_named"),
            least,
            texts("siting.robust_proven" if proven else "siting.robust_not_proven"),
            *_own_choice(case),
        ],
        tables=[_frequency(case)] if len(found.frequency) else [],
        links=[case.link("siting", places=MOST_PLACES)],
    )


def _own_choice(case: Case) -> list[str]:
    """What the view's own best three lose elsewhere."""
    texts, choices = case.texts, case.robust.choices
    if "asked" not in choices.index:
        return []
    own, total = choices.loc["asked"], texts.number(len(case.robust.futures), 0)
    lost, share = texts.number(own["lost_in"], 0), texts.percent(float(own["worst_share"]))
    return [texts("planning.own_choice", number=lost, total=total, share=share)]


def _frequency(case: Case) -> Values:
    texts, found = case.texts, case.robust
    total = texts.number(len(found.futures), 0)
    return {
        "caption": texts("siting.frequency_title", count=found.places),
        "columns": [texts("column.place"), texts("planning.among"), texts("planning.as_good")],
        "rows": [
            [
                candidate_name(case.corridor, row["candidate"], texts),
                texts("siting.in_futures", number=texts.number(row["in_best"], 0), total=total),
                texts("siting.in_futures", number=texts.number(row["in_some_best"], 0), total=total),
            ]
            for row in records(found.frequency)[:MOST_ROWS]
        ],
    }
