"""The formulas by the words of the indicators table: an indicator with one of them is a row of data and its texts."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from geodata.indicators.figure import Asked, Figure, no_information
from geodata.indicators.publication import months_with_sex, reports_with_sex
from geodata.indicators.sites import (
    institutions_on_record,
    services_closed,
    services_on_record,
    services_with_column,
)
from geodata.indicators.travel import hours_from_entry, travel_in_time, travel_without_protection

Formula = Callable[[Asked], Figure]


def only_entered(_: Asked) -> Figure:
    """No information: what only a delegation can answer."""
    return no_information()


#: A test holds this to `schema.FORMULAS`.
FORMULAS: Mapping[str, Formula] = {
    "": only_entered,
    "services_on_record": services_on_record,
    "services_closed": services_closed,
    "services_with_column": services_with_column,
    "institutions_on_record": institutions_on_record,
    "travel_in_time": travel_in_time,
    "travel_without_protection": travel_without_protection,
    "hours_from_entry": hours_from_entry,
    "months_with_sex": months_with_sex,
    "reports_with_sex": reports_with_sex,
}


def computed(asked: Asked) -> Figure:
    """What the data answers; NaN where it has no information."""
    return FORMULAS[asked.indicator.formula](asked)
