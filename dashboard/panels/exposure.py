"""Women and girls on the way: how many on an average day have care in time, in time only when fast, or not in time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dash import html

from dashboard.answers import Answer
from dashboard.panels.commands import reproduced
from dashboard.questions.commands import asked_options, command
from dashboard.questions.method import Command
from dashboard.text import Texts, as_shown
from geodata.corridor import Corridor
from geodata.coverage import Exposure, Question, exposure, months_known
from geodata.coverage.exposure import POPULATIONS, Population, Readings


def exposure_figures(corridor: Corridor, answer: Answer, texts: Texts) -> list[Any]:
    """The populations with range, how they were counted, and their commands; or why there is no figure."""
    found = exposure(corridor, answer.question)
    heading = html.H2(texts("exposure.heading"))
    if found.missing:
        return [heading, *(html.P(line, className="small") for line in _missing(corridor, found, texts))]
    shown = [part for part in found.populations if part.name != "unknown" or part.women.typical > 0]
    return [
        heading,
        html.Ul([_population(part, _texture(part, answer), texts) for part in shown], className="populations"),
        *(html.P(line, className="small") for line in _grounds(corridor, found, texts)),
        *reproduced(exposure_commands(answer.question), texts),
    ]


def exposure_commands(question: Question) -> tuple[Command, ...]:
    """The lines that give the women of an average day and the woman-days."""
    options = asked_options(question)
    return (
        Command("populations", command("exposure", "--by population", *options)),
        Command("exposure", command("exposure", *options)),
    )


def _texture(part: Population, answer: Answer) -> str:
    """The texture of the class in which most of the population's hours are; none for one that is not material."""
    most = max(POPULATIONS[part.name], key=lambda name: answer.profile.hours[name])
    return f"swatch swatch--{most}" if part.material else "swatch is-slight"


def _population(part: Population, texture: str, texts: Texts) -> html.Li:
    return html.Li(
        [
            html.Span(range_words(part.women, texts), className="population-value"),
            html.Span(
                [html.Span(className=texture, **{"aria-hidden": "true"}), texts(f"exposure.population.{part.name}")],
                className="population-name",
            ),
        ],
        className="population" if part.material else "population is-slight",
    )


def range_words(readings: Readings, texts: Texts) -> str:
    """Typical with low and high in brackets; one figure where all three read the same."""
    low, typical, high = (texts.number(as_shown(value)) for value in (readings.low, readings.typical, readings.high))
    return typical if low == typical == high else texts("unit.range", typical=typical, low=low, high=high)


def _grounds(corridor: Corridor, found: Exposure, texts: Texts) -> Iterator[str]:
    month = texts.month(found.month)
    yield texts("exposure.woman_days", month=month, range=range_words(found.woman_days, texts))
    if found.left_out_woman_days.typical > 0:
        yield texts("exposure.left_out", range=range_words(found.left_out_woman_days, texts))
    yield texts(f"exposure.count_{found.flow.basis}", month=month, people=texts.number(found.flow.count, 0))
    yield texts("exposure.source", publishers=_publishers(corridor, found))
    yield texts("exposure.as_if")


def _missing(corridor: Corridor, found: Exposure, texts: Texts) -> Iterator[str]:
    yield texts(f"exposure.missing_{found.missing}", month=texts.month(found.month))
    yield texts("exposure.not_zero")
    route = corridor.routes.loc[found.route]
    known = months_known(corridor, str(route["counting_point"]), str(route["direction"]))
    if known:
        yield texts("exposure.known", first=texts.month(known[0]), last=texts.month(known[-1]), months=len(known))


def _publishers(corridor: Corridor, found: Exposure) -> str:
    sources = corridor.remembered("sources", lambda: corridor.snapshot.table("sources").set_index("id"))
    return ", ".join(sources["publisher"].reindex(found.flow.source_ids).dropna().unique())
