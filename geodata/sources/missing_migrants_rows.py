"""The releases of the Missing Migrants Project under one set of names: rows, and the incidents that they make."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from geodata.errors import UnreadableFile
from geodata.sources.records import BOM, Records
from geodata.values import is_date

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
LEGACY_DATE = re.compile(r"[A-Z][a-z]{2}, ([0-9]{2})/([0-9]{2})/([0-9]{4}) - [0-9]{2}:[0-9]{2}")
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
        month, day, year = legacy.groups()
        return written if is_date(written := f"{year}-{month}-{day}") else ""

    @property
    def point(self) -> tuple[float, float] | None:
        """Latitude and longitude in degrees, coarsened; None where there is none."""
        match = POINT.fullmatch(self["point"])
        return (round(float(match[1]), POINT_DECIMALS), round(float(match[2]), POINT_DECIMALS)) if match else None

    @property
    def regions(self) -> frozenset[str]:
        """The regions of the world in which it is said to lie."""
        return frozenset(name.strip() for name in self["region"].split(",") if name.strip())


def recognises(columns: Collection[str]) -> bool:
    """Whether the columns are those of one of the project's releases."""
    return any(set(release.values()) <= set(columns) for release in RELEASES)


def incidents(records: Records) -> list[list[Part]]:
    """The incidents of a release in the file's order, each with its rows: those of one id. See `RELEASES`."""
    release = next((names for names in RELEASES if set(names.values()) <= set(records.columns)), None)
    if release is None:
        raise UnreadableFile(f"{records.file} is no release of the Missing Migrants Project. Download it again.")
    named = records.table[list(release.values())].set_axis(list(release), axis="columns")
    named = named.apply(lambda column: column.str.strip(f"{BOM} \t\r\n")).assign(
        **{} if "country" in named else {"country": ""}
    )
    found: dict[str, list[Part]] = {}
    for row, values in zip(named.index, named.to_dict("records"), strict=True):
        found.setdefault(values["id"] or f"row {row}", []).append(Part(row, values))
    return list(found.values())


def sum_of(parts: list[Part], name: str) -> int | None:
    """What is known of a number over the parts of an incident; None where no part gives it."""
    known = [count for part in parts if (count := part.count(name)) is not None]
    return sum(known) if known else None
