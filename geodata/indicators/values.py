"""The values of the indicators per country: what the data answers, and beside it what was entered."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import pandas as pd

from geodata.corridor import Corridor
from geodata.errors import UnknownName
from geodata.indicators.computed import computed
from geodata.indicators.entries import entries_in
from geodata.indicators.figure import Asked
from geodata.indicators.period import Period
from geodata.indicators.records import Indicator, countries_of, indicators_of
from geodata.schema import INDICATOR_MODULES

#: Where a value comes from.
BASES = ("computed", "entered", "no_information")
VALUE_COLUMNS = [
    "indicator_id",
    "country_iso3",
    "period",
    "as_of",
    "basis",
    "entry_kind",
    "low",
    "typical",
    "high",
    "unit",
    "rows",
    "left_out",
    "source_ids",
    "entered_source",
    "language",
    "text",
    "caveat",
]
NUMBERS = ("low", "typical", "high", "rows", "left_out")


def indicator_values(
    corridor: Corridor,
    period: Period,
    countries: Sequence[str] = (),
    *,
    module: str = "",
    entries: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """One row per indicator and country, computed or of no information, and after it a row for each entry that counts.

    Columns `VALUE_COLUMNS`: low, typical, high in `unit`, NaN where there is no information and never zero for it;
    `rows` it rests on, `left_out` of it; `source_ids` joined by ";". Rows in the order of the indicators and then of
    travel, never of the values. `countries` none: all of the corridor; `module` "": all; `entries` None: those of the
    corridor's snapshot. Raises `UnknownName` for a country or module that is not there.
    """
    asked = _countries(corridor, countries)
    known = entries_in(corridor.snapshot.table("indicator_entries") if entries is None else entries, period, asked)
    rows = [
        row
        for indicator in _indicators(corridor, module)
        for country in asked
        for row in _rows(Asked(corridor, indicator, period, country), known)
    ]
    table = pd.DataFrame(rows, columns=VALUE_COLUMNS)
    texts = [name for name in VALUE_COLUMNS if name not in NUMBERS]
    return table.astype({**dict.fromkeys(NUMBERS, "float64"), **dict.fromkeys(texts, "str")})


def _countries(corridor: Corridor, countries: Sequence[str]) -> list[str]:
    there = countries_of(corridor)
    strange = [country for country in countries if country not in there]
    if strange:
        raise UnknownName(f"There is no country {strange[0]!r} on the corridor. There are: {', '.join(there)}.")
    return [country for country in there if not countries or country in countries]


def _indicators(corridor: Corridor, module: str) -> list[Indicator]:
    if module not in ("", *INDICATOR_MODULES):
        raise UnknownName(f"There is no module {module!r}. There are: {', '.join(INDICATOR_MODULES)}.")
    return [one for one in indicators_of(corridor.snapshot) if module in ("", one.module)]


def _rows(asked: Asked, entries: pd.DataFrame) -> Iterator[dict[str, object]]:
    yield _computed_row(asked)
    own = (entries["indicator_id"] == asked.indicator.id) & (entries["country_iso3"] == asked.country)
    for entry in entries[own].to_dict("records"):
        yield _entered_row(asked, {str(name): value for name, value in entry.items()})


def _computed_row(asked: Asked) -> dict[str, object]:
    indicator = asked.indicator
    key = ("indicator", indicator.id, asked.period, asked.country)
    figure = asked.corridor.remembered(key, lambda: computed(asked))
    return {
        **_named(asked),
        "period": str(asked.period),
        "as_of": str(asked.as_of),
        "basis": "computed" if figure.known else "no_information",
        "low": _written(figure.low),
        "typical": _written(figure.typical),
        "high": _written(figure.high),
        "unit": indicator.unit,
        "rows": figure.rows,
        "left_out": figure.left_out,
        "source_ids": ";".join(dict.fromkeys([indicator.source_id, *figure.source_ids])),
        "caveat": ";".join(indicator.caveats),
    }


def _written(reading: float) -> float:
    """The reading to 12 digits, which a spreadsheet can hold: it says what the CSV says."""
    return float(f"{reading:.12g}")


def _entered_row(asked: Asked, entry: dict[str, object]) -> dict[str, object]:
    value = float(str(entry["value"]))
    parts = (str(entry[name]) for name in ("source_publisher", "source_title", "source_url", "source_date"))
    return {
        **_named(asked),
        "period": entry["period"],
        "as_of": entry["entered"],
        "basis": "entered",
        "entry_kind": entry["kind"],
        **dict.fromkeys(("low", "typical", "high"), value),
        "unit": "" if math.isnan(value) else entry["unit"] or asked.indicator.unit,
        "rows": 1,
        "left_out": 0,
        "source_ids": entry["source_id"],
        "entered_source": ", ".join(filter(None, parts)),
        "language": entry["language"],
        "text": entry["text"],
    }


def _named(asked: Asked) -> dict[str, object]:
    blank = dict.fromkeys(("entry_kind", "entered_source", "language", "text", "caveat"), "")
    return {**blank, "indicator_id": asked.indicator.id, "country_iso3": asked.country}
