"""Silence: what was told of each stretch, held against whether anybody could hear. Quiet is not the same as deaf."""

from __future__ import annotations

import numpy as np
import pandas as pd

from geodata.corridor import Corridor
from geodata.corridor.arcs import Bools
from geodata.coverage.hearing import (
    DEAF,
    HEARD,
    capacity_bands,
    channel_events,
    ground,
    hearing,
    journey,
    part_hearing,
    route_hours,
    silence_question,
)
from geodata.coverage.hours import HOUR_COLUMNS, hours_ahead
from geodata.coverage.question import Question
from geodata.coverage.reports import imported_counts
from geodata.coverage.telling import figures, present_period, told
from geodata.protection import is_masked
from geodata.units import PACES, Month, quarter, quarter_name

__all__ = [
    "SILENCE_STATES",
    "capacity_bands",
    "channel_events",
    "silence_at",
    "silence_classed",
    "silence_question",
    "silences",
    "told",
]

DEAF_COLUMNS = [f"deaf_{pace}_hours" for pace in PACES]
SILENCE_STATES = ("heard_with_reports", "heard_quiet", "deaf_with_reports", "deaf_silent", "not_assessed")


def silence_classed(corridor: Corridor, question: Question, segments: pd.DataFrame) -> pd.DataFrame:
    """The segments of a `silence_question`'s own `hours_ahead` with `class`, one of `SILENCE_STATES`, and `unconfirmed`.

    Whether a segment is heard or deaf says `hearing`; reports never change it, so that a deaf stretch is never read as
    low. With reports: a figure of its stretch told of this quarter (`told`), or an imported count on its leg in the same
    period that is not masked. heard_quiet: none, though somebody has published figures of this stretch. not_assessed: not
    known whether anybody hears; or heard, and nobody ever published a figure of it (nobody publishing is not quiet); or
    heard, and the only figures reach over a change of capacity. `unconfirmed`: deaf, and would be heard if a service that
    is listed, but that nobody confirmed of late, were counted.
    """
    capacity, _ = hearing(corridor, question, segments[HOUR_COLUMNS].to_numpy().T, segments["unknown"].to_numpy())
    deaf, heard = capacity == DEAF, capacity == HEARD
    reported, published, unclear = _told_on(corridor, question, segments["leg_id"])
    conditions = [deaf & reported, deaf, heard & reported, heard & published & ~unclear]
    states = ["deaf_with_reports", "deaf_silent", "heard_with_reports", "heard_quiet"]
    named = np.select(conditions, states, default="not_assessed")
    listed = question.with_(status="listed")
    by_listed, _ = hearing(corridor, listed, *route_hours(corridor, listed))
    return segments.assign(
        unconfirmed=deaf & (by_listed == HEARD), **{"class": pd.Series(named, index=segments.index, dtype="str")}
    )


def _told_on(corridor: Corridor, question: Question, legs: pd.Series[str]) -> tuple[Bools, Bools, Bools]:
    """Per segment: figures told of this quarter or a count that may be shown; figures ever published; figures unclear."""
    found, stretches = told(corridor, question), journey(corridor, question)["stretch"]
    of_quarter, unclear = (
        set(found.loc[found["told_of"] == word, "stretch"]) for word in ("this_quarter", "across_change")
    )
    published = {name for name in stretches.unique() if name and len(figures(corridor, name))}
    reported = set(stretches.index[stretches.isin(of_quarter)]) | set(_counted_legs(corridor, question, stretches))
    by_leg = [reported, *(set(stretches.index[stretches.isin(names)]) for names in (published, unclear))]
    codes, names = pd.factorize(legs)
    return tuple(np.array([leg in kept for leg in names], dtype=bool)[codes] for kept in by_leg)  # type: ignore[return-value]


def _counted_legs(corridor: Corridor, question: Question, stretches: pd.Series[str]) -> list[str]:
    """The legs with an imported count that is not masked; on a stretch only of the days on which it was as it is."""
    counts = imported_counts(corridor, question.as_of)["shown"]
    shown = {
        stretch: imported_counts(corridor, question.as_of, present_period(corridor, question, stretch))["shown"]
        for stretch in set(stretches[stretches.index.isin(counts.index)])
        if stretch
    }
    legs = [(str(leg), shown.get(stretches[leg], counts).get(leg)) for leg in counts.index if leg in stretches.index]
    return [leg for leg, count in legs if count is not None and not is_masked(count)]


def silence_at(corridor: Corridor, question: Question) -> pd.DataFrame:
    """Silence per part of the route at the as-of date: named stretches, and the rest by country. Index `part`, as travelled.

    Columns hours (the part's own, usual pace); hours for each of `SILENCE_STATES`, which add up to it; deaf_low_hours,
    deaf_typical_hours, deaf_high_hours (deaf at a fast, usual and slow pace, each in its own hours); deaf_listed_hours
    (usual pace, if services that nobody confirmed are counted); not_known_hours (of those not assessed: it is not known
    whether anybody hears). Raises `UnknownName` without a known route.
    """
    question = silence_question(question)
    return corridor.remembered(("silence_at", question), lambda: _silence_at(corridor, question))


def _silence_at(corridor: Corridor, question: Question) -> pd.DataFrame:
    named = silence_classed(corridor, question, hours_ahead(corridor, question).segments)["class"]
    own, heard = ground(corridor, question), part_hearing(corridor, question)
    listed = part_hearing(corridor, question.with_(status="listed"))["deaf_typical_hours"]
    cells = own.code * len(SILENCE_STATES) + pd.Index(SILENCE_STATES).get_indexer(pd.Index(named))
    hours = np.bincount(cells, weights=own.own_hours[1], minlength=len(own.parts) * len(SILENCE_STATES))
    columns = [f"{state}_hours" for state in SILENCE_STATES]
    found = pd.DataFrame(hours.reshape(len(own.parts), -1), index=heard.index, columns=columns)
    found.insert(0, "hours", heard["hours"])
    return found.join(heard[DEAF_COLUMNS]).assign(deaf_listed_hours=listed, not_known_hours=heard["not_known_hours"])


def silences(corridor: Corridor, question: Question, quarters: list[Month]) -> pd.DataFrame:
    """Silence per part of the route and quarter (any month names its quarter), in the order of travel.

    Columns quarter (YYYY-Qn), part, hours, a share for each of `SILENCE_STATES` (by hours, over the ends of the quarter's
    three months; they add up to 1), the deaf hours of `silence_at` (the mean of the three), `figures` (ids, `;`) told of
    the quarter while the stretch was as it was, `figures_across` (ids of those that reach over a change), and `changes`:
    the published dates (`;`) on which a channel opened or closed and more or less of the part was heard. Raises
    `UnknownName` without a known route. No quarters, no rows.
    """
    question = silence_question(question)
    tables = [_in_quarter(corridor, question.with_(as_of=quarter(month)[2])) for month in quarters]
    return pd.concat(tables, ignore_index=True) if tables else _in_quarter(corridor, question).iloc[:0]


def _in_quarter(corridor: Corridor, question: Question) -> pd.DataFrame:
    return corridor.remembered(("silences", question), lambda: _quarter_table(corridor, question))


def _quarter_table(corridor: Corridor, question: Question) -> pd.DataFrame:
    months = quarter(question.as_of)
    asked = [question.with_(as_of=month) for month in months]
    mean = sum((silence_at(corridor, one) for one in asked[1:]), silence_at(corridor, asked[0])) / len(months)
    shares = mean[[f"{state}_hours" for state in SILENCE_STATES]].div(mean["hours"], axis=0)
    shares.columns = pd.Index([f"{state}_share" for state in SILENCE_STATES])
    events = channel_events(corridor, question, months[0], months[2])
    table = pd.concat([mean["hours"], shares, mean[[*DEAF_COLUMNS, "deaf_listed_hours"]]], axis=1).assign(
        figures=_figure_ids(corridor, asked, mean.index, "this_quarter"),
        figures_across=_figure_ids(corridor, asked, mean.index, "across_change"),
        changes=[";".join(_change_dates(events, str(part))) for part in mean.index],
    )
    table.insert(0, "quarter", quarter_name(question.as_of))
    return table.reset_index()[["quarter", "part", *table.columns[1:]]]


def _change_dates(events: pd.DataFrame, part: str) -> list[str]:
    of_it = [part in names.split(";") for names in events["changed"]]
    return list(dict.fromkeys(events.loc[np.array(of_it, dtype=bool), "date"]))


def _figure_ids(corridor: Corridor, asked: list[Question], names: pd.Index, word: str) -> list[str]:
    found = pd.concat([told(corridor, one) for one in asked])
    found = found[found["told_of"] == word]
    return [";".join(sorted(set(found.index[found["stretch"] == name]))) for name in names]
