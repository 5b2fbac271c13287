"""Charts as plain SVG made on the server: over time, shares, the cascade, two dates, closures, stacks; each with its table."""

from dashboard.charts.bands import BandChart, BandPoint, band_rows, band_svg
from dashboard.charts.cascade import CascadeChart, CascadeStep, cascade_rows, cascade_svg
from dashboard.charts.closures import ClosureBar, ClosureChart, closure_rows, closure_svg
from dashboard.charts.figure import ChartClass, Value
from dashboard.charts.pair import PairRibbon, PairRun, PairStop, pair_rows, pair_svg
from dashboard.charts.reports import ChannelPeriod, ChartEvent, ReportChart, ReportWindow, report_rows, report_svg
from dashboard.charts.shares import ShareChart, ShareGroup, share_rows, share_svg
from dashboard.charts.stacks import StackChart, StackRow, stack_rows, stack_svg

__all__ = [
    "BandChart",
    "BandPoint",
    "CascadeChart",
    "CascadeStep",
    "ChannelPeriod",
    "ChartClass",
    "ChartEvent",
    "ClosureBar",
    "ClosureChart",
    "PairRibbon",
    "PairRun",
    "PairStop",
    "ReportChart",
    "ReportWindow",
    "ShareChart",
    "ShareGroup",
    "StackChart",
    "StackRow",
    "Value",
    "band_rows",
    "band_svg",
    "cascade_rows",
    "cascade_svg",
    "closure_rows",
    "closure_svg",
    "pair_rows",
    "pair_svg",
    "report_rows",
    "report_svg",
    "share_rows",
    "share_svg",
    "stack_rows",
    "stack_svg",
]
