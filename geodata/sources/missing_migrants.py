"""IOM's Missing Migrants Project: its website's spreadsheet, its legacy CSV and the JSON of its service.

One incident may stand in several rows of the legacy CSV and of the service, and in one row of the spreadsheet, which
adds them up. Rows of one id are joined here in the same way: an incident counts once, whatever the release.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from geodata.errors import UnreadableFile
from geodata.schema import TABLES
from geodata.sources.reading import ASIDE_COLUMNS, Progress, Reader, Reading
from geodata.sources.records import BOM, Records
from geodata.tables import number_text, table_from_text
from geodata.values import ID, is_date

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
#: What each release calls the columns that are read. All others, free text among them, are left where they are.
RELEASES: tuple[dict[str, str], ...] = (
    {
        "id": "Main ID",
        "region": "Region of Incident",
        "date": "Incident Date",
        "dead": "Number of Dead",
        "missing": "Minimum Estimated Number of Missing",
        "total": "Total Number of Dead and Missing",
        "women": "Number of Females",
        "men": "Number of Males",
        "minors": "Number of Children",
        "country": "Country of Incident",
        "route": "Migration Route",
        "point": "Coordinates",
    },
    {
        "id": "Main ID",
        "region": "Region",
        "date": "Incident Date",
        "dead": "Number Dead",
        "missing": "Minimum Estimated Number of Missing",
        "total": "Total Number of Dead and Missing",
        "women": "Number of Females",
        "men": "Number of Males",
        "minors": "Number of Children",
        "route": "Migrantion route",
        "point": "Coordinates",
    },
    {
        "id": "web_id",
        "region": "region",
        "date": "reported_date",
        "dead": "number_dead",
        "missing": "number_missing",
        "total": "total_dead_and_missing",
        "women": "number_of_female",
        "men": "number_of_male",
        "minors": "number_of_children",
        "country": "country_of_incident",
        "route": "migration_route",
        "point": "location_coodinates",
    },
)
NUMBERS = ("dead", "missing", "total", "women", "men", "minors")
WHOLE = re.compile(r"(-?[0-9]{1,9})(?:\.0+)?")
POINT = re.compile(r"(-?[0-9]{1,3}(?:\.[0-9]+)?)\s*,\s*(-?[0-9]{1,3}(?:\.[0-9]+)?)")
LEGACY_DATE = re.compile(r"[A-Z][a-z]{2}, ([0-9]{2}/[0-9]{2}/[0-9]{4}) - [0-9]{2}:[0-9]{2}")
#: One decimal of a degree: about 11 km. A finer point is never stored.
POINT_DECIMALS = 1


@dataclass(frozen=True)
class Part:
    """One row of a release, as text under our names."""

    row: int
    values: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        return self.values[name]

    def count(self, name: str) -> int | None:
        """A number of persons; None where it is blank or no whole number."""
        match = WHOLE.fullmatch(self[name])
        return int(match[1]) if match else None

    @property
    def day(self) -> str:
        """The day as YYYY-MM-DD; "" where it is none."""
        legacy = LEGACY_DATE.fullmatch(self["date"])
        if legacy is None:
            return self["date"] if len(self["date"]) == 10 and is_date(self["date"]) else ""
        try:
            return datetime.strptime(legacy[1], "%m/%d/%Y").date().isoformat()  # noqa: DTZ007
        except ValueError:
            return ""

    @property
    def point(self) -> tuple[float, float] | None:
        """Latitude and longitude in degrees, coarsened; None where there is none."""
        match = POINT.fullmatch(self["point"])
        return (round(float(match[1]), POINT_DECIMALS), round(float(match[2]), POINT_DECIMALS)) if match else None

    @property
    def regions(self) -> frozenset[str]:
        """The regions of the world in which it is said to lie."""
        return frozenset(name.strip() for name in self["region"].split(",") if name.strip())


@dataclass(frozen=True)
class Against:
    """A reason against a row, and the column and value that it rests on."""

    reason: str
    column: str
    value: str


def recognises(columns: Collection[str]) -> bool:
    """Whether the columns are those of one of the project's releases."""
    return any(set(release.values()) <= set(columns) for release in RELEASES)


def read(records: Records, source: str, progress: Progress) -> Reading:
    """The incident reports of a release under the id of a source, and what was held or refused.

    Refused: an incident outside the Americas. Held: one in which something is missing or contradicts itself.
    """
    incidents = _incidents(records)
    kept: list[dict[str, str]] = []
    aside: dict[str, list[tuple[object, ...]]] = {"held": [], "refused": []}
    rows_kept = done = 0
    for parts in incidents:
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


def _incidents(records: Records) -> list[list[Part]]:
    release = next((names for names in RELEASES if set(names.values()) <= set(records.columns)), None)
    if release is None:
        raise UnreadableFile(f"{records.file} is no release of the Missing Migrants Project. Download it again.")
    named = records.table[list(release.values())].set_axis(list(release), axis="columns")
    named = named.apply(lambda column: column.str.strip(f"{BOM} \t\r\n")).assign(
        **{} if "country" in named else {"country": ""}
    )
    incidents: dict[str, list[Part]] = {}
    for row, values in zip(named.index, named.to_dict("records"), strict=True):
        incidents.setdefault(values["id"] or f"row {row}", []).append(Part(row, values))
    return list(incidents.values())


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
    sums = {name: _sum(parts, name) for name in NUMBERS}
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


def _sum(parts: list[Part], name: str) -> int | None:
    """What is known of a number over the parts of an incident; None where no part gives it."""
    known = [count for part in parts if (count := part.count(name)) is not None]
    return sum(known) if known else None


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
    counts = {name: _sum(parts, name) for name in NUMBERS}
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
