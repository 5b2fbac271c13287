"""Published figures over time: each as wide as the period it counts, never divided, never added up.

Behind them stands when a channel to report could be reached: a figure that falls where the channel closed is no fall in
what happens.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dashboard.charts.figure import (
    MARGIN,
    NARROW,
    SIZE,
    SMALL,
    Block,
    Value,
    blank_fill,
    boxes_path,
    figure,
    legend,
    paragraph,
    plate_where_room,
    rule,
    swatch,
)
from dashboard.charts.months import MonthScale, time_axis
from dashboard.drawing.measure import lines_of, text_width
from dashboard.drawing.svg import element, group, text
from dashboard.text import Texts
from geodata.units import Month, months_between

_BAR = 24.0
_ROW = 38.0
_TRACK = 14.0
_EVENT = 18.0
_LINE = 16.0
_AIR = 16.0
_BOLD = 1.08
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class ReportWindow:
    """A published figure: the days it counts (YYYY-MM-DD, both included), the count, and what was counted by whom.

    `here`: counted on the stretch itself; else elsewhere, of what happened on it.
    """

    start: str
    end: str
    count: int
    label: str
    here: bool = True


@dataclass(frozen=True)
class ChannelPeriod:
    """Days (YYYY-MM-DD, both included) on which a channel to report could be reached; "" has no known bound."""

    start: str
    end: str


@dataclass(frozen=True)
class ChartEvent:
    """A day (YYYY-MM-DD) on which something changed, in words."""

    on: str
    words: str


@dataclass(frozen=True)
class ReportChart:
    """Published figures between two months (YYYY-MM, both included), the channels behind them, and what happened."""

    title: str
    first_month: str
    last_month: str
    windows: tuple[ReportWindow, ...]
    channels: tuple[ChannelPeriod, ...]
    events: tuple[ChartEvent, ...] = ()


def report_rows(chart: ReportChart) -> list[dict[str, Value]]:
    """The chart's table in the order of time: kind (figure, channel or event), start, end, count, label and here.

    A channel's blank bound stays blank. Count and here are None for what is not a figure.
    """
    rows: list[dict[str, Value]] = [
        _row("figure", one.start, one.end, one.label, count=one.count, here=one.here) for one in chart.windows
    ]
    rows += [_row("channel", one.start, one.end, "") for one in chart.channels]
    rows += [_row("event", one.on, one.on, one.words) for one in chart.events]
    return sorted(rows, key=lambda row: str(row["start"]))


def _row(kind: str, start: str, end: str, label: str, **figures: Value) -> dict[str, Value]:
    return {"kind": kind, "start": start, "end": end, "count": None, "label": label, "here": None, **figures}


def report_svg(chart: ReportChart, texts: Texts, width: float, prefix: str = "reports") -> str:
    """The chart as SVG text, `width` px wide and as high as it needs; every id in it begins with `prefix`.

    On a narrow page it is a list in the order of time, each figure with its own line of time.
    """
    note = paragraph(MARGIN, 0, texts("chart.report_note"), width - 2 * MARGIN, "chart__caption")
    keys = legend(_keys(chart, texts, prefix), note.height + 6, width)
    top = note.height + 6 + keys.height + 4
    body = _list(chart, texts, (top, width), prefix) if width < NARROW else _wide(chart, texts, (top, width), prefix)
    names = (chart.title, report_description(chart, texts))
    return figure("reports", names, [note.drawn, keys.drawn, body.drawn], (width, top + body.height), prefix, texts)


def _keys(chart: ReportChart, texts: Texts, prefix: str) -> list[tuple[str, str]]:
    keys = []
    if any(one.here for one in chart.windows):
        keys.append((element("rect", width=24, height=12, class_=_bar_class(here=True)), texts("chart.counted_here")))
    if any(not one.here for one in chart.windows):
        keys.append(
            (
                element("rect", x=1, y=1, width=22, height=10, class_=_bar_class(here=False)),
                texts("chart.counted_elsewhere"),
            )
        )
    keys.append((element("rect", width=24, height=12, class_="chart__open"), texts("chart.channel_open")))
    keys.append((swatch(0, 0, blank_fill(prefix)), texts("chart.channel_none")))
    return keys


def _bar_class(*, here: bool) -> str:
    return f"chart__window chart__window--{'here' if here else 'elsewhere'}"


def _scale(chart: ReportChart, start_px: float, end_px: float) -> MonthScale:
    first, last = Month.parse(chart.first_month), Month.parse(chart.last_month)
    return MonthScale(first, len(months_between(first, last)), start_px, end_px)


def channel_spans(chart: ReportChart, scale: MonthScale) -> tuple[tuple[float, float, bool], ...]:
    """From px, to px and whether a channel could be reached, from end to end of the scale; periods that meet are joined."""
    reached: list[tuple[float, float]] = []
    for one in sorted(chart.channels, key=lambda each: each.start):
        start = scale.day(date.fromisoformat(one.start)) if one.start else scale.start_px
        stop = scale.day(date.fromisoformat(one.end) + _DAY) if one.end else scale.end_px
        if reached and start <= reached[-1][1]:
            stop, start = max(stop, reached[-1][1]), reached.pop()[0]
        reached.append((start, stop))
    spans, at = [], scale.start_px
    for start, stop in reached:
        spans += [(at, start, False), (start, stop, True)]
        at = stop
    spans.append((at, scale.end_px, False))
    return tuple(span for span in spans if span[1] > span[0])


def _channels(chart: ReportChart, scale: MonthScale, ends: tuple[float, float], prefix: str) -> Iterator[str]:
    """Bands of the times in which a channel could be reached; the others hatched."""
    top, bottom = ends
    spans = channel_spans(chart, scale)
    for start, stop, _ in (one for one in spans if one[2]):
        yield element("rect", x=start, y=top, width=stop - start, height=bottom - top, class_="chart__open")
    yield boxes_path(
        [(start, top, stop, bottom) for start, stop, reached in spans if not reached],
        blank_fill(prefix),
        "chart__blank",
    )


def _span(one: ReportWindow, scale: MonthScale) -> tuple[float, float]:
    """From px to px of a figure's period, at least 3 px wide."""
    start = scale.day(date.fromisoformat(one.start))
    return start, max(start + 3.0, scale.day(date.fromisoformat(one.end) + _DAY))


@dataclass(frozen=True)
class _Bar:
    """A figure in its place: its bar, the words beside or on it, and the row in which they stand."""

    window: ReportWindow
    bar: tuple[float, float]
    words: str
    words_at: float
    inside: bool
    row: int

    @property
    def extent(self) -> tuple[float, float]:
        """From px to px of bar and words together."""
        return min(self.bar[0], self.words_at), max(self.bar[1], self.words_at + _words_width(self.words))


def _words_width(words: str) -> float:
    """Px that a figure's words take: they are bold, which is wider than what is measured."""
    return _BOLD * text_width(words, SIZE) + 12.0


def _bars(chart: ReportChart, scale: MonthScale, texts: Texts) -> tuple[_Bar, ...]:
    """The figures in rows, each in the first row where its bar and its words are clear of the others."""
    placed: list[_Bar] = []
    for one in sorted(chart.windows, key=lambda each: (each.start, each.end)):
        bar = _bar(one, scale, texts)
        row = next(n for n in range(len(placed) + 1) if all(_clear(bar, other) for other in placed if other.row == n))
        placed.append(_Bar(bar.window, bar.bar, bar.words, bar.words_at, bar.inside, row))
    return tuple(placed)


def _clear(one: _Bar, other: _Bar) -> bool:
    return one.extent[0] >= other.extent[1] + _AIR or other.extent[0] >= one.extent[1] + _AIR


def _bar(one: ReportWindow, scale: MonthScale, texts: Texts) -> _Bar:
    """The words on the bar where they fit, else right of it, else left of it, else their figure alone."""
    start, stop = _span(one, scale)
    whole, figure_alone = (
        texts("chart.report_words", number=texts.number(one.count), label=one.label),
        texts.number(one.count),
    )
    for words in (whole, figure_alone):
        room = _words_width(words)
        if room <= stop - start:
            return _Bar(one, (start, stop), words, start, inside=True, row=0)
        if stop + room <= scale.end_px:
            return _Bar(one, (start, stop), words, stop, inside=False, row=0)
        if start - room >= scale.start_px:
            return _Bar(one, (start, stop), words, start - room, inside=False, row=0)
    return _Bar(
        one, (start, stop), figure_alone, min(start, scale.end_px - _words_width(figure_alone)), inside=False, row=0
    )


def _wide(chart: ReportChart, texts: Texts, place: tuple[float, float], prefix: str) -> Block:
    top, width = place
    scale = _scale(chart, MARGIN, width - MARGIN)
    bars = _bars(chart, scale, texts)
    events = _event_rows(chart)
    plot = top + _EVENT * len(events) + 6
    bottom = plot + 30.0 + _ROW * (max((one.row for one in bars), default=-1) + 1)
    drawn = [
        *_channels(chart, scale, (plot, bottom), prefix),
        *_channel_words(chart, scale, plot + 14, texts),
        *(_event_line(scale, one, top, row, bottom) for one, row in events),
        *(_drawn_bar(one, plot + 30.0 + _ROW * one.row) for one in bars),
        *(_event_label(scale, one, top, row, texts) for one, row in events),
        *time_axis(scale, bottom, texts),
    ]
    return Block(group(drawn, class_="chart__plot"), bottom + 20 - top)


def _channel_words(chart: ReportChart, scale: MonthScale, y: float, texts: Texts) -> Iterator[str]:
    for start, stop, reached in channel_spans(chart, scale):
        words = texts("chart.channel_open" if reached else "chart.channel_none")
        yield plate_where_room(start, stop, y, words)


def _drawn_bar(one: _Bar, y: float) -> str:
    start, stop = one.bar
    shape = element("rect", x=start, y=y, width=stop - start, height=_BAR, class_=_bar_class(here=one.window.here))
    side = "inside" if one.inside and one.window.here else "beside"
    words = text(one.words_at + 6, y + 16.5, one.words, SIZE, f"chart__figure chart__figure--{side}")
    if one.inside and one.window.here:
        return shape + words
    room = _words_width(one.words)
    ground = element("rect", x=one.words_at + 2, y=y + 3, width=room - 4, height=18, rx=3, class_="chart__plate")
    return shape + ground + words


def _event_text(one: ChartEvent, texts: Texts) -> str:
    return texts("chart.event", date=texts.date(one.on), words=one.words)


def _event_at(scale: MonthScale, one: ChartEvent) -> float:
    return scale.day(date.fromisoformat(one.on))


def _event_start(scale: MonthScale, one: ChartEvent, texts: Texts) -> float:
    """Px where an event's words begin: just right of its line, or so far left that they end with the scale."""
    return max(
        scale.start_px, min(_event_at(scale, one) + 6, scale.end_px - text_width(_event_text(one, texts), SMALL))
    )


def _event_rows(chart: ReportChart) -> list[tuple[ChartEvent, int]]:
    """The events with their row above the plot, the last one nearest to it: so no line crosses the words of a later one."""
    ordered = sorted((one for one in chart.events if _within(one, chart)), key=lambda each: each.on)
    return [(one, n) for n, one in enumerate(ordered)]


def _within(one: ChartEvent, chart: ReportChart) -> bool:
    return chart.first_month <= one.on[:7] <= chart.last_month


def _event_line(scale: MonthScale, one: ChartEvent, top: float, row: int, bottom: float) -> str:
    at = _event_at(scale, one)
    return rule(at, top + _EVENT * row, at, bottom, "chart__event")


def _event_label(scale: MonthScale, one: ChartEvent, top: float, row: int, texts: Texts) -> str:
    x, words = _event_start(scale, one, texts), _event_text(one, texts)
    room = text_width(words, SMALL)
    ground = element("rect", x=x - 3, y=top + 1 + _EVENT * row, width=room + 3, height=15, class_="chart__plate")
    return ground + text(x, top + 12 + _EVENT * row, words, SMALL, "chart__event-words")


def _list(chart: ReportChart, texts: Texts, place: tuple[float, float], prefix: str) -> Block:
    """Figures and events one under the other in the order of time, each with its place on a line of time."""
    top, width = place
    scale = _scale(chart, MARGIN, width - MARGIN)
    entries: list[ReportWindow | ChartEvent] = [*chart.windows, *(one for one in chart.events if _within(one, chart))]
    drawn, y = [], top + 6
    for one in sorted(entries, key=lambda each: each.start if isinstance(each, ReportWindow) else each.on):
        words = _window_lines(one, width, texts) if isinstance(one, ReportWindow) else _event_lines(one, width, texts)
        drawn += [text(MARGIN, y + 12 + _LINE * n, line, size, class_) for n, (line, size, class_) in enumerate(words)]
        y += _LINE * len(words) + 6
        drawn.append(group(_track(chart, one, scale, y, prefix), class_="chart__track"))
        y += _TRACK + 18
    return Block("".join([*drawn, *time_axis(scale, y - 8, texts)]), y + 12 - top)


_Line = tuple[str, float, str]


def _window_lines(one: ReportWindow, width: float, texts: Texts) -> list[_Line]:
    period = texts("period", start=texts.date(one.start), end=texts.date(one.end))
    whole = texts("chart.report_words", number=texts.number(one.count), label=one.label)
    lines: list[_Line] = [
        (line, SIZE, "chart__figure chart__figure--beside") for line in lines_of(whole, SIZE, width - 8)
    ]
    return lines + [(line, SMALL, "chart__tick") for line in lines_of(period, SMALL, width - 8)]


def _event_lines(one: ChartEvent, width: float, texts: Texts) -> list[_Line]:
    return [(line, SMALL, "chart__event-words") for line in lines_of(_event_text(one, texts), SMALL, width - 8)]


def _track(
    chart: ReportChart, one: ReportWindow | ChartEvent, scale: MonthScale, y: float, prefix: str
) -> Iterator[str]:
    yield from _channels(chart, scale, (y, y + _TRACK), prefix)
    if isinstance(one, ReportWindow):
        start, stop = _span(one, scale)
        shape = {"x": start, "y": y + 1, "width": stop - start, "height": _TRACK - 2}
        yield element("rect", **shape, class_=_bar_class(here=one.here))
    else:
        at = _event_at(scale, one)
        yield rule(at, y - 3, at, y + _TRACK + 3, "chart__event")


def report_description(chart: ReportChart, texts: Texts) -> str:
    """Every figure with its period and where it was counted, and every event, in sentences in the order of time."""
    told = [(one.start, _figure_sentence(one, texts)) for one in chart.windows]
    told += [(one.on, texts("chart.event_sentence", date=texts.date(one.on), words=one.words)) for one in chart.events]
    return " ".join(
        [texts("chart.report_note"), *(sentence for _, sentence in sorted(told)), *_channel_sentences(chart, texts)]
    )


def _figure_sentence(one: ReportWindow, texts: Texts) -> str:
    where = texts("chart.counted_here" if one.here else "chart.counted_elsewhere")
    ends = {"start": texts.date(one.start), "end": texts.date(one.end)}
    return texts("chart.report_sentence", number=texts.number(one.count), label=one.label, where=where, **ends)


def _channel_sentences(chart: ReportChart, texts: Texts) -> Sequence[str]:
    if not chart.channels:
        return [texts("chart.channel_never")]
    return [
        texts(
            "chart.channel_sentence",
            start=texts.date(one.start) if one.start else texts("word.unknown"),
            end=texts.date(one.end) if one.end else texts("word.no_end_known"),
        )
        for one in sorted(chart.channels, key=lambda each: each.start)
    ]
