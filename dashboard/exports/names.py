"""From which zoom on each name on the map finds room: the more important first, none over another."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from dashboard.layers import map_label, ranked_places
from dashboard.naming import place_name
from dashboard.text import Texts
from geodata.corridor import Corridor
from geodata.schema import COUNTRIES

#: The zooms at which the map can be looked at.
ZOOMS = range(3, 13)
#: From this zoom on places off the route are named too.
OTHERS_FROM = 7
_TILE = 256
_HEIGHT_PX, _SIGN_PX, _CLEAR_PX = 15, 6.5, 4.0

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Name:
    """A name on the map: where it stands (EPSG:4326), its kind (stop, place, country), what room is free beside it.

    `shown_from` is the first zoom at which it is written.
    """

    words: str
    lat: float
    lon: float
    kind: str
    beside_px: float = _CLEAR_PX
    shown_from: int = 0

    @property
    def width_px(self) -> float:
        """About how wide it is written."""
        return len(self.words) * (_SIGN_PX + 2.5 * (self.kind == "country"))

    def box_at(self, zoom: int) -> Box:
        """Left, top, right and bottom in pixels of the world at a zoom: right of its point, a country's over it."""
        x, y = pixel(self.lat, self.lon, zoom)
        left = x - self.width_px / 2 if self.kind == "country" else x + self.beside_px
        return left, y - _HEIGHT_PX / 2, left + self.width_px, y + _HEIGHT_PX / 2


def names(
    corridor: Corridor, ground: Mapping[str, Any], stops: Collection[str], rows_px: Mapping[str, float], texts: Texts
) -> list[Name]:
    """The names that find room at some zoom, each with the first one: stops of the route, countries, other places.

    `ground` is `basemap_features()`; `rows_px` is how wide the row of badges at a place is: its name begins beside it.
    """
    wanted = [*_places(corridor, rows_px, texts), *_countries(ground, texts)]
    named = [replace(name, kind="stop") if place in stops else name for place, name in wanted]
    order = {"stop": 0, "country": 1, "place": 2}
    return _with_room(sorted(named, key=lambda name: order[name.kind]))


def pixel(lat: float, lon: float, zoom: int) -> tuple[float, float]:
    """Web Mercator pixels of a point in EPSG:4326, as Leaflet counts them."""
    scale, sine = _TILE * 2.0**zoom, math.sin(math.radians(lat))
    return scale * (lon / 360 + 0.5), scale * (0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi))


def _places(corridor: Corridor, rows_px: Mapping[str, float], texts: Texts) -> Iterator[tuple[str, Name]]:
    for place, lat, lon in ranked_places(corridor)[["lat", "lon"]].astype(float).itertuples():
        words = map_label(place_name(corridor, place, texts.lang))
        yield place, Name(words, lat, lon, "place", rows_px.get(place, 0) / 2 + _CLEAR_PX)


def _countries(ground: Mapping[str, Any], texts: Texts) -> Iterator[tuple[str, Name]]:
    for label in ground["labels"]["features"]:
        if label["properties"]["kind"] == "country" and label["properties"]["iso3"] in COUNTRIES:
            lon, lat = label["geometry"]["coordinates"]
            yield "", Name(texts.country(label["properties"]["iso3"]), lat, lon, "country")


def _with_room(wanted: list[Name]) -> list[Name]:
    """Those that find room, the more important first; what is written at one zoom stays at every nearer one."""
    first: dict[int, int] = {}
    for zoom in ZOOMS:
        boxes = [name.box_at(zoom) for name in wanted]
        taken = [boxes[at] for at in first]
        for at, name in enumerate(wanted):
            early = name.kind == "place" and zoom < OTHERS_FROM
            if at not in first and not early and not any(_overlap(boxes[at], box) for box in taken):
                taken.append(boxes[at])
                first[at] = zoom
    return [replace(wanted[at], shown_from=zoom) for at, zoom in first.items()]


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
