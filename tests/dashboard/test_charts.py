"""Charts: well formed, no words over others, nothing unknown drawn as zero, and a table that equals each picture."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.charts import (
    BandChart,
    BandPoint,
    CascadeChart,
    CascadeStep,
    ChannelPeriod,
    ClosureBar,
    ClosureChart,
    PairRun,
    ReportChart,
    ReportWindow,
    ShareChart,
    ShareGroup,
    StackChart,
    StackRow,
    band_rows,
    band_svg,
    cascade_rows,
    cascade_svg,
    closure_rows,
    closure_svg,
    pair_rows,
    pair_svg,
    report_rows,
    report_svg,
    share_rows,
    share_svg,
    stack_rows,
    stack_svg,
)
from dashboard.charts.bands import round_ticks
from dashboard.charts.cascade import most_lost
from dashboard.charts.months import MonthScale
from dashboard.charts.pair import changes
from dashboard.charts.reports import channel_spans
from dashboard.drawing.measure import text_width
from dashboard.state import LANGUAGES
from dashboard.text import Texts
from geodata.units import Month
from tests.dashboard.charts import (
    MONTHS,
    WINDOWS,
    band_chart,
    cascade_chart,
    classes,
    closure_chart,
    pair_ribbon,
    report_chart,
    share_chart,
    stack_chart,
)
from tests.dashboard.hostile import HOSTILE

ES = Texts("es")
WIDTHS = (1310.0, 328.0)
KINDS = ("shares", "band", "reports", "cascade", "pair", "closures", "stacks")
Box = tuple[float, float, float, float]


def drawn(kind: str, texts: Texts = ES, width: float = 1310.0, prefix: str = "p") -> str:
    """One of the six, as SVG text."""
    return {
        "shares": lambda: share_svg(share_chart(texts, since="2024-02"), texts, width, prefix),
        "band": lambda: band_svg(band_chart(since="2023-01"), texts, width, prefix),
        "reports": lambda: report_svg(report_chart(), texts, width, prefix),
        "cascade": lambda: cascade_svg(cascade_chart(), texts, width, prefix),
        "pair": lambda: pair_svg(pair_ribbon(texts), texts, width, prefix),
        "closures": lambda: closure_svg(closure_chart(), texts, width, prefix),
        "stacks": lambda: stack_svg(stack_chart(texts), texts, width, prefix),
    }[kind]()


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 - ours


def of_class(svg: str, name: str) -> list[ET.Element]:
    return [node for node in parsed(svg).iter() if name in node.get("class", "").split()]


def boxes(svg: str) -> list[tuple[str, Box]]:
    """Every line of words with its extent in px, on the wide side."""
    found = []
    for node in parsed(svg).iter("{http://www.w3.org/2000/svg}text"):
        x, y, size = (float(node.get(name, "nan")) for name in ("x", "y", "font-size"))
        width = text_width(node.text or "", size)
        left = x - {"start": 0.0, "middle": width / 2, "end": width}[node.get("text-anchor", "start")]
        found.append((node.text or "", (left, y - 0.75 * size, left + width, y + 0.15 * size)))
    return found


def overlaps(svg: str) -> Iterator[tuple[str, str]]:
    found = boxes(svg)
    for n, (words, (left, top, right, bottom)) in enumerate(found):
        for others, (x1, y1, x2, y2) in found[:n]:
            if left < x2 and x1 < right and top < y2 and y1 < bottom:
                yield words, others


def outside(svg: str) -> list[str]:
    width, height = (float(part) for part in parsed(svg).get("viewBox", "").split()[2:])
    return [
        words
        for words, (left, top, right, bottom) in boxes(svg)
        if left < -0.5 or top < 0 or right > width + 0.5 or bottom > height
    ]


def desc(svg: str) -> str:
    node = parsed(svg).find("{http://www.w3.org/2000/svg}desc")
    assert node is not None
    return node.text or ""


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_no_words_lie_over_others_or_outside_the_drawing(kind: str, lang: str, width: float) -> None:
    svg = drawn(kind, Texts(lang), width)
    assert list(overlaps(svg)) == []
    assert outside(svg) == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_chart_is_an_image_with_a_name_a_description_and_silent_parts(kind: str, width: float) -> None:
    root = parsed(drawn(kind, width=width))
    assert root.get("role") == "img"
    assert (root.get("aria-labelledby"), root.get("aria-describedby")) == ("p-title", "p-desc")
    assert desc(drawn(kind)).endswith(ES("chart.desc_table"))
    assert of_class(drawn(kind), "chart__drawing")[0].get("aria-hidden") == "true"
    assert float(root.get("width", "nan")) == width


@pytest.mark.parametrize("kind", KINDS)
def test_every_id_begins_with_the_prefix_and_every_fill_has_its_pattern(kind: str) -> None:
    svg = drawn(kind, prefix="one")
    ids = [node.get("id", "") for node in parsed(svg).iter() if node.get("id")]
    assert len(ids) == len(set(ids))
    assert all(each.startswith("one-") for each in ids)
    assert set(re.findall(r"url\(#([^)]+)\)", svg)) <= set(ids)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_chart_stays_small_and_holds_no_colour_no_style_and_no_figure_that_is_none(kind: str, width: float) -> None:
    svg = drawn(kind, width=width)
    assert len(svg.encode()) <= 25_000
    assert "style=" not in svg
    assert not re.search(r'#[0-9a-fA-F]{6}(?!")', re.sub("<defs>.*?</defs>", "", svg))
    assert not re.search(r'"[^"]*\b(nan|inf|None)\b[^"]*"', re.sub(r'class="[^"]*"|fill="none"', "", svg))


@pytest.mark.parametrize("width", WIDTHS)
def test_hostile_names_are_words_and_nothing_else(width: float) -> None:
    pair = pair_ribbon(ES)
    stops = tuple(replace(stop, name=HOSTILE) for stop in pair.stops)
    event = replace(report_chart().events[0], words=HOSTILE)
    shares = replace(share_chart(ES), title=HOSTILE, groups=(replace(share_chart(ES).groups[0], name=HOSTILE),))
    for svg in (
        share_svg(shares, ES, width),
        band_svg(band_chart(HOSTILE), ES, width),
        report_svg(replace(report_chart(), windows=(replace(WINDOWS[0], label=HOSTILE),), events=(event,)), ES, width),
        cascade_svg(CascadeChart(HOSTILE, (CascadeStep(HOSTILE, 0.5, 0.25, 0.25),)), ES, width),
        pair_svg(replace(pair, stops=stops, before=HOSTILE), ES, width),
    ):
        names = {node.tag.rpartition("}")[2] for node in parsed(svg).iter()}
        assert names <= {"svg", "title", "desc", "defs", "pattern", "g", "path", "rect", "line", "circle", "text"}
        assert not any(name.startswith("on") for node in parsed(svg).iter() for name in node.attrib)


# Shares


def test_the_rows_of_shares_unfold_to_every_value_of_every_month() -> None:
    chart = share_chart(ES)
    unfolded: dict[tuple[str, str], list[tuple[float | None, ...]]] = {}
    for row in share_rows(chart):
        first, last = MONTHS.index(str(row["from_month"])), MONTHS.index(str(row["to_month"]))
        for each in chart.classes:
            unfolded.setdefault((str(row["group"]), each.name), []).extend([row[each.name]] * (last - first + 1))  # type: ignore[list-item]
    told = {key: tuple(values) for key, values in unfolded.items()}
    assert told == {(one.name, name): values for one in chart.groups for name, values in one.shares.items()}


def one_group(**shares: tuple[float | None, ...]) -> ShareChart:
    months = tuple(str(Month(2024, 1).plus(n)) for n in range(len(next(iter(shares.values())))))
    named = tuple(each for each in classes(ES) if each.name in shares)
    return ShareChart("Ruta", months, named, (ShareGroup("Ruta", shares),), months[-1])


def test_equal_months_are_one_shape_and_a_share_of_nothing_is_none() -> None:
    svg = share_svg(one_group(covered=(0.25,) * 12, gap=(0.75,) * 12, unknown=(0.0,) * 12), ES, 1310)
    assert [of_class(svg, f"run--{name}")[0].get("d", "").count("M") for name in ("covered", "gap")] == [1, 1]
    assert of_class(svg, "run--unknown") == []
    heights = [
        float(re.findall(r"v(\d+)", of_class(svg, f"run--{name}")[0].get("d", ""))[0]) for name in ("covered", "gap")
    ]
    assert heights == pytest.approx([37.5, 112.5], abs=0.51)


def test_months_without_a_share_are_hatched_and_named_and_have_no_class() -> None:
    svg = share_svg(one_group(covered=(None, None, 1.0), gap=(None, None, 0.0)), ES, 1310)
    (blank,) = of_class(svg, "chart__blank")
    (covered,) = of_class(svg, "run--covered")
    start, stop = (float(re.findall(r"M(\d+)", node.get("d", ""))[0]) for node in (blank, covered))
    width = float(re.findall(r"h(\d+)", blank.get("d", ""))[0])
    assert start + width == stop
    assert ES("chart.no_figure") in [words for words, _ in boxes(svg)]
    assert share_rows(one_group(covered=(None,), gap=(None,)))[0]["covered"] is None


def test_the_description_of_shares_tells_the_marked_months_and_what_is_not_known() -> None:
    chart = replace(one_group(covered=(0.25, None), gap=(0.75, None)), since="2024-01")
    said = desc(share_svg(chart, ES, 1310))
    assert ES("class.gap") + " 75" in said
    assert ES("chart.share_blank", group="Ruta", month="febrero de 2024") in said


# Bands


def test_a_month_without_a_figure_breaks_band_and_line_and_is_never_zero() -> None:
    points = [(5.0, 10.0, 20.0), (None, float("nan"), None), (5.0, None, 20.0), (6.0, 12.0, 24.0)]
    chart = BandChart("A", "B", tuple(BandPoint(f"2024-0{n}", *one) for n, one in enumerate(points, 1)), "2024-04")
    svg = band_svg(chart, ES, 1310)
    lines = [node for node in of_class(svg, "chart__line") if node.get("d")]
    assert len(lines) == 2
    assert len(of_class(svg, "chart__band")) == 2 + 1
    assert ES("chart.no_figure") in [words for words, _ in boxes(svg)]
    assert [row["typical"] for row in band_rows(chart)] == [10.0, None, None, 12.0]
    assert [row["low"] for row in band_rows(chart)] == [5.0, None, 5.0, 6.0]
    zero = max(
        float(y)
        for node in of_class(svg, "chart__ground")
        for y in re.findall(r'y1="([\d.]+)"', ET.tostring(node, "unicode"))
    )
    assert all(float(y) < zero for line in lines for y in re.findall(r"[ML][\d.]+ ([\d.]+)", line.get("d", "")))
    assert "12 (6–24)" in desc(svg)
    assert ES("chart.months_without", count=2) in desc(svg)


def test_a_figure_that_rests_on_a_yearly_share_has_its_dot_and_its_words() -> None:
    chart = band_chart()
    svg = band_svg(chart, ES, 1310)
    dots = max(node.get("d", "").count("M") for node in of_class(svg, "chart__dots"))
    assert dots == sum(point.yearly_share for point in chart.points)
    assert ES("chart.yearly_share") in " ".join(words for words, _ in boxes(svg))
    plain = replace(chart, points=tuple(replace(point, yearly_share=False) for point in chart.points))
    assert of_class(band_svg(plain, ES, 1310), "chart__dots") == []


@given(st.floats(0, 1e9), st.integers(2, 6))
def test_ticks_are_round_few_and_reach_the_top(top: float, most: int) -> None:
    ticks = round_ticks(top, most)
    assert ticks[0] == 0
    assert ticks[-1] >= top * (1 - 1e-9)
    assert 2 <= len(ticks) <= most + 1 or top == 0
    if top > 0:
        assert f"{ticks[1]:e}"[0] in "125"


def test_a_band_of_nothing_but_unknown_months_is_all_hatch() -> None:
    chart = BandChart("A", "B", tuple(BandPoint(month, None, None, None) for month in MONTHS), "2024-04")
    svg = band_svg(chart, ES, 328)
    assert [node for node in of_class(svg, "chart__line") if node.get("d")] == []
    assert ES("chart.band_blank", month="abril de 2024") in desc(svg)


# Reports


@pytest.mark.parametrize("width", WIDTHS)
def test_each_published_figure_is_one_bar_as_wide_as_its_period_and_printed_whole(width: float) -> None:
    svg = report_svg(report_chart(), ES, width)
    bars = of_class(svg, "chart__window")[2:]
    assert len(bars) == 3
    wide = sorted((float(bar.get("width", "nan")) for bar in bars), reverse=True)
    assert wide[0] / wide[1] == pytest.approx(6, rel=0.02)
    assert wide[1] / wide[2] == pytest.approx(2, rel=0.1)
    printed = " ".join(words for words, _ in boxes(svg))
    assert all(figure in printed for figure in ("676 · ", "328 · ", "135 · "))
    assert not any(total in printed + desc(svg) for total in ("1,004", "1,139", "463", "56 ·"))


def test_the_story_of_reports_is_told_in_order_in_the_description_and_the_table() -> None:
    said = desc(report_svg(report_chart(), ES, 1310))
    told = [said.index(part) for part in ("676", "328", "se suspende", "135")]
    assert told == sorted(told)
    assert ES("chart.counted_elsewhere") in said
    rows = report_rows(report_chart())
    assert [row["count"] for row in rows if row["kind"] == "figure"] == [676, 328, 135]
    assert [row["here"] for row in rows if row["kind"] == "figure"] == [True, True, False]
    assert [row["start"] for row in rows if row["kind"] == "channel"] == ["2021-05-01", "2024-10-02"]
    assert next(row["label"] for row in rows if row["kind"] == "event") == "se suspende la atención clínica"


def test_periods_with_and_without_a_channel_fill_the_whole_time_and_meet() -> None:
    scale = MonthScale(Month(2024, 1), 12, 0.0, 1200.0)
    chart = replace(
        report_chart(), channels=(ChannelPeriod("", "2024-03-31"), ChannelPeriod("2024-03-01", "2024-06-30"))
    )
    assert channel_spans(chart, scale) == ((0.0, 600.0, True), (600.0, 1200.0, False))
    assert channel_spans(replace(chart, channels=()), scale) == ((0.0, 1200.0, False),)
    assert channel_spans(replace(chart, channels=(ChannelPeriod("2024-07-01", ""),)), scale) == (
        (0.0, 600.0, False),
        (600.0, 1200.0, True),
    )


days = st.integers(0, 1094).map(lambda n: date(2022, 7, 1) + timedelta(n))
windows = st.builds(
    lambda start, length, count, here: ReportWindow(
        str(start), str(start + timedelta(length)), count, "personas atendidas tras violencia sexual", here
    ),
    days, st.integers(0, 400), st.integers(0, 20_000), st.booleans(),
)  # fmt: skip


@settings(max_examples=30, deadline=None)
@given(st.lists(windows, max_size=9), st.sampled_from(WIDTHS))
def test_any_published_figures_keep_clear_of_each_other(figures: list[ReportWindow], width: float) -> None:
    svg = report_svg(ReportChart("A", "2022-07", "2025-06", tuple(figures), ()), ES, width)
    assert list(overlaps(svg)) == []
    assert outside(svg) == []
    assert len(of_class(svg, "chart__figure")) >= len(figures)


# Cascade


def test_the_step_at_which_most_is_lost_is_found_marked_and_said() -> None:
    chart = cascade_chart()
    assert most_lost(chart) == 1
    assert [row["most_lost"] for row in cascade_rows(chart)] == [False, True, False, False, False]
    assert [(row["kept"], row["unknown"], row["lost"]) for row in cascade_rows(chart)] == [
        (step.kept, step.unknown, step.lost) for step in chart.steps
    ]
    svg = cascade_svg(chart, ES, 1310)
    assert "chart__worst" in ET.tostring(of_class(svg, "chart__step")[1], "unicode")
    assert len(of_class(svg, "chart__worst")) == 1
    assert ES("chart.most_lost_sentence", step=chart.steps[1].words) in desc(svg)


def test_where_nothing_is_lost_nothing_is_marked() -> None:
    chart = CascadeChart("A", (CascadeStep("B", 0.5, 0.5, 0.0),))
    assert most_lost(chart) is None
    assert most_lost(CascadeChart("A", ())) is None
    assert of_class(cascade_svg(chart, ES, 1310), "chart__worst") == []


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=6), st.sampled_from(WIDTHS))
def test_the_parts_of_a_step_fill_its_bar_and_its_words_keep_clear(
    shares: list[tuple[float, float]], width: float
) -> None:
    steps = tuple(
        CascadeStep("Un paso con un nombre más bien largo", a, (1 - a) * b, (1 - a) * (1 - b)) for a, b in shares
    )
    svg = cascade_svg(CascadeChart("A", steps), ES, width)
    bars = of_class(svg, "chart__step")
    for bar in bars:
        parts = [node for node in bar.iter() if "chart__part" in node.get("class", "").split()]
        start = min(0.28 * width, 320.0) if width > 600 else 2.0
        assert sum(float(part.get("width", "nan")) for part in parts) == pytest.approx(width - 2 - start, abs=0.3)
    assert list(overlaps(svg)) == []
    assert outside(svg) == []


# Two dates


def test_the_rows_of_two_dates_are_the_route_and_hold_every_run_and_every_stop() -> None:
    data = pair_ribbon(ES)
    rows = pair_rows(data)
    assert rows[0]["from_hours"] == 0
    assert rows[-1]["to_hours"] == data.hours
    assert all(one["to_hours"] == other["from_hours"] for one, other in pairwise(rows))
    assert {row["from_place"] for row in rows} | {row["to_place"] for row in rows} == {stop.name for stop in data.stops}
    for side, runs in (("before", data.runs_before), ("after", data.runs_after)):
        told = {
            name: sum(r["to_hours"] - r["from_hours"] for r in rows if r[side] == name)
            for name in {r.run_class for r in runs}
        }  # type: ignore[operator,misc]
        for name, hours in told.items():
            assert hours == pytest.approx(sum(run.to_hours - run.from_hours for run in runs if run.run_class == name))


@pytest.mark.parametrize("width", WIDTHS)
def test_every_change_has_its_link_and_the_description_its_hours(width: float) -> None:
    runs_before = (PairRun("covered", 0, 10), PairRun("gap", 10, 91))
    data = replace(
        pair_ribbon(ES), runs_before=runs_before, runs_after=(PairRun("covered", 0, 40), PairRun("gap", 40, 91))
    )
    assert [(part.from_hours, part.to_hours, part.before, part.after) for part in changes(data)] == [
        (10, 40, "gap", "covered")
    ]
    svg = pair_svg(data, ES, width)
    assert len(of_class(svg, "chart__link")) == 1 + 1
    assert ES("chart.pair_changed", hours="30 h") in desc(svg)
    same = pair_svg(replace(data, runs_after=runs_before), ES, width)
    assert of_class(same, "chart__link") == []
    assert ES("chart.pair_same") in desc(same)


def test_a_part_that_no_run_holds_is_not_known_in_picture_and_table() -> None:
    data = replace(pair_ribbon(ES), runs_after=(PairRun("covered", 0, 40),))
    assert pair_rows(data)[-1]["after"] is None
    assert ES("chart.not_known") in [words for words, _ in boxes(pair_svg(data, ES, 1310))]


def test_the_rows_of_two_dates_are_cut_at_every_stop_even_where_the_class_stays() -> None:
    data = pair_ribbon(ES)
    whole = (PairRun("covered", 0, data.hours),)
    rows = pair_rows(replace(data, runs_before=whole, runs_after=whole))
    names = [stop.name for stop in data.stops]
    assert [(row["from_place"], row["to_place"]) for row in rows] == list(pairwise(names))
    assert rows[0]["country_iso3"] == "COL"
    assert not any(row["changed"] for row in rows)


def closure_boxes(svg: str) -> list[float]:
    """The lengths of the bars, those of one service after the other."""
    return [float(node.get("width", "nan")) for node in of_class(svg, "chart__swatch") if node.get("height") == "14"]


@pytest.mark.parametrize("width", WIDTHS)
def test_closure_bars_are_as_long_as_their_hours_and_nothing_is_not_drawn(width: float) -> None:
    bars = (ClosureBar("a", 10.0, 20.0, 40.0, 0.0), ClosureBar("b", 0.0, 5.0, 10.0, 10.0), ClosureBar("c", 0, 0, 0, 2))
    found = closure_boxes(closure_svg(ClosureChart("t", bars), ES, width))
    assert len(found) == 4
    assert [length / found[0] for length in found] == pytest.approx([1, 0.25, 0.5, 0.1], rel=0.02)


def test_closures_say_what_is_no_longer_known_apart_and_have_their_table() -> None:
    svg = closure_svg(closure_chart(), ES, 1310.0)
    assert "Clínica del puesto de salud: 4.6 h (0–7.2); ya no se sabe: 12 h." in desc(svg)
    assert ES("chart.closure_unknown") in [words for words, _ in boxes(svg)]
    known = ClosureChart("t", (ClosureBar("a", 1.0, 2.0, 3.0, 0.0),))
    assert ES("chart.closure_unknown") not in [words for words, _ in boxes(closure_svg(known, ES, 1310.0))]
    assert closure_rows(known) == [{"service": "a", "low": 1.0, "typical": 2.0, "high": 3.0, "unknown": 0.0}]


# ---- stacks ----------------------------------------------------------------------------------------------------------


def test_a_stack_has_a_bar_per_row_in_its_order_and_hours_by_class() -> None:
    chart = stack_chart(ES)
    assert stack_rows(chart)[:2] == [
        {"row": "Colombia", "hours": 9.5, "ready": 0.0, "pending": 0.0, "not_ready": 9.5, "unknown": 0.0},
        {"row": "Panamá", "hours": 82.0, "ready": 23.0, "pending": 14.0, "not_ready": 40.0, "unknown": 5.0},
    ]


@pytest.mark.parametrize("width", WIDTHS)
def test_the_bars_of_a_stack_are_as_long_as_their_hours(width: float) -> None:
    svg = stack_svg(stack_chart(ES), ES, width)
    lengths = {
        name: [_length(node.get("d", "")) for node in of_class(svg, f"run--{name}")] for name in ("ready", "not_ready")
    }
    assert lengths["not_ready"][0] / lengths["not_ready"][1] == pytest.approx(9.5 / 40.0, abs=0.02)
    assert lengths["ready"][0] / lengths["not_ready"][1] == pytest.approx(23.0 / 40.0, abs=0.02)


def _length(d: str) -> float:
    return abs(float(re.search(r"h(-?[0-9.]+)", d)[1]))


def test_a_stack_without_rows_or_hours_is_drawn_all_the_same() -> None:
    for rows in ((), (StackRow("A", {}),)):
        assert of_class(stack_svg(StackChart("A", stack_chart(ES).classes, rows), ES, 1310), "run") == []
