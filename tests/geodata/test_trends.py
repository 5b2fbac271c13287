"""Trends: each month as if it were asked for by itself, and each situation worked out once."""

from __future__ import annotations

from functools import cache

import pandas as pd
import pytest
from corridors import corridor, leg

from geodata.corridor import Corridor
from geodata.coverage import CHANNEL, CLASSES, Question, class_trend, profile
from geodata.coverage.hours import HOUR_COLUMNS
from geodata.coverage.spent import class_amounts
from geodata.coverage.trends import help_situation, situation
from geodata.errors import UnknownName
from geodata.reference import read_reference
from geodata.snapshot import Snapshot
from geodata.units import Month, months_between

MAIN = "north_acandi_ciudad_juarez"
MONTHS = months_between(Month(2021, 1), Month(2026, 11))
QUESTION = Question("clinical_care", "northbound", Month(2024, 4), route=MAIN)


@cache
def the_corridor() -> Corridor:
    return Corridor.of(Snapshot.of(read_reference()))


def by_country(made: Corridor, question: Question, *classification: object) -> pd.Series:
    shown = profile(made, question, *classification).segments
    return shown.groupby(["country_iso3", "class"])["hours"].sum()


@pytest.mark.parametrize("more", [{}, {"status": "confirmed"}, {"stays": True}, {"whom": "girl_alone"}])
def test_each_month_is_the_profile_of_that_month(more: dict[str, object]) -> None:
    made, months = the_corridor(), MONTHS[::7]
    table = class_trend(made, QUESTION.with_(**more), months)
    assert table["month"].unique().tolist() == [str(month) for month in months]
    for month in months:
        part = table[table["month"] == str(month)].set_index(["country_iso3", "class"])["typical_hours"]
        expected = by_country(made, QUESTION.with_(as_of=month, **more)).reindex(part.index, fill_value=0.0)
        pd.testing.assert_series_equal(part, expected, check_names=False)


@pytest.mark.parametrize(
    "question",
    [
        QUESTION,
        QUESTION.with_(status="confirmed"),
        QUESTION.with_(stays=True, window_hours=24.0),
        QUESTION.with_(capability=CHANNEL),
        QUESTION.with_(capability="shelter", whom="without_papers"),
        QUESTION.with_(capability="state:protective"),
        Question("clinical_care", "southbound", Month(2025, 6), route="south_miramar"),
    ],
)
def test_months_of_one_situation_have_the_answer_that_each_would_have_for_itself(question: Question) -> None:
    made = the_corridor()
    table = class_trend(made, question, MONTHS)
    hours = table[HOUR_COLUMNS].to_numpy().T.reshape(3, len(MONTHS), -1, len(CLASSES))
    for position, month in enumerate(MONTHS):
        alone = class_amounts(made, question.with_(as_of=month))[:3]
        assert (hours[:, position] == alone).all()


def test_the_classes_of_each_month_add_up_to_the_routes_hours() -> None:
    made = the_corridor()
    legs = made.legs.loc[made.routes.at[MAIN, "legs"].split(";")]
    sums = class_trend(made, QUESTION, MONTHS).groupby("month")[HOUR_COLUMNS].sum()
    for pace in ("low", "typical", "high"):
        assert sums[f"{pace}_hours"].tolist() == pytest.approx([legs[f"hours_{pace}"].sum()] * len(MONTHS))


def test_the_countries_come_in_the_order_of_travel_and_the_classes_in_theirs() -> None:
    table = class_trend(the_corridor(), QUESTION, MONTHS[:2])
    assert table["country_iso3"].unique().tolist() == ["COL", "PAN", "CRI", "NIC", "HND", "GTM", "MEX"]
    assert table["class"].tolist()[: len(CLASSES)] == list(CLASSES)


def test_the_gap_of_march_2024_is_seen_in_panama() -> None:
    table = class_trend(the_corridor(), QUESTION, MONTHS)
    panama = table[(table["country_iso3"] == "PAN") & (table["class"] == "fast_only")].set_index("month")
    assert panama.at["2024-02", "typical_hours"] == 0.0
    assert panama.at["2024-04", "typical_hours"] > 10.0


PLACES = {"a": (-77.0, 8.0), "b": (-77.1, 8.0)}
SHORT = Question("clinical_care", "northbound", Month(2024, 4), route="r")


def opened_in(month: str) -> Corridor:
    """A clinic at the end of one leg, and a shelter that opens a month earlier."""
    services = [
        {"id": "S", "place_id": "b", "opened": month},
        {"id": "T", "place_id": "b", "opened": "2024-02", "capabilities": "shelter"},
    ]
    routes = [{"id": "r", "legs": "a>b"}]
    return corridor(PLACES, [leg("a", "b", (1, 2, 3))], services=services, routes=routes)


SPRING = months_between(Month(2024, 1), Month(2024, 6))


def test_what_opens_in_a_month_is_open_at_its_end() -> None:
    table = class_trend(opened_in("2024-03"), SHORT, SPRING)
    covered = table[table["class"] == "covered"].set_index("month")["typical_hours"]
    assert covered.round(9).tolist() == [0.0, 0.0, 2.0, 2.0, 2.0, 2.0]


def test_another_classification_is_worked_out_once_per_situation_and_remembered() -> None:
    asked: list[Month] = []

    def near(made: Corridor, question: Question, segments: pd.DataFrame) -> pd.DataFrame:
        asked.append(question.as_of)
        named = segments["typical_hours"].le(1.0).map({True: "near", False: "far"})
        return segments.assign(**{"class": named, "unconfirmed": False})

    made = opened_in("2024-03")
    table = class_trend(made, SHORT, SPRING, near, ("near", "far"))
    assert [str(month) for month in asked] == ["2024-01", "2024-02", "2024-03"]  # nothing, the shelter, the clinic too
    nearby = table[table["class"] == "near"].set_index("month")["typical_hours"]
    assert nearby.tolist() == pytest.approx([0, 0, 1, 1, 1, 1], abs=0.2)
    expected = profile(made, SHORT, near, ("near", "far")).hours
    assert nearby["2024-04"] == pytest.approx(expected["near"])
    asked.clear()
    assert class_trend(made, SHORT.with_(as_of=Month(2020, 1)), SPRING, near, ("near", "far")) is table
    assert asked == []


def test_a_situation_of_help_knows_only_the_help_that_is_asked_for() -> None:
    made = opened_in("2024-03")
    assert len({help_situation(made, SHORT.with_(as_of=month)) for month in SPRING}) == 2
    assert len({situation(made, SHORT.with_(as_of=month)) for month in SPRING}) == 3


def test_no_months_have_no_rows_and_an_unknown_route_is_refused() -> None:
    made = opened_in("2024-03")
    assert class_trend(made, SHORT, []).columns.tolist() == ["month", "country_iso3", "class", *HOUR_COLUMNS]
    assert len(class_trend(made, SHORT, [])) == 0
    for route, direction in ((None, "northbound"), ("r", "southbound")):
        with pytest.raises(UnknownName):
            class_trend(made, SHORT.with_(route=route, direction=direction), SPRING)
    assert len(class_trend(made, SHORT, SPRING)) == len(SPRING) * len(CLASSES)  # the refusal left nothing behind
