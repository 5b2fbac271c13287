"""The steps of the case that tell places: where help is missing, the first place, the further ones, what to ask before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd
from markupsafe import Markup

from dashboard.charts import pair_svg
from dashboard.charts.pair import PairRibbon, changes
from dashboard.charts.ribbon import ribbon_svg
from dashboard.documents.figures import Values
from dashboard.documents.planning_case import MOST_PLACES, Case, records
from dashboard.naming import short_place_name
from dashboard.panels.change import ribbons
from dashboard.panels.harm import unchecked_sentences
from dashboard.panels.sentence import IN_TIME
from dashboard.panels.siting import alternative_words, harm_words, left_words, remarks
from dashboard.panels.siting_names import candidate_name, where
from dashboard.panels.siting_sentence import gained, proven, reason_of
from geodata.planning.harm import unchecked

WIDTHS_PX = {"wide": 720, "narrow": 328}
SAME_HOURS = 1e-6


def step(**given: Any) -> Values:  # noqa: ANN401 - parts of a step
    """A step as the template shows it: what is not given is left out."""
    return {"lines": [], "pictures": [], "lists": [], "tables": [], "folded": [], "links": []} | given


def today(case: Case) -> Values:
    """Where help is missing: the page's sentence, the route as it is, and each part that is not in time."""
    said, asked = case.said("care"), case.asked("care")
    runs = asked.profile.runs
    late = runs[~runs["class"].isin(IN_TIME)]
    items = [_late_words(case, asked.profile.stops, row) for row in _joined(late)]
    nothing = [case.texts("planning.none_late")] if late.empty else []
    ribbon = ribbons(case.corridor, asked, case.state, case.texts, runs, ("", ""))
    drawn = {
        name: Markup(ribbon_svg(ribbon, " ".join(items or nothing), case.texts, width, f"today-{name}"))  # noqa: S704 - our own drawing
        for name, width in WIDTHS_PX.items()
    }
    return step(
        lines=[said.headline, said.support, *nothing],
        pictures=[drawn],
        lists=[{"lead": case.texts("planning.late_lead"), "items": items}] if items else [],
        folded=[
            {
                "summary": case.texts("planning.grounds"),
                "lists": [{"lead": said.small_print[0], "items": said.small_print[1:]}],
            }
        ],
        links=[case.link("care")],
    )


def _joined(runs: pd.DataFrame) -> list[dict[Any, Any]]:
    """Runs of one class that follow each other as one: a border or a place between them changes nothing for her."""
    found: list[dict[Any, Any]] = []
    for row in runs.to_dict("records"):
        last = found[-1] if found else None
        if last and last["class"] == row["class"] and abs(last["to_hours"] - row["from_hours"]) < SAME_HOURS:
            last["to_hours"] = row["to_hours"]
        else:
            found.append(row)
    return found


def _late_words(case: Case, stops: pd.DataFrame, row: dict[Any, Any]) -> str:
    texts, names = case.texts, stops["place_id"]
    left = names[stops["at_hours"] <= row["from_hours"] + SAME_HOURS].iloc[-1]
    right = names[stops["at_hours"] >= row["to_hours"] - SAME_HOURS].iloc[0]
    start, end = (short_place_name(case.corridor, str(place), texts.lang) for place in (left, right))
    hours = texts.hours_in_words(float(row["to_hours"] - row["from_hours"]))
    return texts("planning.late_item", start=start, end=end, hours=hours, meaning=texts(f"class.{row['class']}"))


def first(case: Case) -> Values:
    """The first place: which, why, what it is worth, what speaks against it and what would be as good."""
    said = case.said("siting", places=1)
    if not case.found:
        return step(lines=[said.headline, case.texts("planning.nothing")], links=[case.link("siting", places=1)])
    siting, texts = case.siting(1), case.texts
    row = records(siting.chosen)[0]
    against = harm_words(case.corridor, case.state, row, texts)
    others = list(alternative_words(case.corridor, siting, row, texts))
    return step(
        lines=[
            said.headline,
            _what(case, row),
            reason_of(case.corridor, row, texts),
            gained(siting, texts),
            *remarks(case.corridor, row, texts),
            proven(siting, texts),
            *(others or [texts("planning.no_tie")]),
            *_taken_for_granted(case),
        ],
        lists=[{"lead": texts("siting.harm_heading"), "items": against}] if against else [],
        links=[case.link("siting", places=1), case.link("plan", plan=case.changes(1))],
        **_pictured(case, 1),
    )


def _taken_for_granted(case: Case) -> list[str]:
    """What a proposal rests on beyond the grounds of the first step."""
    known = case.said("care").small_print
    return [line for line in case.said("siting", places=1).small_print if line not in known]


def _what(case: Case, row: dict[Any, Any]) -> str:
    if row["kind"] == "upgrade":
        return case.texts("siting.is_upgrade", service=case.corridor.services.at[row["service_id"], "name"])
    return case.texts("siting.is_new")


def more(case: Case) -> Values:
    """The further places: what each adds, the route with all of them, and what stays out of time and why."""
    siting, texts = case.siting(MOST_PLACES), case.texts
    count = len(siting.chosen)
    enough = [texts("siting.enough", count=count)] if count < MOST_PLACES else []
    left = [left_words(case.corridor, row, texts) for row in siting.left.to_dict("records")]
    pictured = _pictured(case, count) if siting.candidates != case.siting(1).candidates else {}
    more_tables = pictured.pop("tables", [])
    return step(
        lines=[texts("planning.more_reading"), gained(siting, texts), proven(siting, texts), *enough],
        tables=[_places(case), *more_tables],
        lists=[_reasons(case), *([{"lead": texts("planning.left_lead"), "items": left}] if left else [])],
        links=[case.link("siting", places=MOST_PLACES), case.link("plan", plan=case.changes(MOST_PLACES))],
        **pictured,
    )


def _places(case: Case) -> Values:
    """Place by place what it adds beside those before it: woman-days of the month, else hours of one woman's travel."""
    siting, texts = case.siting(MOST_PLACES), case.texts
    unit = "hours" if siting.chosen["typical_gain_woman_days"].isna().any() else "woman_days"
    return {
        "caption": texts("siting.places_heading"),
        "columns": [
            *(texts(f"column.{name}") for name in ("rank", "place", "country")),
            *(texts(f"planning.{name}") for name in (f"adds_{unit}", "adds_range")),
        ],
        "rows": [
            [
                texts.number(row["rank"], 0),
                where(case.corridor, row, texts),
                texts.country(row["country_iso3"]),
                *_added(case, row, unit),
            ]
            for row in records(siting.chosen)
        ],
    }


def _added(case: Case, row: dict[Any, Any], unit: str) -> tuple[str, str]:
    """What a place adds at the usual pace, and from the least to the most by pace."""
    typical, *others = (float(row[f"{pace}_gain_{unit}"]) for pace in ("typical", "low", "high"))
    digits = 0 if unit == "woman_days" else None
    ends = (case.texts.number(end(typical, *others), digits) for end in (min, max))
    return case.texts.number(typical, digits), "–".join(ends)


def _reasons(case: Case) -> Values:
    siting, texts = case.siting(MOST_PLACES), case.texts
    items = [
        texts(
            "planning.checked_item",
            place=where(case.corridor, row, texts),
            words=f"{_what(case, row)} {reason_of(case.corridor, row, texts)}",
        )
        for row in records(siting.chosen)
    ]
    return {"lead": texts("planning.why_lead"), "items": items}


def _pictured(case: Case, places: int) -> Values:
    """The route as it is above, the same with the best so many places below; and what changes as a table."""
    texts, planned = case.texts, case.planned(places)
    sides = texts("planning.without_places"), texts("planning.with_places", count=places)
    ribbon = ribbons(case.corridor, planned, case.state, texts, planned.found.today_runs, sides)
    drawn = {
        name: Markup(pair_svg(ribbon, texts, width, f"places-{places}-{name}"))  # noqa: S704 - our own drawing
        for name, width in WIDTHS_PX.items()
    }
    return {"pictures": [drawn], "tables": [_changes(case, ribbon, sides)]}


def _changes(case: Case, ribbon: PairRibbon, sides: tuple[str, str]) -> Values:
    texts = case.texts
    words = {one.name: one.words for one in ribbon.classes} | {None: texts("chart.not_known")}

    def stretch(start: float, end: float) -> str:
        left = next(stop.name for stop in reversed(ribbon.stops) if stop.at_hours <= start + SAME_HOURS)
        right = next(stop.name for stop in ribbon.stops if stop.at_hours >= end - SAME_HOURS)
        return f"{left} – {right}"

    return {
        "caption": texts("planning.changes"),
        "columns": [texts("planning.stretch"), texts("planning.hours"), *sides],
        "rows": [
            [stretch(part.from_hours, part.to_hours), texts.hours(part.hours), words[part.before], words[part.after]]
            for part in changes(ribbon)
        ],
    }


def before(case: Case) -> Values:
    """What the figures do not know, what the check holds against the places, and who must be asked."""
    texts = case.texts
    asks = [texts(f"planning.before.{who}") for who in ("women", "community", "ministry", "unknown")]
    return step(
        lines=[texts("planning.before_reading")],
        lists=[
            {"lead": texts("planning.checked"), "items": [*_checked(case), texts("siting.harm_not_safe")]},
            {"lead": texts("planning.before_lead"), "items": asks},
        ],
    )


def _checked(case: Case) -> Iterator[str]:
    """Per place found what the check holds against it; then the institutions that could be held against none."""
    texts, chosen = case.texts, case.siting(MOST_PLACES).chosen
    for row in records(chosen):
        place = candidate_name(case.corridor, str(row["candidate"]), texts)
        against = harm_words(case.corridor, case.state, row, texts)
        words = " ".join(against) or texts("planning.no_flag")
        trail = [texts("siting.trailhead")] if row["place_kind"] == "trailhead" else []
        yield texts("planning.checked_item", place=place, words=" ".join([words, *trail]))
    counts = unchecked(case.corridor, case.state.as_of)
    yield from unchecked_sentences(counts[counts.index.isin(chosen["country_iso3"])], texts)
