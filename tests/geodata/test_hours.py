"""Hours ahead: hand-computed answers first, then agreement with an independent computation."""

from __future__ import annotations

import random

import numpy as np
import pandas as pd
import pytest
from corridors import corridor, independent_hours, leg

from geodata.corridor import Corridor
from geodata.coverage import Question, hours_ahead, segment_classes
from geodata.coverage.hours import HOUR_COLUMNS
from geodata.errors import UnknownName
from geodata.units import Hours, Month

APRIL = Month(2024, 4)
#: a → b → c → d northwards, with a way round b by x; about 11 km apart.
PLACES = {"a": (-77.0, 8.0), "b": (-77.1, 8.0), "c": (-77.2, 8.0), "d": (-77.3, 8.0), "x": (-77.1, 8.1)}
LEGS = [
    leg("a", "b", (1, 2, 10), direction="both"),
    leg("b", "c", (2, 4, 20), direction="both"),
    leg("c", "d", (3, 6, 30), direction="both"),
    leg("a", "x", (1, 1, 1)),
    leg("x", "d", (9, 9, 9)),
]
CLINIC_AT_C = [{"id": "S1", "place_id": "c"}]
ROUTE = [{"id": "r", "legs": "a>b;b>c;c>d"}]


def northbound(**more: object) -> Question:
    return Question("clinical_care", "northbound", APRIL, **more)


def hours(made: Corridor, place: str, question: Question | None = None) -> list[float]:
    row = hours_ahead(made, question or northbound()).places.loc[place, HOUR_COLUMNS]
    return [float(value) for value in row]


def test_hours_at_a_place_are_the_least_sum_of_legs_to_the_service_ahead() -> None:
    made = corridor(PLACES, LEGS, services=CLINIC_AT_C)
    assert hours(made, "a") == [3, 6, 30]
    assert hours(made, "b") == [2, 4, 20]
    assert hours(made, "c") == [0, 0, 0]


def test_a_service_behind_is_never_coverage() -> None:
    made = corridor(PLACES, LEGS, services=CLINIC_AT_C)
    assert np.isnan(hours(made, "d")).all()
    assert hours_ahead(made, northbound()).places.at["d", "next_service"] == ""


def test_southbound_travels_the_same_leg_the_other_way() -> None:
    made = corridor(PLACES, LEGS, services=CLINIC_AT_C)
    south = Question("clinical_care", "southbound", APRIL)
    assert hours(made, "d", south) == [3, 6, 30]
    assert np.isnan(hours(made, "a", south)).all()
    assert np.isnan(hours(made, "x", south)).all()  # its legs go north only


def test_each_pace_takes_its_own_least_way() -> None:
    made = corridor(PLACES, LEGS, services=[{"id": "S2", "place_id": "d"}])
    assert hours(made, "a") == [6, 10, 10]  # 1+2+3 fast; typical 1+9 by x against 2+4+6; slow 1+9


def test_on_a_route_the_rest_of_that_route_counts_and_not_the_way_round() -> None:
    made = corridor(PLACES, LEGS, services=[{"id": "S2", "place_id": "d"}], routes=ROUTE)
    assert hours(made, "a", northbound(route="r")) == [6, 12, 60]


def test_on_a_route_help_at_most_two_hours_off_it_counts() -> None:
    near = [*LEGS, leg("b", "x", (0.5, 2.0, 7.0))]
    made = corridor(PLACES, near, services=[{"id": "S", "place_id": "x"}], routes=ROUTE)
    assert hours(made, "a", northbound(route="r")) == [1.0, 1.0, 1.0]  # a is itself within two hours of x
    assert hours(made, "b", northbound(route="r")) == [0.5, 2.0, 7.0]
    far = [*LEGS[:3], leg("b", "x", (0.5, 2.1, 7.0))]
    made = corridor(PLACES, far, services=[{"id": "S", "place_id": "x"}], routes=ROUTE)
    assert np.isnan(hours(made, "b", northbound(route="r"))).all()


def test_a_segment_has_what_is_left_of_its_leg_and_then_the_hours_of_the_place_ahead() -> None:
    made = corridor(PLACES, LEGS, services=CLINIC_AT_C)
    table = hours_ahead(made, northbound()).segments
    middle = table[table["leg_id"] == "a>b"].iloc[4]
    length_km = made.legs.at["a>b", "length_km"]
    left = 1 - middle["from_km"] / length_km
    assert middle[HOUR_COLUMNS].tolist() == pytest.approx([1 * left + 2, 2 * left + 4, 10 * left + 20], abs=1e-12)


def test_southbound_a_segment_is_entered_at_its_far_end() -> None:
    made = corridor(PLACES, LEGS, services=CLINIC_AT_C)
    table = hours_ahead(made, Question("clinical_care", "southbound", APRIL)).segments
    last = table[table["leg_id"] == "c>d"].iloc[-1]
    assert last[HOUR_COLUMNS].tolist() == pytest.approx([3, 6, 30])


def test_a_lateral_leg_goes_both_ways_and_its_segments_take_the_better_one() -> None:
    made = corridor(PLACES, [*LEGS[:3], leg("b", "x", (1, 2, 3), direction="lateral")], services=CLINIC_AT_C)
    assert hours(made, "x") == [3, 6, 23]
    table = hours_ahead(made, northbound()).segments
    assert table.index.is_unique
    typical = table[table["leg_id"] == "b>x"]["typical_hours"]
    assert typical.iloc[-1] == pytest.approx(6)  # at x she turns round to b: 2 + 4
    assert typical.is_monotonic_increasing
    assert typical.iloc[0] < 4.5


def test_what_closed_during_the_month_is_closed_and_what_opened_is_open() -> None:
    made = corridor(PLACES, LEGS, services=[{"id": "S", "place_id": "c", "opened": "2024-03", "closed": "2024-05"}])
    open_at = {
        str(m): not np.isnan(hours(made, "b", Question("clinical_care", "northbound", m))).any()
        for m in map(Month.parse, MONTHS)
    }
    assert open_at == {"2024-02": False, "2024-03": True, "2024-04": True, "2024-05": False}


MONTHS = ("2024-02", "2024-03", "2024-04", "2024-05")


def test_a_date_known_only_by_year_is_read_cautiously() -> None:
    made = corridor(PLACES, LEGS, services=[{"id": "S", "place_id": "c", "opened": "2023", "closed": "2025"}])
    for month, there in (("2023-11", False), ("2023-12", True), ("2024-12", True), ("2025-01", False)):
        assert np.isnan(hours(made, "b", Question("clinical_care", "northbound", Month.parse(month)))).any() != there


def test_where_the_way_onward_has_ended_nothing_ahead_is_unknown_and_not_absent() -> None:
    ended = [LEGS[0], LEGS[1] | {"until": "2024-04"}, LEGS[2]]
    made = corridor(PLACES, ended, services=CLINIC_AT_C, routes=ROUTE)
    places = hours_ahead(made, northbound()).places
    assert places["unknown"].to_dict() == {"a": True, "b": True, "c": False, "d": False, "x": False}
    classed = segment_classes(made, northbound(route="r"))
    assert classed.groupby("leg_id")["class"].unique().map(list).to_dict() == {
        "a>b": ["unknown"],
        "b>c": ["unknown"],
        "c>d": ["none_ahead"],
    }


def test_the_six_classes_against_a_window() -> None:
    made = corridor(PLACES, LEGS, services=CLINIC_AT_C, routes=ROUTE)
    for window, expected in ((30, "covered"), (6, "usual_pace"), (3, "fast_only"), (2.9, "gap")):
        first = segment_classes(made, northbound(route="r", window_hours=Hours(window))).iloc[0]
        assert first["class"] == expected
    assert set(segment_classes(made, northbound(route="r")).query("leg_id == 'c>d'")["class"]) == {"none_ahead"}


def test_a_possible_service_turns_a_gap_into_unknown_and_never_into_coverage() -> None:
    hoped = {"id": "P", "place_id": "b", "capabilities": "", "possible_capabilities": "clinical_care"}
    made = corridor(PLACES, LEGS, services=[{"id": "S1", "place_id": "d"}, hoped], routes=ROUTE)
    classed = segment_classes(made, northbound(route="r", window_hours=Hours(2))).groupby("leg_id")["class"].first()
    assert classed.to_dict() == {"a>b": "unknown", "b>c": "gap", "c>d": "gap"}


def test_only_confirmed_services_count_when_asked_and_the_mark_says_which_class_rests_on_another() -> None:
    rows = [
        {"id": "S1", "place_id": "b", "opened": "2020-01", "last_confirmed": "2023-12"},
        {"id": "S2", "place_id": "d", "opened": "2020-01", "last_confirmed": "2024-03"},
    ]
    made = corridor(PLACES, LEGS, services=rows, routes=ROUTE)
    assert hours(made, "a", northbound(route="r")) == [1, 2, 10]
    assert hours(made, "a", northbound(route="r", status="confirmed")) == [6, 12, 60]
    marks = segment_classes(made, northbound(route="r")).groupby("leg_id")["unconfirmed"].first()
    assert marks.to_dict() == {"a>b": True, "b>c": False, "c>d": False}


def test_a_published_wait_enters_only_when_asked_and_only_for_its_own_period() -> None:
    stay = {"place_id": "b", "direction": "northbound", "period": "2024-04", "role": "range", "confidence": "high"}
    rows = [{**stay, "hours_low": 5, "hours_typical": 6, "hours_high": 7}]
    made = corridor(PLACES, LEGS, services=CLINIC_AT_C, stays=rows)
    assert hours(made, "a") == [3, 6, 30]
    assert hours(made, "a", northbound(stays=True)) == [8, 12, 37]
    assert hours(made, "a", Question("clinical_care", "northbound", Month(2024, 5), stays=True)) == [3, 6, 30]


def test_a_wait_with_a_blank_reading_is_left_out_and_not_filled() -> None:
    stay = {"place_id": "b", "direction": "northbound", "period": "2024", "role": "range", "confidence": "high"}
    made = corridor(PLACES, LEGS, services=CLINIC_AT_C, stays=[{**stay, "hours_low": 5, "hours_high": 7}])
    assert hours(made, "a", northbound(stays=True)) == [3, 6, 30]


def test_a_hidden_service_enters_no_distance() -> None:
    made = corridor(PLACES, LEGS, services=[{"id": "S", "place_id": "c", "confidentiality": "secret"}])
    assert hours_ahead(made, northbound()).places["typical_hours"].isna().all()


def test_without_a_service_every_place_has_none_ahead() -> None:
    made = corridor(PLACES, LEGS)
    assert hours_ahead(made, northbound()).places["typical_hours"].isna().all()


def test_an_unknown_capability_or_route_is_refused_with_what_there_is() -> None:
    made = corridor(PLACES, LEGS, routes=ROUTE)
    with pytest.raises(UnknownName, match="clinical_care"):
        hours_ahead(made, Question("clinic", "northbound", APRIL))
    with pytest.raises(UnknownName, match="girl_alone"):
        hours_ahead(made, Question("clinical_care", "northbound", APRIL, whom="everyone"))
    with pytest.raises(UnknownName, match="There are: r"):
        hours_ahead(made, northbound(route="q"))


def random_corridor(seed: int) -> Corridor:
    """Places in a row with legs ahead of random length, direction, mode of date, and services at random."""
    draw = random.Random(seed)
    count = draw.randint(2, 9)
    names = [f"p{n}" for n in range(count)]
    places = {name: (-77 - n * 0.01, 8 + draw.random() * 0.01) for n, name in enumerate(names)}
    legs = []
    for number in range(draw.randint(1, 2 * count)):
        start, end = sorted(draw.sample(range(count), 2))
        low = draw.choice([0.1, 0.5, 1.0, draw.random() * 50])
        typical = low + draw.choice([0.0, draw.random() * 20])
        legs.append(
            leg(names[start], names[end], (low, typical, typical + draw.choice([0.0, draw.random() * 200])))
            | {"id": f"l{number}", "direction": draw.choice(["northbound", "southbound", "both", "both", "lateral"])}
            | {"since": draw.choice(["", "", "2023", "2024-02"]), "until": draw.choice(["", "", "2024", "2024-04"])}
        )
    services = [
        {
            "id": f"S{n}",
            "place_id": draw.choice(names),
            "opened": draw.choice(["", "2024-02"]),
            "closed": draw.choice(["", "2024-04"]),
        }
        for n in range(draw.randint(0, 3))
    ]
    return corridor(places, legs, services=services)


@pytest.mark.parametrize("block", range(20))
def test_a_thousand_random_corridors_agree_with_an_independent_search(block: int) -> None:
    for seed in range(block * 50, block * 50 + 50):
        made = random_corridor(seed)
        for direction in ("northbound", "southbound"):
            for month in ("2024-01", "2024-03", "2024-04"):
                question = Question("clinical_care", direction, Month.parse(month))
                ours = hours_ahead(made, question).places[HOUR_COLUMNS]
                pd.testing.assert_frame_equal(
                    ours, independent_hours(made, question), atol=1e-9, rtol=0, obj=f"seed {seed} {direction} {month}"
                )


def test_a_segments_hours_never_rise_by_more_than_the_way_between() -> None:
    for seed in range(60):
        made = random_corridor(seed)
        table = hours_ahead(made, northbound()).segments
        known = table.dropna(subset=HOUR_COLUMNS)
        assert (known["low_hours"] <= known["typical_hours"] + 1e-9).all()
        assert (known["typical_hours"] <= known["high_hours"] + 1e-9).all()
