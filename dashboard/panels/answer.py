"""The answer: one careful sentence, the shares of the route in each class under both readings, and what it rests on."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard.answers import Answer
from dashboard.naming import place_name, route_name
from dashboard.state import ViewState
from dashboard.text import Texts
from geodata.corridor import Corridor


def shares(answer: Answer, state: ViewState, texts: Texts) -> list[Any]:
    """One bar per class: its share of the route's hours under the chosen reading, and under the other one beside it."""
    other = "confirmed" if state.status == "listed" else "listed"
    return [
        html.Li(texts("shares.heading"), className="small"),
        *(
            _share(answer, name, texts(f"status.{other}"), texts)
            for name in answer.classes
            if _worth_a_line(answer, name)
        ),
    ]


def _worth_a_line(answer: Answer, name: str) -> bool:
    """A class of neither reading is named all the same, but for the two that say that nothing is known or there."""
    named = name not in ("none_ahead", "unknown", "not_assessed")
    return answer.shares[name] > 0 or answer.other_shares.get(name, 0.0) > 0 or named


def _share(answer: Answer, name: str, reading: str, texts: Texts) -> html.Li:
    share = float(answer.shares[name])
    bar = html.Span(className=f"share-fill swatch swatch--{name}", style={"width": f"{100 * share:.2f}%"})
    swatch = html.Span(className=f"swatch swatch--{name}", **{"aria-hidden": "true"})
    return html.Li(
        [
            html.Span([swatch, texts(f"class.{name}")], className="share-name"),
            html.Span(texts.percent(share), className="share-value"),
            html.Span(bar, className="share-bar", **{"aria-hidden": "true"}),
            *_other_reading(share, float(answer.other_shares.get(name, share)), reading, texts),
        ],
        className="share" if share > 0 else "share is-none",
    )


def _other_reading(share: float, other_share: float, reading: str, texts: Texts) -> list[Any]:
    """The same share under the other reading, where it is another one as shown."""
    shown = texts.percent(other_share)
    if shown == texts.percent(share):
        return []
    return [html.Span(texts("answer.other_reading", reading=reading, share=shown), className="share-other")]


def summary(corridor: Corridor, answer: Answer, state: ViewState, texts: Texts) -> str:
    """What the map shows, in words: the route and its stretches that are not in time, in the order of travel."""
    late = answer.profile.runs[~answer.profile.runs["class"].isin(["covered", "usual_pace", answer.classes[0]])]
    legs = answer.profile.stretches.set_index("leg_id")
    parts = [
        texts(
            "summary.run",
            meaning=texts(f"class.{row['class']}"),
            start=place_name(corridor, str(legs.at[row["leg_id"], "from_place"]), texts.lang),
            km=texts.km(row["to_km"] - row["from_km"]),
            hours=texts.hours(row["to_hours"] - row["from_hours"]),
        )
        for row in late.to_dict("records")
    ]
    head = texts("summary.map", route=route_name(corridor, state.route, texts.lang), month=texts.month(state.as_of))
    return " ".join([head, *(parts or [texts("summary.none_late")])])
