"""What is wrong with one written value, held against its column's contract."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import date

from geodata.schema import Column, Kind

ID = re.compile(r"[A-Za-z0-9_.-]+")
NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")
COUNT = re.compile(r"[0-9]{1,15}")
DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?")
URL = re.compile(r"https?://[^\s/]+\S*")
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
NUMERIC = (Kind.NUMBER, Kind.COUNT)
LISTED = (Kind.WORDS, Kind.REFS)
#: The years that a date may have; anything else is a slip of the pen.
YEARS = (1900, 2100)


def remedy(column: Column, value: str) -> str:
    """What to do about a value that is not what its column holds; "" where there is nothing wrong with it.

    A blank is "not published": right wherever the column is not required.
    """
    if not value:
        return "write a value; this column may not be blank" if column.required else ""
    if UNPRINTABLE.search(value):
        return "take out the control characters"
    if column.kind in LISTED:
        return _remedy_of_list(column, value)
    return _remedy_of_one(column, value)


def _remedy_of_list(column: Column, value: str) -> str:
    parts = value.split(";")
    if len(set(parts)) < len(parts):
        return "name each word once"
    found = (_of_word(column, part) if column.words else _of_id(part) for part in parts)
    return next(filter(None, found), "")


def _remedy_of_one(column: Column, value: str) -> str:
    match column.kind:
        case Kind.WORD:
            return _of_word(column, value)
        case Kind.NUMBER:
            return _of_number(column, value)
        case Kind.COUNT:
            return _of_count(column, value)
        case _:
            return _PLAIN[column.kind](value)


def _of_id(value: str) -> str:
    return "" if ID.fullmatch(value) else "use letters, digits, '_', '-' and '.' only; join several by ';'"


def _of_word(column: Column, value: str) -> str:
    return "" if value in column.words else f"use one of: {', '.join(column.words)}"


def _of_number(column: Column, value: str) -> str:
    if not NUMBER.fullmatch(value) or not math.isfinite(float(value)):
        return "write a plain number with a point for decimals, such as 12.5"
    return _of_range(column, float(value))


def _of_count(column: Column, value: str) -> str:
    if not COUNT.fullmatch(value):
        return "write a whole number, not negative, without separators"
    return _of_range(column, float(value))


def _of_range(column: Column, number: float) -> str:
    low = -math.inf if column.low is None else column.low
    high = math.inf if column.high is None else column.high
    return "" if low <= number <= high else f"must lie between {low:g} and {high:g}"


def _of_date(value: str) -> str:
    return "" if is_date(value) else "write a date as YYYY, YYYY-MM or YYYY-MM-DD"


def _of_period(value: str) -> str:
    parts = value.split("/")
    if len(parts) > 2 or not all(map(is_date, parts)):
        return "write a date as YYYY, YYYY-MM or YYYY-MM-DD, or two of them joined by '/'"
    return "the period ends before it starts; swap its dates" if ends_before(parts[0], parts[-1]) else ""


def _of_url(value: str) -> str:
    return "" if URL.fullmatch(value) else "write a whole address, starting with https:// or http://"


def _of_text(_: str) -> str:
    return ""


def is_date(value: str) -> bool:
    """Whether it is a day, month or year of the calendar, written YYYY, YYYY-MM or YYYY-MM-DD."""
    match = DATE.fullmatch(value)
    if match is None or not YEARS[0] <= int(match[1]) <= YEARS[1]:
        return False
    try:
        date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        return False
    return True


def ends_before(start: str, end: str) -> bool:
    """Whether a date lies before another, as far as both are known; never where one is blank."""
    known = min(len(start), len(end))
    return end[:known] < start[:known]


_PLAIN: dict[Kind, Callable[[str], str]] = {
    Kind.ID: _of_id,
    Kind.REF: _of_id,
    Kind.TEXT: _of_text,
    Kind.DATE: _of_date,
    Kind.PERIOD: _of_period,
    Kind.URL: _of_url,
}
