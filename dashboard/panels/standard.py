"""The regions of a standard: its targets beside the answer; how each country stands and what it needs below the strip."""

from __future__ import annotations

from dash import html

from dashboard.answers import Answer
from dashboard.charts import ChartClass, StackChart, StackRow, stack_svg
from dashboard.naming import route_name
from dashboard.panels.commands import reproduced
from dashboard.panels.standard_changes import changes_region
from dashboard.panels.standard_editor import editor
from dashboard.questions.commands import asked_options, command
from dashboard.questions.method import Command, Panel
from dashboard.questions.standard_found import Found
from dashboard.state import ViewState
from dashboard.text import Texts
from geodata.corridor import Corridor
from geodata.coverage import Question

CHART = "standard"
WIDTHS_PX = {"wide": 1310, "narrow": 328}


def panel(corridor: Corridor, answer: Answer, state: ViewState, texts: Texts) -> Panel:
    """The editor; then a bar per country and the shortest list of changes, where there is a target."""
    figures = editor(corridor, state, texts)
    if answer.found is None:
        return Panel(figures=figures)
    chart = country_chart(corridor, answer, state, texts)
    story = [
        html.H2(texts("standard.countries_heading")),
        html.P(texts("standard.countries_note"), className="small"),
        html.Div(className="chart-holder", **{"data-chart": CHART}),
        *changes_region(corridor, answer, state, texts),
        *reproduced(story_commands(state, answer), texts),
    ]
    drawn = {name: stack_svg(chart, texts, width, prefix=f"{CHART}-{name}") for name, width in WIDTHS_PX.items()}
    return Panel(figures=figures, story=story, charts={CHART: drawn})


def country_chart(corridor: Corridor, answer: Answer, state: ViewState, texts: Texts) -> StackChart:
    """Hours of travel by readiness, a bar per country in the order of travel; open water, where there is any, is one."""
    found: Found = answer.found
    route, month = route_name(corridor, state.route, texts.lang), texts.month(state.as_of)
    hours = found.countries["hours"]
    rows = tuple(
        StackRow(texts.country(str(name)) if name else texts("strip.at_sea"), hours.loc[name].to_dict())
        for name in dict.fromkeys(hours.index.get_level_values("country_iso3"))
    )
    classes = tuple(ChartClass(name, texts(f"class.{name}")) for name in answer.classes)
    return StackChart(texts("standard.chart_title", route=route, month=month), classes, rows)


def story_commands(state: ViewState, answer: Answer) -> list[Command]:
    """The hours of the bars, the list of changes, and what it leaves over."""
    options = standard_options(state, answer.question)
    country = f"--country {answer.found.country}"
    return [
        Command("standard_country", command("standard", *options, "--by country")),
        Command("standard_changes", command("standard", *options, "--by changes", country)),
        Command("standard_left", command("standard", *options, "--by left-over", country)),
    ]


def standard_options(state: ViewState, question: Question) -> tuple[str, ...]:
    """The targets and the question as the command line asks them."""
    targets = [f"--target {capability}={hours}" for capability, hours in state.targets.items()]
    plain = Question("clinical_care", question.direction, question.as_of)
    asked = plain.with_(route=question.route, status=question.status, whom=question.whom)
    return (*targets, *asked_options(asked))
