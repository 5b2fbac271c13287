"""The strip: a route straightened in the direction of travel, and the hours to the next help ahead, hour by hour."""

from dashboard.drawing.labels import strip_layout
from dashboard.strip.data import (
    Border,
    Lane,
    ReportFigure,
    Run,
    ServiceMark,
    Silence,
    StateMark,
    Stop,
    Stretch,
    StripData,
)
from dashboard.strip.drawing import strip_svg
from dashboard.strip.values import strip_rows, strip_summary

__all__ = [
    "Border",
    "Lane",
    "ReportFigure",
    "Run",
    "ServiceMark",
    "Silence",
    "StateMark",
    "Stop",
    "Stretch",
    "StripData",
    "strip_layout",
    "strip_rows",
    "strip_summary",
    "strip_svg",
]
