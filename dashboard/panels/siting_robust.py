"""Whether a choice of places holds if the flow turns or the rains come: the job's place, and its result once it is there."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from dash import html

from dashboard.answers import Answer
from dashboard.charts.bars import Bar, BarChart
from dashboard.panels.commands import reproduced
from dashboard.panels.job import job_region
from dashboard.panels.siting_names import candidate_name
from dashboard.questions.commands import asked_options, command
from dashboard.questions.method import Command
from dashboard.text import Texts
from geodata.corridor import Corridor

KIND, CHART = "robust", "siting-robust"
#: As many places are drawn as bars; the table has them all.
MOST_BARS = 8
CHOICES = ("least_regret", "most_frequent", "asked")


def robust_region(corridor: Corridor, answer: Answer, texts: Texts) -> tuple[list[Any], dict[str, BarChart]]:
    """The region and its charts; without a result the way to one, and nothing at all where no job can be asked for."""
    work = answer.work.get(KIND)
    if work is None:
        return [], {}
    head = [
        html.H2(texts("siting.robust_heading")),
        html.P(texts("siting.robust_reading")),
        job_region(work, texts),
    ]
    if work.result is None:
        return head, {}
    chart = frequency_chart(corridor, work.result, texts)
    return [html.Div([*head, *result(corridor, answer, work.result, texts)], className="siting-part")], {CHART: chart}


def result(corridor: Corridor, answer: Answer, found: dict[str, Any], texts: Texts) -> Iterator[Any]:
    """What was found: the choice that never loses much, how often each place is among the best, and what was looked at."""
    least = next(row for row in found["choices"] if row["choice"] == "least_regret")
    names = _names(corridor, least["candidates"], texts)
    share = texts.percent(float(least["worst_share"]))
    yield html.P(html.Strong(texts("siting.robust_least", names=names, share=share)))
    yield html.P(texts("siting.robust_proven" if found["optimal"] else "siting.robust_not_proven"))
    yield html.H3(texts("siting.frequency_heading"))
    yield html.Div(className="chart-holder", **{"data-chart": CHART})
    yield html.H3(texts("siting.regret_heading"))
    yield html.P(texts("siting.regret_reading"), className="small")
    yield _choices(corridor, found, texts)
    yield from (html.P(line, className="small") for line in looked_at(found, texts))
    yield from reproduced(commands(answer, found), texts)


def looked_at(found: dict[str, Any], texts: Texts) -> Iterator[str]:
    """The futures in words, and for how many of them nobody knows how many women and girls pass."""
    yield texts("siting.futures", count=int(found["futures"]), routes=texts.number(found["routes"], 0))
    yield texts("siting.futures_month")
    if found["uncounted"]:
        yield texts("siting.futures_uncounted", count=int(found["uncounted"]))
    yield texts("siting.futures_in_time")


def commands(answer: Answer, found: dict[str, Any]) -> tuple[Command, ...]:
    """The lines that give the same tables: over all routes, with the count of the view's month."""
    options = [one for one in asked_options(answer.question) if not one.startswith(("--route", "--status"))]
    without = answer.found.without
    own = answer.found.own
    more = [
        f"--flow-months {found['month']}/{found['month']}",
        *([] if found["places"] == 3 else [f"-p {found['places']}"]),
        *([f"--part {answer.found.part}"] if answer.found.part else []),
        *([f"--without {' '.join(without)}"] if without else []),
        *([f"--own{'=' if own[0].startswith('-') else ' '}{' '.join(own)}"] if own else []),
    ]
    lines = {"futures": "", "futures_choice": "--by choice", "futures_regret": "--by regret"}
    return tuple(Command(name, command("futures", *options, *more, *filter(None, [by]))) for name, by in lines.items())


def frequency_chart(corridor: Corridor, found: dict[str, Any], texts: Texts) -> BarChart:
    """In how many futures each place is among the best; hatched, those in which it would be as good as one that is."""
    rows = found["frequency"][:MOST_BARS]
    total = int(found["futures"])
    bars = tuple(
        Bar(
            candidate_name(corridor, row["candidate"], texts),
            texts("siting.in_futures", number=texts.number(row["in_best"], 0), total=texts.number(total, 0)),
            kept=float(row["in_best"]),
            more=float(row["in_some_best"] - row["in_best"]),
        )
        for row in rows
    )
    keys = (("kept", texts("siting.key_in_best")), ("more", texts("siting.key_in_some_best")))
    shown = tuple(key for key in keys if any(getattr(bar, key[0]) > 0 for bar in bars))
    title = texts("siting.frequency_title", count=int(found["places"]))
    return BarChart(title, " ".join(f"{bar.words}: {bar.figure}." for bar in bars), bars, shown, full=float(total))


def _choices(corridor: Corridor, found: dict[str, Any], texts: Texts) -> html.Div:
    """Three choices side by side: what each loses at worst and on average, and in how many futures it loses anything."""
    heads = ("choice", "candidates", "worst_share", "mean_share", "lost_in")
    by_name = {row["choice"]: row for row in found["choices"]}
    rows = [
        html.Tr(
            [
                html.Th(texts(f"siting.choice_{name}"), scope="row"),
                html.Td(_names(corridor, by_name[name]["candidates"], texts)),
                html.Td(texts.percent(_share(by_name[name]["worst_share"])), className="is-numeric"),
                html.Td(texts.percent(_share(by_name[name]["mean_share"])), className="is-numeric"),
                html.Td(
                    texts(
                        "siting.in_futures",
                        number=texts.number(by_name[name]["lost_in"], 0),
                        total=texts.number(found["futures"], 0),
                    )
                ),
            ]
        )
        for name in CHOICES
    ]
    head = html.Tr([html.Th(texts(f"column.{name}"), scope="col") for name in heads])
    table = html.Table([html.Thead(head), html.Tbody(rows)], className="table")
    return html.Div(
        table, className="table-scroll", tabIndex=0, role="region", **{"aria-label": texts("siting.regret_heading")}
    )


def _share(value: float | None) -> float:
    return math.nan if value is None else float(value)


def _names(corridor: Corridor, candidates: str, texts: Texts) -> str:
    names = [candidate_name(corridor, one, texts) for one in candidates.split(";") if one]
    return texts.list_of(names) or texts("siting.none")
