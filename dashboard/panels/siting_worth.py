"""What places are worth: each of them, every number of them, and the best choice for each aim."""

from __future__ import annotations

import math
from typing import Any

from dash import html

from dashboard.answers import Answer
from dashboard.charts.bars import Bar, BarChart
from dashboard.panels.siting_names import candidate_name
from dashboard.state import ViewState
from dashboard.text import Texts
from geodata.corridor import Corridor
from geodata.planning import Siting

CURVE = "siting-curve"
#: Less than this of travel is written as 0.
LEAST_HOURS = 0.05
#: The figure in which an aim's choices are drawn, and whether less of it is better.
DRAWN = {
    "mclp": ("in_time", False),
    "lscp": ("in_time", False),
    "p-median": ("mean_hours_ahead", True),
    "p-center": ("worst_hours_ahead", True),
}


def gain_words(siting: Siting, row: dict[Any, Any], texts: Texts) -> str:
    """What a chosen place brings beside those before it: woman-days into time; where none comes, what it does for the aim."""
    hours = float(row["typical_gain_hours"])
    if hours < LEAST_HOURS and siting.objective in ("p-median", "p-center"):
        return texts(f"siting.card_{siting.unit}", gain=texts.number(float(row["gain"])))
    days = {pace: float(row[f"{pace}_gain_woman_days"]) for pace in ("low", "typical", "high")}
    if math.isnan(days["typical"]):
        return texts("siting.card_gain_hours", hours=texts.hours_in_words(hours))
    low, high = min(days.values()), max(days.values())
    shown = {name: texts.number(value, 0) for name, value in (("days", days["typical"]), ("low", low), ("high", high))}
    return texts("siting.card_gain", **shown)


def curve_chart(siting: Siting, texts: Texts) -> BarChart:
    """A bar per number of places: what existing help and the places before do, what this one adds, and what is not proven.

    Where hours until help are sought the bars grow shorter, and what each place saves stands open at their end.
    """
    name, less = DRAWN[siting.objective]
    counted = not math.isnan(float(siting.curve["in_time_woman_days"].iloc[-1]))
    column = {"in_time": "in_time_woman_days" if counted else "in_time_hours"}.get(name, name)
    values = [float(value) for value in siting.curve[column]]
    unit = {"in_time_woman_days": "woman_days"}.get(column, "hours")
    bars = []
    for count, value in enumerate(values):
        before = values[max(count - 1, 0)]
        gain = abs(value - before)
        parts = {"kept": value, "open": gain} if less else {"kept": before, "more": gain}
        if not less:
            parts["open"] = _unproven(siting, count, value)
        bars.append(
            Bar(texts("siting.count_places", count=count), _figure(value, gain, count, unit, less, texts), **parts)
        )
    return BarChart(
        title=texts(f"siting.curve_title_{'less' if less else unit}"),
        description=" ".join(f"{bar.words}: {bar.figure}." for bar in bars),
        bars=tuple(bars),
        keys=_keys(bars, less, texts),
    )


def _unproven(siting: Siting, count: int, value: float) -> float:
    """How far the proven bound lies above the value, where it does."""
    row = siting.curve.iloc[count]
    return 0.0 if row["optimal"] else max(float(row["bound"]) - value, 0.0)


def _figure(value: float, gain: float, count: int, unit: str, less: bool, texts: Texts) -> str:  # noqa: FBT001
    shown = texts.hours(value) if unit == "hours" else texts.number(value, 0)
    if count == 0 or gain == 0:
        return shown
    change = texts.hours(gain) if unit == "hours" else texts.number(gain, 0)
    return f"{shown} ({'−' if less else '+'}{change})"


def _keys(bars: list[Bar], less: bool, texts: Texts) -> tuple[tuple[str, str], ...]:  # noqa: FBT001
    words = {
        "kept": "siting.key_kept_less" if less else "siting.key_kept",
        "more": "siting.key_more",
        "open": "siting.key_saved" if less else "siting.key_open",
    }
    return tuple((part, texts(key)) for part, key in words.items() if any(getattr(bar, part) > 0 for bar in bars))


AIM_FIGURES = ("in_time", "mean_hours_ahead", "worst_hours_ahead")


def aims_table(corridor: Corridor, answer: Answer, state: ViewState, texts: Texts) -> html.Div:
    """The best choice for each aim in the figures of all of them; the best figure of a column is marked with a word."""
    trade = answer.found.trade
    best = {name: best_figure(trade, name) for name in AIM_FIGURES}
    heads = [texts("column.aim"), texts("column.candidates"), *figure_heads(trade, texts)]
    rows = [
        html.Tr(
            [
                html.Th(texts(f"siting.aim_{aim}"), scope="row"),
                html.Td(_names(corridor, str(row["candidates"]), texts)),
                *(_aim_cell(row, name, best[name], texts) for name in AIM_FIGURES),
            ],
            className="is-selected" if aim == state.objective else None,
        )
        for aim, row in trade.iterrows()
    ]
    head = html.Tr([html.Th(words, scope="col") for words in heads])
    table = html.Table([html.Thead(head), html.Tbody(rows)], className="table")
    return html.Div(
        table, className="table-scroll", tabIndex=0, role="region", **{"aria-label": texts("siting.tradeoff_heading")}
    )


def figure_heads(trade: Any, texts: Texts) -> list[str]:  # noqa: ANN401 - a table
    """What the columns of the aims' figures count: woman-days in time, or one woman's hours where no count is known."""
    unknown = trade["in_time_woman_days"].isna().any()
    first = texts("column.in_time_hours" if unknown else "column.in_time_woman_days")
    return [first, *(texts(f"column.aim_{name}") for name in AIM_FIGURES[1:])]


def in_time(row: Any) -> float:  # noqa: ANN401 - a row
    """Woman-days in time, or hours of one woman's travel where no count is known."""
    days = float(row["in_time_woman_days"])
    return float(row["in_time_hours"]) if math.isnan(days) else days


def best_figure(trade: Any, name: str) -> float | None:  # noqa: ANN401 - a table
    """The best figure of a column; None where all are alike, or not known."""
    values = [in_time(row) if name == "in_time" else float(row[name]) for _, row in trade.iterrows()]
    if math.isclose(min(values), max(values), rel_tol=1e-9) or any(map(math.isnan, values)):
        return None
    return max(values) if name == "in_time" else min(values)


def _aim_cell(row: Any, name: str, best: float | None, texts: Texts) -> html.Td:  # noqa: ANN401 - a row
    value = in_time(row) if name == "in_time" else float(row[name])
    words = texts.number(value, 0) if name == "in_time" else texts.hours(value)
    is_best = best is not None and math.isclose(value, best, rel_tol=1e-9)
    mark = [html.Strong(words), html.Span(f" {texts('siting.best')}", className="small")] if is_best else [words]
    return html.Td(mark, className="is-numeric")


def _names(corridor: Corridor, candidates: str, texts: Texts) -> str:
    names = [candidate_name(corridor, one, texts) for one in candidates.split(";") if one]
    return "; ".join(names) or texts("siting.none")
