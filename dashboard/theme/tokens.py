"""Every colour of the project, and the texture, width, dash or shape that says the same without colour."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class ClassStyle:
    """How a class of stretches is drawn: on the map as a line, on strip and legend as a textured band.

    `texture` names a pattern of `theme.patterns`, drawn in `mark` over `colour`; `width_px` and `dash_px` are the
    line's on the map (an empty dash is a line without breaks).
    """

    name: str
    colour: str
    mark: str
    texture: str
    width_px: float
    dash_px: str = ""


@dataclass(frozen=True)
class SymbolStyle:
    """How a point is drawn: its shape, its fill and its outline."""

    name: str
    shape: str
    fill: str
    stroke: str


#: Colours by the role they play.
COLOURS = {
    "ink": "#1f2933",
    "muted": "#52606d",
    "line": "#e4e0d8",
    "control_line": "#7b8794",
    "paper": "#faf9f6",
    "surface": "#ffffff",
    "raised": "#f1eee7",
    "accent": "#4b2e83",
    "accent_soft": "#ece8f3",
    "on_accent": "#ffffff",
    "focus": "#b3006b",
    "notice": "#7a4a00",
    "notice_soft": "#fdf3dc",
    "error": "#9f1d20",
    "land": "#f7f4ec",
    "sea": "#eef3f6",
    "coast": "#b9b2a3",
    "border": "#8f8676",
    "admin1": "#d8d2c4",
    "network": "#8b8577",
    "map_label": "#3e4c59",
    "halo": "#ffffff",
    "hours_line": "#4b2e83",
    "hours_band": "#cfc6e2",
    "window_line": "#9f1d20",
    "grid": "#e4e0d8",
    "border_line": "#7b8794",
    "selection": "#b3006b",
    "casing": "#ffffff",
}

#: The six classes in their order; neighbours differ by lightness too, so that they hold in grey.
CLASS_STYLES = (
    ClassStyle("covered", "#299a87", "#299a87", "solid", 4),
    ClassStyle("usual_pace", "#2068a1", "#9cc4e4", "stripes", 4, "14 3"),
    ClassStyle("fast_only", "#cf7309", "#3d2200", "dots", 5, "2 6"),
    ClassStyle("gap", "#b3392c", "#ffd9d2", "hatch", 7, "9 3"),
    ClassStyle("none_ahead", "#3c0b2d", "#e9b8d8", "crosshatch", 7),
    ClassStyle("unknown", "#5b6069", "#faf9f6", "open_hatch", 3, "3 5"),
)

#: Question 2: the best role within reach of a stretch.
STATE_STYLES = (
    ClassStyle("protective", "#299a87", "#299a87", "solid", 4),
    ClassStyle("mixed", "#2068a1", "#9cc4e4", "stripes", 4, "14 3"),
    ClassStyle("control", "#cf7309", "#3d2200", "dots", 5, "2 6"),
    ClassStyle("absent", "#3c0b2d", "#e9b8d8", "crosshatch", 7),
    ClassStyle("unknown", "#5b6069", "#faf9f6", "open_hatch", 3, "3 5"),
)

#: Question 2 by hours: late, but an institution without a protective role is in reach, is a class of its own.
PRESENCE_STYLES = (
    *CLASS_STYLES[:3],
    ClassStyle("present_without", "#2b3f73", "#c9d4f0", "grid", 6, "6 2"),
    *CLASS_STYLES[3:],
)


def _like(name: str, other: str) -> ClassStyle:
    """A class of another question in the look of one of the six."""
    return replace(next(style for style in CLASS_STYLES if style.name == other), name=name)


#: Question 3: whether a report would be heard.
SILENCE_STYLES = (
    _like("heard_with_reports", "covered"),
    _like("heard_quiet", "usual_pace"),
    _like("deaf_with_reports", "fast_only"),
    _like("deaf_silent", "none_ahead"),
    _like("not_assessed", "unknown"),
)

#: The protection chain: whole, or the first link that is missing; the first link missing is the worst.
CHAIN_STYLES = (
    _like("whole", "covered"),
    _like("legal_aid", "usual_pace"),
    _like("shelter", "fast_only"),
    _like("psychosocial", "gap"),
    _like("clinical_care", "none_ahead"),
    _like("unknown", "unknown"),
)
ALL_STYLES = {
    style.name: style for style in (*STATE_STYLES, *PRESENCE_STYLES, *SILENCE_STYLES, *CHAIN_STYLES, *CLASS_STYLES)
}

#: State presence by role: the shape tells the role, the colour only that it is the State.
ROLE_STYLES = (
    SymbolStyle("protective", "disc", "#34456b", "#34456b"),
    SymbolStyle("mixed", "ring", "#ffffff", "#34456b"),
    SymbolStyle("control", "square", "#6b7480", "#6b7480"),
)

#: Services by what is known of them, reports, and what is proposed or planned: the sign in its box tells the change.
SYMBOL_STYLES = (
    SymbolStyle("service", "cross_box", "#ffffff", "#1f6f6b"),
    SymbolStyle("service_unconfirmed", "cross_box_dashed", "#ffffff", "#1f6f6b"),
    SymbolStyle("service_possible", "question_box", "#ffffff", "#52606d"),
    SymbolStyle("reports", "diamond", "#ffffff", "#7a2048"),
    SymbolStyle("proposed", "numbered_disc", "#4b2e83", "#4b2e83"),
    SymbolStyle("planned", "signed_box", "#ffffff", "#4b2e83"),
)


def class_style(name: str) -> ClassStyle:
    """The style of a class of any question; KeyError where none has it."""
    return ALL_STYLES[name]


def css_variables() -> str:
    """The tokens as custom properties of `:root`: `--ink`, `--class-gap`, `--role-mixed-stroke` and so on."""
    pairs = list(COLOURS.items())
    pairs += [(f"class-{style.name}", style.colour) for style in ALL_STYLES.values()]
    pairs += [(f"class-{style.name}-mark", style.mark) for style in ALL_STYLES.values()]
    for kind, styles in (("role", ROLE_STYLES), ("symbol", SYMBOL_STYLES)):
        pairs += [(f"{kind}-{style.name}-fill", style.fill) for style in styles]
        pairs += [(f"{kind}-{style.name}-stroke", style.stroke) for style in styles]
    lines = "\n".join(f"  --{name.replace('_', '-')}: {colour};" for name, colour in pairs)
    return f":root {{\n{lines}\n}}\n"


def line_styles() -> dict[str, dict[str, object]]:
    """What the browser needs to draw a run on the map, by class: colour, weight in px, dash, casing below."""
    return {
        style.name: {
            "color": style.colour,
            "weight": style.width_px,
            "dashArray": style.dash_px or None,
            "casing": COLOURS["casing"],
            "lineCap": "butt",
        }
        for style in ALL_STYLES.values()
    }
