"""Where the next service should go: the best places for an aim on the route, what each is worth, and whether it holds."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from dashboard.answers import Answer
from dashboard.maps.values import Mark
from dashboard.naming import place_name
from dashboard.panels.siting import panel
from dashboard.panels.siting_names import chosen_title, own_point, place_of
from dashboard.panels.siting_sentence import sentence
from dashboard.panels.siting_tables import TABLES
from dashboard.questions.commands import asked_options, command
from dashboard.questions.hours import capabilities, six_classes
from dashboard.questions.method import Command, Method
from dashboard.state import ViewState
from dashboard.strip import StripData
from dashboard.strip.data import Proposal
from dashboard.text import Texts
from geodata.corridor import Corridor
from geodata.coverage import Question
from geodata.errors import UnknownName
from geodata.planning import Siting, site, trade_off
from geodata.planning.candidates import Point, candidates
from geodata.planning.demand import part_on_route


@dataclass(frozen=True)
class Sited:
    """The best places, the objectives side by side, and what of the view could not be used.

    `without_budget`: why the budget asked for was left aside ("no_costs", "p-center"; "" where none was asked for or it
    counted); `part` is what of the route counts ("" = all of it), `no_part` a part asked for in which none of it lies;
    `refused`: the planner's own points that no place of the corridor holds, and so are no candidates. `without` and
    `own` are the places left out and the points that count, as the command line takes them.
    """

    siting: Siting
    trade: pd.DataFrame
    without_budget: str
    refused: tuple[str, ...]
    without: tuple[str, ...]
    own: tuple[str, ...]
    part: str
    no_part: str


def sited(corridor: Corridor, question: Question, state: ViewState) -> Sited:
    """What only this way of answering works out, exactly: the best places are proven, and no faster guess comes first."""
    own, refused = own_points(corridor, question, state)
    reason = budget_left_aside(state)
    part = part_on_route(corridor, question, state.asked_part)
    costs = (float(state.costs[0]), float(state.costs[1])) if state.costs else None
    siting = site(
        corridor,
        question,
        state.objective,
        state.places,
        budget=None if reason or state.budget is None else float(state.budget),
        costs=costs,
        without=state.without,
        own=own,
        pace=state.pace,
        part=part,
    )
    trade = trade_off(corridor, question, state.places, without=state.without, own=own, pace=state.pace, part=part)
    written = tuple(f"{lat:g},{lon:g}" for lat, lon in own)
    return Sited(siting, trade, reason, refused, state.without, written, part, "" if part else state.asked_part)


def own_points(corridor: Corridor, question: Question, state: ViewState) -> tuple[tuple[Point, ...], tuple[str, ...]]:
    """The planner's own points that a place of the corridor holds, as latitude and longitude, and those that none does."""
    taken, refused = list[Point](), list[str]()
    for written in state.own:
        lat, lon = map(float, written.split("@"))
        try:
            candidates(corridor, question, own=[(lat, lon)])
            taken.append((lat, lon))
        except UnknownName:
            refused.append(written)
    return tuple(taken), tuple(refused)


def budget_left_aside(state: ViewState) -> str:
    """Why a budget cannot count: what things cost was not said, or the worst hours are sought; "" where it can."""
    if state.budget is None or (state.costs and state.objective != "p-center"):
        return ""
    return "p-center" if state.objective == "p-center" else "no_costs"


def commands(state: ViewState, question: Question) -> tuple[Command, ...]:
    """The places, what each number of them is worth, what the choice changes, and the objectives side by side."""
    options = (*asked_options(question), *siting_options(state, _points(state)))
    asked = {"siting": "", "siting_curve": "--by curve", "siting_effect": "--by effect", "siting_left": "--by left"}
    lines = {figure: command("site", *options, *filter(None, [by])) for figure, by in asked.items()}
    own = [
        option
        for option in siting_options(state, _points(state))
        if option.startswith(("-p ", "--pace", "--part", "--without", "--own"))
    ]
    lines["siting_tradeoff"] = command("site", *asked_options(question), *own, "--by tradeoff")
    return tuple(Command(figure, line) for figure, line in lines.items())


def _points(state: ViewState) -> tuple[str, ...]:
    return tuple(point.replace("@", ",") for point in state.own)


def siting_options(state: ViewState, points: tuple[str, ...]) -> tuple[str, ...]:
    """The options of the command line that say what is sought; those at their default are left out."""
    aside = budget_left_aside(state)
    own = " ".join(points)
    given = {
        "--objective ": "" if state.objective == "mclp" else state.objective,
        "-p ": "" if state.places == 3 or (state.budget and not aside) else str(state.places),
        "--budget ": "" if aside or state.budget is None else str(state.budget),
        "--costs ": ",".join(map(str, state.costs)),
        "--pace ": "" if state.pace == "typical" else state.pace,
        "--part ": state.asked_part,
        "--without ": " ".join(state.without),
        "--own=" if own.startswith("-") else "--own ": own,
    }
    return tuple(f"{name}{value}" for name, value in given.items() if value)


def marks(corridor: Corridor, answer: Answer, _state: ViewState, texts: Texts) -> tuple[Mark, ...]:
    """The chosen places with their rank; a point of the planner's own stands where it is."""
    return tuple(
        Mark(
            "proposed",
            place_of(row),
            chosen_title(corridor, int(rank), row, texts),
            int(rank),
            point=own_point(str(row["candidate"])),
        )
        for rank, row in answer.found.siting.chosen.iterrows()
    )


def with_proposals(data: StripData, corridor: Corridor, answer: Answer, _state: ViewState, texts: Texts) -> StripData:
    """The strip with the proposed places that the route passes."""
    at = {stop.place_id: stop.at_hours for stop in data.stops}
    found = [
        Proposal(
            str(row["place_id"]), at[row["place_id"]], int(rank), place_name(corridor, row["place_id"], texts.lang)
        )
        for rank, row in answer.found.siting.chosen.iterrows()
        if row["place_id"] in at
    ]
    return replace(data, proposals=tuple(found))


METHOD = Method(
    classification=six_classes,
    lanes=capabilities,
    sentence=sentence,
    commands=commands,
    found=sited,
    panel=panel,
    strip=with_proposals,
    tables=TABLES,
    marks=marks,
)
