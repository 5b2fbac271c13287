"""The runs of the map as lines, and as a list that says the same in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from shapely import LineString

from dashboard.answers import Answer
from dashboard.layers import DRAWN_DECIMALS, DRAWN_TOLERANCE
from dashboard.naming import place_name
from dashboard.text import Texts
from dashboard.theme.tokens import COLOURS
from geodata.corridor import Corridor
from geodata.corridor.geodesy import Line
from geodata.units import Km

LatLon = tuple[float, float]

#: How much wider than a run the light line under it is.
CASING_PX = 3
#: The light dotted line over what rests on a service that nobody confirmed.
DOUBT = {"color": COLOURS["casing"], "weight": 2, "dash_array": "0.1 10", "line_cap": "round"}


@dataclass(frozen=True)
class Run:
    """A part of a leg in one class: its line (latitude, longitude; EPSG:4326) and its words, not yet escaped."""

    class_name: str
    unconfirmed: bool
    line: list[LatLon]
    stretch: str
    part: str
    result: str
    source: str

    @property
    def title(self) -> str:
        """The run in one line."""
        return f"{self.stretch}, {self.part}: {self.result}"


def map_runs(corridor: Corridor, answer: Answer, values: Mapping[str, Any], texts: Texts) -> list[Run]:
    """Every run of the map's `values`, in the order of travel; as many as the answer has.

    `values` is what the live map of the same answer is drawn from (`panels.mapping.values`).
    """
    order = {leg: at for at, leg in enumerate(answer.profile.stretches["leg_id"])}
    columns = values["runs"]
    rows = zip(*(columns[name] for name in ("leg", "from_km", "to_km", "class", "unconfirmed")), strict=True)
    return [
        _run(corridor, leg, start, end, values["classes"][of], bool(doubt), texts)
        for leg, start, end, of, doubt in sorted(rows, key=lambda row: (order.get(row[0], len(order)), row[1]))
    ]


def cut(line: Line, start: Km, end: Km) -> list[LatLon]:
    """The part of a line between two measures in km, as latitude and longitude, with the vertices that the eye needs."""
    within = line.lonlat[(line.at_km > start) & (line.at_km < end)]
    part = np.vstack([line.point_at(start), *within, line.point_at(end)])
    return drawn(LineString(part))


def drawn(line: LineString) -> list[LatLon]:
    """A line in EPSG:4326 as latitude and longitude, with the vertices that the eye needs."""
    simple = line.simplify(DRAWN_TOLERANCE)
    return [(round(lat, DRAWN_DECIMALS), round(lon, DRAWN_DECIMALS)) for lon, lat in simple.coords]


def publisher(corridor: Corridor, source_id: str) -> str:
    """Who published a source; "" where no source is named, or where it is our own reckoning."""
    sources = corridor.remembered("sources", lambda: corridor.snapshot.table("sources").set_index("id"))
    name = str(sources["publisher"].get(source_id, ""))
    return "" if name == "Amparo" else name


def _run(corridor: Corridor, leg_id: str, start: Km, end: Km, of: str, doubt: bool, texts: Texts) -> Run:  # noqa: FBT001
    leg = corridor.legs.loc[leg_id]
    ends = [place_name(corridor, str(leg[end]), texts.lang) for end in ("from_place", "to_place")]
    basis, source = texts(f"basis.{leg['basis']}"), publisher(corridor, str(leg["source_id"]))
    return Run(
        class_name=of,
        unconfirmed=doubt,
        line=cut(corridor.lines[leg_id], start, end),
        stretch=" – ".join(ends),
        part=texts("detail.from_to_km", start=texts.km(start), end=texts.km(end)),
        result=texts(f"class.{of}") + (texts("mark.unconfirmed") if doubt else ""),
        source=f"{basis}: {source}" if source else basis,
    )
