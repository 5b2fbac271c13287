"""The geometry that the browser fetches once per data version: named, hashed and compressed at the start."""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import brotli
import orjson

from geodata.schema import COUNTRIES

if TYPE_CHECKING:
    import pandas as pd
    from werkzeug.datastructures import Accept

    from geodata.corridor import Corridor
    from geodata.corridor.geodesy import Line

#: The first that the browser takes is sent.
ENCODINGS = ("br", "gzip")
#: Decimals of the coordinates of places and legs: about a metre.
DRAWN_DECIMALS = 5
#: How far a drawn line may leave the geodesic, in degrees: far below a pixel at any zoom that the map allows.
DRAWN_TOLERANCE = 0.0005
#: A place's name on the map is at most this long: a longer one in the reader's language gives way to the local one,
#: a longer local one is not written.
LABEL_LENGTH = 28
LANGUAGES = ("es", "en", "pt", "fr")
_KIND_RANK = {"city": 0, "border_crossing": 1, "port": 2, "reception_station": 3, "town": 4, "trailhead": 5}


@dataclass(frozen=True)
class Layer:
    """One file of geometry: its JSON text, the hash of it that stands in its address, and its compressed forms."""

    name: str
    sha: str
    plain: bytes
    br: bytes
    gzip: bytes

    @classmethod
    def of(cls, name: str, content: object) -> Layer:
        """The layer of any JSON content; equal content has an equal hash."""
        plain = orjson.dumps(content)
        return cls(
            name=name,
            sha=hashlib.sha256(plain).hexdigest()[:16],
            plain=plain,
            br=brotli.compress(plain, quality=11),
            gzip=gzip.compress(plain, 9, mtime=0),
        )

    @property
    def url(self) -> str:
        """Where the browser finds it."""
        return f"/layers/{self.name}.{self.sha}.json"

    def encoded(self, accepted: Accept) -> tuple[bytes, str]:
        """The bytes to send and the name of their encoding, "" where the browser takes none of ours."""
        encoding = next((one for one in ENCODINGS if accepted.quality(one) > 0), "")
        return {"br": self.br, "gzip": self.gzip, "": self.plain}[encoding], encoding


class LayerStore:
    """Every layer of one data version, by name. Made at the start, never changed."""

    def __init__(self, layers: Iterable[Layer]) -> None:
        self._layers = {layer.name: layer for layer in layers}

    @classmethod
    def of(cls, corridor: Corridor, ground: Mapping[str, Any]) -> LayerStore:
        """The layers of a corridor over its ground, which is `geodata.reference.boundaries.basemap_features()`.

        `base`: country polygons. `lines`: borders and admin-1 lines, told apart by `kind`. `network`: places, ground
        labels and one line per leg.
        """
        return cls(
            (
                Layer.of("base", ground["countries"]),
                Layer.of("lines", ground_lines(ground)),
                Layer.of("network", network(corridor, ground)),
            )
        )

    def __iter__(self) -> Iterator[Layer]:
        """The layers in the order in which they were given."""
        return iter(self._layers.values())

    def get(self, name: str, sha: str) -> Layer | None:
        """The layer of that name and hash; None where there is none, or where it has another hash by now."""
        layer = self._layers.get(name)
        return layer if layer is not None and layer.sha == sha else None

    @property
    def urls(self) -> dict[str, str]:
        """Each layer's address, by its name."""
        return {name: layer.url for name, layer in self._layers.items()}


def ground_lines(ground: Mapping[str, Any]) -> dict[str, Any]:
    """Admin-1 lines, then borders over them, as one FeatureCollection; `kind` is `admin1` or `border`."""
    features = [
        {"type": "Feature", "properties": {"kind": kind}, "geometry": feature["geometry"]}
        for kind, name in (("admin1", "admin1_lines"), ("border", "borders"))
        for feature in ground[name]["features"]
    ]
    return {"type": "FeatureCollection", "features": features}


def network(corridor: Corridor, ground: Mapping[str, Any]) -> dict[str, Any]:
    """Places in the order in which their names are drawn, the ground's labels, and the legs by id.

    A leg is its places, its `km` on the ellipsoid, its mode and its line: longitude and latitude in turn.
    """
    return {
        "places": [_place(place) for place in ranked_places(corridor).itertuples()],
        "labels": [_label(feature) for feature in ground["labels"]["features"] if _on_the_way(feature)],
        "legs": {
            str(leg.Index): {
                "from": leg.from_place,
                "to": leg.to_place,
                "mode": leg.mode,
                "km": round(float(leg.length_km), 3),
                "line": drawn_line(corridor.lines[leg.Index]),
            }
            for leg in corridor.legs.itertuples()
        },
    }


def ranked_places(corridor: Corridor) -> pd.DataFrame:
    """The corridor's places, first those where routes begin or end, then by the number of routes through them and kind.

    Index `place_id`; nothing added, nothing left out.
    """
    places, through, ends = corridor.places, dict.fromkeys(corridor.places.index, 0), set()
    for legs in corridor.routes["legs"].str.split(";"):
        stops = corridor.legs.loc[legs, ["from_place", "to_place"]].to_numpy().ravel()
        for stop in set(stops):
            through[stop] += 1
        ends |= {stop for stop in (stops[0], stops[1], stops[-2], stops[-1]) if list(stops).count(stop) == 1}
    order = sorted(
        places.index,
        key=lambda place: (place not in ends, _KIND_RANK[places.at[place, "kind"]], -through[place], place),
    )
    return places.loc[order]


def drawn_line(line: Line) -> list[float]:
    """A leg's line with as few vertices as the eye needs: its longitudes and latitudes in turn."""
    simple = line.geometry.simplify(DRAWN_TOLERANCE)
    return [round(value, DRAWN_DECIMALS) for vertex in simple.coords for value in vertex]


def map_label(name: str) -> str:
    """A place's name as the map has room for it: without its other name, its remark, or the institution before it."""
    after_institution = re.sub(r"^.*\([A-Z]{2,6}\)\s+(?=\S)", "", name)
    return re.split(r"\s+/\s+|,\s+|\s+\(", after_institution)[0].strip()


def _place(place: Any) -> dict[str, Any]:  # noqa: ANN401 - a named tuple of the places table
    local = map_label(place.name)
    local = local if len(local) <= LABEL_LENGTH else ""
    spoken = {language: getattr(place, f"name_{language}") for language in LANGUAGES}
    labels = {language: map_label(name) for language, name in spoken.items() if name and len(name) <= LABEL_LENGTH}
    return {
        "id": place.Index,
        "label": local,
        "labels": {language: label for language, label in labels.items() if label != local},
        "lat": round(float(place.lat), DRAWN_DECIMALS),
        "lon": round(float(place.lon), DRAWN_DECIMALS),
        "kind": place.kind,
    }


def _on_the_way(feature: Mapping[str, Any]) -> bool:
    """Whether a label names a country of the corridor or a part of one."""
    return feature["properties"]["iso3"] in COUNTRIES


def _label(feature: Mapping[str, Any]) -> dict[str, Any]:
    lon, lat = feature["geometry"]["coordinates"]
    return {**feature["properties"], "lat": lat, "lon": lon}
