"""The indicators as records, and the countries that are asked about, neither of them in any order of merit."""

from __future__ import annotations

from dataclasses import dataclass

from geodata.corridor import Corridor
from geodata.schema import COUNTRIES
from geodata.snapshot import Snapshot


@dataclass(frozen=True)
class Indicator:
    """A row of the indicators table; `formula` is "" where only a delegation can answer, `window_hours` NaN where none."""

    id: str
    module: str
    category: str
    type: str
    policy: str
    formula: str
    unit: str
    capability: str
    role: str
    kinds: tuple[str, ...]
    published: str
    direction: str
    window_hours: float
    source_id: str
    caveats: tuple[str, ...]


def indicators_of(snapshot: Snapshot) -> list[Indicator]:
    """Every indicator in the order of `rank`, then of its id. No rows, an empty list."""
    table = snapshot.table("indicators").sort_values(["rank", "id"], kind="stable")
    return [
        Indicator(
            **{name: row[name] for name in row if name not in ("rank", "kinds", "caveat")},
            kinds=words(row["kinds"]),
            caveats=words(row["caveat"]),
        )
        for row in ({str(name): value for name, value in line.items()} for line in table.to_dict("records"))
    ]


def countries_of(corridor: Corridor) -> list[str]:
    """The countries that the corridor's places lie in, in the order in which a woman going north meets them."""
    there = set(corridor.places["country_iso3"])
    return [country for country in COUNTRIES if country in there]


def words(joined: str) -> tuple[str, ...]:
    """The words of a `;`-joined cell; none of a blank one."""
    return tuple(joined.split(";")) if joined else ()
