"""State presence in seven classes: by hand on a small corridor, by another way at random, and on the reference."""

from __future__ import annotations

import random

import numpy as np
import pandas as pd
import pytest
from corridors import independent_hours, records
from frontiers import APRIL, MIRROR, MIRROR_LEGS, POLICE, asks, both_ways, mirror, presence_profile, state_corridor

from geodata.corridor import Corridor
from geodata.coverage import (
    PRESENCE_CLASSES,
    Question,
    hours_ahead,
    presence_classed,
    presence_lane,
    profile,
    role_counts,
)
from geodata.coverage.state_classes import presence_runs
from geodata.schema import ROLE_OF_KIND, ROLES
from geodata.snapshot import Snapshot
from geodata.units import Hours, Month

KIND_OF_ROLE = {role: kind for kind, role in ROLE_OF_KIND.items()}


def hours_by_class(made: Corridor, question: Question) -> dict[str, float]:
    hours = presence_profile(made, question).hours
    assert list(hours.index) == list(PRESENCE_CLASSES)
    return {name: round(value, 9) for name, value in hours.items() if value}


def classes_of(made: Corridor, question: Question) -> pd.DataFrame:
    return presence_classed(made, question, hours_ahead(made, question).segments)


def test_hours_in_each_class_are_those_worked_out_by_hand() -> None:
    # Northbound within 10.6 h. On b – c she has 10, 20, 40 h at share f to go, and 2, 4, 8 h more from c to d.
    # Slow 8 + 40 f: f = 0.05. Usual 4 + 20 f: f up to 0.3. Fast 2 + 10 f: f up to 0.85. The rest is late at any pace,
    # and so is a – b. Police stand at b: on a – b they are reached in 4 h, beyond b they are behind. Border police stand
    # at c, which 20 f reaches from f = 0.5 on, where a protective institution is in time at a fast pace.
    expected = {"present_without": 4.0, "gap": 3.0, "fast_only": 11.0, "usual_pace": 5.0, "covered": 5.0}
    assert hours_by_class(mirror(*POLICE), asks()) == expected


def test_without_another_role_in_reach_it_is_a_gap() -> None:
    assert hours_by_class(mirror(), asks()) == {"gap": 7.0, "fast_only": 11.0, "usual_pace": 5.0, "covered": 5.0}
    behind = {**POLICE[0], "place_id": "a"}
    assert hours_by_class(mirror(behind), asks())["gap"] == 7.0


def test_another_role_counts_at_the_usual_pace_and_not_at_a_fast_one() -> None:
    far = {**POLICE[1], "place_id": "c"}
    made = state_corridor(MIRROR, MIRROR_LEGS, [far])  # nothing protects: 20 f ≤ 10.6 holds from f = 0.5 on
    assert hours_by_class(made, asks()) == {"present_without": 10.0, "none_ahead": 18.0}


def test_each_segment_says_which_role_is_ahead_and_in_how_many_hours() -> None:
    found = classes_of(mirror(*POLICE), asks())
    first = found[found["leg_id"] == "a>b"].iloc[0]
    mixed = first[["mixed_low_hours", "mixed_typical_hours", "mixed_high_hours", "mixed_service", "mixed_place"]]
    assert mixed.tolist() == [2.0, 4.0, 8.0, "M1", "b"]
    assert first[["control_typical_hours", "control_service", "control_place"]].tolist() == [24.0, "M2", "c"]
    last = found[found["leg_id"] == "c>d"].iloc[0]
    assert last[["mixed_service", "mixed_place", "control_service"]].tolist() == ["", "", ""]
    assert np.isnan(last["mixed_low_hours"])


def test_on_the_network_the_classes_are_those_of_the_route_where_there_is_one_way() -> None:
    made = mirror(*POLICE)
    network = classes_of(made, asks().with_(route=None))["class"]
    assert network.to_dict() == classes_of(made, asks())["class"].to_dict()


def test_where_the_way_on_has_ended_it_is_unknown_and_never_present_without() -> None:
    ended = [*MIRROR_LEGS[:2], MIRROR_LEGS[2] | {"until": "2024-04"}]
    found = classes_of(state_corridor(MIRROR, ended, [{"id": "P2", "place_id": "d"}, *POLICE]), asks())
    assert set(found["class"]) == {"unknown"}


def test_what_is_late_only_for_want_of_a_confirmation_is_unknown() -> None:
    # P1, P2 and both posts have no dates: listed, never confirmed. What is a gap by the list has none confirmed ahead.
    dated = {"opened": "2020-01", "last_confirmed": "2024-03"}
    made = mirror(*POLICE)
    assert hours_by_class(made, asks(status="confirmed")) == {"unknown": 25.0, "none_ahead": 3.0}
    made = mirror({**POLICE[0], **dated}, POLICE[1])
    assert hours_by_class(made, asks(status="confirmed")) == {
        "present_without": 4.0,
        "none_ahead": 3.0,
        "unknown": 21.0,
    }


def test_the_mark_is_gone_where_one_institution_in_reach_is_confirmed() -> None:
    dated = {"opened": "2020-01", "last_confirmed": "2024-03"}
    near = {"id": "C1", "place_id": "b", "kind": "migration_post", "role": "control", "country_iso3": "COL"}
    for more, marked in (({}, True), (dated, False)):
        found = classes_of(mirror(*POLICE, {**near, **more}), asks())
        assert set(found[found["class"] == "present_without"]["unconfirmed"]) == {marked}


def test_runs_are_cut_where_the_institution_ahead_changes_and_keep_the_length() -> None:
    found = classes_of(mirror(*POLICE), asks())
    runs = presence_runs(found)
    # a – b; on b – c: gap, fast only before and after the frontier, usual pace, covered; c – d.
    assert runs["class"].tolist() == [
        "present_without",
        "gap",
        "fast_only",
        "fast_only",
        "usual_pace",
        "covered",
        "covered",
    ]
    assert runs["length_km"].sum() == pytest.approx((found["to_km"] - found["from_km"]).sum(), rel=1e-12)
    assert runs["mixed_service"].tolist() == ["M1", "", "", "", "", "", ""]
    assert len(presence_runs(found[:0])) == 0


def test_roles_are_counted_with_how_well_they_are_dated() -> None:
    dated = {"opened": "2020-01", "last_confirmed": "2024-03"}
    made = mirror({**POLICE[0], **dated}, {**POLICE[1], "closed": "2024-04"})
    assert role_counts(made, APRIL).to_dict("index") == {
        "protective": {"listed": 2, "confirmed": 0, "opening_not_published": 2, "never_dated": 2},
        "mixed": {"listed": 1, "confirmed": 1, "opening_not_published": 0, "never_dated": 0},
        "control": {"listed": 0, "confirmed": 0, "opening_not_published": 0, "never_dated": 0},
    }


def random_state(seed: int) -> Corridor:
    """Places in a row over two frontiers and a water, with legs of random hours and institutions of random roles."""
    chance = random.Random(seed)
    places = {"a": ("COL", -77.07), "b": ("COL", -77.05), "c": ("PAN", -77.01), "d": ("PAN", -76.97)}
    places |= {"e": ("CRI", -76.91), "f": ("CRI", -76.89)}
    legs = []
    for start, end in zip("abcde", "bcdef", strict=True):
        low = chance.uniform(0.2, 6)
        legs.append(both_ways(start, end, (low, low * chance.uniform(1, 2), low * chance.uniform(2, 5))))
    institutions = []
    for number in range(chance.randrange(6)):
        role, place = chance.choice(ROLES), chance.choice("abcdef")
        dates = chance.choice([{}, {"opened": "2020-01", "last_confirmed": "2024-03"}, {"last_confirmed": "2021-05"}])
        institution = {"id": f"I{number}", "place_id": place, "country_iso3": places[place][0], **dates}
        institutions.append(institution | {"role": role, "kind": KIND_OF_ROLE[role]})
    return state_corridor(places, legs, institutions)


@pytest.mark.parametrize("seed", range(60))
def test_the_classes_agree_with_an_independent_search_segment_by_segment(seed: int) -> None:
    made, window = random_state(seed), random.Random(seed).uniform(1, 12)
    for direction in ("northbound", "southbound"):
        put = Question("state:protective", direction, APRIL, Hours(window))
        hours = {role: independent_hours(made, put.with_(capability=f"state:{role}")) for role in ROLES}
        found = classes_of(made, put)
        assert found["class"].tolist() == [by_hand(made, row, hours, put) for _, row in found.iterrows()]


def by_hand(made: Corridor, row: pd.Series, hours: dict[str, pd.DataFrame], put: Question) -> str:
    """The class of one segment from the hours of the place to which its leg leads, as the words define it."""
    leg = made.legs.loc[row["leg_id"]]
    north = put.direction == "northbound"
    left = (leg["length_km"] - row["from_km"] if north else row["to_km"]) / leg["length_km"]
    head = leg["to_place"] if north else leg["from_place"]
    ahead = {
        role: [left * leg[f"hours_{pace}"] + at.at[head, f"{pace}_hours"] for pace in ("low", "typical", "high")]
        for role, at in hours.items()
    }
    low, typical, high = ahead["protective"]
    for name, value in (("covered", high), ("usual_pace", typical), ("fast_only", low)):
        if value <= put.window_hours:
            return name
    if min(ahead["mixed"][1], ahead["control"][1], key=lambda value: np.nan_to_num(value, nan=np.inf)) <= (
        put.window_hours
    ):
        return "present_without"
    return "none_ahead" if np.isnan(low) else "gap"


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("status", ["listed", "confirmed"])
def test_what_holds_for_every_corridor(seed: int, status: str) -> None:
    made, window = random_state(seed), random.Random(seed).uniform(1, 12)
    for route in ("north", "south"):
        put = asks(window, route=route, status=status)
        found = presence_profile(made, put)
        km = made.legs["length_km"].sum()
        assert found.lengths_km.sum() == pytest.approx(km, rel=1e-12)
        assert found.hours.sum() == pytest.approx(made.legs["hours_typical"].sum(), rel=1e-12)
        six = profile(made, put).segments["class"]
        without = found.segments["class"] == "present_without"
        near = found.segments[["mixed_typical_hours", "control_typical_hours"]].min(axis=1) <= window
        assert set(six[without]) <= {"gap", "none_ahead"}
        assert near[without].all()
        assert not near[found.segments["class"].isin(["gap", "none_ahead"])].any()
        assert (six == found.segments["class"])[~six.isin(["gap", "none_ahead"])].all()
        pd.testing.assert_frame_equal(presence_lane(made, put), found.runs)
        # What is late though only the confirmed count is late too when all that is listed counts.
        listed = presence_profile(made, put.with_(status="listed")).segments["class"]
        late = found.segments["class"].isin(["gap", "none_ahead"])
        assert set(listed[late]) <= {"gap", "none_ahead"}


@pytest.fixture(scope="module")
def reference() -> Corridor:
    return Corridor.of(Snapshot.of(records()))


@pytest.mark.parametrize("month", ["2022-05", "2024-04", "2025-06"])
@pytest.mark.parametrize("status", ["listed", "confirmed"])
def test_on_the_reference_the_lane_has_the_runs_of_the_profile(reference: Corridor, month: str, status: str) -> None:
    for route, row in reference.routes.iterrows():
        for window in (24.0, 72.0):
            put = Question(
                "state:protective", row["direction"], Month.parse(month), Hours(window), status, route=str(route)
            )
            pd.testing.assert_frame_equal(presence_lane(reference, put), presence_profile(reference, put).runs)


def test_in_the_darien_the_state_is_out_of_a_days_reach_and_after_panama_city_it_is_there_without_protecting(
    reference: Corridor,
) -> None:
    put = Question(
        "state:protective", "northbound", APRIL, Hours(24), route="north_acandi_ciudad_juarez"
    )  # the prosecutor's post at Bajo Chiquito, then Metetí; after Panama City the next is in Guatemala
    runs = presence_profile(reference, put).runs
    gap = runs[runs["class"] == "gap"]
    assert gap["country_iso3"].tolist() == ["COL", "PAN"]
    assert gap["from_hours"].iloc[0] == 1.5  # Acandí, where the Personería is
    without = runs[runs["class"] == "present_without"]
    assert without["country_iso3"].tolist() == ["PAN"]
    assert without["from_hours"].tolist() == pytest.approx([83.68])
