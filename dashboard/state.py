"""What the screen shows, as one value, and the query of the address that reproduces it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import parse_qsl, quote, urlencode

from geodata.errors import UnknownName
from geodata.planning.optima import OBJECTIVES
from geodata.planning.scenario import OF_SERVICES, Change, Scenario
from geodata.schema import COUNTRIES, DIRECTIONS, STATUSES
from geodata.units import PACES, Month

LAYERS = ("services", "state", "reports")
LANGUAGES = ("es", "en", "pt", "fr")
SUBJECTS = ("leg", "place", "service")
WINDOWS_HOURS = (24, 72, 120)
FIRST_MONTH, LAST_MONTH = Month(2019, 1), Month(2026, 11)
DEFAULT_MONTH = Month(2024, 4)
#: The route that is shown where a direction is chosen and nothing else.
MAIN_ROUTES = {"northbound": "north_acandi_ciudad_juarez", "southbound": "south_miramar"}
#: How the address says that no layer is shown; an empty value would read as "left out".
NO_LAYER = "none"
#: How a list says that all of the route counts; the address leaves it out.
WHOLE_ROUTE = "all"
MOST_PLACES, MOST_CHANGES, MOST_TARGETS = 20, 30, 9
#: Parts of the address that no control of the bar writes: the regions of a question do (`data-part`).
REGION_PARTS = (
    *("plan", "name", "objective", "k", "pace", "part", "without", "own", "budget", "costs"),
    *("standard", "within"),
)
_LONGEST_QUOTE = 60


@dataclass(frozen=True)
class Known:
    """What an address may name: each route with its direction, the months, and the words of the records.

    `tables` holds the tables of each question.
    `subjects` holds the ids that can be selected, by kind (leg, place, service); a kind it lacks is not checked.
    """

    routes: Mapping[str, str]
    first: Month = FIRST_MONTH
    last: Month = LAST_MONTH
    capabilities: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    tables: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    subjects: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def questions(self) -> tuple[str, ...]:
        """The questions, in their order."""
        return tuple(self.tables)

    def main_route(self, direction: str) -> str:
        """The route shown for a direction where none is chosen: its first where the main one is not known, or ""."""
        along = [route for route, its in self.routes.items() if its == direction]
        return MAIN_ROUTES[direction] if MAIN_ROUTES[direction] in along else next(iter(along), "")


@dataclass(frozen=True)
class Notice:
    """A part of an address that could not be used: `notice.<part>` says so in a person's language, quoting `value`."""

    part: str
    value: str

    @property
    def key(self) -> str:
        """The catalogue's key of what to say."""
        return f"notice.{self.part}"


@dataclass(frozen=True)
class ViewState:
    """One view: two equal ones show the same. `lang` "" leaves the language to the browser; `at` "" selects nothing.

    `since` None compares with a year earlier; `whom` "" asks for nobody in particular.

    `at` is `leg:<leg id>@<km from its start>`, `place:<id>` or `service:<id>`.

    Of planning: `plan` holds the changes of a scenario as their texts, `plan_name` what it is called; `objective` what
    is looked for with `places` new services, at which `pace` help must be in time and in which `part` of the route (a
    named stretch or a country; or "all" of it), `without` the places where none may stand and `own` further points
    (`lat@lon`) where one may; `budget` in place of a number, with `costs` of a new and of an upgraded service;
    `standard` the targets (`capability@hours`) and `country` whose sections are to be made ready ("" = all).
    """

    question: str = "care"
    as_of: Month = DEFAULT_MONTH
    since: Month | None = None
    direction: str = "northbound"
    route: str = MAIN_ROUTES["northbound"]
    capability: str = "clinical_care"
    window_hours: int = 72
    whom: str = ""
    status: str = "listed"
    lang: str = ""
    layers: tuple[str, ...] = ("services", "state")
    table: str = "stretches"
    at: str = ""
    plan: tuple[str, ...] = ()
    plan_name: str = ""
    objective: str = "mclp"
    places: int = 3
    pace: str = "typical"
    part: str = WHOLE_ROUTE
    without: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    budget: int | None = None
    costs: tuple[int, ...] = ()
    standard: tuple[str, ...] = ("clinical_care@24", "shelter@48")
    country: str = ""

    @classmethod
    def parse(cls, query: str, known: Known) -> tuple[ViewState, tuple[Notice, ...]]:
        """The view that a query (with or without its "?") asks for, and a notice for each part that is not usable.

        An unusable part falls back to its default; a name that is no part of the view is passed over. Of a part given
        twice the first counts. A route gives its direction where none is given; where both are and differ, the
        direction holds and its main route is shown.
        """
        given = _first_of_each(parse_qsl(query.removeprefix("?"), keep_blank_values=False))
        values: dict[str, object] = {}
        notices: list[Notice] = []
        for name, part in _PARTS.items():
            if name in given:
                try:
                    values[part.field] = part.read(given[name], known)
                except UnknownName:
                    notices.append(Notice(name, given[name][:_LONGEST_QUOTE]))
        state = replace(cls(), **values)  # type: ignore[arg-type]
        state = _in_order(_on_its_route(state, values, known, notices), known, notices)
        return state, tuple(notices)

    def query(self, known: Known) -> str:
        """The canonical query, without "?": parts in a fixed order, those at their default left out."""
        parts = (
            (name, part.written(self))
            for name, part in _PARTS.items()
            if getattr(self, part.field) != self._default_of(part.field, known)
        )
        return urlencode(list(parts), safe=":@,.~", quote_via=quote)

    def with_(self, **changes: object) -> ViewState:
        """The same view with some parts changed."""
        return replace(self, **changes)  # type: ignore[arg-type]

    @property
    def compared_with(self) -> Month:
        """The earlier month with which the view's is compared: the chosen one, else a year earlier."""
        return self.since or self.as_of.plus(-12)

    @property
    def scenario(self) -> Scenario:
        """The planned changes."""
        return Scenario(self.plan_name, tuple(map(Change.parse, self.plan)))

    @property
    def asked_part(self) -> str:
        """The part of the route that counts where places are sought; "" for all of it."""
        return "" if self.part == WHOLE_ROUTE else self.part

    @property
    def targets(self) -> dict[str, int]:
        """The standard: hours by capability."""
        return {capability: int(hours) for capability, hours in (target.split("@") for target in self.standard)}

    def selected(self) -> tuple[str, str, float]:
        """What is selected: its kind, its id and, of a leg, the km from its start (else 0.0); ("", "", 0.0) if none."""
        kind, _, rest = self.at.partition(":")
        name, _, km = rest.partition("@")
        return kind, name, float(km or 0)

    def _default_of(self, part: str, known: Known) -> object:
        return known.main_route(self.direction) if part == "route" else getattr(_DEFAULT, part)


@dataclass(frozen=True)
class _Part:
    """One part of the address: the field it fills, how it is read (raising `UnknownName`) and how it is written."""

    field: str
    read: Callable[[str, Known], object]

    def written(self, state: ViewState) -> str:
        """The part's value as it stands in an address."""
        value = getattr(state, self.field)
        if isinstance(value, tuple):
            return ",".join(map(str, value)) or (NO_LAYER if self.field in {"layers", "standard"} else "")
        return str("" if value is None else value)


def browser_rules(known: Known) -> dict[str, object]:
    """What the browser needs to write the same canonical query: the parts in order, their defaults, the routes."""
    return {
        "parts": list(_PARTS),
        "regionParts": list(REGION_PARTS),
        "defaults": {name: part.written(_DEFAULT) for name, part in _PARTS.items()},
        "mainRoutes": {direction: known.main_route(direction) for direction in DIRECTIONS},
        "routeDirections": dict(known.routes),
        "tables": {question: list(tables) for question, tables in known.tables.items()},
        "first": str(known.first),
        "last": str(known.last),
    }


def _on_its_route(state: ViewState, given: Mapping[str, object], known: Known, notices: list[Notice]) -> ViewState:
    """The state with route and direction in agreement."""
    if "route" not in given:
        return state.with_(route=known.main_route(state.direction))
    its_direction = known.routes[state.route]
    if "direction" not in given:
        return state.with_(direction=its_direction)
    if its_direction != state.direction:
        notices.append(Notice("route_direction", state.route))
        return state.with_(route=known.main_route(state.direction))
    return state


def _in_order(state: ViewState, known: Known, notices: list[Notice]) -> ViewState:
    """The state with an earlier month that is earlier, and with a table that its question has."""
    if state.since is not None and state.since >= state.as_of:
        notices.append(Notice("since_later", str(state.since)))
        state = state.with_(since=None)
    has = known.tables.get(state.question, (state.table,))
    return state if state.table in has else state.with_(table=has[0])


def _first_of_each(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    first: dict[str, str] = {}
    for name, value in pairs:
        first.setdefault(name, value)
    return first


def _one_of(words: Callable[[Known], Iterable[str]]) -> Callable[[str, Known], str]:
    def read(text: str, known: Known) -> str:
        if text not in words(known):
            raise UnknownName(f"{text!r} is not one of {', '.join(words(known))}.")
        return text

    return read


def _month(text: str, known: Known) -> Month:
    month = Month.parse(text)
    if not known.first <= month <= known.last:
        raise UnknownName(f"{text!r} is outside {known.first} to {known.last}.")
    return month


def _window_hours(text: str, _: Known) -> int:
    if not re.fullmatch(r"[1-9][0-9]{0,2}", text) or int(text) > 720:
        raise UnknownName(f"{text!r} is not a whole number of hours from 1 to 720.")
    return int(text)


def _layers(text: str, _: Known) -> tuple[str, ...]:
    asked = set() if text == NO_LAYER else set(text.split(","))
    if not asked <= set(LAYERS):
        raise UnknownName(f"{text!r} is not one or several of {', '.join(LAYERS)}.")
    return tuple(layer for layer in LAYERS if layer in asked)


def _at(text: str, known: Known) -> str:
    match = re.fullmatch(r"(leg):([\w.-]+)@\d{1,5}(?:\.\d{1,3})?|(place|service):([\w.-]+)", text, re.ASCII)
    kind, name = (match[1] or match[3], match[2] or match[4]) if match else ("", "")
    if not match or name not in known.subjects.get(kind, {name}):
        raise UnknownName(f"{text!r} is not something that can be selected.")
    return text


def _changes(text: str, known: Known) -> tuple[str, ...]:
    changes = [Change.parse(part) for part in text.split(",")]
    if len(changes) > MOST_CHANGES:
        raise UnknownName(f"A plan has at most {MOST_CHANGES} changes, not {len(changes)}.")
    for change in changes:
        kind = "service" if change.kind in OF_SERVICES else "place"
        for name in [change.target] if change.target else [visit.place for visit in change.visits]:
            _check_known(name, known.subjects.get(kind, {name}))
        for capability in change.capabilities:
            _check_known(capability, known.capabilities)
    return tuple(dict.fromkeys(map(str, changes)))


def _check_known(name: str, there: Iterable[str]) -> None:
    if name not in there:
        raise UnknownName(f"{name!r} is not there.")


def _name(text: str, _: Known) -> str:
    shown = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    if not 1 <= len(shown) <= 60:
        raise UnknownName(f"{text!r} is no name: write 1 to 60 letters.")
    return shown


def _places(text: str, known: Known) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(text.split(",")))
    for name in names:
        _check_known(name, known.subjects.get("place", {name}))
        if not re.fullmatch(r"[\w.-]{1,80}", name, re.ASCII):
            raise UnknownName(f"{name!r} is not the id of a place.")
    return names


def _points(text: str, _: Known) -> tuple[str, ...]:
    points = tuple(dict.fromkeys(text.split(",")))
    for point in points:
        match = re.fullmatch(r"(-?\d{1,2}\.\d{2})@(-?\d{1,3}\.\d{2})", point, re.ASCII)
        if not match or not (-56 <= float(match[1]) <= 72 and -170 <= float(match[2]) <= -30):
            raise UnknownName(f"{point!r} is not a point of the Americas: write latitude@longitude with two decimals.")
    return points


def _whole(low: int, high: int) -> Callable[[str, Known], int]:
    def read(text: str, _: Known) -> int:
        if not re.fullmatch(r"\d{1,12}", text, re.ASCII) or not low <= int(text) <= high:
            raise UnknownName(f"{text!r} is not a whole number from {low} to {high}.")
        return int(text)

    return read


def _part_of_route(text: str, known: Known) -> str:
    parts = (*sorted(known.subjects.get("stretch", ())), *COUNTRIES)
    return _one_of(lambda _: (WHOLE_ROUTE, *parts))(text, known)


def _two_costs(text: str, known: Known) -> tuple[int, ...]:
    read = _whole(0, 10**12 - 1)
    costs = tuple(read(part, known) for part in text.split(","))
    if len(costs) != 2:
        raise UnknownName(f"{text!r} is not two costs: write that of a new service and that of an upgraded one.")
    return costs


def _targets(text: str, known: Known) -> tuple[str, ...]:
    if text == NO_LAYER:
        return ()
    targets: dict[str, str] = {}
    for part in text.split(","):
        capability, _, hours = part.partition("@")
        _check_known(capability, known.capabilities)
        targets[capability] = f"{capability}@{_window_hours(hours, known)}"
    if len(targets) > MOST_TARGETS:
        raise UnknownName(f"A standard has at most {MOST_TARGETS} targets.")
    return tuple(targets.values())


_PARTS: dict[str, _Part] = {
    "q": _Part("question", _one_of(lambda known: known.questions)),
    "date": _Part("as_of", _month),
    "since": _Part("since", _month),
    "dir": _Part("direction", _one_of(lambda _: DIRECTIONS)),
    "route": _Part("route", _one_of(lambda known: known.routes)),
    "service": _Part("capability", _one_of(lambda known: known.capabilities)),
    "window": _Part("window_hours", _window_hours),
    "whom": _Part("whom", _one_of(lambda known: known.audiences)),
    "status": _Part("status", _one_of(lambda _: STATUSES)),
    "lang": _Part("lang", _one_of(lambda _: LANGUAGES)),
    "layers": _Part("layers", _layers),
    "table": _Part("table", _one_of(lambda known: {name for tables in known.tables.values() for name in tables})),
    "at": _Part("at", _at),
    "plan": _Part("plan", _changes),
    "name": _Part("plan_name", _name),
    "objective": _Part("objective", _one_of(lambda _: OBJECTIVES)),
    "k": _Part("places", _whole(1, MOST_PLACES)),
    "pace": _Part("pace", _one_of(lambda _: PACES)),
    "part": _Part("part", _part_of_route),
    "without": _Part("without", _places),
    "own": _Part("own", _points),
    "budget": _Part("budget", _whole(1, 10**12 - 1)),
    "costs": _Part("costs", _two_costs),
    "standard": _Part("standard", _targets),
    "within": _Part("country", _one_of(lambda _: COUNTRIES)),
}
_DEFAULT = ViewState()
