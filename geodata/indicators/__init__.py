"""Indicators in the frame of MESECVI's system: what the data answers, and what delegations enter beside it."""

from geodata.indicators.entering import enter, read_entries
from geodata.indicators.entries import TEMPLATE_COLUMNS, current_entries
from geodata.indicators.period import Period
from geodata.indicators.records import Indicator, countries_of, indicators_of
from geodata.indicators.values import BASES, VALUE_COLUMNS, indicator_values

__all__ = [
    "BASES",
    "TEMPLATE_COLUMNS",
    "VALUE_COLUMNS",
    "Indicator",
    "Period",
    "countries_of",
    "current_entries",
    "enter",
    "indicator_values",
    "indicators_of",
    "read_entries",
]
