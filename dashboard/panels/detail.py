"""The detail of what was selected: a stretch, a place or a service, with its sources and doubts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd
from dash import html

from dashboard.answers import Answer
from dashboard.naming import opening_hours, place_name, presence_title, service_title, status_of
from dashboard.state import ViewState
from dashboard.text import Texts
from geodata.corridor import Corridor
from geodata.coverage import hours_ahead

Fact = tuple[str, Any]


def detail(corridor: Corridor, answer: Answer, state: ViewState, texts: Texts) -> list[Any]:
    """What is known of the selection; nothing where nothing is selected."""
    kind, name, km = state.selected()
    known = {"leg": corridor.legs.index, "place": corridor.places.index, "service": answer.services.index}
    if name not in known.get(kind, ()):
        return []
    heading, facts = {
        "leg": lambda: _stretch(corridor, answer, name, km, texts),
        "place": lambda: _place(corridor, answer, name, texts),
        "service": lambda: _service(corridor, answer, name, texts),
    }[kind]()
    close = html.Button(texts("action.close"), className="button", type="button", **{"data-at": ""})
    return [
        html.Div([html.H2(heading), html.Div(close, className="region-tools")], className="region-head"),
        html.Dl([part for name, value in facts for part in (html.Dt(name), html.Dd(value))], className="detail-facts"),
    ]


def _stretch(corridor: Corridor, answer: Answer, leg_id: str, km: float, texts: Texts) -> tuple[str, Iterator[Fact]]:
    leg = corridor.legs.loc[leg_id]
    ends = [place_name(corridor, str(leg[end]), texts.lang) for end in ("from_place", "to_place")]
    runs = answer.profile.leg_runs
    here = runs[(runs["leg_id"] == leg_id) & (runs["from_km"] <= km + 1e-6) & (runs["to_km"] >= km - 1e-6)]

    def facts() -> Iterator[Fact]:
        for run in here.head(1).to_dict("records"):
            yield (
                texts("detail.class"),
                texts(f"class.{run['class']}.meaning", window=texts.hours(answer.question.window_hours)),
            )
            yield (
                texts("detail.part"),
                texts("detail.from_to_km", start=texts.km(run["from_km"]), end=texts.km(run["to_km"])),
            )
            yield texts("detail.hours_ahead"), _range(run, texts, texts("word.none_ahead"))
            yield texts("detail.next_service"), _next(corridor, answer, str(run["next_service"]), texts)
            if run["unconfirmed"]:
                yield texts("detail.doubt"), texts("status.unconfirmed.meaning")
        yield texts("detail.leg_hours"), texts.range_of(leg["hours_low"], leg["hours_typical"], leg["hours_high"])
        yield texts("detail.mode"), texts(f"mode.{leg['mode']}")
        yield texts("detail.length"), texts("detail.schematic_km", km=texts.km(leg["length_km"]))
        yield texts("detail.basis"), texts(f"basis.{leg['basis']}")
        yield texts("detail.holds"), _period(leg["since"], leg["until"], texts)
        yield from _branches(corridor, answer, leg_id, texts)
        yield from _grounds(corridor, leg, texts)

    return " – ".join(ends), facts()


def _place(corridor: Corridor, answer: Answer, place_id: str, texts: Texts) -> tuple[str, Iterator[Fact]]:
    place = corridor.places.loc[place_id]
    network = hours_ahead(corridor, answer.question.with_(route=None)).places.loc[place_id]

    def facts() -> Iterator[Fact]:
        yield (
            texts("detail.where"),
            texts("detail.where_in", admin1=place["admin1"], country=texts.country(place["country_iso3"])),
        )
        along = answer.profile.stops[answer.profile.stops["place_id"] == place_id]
        for row in along.head(1).to_dict("records"):
            missing = texts("word.unknown" if row["unknown"] else "word.none_ahead")
            yield texts("detail.hours_on_route"), _range(row, texts, missing)
        missing = texts("word.unknown" if network["unknown"] else "word.none_ahead")
        yield texts("detail.hours_on_network"), _range(network.to_dict(), texts, missing)
        yield texts("detail.next_service"), _next(corridor, answer, str(network["next_service"]), texts)
        services = answer.services[answer.services["at_place"] == place_id]
        yield (
            texts("detail.services_here"),
            _listed([service_title(corridor, row, texts) for _, row in services.iterrows()], texts),
        )
        presence = answer.presence[answer.presence["at_place"] == place_id]
        yield (
            texts("detail.presence_here"),
            _listed([presence_title(corridor, row, texts) for _, row in presence.iterrows()], texts),
        )
        stays = corridor.stays[corridor.stays["place_id"] == place_id]
        stays = stays[stays[[f"hours_{pace}" for pace in ("low", "typical", "high")]].notna().any(axis=1)]
        yield texts("detail.stays"), _listed([_stay(row, texts) for row in stays.to_dict("records")], texts)
        yield from _grounds(corridor, place, texts)

    return place_name(corridor, place_id, texts.lang), facts()


def _service(corridor: Corridor, answer: Answer, service_id: str, texts: Texts) -> tuple[str, Iterator[Fact]]:
    site = answer.services.loc[service_id]

    def facts() -> Iterator[Fact]:
        yield texts("detail.operator"), site["operator"]
        yield texts("detail.where"), place_name(corridor, site["at_place"], texts.lang)
        for column in ("capabilities", "possible_capabilities"):
            words = [texts(f"capability.{word}") for word in site[column].split(";") if word]
            if words:
                yield texts(f"detail.{column}"), texts.list_of(words)
        yield texts("detail.status"), texts(f"status.{status_of(site)}.meaning")
        yield texts("detail.period"), _period(site["opened"], site["closed"], texts)
        yield texts("detail.last_confirmed"), texts.date(site["last_confirmed"])
        yield texts("detail.opening_hours"), opening_hours(site, texts)
        yield texts("detail.admits"), _words("admits", site["admits"], texts)
        yield texts("detail.asks_for"), _words("asks_for", site["asks_for"], texts)
        yield from _grounds(corridor, site, texts)

    return str(site["name"]), facts()


def _words(prefix: str, codes: str, texts: Texts) -> str:
    """A `;`-joined column in words; "unknown" where nothing was published."""
    return texts.list_of([texts(f"{prefix}.{code}") for code in codes.split(";") if code]) or texts("word.unknown")


def _branches(corridor: Corridor, answer: Answer, leg_id: str, texts: Texts) -> Iterator[Fact]:
    """Where the way divides after a leg: each branch with its own hours ahead."""
    directed = corridor.arcs[answer.question.direction]
    valid = directed.valid_at(answer.question.as_of)
    leg = corridor.legs.index.get_loc(leg_id)
    heads = directed.head[(directed.leg == leg) & valid]
    if not len(heads):
        return
    onward = [arc for arc in range(len(directed.tail)) if valid[arc] and directed.tail[arc] == heads[0]]
    if len(onward) < 2:
        return
    places = hours_ahead(corridor, answer.question.with_(route=None)).places
    lines = []
    for arc in onward:
        there = places.iloc[directed.head[arc]]
        hours = {
            f"{pace}_hours": there[f"{pace}_hours"] + directed.hours[row][arc]
            for row, pace in enumerate(("low", "typical", "high"))
        }
        missing = texts("word.unknown" if there["unknown"] else "word.none_ahead")
        lines.append(
            texts(
                "detail.branch",
                place=place_name(corridor, str(there.name), texts.lang),
                hours=_range(hours, texts, missing),
            )
        )
    yield (
        texts("detail.branches", place=place_name(corridor, str(corridor.places.index[heads[0]]), texts.lang)),
        _listed(lines, texts),
    )


def _grounds(corridor: Corridor, row: pd.Series, texts: Texts) -> Iterator[Fact]:
    """Doubts and sources of a row."""
    doubts = [texts(f"caveat.{code}") for code in str(row["caveat"]).split(";") if code]
    if doubts:
        yield texts("detail.caveats"), _listed(doubts, texts)
    named = dict.fromkeys(source for source in (row["source_id"], row.get("confirmed_source_id", "")) if source)
    yield texts("detail.sources"), html.Ul([html.Li(source_link(corridor, source, texts)) for source in named])


def source_link(corridor: Corridor, source_id: str, texts: Texts) -> Any:  # noqa: ANN401 - a component
    """A source by its publisher, linked where it has an address, with its date where one is known."""
    sources = corridor.remembered("sources", lambda: corridor.snapshot.table("sources").set_index("id"))
    source = sources.loc[source_id]
    title = f"{source['publisher']}: {source['title']}" if source["title"] else source["publisher"]
    named = f"{title} ({texts.date(source['published'])})" if source["published"] else title
    return html.A(named, href=source["url"], rel="noreferrer noopener", target="_blank") if source["url"] else named


def _next(corridor: Corridor, answer: Answer, site: str, texts: Texts) -> str:
    if site in answer.services.index:
        return service_title(corridor, answer.services.loc[site], texts)
    if site in answer.presence.index:
        return presence_title(corridor, answer.presence.loc[site], texts)
    return texts("word.none_ahead")


def _range(row: dict[str, Any], texts: Texts, missing: str) -> str:
    low, typical, high = (row[f"{pace}_hours"] for pace in ("low", "typical", "high"))
    return missing if pd.isna(low) else texts.range_of(low, typical, high)


def _stay(row: dict[str, Any], texts: Texts) -> str:
    hours = [texts.number(row[f"hours_{pace}"]) for pace in ("low", "typical", "high")]
    period = texts.date(row["period"].split("/")[0]) if row["period"] else texts("word.unknown")
    return texts(
        "detail.stay",
        low=hours[0],
        typical=hours[1],
        high=hours[2],
        period=period,
        role=texts(f"stay_role.{row['role']}"),
    )


def _listed(lines: list[str], texts: Texts) -> Any:  # noqa: ANN401 - a component or a word
    return html.Ul([html.Li(line) for line in lines]) if lines else texts("word.none_known")


def _period(start: str, end: str, texts: Texts) -> str:
    return texts("period", start=texts.date(start), end=texts.date(end) if end else texts("word.no_end_known"))
