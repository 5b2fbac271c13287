"""Which services and institutions are open on a date, and which of them a source confirmed."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from geodata.corridor import Corridor
from geodata.corridor.arcs import Bools, ordinal, since_ordinals, until_ordinals
from geodata.coverage.question import STATE_PREFIX, Question
from geodata.units import Month, closing_month

CONFIRMATION_DAYS = 90


def open_mask(sites: pd.DataFrame, as_of: Month) -> Bools:
    """Which sites' intervals contain the end of the month; a blank opening or closing does not bound."""
    now = ordinal(as_of)
    return (since_ordinals(sites["opened"]) <= now) & (now < until_ordinals(sites["closed"]))


def confirmed_mask(sites: pd.DataFrame, as_of: Month) -> Bools:
    """Which open sites a source confirmed operating at most 90 days before the end of the month.

    A confirmation that came later also counts where the site's opening is known: what opened before the date and was seen
    at work after it was at work on it. A confirmation known only by year is read as its January.
    """
    return open_mask(sites, as_of) & np.array(
        [_confirmed(opened, seen, as_of.end) for opened, seen in zip(sites["opened"], sites["last_confirmed"], strict=True)],
        dtype=bool,
    )


def _confirmed(opened: str, last_confirmed: str, as_of: date) -> bool:
    month = closing_month(last_confirmed[:7])
    if month is None:
        return False
    age_days = (as_of - month.end).days
    return 0 <= age_days <= CONFIRMATION_DAYS or (age_days < 0 and bool(opened))


def services_at(corridor: Corridor, as_of: Month) -> pd.DataFrame:
    """The public services whose interval contains the date, with `confirmed`; index `service_id`, columns as in the table.

    Services known only as possible are among them: their `capabilities` are blank.
    """
    return _at(corridor.services, as_of)


def state_presence_at(corridor: Corridor, as_of: Month) -> pd.DataFrame:
    """The institutions on the ground at the date, with `confirmed`; index `presence_id`, columns as in the table."""
    return _at(corridor.state_presence, as_of)


def _at(sites: pd.DataFrame, as_of: Month) -> pd.DataFrame:
    return sites.assign(confirmed=confirmed_mask(sites, as_of))[open_mask(sites, as_of)]


def sites_for(corridor: Corridor, question: Question, *, possible: bool = False) -> pd.DataFrame:
    """The sites that answer a question, reachable ones only, confirmed ones first and then by id.

    With `possible` those that should have the capability but were never seen at work are counted in.
    """
    if question.capability.startswith(STATE_PREFIX):
        sites = state_presence_at(corridor, question.as_of)
        able = sites["role"] == question.capability.removeprefix(STATE_PREFIX)
    else:
        sites = services_at(corridor, question.as_of)
        able = _has(sites["capabilities"], question.capability)
        if possible:
            able |= _has(sites["possible_capabilities"], question.capability)
    if question.status == "confirmed" and not possible:
        able &= sites["confirmed"]
    sites = sites[able & (sites["at_place"] != "")]
    return sites.sort_index().sort_values("confirmed", ascending=False, kind="stable")


def _has(capabilities: pd.Series[str], capability: str) -> pd.Series[bool]:
    return capabilities.map(lambda words: capability in words.split(";")).astype(bool)
