"""The document on planning: one real case step by step, worked out from the data, then what each planning figure is."""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.documents.document import Document, Reading
from dashboard.documents.figures import Figure, Values, explained
from dashboard.documents.planning_case import Case
from dashboard.documents.planning_steps import before, first, more, today
from dashboard.documents.planning_tables import aims, robust_step
from dashboard.naming import route_name

#: The figures in the order in which the case meets them, then those of the other planning questions.
FIGURES = tuple(map(Figure, ("siting", "robust", "harm", "plan", "closures", "expiry", "standard")))
#: The steps where places were found; without any, the first two and the last are left.
STEPS = {"today": today, "first": first, "more": more, "aims": aims, "robust": robust_step, "before": before}
WITHOUT_PLACES = ("today", "first", "before")


def planning(reading: Reading) -> Values:
    """What the template shows: the case of the reader's view step by step, and the planning figures."""
    texts, case = reading.texts, Case(reading)
    steps = STEPS if case.found else WITHOUT_PLACES
    return {
        "contents_name": texts("method.contents"),
        "walk_heading": texts("planning.walk"),
        "case": " ".join(_case(reading, case)),
        "steps": [
            {"key": f"step-{name}", "title": f"{at}. {texts(f'planning.step.{name}')}", **STEPS[name](case)}
            for at, name in enumerate(steps, 1)
        ],
        "figures_heading": texts("planning.figures"),
        "figures": [explained(f"planning.{figure.key}", figure, texts) for figure in FIGURES],
    }


def _case(reading: Reading, case: Case) -> Iterator[str]:
    """What is asked, and for whom where that was chosen."""
    texts, state = reading.texts, case.state
    yield texts(
        "planning.case",
        capability=texts(f"capability.{state.capability}.noun"),
        hours=texts.hours_in_words(state.window_hours),
        route=route_name(reading.corridor, state.route, texts.lang),
        month=texts.month(state.as_of),
        status=texts(f"status.{state.status}"),
    )
    if state.whom:
        yield texts("planning.case_whom", whom=texts(f"audience.{state.whom}"))


PLANNING = Document(
    name="planning",
    heading="planning.heading",
    lead="planning.lead",
    template="planning.html",
    content=planning,
    styles=("/assets/css/60_charts.css",),
)
