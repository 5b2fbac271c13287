"""The points of the map as badges: at each place one per kind of mark, for its services, its State presence, its reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dashboard.exports.escaping import shown
from dashboard.maps.values import MARK_KINDS
from geodata.schema import ROLES

KINDS = (*MARK_KINDS, "service", "state", "report")
#: How high every badge is and how wide at least, and the room between two.
TARGET_PX, BETWEEN_PX = 24, 2


@dataclass(frozen=True)
class Badge:
    """A badge: where it stands, its place in the row of its place (`left_px` from the point), its words and its HTML.

    `point` (latitude, longitude) is where it stands if that is no place of the corridor.
    """

    place: str
    kind: str
    width_px: int
    left_px: float
    titles: tuple[str, ...]
    html: str
    point: tuple[float, float] | None = None

    @property
    def class_name(self) -> str:
        """The class of Leaflet's element."""
        return f"map-{self.kind}"


def badges(points: Iterable[Mapping[str, Any]]) -> list[Badge]:
    """The badges of the live map's `points`, those of a place in a row that is centred on it; no points, no badges."""
    by_place: dict[str, dict[str, list[Mapping[str, Any]]]] = defaultdict(lambda: defaultdict(list))
    for point in points:
        by_place[point["place"]][point["kind"]].append(point)
    return [badge for place, kinds in by_place.items() for badge in _row(place, kinds)]


def _row(place: str, kinds: Mapping[str, list[Mapping[str, Any]]]) -> Iterator[Badge]:
    row = [(kind, kinds[kind], _width_px(kind, kinds[kind])) for kind in KINDS if kinds.get(kind)]
    left = -sum(width + BETWEEN_PX for _, _, width in row) / 2
    for kind, items, width in row:
        titles = tuple(str(item["title"]) for item in items)
        yield Badge(place, kind, width, left, titles, _html(kind, items), items[0].get("point"))
        left += width + BETWEEN_PX


def _width_px(kind: str, items: list[Mapping[str, Any]]) -> int:
    if kind == "state":
        return TARGET_PX + 13 * (len({item["role"] for item in items}) - 1)
    return max(TARGET_PX, 8 * len(_figure(items)) + 8) if kind in ("report", "proposed") else TARGET_PX


def _figure(items: list[Mapping[str, Any]]) -> str:
    return f"{items[0]['label']}{f' +{len(items) - 1}' if len(items) > 1 else ''}"


def badge_html(kind: str, marks: str = "", look: str = "") -> str:
    """A badge's shape alone; `marks` is HTML."""
    return f'<span class="badge badge-{kind} {look}" aria-hidden="true">{marks}</span>'


def cross_html() -> str:
    """The sign of a service."""
    return '<span class="badge-cross"></span>'


def sign_html(label: str = "") -> str:
    """The sign of a mark; a proposed place's is its number."""
    return f'<span class="badge-sign">{shown(label)}</span>'


def role_html(role: str) -> str:
    """The sign of a role of the State."""
    return f'<span class="badge-role is-{role}"></span>'


def _html(kind: str, items: list[Mapping[str, Any]]) -> str:
    """The badge with its count, and its words for those who do not see it."""
    words = f'<span class="unseen">{shown("; ".join(str(item["title"]) for item in items))}</span>'
    if kind == "state":
        roles = {item["role"] for item in items}
        return badge_html(kind, "".join(role_html(role) for role in ROLES if role in roles)) + words
    if kind in MARK_KINDS:
        return badge_html(kind, sign_html(_figure(items) if kind == "proposed" else ""), "badge-mark") + words
    if kind == "report":
        return badge_html(kind, shown(_figure(items))) + words
    possible = all(item["possible"] for item in items)
    doubted = all(item["unconfirmed"] for item in items)
    look = "is-possible" if possible else "is-unconfirmed" if doubted else ""
    count = f'<span class="badge-count" aria-hidden="true">{len(items)}</span>' if len(items) > 1 else ""
    return badge_html(kind, cross_html(), look) + count + words
