"""The regions of the question where the next service should go: choices, places with their reasons, curve, aims, futures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from dash import html

from dashboard.answers import Answer
from dashboard.charts.bars import bars_svg
from dashboard.naming import part_name, place_name
from dashboard.panels.harm import harm_sentences, unchecked_sentences
from dashboard.panels.siting_choices import choices, put
from dashboard.panels.siting_names import candidate_name, own_point, place_of, plan_change, where
from dashboard.panels.siting_robust import robust_region
from dashboard.panels.siting_sentence import reason_of
from dashboard.panels.siting_worth import CURVE, aims_table, curve_chart, gain_words
from dashboard.questions.method import Panel
from dashboard.state import ViewState
from dashboard.text import Texts
from geodata.corridor import Corridor
from geodata.planning import Siting
from geodata.planning.harm import harms, unchecked

WIDTHS_PX = {"wide": 1310, "narrow": 328}


def panel(corridor: Corridor, answer: Answer, state: ViewState, texts: Texts) -> Panel:
    """The choices beside the map; below the strip the places, the curve and the aims; below that whether the choice holds."""
    siting: Siting = answer.found.siting
    chart = curve_chart(siting, texts)
    robust, drawn = robust_region(corridor, answer, texts)
    story = [
        part(html.H2(texts("siting.places_heading")), *proposals(corridor, answer, state, texts)),
        *_left(corridor, siting, texts),
        part(
            html.H2(texts("siting.curve_heading")),
            html.P(
                texts("siting.figures_of", figures=chart.title, **asked_of(corridor, answer, texts)), className="small"
            ),
            html.P(texts("siting.curve_reading"), className="small"),
            html.Div(className="chart-holder", **{"data-chart": CURVE}),
        ),
        part(
            html.H2(texts("siting.tradeoff_heading")),
            html.P(texts("siting.figures_at", **asked_of(corridor, answer, texts)), className="small"),
            html.P(texts("siting.tradeoff_reading"), className="small"),
            aims_table(corridor, answer, state, texts),
        ),
    ]
    charts = {CURVE: chart, **drawn}
    return Panel(
        figures=choices(corridor, state, texts),
        story=story if len(siting.chosen) else list(_left(corridor, siting, texts)),
        trends=robust,
        charts=drawings(charts if len(siting.chosen) else drawn, texts),
    )


def asked_of(corridor: Corridor, answer: Answer, texts: Texts) -> dict[str, str]:
    """Of which month, at which pace and of which part of the route the figures are."""
    named = part_name(corridor, answer.found.part, texts) if answer.found.part else texts("siting.part_all")
    pace = texts(f"siting.pace_{answer.found.siting.pace}")
    return {"month": texts.month(answer.question.as_of), "pace": pace, "part": named}


def part(*children: Any) -> html.Div:  # noqa: ANN401 - components
    """A part of the region, with room between what it holds."""
    return html.Div(list(children), className="siting-part")


def drawings(charts: dict[str, Any], texts: Texts) -> dict[str, dict[str, str]]:
    """Each chart for a wide and for a narrow page."""
    return {
        name: {size: bars_svg(chart, texts, width, f"{name}-{size}") for size, width in WIDTHS_PX.items()}
        for name, chart in charts.items()
    }


def proposals(corridor: Corridor, answer: Answer, state: ViewState, texts: Texts) -> Iterator[Any]:
    """The places by rank, each with its reason, what speaks against it and what can be done with it; then all of them."""
    siting: Siting = answer.found.siting
    rows = siting.chosen.reset_index().to_dict("records")
    if not rows:
        return
    yield html.Ol([_proposal(corridor, answer, state, row, texts) for row in rows], className="proposals")
    changes = [plan_change(row, answer.question.capability) for row in rows]
    if len(rows) > 1:
        yield html.P(html.A(texts("siting.plan_all"), href=plan_address(state, changes), className="button"))
    yield html.P(texts("siting.harm_not_safe"), className="small")
    counts = unchecked(corridor, state.as_of)
    there = counts[counts.index.isin(siting.chosen["country_iso3"])]
    yield from (html.P(words, className="small") for words in unchecked_sentences(there, texts))


def _proposal(corridor: Corridor, answer: Answer, state: ViewState, row: dict[Any, Any], texts: Texts) -> html.Li:
    place, name = place_of(row), where(corridor, row, texts)
    siting: Siting = answer.found.siting
    head = html.Div(
        [
            html.Span(str(row["rank"]), className="badge badge-mark badge-proposed", **{"aria-hidden": "true"}),
            html.H3(html.Button(name, type="button", className="link", **{"data-at": f"place:{place}"})),
            html.Span(texts.country(str(row["country_iso3"])), className="small"),
        ],
        className="proposal-head",
    )
    words = [
        html.P([html.Strong(_kind(corridor, row, texts)), " ", reason_of(corridor, row, texts)]),
        html.P(gain_words(siting, row, texts)),
        *(html.P(line, className="small") for line in remarks(corridor, row, texts)),
        *_against(corridor, state, row, texts),
        *_alternatives(corridor, siting, row, texts),
    ]
    return html.Li([head, *words, _actions(answer, state, row, name, texts)], className="proposal")


def _kind(corridor: Corridor, row: dict[Any, Any], texts: Texts) -> str:
    if row["kind"] == "upgrade":
        return texts("siting.is_upgrade", service=corridor.services.at[row["service_id"], "name"])
    return texts("siting.is_new")


def remarks(corridor: Corridor, row: dict[Any, Any], texts: Texts) -> Iterator[str]:
    """What a planner should know of the place: no settlement, help that was there before, figures that were not known."""
    if row["place_kind"] == "trailhead":
        yield texts("siting.trailhead")
    if row["closed_service"]:
        service = corridor.services.at[row["closed_service"], "name"]
        yield texts("siting.closed_before", service=service, date=texts.date(str(row["closed"])))
    if row["gain_from_unknown_hours"] > 0:
        yield texts("siting.from_unknown", hours=texts.hours_in_words(float(row["gain_from_unknown_hours"])))


def _against(corridor: Corridor, state: ViewState, row: dict[Any, Any], texts: Texts) -> Iterator[Any]:
    """What the do-no-harm check holds against the place, each with its reason."""
    lines = harm_words(corridor, state, row, texts)
    if lines:
        yield html.Div(
            [html.Strong(texts("siting.harm_heading")), html.Ul([html.Li(line) for line in lines])], className="harm"
        )


def harm_words(corridor: Corridor, state: ViewState, row: dict[Any, Any], texts: Texts) -> list[str]:
    """The same as sentences; none where nothing is held against it, which does not mean that it is safe."""
    point = own_point(str(row["candidate"]))
    place = corridor.places.loc[[place_of(row)]]
    asked = place.assign(lat=point[0], lon=point[1], precision="exact", caveat="") if point else place
    return harm_sentences(corridor, harms(corridor, asked, state.as_of), texts)


def _alternatives(corridor: Corridor, siting: Siting, row: dict[Any, Any], texts: Texts) -> Iterator[Any]:
    """What would be as good, what could be upgraded there, and what would be nearly as good."""
    yield from (html.P(words, className="small") for words in alternative_words(corridor, siting, row, texts))


def alternative_words(corridor: Corridor, siting: Siting, row: dict[Any, Any], texts: Texts) -> Iterator[str]:
    """The same as sentences; none where nothing comes near."""
    found = siting.alternatives[siting.alternatives["rank"] == row["rank"]]
    for why in ("same_point", "tie"):
        names = [_in_words(corridor, one, texts) for one in found.loc[found["why"] == why, "alternative"]]
        if names:
            yield texts(f"siting.also_{why}", names=texts.list_of(names))
    near = found[found["why"] == "near"]
    if len(near):
        names = [
            texts("siting.near", name=_in_words(corridor, one, texts), share=texts.percent(float(share)))
            for one, share in zip(near["alternative"], near["share"], strict=True)
        ]
        yield texts("siting.also_near", names=texts.list_of(names))


def _in_words(corridor: Corridor, candidate: str, texts: Texts) -> str:
    """A candidate within a sentence: a new service at a place, or the name of the one that would be upgraded."""
    name = candidate_name(corridor, candidate, texts)
    return name if candidate.startswith("upgrade:") else texts("siting.new_at", place=name)


def _actions(answer: Answer, state: ViewState, row: dict[Any, Any], name: str, texts: Texts) -> html.Div:
    out = ",".join(dict.fromkeys((*state.without, place_of(row))))
    change = plan_change(row, answer.question.capability)
    link = html.A(
        texts("siting.plan_add"),
        href=plan_address(state, [change]),
        className="button",
        **{"aria-label": texts("siting.plan_add_named", place=name)},
    )
    leave = put(
        texts("siting.leave_out"),
        "without",
        out,
        className="button",
        **{"aria-label": texts("siting.leave_out_named", place=name)},
    )
    return html.Div([link, leave], className="field-row")


def plan_address(state: ViewState, changes: list[str]) -> str:
    """The address of the question "what if" with the view's own plan and these changes."""
    plan = ",".join(dict.fromkeys((*state.plan, *changes)))
    parts = {
        "q": "plan",
        "date": str(state.as_of),
        "dir": state.direction,
        "route": state.route,
        "service": state.capability,
        "window": str(state.window_hours),
        "whom": state.whom,
        "status": state.status,
        "lang": state.lang,
        "plan": plan,
        "name": state.plan_name,
    }
    return f"/?{urlencode({name: value for name, value in parts.items() if value}, safe=':@,.~')}"


def _left(corridor: Corridor, siting: Siting, texts: Texts) -> Iterator[Any]:
    """The stretches that stay out of time with the chosen at work, each with why."""
    if siting.left.empty:
        return
    items = [html.Li(left_words(corridor, row, texts)) for row in siting.left.to_dict("records")]
    yield part(html.H2(texts("siting.left_heading")), html.Ul(items))


def left_words(corridor: Corridor, row: dict[Any, Any], texts: Texts) -> str:
    """A stretch that stays out of time: its ends, its hours, and why."""
    start, end = (place_name(corridor, str(row[name]), texts.lang) for name in ("from_place", "to_place"))
    why = texts(f"siting.left_{row['reason']}")
    return texts("siting.left_item", start=start, end=end, hours=texts.hours_in_words(float(row["hours"])), why=why)
