"""The strip as one SVG: plain text, no script, no style, no colour of its own."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Literal

from dashboard.drawing.labels import Placed
from dashboard.drawing.scale import ticks
from dashboard.drawing.svg import element, escaped, group, path, text
from dashboard.strip.chart import chart
from dashboard.strip.data import StripData
from dashboard.strip.marks import heading, proposals, reports_row, selection, services, state_row
from dashboard.strip.ribbon import codes, countries, lane, ribbon, row_label
from dashboard.strip.scene import REPORTS, SMALL, STATE, Row, Scene, horizontal_scene, shown_lanes, upright_scene
from dashboard.strip.stops import axis, placed_labels, targets
from dashboard.strip.words import description, title
from dashboard.text import Texts
from dashboard.theme.patterns import svg_patterns

Orientation = Literal["horizontal", "upright"]
_LABEL_ROWS = 4


def strip_svg(
    data: StripData,
    texts: Texts,
    width: float,
    orientation: Orientation = "horizontal",
    *,
    lanes: Sequence[str] | None = None,
    prefix: str = "strip",
) -> str:
    """The strip as SVG text, `width` px wide and as high as it needs.

    `lanes` names the rows to draw (capabilities, "state", "reports"); None draws all of them, upright the State's
    alone; () none. `prefix` begins every id in it: two strips on one page need two. The words come from `texts`.
    """
    scene, labels = laid_out(data, texts, width, orientation, lanes, prefix)
    height = math.ceil(scene.frame.end_px + 20 if scene.frame.upright else scene.lane_end + 30)
    return element(
        "svg",
        element("title", escaped(title(data, texts)), id=f"{prefix}-title"),
        element("desc", escaped(description(data, texts)), id=f"{prefix}-desc"),
        svg_patterns(prefix, _classes(data)),
        group(_drawing(scene, labels), class_="strip__drawing", aria_hidden="true"),
        group(targets(scene, labels), class_="strip__targets"),
        xmlns="http://www.w3.org/2000/svg",
        class_=f"strip strip--{orientation}",
        view_box=f"0 0 {width:.0f} {height:.0f}",
        width=width,
        height=height,
        role="group",
        aria_labelledby=f"{prefix}-title",
        aria_describedby=f"{prefix}-desc",
    )


def _classes(data: StripData) -> set[str]:
    """The classes of whose textures a part may be drawn: those of the runs, and those of a chart without hours."""
    runs = (run for one in (data.runs, *(lane.runs for lane in data.lanes)) for run in one)
    return {"none_ahead", "unknown", *(run.run_class for run in runs)}


def laid_out(
    data: StripData,
    texts: Texts,
    width: float,
    orientation: Orientation,
    lanes: Sequence[str] | None,
    prefix: str = "strip",
) -> tuple[Scene, tuple[Placed, ...]]:
    """Where everything lies, and the names of stops that find room; no more rows of names than are used."""
    names = shown_lanes(data, lanes, upright=orientation == "upright")
    if orientation == "upright":
        scene = upright_scene(data, texts, width, names, prefix)
        return scene, placed_labels(scene)
    labels = placed_labels(horizontal_scene(data, texts, width, names, _LABEL_ROWS, prefix))
    rows = max((label.row + 1 for label in labels), default=1)
    return horizontal_scene(data, texts, width, names, rows, prefix), labels


def _drawing(scene: Scene, labels: Sequence[Placed]) -> Iterator[str]:
    """Everything that is seen but not chosen, from back to front."""
    if scene.across:
        yield group(chart(scene, scene.across), class_="strip__chart")
    yield group(countries(scene), class_="strip__countries")
    yield group(ribbon(scene), class_="strip__ribbon")
    yield group(_hours_axis(scene), class_="strip__axis")
    yield group(axis(scene, labels), class_="strip__stops")
    for row in scene.rows:
        yield group([row_label(scene, row), *_row(scene, row)], class_=f"strip__row strip__row--{row.kind}")
    yield group(services(scene), class_="strip__services")
    if scene.data.proposals:
        yield group(proposals(scene), class_="strip__proposals")
    yield group(codes(scene), class_="strip__codes")
    yield group(selection(scene), class_="strip__selection")
    yield group(heading(scene), class_="strip__heading")


def _row(scene: Scene, row: Row) -> Iterator[str]:
    return {STATE: state_row, REPORTS: reports_row}.get(row.kind, lane)(scene, row)


def _hours_axis(scene: Scene) -> Iterator[str]:
    """The line on which no hours are left, and at the bottom the hours of travel; upright the names tell where one is."""
    if scene.across is None:
        return
    frame, zero, bottom = scene.frame, scene.across.zero_px, scene.lane_end + 8
    yield path([frame.point(px, zero) for px in (frame.start_px, frame.end_px)], "strip__zero")
    if frame.upright:
        return
    yield path([(frame.start_px, bottom), (frame.end_px, bottom)], "strip__zero")
    yield text(frame.start_px - 12, bottom + 16, scene.texts("strip.travel_hours"), SMALL, "strip__tick", "end")
    for hours in ticks(frame.hours, frame.end_px - frame.start_px, 64):
        at, anchor = frame.along(hours), "start" if hours == 0 else "middle"
        yield path([(at, bottom), (at, bottom + 4)], "strip__zero")
        yield text(at, bottom + 16, scene.texts.hours(hours), SMALL, "strip__tick", anchor)
