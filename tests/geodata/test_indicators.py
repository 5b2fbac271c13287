"""Indicators: what is reckoned by hand comes out, what nobody knows stays unknown, and a new one is a row of data."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from corridors import corridor, leg, records
from hypothesis import given
from hypothesis import strategies as st

from geodata.corridor import Corridor
from geodata.errors import UnknownName
from geodata.indicators import VALUE_COLUMNS, Period, countries_of, indicator_values, indicators_of
from geodata.indicators.computed import FORMULAS
from geodata.schema import FORMULAS as WORDS
from geodata.schema import INDICATOR_CATEGORIES, INDICATOR_MODULES, INDICATOR_TYPES, POLICIES
from geodata.snapshot import Snapshot

PLACES = {"a": (-77.3, 8.0), "b": (-77.2, 8.0), "c": (-77.1, 8.0), "d": (-77.0, 8.0)}
COUNTRIES = {"a": "COL", "d": "CRI"}
LEGS = [leg("a", "b", (5, 10, 20)), leg("b", "c", (10, 20, 40)), leg("c", "d", (5, 10, 20))]
BLANK = {
    "rank": 1,
    "module": "national_plans",
    "category": "state_capacities",
    "type": "process",
    "policy": "care",
    "unit": "services",
}
READINGS = ["low", "typical", "high"]


def line(*, indicator: dict[str, object], **tables: list[dict[str, object]]) -> Corridor:
    """Four places in three countries, one after the other, and one indicator."""
    return corridor(PLACES, LEGS, COUNTRIES, indicators=[{**BLANK, "id": "one", **indicator}], **tables)


def value(made: Corridor, period: str = "2024-04", country: str = "PAN") -> pd.Series:
    return indicator_values(made, Period.parse(period), [country]).iloc[0]


def readings(made: Corridor, period: str = "2024-04", country: str = "PAN") -> list[float]:
    return value(made, period, country)[READINGS].tolist()


CLINIC = {"id": "clinic", "place_id": "c", "opened": "2020", "last_confirmed": "2024-04"}
IN_TIME = {
    "formula": "travel_in_time",
    "capability": "clinical_care",
    "direction": "northbound",
    "window_hours": 12,
    "unit": "share",
}


def test_the_share_of_travel_in_time_is_that_of_the_hours_from_which_the_clinic_is_near_enough() -> None:
    made = line(indicator=IN_TIME, services=[CLINIC])
    # Twenty pieces of an hour from b to c: within 12 h are the last 12 at the usual pace, 6 at a slow one, all at a fast one.
    assert readings(made) == pytest.approx([6 / 20, 12 / 20, 1.0])
    assert value(made)[["rows", "left_out", "basis"]].tolist() == [20, 0, "computed"]


def test_travel_not_known_to_be_in_time_counts_against_the_low_reading_and_for_the_high_one_alone() -> None:
    possible = {"id": "hoped", "place_id": "c", "capabilities": "", "possible_capabilities": "clinical_care"}
    late = {"id": "far", "place_id": "d", "opened": "2020"}
    made = line(indicator=IN_TIME | {"window_hours": 8}, services=[possible, late])
    found = value(made)
    assert found["low"] == 0
    assert found["typical"] == 0
    # At a fast pace the last 16 pieces are at most 8 h from c; of these the last 6 are from d too, and so are known.
    assert found["left_out"] == 10
    assert found["high"] == pytest.approx(16 / 20)


def test_a_country_crossed_by_no_leg_has_no_information_and_not_zero() -> None:
    made = line(indicator=IN_TIME, services=[CLINIC])
    found = value(made, country="CRI")
    assert found["basis"] == "no_information"
    assert found[READINGS].isna().all()


def test_hours_from_entry_are_those_from_the_border_to_the_next_help_in_whichever_country() -> None:
    entry = {"formula": "hours_from_entry", "role": "protective", "direction": "northbound", "unit": "hours"}
    made = line(indicator=entry, state_presence=[{"id": "office", "place_id": "d", "country_iso3": "CRI"}])
    assert readings(made) == [15, 30, 60]
    assert readings(made, country="CRI") == [0, 0, 0]
    assert value(made, country="COL")["basis"] == "no_information"  # nobody enters it in this direction
    assert value(line(indicator=entry))[["basis", "rows", "left_out"]].tolist() == ["no_information", 1, 1]


def test_presence_without_protection_is_the_travel_where_only_other_institutions_are_near() -> None:
    found = readings(
        line(
            indicator={"formula": "travel_without_protection", "direction": "northbound", "window_hours": 12},
            state_presence=[{"id": "police", "place_id": "c", "kind": "police", "role": "mixed"}],
        )
    )
    assert found == pytest.approx([6 / 20, 12 / 20, 1.0])


@pytest.mark.parametrize(
    ("services", "period", "expected"),
    [
        ([], "2024-04", [math.nan] * 3),
        ([CLINIC], "2024-04", [1, 1, 1]),
        ([CLINIC], "2025-04", [0, 1, 1]),  # listed, and nobody confirmed it of late
        ([CLINIC | {"closed": "2024-03"}], "2024-04", [0, 0, 0]),  # there had been one, and it closed
        ([CLINIC | {"opened": "2024-10"}], "2024-04", [math.nan] * 3),  # of a later one nothing follows for now
        ([CLINIC | {"confidentiality": "secret", "place_id": ""}], "2024-04", [math.nan] * 3),
    ],
)
def test_services_are_counted_confirmed_and_listed_and_zero_only_where_some_had_been(
    services: list[dict[str, object]], period: str, expected: list[float]
) -> None:
    made = line(indicator={"formula": "services_on_record", "capability": "clinical_care"}, services=services)
    assert readings(made, period) == pytest.approx(expected, nan_ok=True)


def test_services_that_are_hidden_possible_or_off_the_corridor_are_counted_as_left_out_alone() -> None:
    aside = [
        {"id": "s", "confidentiality": "secret"},
        {"id": "p", "place_id": "c", "capabilities": "", "possible_capabilities": "clinical_care"},
        {"id": "u", "place_id": ""},
    ]
    made = line(indicator={"formula": "services_on_record", "capability": "clinical_care"}, services=[CLINIC, *aside])
    assert value(made)[["typical", "left_out"]].tolist() == [1, 3]


def test_institutions_are_counted_by_role_or_by_kind() -> None:
    there = [
        {"id": "p", "place_id": "b", "kind": "prosecutor"},
        {"id": "h", "place_id": "b", "kind": "health_ministry"},
        {"id": "m", "place_id": "c", "kind": "police", "role": "mixed"},
    ]
    institutions = {"formula": "institutions_on_record", "unit": "institutions"}
    assert readings(line(indicator=institutions | {"role": "protective"}, state_presence=there)) == [0, 2, 2]
    kinds = {"kinds": "prosecutor;police"}
    assert readings(line(indicator=institutions | kinds, state_presence=there)) == [0, 2, 2]
    assert value(line(indicator=institutions | {"role": "control"}, state_presence=there))["basis"] == "no_information"


@pytest.mark.parametrize(
    ("closed", "period", "expected"),
    [
        ("2024-03", "2024", [1, 1, 1]),
        ("2024-03", "2024-03", [1, 1, 1]),
        ("2024-03", "2024-02", [math.nan] * 3),  # the other one was not seen since: it may have closed unnoticed
        ("2024", "2024", [1, 1, 1]),
        ("2024", "2024-01", [math.nan, 1, 1]),
        ("2024", "2024-06", [math.nan, math.nan, 1]),
        ("2023-12", "2024", [math.nan] * 3),
    ],
)
def test_closings_are_counted_in_their_period_and_none_is_not_zero_while_a_service_is_in_doubt(
    closed: str, period: str, expected: list[float]
) -> None:
    doubtful = {"id": "other", "place_id": "b", "opened": "2020", "last_confirmed": "2021"}
    made = line(indicator={"formula": "services_closed"}, services=[CLINIC | {"closed": closed}, doubtful])
    assert readings(made, period) == pytest.approx(expected, nan_ok=True)


def test_no_closing_is_zero_where_each_service_was_seen_at_work_afterwards() -> None:
    made = line(indicator={"formula": "services_closed"}, services=[CLINIC | {"last_confirmed": "2025-01"}])
    assert readings(made, "2024") == [0, 0, 0]


def test_the_share_of_services_with_something_published_of_them() -> None:
    services = [CLINIC | {"languages": "es;ht"}, {"id": "b", "place_id": "b"}, {"id": "s", "confidentiality": "secret"}]
    made = line(indicator={"formula": "services_with_column", "published": "languages"}, services=services)
    assert value(made)[["typical", "rows", "left_out"]].tolist() == [0.5, 2, 1]


def test_months_with_a_count_by_sex_are_told_of_those_with_any_and_silent_months_may_have_had_one() -> None:
    flows = [
        {"period": "2024-01", "crossing": "x", "direction": "northbound", "total": 10, "women": 4},
        {"period": "2024-02", "crossing": "x", "direction": "northbound", "total": 10},
        {"period": "2024-01/2024-03", "crossing": "x", "direction": "southbound", "female_all_ages": 4},
        {"period": "2024-04", "crossing": "elsewhere", "direction": "northbound", "women": 4},
    ]
    made = line(
        indicator={"formula": "months_with_sex", "unit": "share"},
        flows=flows,
        crossings=[{"id": "x", "country_iso3": "PAN"}],
    )
    assert readings(made, "2024") == pytest.approx([1 / 12, 1 / 12, 1.0])
    assert readings(made, "2024-02") == [0, 0, 1]
    assert value(made, "2024")["left_out"] == 9
    assert value(made, "2024-04")["basis"] == "no_information"


def test_figures_that_tell_the_sex_are_a_share_of_the_published_ones_whose_period_ended() -> None:
    common = {"period_start": "2024-01-01", "kind": "rape", "country_iso3": "PAN", "measure": "survivors_treated"}
    reports = [
        common | {"id": "r1", "period_end": "2024-03-31", "count": 20, "count_female": 19},
        common | {"id": "r2", "period_end": "2024-04", "count": 5},
        common | {"id": "r3", "period_end": "2025-01", "count": 5, "count_female": 5},
        common | {"id": "r4", "period_end": "2024-04", "measure": "dead_and_missing"},
    ]
    made = line(indicator={"formula": "reports_with_sex", "unit": "share"}, incident_reports=reports)
    assert value(made, "2024")[["typical", "rows"]].tolist() == [0.5, 2]
    assert readings(made, "2024-04") == [0, 0, 0]
    assert value(made, "2023")["basis"] == "no_information"


def test_an_indicator_that_only_a_delegation_can_answer_has_no_information_until_it_does() -> None:
    made = line(indicator={"unit": "percent"})
    assert value(made)["basis"] == "no_information"
    assert value(made)[READINGS].isna().all()


@given(
    st.sampled_from([row.to_dict() for _, row in records()["indicators"].iterrows()]),
    st.integers(2019, 2026),
    st.integers(0, 12),
)
def test_where_nothing_is_on_record_no_reading_is_a_number(row: dict[str, object], year: int, month: int) -> None:
    made = corridor(PLACES, LEGS, COUNTRIES, indicators=[row])
    period = Period.parse(f"{year}-{month:02d}" if month else f"{year}")
    found = indicator_values(made, period)
    of_travel = row["formula"] in ("travel_in_time", "travel_without_protection")
    silent = found.iloc[:0] if of_travel else found  # of a route without help the share in time is seen to be zero
    assert silent[READINGS].isna().all(axis=None)
    assert (silent["basis"] == "no_information").all()


def test_a_new_indicator_of_a_known_formula_is_a_row_of_data() -> None:
    tables = dict(records())
    row = {**BLANK, "id": "beds", "rank": 85, "formula": "services_on_record", "capability": "safe_space"}
    blank = dict.fromkeys(tables["indicators"].columns, "") | {"window_hours": math.nan}
    new = pd.DataFrame([blank | row | {"source_id": "amparo_indicators"}])
    tables["indicators"] = pd.concat([tables["indicators"], new], ignore_index=True)
    found = indicator_values(Corridor.of(Snapshot.of(tables)), Period.parse("2024"), ["PAN"])
    names = found["indicator_id"].tolist()
    assert names.index("beds") == names.index("shelters") + 1
    assert found.set_index("indicator_id").at["beds", "basis"] == "computed"


@pytest.fixture(scope="module")
def reference() -> Corridor:
    return Corridor.of(Snapshot.of(records()))


def test_the_reference_asks_all_modules_categories_types_and_policies(reference: Corridor) -> None:
    asked = indicators_of(reference.snapshot)
    assert 18 <= len(asked) <= 24
    assert {one.module for one in asked} == set(INDICATOR_MODULES)
    assert {one.category for one in asked} == set(INDICATOR_CATEGORIES)
    assert {one.type for one in asked} == set(INDICATOR_TYPES)
    assert {one.policy for one in asked} == set(POLICIES)
    assert {one.formula for one in asked} == set(FORMULAS)


def test_each_word_for_a_formula_has_its_function() -> None:
    assert set(FORMULAS) == {"", *WORDS}


def test_every_crossing_that_is_counted_has_its_country(reference: Corridor) -> None:
    crossings = reference.snapshot.table("crossings")
    assert set(reference.snapshot.table("flows")["crossing"]) == set(crossings["id"])


def test_the_clinics_of_panama_that_closed_in_march_2024_are_a_zero_that_was_seen(reference: Corridor) -> None:
    table = indicator_values(reference, Period.parse("2024-04"), ["PAN", "CRI"], module="national_plans")
    found = table.set_index(["indicator_id", "country_iso3"])
    assert found.loc[("clinical_services", "PAN"), READINGS].tolist() == [0, 0, 0]
    assert found.loc[("clinical_services", "CRI"), READINGS].tolist() == [1, 2, 2]


@pytest.mark.parametrize("period", ["2022", "2024-04", "2025"])
def test_readings_rise_stay_in_their_range_and_name_their_sources(reference: Corridor, period: str) -> None:
    found = indicator_values(reference, Period.parse(period))
    assert found.columns.tolist() == VALUE_COLUMNS
    known = found[found["basis"] == "computed"]
    assert len(known) > 60
    readings = known[READINGS].to_numpy()
    rising = np.diff(readings, axis=1)
    assert (rising[~np.isnan(rising)] >= -1e-12).all()
    assert known.loc[known["unit"] == "share", READINGS].max(axis=None) <= 1
    assert (known["rows"] > 0).all()
    named = {one for cell in known["source_ids"] for one in cell.split(";")}
    assert named <= set(reference.snapshot.table("sources")["id"])


def test_countries_come_in_the_order_of_travel_whatever_their_values(reference: Corridor) -> None:
    found = indicator_values(reference, Period.parse("2024"), ["CRI", "PAN", "COL"])
    one = found[found["indicator_id"] == "clinical_in_time_northbound"]
    assert one["country_iso3"].tolist() == ["COL", "PAN", "CRI"]
    assert countries_of(reference)[:4] == ["PER", "ECU", "VEN", "COL"]


@pytest.mark.parametrize("text", ["", "24", "2024-13", "2024-4", "1800", "2024-04-01", "20２4"])
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(UnknownName, match="YYYY"):
        Period.parse(text)


def test_a_country_or_module_that_is_not_there_is_refused_with_what_there_is(reference: Corridor) -> None:
    with pytest.raises(UnknownName, match="PAN"):
        indicator_values(reference, Period.parse("2024"), ["XXX"])
    with pytest.raises(UnknownName, match="budget"):
        indicator_values(reference, Period.parse("2024"), module="money")
