"""Where the parts of a strip lie in px, for a strip that runs to the right and for one that runs down the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.drawing.measure import lines_of, text_width
from dashboard.drawing.scale import Frame
from dashboard.strip.data import ROLES, StripData
from dashboard.strip.scale import Across, cap_hours
from dashboard.strip.words import capability_name, next_name
from dashboard.text import Texts

SIZE = 12.0  # px, the words of labels and lanes
SMALL = 11.0
STATE, REPORTS = "state", "reports"

_MARGIN = 14.0
_CHART = 208.0
_ROW = 28.0  # two lines of a stop's label, and a target high enough to hit
_LANE = {"horizontal": 18.0, "upright": 17.0}
_ROLE, _ROLES_UPRIGHT = 17.0, 42.0
_REPORT, _REPORTS_UPRIGHT = 20.0, 44.0
REPORT_LINES = 3
_CHART_TOP = 92.0
_LEAST_CHART = 90.0


@dataclass(frozen=True)
class Row:
    """One lane: a capability, a role of the State or the reports; its extent across the journey in px, and its label."""

    kind: str
    name: str
    near: float
    far: float
    label: str

    @property
    def middle(self) -> float:
        """Px of its middle across the journey."""
        return (self.near + self.far) / 2


@dataclass(frozen=True)
class Scene:
    """Everything the drawing parts need: the data, the words, the scales and where each part lies, in px.

    `across` is None where there is no room for the chart and the lanes stand in its place. `labels` is where the stops'
    names stand: across the journey, from and to. `caption` are the lines that say what the chart shows.
    """

    data: StripData
    texts: Texts
    frame: Frame
    across: Across | None
    width: float
    countries: tuple[float, float]
    ribbon: tuple[float, float]
    labels: tuple[float, float]
    label_rows: int
    caption: tuple[str, ...]
    rows: tuple[Row, ...]
    prefix: str

    @property
    def lane_end(self) -> float:
        """Px across the journey where the last part ends."""
        return max(
            [row.far for row in self.rows], default=self.labels[1] if not self.frame.upright else self.width - _MARGIN
        )


def shown_lanes(data: StripData, lanes: Sequence[str] | None, *, upright: bool) -> tuple[str, ...]:
    """The lanes to draw: those asked for that the data has; unasked, all of them, or upright the State's alone."""
    there = [lane.capability for lane in data.lanes]
    there += [STATE] * bool(data.state) + [REPORTS] * bool(data.reports or data.silences)
    wanted = lanes if lanes is not None else [name for name in there if not upright or name == STATE]
    return tuple(name for name in there if name in wanted)


def _row_labels(names: Sequence[str], texts: Texts, *, upright: bool) -> list[tuple[str, str, str]]:
    """Kind, name and label of each row: the State has one per role, or upright a column for all three."""
    rows: list[tuple[str, str, str]] = []
    for name in names:
        if name == STATE and upright:
            rows.append((STATE, "", texts("strip.state")))
        elif name == STATE:
            rows += [(STATE, role, texts(f"strip.state_{role}")) for role in ROLES]
        elif name == REPORTS:
            rows.append((REPORTS, "", texts("strip.reports")))
        else:
            rows.append(("lane", name, capability_name(name, texts)))
    return rows


def _rows(labels: Sequence[tuple[str, str, str]], start: float, sizes: dict[str, float]) -> tuple[Row, ...]:
    rows: list[Row] = []
    before = ""
    for kind, name, label in labels:
        start += 8.0 if before and kind != before else 0.0
        size = sizes[kind]
        rows.append(Row(kind, name, start, start + size, label))
        start, before = start + size, kind
    return tuple(rows)


def horizontal_scene(
    data: StripData, texts: Texts, width: float, lanes: tuple[str, ...], label_rows: int, prefix: str
) -> Scene:
    """A strip that runs to the right: countries, ribbon, chart, names of stops and lanes from top to bottom."""
    labels = _row_labels(lanes, texts, upright=False)
    words = [label for *_, label in labels] + [texts("strip.travel_hours")]
    gutter = min(max(text_width(label, SIZE) for label in words) + 2 * _MARGIN, 0.4 * width)
    frame = Frame(upright=False, start_px=gutter, end_px=width - _MARGIN, hours=data.hours)
    caption = lines_of(texts("strip.caption", capability=next_name(data.capability, texts)), SMALL, width - gutter)
    top = _CHART_TOP + 14.0 * (len(caption) - 1)
    zero = top + _CHART
    names = (zero + 12.0, zero + 12.0 + label_rows * _ROW)
    lines = max(1, min(REPORT_LINES, len(data.reports)))
    sizes = {"lane": _LANE["horizontal"], STATE: _ROLE, REPORTS: _REPORT * lines}
    return Scene(
        data=data,
        texts=texts,
        frame=frame,
        across=Across(zero, top, cap_hours(data)),
        width=width,
        countries=(2.0, 22.0),
        ribbon=(28.0, 54.0),
        labels=names,
        label_rows=label_rows,
        caption=caption,
        rows=_rows(labels, names[1] + 10.0, sizes),
        prefix=prefix,
    )


def upright_scene(data: StripData, texts: Texts, width: float, lanes: tuple[str, ...], prefix: str) -> Scene:
    """A strip that runs down the page: names of stops, ribbon, chart and lanes from left to right.

    Where the lanes leave the chart too little room, they stand in its place.
    """
    labels = _row_labels(lanes, texts, upright=True)
    names_px = min(0.33 * width, 150.0)
    ribbon = (names_px + 14.0, names_px + 38.0)
    reports_px = max([_REPORTS_UPRIGHT, *(text_width(word, SMALL) for word in texts("strip.reports").split())])
    sizes = {"lane": _LANE["upright"], STATE: _ROLES_UPRIGHT, REPORTS: reports_px}
    gap = 24.0 if any(kind == "lane" for kind, *_ in labels) else 12.0
    taken = max([row.far + gap - 12.0 for row in _rows(labels, 0.0, sizes)], default=0.0)
    chart_end = width - taken - _MARGIN
    with_chart = chart_end - ribbon[1] >= _LEAST_CHART
    if not with_chart:
        sizes["lane"] = _wide_lane(labels, width - ribbon[1] - 32.0, sizes)
    rows = _rows(labels, chart_end + gap if with_chart else ribbon[1] + 24.0, sizes)
    caption = lines_of(texts("strip.caption", capability=next_name(data.capability, texts)), SMALL, width - 8.0)
    column_words = max((text_width(row.label, SMALL) for row in rows if row.kind == "lane"), default=0.0)
    top = 14.0 * len(caption) + 14.0 + max(40.0, column_words + 8.0)
    length = max(680.0, min(1300.0, 5.2 * data.hours))
    return Scene(
        data=data,
        texts=texts,
        frame=Frame(upright=True, start_px=top, end_px=top + length, hours=data.hours),
        across=Across(ribbon[1] + 8.0, chart_end, cap_hours(data)) if with_chart else None,
        width=width,
        countries=(ribbon[1] + 4.0, chart_end),
        ribbon=ribbon,
        labels=(0.0, names_px),
        label_rows=0,
        caption=caption,
        rows=rows,
        prefix=prefix,
    )


def _wide_lane(labels: Sequence[tuple[str, str, str]], room: float, sizes: dict[str, float]) -> float:
    lanes = sum(kind == "lane" for kind, *_ in labels)
    others = sum(sizes[kind] + 8.0 for kind, *_ in labels if kind != "lane")
    return max(12.0, min(30.0, (room - others) / lanes)) if lanes else 17.0
