"""The embedded facts: sound, and with the answers that were worked out by hand from the published hours."""

from __future__ import annotations

from functools import cache

import pandas as pd
import pytest
from corridors import independent_hours

from geodata.corridor import Corridor
from geodata.corridor.checks import check_corridor
from geodata.coverage import CLASSES, Question, class_lengths, hours_ahead, lane, profile, segment_classes
from geodata.coverage.hours import HOUR_COLUMNS
from geodata.reference import read_reference
from geodata.reference.boundaries import read_boundaries
from geodata.schema import DIRECTIONS
from geodata.snapshot import Snapshot
from geodata.tables import check_references
from geodata.units import Hours, Month, months_between

YEARS = range(2021, 2026)


@cache
def the_corridor() -> Corridor:
    return Corridor.of(Snapshot.of(read_reference()))


def clinical(month: str, **more: object) -> Question:
    return Question("clinical_care", "northbound", Month.parse(month), **more)


def test_the_reference_is_sound() -> None:
    tables = read_reference()
    check_references(tables)
    check_corridor(tables, read_boundaries())


@pytest.mark.parametrize(
    ("place", "month", "parts"),
    [
        # By motorcycle, to the ridge, through the forest, by canoe to Bajo Chiquito, where MSF worked.
        ("acandi", "2024-02", {"low": [0.75, 6, 31, 2.5], "typical": [0.75, 8, 60, 3], "high": [240]}),
        # The same without Bajo Chiquito: by canoe to Lajas Blancas and by bus to the CATEM in Costa Rica.
        (
            "acandi",
            "2024-04",
            {"low": [0.75, 6, 31, 2.5, 4, 0.43, 3.6, 6.5, 0.8, 0.3], "typical": [0.75, 8, 60, 7, 14]},
        ),
        # By boat to Carreto, on foot to Canaán Membrillo, by canoe to Puerto Limón, by road to San Vicente.
        ("capurgana", "2024-02", {"typical": [1.4, 60, 5, 0.34]}),
        # From Puerto Limón by Metetí, Panama City, David and Paso Canoas to the CATEM.
        ("capurgana", "2024-04", {"typical": [1.4, 60, 5, 0.3, 5.3, 7, 1, 0.4]}),
    ],
)
def test_hours_to_clinical_care_in_the_darien_are_the_sums_worked_out_by_hand(
    place: str, month: str, parts: dict[str, list[float]]
) -> None:
    found = hours_ahead(the_corridor(), clinical(month)).places.loc[place]
    for pace, legs in parts.items():
        if (place, month, pace) == ("acandi", "2024-04", "low"):
            assert found["low_hours"] <= sum(legs)  # another way of the network may be quicker still
        else:
            assert found[f"{pace}_hours"] == pytest.approx(sum(legs), abs=1e-9)


def test_the_gap_opens_in_the_darien_when_care_is_suspended_in_march_2024() -> None:
    route = "north_acandi_ciudad_juarez"
    before, after = (
        profile(the_corridor(), clinical(month, route=route)).lengths_km for month in ("2024-02", "2024-04")
    )
    assert after["fast_only"] > before["fast_only"] + 25
    assert after["usual_pace"] < before["usual_pace"]


def test_southbound_in_2025_gives_another_answer_and_says_what_is_not_known() -> None:
    question = Question("clinical_care", "southbound", Month(2025, 6), route="south_miramar")
    lengths = profile(the_corridor(), question).lengths_km
    assert (
        lengths["unknown"] > 900
    )  # the hospital of Necoclí is obliged to give care, and nobody confirmed that it does
    assert lengths["covered"] > 1000


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("direction", DIRECTIONS)
def test_every_place_capability_and_month_agrees_with_an_independent_search(direction: str, year: int) -> None:
    made = the_corridor()
    for month in months_between(Month(year, 1), Month(year, 12)):
        for capability in made.capabilities.index:
            question = Question(capability, direction, month)
            ours = hours_ahead(made, question).places[HOUR_COLUMNS]
            theirs = independent_hours(made, question)
            pd.testing.assert_frame_equal(ours, theirs, atol=1e-9, rtol=0, obj=f"{capability} {direction} {month}")


@pytest.mark.parametrize("month", ["2021-06", "2023-11", "2024-02", "2024-04", "2025-06", "2026-01"])
def test_the_classes_of_each_route_add_up_to_its_length(month: str) -> None:
    made = the_corridor()
    for route, row in made.routes.iterrows():
        km = made.legs.loc[row["legs"].split(";"), "length_km"].sum()
        for capability in ("clinical_care", "shelter", "state:protective"):
            for window in (24.0, 72.0, 120.0):
                question = Question(capability, row["direction"], Month.parse(month), Hours(window), route=str(route))
                lengths = profile(made, question).lengths_km
                assert lengths.index.tolist() == list(CLASSES)
                assert lengths.sum() == pytest.approx(km, rel=1e-12)
                assert class_lengths(segment_classes(made, question)).sum() == pytest.approx(km, rel=1e-12)


@pytest.mark.parametrize("month", ["2022-05", "2024-04", "2025-06"])
def test_a_lane_has_the_runs_of_the_profile(month: str) -> None:
    made = the_corridor()
    for route, row in made.routes.iterrows():
        for capability in (*made.capabilities.index, "state:mixed"):
            question = Question(capability, row["direction"], Month.parse(month), route=str(route))
            pd.testing.assert_frame_equal(lane(made, question), profile(made, question).runs)


def test_no_segment_is_longer_than_a_km_or_an_hour_and_each_leg_is_whole() -> None:
    made = the_corridor()
    lengths = made.segments["to_km"] - made.segments["from_km"]
    assert lengths.max() <= 1 + 1e-9
    assert lengths.min() > 0
    by_leg = lengths.groupby(made.segments["leg_id"]).sum()
    assert (by_leg - made.legs["length_km"]).abs().max() < 1e-6
    hours = lengths * made.segments["leg_id"].map(made.legs["hours_typical"] / made.legs["length_km"])
    assert hours.max() <= 1 + 1e-9


def test_a_row_that_is_not_public_has_no_point_and_stands_at_no_place() -> None:
    services = read_reference()["services"]
    guarded = services[(services["confidentiality"] != "public") | (services["precision"] == "none")]
    assert len(guarded) >= 20
    assert guarded["lat"].isna().all()
    assert guarded["lon"].isna().all()
    assert (guarded["place_id"] == "").all()


def test_the_named_routes_are_those_that_were_promised() -> None:
    routes = set(read_reference()["routes"]["id"])
    ends = {f"north_{way}_{end}" for way in ("acandi", "carreto") for end in ("tijuana", "ciudad_juarez", "reynosa")}
    assert ends | {"north_san_andres_tijuana", "south_miramar", "south_palenque"} <= routes
