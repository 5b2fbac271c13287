"""For whom: what is published of a service decides, and what is not published decides nothing."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from corridors import corridor, leg, records

from geodata.coverage import CHANNEL, Question, hours_ahead, segment_classes
from geodata.coverage.audiences import admission
from geodata.units import Month, closing_month, opening_month

APRIL = Month(2024, 4)
PLACES = {"a": (-77.0, 8.0), "b": (-77.1, 8.0), "c": (-77.2, 8.0)}
LEGS = [leg("a", "b", (8, 10, 12)), leg("b", "c", (8, 10, 12))]


def audience(name: str) -> dict[str, object]:
    return records()["audiences"].set_index("id").to_dict("index")[name]


@pytest.mark.parametrize(
    ("name", "attribute", "text", "answer"),
    [
        ("girl_alone", "admits", "women;girls;men;boys", "yes"),
        ("girl_alone", "admits", "unaccompanied_children", "yes"),
        ("girl_alone", "admits", "women;families", "no"),
        ("girl_alone", "admits", "migrants", "unknown"),
        ("girl_alone", "admits", "", "unknown"),
        ("without_papers", "asks_for", "papers;referral", "no"),
        ("without_papers", "asks_for", "referral", "unknown"),
        ("without_papers", "asks_for", "nothing", "yes"),
        ("speaks_french", "languages", "fr;es", "yes"),
        ("speaks_french", "languages", "es", "unknown"),
    ],
)
def test_what_is_published_decides_and_a_blank_decides_nothing(
    name: str, attribute: str, text: str, answer: str
) -> None:
    services = pd.DataFrame({attribute: [text]}, index=["s"])
    assert admission(services, audience(name)).tolist() == [answer]


def test_help_that_does_not_admit_her_is_passed_by() -> None:
    services = [{"id": "near", "place_id": "b", "admits": "men"}, {"id": "far", "place_id": "c", "admits": "girls"}]
    made = corridor(PLACES, LEGS, services=services)
    hours = hours_ahead(made, Question("clinical_care", "northbound", APRIL, whom="girl_alone")).places
    assert hours.loc["a", "typical_hours"] == 20.0
    assert hours.loc["a", "next_service"] == "far"


def test_where_admission_is_not_published_the_answer_is_unknown_and_never_in_time() -> None:
    made = corridor(PLACES, LEGS, services=[{"id": "s", "place_id": "c", "admits": ""}])
    found = segment_classes(made, Question("clinical_care", "northbound", APRIL, whom="speaks_french"))
    assert set(found["class"]) == {"unknown"}
    assert all(math.isnan(hours) for hours in found["typical_hours"])


def test_a_channel_is_any_service_that_hears() -> None:
    services = [
        {"id": "food", "place_id": "b", "capabilities": "information"},
        {"id": "law", "place_id": "c", "capabilities": "legal_aid;information"},
    ]
    made = corridor(PLACES, LEGS, services=services)
    hours = hours_ahead(made, Question(CHANNEL, "northbound", APRIL)).places
    assert hours.loc["a", "next_service"] == "law"


def test_of_a_day_its_month_counts() -> None:
    assert opening_month("2024-10-02") == Month(2024, 10)
    assert closing_month("2024-03-04") == Month(2024, 3)
