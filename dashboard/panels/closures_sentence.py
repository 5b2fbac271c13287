"""The sentence on closures: which service matters most, what its closing would add, and who would be next."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from dashboard.answers import Answer
from dashboard.naming import short_place_name
from dashboard.panels.sentence import Sentence
from dashboard.panels.sentence import sentence as hours_sentence
from dashboard.state import ViewState
from dashboard.text import Texts
from geodata.corridor import Corridor
from geodata.units import PACES


def sentence(corridor: Corridor, answer: Answer, state: ViewState, texts: Texts) -> Sentence:
    """The service whose closing adds most hours out of time; or that none does so alone, or that there is none."""
    said = hours_sentence(corridor, answer, state, texts)
    table = answer.found.closures
    if table.empty:
        asked = texts(f"capability.{answer.question.capability}.any")
        none = texts("closures.no_service", month=texts.month(state.as_of), any=asked)
        return Sentence(none, texts("closures.nothing_closes"), said.small_print, said.note)
    top = table.iloc[0].to_dict() | {"service_id": str(table.index[0])}
    support = " ".join(_support(corridor, top, state, texts))
    grounds = (*_grounds(corridor, top, texts), *said.small_print)
    return Sentence(headline(corridor, top, texts), support, grounds, said.note)


def headline(corridor: Corridor, row: dict[Any, Any], texts: Texts) -> str:
    """What the closing of one service would add."""
    service = service_at(corridor, row["service_id"], row["at_place"], texts)
    for column, key in (
        ("added_typical_hours", "closures.headline"),
        ("added_unknown_hours", "closures.headline_unknown"),
        ("added_high_hours", "closures.headline_slow"),
    ):
        if _shown(row[column]):
            return texts(key, service=service, hours=texts.hours_in_words(row[column]))
    return texts("closures.headline_none")


def next_in_words(corridor: Corridor, row: dict[Any, Any], texts: Texts) -> str:
    """Who would be next ahead after a closing; that none would, or that it is not known."""
    if not row["next_service"]:
        return texts("closures.next_unknown" if row["next_unknown"] else "closures.next_none")
    if row["next_place"] == row["at_place"]:
        return texts("closures.next_same", service=service_name(corridor, row["next_service"]))
    service = service_at(corridor, row["next_service"], row["next_place"], texts)
    return texts("closures.next", service=service, hours=texts.range_of(*(row[f"next_{pace}_hours"] for pace in PACES)))


def service_name(corridor: Corridor, service: str) -> str:
    """A service as it names itself."""
    return str(corridor.services.at[service, "name"])


def service_at(corridor: Corridor, service: str, place: str, texts: Texts) -> str:
    """A service with its place, which is left out where the service's own name, kept in Spanish, tells it."""
    name = service_name(corridor, service)
    if short_place_name(corridor, place, "es") in name:
        return name
    return texts("closures.at_place", service=name, place=short_place_name(corridor, place, texts.lang))


def _support(corridor: Corridor, top: dict[Any, Any], state: ViewState, texts: Texts) -> Iterator[str]:
    yield texts("sentence.as_of", month=texts.month(state.as_of))
    if not _shown(max(top["added_high_hours"], top["added_unknown_hours"])):
        yield texts("closures.why_none")
        return
    yield texts("closures.confirmed" if top["confirmed"] else "closures.listed")
    yield next_in_words(corridor, top, texts)


def _grounds(corridor: Corridor, top: dict[Any, Any], texts: Texts) -> Iterator[str]:
    """The range, the women and girls, the stretch that is left, and how it was reckoned."""
    if _shown(top["added_high_hours"]):
        low, typical, high = (texts.hours(top[f"added_{pace}_hours"]) for pace in PACES)
        yield texts("closures.range", low=low, typical=typical, high=high)
        yield _woman_days(top, texts)
    if top["from_place"]:
        start, end = (short_place_name(corridor, top[end], texts.lang) for end in ("from_place", "to_place"))
        before, after = (texts.hours(top[column]) for column in ("stretch_hours_before", "stretch_hours"))
        yield texts("closures.stretch", start=start, end=end, before=before, after=after)
    yield texts("closures.reckoned")


def _woman_days(top: dict[Any, Any], texts: Texts) -> str:
    if pd.isna(top["added_typical_woman_days"]):
        return texts("closures.woman_days_missing")
    low, typical, high = (texts.number(top[f"added_{pace}_woman_days"], 0) for pace in PACES)
    return texts("closures.woman_days", low=low, typical=typical, high=high)


def _shown(hours: float) -> bool:
    """Whether a figure would be written as more than 0."""
    return hours >= 0.05
