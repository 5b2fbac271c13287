"""The command line that reproduces a figure, beside it, to be copied."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import html

from dashboard.questions.method import Command
from dashboard.text import Texts


def reproduced(commands: Sequence[Command], texts: Texts) -> list[Any]:
    """A fold with one line per command: what it reproduces, the command, and a button that copies it. None, no fold."""
    if not commands:
        return []
    lines = [html.Li([html.Span(texts(f"command.{one.figure}")), *_line(one, texts)]) for one in commands]
    return [html.Details([html.Summary(texts("command.heading")), html.Ul(lines)], className="commands small")]


def _line(one: Command, texts: Texts) -> list[Any]:
    said = {"data-copies": one.line, "data-copied": texts("action.copied"), "data-failed": texts("action.copy_failed")}
    name = texts("command.copy", figure=texts(f"command.{one.figure}"))
    return [
        html.Code(one.line, tabIndex=0),
        html.Button(texts("command.copy_short"), className="button", type="button", **said, **{"aria-label": name}),
        html.Span(role="status"),
    ]
