"""SVG as text: every value escaped, every number finite and short, no style and no colour."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_REPLACED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"})


def escaped(text: str) -> str:
    """The text as XML: the five signs as entities; characters that XML cannot carry are left out."""
    return _NOT_XML.sub("", text).translate(_REPLACED)


def number(value: float) -> str:
    """A length in px with at most one decimal. Raises ValueError where it is not finite."""
    if not math.isfinite(value):
        raise ValueError(f"{value} is not a length that can be drawn.")
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def element(name: str, *children: str, **attributes: str | float) -> str:
    """One element. Children are SVG text already; attribute names lose a last `_`, and other `_` become `-`."""
    written = "".join(f' {_attribute(key)}="{_value(value)}"' for key, value in attributes.items())
    return f"<{name}{written}>{''.join(children)}</{name}>" if children else f"<{name}{written}/>"


def _attribute(key: str) -> str:
    return key.removesuffix("_").replace("_", "-") if key not in CAMEL else CAMEL[key]


#: Attributes whose names are not lower case with hyphens.
CAMEL = {"view_box": "viewBox", "pattern_units": "patternUnits", "pattern_transform": "patternTransform"}


def _value(value: str | float) -> str:
    return escaped(value) if isinstance(value, str) else number(value)


def group(children: Iterable[str], **attributes: str | float) -> str:
    """A group of elements; "" where there are none."""
    inside = "".join(children)
    return element("g", inside, **attributes) if inside else ""


def text(x: float, y: float, words: str, size: float, class_: str, anchor: str = "start") -> str:
    """One line of text with its baseline at `y`; `anchor` is start, middle or end."""
    more = {} if anchor == "start" else {"text_anchor": anchor}
    return element("text", escaped(words), x=x, y=y, font_size=size, class_=class_, **more)


def path(points: Iterable[tuple[float, float]], class_: str, *, closed: bool = False) -> str:
    """A line through the points (px), or the area within them; "" where there are fewer than two."""
    steps = [f"{number(x)} {number(y)}" for x, y in points]
    if len(steps) < 2:
        return ""
    return element("path", d=f"M{'L'.join(steps)}{'Z' if closed else ''}", class_=class_)
