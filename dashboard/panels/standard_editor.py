"""The targets of a standard, to be added, changed and taken out, and the standard as a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import dash_bootstrap_components as dbc
from dash import html

from dashboard.ids import Id, numbered
from dashboard.panels.links import view_address
from dashboard.state import MOST_TARGETS, NO_LAYER, ViewState
from dashboard.text import Texts
from geodata.corridor import Corridor
from geodata.planning.standards import MOST_HOURS

#: Of a target that is added; the reader changes it beside the others.
FIRST_HOURS = 48
PART = "standard"
DOWNLOAD, LOAD = "/download/standard.csv", "/standard"


def editor(corridor: Corridor, state: ViewState, texts: Texts) -> list[Any]:
    """A line per target, the capabilities that have none yet, and the links to save and load."""
    rows = [html.Li(_target(state.standard, place, texts), className="target") for place in range(len(state.standard))]
    return [
        html.H2(texts("standard.editor_heading")),
        html.P(texts("standard.editor_hint"), className="small"),
        *([html.Ul(rows, className="targets")] if rows else []),
        *_adding(corridor, state, texts),
        html.P(list(_files(corridor, state, texts)), className="field-row small"),
    ]


def _target(targets: Sequence[str], place: int, texts: Texts) -> list[Any]:
    capability, hours = targets[place].split("@")
    name = texts(f"capability.{capability}")
    before, after = ",".join([*targets[:place], ""]), ",".join(["", *targets[place + 1 :]])
    around = {"data-part": PART, "data-before": f"{before}{capability}@", "data-after": after}
    identity = numbered(Id.TARGET_HOURS, place)
    field = dbc.Input(id=identity, type="number", value=int(hours), min=1, max=MOST_HOURS, step=1, required=True)
    rest = ",".join([*targets[:place], *targets[place + 1 :]]) or NO_LAYER
    return [
        html.Label(
            [
                html.Span(name, className="target-name"),
                html.Span(texts("standard.within"), className="target-within"),
                html.Span(field, **around),
                html.Span(texts("standard.hours_ahead")),
            ]
        ),
        html.Button(
            "×",
            id=numbered(Id.TARGET_REMOVE, place),
            type="button",
            className="button button-step",
            title=texts("standard.remove", capability=name),
            **{"data-part": PART, "data-value": rest, "aria-label": texts("standard.remove", capability=name)},
        ),
    ]


def _adding(corridor: Corridor, state: ViewState, texts: Texts) -> Iterator[Any]:
    """A list of the capabilities without a target; none where each has one."""
    free = [str(name) for name in corridor.capabilities.index if name not in state.targets]
    if not free or len(state.standard) >= MOST_TARGETS:
        return
    before = ",".join([*state.standard, ""])
    options = [{"value": f"{name}@{FIRST_HOURS}", "label": texts(f"capability.{name}")} for name in free]
    chosen = dbc.Select(options, None, placeholder=texts("standard.add_choose"), id=Id.TARGET_ADD)
    around = {"data-part": PART, "data-before": before}
    label = html.Span(texts("standard.add"), className="field-label")
    yield html.Label([label, html.Span(chosen, **around)], className="field")


def _files(corridor: Corridor, state: ViewState, texts: Texts) -> Iterator[Any]:
    if state.standard:
        saved = view_address(corridor, state, DOWNLOAD)
        yield html.A(texts("standard.download"), href=saved, className="button", download=True)
    yield html.A(texts("standard.load"), href=view_address(corridor, state, LOAD), className="button")
