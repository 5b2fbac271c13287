"""What all charts share: the SVG around a drawing, its legend, words on a plate, and the hatch where nothing is known."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from dashboard.drawing.measure import lines_of, text_width
from dashboard.drawing.svg import element, escaped, group, number, text
from dashboard.text import Texts
from dashboard.theme.patterns import pattern_id, svg_patterns
from dashboard.theme.tokens import class_style
from geodata.units import Month

SIZE = 12.0  # px, words that name a part of the chart
SMALL = 11.0
LINE = 15.0
MARGIN = 2.0
#: Below this width in px a chart takes its narrow form.
NARROW = 600.0

Value = str | float | int | bool | None
#: Left, top, right and bottom in px.
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class ChartClass:
    """A class of stretches: its name in the theme, and its words in the reader's language."""

    name: str
    words: str


@dataclass(frozen=True)
class Block:
    """A part of a drawing, and the px of height that it takes."""

    drawn: str
    height: float


def figure(
    kind: str,
    names: tuple[str, str],
    drawn: Iterable[str],
    size: tuple[float, float],
    prefix: str,
    texts: Texts,
    classes: Collection[str] = (),
) -> str:
    """A chart as SVG text: its `names` are title and description, its `size` is width and height in px.

    It brings along the textures of its `classes`.
    """
    title, description = names
    width, height = size
    return element(
        "svg",
        element("title", escaped(title), id=f"{prefix}-title"),
        element("desc", escaped(f"{description} {texts('chart.desc_table')}"), id=f"{prefix}-desc"),
        svg_patterns(prefix, classes),
        _blank_pattern(prefix),
        group(drawn, class_="chart__drawing", aria_hidden="true"),
        xmlns="http://www.w3.org/2000/svg",
        class_=f"chart chart--{kind} chart--{'narrow' if width < NARROW else 'wide'}",
        view_box=f"0 0 {width:.0f} {height:.0f}",
        width=width,
        height=round(height),
        role="img",
        aria_labelledby=f"{prefix}-title",
        aria_describedby=f"{prefix}-desc",
    )


def class_fill(name: str, prefix: str) -> str:
    """The fill of a shape in the theme's texture of a class; KeyError where the theme has no such class."""
    return f"url(#{pattern_id(class_style(name).name, prefix)})"


def blank_fill(prefix: str) -> str:
    """The fill of a shape that stands where nothing is known: a hatch that no class has."""
    return f"url(#{prefix}-chart-blank)"


def _blank_pattern(prefix: str) -> str:
    ground = element("rect", width=7, height=7, class_="chart__blank-ground")
    mark = element("path", d="M-1 1L1 -1M0 7L7 0M6 8L8 6", class_="chart__blank-mark")
    return element(
        "defs",
        element("pattern", ground, mark, id=f"{prefix}-chart-blank", width=7, height=7, pattern_units="userSpaceOnUse"),
    )


def boxes_path(boxes: Iterable[Box], fill: str, class_: str) -> str:
    """Rectangles as one path, those that meet side by side in one outline; "" without any. They come from left to right.

    Their edges lie on whole px, so that neighbours meet without a seam; none is thinner than 1 px.
    """
    chains: list[list[tuple[int, int, int, int]]] = []
    for left, top, right, bottom in (tuple(round(edge) for edge in box) for box in boxes):
        box = (left, top, max(left + 1, right), max(top + 1, bottom))
        if chains and chains[-1][-1][2] == left and _touch(chains[-1][-1], box):
            chains[-1].append(box)
        else:
            chains.append([box])
    return element("path", d="".join(_outline(chain) for chain in chains), fill=fill, class_=class_) if chains else ""


def _touch(one: tuple[int, int, int, int], other: tuple[int, int, int, int]) -> bool:
    return one[1] < other[3] and other[1] < one[3]


def _outline(chain: Sequence[tuple[int, int, int, int]]) -> str:
    """Along the tops to the right and back along the bottoms, in steps from where one stands: the shortest text."""
    x, y = chain[0][:2]
    steps = [f"M{x} {y}"]
    there = [(right, top) for _, top, right, _ in chain]
    back = [(left, bottom) for left, _, _, bottom in reversed(chain)]
    for at_x, at_y in [*there, *back]:
        steps += [f"v{at_y - y}"] * (at_y != y) + [f"h{at_x - x}"] * (at_x != x)
        x, y = at_x, at_y
    return "".join([*steps, "z"])


def ticks_path(ends: tuple[float, float], y: float, places: Iterable[float], class_: str) -> str:
    """A line from end to end (px) with a tick of 5 px below it at each place, in one path."""
    line = f"M{number(ends[0])} {number(y)}H{number(ends[1])}"
    return element("path", d=line + "".join(f"M{number(at)} {number(y)}v5" for at in places), class_=class_)


def rule(x1: float, y1: float, x2: float, y2: float, class_: str) -> str:
    """A straight line."""
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, class_=class_)


def plate(x: float, y: float, words: str, size: float = SMALL) -> str:
    """Words centred on a light plate, so that they can be read on any texture."""
    width = text_width(words, size) + 8.0
    ground = element("rect", x=x - width / 2, y=y - 8, width=width, height=16, rx=3, class_="chart__plate")
    return ground + text(x, y + 4, words, size, "chart__plate-words", "middle")


def plate_where_room(left: float, right: float, y: float, words: str) -> str:
    """A plate in the middle between two px; "" where the words do not fit."""
    return plate((left + right) / 2, y, words) if text_width(words, SMALL) + 12.0 <= right - left else ""


def paragraph(x: float, y: float, words: str, width: float, class_: str, size: float = SMALL) -> Block:
    """Words in lines no wider than `width`, the first line's top at `y`."""
    lines = lines_of(words, size, width)
    drawn = "".join(text(x, y + 11 + LINE * n, line, size, class_) for n, line in enumerate(lines))
    return Block(drawn, LINE * len(lines))


def swatch(x: float, y: float, fill: str, class_: str = "chart__swatch") -> str:
    """A key of the legend: a small rectangle in a texture."""
    return element("rect", x=x, y=y, width=24, height=12, fill=fill, class_=class_)


def legend(keys: Sequence[tuple[str, str]], y: float, width: float) -> Block:
    """Keys and their words, beside one another as far as they fit; no keys, no height.

    Each key is drawn at 0, 0 and at most 24 px wide and 12 px high.
    """
    left, drawn, x = MARGIN, [], MARGIN
    top = y
    for key, words in keys:
        lines = lines_of(words, SMALL, width - 36.0)
        room = 34.0 + max(text_width(line, SMALL) for line in lines)
        if x > left and x + room > width:
            x, top = left, top + LINE + 4
        drawn.append(element("g", key, transform=f"translate({number(x)} {number(top)})"))
        drawn += [text(x + 30, top + 10 + LINE * n, line, SMALL, "chart__key") for n, line in enumerate(lines)]
        top += LINE * (len(lines) - 1)
        x += room + 14.0
    return Block("".join(drawn), top + LINE + 8 - y if keys else 0.0)


def class_keys(classes: Iterable[ChartClass], prefix: str) -> list[tuple[str, str]]:
    """The legend's keys of classes."""
    return [(swatch(0, 0, class_fill(one.name, prefix)), one.words) for one in classes]


def month_marks(as_of: str, since: str, texts: Texts) -> list[tuple[str, str, str]]:
    """The months that a chart marks, the earlier question first: kind of mark, month and words; "" is not marked."""
    marks = [("since", since, "chart.since"), ("as-of", as_of, "chart.as_of")]
    return [
        (kind, month, texts(key, month=texts.month_short(Month.parse(month)))) for kind, month, key in marks if month
    ]


def mark_words(at: float, y: float, words: str, kind: str, ends: tuple[float, float]) -> str:
    """The words of a mark above its line, pushed inwards so that they stay between both ends (px)."""
    half = text_width(words, SMALL) / 2
    x = max(ends[0] + half, min(ends[1] - half, at))
    return text(x, y, words, SMALL, f"chart__mark-words chart__mark-words--{kind}", "middle")
