"""Lines and lengths on the WGS 84 ellipsoid."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from pyproj import Geod
from shapely import LineString

from geodata.units import Km

Floats = npt.NDArray[np.float64]
#: Between two vertices of a leg's line; a geodesic bends less than a hundred metres off its chord over this distance.
VERTEX_KM = 5.0


@dataclass(frozen=True)
class Line:
    """A leg's line: vertices in EPSG:4326 and the measure of each in km along the ellipsoid from the first."""

    lonlat: Floats  # (n, 2)
    at_km: Floats  # (n,)

    @property
    def length_km(self) -> Km:
        """Its whole length in km on the ellipsoid."""
        return Km(float(self.at_km[-1]))

    @property
    def geometry(self) -> LineString:
        """The same line as a geometry in EPSG:4326."""
        return LineString(self.lonlat)

    def point_at(self, km: float) -> tuple[float, float]:
        """Longitude and latitude (EPSG:4326) at a measure in km; a measure beyond an end gives that end."""
        lon, lat = (float(np.interp(km, self.at_km, self.lonlat[:, axis])) for axis in (0, 1))
        return lon, lat

    def measure_km(self, planar_share: Floats) -> Floats:
        """Measures in km for shares (0 to 1) of the line's length as drawn in degrees."""
        steps = np.hypot(*np.diff(self.lonlat, axis=0).T)
        drawn = np.concatenate([[0.0], np.cumsum(steps)])
        return np.asarray(np.interp(planar_share * drawn[-1], drawn, self.at_km), dtype=np.float64)


def line_through(lonlat: Floats) -> Line:
    """The line through the given vertices, made dense along the geodesics between them.

    Vertices are (n, 2) in EPSG:4326, two or more. The length is the sum of the geodesics on WGS 84.
    """
    geod = Geod(ellps="WGS84")
    pieces = [_geodesic(geod, start, end) for start, end in pairwise(lonlat)]
    dense = np.vstack([piece[:-1] for piece in pieces] + [lonlat[-1:]])
    steps = geod.inv(dense[:-1, 0], dense[:-1, 1], dense[1:, 0], dense[1:, 1])[2]
    return Line(dense, np.concatenate([[0.0], np.cumsum(steps) / 1000]))


def _geodesic(geod: Geod, start: Floats, end: Floats) -> Floats:
    length_km = geod.inv(*start, *end)[2] / 1000
    inner = int(length_km // VERTEX_KM)
    return np.vstack([start, *(geod.npts(start[0], start[1], end[0], end[1], inner) if inner else []), end])


def distance_km(lon: float, lat: float, other_lon: float, other_lat: float) -> Km:
    """The geodesic between two points in EPSG:4326, in km on WGS 84."""
    return Km(Geod(ellps="WGS84").inv(lon, lat, other_lon, other_lat)[2] / 1000)


def distances_km(lonlat: Floats, others: Floats) -> Floats:
    """The geodesic in km on WGS 84 from every point (n, 2 in EPSG:4326) to every one of the others (m, 2); shape (n, m)."""
    rows, columns = len(lonlat), len(others)
    starts, ends = np.repeat(lonlat, columns, axis=0), np.tile(others, (rows, 1))
    metres = Geod(ellps="WGS84").inv(starts[:, 0], starts[:, 1], ends[:, 0], ends[:, 1])[2]
    return np.asarray(metres, dtype=np.float64).reshape(rows, columns) / 1000
