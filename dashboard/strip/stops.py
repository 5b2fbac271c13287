"""The names of stops along a strip, and everything on it that can be chosen by pointer or keyboard."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dashboard.drawing.labels import MUST, Placed, Wish, strip_layout
from dashboard.drawing.measure import in_two_lines, label_of, lines_of, text_width
from dashboard.drawing.svg import element, group, path, text
from dashboard.strip.curve import chains, off_route
from dashboard.strip.data import SEVERITY, Run, Stop, Stretch, StripData
from dashboard.strip.scene import SIZE, Scene
from dashboard.strip.words import stop_words, stretch_words

TARGET = 24.5  # px, the least size of what can be hit: 24, and what a browser may round away
_LINE = 13.0
_ONE_LINE = 110.0
_MOST_LINES = 3


def importance(stop: Stop, data: StripData) -> float:
    """How much a stop's name matters: the ends and the selected one, then services, tops of the saw-tooth, borders."""
    if stop.place_id in (data.stops[0].place_id, data.stops[-1].place_id) or data.selected == f"place:{stop.place_id}":
        return MUST
    near = [abs(border.at_hours - stop.at_hours) for border in data.borders]
    jump = max(
        (piece.top.typical for piece in chains(data) if abs(piece.from_hours - stop.at_hours) < 1e-6), default=0.0
    )
    return (
        10.0
        + 50.0 * _beside_service(stop, data)
        + 20.0 * (min(near, default=math.inf) < 0.01 * data.hours)
        + min(25.0, 25.0 * jump / data.window_hours)
        + min(15.0, 60.0 * _alone(stop, data) / data.hours if data.hours else 0.0)
    )


def _beside_service(stop: Stop, data: StripData) -> bool:
    return any(mark.place_id == stop.place_id for mark in data.services) or any(
        abs(at_hours - stop.at_hours) < 1e-6 for at_hours in off_route(data)
    )


def _alone(stop: Stop, data: StripData) -> float:
    """Hours to the nearest other stop: a name far from others helps to find one's way."""
    return min((abs(other.at_hours - stop.at_hours) for other in data.stops if other is not stop), default=0.0)


def label_wishes(scene: Scene) -> list[Wish]:
    """What the names of the stops ask for, in px, in the order of travel; a place passed twice asks once."""
    seen: dict[str, Wish] = {}
    for stop in scene.data.stops:
        if stop.place_id not in seen:
            seen[stop.place_id] = _wish(scene, stop)
    return list(seen.values())


def _wish(scene: Scene, stop: Stop) -> Wish:
    name = label_of(stop.name)
    if scene.frame.upright:
        lines = lines_of(name, SIZE, scene.labels[1] - scene.labels[0] - 4)
        height = max(TARGET, _LINE * len(lines) + 4)
    else:
        lines = (name,) if text_width(name, SIZE) <= _ONE_LINE else in_two_lines(name, SIZE)
        height = TARGET
    width = max(TARGET, 6.0 + max((text_width(line, SIZE) for line in lines), default=0.0))
    return Wish(stop.place_id, scene.frame.along(stop.at_hours), lines, width, height, importance(stop, scene.data))


def placed_labels(scene: Scene) -> tuple[Placed, ...]:
    """The names that find room. Upright, one too wide or too long for the column is left out rather than cut."""
    wishes = label_wishes(scene)
    if not scene.frame.upright:
        return strip_layout(wishes, scene.frame.start_px - 4, scene.width - 2, rows=scene.label_rows)
    room = scene.labels[1] - scene.labels[0] + 2
    fitting = [wish for wish in wishes if wish.width <= room and len(wish.lines) <= _MOST_LINES]
    return strip_layout(fitting, scene.frame.start_px - 12, scene.frame.end_px + 12, rows=None)


def axis(scene: Scene, labels: Sequence[Placed]) -> Iterator[str]:
    """A tick for every stop, and the leaders from the axis to the names."""
    for stop in scene.data.stops:
        at, near = scene.frame.along(stop.at_hours), _axis_px(scene)
        yield path(
            [scene.frame.point(at, near), scene.frame.point(at, near + (-5 if scene.frame.upright else 5))],
            "strip__stop-tick",
        )
    for label in labels:
        yield path(_leader(scene, label), "strip__leader")


def _axis_px(scene: Scene) -> float:
    return scene.ribbon[0] if scene.frame.upright or scene.across is None else scene.across.zero_px


def _leader(scene: Scene, label: Placed) -> list[tuple[float, float]]:
    at, near = label.wish.at_px, _axis_px(scene)
    if scene.frame.upright:
        middle = (label.from_px + label.to_px) / 2
        return [(near - 5, at), (near - 11, middle), (scene.labels[1] + 1, middle)]
    return [(at, near + 5), (at, _row_top(scene, label) + TARGET)]


def _row_top(scene: Scene, label: Placed) -> float:
    height = (scene.labels[1] - scene.labels[0]) / scene.label_rows
    return scene.labels[0] + height * label.row + 2


def stop_target(scene: Scene, stop: Stop, label: Placed) -> str:
    """The name of a stop as a button: its words over a rectangle that is large enough to hit."""
    here = " stop--here" if any(mark.place_id == stop.place_id for mark in scene.data.services) else ""
    box = _label_box(scene, label)
    first = box["y"] + box["height"] / 2 + 4 - _LINE * (len(label.wish.lines) - 1) / 2
    x, anchor = _words_at(scene, label, box)
    words = [text(x, first + _LINE * n, line, SIZE, "stop__name", anchor) for n, line in enumerate(label.wish.lines)]
    at = f"place:{stop.place_id}"
    return _target(
        scene,
        at,
        stop_words(stop, scene.data, scene.texts),
        f"stop{here}",
        [element("rect", **box, class_="target"), *words],
    )


def _label_box(scene: Scene, label: Placed) -> dict[str, float]:
    if scene.frame.upright:
        return {"x": 0.0, "y": label.from_px, "width": scene.labels[1], "height": label.to_px - label.from_px}
    return {"x": label.from_px, "y": _row_top(scene, label), "width": label.to_px - label.from_px, "height": TARGET}


def _words_at(scene: Scene, label: Placed, box: dict[str, float]) -> tuple[float, str]:
    if scene.frame.upright:
        return box["x"] + box["width"] - 2, "end"
    return (label.wish.at_px + 4, "start") if label.flag == "right" else (label.wish.at_px - 4, "end")


def _target(scene: Scene, at: str, words: str, class_: str, children: Sequence[str], **more: str | float) -> str:
    chosen = {"aria_current": "true"} if at == scene.data.selected else {}
    return group(
        children,
        class_=f"{class_} strip__target",
        role="button",
        tabindex="0",
        data_at=at,
        aria_label=words,
        **chosen,
        **more,
    )


@dataclass(frozen=True)
class Piece:
    """A part of one leg in one class: the smallest thing on the strip that can be chosen."""

    stretch: Stretch
    run: Run
    from_hours: float
    to_hours: float


def pieces(data: StripData) -> tuple[Piece, ...]:
    """The route cut at its stops and wherever the class changes, in the order of travel; together they are the route."""
    cut = [
        Piece(stretch, run, max(stretch.start_hours, run.from_hours), min(stretch.end_hours, run.to_hours))
        for stretch in data.stretches
        for run in data.runs
        if run.to_hours > stretch.start_hours and run.from_hours < stretch.end_hours
    ]
    return tuple(sorted(cut, key=lambda piece: piece.from_hours))


def target_groups(scene: Scene) -> list[list[Piece]]:
    """The pieces joined to neighbours until each group is at least as long as a target must be."""
    groups: list[list[Piece]] = []
    for piece in pieces(scene.data):
        if groups and _length_px(scene, groups[-1]) < TARGET:
            groups[-1].append(piece)
        else:
            groups.append([piece])
    if len(groups) > 1 and _length_px(scene, groups[-1]) < TARGET:
        groups[-2:] = [groups[-2] + groups[-1]]
    return groups


def _length_px(scene: Scene, parts: Sequence[Piece]) -> float:
    return scene.frame.along(parts[-1].to_hours) - scene.frame.along(parts[0].from_hours)


def stretch_target(scene: Scene, parts: Sequence[Piece]) -> str:
    """A part of the journey as a button over ribbon and chart; it names its longest piece, and says the worst class."""
    longest = max(parts, key=lambda piece: piece.to_hours - piece.from_hours)
    worst = max((piece.run.run_class for piece in parts), key=SEVERITY.index)
    km = longest.stretch.leg_km_at((longest.from_hours + longest.to_hours) / 2)
    near, far = scene.ribbon[0], scene.across.cap_px if scene.frame.upright and scene.across else _axis_px(scene)
    far = max(far, scene.ribbon[1]) if scene.across else scene.ribbon[0] + TARGET
    box = scene.frame.box(scene.frame.along(parts[0].from_hours), scene.frame.along(parts[-1].to_hours), near, far)
    words = stretch_words(parts[0].stretch, parts[-1].stretch, worst, scene.data, scene.texts)
    ends = {
        "data_from_km": f"{longest.stretch.leg_km_at(longest.from_hours):.2f}",
        "data_to_km": f"{longest.stretch.leg_km_at(longest.to_hours):.2f}",
    }
    at = f"leg:{longest.stretch.leg_id}@{km:.1f}"
    return _target(scene, at, words, "stretch", [element("rect", **box, class_="target")], **ends)


def targets(scene: Scene, labels: Sequence[Placed]) -> Iterator[str]:
    """All buttons in the order of the journey: each stop that has a name, and the stretches between."""
    at_stop = {stop.place_id: stop for stop in reversed(scene.data.stops)}
    ordered = [(label.wish.at_px, 0, stop_target(scene, at_stop[label.wish.key], label)) for label in labels]
    ordered += [
        (scene.frame.along(parts[0].from_hours), 1, stretch_target(scene, parts)) for parts in target_groups(scene)
    ]
    yield from (button for *_, button in sorted(ordered, key=lambda one: one[:2]))
