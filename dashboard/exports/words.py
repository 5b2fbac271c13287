"""What stands around the map in a file: headline, filters, date of the data, legend, list of runs, sources, disclaimers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from dashboard.answers import Answer
from dashboard.exports.badges import badge_html, cross_html, role_html, sign_html
from dashboard.exports.escaping import in_script, shown
from dashboard.exports.runs import CASING_PX, DOUBT, Run, publisher
from dashboard.maps.values import MARK_KINDS, Mark
from dashboard.naming import route_name
from dashboard.panels.sentence import Sentence
from dashboard.state import ViewState
from dashboard.text import Texts
from dashboard.theme.tokens import line_styles
from geodata.corridor import Corridor
from geodata.schema import ROLES

_DISCLAIMERS = ("not_violence", "schematic", "borders")
_COLUMNS = ("column.stretch", "export.part", "column.class", "export.source")


def before_map(
    corridor: Corridor, answer: Answer, said: Sentence, state: ViewState, texts: Texts, *, with_lens: bool
) -> str:
    """The headline, what was asked, the date of the data, and the buttons of the map; the map's frame stays open."""
    asked = "".join(
        f"<div><dt>{shown(name)}</dt><dd>{shown(value)}</dd></div>"
        for name, value in filters(corridor, answer, state, texts)
    )
    looks = ("route", "map.whole_route"), *([("lens", "map.lens_name")] if with_lens else [])
    buttons = "".join(f'<button type="button" data-view="{view}">{shown(texts(key))}</button>' for view, key in looks)
    return (
        f'<a class="skip-link" href="#runs">{shown(texts("export.skip"))}</a>'
        f'<header><p class="small">{shown(texts("app.title"))}</p><h1>{shown(said.headline)}</h1>'
        f'<p>{shown(said.support)}</p><p class="stamp">{shown(stamp(corridor, state, texts))}</p>'
        f'<dl class="asked" aria-label="{shown(texts("export.asked"))}">{asked}</dl></header>'
        f'<main><div class="views">{buttons}</div><p class="small">{shown(texts("map.keyboard"))}</p>'
        '<div class="stage">'
    )


def after_map(
    corridor: Corridor,
    answer: Answer,
    said: Sentence,
    state: ViewState,
    texts: Texts,
    runs: Iterable[Run],
    marks: Sequence[Mark] = (),
) -> str:
    """Legend, the runs in words, the small print, the sources and the disclaimers; it closes the map's frame."""
    print_ = "".join(f"<p>{shown(line)}</p>" for line in said.small_print)
    sources = texts("export.sources", publishers=", ".join(publishers(corridor, answer, state)))
    warnings = "".join(f"<p>{shown(texts(f'disclaimer.{name}'))}</p>" for name in _DISCLAIMERS)
    return (
        f'</div>{_legend(texts, answer, marks)}<section id="runs" tabindex="-1"><h2>{shown(texts("export.list"))}</h2>'
        f"{_list(texts, runs)}</section></main>"
        f'<footer class="small">{print_}<p>{shown(sources)}</p>{warnings}<p>{shown(texts("map.credit"))}</p></footer>'
    )


def filters(corridor: Corridor, answer: Answer, state: ViewState, texts: Texts) -> Iterator[tuple[str, str]]:
    """Every part of the question with its name: route, direction, what is sought, time limit, status, month."""
    yield texts("control.route"), route_name(corridor, state.route, texts.lang)
    yield texts("control.direction"), texts(f"direction.{state.direction}")
    yield texts("control.question"), texts(f"question.{state.question}")
    if "capability" in answer.record.controls:
        yield texts("control.capability"), texts(f"capability.{state.capability}")
    yield texts("control.window"), texts.hours_in_words(answer.question.window_hours)
    yield texts("control.status"), texts(f"status.{answer.question.status}")
    yield texts("control.date"), texts.month(state.as_of)


def stamp(corridor: Corridor, state: ViewState, texts: Texts) -> str:
    """The date of the data: the month they tell of, until when the sources were read, and which version they are."""
    retrieved = max(corridor.snapshot.table("sources")["retrieved"].astype(str))
    return texts(
        "export.stamp",
        month=texts.month(state.as_of),
        retrieved=texts.date(retrieved),
        digest=corridor.snapshot.digest[:12],
    )


def publishers(corridor: Corridor, answer: Answer, state: ViewState) -> list[str]:
    """Who published what the map draws, in alphabetical order, each once."""
    tables = [corridor.legs.loc[answer.profile.stretches["leg_id"]], answer.services.reindex(answer.sites.index)]
    if "state" in state.layers or answer.question.asks_state:
        tables.append(answer.presence)
    if "reports" in state.layers:
        tables.append(answer.reports)
    ids = {str(source) for table in tables for source in table["source_id"].dropna()}
    return sorted({publisher(corridor, source) for source in ids} - {""}, key=str.casefold)


def map_script(name: str, views: Mapping[str, Any], zooms: Sequence[int], texts: Texts) -> str:
    """The file's own script, to stand after the map's.

    It names the map and its buttons, brings the route or the part that distance hides into view, shows the names that
    have room at a zoom, and lets Escape close what Enter opened.
    """
    control = {"zoomInTitle": texts("map.zoom_in"), "zoomOutTitle": texts("map.zoom_out")}
    named = {"role": "region", "aria-label": texts("map.heading")}
    return f"""
    (function (map, zooms, views, control, named) {{
      Object.keys(named).forEach(function (name) {{ map.getContainer().setAttribute(name, named[name]); }});
      function zoomed() {{
        zooms.forEach(function (zoom) {{
          map.getContainer().classList.toggle("z" + zoom, map.getZoom() >= zoom);
        }});
      }}
      function show(view, options) {{
        map.fitBounds(views[view], Object.assign({{ padding: [16, 16] }}, options));
      }}
      L.control.zoom(control).addTo(map);
      map.on("zoomend", zoomed);
      show("route", {{ animate: false }});
      zoomed();
      map.getContainer().addEventListener("keydown", function (event) {{
        if (event.key === "Escape") map.closePopup();
      }});
      document.querySelectorAll("[data-view]").forEach(function (button) {{
        button.addEventListener("click", function () {{ show(button.dataset.view); }});
      }});
    }})({name}, {", ".join(in_script(json.dumps(part)) for part in (list(zooms), views, control, named))});
    """


def _legend(texts: Texts, answer: Answer, marks: Sequence[Mark]) -> str:
    lines = line_styles()
    marked = [kind for kind in MARK_KINDS if kind in {mark.kind for mark in marks}]
    items = [(_line_sample(lines[name]), f"class.{name}") for name in answer.classes]
    items.append((_line_sample(lines[answer.classes[0]], doubt=True), "status.unconfirmed.meaning"))
    items += [
        (badge_html(kind, sign_html("1" if kind == "proposed" else ""), "badge-mark"), f"mark.{kind}")
        for kind in marked
    ]
    items += [
        (badge_html("service", cross_html(), look), key)
        for look, key in (
            ("", "status.confirmed_service"),
            ("is-unconfirmed", "status.unconfirmed"),
            ("is-possible", "status.possible"),
        )
    ]
    items += [(badge_html("state", role_html(role)), f"role.{role}.long") for role in ROLES]
    items.append((badge_html("report"), "layer.reports"))
    listed = "".join(f"<li>{sample}<span>{shown(texts(key))}</span></li>" for sample, key in items)
    return f'<section class="legend"><h2>{shown(texts("legend.heading"))}</h2><ul>{listed}</ul></section>'


def _line_sample(look: Mapping[str, Any], *, doubt: bool = False) -> str:
    """A class's line as the map draws it, with the mark of doubt where it is asked for."""
    strokes = [
        (look["casing"], look["weight"] + CASING_PX, ""),
        (look["color"], look["weight"], look["dashArray"] or ""),
    ]
    strokes += [(DOUBT["color"], DOUBT["weight"], DOUBT["dash_array"])] if doubt else []
    lines = "".join(
        f'<path d="M4 9H48" fill="none" stroke="{colour}" stroke-width="{weight}" stroke-dasharray="{dash or "none"}"'
        f' stroke-linecap="{"round" if dash == DOUBT["dash_array"] else "butt"}"/>'
        for colour, weight, dash in strokes
    )
    return f'<svg width="52" height="18" aria-hidden="true">{lines}</svg>'


def _list(texts: Texts, runs: Iterable[Run]) -> str:
    head = "".join(f'<th scope="col">{shown(texts(key))}</th>' for key in _COLUMNS)
    rows = "".join(
        "<tr>"
        + "".join(f"<td>{shown(cell)}</td>" for cell in (run.stretch, run.part, run.result, run.source))
        + "</tr>"
        for run in runs
    )
    return f'<div class="list"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'
