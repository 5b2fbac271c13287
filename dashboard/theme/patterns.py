"""The textures that tell the classes apart without colour, as SVG patterns."""

from __future__ import annotations

from collections.abc import Collection

from dashboard.theme.tokens import ALL_STYLES, ClassStyle

#: What is drawn over the ground, in a square of SIDE user units; "{mark}" is the mark's colour.
SIDE = 8
TEXTURES = {
    "solid": "",
    "stripes": '<path d="M0 2H8M0 6H8" stroke="{mark}" stroke-width="1"/>',
    "dots": '<circle cx="2" cy="2" r="1.2" fill="{mark}"/><circle cx="6" cy="6" r="1.2" fill="{mark}"/>',
    "hatch": '<path d="M-2 2L2 -2M0 8L8 0M6 10L10 6" stroke="{mark}" stroke-width="1.6"/>',
    "crosshatch": '<path d="M0 8L8 0M0 0L8 8" stroke="{mark}" stroke-width="0.9"/>',
    "grid": '<path d="M0 4H8M4 0V8" stroke="{mark}" stroke-width="1.2"/>',
    "open_hatch": '<path d="M-2 6L2 10M0 0L8 8M6 -2L10 2" stroke="{mark}" stroke-width="3"/>',
}


def pattern_id(name: str, prefix: str = "texture") -> str:
    """The id of a class's pattern, to be filled with `url(#…)`; a prefix keeps two drawings on one page apart."""
    return f"{prefix}-{name}"


def svg_patterns(prefix: str = "texture", names: Collection[str] | None = None) -> str:
    """The `<defs>` with one pattern per class, ids by `pattern_id`; with `names`, those classes alone."""
    return (
        "<defs>"
        + "".join(_pattern(style, prefix) for name, style in ALL_STYLES.items() if names is None or name in names)
        + "</defs>"
    )


def _pattern(style: ClassStyle, prefix: str) -> str:
    drawn = TEXTURES[style.texture].format(mark=style.mark)
    return (
        f'<pattern id="{pattern_id(style.name, prefix)}" width="{SIDE}" height="{SIDE}" patternUnits="userSpaceOnUse">'
        f'<rect width="{SIDE}" height="{SIDE}" fill="{style.colour}"/>{drawn}</pattern>'
    )
