"""What speaks against help at a place, in words: each reason with the institution, how far it is, and its doubts."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard.naming import place_name
from dashboard.text import Texts
from geodata.corridor import Corridor

#: Closer than this a distance is not written: it stands at the place.
_AT_PLACE_KM = 0.05


def harm_sentences(corridor: Corridor, reasons: pd.DataFrame, texts: Texts) -> list[str]:
    """One short sentence per row of `harms`, doubts after it; no rows, no sentence."""
    return [_sentence(corridor, row, texts) for row in reasons.to_dict("records")]


def unchecked_sentences(counts: pd.DataFrame, texts: Texts) -> list[str]:
    """Per country one sentence on how many institutions could not be held against any place; none where there are none."""
    return [
        texts("harm.unchecked", country=texts.country(str(iso3)), count=int(number))
        for iso3, number in counts.sum(axis=1).items()
        if number
    ]


def _sentence(corridor: Corridor, row: dict[Any, Any], texts: Texts) -> str:
    at_place = row["distance_km"] < _AT_PLACE_KM
    distance = texts("harm.at_place") if at_place else texts("harm.away", km=texts.km(row["distance_km"]))
    said = texts(f"harm.{row['reason']}", institution=_named(corridor, row, texts), distance=distance)
    doubts = [texts(f"harm.doubt_{doubt}") for doubt in row["doubts"].split(";") if doubt]
    return " ".join([said, *doubts])


def _named(corridor: Corridor, row: dict[Any, Any], texts: Texts) -> str:
    """The institution, or where none is told the place that the planner marked."""
    if row["presence_id"]:
        return str(corridor.state_presence.at[row["presence_id"], "name"])
    return place_name(corridor, row["near_place"], texts.lang)
