"""The shortest list of changes that makes a country's sections ready, each in one sentence, and what it leaves over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import dash_bootstrap_components as dbc
import pandas as pd
from dash import html

from dashboard.answers import Answer
from dashboard.ids import Id
from dashboard.naming import place_name
from dashboard.panels.harm import harm_sentences, unchecked_sentences
from dashboard.panels.links import view_address
from dashboard.questions.standard_found import Found
from dashboard.state import ViewState
from dashboard.text import Texts
from geodata.corridor import Corridor
from geodata.units import PACES

Row = dict[Any, Any]
PLAN = "plan"


def changes_region(corridor: Corridor, answer: Answer, state: ViewState, texts: Texts) -> list[Any]:
    """The choice of a country, the list for it with what speaks against each place, and the link to it as a plan."""
    found: Found = answer.found
    country = texts.country(found.country)
    rows = found.shortest.changes.to_dict("records")
    left = found.shortest.left_over.to_dict("records")
    shown = [
        html.H2(texts("standard.changes_heading", country=country)),
        _country_choice(found, texts),
        html.P(_summary(found, texts)),
        *([html.Ol([_change(corridor, found, row, texts) for row in rows], className="changes")] if rows else []),
        *_plan(corridor, state, rows, country, texts),
        *_left(corridor, answer, left, country, texts),
        *(html.P(line, className="small") for line in _grounds(found, rows, texts)),
    ]
    return [html.Div(shown, className="changes-region")]


def _country_choice(found: Found, texts: Texts) -> html.Label:
    options = [{"value": name, "label": texts.country(name)} for name in found.along]
    choice = html.Span(dbc.Select(options, found.country, id=Id.STANDARD_COUNTRY), **{"data-part": "within"})
    return html.Label([html.Span(texts("standard.country"), className="field-label"), choice], className="field")


def _summary(found: Found, texts: Texts) -> str:
    shortest = found.shortest
    if shortest.changes.empty:
        return texts("standard.nothing" if shortest.left_over.empty else "standard.nothing_helps")
    if not shortest.places:
        return texts("standard.places_none")
    return texts("standard.places" if shortest.optimal else "standard.places_open", count=shortest.places)


def _change(corridor: Corridor, found: Found, row: Row, texts: Texts) -> html.Li:
    against = found.harms[found.harms.index == row["place_id"]] if row["change"] else found.harms.iloc[:0]
    said = [html.Li(line) for line in harm_sentences(corridor, against, texts)]
    return html.Li([change_words(corridor, found, row, texts), *([html.Ul(said, className="small")] if said else [])])


def change_words(corridor: Corridor, found: Found, row: Row, texts: Texts) -> str:
    """One change in one sentence."""
    service = str(corridor.services.at[row["service_id"], "name"]) if row["service_id"] else ""
    return texts(
        f"standard.change_{row['kind']}",
        place=_place(corridor, row["place_id"], found.country, texts),
        service=service,
        capabilities=capabilities_words(row["capabilities"], texts),
        hours=gain_words(row, texts),
    )


def capabilities_words(words: str, texts: Texts) -> str:
    """Capabilities joined by `;` as a list within a sentence."""
    return texts.list_of([texts(f"capability.{word}.noun") for word in words.split(";")])


def gain_words(row: Row, texts: Texts) -> str:
    """The hours at the usual pace with the least and the most in brackets."""
    low, typical, high = (float(row[f"{pace}_hours"]) for pace in PACES)
    return texts.range_of(min(low, high), typical, max(low, high))


def _place(corridor: Corridor, place: str, country: str, texts: Texts) -> str:
    """A place with its country where that is another one."""
    name, its = place_name(corridor, place, texts.lang), str(corridor.places.at[place, "country_iso3"])
    return name if its == country else texts("standard.place_abroad", place=name, country=texts.country(its))


def _plan(corridor: Corridor, state: ViewState, rows: list[Row], country: str, texts: Texts) -> Iterator[Any]:
    """The link that shows what is opened and upgraded as a plan; none where the list only confirms and waits."""
    changes = tuple(row["change"] for row in rows if row["change"])
    if changes:
        name = texts("standard.plan_name", country=country)
        plan = state.with_(question=PLAN, plan=changes, plan_name=name, table="stretches", at="")
        yield html.P(html.A(texts("standard.as_plan"), href=view_address(corridor, plan), className="button"))


def _left(corridor: Corridor, answer: Answer, rows: list[Row], country: str, texts: Texts) -> Iterator[Any]:
    if rows:
        yield html.H3(texts("standard.left_heading", country=country))
        yield html.Ul([html.Li(left_words(corridor, answer, row, texts)) for row in rows], className="small")


def left_words(corridor: Corridor, answer: Answer, row: Row, texts: Texts) -> str:
    """What stays unmet, and why, in one sentence or two."""
    place = str(row["next_place"])
    its = str(corridor.places.at[place, "country_iso3"]) if place else ""
    return texts(
        f"standard.left_{row['reason']}",
        stretch=between(corridor, answer.profile.stops, row["from_hours"], row["to_hours"], texts),
        hours=texts.hours(row["hours"]),
        capability=texts(f"capability.{row['capability']}"),
        place=place_name(corridor, place, texts.lang) if place else "",
        country=texts.country(its),
    )


def between(corridor: Corridor, stops: pd.DataFrame, start: float, end: float, texts: Texts) -> str:
    """The stops around a part of the route, from the last at or before its start to the first at or after its end."""
    first = stops.loc[stops["at_hours"] <= start + 1e-6, "place_id"].iloc[-1]
    last = stops.loc[stops["at_hours"] >= end - 1e-6, "place_id"].iloc[0]
    return " – ".join(place_name(corridor, str(place), texts.lang) for place in (first, last))


def _grounds(found: Found, rows: list[Row], texts: Texts) -> Iterator[str]:
    if any(row["change"] for row in rows):
        yield texts("standard.assumed")
        places = {row["country_iso3"] for row in rows if row["change"]}
        yield from unchecked_sentences(found.unchecked[found.unchecked.index.isin(places)], texts)
