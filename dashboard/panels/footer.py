"""What the page says of itself: legend, disclaimers, and the self-check of what was left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from dash import html

from dashboard.answers import Answer
from dashboard.ids import Id
from dashboard.maps.values import MARK_KINDS, Mark
from dashboard.panels.detail import source_link
from dashboard.text import Texts
from geodata.corridor import Corridor
from geodata.schema import ROLES


def legend(texts: Texts, answer: Answer, marks: Sequence[Mark] = ()) -> list[Any]:
    """The classes of the question with colour, texture and meaning, and the shapes of the map's points and marks."""
    classes = [
        html.Li(
            [html.Span(className=f"swatch swatch--{name}", **{"aria-hidden": "true"}), texts(f"class.{name}")],
            title=texts(f"class.{name}.meaning"),
        )
        for name in answer.classes
    ]
    roles = [
        html.Li([html.Span(className=f"badge-role is-{role}", **{"aria-hidden": "true"}), texts(f"role.{role}.long")])
        for role in ROLES
    ]
    services = [
        html.Li(
            [
                html.Span(
                    html.Span(className="badge-cross"),
                    className=f"badge badge-service {look}",
                    **{"aria-hidden": "true"},
                ),
                texts(key),
            ]
        )
        for look, key in (
            ("", "status.confirmed_service"),
            ("is-unconfirmed", "status.unconfirmed"),
            ("is-possible", "status.possible"),
        )
    ]
    points = html.Ul([*_marks_in_legend(marks, texts), *services, *roles], className="legend-list legend-points")
    return [
        html.Details(
            [html.Summary(texts("legend.heading")), html.Ul(classes, className="legend-list"), points],
            open=True,
            className="legend-box",
        )
    ]


def _marks_in_legend(marks: Sequence[Mark], texts: Texts) -> Iterator[Any]:
    """The shape of each kind of mark that stands on the map."""
    there = {mark.kind for mark in marks}
    for kind in (kind for kind in MARK_KINDS if kind in there):
        sign = html.Span("1" if kind == "proposed" else None, className="badge-sign")
        badge = html.Span(sign, className=f"badge badge-mark badge-{kind}", **{"aria-hidden": "true"})
        yield html.Li([badge, texts(f"mark.{kind}")])


def footer(texts: Texts, corridor: Corridor, query: str) -> list[Any]:
    """Disclaimers, the documents, what was left out and why, services that stand nowhere on the corridor, every source."""
    return [
        html.P(texts("disclaimer.not_violence")),
        html.P(texts("disclaimer.schematic")),
        html.P(texts("disclaimer.borders")),
        *document_links(texts, query),
        html.Details([html.Summary(texts("selfcheck.heading")), *_selfcheck(texts, corridor)], className="more"),
        html.Details(
            [
                html.Summary(texts("sources.heading", count=len(corridor.snapshot.table("sources")))),
                _sources(texts, corridor),
            ],
            className="more",
        ),
        html.P(texts("data.version", digest=corridor.snapshot.digest[:12]), className="small"),
    ]


def document_links(texts: Texts, query: str) -> list[Any]:
    """The documents beside the dashboard, each with the query of the view to come back to."""
    asked = f"?{query}" if query else ""
    return [
        html.P(html.A(texts("method.link"), id=Id.METHOD_LINK, href=f"/method{asked}")),
        html.P(html.A(texts("planning.link"), id=Id.PLANNING_LINK, href=f"/planning{asked}")),
        html.P(html.A(texts("indicators.heading"), id=Id.INDICATORS_LINK, href=f"/indicators{asked}")),
    ]


def _selfcheck(texts: Texts, corridor: Corridor) -> Iterator[Any]:
    for lead, items in self_check(texts, corridor):
        yield html.P(lead)
        if items:
            yield html.Ul([html.Li(item) for item in items])


def self_check(texts: Texts, corridor: Corridor) -> list[tuple[str, list[str]]]:
    """What enters no figure: each kind in a sentence with its number, and the names of what it counts where they are public."""
    left_out = corridor.snapshot.table("left_out")
    unconnected = corridor.not_connected
    hidden = int((corridor.snapshot.table("services")["confidentiality"] != "public").sum())
    services = [
        texts("selfcheck.service", name=row["name"], country=texts.country(row["country_iso3"]))
        for _, row in unconnected.iterrows()
    ]
    facts = [
        texts("selfcheck.fact", name=f"{row['fact_table']}: {row['fact_id']}", reason=_reasons(row["caveat"], texts))
        for _, row in left_out.iterrows()
    ]
    return [
        (texts("selfcheck.unconnected", count=len(unconnected)), services),
        (texts("selfcheck.hidden", count=hidden), []),
        (texts("selfcheck.left_out", count=len(left_out)), facts),
    ]


def _reasons(codes: str, texts: Texts) -> str:
    return " ".join(texts(f"caveat.{code}") for code in codes.split(";") if code)


def _sources(texts: Texts, corridor: Corridor) -> Any:  # noqa: ANN401 - a component
    sources = corridor.snapshot.table("sources").sort_values("publisher", kind="stable").to_dict("records")
    items = [html.Li([source_link(corridor, row["id"], texts), *_shows(row, texts)]) for row in sources]
    return html.Ul(items, className="source-list")


def _shows(source: dict[str, Any], texts: Texts) -> Iterator[str]:
    """What a source can show and, where that is known, what it cannot."""
    yield texts("sources.shows", what=_words("can_show", source["can_show"], texts))
    if source["cannot_show"]:
        yield texts("sources.shows_not", what=_words("cannot_show", source["cannot_show"], texts))


def _words(prefix: str, codes: str, texts: Texts) -> str:
    return texts.list_of([texts(f"{prefix}.{code}") for code in codes.split(";") if code])
