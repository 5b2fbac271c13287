"""Colours that hold for everyone: under three colour-vision deficiencies, in grey, and against what lies behind."""

from __future__ import annotations

import itertools
import re
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from dashboard.theme.patterns import TEXTURES, pattern_id, svg_patterns
from dashboard.theme.tokens import (
    ALL_STYLES,
    CHAIN_STYLES,
    CLASS_STYLES,
    COLOURS,
    PRESENCE_STYLES,
    ROLE_STYLES,
    SILENCE_STYLES,
    STATE_STYLES,
    SYMBOL_STYLES,
    class_style,
    css_variables,
    line_styles,
)
from geodata.coverage import CLASSES
from geodata.schema import ROLES

#: Machado, Oliveira and Fernandes (2009), severity 1, on linear sRGB.
DEFICIENCIES = {
    "normal": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
    "grey": np.tile([0.2126, 0.7152, 0.0722], (3, 1)),
}
TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
D65 = np.array([0.95047, 1.0, 1.08883])
GROUNDS = ("paper", "surface", "land", "sea")


def linear(colour: str) -> np.ndarray:
    parts = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def luminance(colour: str) -> float:
    return float(linear(colour) @ [0.2126, 0.7152, 0.0722])


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def lab(colour: str, seen_with: str) -> tuple[float, float, float]:
    """CIE L*a*b* of a colour as it is seen."""
    xyz = TO_XYZ @ np.clip(DEFICIENCIES[seen_with] @ linear(colour), 0, 1) / D65
    x, y, z = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def difference(one: tuple[float, float, float], other: tuple[float, float, float]) -> float:
    """CIEDE2000, as Sharma, Wu and Dalal (2005) write it."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    mean_c = (np.hypot(a1, b1) + np.hypot(a2, b2)) / 2
    g = 0.5 * (1 - np.sqrt(mean_c**7 / (mean_c**7 + 25**7)))
    a1, a2 = (1 + g) * a1, (1 + g) * a2
    c1, c2 = np.hypot(a1, b1), np.hypot(a2, b2)
    h1, h2 = np.degrees(np.arctan2(b1, a1)) % 360, np.degrees(np.arctan2(b2, a2)) % 360
    turn = 0.0 if c1 * c2 == 0 else (h2 - h1 + 180) % 360 - 180
    delta_l, delta_c = l2 - l1, c2 - c1
    delta_h = 2 * np.sqrt(c1 * c2) * np.sin(np.radians(turn) / 2)
    mean_l, mean_c = (l1 + l2) / 2, (c1 + c2) / 2
    mean_h = h1 + h2 if c1 * c2 == 0 else (h1 + turn / 2) % 360
    t = (
        1
        - 0.17 * np.cos(np.radians(mean_h - 30))
        + 0.24 * np.cos(np.radians(2 * mean_h))
        + 0.32 * np.cos(np.radians(3 * mean_h + 6))
        - 0.20 * np.cos(np.radians(4 * mean_h - 63))
    )
    s_l = 1 + 0.015 * (mean_l - 50) ** 2 / np.sqrt(20 + (mean_l - 50) ** 2)
    s_c, s_h = 1 + 0.045 * mean_c, 1 + 0.015 * mean_c * t
    r = -2 * np.sqrt(mean_c**7 / (mean_c**7 + 25**7)) * np.sin(np.radians(60 * np.exp(-(((mean_h - 275) / 25) ** 2))))
    light, chroma, hue = delta_l / s_l, delta_c / s_c, delta_h / s_h
    return float(np.sqrt(light**2 + chroma**2 + hue**2 + r * chroma * hue))


@pytest.mark.parametrize(
    ("one", "other", "published"),
    [
        ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
        ((50.0, -1.3802, -84.2814), (50.0, 0.0, -82.7485), 1.0000),
        ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),
        ((50.0, 2.5, 0.0), (50.0, 0.0, -2.5), 4.3065),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_the_difference_is_that_of_the_published_pairs(one, other, published: float) -> None:
    assert difference(one, other) == pytest.approx(published, abs=5e-5)


@pytest.mark.parametrize(
    "styles",
    [CLASS_STYLES, STATE_STYLES, PRESENCE_STYLES, SILENCE_STYLES, CHAIN_STYLES],
    ids=["care", "roles", "state", "heard", "chain"],
)
@pytest.mark.parametrize("seen_with", DEFICIENCIES)
def test_neighbouring_classes_are_told_apart(styles, seen_with: str) -> None:
    seen = [(style.name, lab(style.colour, seen_with)) for style in styles]
    close = {
        f"{a} | {b}": round(difference(x, y), 1) for (a, x), (b, y) in itertools.pairwise(seen) if difference(x, y) < 10
    }
    assert close == {}


@pytest.mark.parametrize("seen_with", ["normal", "protanopia", "deuteranopia", "tritanopia"])
def test_any_two_classes_are_told_apart_in_colour(seen_with: str) -> None:
    seen = [(style.name, lab(style.colour, seen_with)) for style in CLASS_STYLES]
    close = [(a, b) for (a, x), (b, y) in itertools.combinations(seen, 2) if difference(x, y) < 10]
    assert close == []


def test_every_class_has_a_texture_of_its_own() -> None:
    for styles in (CLASS_STYLES, STATE_STYLES, PRESENCE_STYLES, SILENCE_STYLES, CHAIN_STYLES):
        textures = [style.texture for style in styles]
        assert len(set(textures)) == len(textures)
        assert set(textures) <= set(TEXTURES)


def test_a_texture_is_seen_on_its_class() -> None:
    faint = [
        style.name for style in CLASS_STYLES if style.texture != "solid" and contrast(style.mark, style.colour) < 3
    ]
    assert faint == []


@pytest.mark.parametrize("ground", GROUNDS)
def test_lines_and_symbols_stand_out_from_the_ground(ground: str) -> None:
    drawn = {style.name: style.colour for style in ALL_STYLES.values()}
    drawn |= {style.name: style.stroke for style in (*ROLE_STYLES, *SYMBOL_STYLES)}
    drawn |= {
        name: COLOURS[name] for name in ("hours_line", "window_line", "selection", "focus", "network", "control_line")
    }
    assert {
        name: round(contrast(colour, COLOURS[ground]), 2)
        for name, colour in drawn.items()
        if contrast(colour, COLOURS[ground]) < 3
    } == {}


@pytest.mark.parametrize(
    ("words", "ground"),
    [
        *itertools.product(("ink", "muted", "accent", "error"), ("paper", "surface", "raised")),
        ("accent", "accent_soft"),
        ("ink", "accent_soft"),
        ("ink", "notice_soft"),
        ("notice", "notice_soft"),
        ("on_accent", "accent"),
        ("map_label", "land"),
        ("map_label", "sea"),
        ("window_line", "surface"),
        ("window_line", "paper"),
    ],
)
def test_words_are_read_on_their_ground(words: str, ground: str) -> None:
    assert contrast(COLOURS[words], COLOURS[ground]) >= 4.5


def test_the_classes_and_roles_are_those_of_the_model() -> None:
    assert tuple(style.name for style in CLASS_STYLES) == CLASSES
    assert tuple(style.name for style in ROLE_STYLES) == ROLES
    assert set(line_styles()) == set(ALL_STYLES) >= set(CLASSES)
    assert class_style("gap").texture == "hatch"


def test_the_roles_differ_by_shape() -> None:
    assert len({style.shape for style in ROLE_STYLES}) == len(ROLE_STYLES)


def test_every_token_is_a_property_of_the_page_once() -> None:
    names = re.findall(r"--([a-z0-9-]+): #[0-9a-f]{6};", css_variables())
    assert len(names) == len(set(names))
    assert {name.replace("_", "-") for name in COLOURS} | {
        f"class-{name.replace('_', '-')}" for name in CLASSES
    } <= set(names)


def test_the_patterns_are_well_formed_and_named_apart() -> None:
    drawn = ET.fromstring(svg_patterns("map"))  # noqa: S314 - our own text
    assert {one.get("id") for one in drawn} >= {pattern_id(name, "map") for name in CLASSES}
    assert len(list(drawn)) == len({one.get("id") for one in drawn})


def test_what_a_question_marks_differs_by_shape_and_its_sign_from_its_box() -> None:
    symbols = {style.name: style for style in SYMBOL_STYLES}
    assert len({style.shape for style in SYMBOL_STYLES}) == len(SYMBOL_STYLES)
    assert contrast(symbols["proposed"].fill, symbols["planned"].fill) > 4.5
    assert contrast(symbols["planned"].stroke, symbols["planned"].fill) > 4.5
