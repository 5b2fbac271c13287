"""The protection chain: hand-computed first missing links, then agreement with an independent computation."""

from __future__ import annotations

from functools import cache

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from corridors import corridor, leg, records
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.corridor import Corridor
from geodata.coverage import (
    Link,
    Question,
    chain_classed,
    chain_classes,
    chain_links,
    chain_shares,
    hours_ahead,
    links,
    profile,
)
from geodata.errors import UnknownName
from geodata.reference import read_reference
from geodata.snapshot import Snapshot
from geodata.units import PACES, Hours, Month, closing_month, opening_month

APRIL = Month(2024, 4)
#: a → b → c → d northwards: 10 h to the care at b, then 10 h to c and 60 h to d at the usual pace.
PLACES = {"a": (-77.0, 8.0), "b": (-77.1, 8.0), "c": (-77.2, 8.0), "d": (-77.3, 8.0)}
LEGS = [leg("a", "b", (5, 10, 20)), leg("b", "c", (5, 10, 20)), leg("c", "d", (30, 60, 120))]
ROUTES = [{"id": "r", "legs": "a>b;b>c;c>d"}]
CARE = {"id": "care", "place_id": "b", "capabilities": "clinical_care", "last_confirmed": "2024-04"}
TALK = {"id": "talk", "place_id": "c", "capabilities": "psychosocial", "last_confirmed": "2024-04"}
BED = {"id": "bed", "place_id": "c", "capabilities": "shelter", "last_confirmed": "2024-04"}
LAW = {"id": "law", "place_id": "d", "capabilities": "legal_aid", "last_confirmed": "2024-04"}
ALL = [CARE, TALK, BED, LAW]
WHOM = ("", *records()["audiences"].sort_values("rank")["id"])


def question(**more: object) -> Question:
    return Question("clinical_care", "northbound", APRIL).with_(**{"route": "r", **more})


def chained(made: Corridor, put: Question) -> pd.DataFrame:
    return chain_classed(made, put, hours_ahead(made, put).segments)


def at_a(services: list[dict[str, object]], **more: object) -> pd.Series:
    """What is said of the first segment after a, on the route."""
    return chained(corridor(PLACES, LEGS, services=services, routes=ROUTES), question(**more)).iloc[0]


def without(*left_out: dict[str, object]) -> list[dict[str, object]]:
    return [service for service in ALL if service not in left_out]


def test_the_links_are_the_capabilities_with_a_rank_in_their_order() -> None:
    made = corridor(PLACES, LEGS)
    assert [(link.capability, link.limit_hours, link.counted_from) for link in links(made)] == [
        ("clinical_care", 72, "her"),
        ("psychosocial", 24, "care"),
        ("shelter", 12, "care"),
        ("legal_aid", 72, "care"),
    ]
    assert chain_classes(made) == ("whole", "clinical_care", "psychosocial", "shelter", "legal_aid", "unknown")


def test_the_chain_is_whole_where_every_link_is_in_time() -> None:
    found = at_a(ALL)
    assert (found["class"], found["place_of_care"], found["unconfirmed"]) == ("whole", "b", False)


@pytest.mark.parametrize("missing", [CARE, TALK, BED, LAW], ids=lambda service: str(service["capabilities"]))
def test_the_first_missing_link_is_the_class(missing: dict[str, object]) -> None:
    assert at_a(without(missing))["class"] == missing["capabilities"]


def test_of_two_missing_links_the_first_in_the_chain_is_the_class() -> None:
    assert at_a(without(LAW, TALK))["class"] == "psychosocial"


def test_later_links_count_from_the_place_of_care_and_not_from_her() -> None:
    """From a the bed at c is 20 h away, from the care at b 10 h; its limit is 12 h."""
    assert at_a(ALL)["shelter_link"] == "held"


def test_after_the_care_a_woman_has_no_care_ahead_and_nothing_to_count_from() -> None:
    found = chained(corridor(PLACES, LEGS, services=ALL, routes=ROUTES), question())
    last = found[found["leg_id"] == "c>d"].iloc[0]
    assert (last["class"], last["place_of_care"]) == ("clinical_care", "")
    assert (last["clinical_care_link"], last["shelter_link"]) == ("missing", "no_care")


@pytest.mark.parametrize(
    ("leg_hours", "expected"), [(12.0, "whole"), (12.001, "shelter")], ids=["on the limit", "just beyond it"]
)
def test_a_link_on_its_limit_holds(leg_hours: float, expected: str) -> None:
    legs = [LEGS[0], leg("b", "c", (1, leg_hours, 20)), leg("c", "d", (30, 72 - leg_hours, 120))]
    made = corridor(PLACES, legs, services=ALL, routes=ROUTES)
    assert chained(made, question())["class"].iloc[0] == expected


@pytest.mark.parametrize(("care_hours", "expected"), [(72.0, "whole"), (72.001, "clinical_care")])
def test_care_at_exactly_72_hours_is_in_time(care_hours: float, expected: str) -> None:
    made = corridor(PLACES, [leg("a", "b", (1, care_hours, 99)), *LEGS[1:]], services=ALL, routes=ROUTES)
    assert chained(made, question())["class"].iloc[0] == expected


def test_the_window_of_the_question_takes_the_place_of_the_first_limit_alone() -> None:
    assert at_a(ALL, window_hours=Hours(9))["class"] == "clinical_care"
    assert [link.limit_hours for link in chain_links(corridor(PLACES, LEGS), question(window_hours=Hours(9)))] == [
        9,
        24,
        12,
        72,
    ]


def test_each_pace_has_its_own_reading() -> None:
    """At the slow pace the bed is 20 h from the care, beyond its 12 h; the rest is in time at every pace but the lawyer."""
    found = at_a(ALL)
    assert (found["first_missing_low"], found["class"], found["first_missing_high"]) == ("whole", "whole", "shelter")


POSSIBLE = {"id": "hope", "place_id": "c", "capabilities": "", "possible_capabilities": "shelter"}


def test_a_possible_service_makes_its_link_unknown_and_never_whole() -> None:
    assert at_a([*without(BED), POSSIBLE])["class"] == "unknown"


def test_unknown_beats_a_missing_link_only_before_it() -> None:
    assert at_a([*without(BED, LAW), POSSIBLE])["class"] == "unknown"
    assert at_a([*without(BED, TALK), POSSIBLE])["class"] == "psychosocial"


def test_a_possible_service_beyond_the_limit_changes_nothing() -> None:
    assert at_a([*without(BED), POSSIBLE | {"place_id": "d"}])["class"] == "shelter"


def test_where_the_way_to_the_next_link_does_not_hold_the_link_is_unknown() -> None:
    ended = [*LEGS[:2], LEGS[2] | {"until": "2024-03"}]
    made = corridor(PLACES, ended, services=ALL, routes=ROUTES)
    for put in (question(), question(route=None)):
        found = chained(made, put)
        assert (found["class"].iloc[0], found["legal_aid_link"].iloc[0]) == ("unknown", "unknown")


def test_on_a_route_a_leg_that_does_not_hold_is_unknown_itself() -> None:
    made = corridor(PLACES, [LEGS[0] | {"until": "2024-03"}, *LEGS[1:]], services=ALL, routes=ROUTES)
    assert chained(made, question())["class"].iloc[0] == "unknown"


def test_confirmed_only_makes_a_link_that_nobody_confirmed_unknown_and_listed_marks_it() -> None:
    services = [*without(BED), BED | {"last_confirmed": "2023-01"}]
    listed, confirmed = at_a(services), at_a(services, status="confirmed")
    assert (listed["class"], listed["unconfirmed"]) == ("whole", True)
    assert (confirmed["class"], confirmed["unconfirmed"]) == ("unknown", False)


def test_the_mark_of_doubt_looks_only_at_links_before_the_missing_one() -> None:
    services = [*without(BED, LAW), LAW | {"last_confirmed": "2023-01"}]
    assert not at_a(services)["unconfirmed"]


def test_a_secret_shelter_enters_no_chain() -> None:
    assert at_a([*without(BED), BED | {"confidentiality": "secret"}])["class"] == "shelter"


@pytest.mark.parametrize("route", ["r", None])
@pytest.mark.parametrize(
    ("bed_admits", "expected"), [("girls", "whole"), ("women", "shelter"), ("migrants", "unknown"), ("", "unknown")]
)
def test_for_a_girl_alone_each_link_must_be_known_to_admit_her(
    bed_admits: str, expected: str, route: str | None
) -> None:
    services = [service | {"admits": "girls"} for service in without(BED)] + [BED | {"admits": bed_admits}]
    assert at_a(services, whom="girl_alone", route=route)["class"] == expected


@pytest.mark.parametrize("route", ["r", None])
def test_a_language_that_nobody_published_is_unknown(route: str | None) -> None:
    assert at_a(ALL, whom="speaks_haitian_creole", route=route)["class"] == "unknown"
    assert at_a([service | {"languages": "ht;es"} for service in ALL], whom="speaks_haitian_creole", route=route)[
        "class"
    ] == ("whole")


def test_from_care_on_the_route_only_the_rest_of_that_route_counts() -> None:
    """From the care a side road leads to a bed 5 h off the route: on the network it holds, on the route it is no help."""
    places = {**PLACES, "y": (-77.1, 8.1)}
    services = [*without(BED), BED | {"place_id": "y"}]
    made = corridor(places, [*LEGS, leg("b", "y", (5, 5, 5))], services=services, routes=ROUTES)
    assert chained(made, question())["class"].iloc[0] == "shelter"
    assert chained(made, question(route=None))["class"].iloc[0] == "whole"


def test_of_a_lateral_leg_the_way_to_the_nearer_care_counts() -> None:
    """Between b and x one may go either way; just off b the care at x is far and that at b near, and only b has a bed."""
    places = {**PLACES, "x": (-77.1, 8.1)}
    legs = [*LEGS, leg("b", "x", (10, 10, 10), direction="lateral")]
    services = [*ALL, CARE | {"id": "other", "place_id": "x"}]
    found = chained(corridor(places, legs, services=services), question(route=None))
    lateral = found[found["leg_id"] == "b>x"]
    assert (lateral["place_of_care"].iloc[0], lateral["place_of_care"].iloc[-1]) == ("b", "x")
    assert (lateral["class"].iloc[0], lateral["class"].iloc[-1]) == ("whole", "shelter")


def test_from_care_off_the_route_the_network_counts() -> None:
    """The care stands at x, an hour off the route, from which a road leads to c; on the route c lies behind nobody."""
    places = {**PLACES, "x": (-77.1, 8.1)}
    legs = [*LEGS, leg("b", "x", (1, 1, 1)), leg("x", "c", (2, 3, 4))]
    services = [CARE | {"place_id": "x"}, BED, TALK, LAW]
    found = chained(corridor(places, legs, services=services, routes=ROUTES), question()).iloc[0]
    assert (found["place_of_care"], found["shelter_link"], found["class"]) == ("x", "held", "whole")


def test_a_fifth_row_lengthens_the_chain_without_any_code() -> None:
    table = records()["capabilities"].set_index("id").copy()
    table.loc["information", ["chain_rank", "chain_limit_hours", "chain_from"]] = [5, 100, "her"]
    rows = table.reset_index().to_dict("records")
    made = corridor(PLACES, LEGS, services=ALL, routes=ROUTES, capabilities=rows)
    assert chain_classes(made)[5:] == ("information", "unknown")
    assert chained(made, question())["class"].iloc[0] == "information"
    told = {"id": "told", "place_id": "d", "capabilities": "information"}
    made = corridor(PLACES, LEGS, services=[*ALL, told], routes=ROUTES, capabilities=rows)
    assert chained(made, question())["class"].iloc[0] == "whole"  # 80 h from her, within its 100


def test_a_chain_without_a_link_is_refused() -> None:
    rows = [{"id": "shelter", "rank": 1, "hears": "no"}]
    with pytest.raises(UnknownName, match="chain_rank"):
        links(corridor(PLACES, LEGS, capabilities=rows))


def test_the_shares_of_a_pace_are_shares_of_the_hours() -> None:
    """Of 80 h, 10 before the care are whole at the usual pace; the other 70 have no care ahead."""
    made = corridor(PLACES, LEGS, services=ALL, routes=ROUTES)
    shares = chain_shares(made, chained(made, question()))
    assert shares["typical_share"].to_dict() == pytest.approx(
        {"whole": 1 / 8, "clinical_care": 7 / 8, "psychosocial": 0, "shelter": 0, "legal_aid": 0, "unknown": 0}
    )
    assert shares["hours"].tolist() == pytest.approx([10, 70, 0, 0, 0, 0])
    assert shares.loc["shelter", "high_share"] == pytest.approx(1 / 8)


def test_a_profile_draws_the_chain() -> None:
    made = corridor(PLACES, LEGS, services=ALL, routes=ROUTES)
    drawn = profile(made, question(), classify=chain_classed, classes=chain_classes(made))
    assert drawn.runs["class"].tolist() == ["whole", "clinical_care"]
    assert drawn.hours.to_dict()["whole"] == pytest.approx(10)


@settings(max_examples=40)
@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "place_id": st.sampled_from("abcd"),
                "capabilities": st.sampled_from(["clinical_care", "psychosocial", "shelter", "legal_aid", ""]),
                "possible_capabilities": st.sampled_from(["", "", "shelter", "clinical_care"]),
                "admits": st.sampled_from(["", "girls", "men"]),
            }
        ),
        max_size=8,
    ),
    st.sampled_from(["", "girl_alone"]),
)
def test_the_shares_of_each_pace_add_up_to_one(services: list[dict[str, object]], whom: str) -> None:
    rows = [{"id": f"s{number}", **service} for number, service in enumerate(services)]
    made = corridor(PLACES, LEGS, services=rows, routes=ROUTES)
    shares = chain_shares(made, chained(made, question(whom=whom)))
    for column in ("low_share", "typical_share", "high_share"):
        assert shares[column].sum() == pytest.approx(1)
    assert shares["hours"].sum() == pytest.approx(80)


@cache
def reference() -> Corridor:
    return Corridor.of(Snapshot.of(read_reference()))


def ways(made: Corridor, put: Question) -> tuple[list[tuple[str, str, dict[str, object], bool]], list[bool]]:
    """The question's arcs (tail, head, leg, turned), and whether each holds at the date: plain Python over the tables."""
    rows = []
    for row in made.legs.reset_index().to_dict("records"):
        since, until = opening_month(row["since"]), closing_month(row["until"])
        held = (since is None or since <= put.as_of) and (until is None or put.as_of < until)
        if row["direction"] in (put.direction, "lateral") or (
            row["direction"] == "both" and put.direction == "northbound"
        ):
            rows.append(((row["from_place"], row["to_place"], row, False), held))
        if row["direction"] == "lateral" or (row["direction"] == "both" and put.direction == "southbound"):
            rows.append(((row["to_place"], row["from_place"], row, True), held))
    return [way for way, _ in rows], [held for _, held in rows]


def admitted(made: Corridor, service: dict[str, object], whom: str) -> str:
    if not whom:
        return "yes"
    audience = made.audiences.loc[whom]
    words = set(filter(None, str(service[audience["attribute"]]).split(";")))
    if words & set(filter(None, audience["no_any"].split(";"))):
        return "no"
    if words & set(filter(None, audience["yes_any"].split(";"))):
        return "yes"
    return "no" if words and words <= set(audience["no_only"].split(";")) else "unknown"


def help_at(made: Corridor, put: Question, capability: str, *, hoped: bool) -> dict[str, float]:
    """Places with the help, and the walk from each: plain Python over the services."""
    found: dict[str, float] = {}
    for service in made.services.reset_index().to_dict("records"):
        since, until = opening_month(service["opened"]), closing_month(service["closed"])
        is_open = (since is None or since <= put.as_of) and (until is None or put.as_of < until)
        able = set(service["capabilities"].split(";"))
        able |= set(service["possible_capabilities"].split(";")) if hoped else set()
        admits = admitted(made, service, put.whom)
        good = admits == "yes" or (hoped and admits == "unknown")
        if is_open and service["at_place"] and capability in able and good:
            walk = float(service["walk_hours"])
            found[service["at_place"]] = min(walk, found.get(service["at_place"], walk))
    return found


class Independent:
    """Hours, places of help and unknown ways for one question, by networkx on the whole network."""

    def __init__(self, made: Corridor, put: Question) -> None:
        self.made, self.put = made, put
        arcs, held = ways(made, put)
        self.arcs = [way for way, ok in zip(arcs, held, strict=True) if ok]
        self.ended = {way[0] for way, ok in zip(arcs, held, strict=True) if not ok}
        self.answers: dict[tuple[str, bool, str], dict[str, float]] = {}
        plain = nx.DiGraph([(head, tail) for tail, head, _, _ in self.arcs])
        plain.add_nodes_from(made.places.index)
        self.to_ended = set(self.ended).union(*(nx.descendants(plain, place) for place in self.ended))
        self.graphs = {pace: self._graph(pace) for pace in PACES}

    def _graph(self, pace: str) -> nx.DiGraph:
        graph = nx.MultiDiGraph()
        graph.add_nodes_from(self.made.places.index)
        for tail, head, row, _ in self.arcs:
            graph.add_edge(head, tail, hours=row[f"hours_{pace}"])
        return graph

    def hours(self, capability: str, pace: str, *, hoped: bool = False) -> dict[str, float]:
        """Per place the hours to the nearest help ahead; places with none are not in it."""
        key = (capability, hoped, pace)
        if key not in self.answers:
            graph = self.graphs[pace].copy()
            for place, walk in help_at(self.made, self.put, capability, hoped=hoped).items():
                graph.add_edge("help", place, hours=walk)
            graph.add_node("help")
            self.answers[key] = nx.single_source_dijkstra_path_length(graph, "help", weight="hours")
        return self.answers[key]

    def nearest(self, capability: str, place: str) -> str:
        """Where the nearest help from a place stands, at the usual pace."""
        graph, best = self.graphs["typical"].reverse(copy=False), ("", np.inf)
        lengths = nx.single_source_dijkstra_path_length(graph, place, weight="hours")
        for there, walk in help_at(self.made, self.put, capability, hoped=False).items():
            if there in lengths and lengths[there] + walk < best[1] - 1e-9:
                best = (there, lengths[there] + walk)
        return best[0]

    def state(self, known: float, hoped: float, limit: float, *, unknown_way: bool) -> str:
        if known <= limit:
            return "held"
        return "unknown" if hoped <= limit or (np.isinf(known) and unknown_way) else "missing"


def expected_on_the_network(made: Corridor, put: Question) -> dict[int, str]:
    """The class of every segment by a second way: a search per link and plain arithmetic."""
    own = Independent(made, put)
    first, *later = chain_links(made, put)
    by_leg: dict[str, list[tuple[str, str, dict[str, object], bool]]] = {}
    for way in own.arcs:
        by_leg.setdefault(str(way[2]["leg_id"]), []).append(way)
    inf = float("inf")
    nearest = {head: own.nearest(first.capability, head) for _, head, _, _ in own.arcs}
    after = {place: first_broken_after(own, place, later) for place in {*nearest.values()} - {""}}
    expected = {}
    for segment in made.segments.reset_index().to_dict("records"):
        options = []
        for _, head, row, turned in by_leg.get(segment["leg_id"], []):
            left = (segment["to_km"] if turned else row["length_km"] - segment["from_km"]) / row["length_km"]
            known = own.hours(first.capability, "typical").get(head, inf)
            hoped = own.hours(first.capability, "typical", hoped=True).get(head, inf)
            own_hours = left * row["hours_typical"]
            options.append((known + own_hours, hoped + own_hours, nearest[head], head in own.to_ended))
        if options:
            known, _, care, unknown_way = min(options, key=lambda option: option[0])
            hoped = min(option[1] for option in options)
            state = own.state(known, hoped, first.limit_hours, unknown_way=unknown_way)
            expected[segment["segment_id"]] = after[care] if state == "held" else broken_class(first, state)
    return expected


def first_broken_after(own: Independent, place: str, later: list[Link]) -> str:
    states = ((link, state_on_the_network(own, link, place)) for link in later)
    return next((broken_class(link, state) for link, state in states if state != "held"), "whole")


def state_on_the_network(own: Independent, link: Link, place: str) -> str:
    known, hoped = (own.hours(link.capability, "typical", hoped=hoped).get(place, np.inf) for hoped in (False, True))
    return own.state(known, hoped, link.limit_hours, unknown_way=place in own.to_ended)


def broken_class(link: Link, state: str) -> str:
    return "unknown" if state == "unknown" else link.capability


@pytest.mark.parametrize(
    ("month", "whom", "direction"),
    [
        ("2021-12", "", "northbound"),
        ("2024-02", "girl_alone", "northbound"),
        ("2024-04", "", "northbound"),
        ("2024-04", "speaks_french", "southbound"),
        ("2025-06", "", "southbound"),
        ("2025-06", "girl_alone", "northbound"),
    ],
)
def test_the_reference_agrees_with_an_independent_search_on_the_network(month: str, whom: str, direction: str) -> None:
    made = reference()
    put = Question("clinical_care", direction, Month.parse(month), whom=whom)
    assert chained(made, put)["class"].to_dict() == expected_on_the_network(made, put)


Reached = tuple[float, str]


def along_the_route(own: Independent, route: Route, capability: str, *, hoped: bool) -> list[Reached]:
    """From each stop the hours along the rest of the route and where they lead; help at most 2 h off it counts."""
    network = own.hours(capability, "typical", hoped=hoped)
    reached: list[Reached] = []
    for position in range(len(route.stops) - 1, -1, -1):
        stop = route.stops[position]
        here = (network[stop], own.nearest(capability, stop)) if network.get(stop, np.inf) <= 2 else (np.inf, "")
        on = (np.inf, "")
        if position < len(route.legs) and route.held[position]:
            on = (route.legs[position]["hours_typical"] + reached[0][0], reached[0][1])
        reached.insert(0, on if on[0] < here[0] else here)
    return reached


class Route:
    """The stops and legs of the question's route in the order of travel, and which legs hold at the date."""

    def __init__(self, made: Corridor, put: Question) -> None:
        arcs, held = ways(made, put)
        at = {str(way[2]["leg_id"]): position for position, way in enumerate(arcs)}
        chosen = [at[name] for name in str(made.routes.at[put.route, "legs"]).split(";")]
        self.stops = [arcs[chosen[0]][0], *(arcs[position][1] for position in chosen)]
        self.legs = [arcs[position][2] for position in chosen]
        self.held = [held[position] for position in chosen]

    def ends_ahead(self, position: int) -> bool:
        return not all(self.held[position:])


@pytest.mark.parametrize("month", ["2024-02", "2024-04", "2025-06"])
@pytest.mark.parametrize("whom", ["", "girl_alone"])
def test_the_first_segment_of_each_leg_of_a_route_agrees_with_plain_arithmetic(month: str, whom: str) -> None:
    made = reference()
    put = Question("clinical_care", "northbound", Month.parse(month), whom=whom, route="north_acandi_ciudad_juarez")
    own, route, asked = Independent(made, put), Route(made, put), chain_links(made, put)
    reached = {
        (link.capability, hoped): along_the_route(own, route, link.capability, hoped=hoped)
        for link in asked
        for hoped in (False, True)
    }

    def state_at(link: Link, place: str) -> str:
        if place not in route.stops:
            return state_on_the_network(own, link, place)
        at = route.stops.index(place)
        known, hoped = (reached[link.capability, hoped][at][0] for hoped in (False, True))
        return own.state(known, hoped, link.limit_hours, unknown_way=route.ends_ahead(at))

    found = chained(made, put).groupby("leg_id")[["class", "place_of_care"]].first()
    for position, row in enumerate(route.legs):
        extra = row["hours_typical"] if route.held[position] else np.inf
        known, hoped = (reached[asked[0].capability, hoped][position + 1][0] + extra for hoped in (False, True))
        first = own.state(known, hoped, asked[0].limit_hours, unknown_way=route.ends_ahead(position))
        care = reached[asked[0].capability, False][position + 1][1] if route.held[position] else ""
        states = [(asked[0], first), *((link, state_at(link, care)) for link in asked[1:] if care)]
        expected = next((broken_class(link, state) for link, state in states if state != "held"), "whole")
        assert found.loc[row["leg_id"]].tolist() == [expected, care], row["leg_id"]
