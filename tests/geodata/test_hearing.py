"""Who can hear: answers worked out by hand on a small route, then the reference, reckoned again in another way."""

from __future__ import annotations

import math
from collections import defaultdict

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from channels import CLINIC, LEGS, TOWN, asked, wood
from test_reference import the_corridor

from geodata.coverage import Question, hours_ahead, segment_classes
from geodata.coverage.hearing import (
    CAPACITIES,
    capacity_bands,
    channel_events,
    ground,
    hearing,
    part_hearing,
    route_hours,
    silence_question,
    travel_hours,
)
from geodata.coverage.hours import HOUR_COLUMNS
from geodata.errors import UnknownName
from geodata.units import PACES, Month, months_between

MONTHS = ["2021-06", "2023-12", "2024-02", "2024-04", "2024-10", "2025-06"]


def heard(month: str, part: str, **more: object) -> pd.Series:
    return part_hearing(wood(**more), silence_question(asked(month))).loc[part]


def test_a_stretch_is_heard_as_a_whole_while_the_channel_at_its_end_is_open() -> None:
    found = heard("2024-02", "wood")
    assert (found["hours"], found["heard_hours"], found["capacity"]) == (pytest.approx(30), pytest.approx(30), "heard")


def test_a_town_further_on_within_the_window_does_not_make_a_stretch_heard() -> None:
    found = heard("2024-03", "wood")  # b is 44 h from the town at the usual pace, and d is 14
    assert found["heard_hours"] == 0
    assert [found[f"deaf_{pace}_hours"] for pace in PACES] == [pytest.approx(hours) for hours in (24, 30, 50)]
    assert found["capacity"] == "deaf"


def test_off_named_stretches_the_window_alone_decides() -> None:
    """Before the wood the town is 54 h ahead; after it nothing is, and the way is known."""
    found = part_hearing(wood(), silence_question(asked("2024-03")))
    assert found.loc["PAN", "heard_hours"] == pytest.approx(10 + 14)
    assert found.loc["PAN", "deaf_typical_hours"] == pytest.approx(100)


@pytest.mark.parametrize(("off_hours", "capacity"), [(2.0, "heard"), (2.5, "deaf")])
def test_a_channel_at_most_two_hours_beyond_the_end_still_hears(off_hours: float, capacity: str) -> None:
    legs = [*LEGS[:3], LEGS[3] | {"hours_typical": off_hours, "hours_low": 1}, LEGS[4]]
    assert heard("2024-03", "wood", legs=legs)["capacity"] == capacity


def test_what_is_behind_on_the_stretch_does_not_hear() -> None:
    found = heard("2024-02", "wood", services=[CLINIC | {"place_id": "c"}])
    assert (found["heard_hours"], found["deaf_typical_hours"]) == (pytest.approx(20), pytest.approx(10))


def test_only_confirmed_channels_hear_whatever_was_asked_for() -> None:
    unconfirmed = [CLINIC | {"last_confirmed": "2023-03", "opened": "", "closed": ""}]
    question = silence_question(asked("2024-02"))
    assert (question.capability, question.status) == ("channel", "confirmed")
    assert part_hearing(wood(services=unconfirmed), question).at["wood", "heard_hours"] == 0
    assert part_hearing(wood(services=unconfirmed), question.with_(status="listed")).at["wood", "heard_hours"] > 0


def test_where_an_unseen_service_would_bring_it_in_time_nothing_is_known() -> None:
    possible = {"id": "p", "place_id": "f", "capabilities": "", "possible_capabilities": "clinical_care"}
    found = part_hearing(wood(services=[possible]), silence_question(asked("2024-02"))).loc["PAN"]
    assert found["not_known_hours"] == pytest.approx(0.8 * 100)  # 72 of the 90 h at a fast pace, in usual hours
    assert found["hours"] == pytest.approx(found["not_known_hours"] + found["deaf_typical_hours"])


def test_a_channel_that_closed_on_a_published_day_ends_the_period_on_it() -> None:
    bands = capacity_bands(wood(), asked("2024-04"), "wood", Month(2023, 1), Month(2024, 12))
    assert bands[["from_day", "to_day", "capacity", "dated"]].to_numpy().tolist() == [
        ["2023-01-01", "2023-01-31", "deaf", False],
        ["2023-02-01", "2024-03-04", "heard", False],
        ["2024-03-05", "2024-12-31", "deaf", True],
    ]
    assert bands["heard_share"].tolist() == [0.0, pytest.approx(1.0), 0.0]


def test_a_channel_that_opened_on_a_published_day_begins_the_period_on_it() -> None:
    services = [CLINIC | {"opened": "2024-10-02", "closed": "2024-12", "last_confirmed": "2024-10"}, TOWN]
    bands = capacity_bands(wood(services=services), asked("2024-04"), "wood", Month(2024, 9), Month(2025, 1))
    assert bands[["from_day", "to_day", "capacity", "dated"]].to_numpy().tolist() == [
        ["2024-09-01", "2024-10-01", "deaf", False],
        ["2024-10-02", "2024-11-30", "heard", True],
        ["2024-12-01", "2025-01-31", "deaf", False],
    ]


def test_events_say_what_opened_and_closed_when_and_which_parts_it_changed() -> None:
    found = channel_events(wood(), asked("2024-04"), Month(2020, 1), Month(2024, 12))
    assert found[["date", "dated", "month", "kind", "service_id", "place_id", "changed"]].to_numpy().tolist() == [
        ["2020", False, "2020-12", "opened", "town", "e", "PAN"],
        ["2023-02", False, "2023-02", "opened", "clinic", "d", "wood"],
        ["2024-03-04", True, "2024-03", "closed", "clinic", "d", "wood"],
    ]


def test_what_does_not_hear_or_is_far_off_the_route_makes_no_event() -> None:
    food = CLINIC | {"id": "food", "capabilities": "information"}
    made = wood(services=[food], routes=[{"id": "r", "legs": "a>b;b>c"}])
    assert channel_events(made, asked("2024-04"), Month(2020, 1), Month(2024, 12)).empty
    far = wood(services=[TOWN], routes=[{"id": "r", "legs": "a>b;b>c"}])
    assert channel_events(far, asked("2024-04"), Month(2020, 1), Month(2024, 12)).empty


def test_without_a_route_there_is_nothing_to_straighten() -> None:
    with pytest.raises(UnknownName):
        part_hearing(wood(), silence_question(asked("2024-04").with_(route=None)))


@pytest.mark.parametrize("month", MONTHS)
def test_the_hours_on_arrays_are_those_of_hours_ahead(month: str) -> None:
    made = the_corridor()
    for route, row in made.routes.iterrows():
        question = silence_question(Question("channel", row["direction"], Month.parse(month), route=str(route)))
        segments = hours_ahead(made, question).segments
        hours, unknown = route_hours(made, question)
        shown = np.where(np.isfinite(hours), hours, np.nan)
        np.testing.assert_allclose(shown, segments[HOUR_COLUMNS].to_numpy().T, atol=1e-9)
        assert (unknown == segments["unknown"]).all()


@pytest.mark.parametrize("month", MONTHS)
def test_capacity_agrees_with_the_rule_told_segment_by_segment(month: str) -> None:
    made = the_corridor()
    for route in ("north_acandi_ciudad_juarez", "north_carreto_tijuana"):
        direction = str(made.routes.at[route, "direction"])
        question = silence_question(Question("channel", direction, Month.parse(month), route=route))
        segments = segment_classes(made, question)
        capacity, deaf = hearing(
            made, question, segments[HOUR_COLUMNS].to_numpy().T, hours_ahead(made, question).segments["unknown"]
        )
        legs = str(made.routes.at[route, "legs"]).split(";")
        hours, lengths = made.legs["hours_typical"].to_dict(), made.legs["length_km"].to_dict()
        stretch = str(made.stretches.at["darien", "legs"]).split(";")
        ends = [leg for leg in legs if leg in stretch]
        for position, row in enumerate(segments.to_dict("records")):
            leg = row["leg_id"]
            left = (lengths[leg] - row["from_km"]) / lengths[leg] * hours[leg]
            left += sum(hours[later] for later in ends[ends.index(leg) + 1 :]) if leg in ends else 0
            in_time = row["class"] in ("covered", "usual_pace")
            expected = "heard" if in_time and (leg not in ends or row["typical_hours"] <= left + 2.0) else "deaf"
            expected = "not_known" if row["class"] == "unknown" else expected
            assert CAPACITIES[capacity[position]] == expected, (route, month, row)
        assert (~deaf[0] | deaf[1]).all()  # what is deaf at a fast pace is deaf at the usual one, and at a slow one
        assert (~deaf[1] | deaf[2]).all()


@pytest.mark.parametrize("month", MONTHS)
def test_the_parts_of_each_route_add_up_to_its_hours(month: str) -> None:
    made = the_corridor()
    for route, row in made.routes.iterrows():
        question = silence_question(Question("channel", row["direction"], Month.parse(month), route=str(route)))
        found = part_hearing(made, question)
        whole = made.legs.loc[row["legs"].split(";"), "hours_typical"].sum()
        assert found["hours"].sum() == pytest.approx(whole)
        kinds = found[["heard_hours", "deaf_typical_hours", "not_known_hours"]].sum(axis=1)
        assert kinds.to_numpy() == pytest.approx(found["hours"].to_numpy())
        assert found.index.tolist() == list(dict.fromkeys(found.index))
        assert len(ground(made, question).part) == ground(made, question).counts.sum()


def test_travel_hours_agree_with_an_independent_search() -> None:
    made, month = the_corridor(), Month(2024, 4)
    hours = travel_hours(made, Question("channel", "northbound", month))
    for row, pace in enumerate(PACES):
        graph = nx.DiGraph()
        best: dict[tuple[str, str], float] = defaultdict(lambda: math.inf)
        for leg in made.legs.to_dict("records"):
            if leg["direction"] == "southbound" or leg["since"] > "2024-04" or "" < leg["until"] <= "2024-04":
                continue
            ways = [("from_place", "to_place"), ("to_place", "from_place")][: 2 if leg["direction"] == "lateral" else 1]
            for start, end in ways:
                pair = (leg[start], leg[end])
                best[pair] = min(best[pair], leg[f"hours_{pace}"])
        graph.add_weighted_edges_from((*pair, least) for pair, least in best.items())
        for start in ("erm_lajas_blancas", "acandi", "tapachula"):
            found = nx.single_source_dijkstra_path_length(graph, start)
            theirs = [found.get(place, math.inf) for place in made.places.index]
            np.testing.assert_allclose(hours[row, made.places.index.get_loc(start)], theirs)


def test_every_month_of_a_period_has_its_capacity() -> None:
    made = the_corridor()
    question = Question("channel", "northbound", Month(2024, 4), route="north_acandi_ciudad_juarez")
    bands = capacity_bands(made, question, "darien", Month(2021, 1), Month(2025, 12))
    for month in months_between(Month(2021, 1), Month(2025, 12)):
        held = bands[(bands["from_day"] <= str(month.end)) & (bands["to_day"] >= str(month.end))]
        asked_then = silence_question(question.with_(as_of=month))
        assert held["capacity"].tolist() == [part_hearing(made, asked_then).at["darien", "capacity"]]
