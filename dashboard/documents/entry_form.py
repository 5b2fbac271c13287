"""The form by which a delegation enters a value, an official wording or a reply, with what was wrong beside each field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.documents.document import Reading
from dashboard.text import Texts
from geodata.errors import DataFault
from geodata.indicators import TEMPLATE_COLUMNS, Indicator, countries_of
from geodata.indicators.entries import MAX_CELL
from geodata.schema import ENTRY_KINDS, ENTRY_LANGUAGES

Values = dict[str, Any]
#: The fields in the order in which a person fills them in; all of the template's, none else.
FIELDS = (
    "indicator_id",
    "country_iso3",
    "kind",
    "period",
    "value",
    "unit",
    "text",
    "language",
    "source_publisher",
    "source_title",
    "source_url",
    "source_date",
)
REQUIRED = ("indicator_id", "country_iso3", "kind", "language", "source_publisher", "source_date")
#: What is wrong with a row as a whole.
REPEATED, BUSY = "repeated", "busy"


def entry_form(reading: Reading, parts: Mapping[str, str], records: Sequence[Indicator]) -> Values:
    """What the template shows of the form, or of the reason why there is none here."""
    texts, writing = reading.texts, reading.writing
    return {
        "heading": texts("entry.heading"),
        "allowed": writing.allowed,
        "elsewhere": texts("entry.elsewhere"),
        "by_file": texts("entry.by_file"),
        "commands": [
            "python -m geodata indicators --template --output entries.csv",
            "python -m geodata indicators --enter entries.csv --dry-run",
            "python -m geodata indicators --enter entries.csv",
        ],
        "kept": texts("entry.kept") if writing.kept else "",
        "not_kept": texts("entry.not_kept") if writing.wrong else "",
        "whole": [texts(f"entry.wrong.{what}") for what in (REPEATED, BUSY) if what in writing.wrong],
        "action": reading.address_with("/indicators", parts, lang=texts.lang),
        "fields": [_field(reading, name, parts, records) for name in FIELDS],
        "submit": texts("entry.submit"),
    }


def _field(reading: Reading, name: str, parts: Mapping[str, str], records: Sequence[Indicator]) -> Values:
    texts, writing = reading.texts, reading.writing
    usual = {"country_iso3": parts["country"], "period": parts["period"], "language": texts.lang, "kind": "value"}
    written = writing.values.get(name, usual.get(name, ""))
    options = _options(reading, name, texts, records)
    return {
        "name": name,
        "label": texts(f"entry.field.{name}"),
        "value": written,
        "options": [{"value": one, "label": label, "chosen": one == written} for one, label in options],
        "long": name == "text",
        "required": name in REQUIRED,
        "limit": MAX_CELL,
        "wrong": texts(f"entry.wrong.{name}") if name in writing.wrong else "",
    }


def _options(reading: Reading, name: str, texts: Texts, records: Sequence[Indicator]) -> list[tuple[str, str]]:
    match name:
        case "indicator_id":
            return [(one.id, texts(f"indicator.{one.id}")) for one in records]
        case "country_iso3":
            return [(one, texts.country(one)) for one in countries_of(reading.corridor)]
        case "kind":
            return [(one, texts(f"entry_kind.{one}")) for one in ENTRY_KINDS]
        case "language":
            return [(one, Texts(one)("language.own_name")) for one in ENTRY_LANGUAGES]
        case _:
            return []


def wrong_fields(refusal: DataFault) -> dict[str, str]:
    """Which fields were refused, by name; a fault of the row as a whole is that it is there already."""
    return {fault.column if fault.column in TEMPLATE_COLUMNS else REPEATED: fault.remedy for fault in refusal.faults}
