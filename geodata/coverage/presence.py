"""Which services and institutions are open on a date, and which of them a source confirmed."""

from __future__ import annotations

import pandas as pd

from geodata.corridor import Corridor
from geodata.corridor.arcs import Bools, ordinal
from geodata.coverage.audiences import admission
from geodata.coverage.question import CHANNEL, STATE_PREFIX, Question, check_asked
from geodata.units import PACES, Month

CONFIRMATION_DAYS = 90
#: What help adds to the way there where she has to wait for it; sites at which nobody waits need not have the columns.
WAIT_COLUMNS = [f"wait_{pace}" for pace in PACES]


def open_mask(sites: pd.DataFrame, as_of: Month) -> Bools:
    """Which sites' intervals contain the end of the month; a blank opening or closing does not bound."""
    now = ordinal(as_of)
    return ((sites["since"] <= now) & (now < sites["until"])).to_numpy()


def confirmed_mask(sites: pd.DataFrame, as_of: Month) -> Bools:
    """Which open sites a source confirmed operating at most 90 days before the end of the month.

    A confirmation that came later also counts where the site's opening is known: what opened before the date and was
    seen at work after it was at work on it. What a plan puts there (`planned`, an optional column) is confirmed by it.
    """
    seen = sites["seen"].to_numpy()
    age_days = as_of.end.toordinal() - seen
    fresh = (age_days >= 0) & (age_days <= CONFIRMATION_DAYS)
    later = (age_days < 0) & (sites["opened"] != "").to_numpy()
    confirmed = (seen > 0) & (fresh | later)
    if "planned" in sites:
        confirmed |= sites["planned"].to_numpy(dtype=bool)
    return open_mask(sites, as_of) & confirmed


def services_at(corridor: Corridor, as_of: Month) -> pd.DataFrame:
    """The public services whose interval contains the date, with `confirmed`; index `service_id`, columns as in the table.

    Services known only as possible are among them: their `capabilities` are blank.
    """
    return corridor.remembered(("services", as_of), lambda: _at(corridor.services, as_of))


def state_presence_at(corridor: Corridor, as_of: Month) -> pd.DataFrame:
    """The institutions on the ground at the date, with `confirmed`; index `presence_id`, columns as in the table."""
    return corridor.remembered(
        ("state_presence", as_of), lambda: _at(corridor.state_presence, as_of), of_services=False
    )


def _at(sites: pd.DataFrame, as_of: Month) -> pd.DataFrame:
    kept = open_mask(sites, as_of)
    return sites[kept].assign(confirmed=confirmed_mask(sites, as_of)[kept])


def sites_for(corridor: Corridor, question: Question, *, possible: bool = False) -> pd.DataFrame:
    """The sites that answer a question, reachable ones only, confirmed ones first and then by id.

    Index their id; columns at_place, walk_hours, confirmed, and `WAIT_COLUMNS` where any of the services has them. Where
    the question is asked for somebody, only those known to admit her. With `possible` those that should have the
    capability but were never seen at work are counted in, and those of which nobody published whether they admit her.
    Raises `UnknownName` for what the corridor does not know.
    """
    asked = ("sites", question.capability, question.as_of, question.status, question.whom, possible)
    return corridor.remembered(asked, lambda: _sites(corridor, question, possible=possible))


def _sites(corridor: Corridor, question: Question, *, possible: bool) -> pd.DataFrame:
    check_asked(corridor, question)
    if question.asks_state:
        sites = state_presence_at(corridor, question.as_of)
        able = sites["role"] == question.capability.removeprefix(STATE_PREFIX)
    else:
        sites = services_at(corridor, question.as_of)
        able = able_services(corridor, sites, question.capability, possible=possible)
        if question.whom:
            admitted = admission(sites, corridor.audiences.to_dict("index")[question.whom])
            able &= (admitted == "yes") | (possible & (admitted == "unknown"))
    if question.status == "confirmed" and not possible:
        able &= sites["confirmed"]
    columns = ["at_place", "walk_hours", "confirmed", *(name for name in WAIT_COLUMNS if name in sites)]
    kept = sites.loc[able & (sites["at_place"] != ""), columns]
    return kept.sort_index().sort_values("confirmed", ascending=False, kind="stable")


def able_services(corridor: Corridor, services: pd.DataFrame, capability: str, *, possible: bool) -> pd.Series[bool]:
    """Which services have the capability (of `channel` any that hears), or with `possible` should have it; same index."""
    capabilities = corridor.capabilities
    asked = capabilities.index[capabilities["hears"] == "yes"] if capability == CHANNEL else [capability]
    columns = ["capabilities", *(["possible_capabilities"] if possible else [])]
    able = [has_capability(services[column], str(word)) for column in columns for word in asked]
    return pd.concat(able, axis=1).any(axis=1) if able else pd.Series(data=False, index=services.index)


def has_capability(capabilities: pd.Series[str], capability: str) -> pd.Series[bool]:
    """Which rows of a `;`-joined column name the capability, on the same index."""
    return capabilities.map(lambda words: capability in words.split(";")).astype(bool)
