"""A figure of the page explained: what it is, what it is not, how it could be wrong, and the words that it rests on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dashboard.text import Texts
from geodata.corridor.segments import SEGMENT_HOURS, SEGMENT_KM
from geodata.corridor.ties import TIE_KM, WALKING_KMH
from geodata.coverage.hours import OFF_ROUTE_HOURS
from geodata.coverage.presence import CONFIRMATION_DAYS
from geodata.coverage.question import DEFAULT_WINDOW_HOURS
from geodata.protection import MASKED_BELOW, ROUNDED_TO

Values = dict[str, Any]
#: What is said of each figure: `<document>.<figure>.<part>`.
PARTS = ("is", "is_not", "wrong")
#: The model's own constants, as the texts quote them: one that changes there changes here.
CONSTANTS = {
    "window_hours": DEFAULT_WINDOW_HOURS,
    "off_route_hours": OFF_ROUTE_HOURS,
    "confirmation_days": CONFIRMATION_DAYS,
    "tie_km": TIE_KM,
    "walking_kmh": WALKING_KMH,
    "segment_km": SEGMENT_KM,
    "segment_hours": SEGMENT_HOURS,
    "masked_below": MASKED_BELOW,
    "rounded_to": ROUNDED_TO,
}


def _no_terms(_: Texts) -> list[Values]:
    return []


@dataclass(frozen=True)
class Figure:
    """A section: a figure of the page by its key, which is also its anchor, and the words of the model it explains."""

    key: str
    terms: Callable[[Texts], list[Values]] = _no_terms


def explained(stem: str, figure: Figure, texts: Texts) -> Values:
    """What a template shows of a figure; the keys of its texts begin with `stem`, `<document>.<figure>`."""
    return {
        "key": figure.key,
        "title": texts(f"{stem}.title"),
        "parts": [{"label": texts(f"method.part.{part}"), "text": said(texts, f"{stem}.{part}")} for part in PARTS],
        "terms": figure.terms(texts),
    }


def said(texts: Texts, key: str) -> str:
    """A text with the model's constants in it, written as the language writes numbers."""
    return texts(key, **{name: texts.number(value) for name, value in CONSTANTS.items()})
