"""The changes of a plan in words, and the names of what is only planned."""

from __future__ import annotations

from dashboard.naming import place_name, short_place_name
from dashboard.text import Texts
from geodata.corridor import Corridor
from geodata.planning import Change
from geodata.planning.scenario import Visit
from geodata.units import Month


def change_words(facts: Corridor, change: Change, texts: Texts) -> str:
    """One change: what, where, which capabilities, from when to when; `facts` is the corridor without the plan."""
    said = texts(f"plan.words_{change.kind}", what=_what(facts, change, texts), able=able_words(change, texts))
    return said + period_words(change.since, change.until, texts)


def able_words(change: Change, texts: Texts) -> str:
    """What the service can do by the change; "" where the change does not say."""
    return texts.list_of([texts(f"capability.{word}") for word in change.capabilities])


def period_words(since: Month | None, until: Month | None, texts: Texts) -> str:
    """From when to when, after a comma; "" where it holds at any date."""
    if since and until:
        return texts("plan.between", since=texts.month(since), until=texts.month(until))
    if since:
        return texts("plan.since", since=texts.month(since))
    return texts("plan.until", until=texts.month(until)) if until else ""


def visit_words(facts: Corridor, visit: Visit, texts: Texts) -> str:
    """Where a mobile team is when."""
    days = texts.list_of([texts(f"plan.day_{day}") for day in visit.days])
    place = short_place_name(facts, visit.place, texts.lang)
    return texts("plan.visit", place=place, days=days, start=visit.from_hour, end=visit.to_hour)


def service_words(facts: Corridor, service_id: str, texts: Texts) -> str:
    """A service by its name and where it stands."""
    row = facts.services.loc[service_id]
    place = str(row["at_place"])
    return f"{row['name']} ({short_place_name(facts, place, texts.lang)})" if place else str(row["name"])


def new_name(number: int, kind: str, texts: Texts) -> str:
    """What a new service of the plan is called: by the number of its change."""
    return texts("plan.team" if kind == "mobile" else "plan.new_service", number=number)


def cost_words(cost: float, texts: Texts) -> str:
    """A cost, in whatever unit the planner counts."""
    return texts("plan.cost", cost=texts.number(cost, 2 if cost % 1 else 0))


def _what(facts: Corridor, change: Change, texts: Texts) -> str:
    if change.kind == "mobile":
        return "; ".join(visit_words(facts, visit, texts) for visit in change.visits)
    if change.kind == "open":
        return place_name(facts, change.target, texts.lang)
    return service_words(facts, change.target, texts)
