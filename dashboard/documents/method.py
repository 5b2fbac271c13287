"""The method: what each figure is, what it is not, how it could be wrong, and the data that it rests on."""

from __future__ import annotations

from dashboard.documents.document import Document, Reading
from dashboard.documents.figures import Figure, Values, explained, said
from dashboard.documents.holdings import holdings, legs_by_basis
from dashboard.panels.footer import self_check
from dashboard.text import Texts
from geodata.coverage import CLASSES
from geodata.schema import BASES, ROLES


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
    figures = [explained(f"method.{figure.key}", figure, texts) for figure in FIGURES]
    return {
        "contents_name": texts("method.contents"),
        "figures_heading": texts("method.figures"),
        "figures": figures,
        "planning": {"href": reading.address("/planning", lang=texts.lang), "label": texts("planning.link")},
        "choices_heading": texts("method.choices"),
        "choices": [said(texts, f"method.choice.{choice}") for choice in CHOICES],
        "data_heading": texts("method.data"),
        "tables": [_held(reading), _hours_by_basis(reading)],
        "folded": [_left_out(reading), _doubts(reading)],
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
