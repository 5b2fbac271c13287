"""The drawing of the strip: well formed, complete, told without colour, and every button named and large enough."""

from __future__ import annotations

import itertools
import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from records import CAPABILITIES

from dashboard.drawing.svg import escaped, number
from dashboard.strip import Lane, Run, Silence, StripData, strip_svg
from dashboard.text import Texts
from dashboard.theme.patterns import svg_patterns
from tests.dashboard.strips import APRIL, CLASSES, DARIEN, FEBRUARY, Leg, full, strip_of
from tests.dashboard.test_strip_values import strips

SVG = "{http://www.w3.org/2000/svg}"
ES = Texts("es")
LAYOUTS = [(1310.0, "horizontal"), (760.0, "horizontal"), (328.0, "upright"), (600.0, "upright")]
FULL = full(APRIL, CAPABILITIES)


def drawn(data: StripData, width: float = 1310.0, orientation: str = "horizontal", **more: object) -> ET.Element:
    return ET.fromstring(strip_svg(data, ES, width, orientation, **more))  # type: ignore[arg-type]  # noqa: S314 - ours


def of_class(root: ET.Element, name: str) -> list[ET.Element]:
    return [node for node in root.iter() if name in node.get("class", "").split()]


def buttons(root: ET.Element) -> list[ET.Element]:
    return [node for node in root.iter() if node.get("role") == "button"]


def box(button: ET.Element) -> tuple[float, float, float, float]:
    rect = button.find(f"{SVG}rect")
    assert rect is not None
    x, y, width, height = (float(rect.get(name, "nan")) for name in ("x", "y", "width", "height"))
    return x, y, x + width, y + height


@settings(max_examples=40)
@given(strips, st.sampled_from(LAYOUTS))
def test_any_strip_is_well_formed_and_says_nothing_that_is_not_a_number(
    data: StripData, layout: tuple[float, str]
) -> None:
    written = strip_svg(data, ES, *layout)  # type: ignore[arg-type]
    ET.fromstring(written)  # noqa: S314 - ours
    assert not re.search(r"\b(nan|inf|None|-0)\b", re.sub(r'(aria-label|data-at)="[^"]*"', "", written), re.IGNORECASE)


@settings(max_examples=40)
@given(strips, st.sampled_from(LAYOUTS))
def test_every_class_of_the_data_is_on_the_ribbon(data: StripData, layout: tuple[float, str]) -> None:
    ribbon = of_class(drawn(data, *layout), "strip__ribbon")[0]
    for name in {run.run_class for run in data.runs}:
        assert of_class(ribbon, f"run--{name}")


@settings(max_examples=40)
@given(strips)
def test_the_ribbon_covers_the_whole_journey(data: StripData) -> None:
    ribbon = of_class(drawn(data), "strip__ribbon")[0]
    runs = of_class(ribbon, "run")
    spans = sorted((float(run.get("x", "nan")), float(run.get("width", "nan"))) for run in runs)
    plot = of_class(drawn(data), "strip__plot")[0]
    assert spans[0][0] == float(plot.get("x", "nan"))
    assert spans[-1][0] + spans[-1][1] == pytest.approx(
        float(plot.get("x", "nan")) + float(plot.get("width", "nan")), abs=1.2
    )
    for before, after in itertools.pairwise(spans):
        assert before[0] + before[1] >= after[0] - 0.2


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("data", [FEBRUARY, FULL], ids=["february", "full"])
def test_every_button_is_named_focusable_and_at_least_24_px(data: StripData, layout: tuple[float, str]) -> None:
    found = buttons(drawn(data, *layout))
    assert {"leg", "place"} == {node.get("data-at", "").split(":")[0] for node in found}
    for node in found:
        left, top, right, bottom = box(node)
        assert node.get("tabindex") == "0"
        assert len(node.get("aria-label", "").split()) > 4
        assert right - left >= 24
        assert bottom - top >= 24


@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_button_lies_over_another_or_outside_the_drawing(layout: tuple[float, str]) -> None:
    root = drawn(FULL, *layout)
    width, height = (float(part) for part in root.get("viewBox", "").split()[2:])
    boxes = [box(node) for node in buttons(root)]
    for n, (left, top, right, bottom) in enumerate(boxes):
        assert left >= 0
        assert top >= 0
        assert right <= width
        assert bottom <= height
        for x1, y1, x2, y2 in boxes[:n]:
            assert not (left < x2 - 0.11 and x1 < right - 0.11 and top < y2 - 0.11 and y1 < bottom - 0.11)


def test_buttons_come_in_the_order_of_the_journey() -> None:
    places = [
        node.get("data-at", "")[6:] for node in buttons(drawn(APRIL)) if node.get("data-at", "").startswith("place:")
    ]
    journey = [stop.place_id for stop in APRIL.stops if stop.place_id in places]
    assert places == journey


def test_a_button_on_a_stretch_says_where_how_long_and_what_class() -> None:
    words = [node.get("aria-label", "") for node in buttons(drawn(APRIL)) if node.get("data-at", "").startswith("leg:")]
    assert "Necoclí" in words[0]
    assert "92 h (57–269)" in words[0]
    assert ES("class.fast_only") in words[0]


def test_what_is_chosen_is_marked_for_eye_and_ear() -> None:
    root = drawn(replace(APRIL, selected="place:Acandí"))
    assert [node.get("data-at") for node in buttons(root) if node.get("aria-current") == "true"] == ["place:Acandí"]
    assert of_class(root, "strip__selected")
    assert not of_class(drawn(replace(APRIL, selected="place:elsewhere")), "strip__selected")
    assert of_class(drawn(replace(APRIL, selected=f"leg:{APRIL.stretches[3].leg_id}@1.5")), "strip__selected")


def test_the_figure_has_a_name_and_a_description_and_the_rest_is_silent() -> None:
    root = drawn(APRIL)
    title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert desc is not None
    assert root.get("role") == "group"
    assert root.get("aria-labelledby") == title.get("id")
    assert root.get("aria-describedby") == desc.get("id")
    assert "92 h (57–269)" in (desc.text or "")
    assert of_class(root, "strip__drawing")[0].get("aria-hidden") == "true"


def test_a_band_that_goes_on_beyond_the_chart_has_arrows_and_the_figure_it_goes_to() -> None:
    for layout in LAYOUTS:
        root = drawn(APRIL, *layout)
        assert of_class(root, "strip__cut--band")
        assert "269" in " ".join(node.text or "" for node in of_class(root, "strip__cut-note"))
    assert not of_class(drawn(strip_of(DARIEN, ["EMI Sur"], 300.0)), "strip__cut")


def test_none_ahead_and_unknown_are_drawn_as_what_they_are_and_never_as_a_line() -> None:
    legs = [Leg("A", "B", (1, 2, 3), 10), Leg("B", "C", (10, 20, 30), 10, valid=False), Leg("C", "D", (10, 20, 30), 10)]
    root = drawn(strip_of(legs, []))
    assert of_class(root, "blank--none_ahead")
    assert of_class(root, "blank--unknown")
    assert not of_class(root, "strip__line")
    assert ES("class.unknown") in [node.text for node in root.iter(f"{SVG}text")]


def test_each_class_has_a_texture_of_its_own_so_that_it_reads_in_black_and_white() -> None:
    patterns = ET.fromstring(f"<svg>{svg_patterns('strip')}</svg>").iter("pattern")  # noqa: S314 - ours
    shapes = {pattern.get("id"): _without_colour(pattern) for pattern in patterns}
    used = [shapes[f"strip-{name}"] for name in CLASSES]
    assert len(set(used)) == len(CLASSES)


def _without_colour(pattern: ET.Element) -> str:
    parts = [
        f"{node.tag} {sorted((k, v) for k, v in node.items() if k not in ('fill', 'stroke', 'id'))}"
        for node in pattern.iter()
    ]
    return "|".join(parts)


def test_fills_point_at_textures_that_are_there() -> None:
    data = replace(APRIL, runs=tuple(Run(name, n * 10.0, n * 10.0 + 10, n, n + 1) for n, name in enumerate(CLASSES)))
    written = strip_svg(data, ES, 1310, prefix="left")
    assert set(re.findall(r"url\(#([^)]+)\)", written)) <= set(re.findall(r'id="([^"]+)"', written))
    assert all(name.startswith("left-") for name in re.findall(r' id="([^"]+)"', written))


def test_the_drawing_itself_has_no_style_script_or_colour() -> None:
    written = re.sub(r"<defs>.*?</defs>", "", strip_svg(FULL, ES, 1310))
    assert not re.search(
        r"<(style|script|image|foreignObject)|\s(style|on\w+|href|stroke)=|#[0-9a-fA-F]{3,6}\b(?!\))", written
    )


def test_a_full_route_with_nine_lanes_stays_below_60_kb() -> None:
    legs = [
        Leg(f"Lugar de paso {n}", f"Lugar de paso {n + 1}", (2, 6, 20), 60, ("PAN", "CRI")[n // 4 % 2])
        for n in range(32)
    ]
    data = full(strip_of(legs, [f"Lugar de paso {n}" for n in range(3, 33, 3)], 24.0), CAPABILITIES)
    for width, orientation in LAYOUTS:
        assert (
            len(strip_svg(data, ES, width, orientation, lanes=[*CAPABILITIES, "state", "reports"]).encode()) <= 60_000
        )  # type: ignore[arg-type]


def test_lanes_are_drawn_as_asked() -> None:
    assert len(of_class(drawn(FULL), "strip__row--lane")) == 9
    assert len(of_class(drawn(FULL), "strip__row--state")) == 3
    assert [
        len(of_class(drawn(FULL, lanes=asked), "strip__row")) for asked in ([], ["shelter"], ["shelter", "reports"])
    ] == [0, 1, 2]
    assert len(of_class(drawn(FULL, 328, "upright"), "strip__row")) == 1


def test_on_a_phone_many_lanes_take_the_place_of_the_chart() -> None:
    narrow = drawn(FULL, 328, "upright", lanes=CAPABILITIES)
    assert len(of_class(narrow, "strip__row--lane")) == 9
    assert not of_class(narrow, "strip__chart")
    assert of_class(drawn(FULL, 600, "upright", lanes=CAPABILITIES), "strip__chart")


def test_a_deaf_stretch_is_a_band_with_its_name() -> None:
    root = drawn(replace(APRIL, silences=(Silence(1.5, 73.0, "deaf"),)))
    assert of_class(root, "silence--deaf")
    assert ES("strip.silence_deaf") in [node.text for node in root.iter(f"{SVG}text")]


def test_figures_beyond_the_lines_are_counted() -> None:
    data = replace(FULL, reports=FULL.reports * 5)
    words = [node.text for node in drawn(data).iter(f"{SVG}text")]
    assert ES("strip.reports_more", count=2) in words


@pytest.mark.parametrize("lang", ["es", "en", "pt", "fr"])
@pytest.mark.parametrize("question", ["clinical_care", "state:protective"])
def test_every_language_has_the_words(lang: str, question: str) -> None:
    lanes = tuple(Lane(name, FULL.runs) for name in ("state:protective", "state:mixed", "state:control"))
    data = FULL if question == "clinical_care" else replace(FULL, capability=question, lanes=lanes)
    for width, orientation in LAYOUTS:
        assert strip_svg(data, Texts(lang), width, orientation)  # type: ignore[arg-type]


@given(st.text())
def test_names_can_hold_anything_and_change_nothing_but_the_words(name: str) -> None:
    stops = (replace(APRIL.stops[0], name=f"<b>&\"'{name}"), *APRIL.stops[1:])
    root = drawn(replace(APRIL, stops=stops, route_name=name))
    assert not root.findall(f".//{SVG}b")


@given(st.text())
def test_escaped_text_comes_back_the_same_but_for_what_xml_cannot_carry(words: str) -> None:
    back = ET.fromstring(f'<t a="{escaped(words)}">{escaped(words)}</t>').text or ""  # noqa: S314 - ours
    assert back.replace("\r", "\n") == "".join(
        sign for sign in words if sign in escaped(sign) or sign in "&<>\"'"
    ).replace("\r\n", "\n").replace("\r", "\n")


def test_a_length_that_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="can be drawn"):
        number(float("nan"))
    assert [number(value) for value in (1.0, 1.26, -0.01)] == ["1", "1.3", "0"]


def test_a_place_passed_twice_has_one_button() -> None:
    there_and_back = [Leg("A", "B", (1, 2, 3), 10), Leg("B", "A", (1, 2, 3), 10), Leg("A", "C", (1, 2, 3), 10)]
    assert [node.get("data-at") for node in buttons(drawn(strip_of(there_and_back, ["C"])))].count("place:A") == 1


@pytest.mark.parametrize("layout", LAYOUTS)
def test_both_ends_and_what_is_chosen_have_their_names_in_any_crowd(layout: tuple[float, str]) -> None:
    legs = [Leg(f"Lugar {n}", f"Lugar {n + 1}", (1, 2, 3), 10) for n in range(60)]
    data = replace(strip_of(legs, [f"Lugar {n}" for n in range(1, 60)]), selected="place:Lugar 31")
    places = [node.get("data-at") for node in buttons(drawn(data, *layout))]
    assert {"place:Lugar 0", "place:Lugar 31", "place:Lugar 60"} <= set(places)
