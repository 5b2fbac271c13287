"""The method: what each figure is, what it is not, how it could be wrong, and the data that it rests on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dashboard.documents.document import Document, Reading
from dashboard.documents.holdings import holdings, legs_by_basis
from dashboard.panels.footer import self_check
from dashboard.text import Texts
from geodata.corridor.segments import SEGMENT_HOURS, SEGMENT_KM
from geodata.corridor.ties import TIE_KM, WALKING_KMH
from geodata.coverage import CLASSES
from geodata.coverage.hours import OFF_ROUTE_HOURS
from geodata.coverage.presence import CONFIRMATION_DAYS
from geodata.coverage.question import DEFAULT_WINDOW_HOURS
from geodata.protection import MASKED_BELOW, ROUNDED_TO
from geodata.schema import BASES, ROLES

Values = dict[str, Any]
#: What is said of each figure: `method.<figure>.<part>`.
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


def _class_terms(texts: Texts) -> list[Values]:
    return [
        {"texture": name, "badge": "", "term": texts(f"class.{name}"), "meaning": texts(f"class.{name}.meaning")}
        for name in CLASSES
    ]


def _status_terms(texts: Texts) -> list[Values]:
    return [
        {"texture": "", "badge": "", "term": texts(f"status.{name}"), "meaning": texts(f"status.{name}.meaning")}
        for name in ("listed", "confirmed", "possible")
    ]


def _role_terms(texts: Texts) -> list[Values]:
    return [
        {
            "texture": "",
            "badge": name,
            "term": texts(f"role.{name}.long"),
            "meaning": texts(f"capability.state_{name}.meaning"),
        }
        for name in ROLES
    ]


def _no_terms(_: Texts) -> list[Values]:
    return []


@dataclass(frozen=True)
class Figure:
    """A section: a figure of the page by its key, which is also its anchor, and the words of the model it explains."""

    key: str
    terms: Callable[[Texts], list[Values]] = _no_terms


#: The figures in the order in which a delegate meets them.
FIGURES = (
    Figure("hours"),
    Figure("paces"),
    Figure("classes", _class_terms),
    Figure("listed", _status_terms),
    Figure("dates"),
    Figure("routes"),
    Figure("exposure"),
    Figure("silence"),
    Figure("presence", _role_terms),
    Figure("chain"),
    Figure("cascade"),
    Figure("whom"),
    Figure("change"),
    Figure("closures"),
    Figure("trends"),
    Figure("indicators"),
    Figure("counts"),
    Figure("left_out"),
)
#: What was chosen among other ways, and changes a figure: `method.choice.<word>`.
CHOICES = ("entered", "pieces", "soonest", "off_route", "tie", "waits", "seen", "paces", "sex", "small")


def method(reading: Reading) -> Values:
    """What the template of the method shows: figures, choices, data, doubts."""
    texts = reading.texts
    figures = [_figure(figure, texts) for figure in FIGURES]
    return {
        "contents_name": texts("method.contents"),
        "figures_heading": texts("method.figures"),
        "figures": figures,
        "choices_heading": texts("method.choices"),
        "choices": [_said(texts, f"method.choice.{choice}") for choice in CHOICES],
        "data_heading": texts("method.data"),
        "tables": [_held(reading), _hours_by_basis(reading)],
        "folded": [_left_out(reading), _doubts(reading)],
    }


def _said(texts: Texts, key: str) -> str:
    return texts(key, **{name: texts.number(value) for name, value in CONSTANTS.items()})


def _figure(figure: Figure, texts: Texts) -> Values:
    return {
        "key": figure.key,
        "title": texts(f"method.{figure.key}.title"),
        "parts": [
            {"label": texts(f"method.part.{part}"), "text": _said(texts, f"method.{figure.key}.{part}")}
            for part in PARTS
        ],
        "terms": figure.terms(texts),
    }


def _held(reading: Reading) -> Values:
    texts = reading.texts
    return {
        "caption": texts("method.data.caption"),
        "columns": [texts(f"method.data.{column}") for column in ("kind", "rows", "latest")],
        "rows": [
            [texts(f"method.data.{held.table}"), texts.number(held.rows, 0), texts.date(held.latest)]
            for held in holdings(reading.corridor.snapshot)
        ],
    }


def _hours_by_basis(reading: Reading) -> Values:
    texts, counts = reading.texts, legs_by_basis(reading.corridor)
    return {
        "caption": texts("method.basis.caption", count=int(counts.sum())),
        "columns": [texts(f"method.basis.{column}") for column in ("kind", "legs", "share")],
        "rows": [
            [texts(f"basis.{basis}"), texts.number(counts[basis], 0), texts.percent(counts[basis] / counts.sum())]
            for basis in BASES
        ],
    }


def _left_out(reading: Reading) -> Values:
    checked = self_check(reading.texts, reading.corridor)
    return {
        "summary": reading.texts("selfcheck.heading"),
        "lists": [{"lead": lead, "items": items} for lead, items in checked],
    }


def _doubts(reading: Reading) -> Values:
    texts = reading.texts
    doubts = sorted(texts(f"caveat.{code}") for code in reading.corridor.snapshot.table("caveats")["id"])
    return {
        "summary": texts("method.doubts", count=len(doubts)),
        "lists": [{"lead": texts("method.doubts.lead"), "items": doubts}],
    }


METHOD = Document(name="method", heading="method.heading", lead="method.lead", template="method.html", content=method)
