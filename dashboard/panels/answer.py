"""The answer: one careful sentence, the shares of the route in each class under both readings, and what it rests on."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard.answers import Answer
from dashboard.naming import place_name, route_name
from dashboard.state import ViewState
from dashboard.text import Texts
from geodata.corridor import Corridor
from geodata.coverage import CLASSES


def shares(answer: Answer, state: ViewState, texts: Texts) -> list[Any]:
    """One bar per class: its share of the route's km under the chosen reading, and under the other one beside it."""
    other = "confirmed" if state.status == "listed" else "listed"
    return [
        html.Li(
            [
                html.Span(
                    [html.Span(className=f"swatch swatch--{name}", **{"aria-hidden": "true"}), texts(f"class.{name}")],
                    className="share-name",
                ),
                html.Span(texts.percent(float(answer.shares[name])), className="share-value"),
                html.Span(
                    html.Span(
                        className=f"share-fill run-fill run-fill--{name}", style={"width": f"{100 * float(answer.shares[name]):.2f}%"}
                    ),
                    className="share-bar",
                    **{"aria-hidden": "true"},
                ),
                html.Span(
                    texts("answer.other_reading", reading=texts(f"status.{other}"), share=texts.percent(float(answer.other_shares[name]))),
                    className="share-other",
                ),
            ],
            className="share" if answer.shares[name] > 0 else "share is-none",
        )
        for name in CLASSES
        if answer.shares[name] > 0 or answer.other_shares[name] > 0 or name not in ("none_ahead", "unknown")
    ]


def summary(corridor: Corridor, answer: Answer, state: ViewState, texts: Texts) -> str:
    """What the map shows, in words: the route and its stretches that are not in time, in the order of travel."""
    late = answer.profile.runs[~answer.profile.runs["class"].isin(["covered", "usual_pace"])]
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
