"""The tables of a change: the parts of the route whose class changed, and what opened, closed and went unconfirmed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from dashboard.answers import Answer
from dashboard.naming import place_name, short_place_name
from dashboard.state import ViewState
from dashboard.strip import StripData
from dashboard.text import Texts
from geodata.corridor import Corridor
from geodata.units import PACES

Table = dict[str, Any]
SIDES = ("before", "after")


def changes(
    corridor: Corridor, answer: Answer, _data: StripData, state: ViewState, texts: Texts
) -> tuple[Any, Iterator[Table]]:
    """One row per part of a leg whose class is another after than before, in the order of travel."""
    hours = [f"{pace}_hours_{side}" for side in SIDES for pace in PACES]
    columns = (
        ("stretch", False), ("country", False), ("travel_hours", True), ("length_km", True),
        ("class_before", False), ("class_after", False), ("judgement", False), *((name, True) for name in hours),
    )  # fmt: skip

    def rows() -> Iterator[Table]:
        runs = answer.found.change.leg_runs
        for row in runs[runs["class_before"] != runs["class_after"]].to_dict("records"):
            leg = corridor.legs.loc[row["leg_id"]]
            ends = (short_place_name(corridor, leg[end], texts.lang) for end in ("from_place", "to_place"))
            at = f"leg:{row['leg_id']}@{(row['from_km'] + row['to_km']) / 2:.1f}"
            yield {
                "at": at,
                "selected": state.at == at,
                "cells": [
                    _text(" – ".join(ends)),
                    _text(texts.country(row["country_iso3"]) if row["country_iso3"] else ""),
                    _number(row["hours"], texts),
                    _number(row["km"], texts),
                    *(
                        {**_text(texts(f"class.{row[f'class_{side}']}")), "swatch": row[f"class_{side}"]}
                        for side in SIDES
                    ),
                    _text(texts(f"judgement.{row['judgement']}")),
                    *(_hours(row[name], row[f"class_{name.rsplit('_', 1)[1]}"], texts) for name in hours),
                ],
            }

    return columns, rows()


def turnover(
    corridor: Corridor, answer: Answer, _data: StripData, state: ViewState, texts: Texts
) -> tuple[Any, Iterator[Table]]:
    """One row per service and institution that opened, closed, or was confirmed on one of the two dates alone."""
    columns = (
        ("site", False), ("place", False), ("country", False), ("change", False), ("where", False),
        ("state_before", False), ("state_after", False), ("opened", False), ("closed", False), ("last_confirmed", False),
    )  # fmt: skip
    change = answer.found.change

    def rows() -> Iterator[Table]:
        for kind, sites in (("service", change.services), ("", change.state_presence)):
            for name, row in sites[sites["change"] != "unchanged"].iterrows():
                at = f"{kind}:{name}" if kind else f"place:{row['at_place']}" if row["at_place"] else ""
                yield {"at": at, "selected": bool(at) and state.at == at, "cells": _site(corridor, row, texts)}

    return columns, rows()


def _site(corridor: Corridor, row: pd.Series[Any], texts: Texts) -> list[Table]:
    place = place_name(corridor, row["at_place"], texts.lang) if row["at_place"] else texts("change.no_place")
    states = (row[f"state_{side}"] for side in SIDES)
    return [
        _text(row["name"]),
        _text(place),
        _text(texts.country(row["country_iso3"]) if row["country_iso3"] else ""),
        _text(texts(f"turnover.{row['change']}")),
        _text(texts(f"where.{row['where']}")),
        *(_text(texts(f"change.state_{one}") if one else texts("change.not_open")) for one in states),
        *(_date(row[name], texts) for name in ("opened", "closed", "last_confirmed")),
    ]


def _date(text: str, texts: Texts) -> Table:
    """A date as published; a blank one is not published, which is not the same as never."""
    return {"text": texts.date(text) if text else texts("change.no_date"), "value": text}


def _text(words: str) -> Table:
    return {"text": words, "value": words}


def _number(value: float, texts: Texts) -> Table:
    return {"text": texts.number(value), "value": value}


def _hours(value: float, name: str, texts: Texts) -> Table:
    if pd.isna(value):
        return {"text": texts("word.unknown" if name == "unknown" else "word.none_ahead"), "value": None}
    return _number(value, texts)


TABLES = {"changes": changes, "turnover": turnover}
