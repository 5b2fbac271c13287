"""IOM's Missing Migrants Project: its website's spreadsheet, its legacy CSV and the JSON of its service.

One incident may stand in several rows of the legacy CSV and of the service, and in one row of the spreadsheet, which
adds them up. Rows of one id are joined here in the same way: an incident counts once, whatever the release.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from geodata.schema import TABLES
from geodata.sources.missing_migrants_rows import NUMBERS, Part, incidents, recognises, sum_of
from geodata.sources.reading import ASIDE_COLUMNS, Progress, Reader, Reading
from geodata.sources.records import Records
from geodata.tables import number_text, table_from_text
from geodata.values import ID, UNPRINTABLE

REPORTER = "IOM Missing Migrants Project"
AMERICAS = frozenset({"North America", "Central America", "South America", "Caribbean"})
#: The one reason for which an incident is refused; for any other it is held.
ELSEWHERE = "outside_region"
DARIEN = frozenset({"Darien", "Darien Gap"})
ISO3 = {
    "Belize": "BLZ",
    "Colombia": "COL",
    "Costa Rica": "CRI",
    "Ecuador": "ECU",
    "El Salvador": "SLV",
    "Guatemala": "GTM",
    "Honduras": "HND",
    "Mexico": "MEX",
    "Nicaragua": "NIC",
    "Panama": "PAN",
    "Peru": "PER",
    "United States of America": "USA",
    "Venezuela (Bolivarian Republic of)": "VEN",
}


@dataclass(frozen=True)
class Against:
    """A reason against a row, and the column and value that it rests on."""

    reason: str
    column: str
    value: str


def read(records: Records, source: str, progress: Progress) -> Reading:
    """The incident reports of a release under the id of a source, and what was held or refused.

    Refused: an incident outside the Americas. Held: one in which something is missing or contradicts itself.
    """
    kept: list[dict[str, str]] = []
    aside: dict[str, list[tuple[object, ...]]] = {"held": [], "refused": []}
    rows_kept = done = 0
    for parts in incidents(records):
        against = _against(parts)
        if any(against):
            refused_here = any(one.reason == ELSEWHERE for one in against[0])
            aside["refused" if refused_here else "held"] += _lines(parts, against)
        else:
            kept.append(_report(parts, source))
            rows_kept += len(parts)
        done += len(parts)
        progress(done, len(records.table))
    held, refused = (pd.DataFrame(aside[status], columns=ASIDE_COLUMNS) for status in ("held", "refused"))
    columns = TABLES["incident_reports"].column_names
    table = table_from_text("incident_reports", pd.DataFrame(kept, columns=columns, dtype="str"))
    return Reading(len(records.table), rows_kept, table, held, refused)


def _against(parts: list[Part]) -> list[list[Against]]:
    """For each part of an incident what stands against it: its own faults, and those of the whole."""
    own = [list(_faults_of_part(part)) for part in parts]
    whole = list(_faults_of_whole(parts))
    if not whole and not any(own):
        return [[] for _ in parts]
    return [
        [*faults, *whole] or [Against("other_part_held", "id", part["id"])]
        for part, faults in zip(parts, own, strict=True)
    ]


def _faults_of_part(part: Part) -> Iterator[Against]:
    if not ID.fullmatch(part["id"]):
        yield Against("bad_id" if part["id"] else "no_id", "id", part["id"][:40])
    if not part.day:
        yield Against("bad_date" if part["date"] else "no_date", "date", part["date"][:40])
    for name in NUMBERS:
        count = part.count(name)
        if (part[name] and count is None) or (count is not None and count < 0 and name != "missing"):
            yield Against("bad_number", name, part[name][:40])
    if UNPRINTABLE.search(part["country"]):
        yield Against("bad_text", "country", "")
    if not part["total"]:
        yield Against("no_total", "total", "")
    if part.regions & AMERICAS:
        yield from _faults_of_point(part)


def _faults_of_point(part: Part) -> Iterator[Against]:
    lat, lon = (TABLES["incident_reports"].column(name) for name in ("lat", "lon"))
    if part.point is None:
        if part["point"]:
            yield Against("bad_point", "point", "")
    elif _outside(lat.low, part.point[0], lat.high) or _outside(lon.low, part.point[1], lon.high):
        yield Against("outside_hemisphere", "point", ", ".join(map(number_text, part.point)))


def _outside(low: float | None, value: float, high: float | None) -> bool:
    return (low is not None and value < low) or (high is not None and value > high)


def _faults_of_whole(parts: list[Part]) -> Iterator[Against]:
    regions = frozenset[str]().union(*(part.regions for part in parts))
    said = ", ".join(sorted(regions))
    if not regions & AMERICAS:
        yield Against(ELSEWHERE if said else "no_region", "region", said)
    elif regions - AMERICAS:
        yield Against("regions_disagree", "region", said)
    sums = {name: sum_of(parts, name) for name in NUMBERS}
    dead, missing, total = sums["dead"] or 0, sums["missing"] or 0, sums["total"] or 0
    women, men, minors = sums["women"] or 0, sums["men"] or 0, sums["minors"] or 0
    if missing < 0:
        yield Against("negative_missing", "missing", str(missing))
    if dead + missing != total:
        yield Against("total_is_not_the_sum", "total", f"{dead} + {missing} ≠ {total}")
    if women + men > total:
        yield Against("sexes_exceed_total", "women, men", f"{women} + {men} > {total}")
    if minors > total:
        yield Against("minors_exceed_total", "minors", f"{minors} > {total}")


def _lines(parts: list[Part], against: list[list[Against]]) -> Iterator[tuple[object, ...]]:
    for part, reasons in zip(parts, against, strict=True):
        merged: dict[str, Against] = {}
        for one in reasons:
            merged.setdefault(one.reason, one)
        for one in merged.values():
            yield part.row, part["id"][:40], one.reason, one.column, one.value


def _report(parts: list[Part], source: str) -> dict[str, str]:
    first = min(parts, key=lambda part: part.day)
    countries = list(dict.fromkeys(part["country"] for part in parts if part["country"]))
    routes = {name.strip() for part in parts for name in part["route"].split(",")}
    lat, lon = map(number_text, first.point) if first.point else ("", "")
    counts = {name: sum_of(parts, name) for name in NUMBERS}
    return {
        "id": first["id"],
        "period_start": first.day[:7],
        "period_end": max(part.day for part in parts)[:7],
        "kind": "death",
        "count": _written(counts["total"]),
        "count_female": _written(counts["women"]),
        "count_minors": _written(counts["minors"]),
        "measure": "dead_and_missing",
        "reporter": REPORTER,
        "place_of_report": ", ".join(countries),
        "place_id": "",
        "stretch_of_occurrence": "darien" if routes & DARIEN else "",
        "country_iso3": ISO3.get(countries[0], "") if len(countries) == 1 else "",
        "lat": lat,
        "lon": lon,
        "source_id": source,
        "caveat": ";".join(code for code in CAVEATS if lat or code != "point_coarsened"),
    }


def _written(count: int | None) -> str:
    return "" if count is None else str(count)


#: What is said of every report; of the point only where there is one.
CAVEATS = {
    "minimum_count": "The count is the least that the source could establish; the true number may be higher.",
    "date_month_only": "Only the month is kept; the day is not stored.",
    "point_coarsened": "The point is kept to a tenth of a degree, about 11 km; the exact point is not stored.",
}

MISSING_MIGRANTS = Reader(
    name="missing_migrants",
    table="incident_reports",
    expects="a release of IOM's Missing Migrants Project (Main ID, Incident Date … or web_id, reported_date …)",
    source={
        "publisher": "International Organization for Migration (IOM), Missing Migrants Project",
        "title": "Missing Migrants Project, incident data",
        "url": "https://missingmigrants.iom.int",
        "licence": "CC BY 4.0",
        "can_show": "reports",
        "cannot_show": "prevalence;exact_point",
    },
    caveats=CAVEATS,
    recognises=recognises,
    read=read,
)
