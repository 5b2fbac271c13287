"""Silence in five states: worked out by hand on a small route, then the case of 2021–2024 in the reference."""

from __future__ import annotations

import pandas as pd
import pytest
from channels import BEFORE, CLINIC, LATER, TOWN, asked, told, wood
from hypothesis import given, settings
from hypothesis import strategies as st
from test_reference import the_corridor

from geodata.corridor import Corridor
from geodata.coverage import Question, profile
from geodata.coverage.hearing import capacity_bands, channel_events, hearing, route_hours
from geodata.coverage.hours import hours_ahead
from geodata.coverage.silence import (
    SILENCE_STATES,
    silence_at,
    silence_classed,
    silence_question,
    silences,
)
from geodata.coverage.telling import told as told_at
from geodata.units import PACES, Month, months_between, quarters_of

THE_ROUTE = "north_acandi_ciudad_juarez"


def states(made: Corridor, month: str, part: str = "wood") -> dict[str, float]:
    """Hours of a part in each state in which it has any."""
    row = silence_at(made, asked(month)).loc[part]
    found = {state: round(float(row[f"{state}_hours"]), 6) for state in SILENCE_STATES}
    return {state: hours for state, hours in found.items() if hours}


def test_the_stretch_is_heard_then_deaf_and_silent_then_told_of_from_elsewhere() -> None:
    made = wood(BEFORE, LATER)
    assert states(made, "2024-02") == {"heard_with_reports": 30}
    assert states(made, "2024-03") == {"deaf_silent": 30}
    assert states(made, "2024-06") == {"deaf_with_reports": 30}
    assert states(made, "2024-08") == {"deaf_silent": 30}


def test_heard_and_quiet_is_said_only_where_somebody_publishes() -> None:
    assert states(wood(BEFORE), "2023-06") == {"heard_quiet": 30}
    assert states(wood(), "2023-06") == {"not_assessed": 30}
    assert states(wood(BEFORE), "2024-02", "PAN") == {"deaf_silent": 100, "not_assessed": 24}


def test_heard_with_figures_that_reach_over_a_change_is_not_called_quiet() -> None:
    assert states(wood(told("year", "2024-01-01", "2024-12-31")), "2024-02") == {"not_assessed": 30}
    assert states(wood(told("year", "2024-01-01", "2024-12-31")), "2024-03") == {"deaf_silent": 30}


def dead(name: str, day: str, count: int) -> dict[str, object]:
    """An imported record in the wood, between b and c."""
    more = {"measure": "dead_and_missing", "lat": 8.0, "lon": -77.15, "count": count}
    return told(name, day, day, **more) | {"stretch_of_occurrence": ""}


def test_an_imported_count_is_a_report_on_its_leg_unless_it_is_masked() -> None:
    assert states(wood(dead("d", "2024-01-10", 12)), "2024-02") == {"heard_with_reports": 20, "not_assessed": 10}
    assert states(wood(dead("d", "2024-01-10", 9)), "2024-02") == {"not_assessed": 30}


def test_an_imported_count_of_before_the_closing_is_not_told_of_the_deaf_stretch() -> None:
    assert states(wood(dead("d", "2024-01-10", 12)), "2024-03") == {"deaf_silent": 30}
    assert states(wood(dead("d", "2024-03-10", 12)), "2024-03") == {"deaf_with_reports": 20, "deaf_silent": 10}


def test_a_quarter_is_told_by_its_three_months_with_its_figures_and_changes() -> None:
    found = silences(wood(BEFORE, LATER), asked("2024-04"), quarters_of("2024-Q1/2024-Q2")).set_index(
        ["quarter", "part"]
    )
    first, second = found.loc[("2024-Q1", "wood")], found.loc[("2024-Q2", "wood")]
    assert [first[f"{state}_share"] for state in SILENCE_STATES] == pytest.approx([2 / 3, 0, 0, 1 / 3, 0])
    assert [first[f"deaf_{pace}_hours"] for pace in PACES] == pytest.approx([24 / 3, 30 / 3, 50 / 3])
    assert (first["figures"], first["changes"]) == ("before", "2024-03-04")
    assert [second[f"{state}_share"] for state in SILENCE_STATES] == pytest.approx([0, 0, 1, 0, 0])
    assert (second["figures"], second["figures_across"], second["changes"]) == ("later", "", "")


def test_no_quarters_no_rows() -> None:
    found = silences(wood(), asked("2024-04"), [])
    assert found.empty
    assert "heard_quiet_share" in found


def test_deaf_is_marked_where_a_listed_service_would_hear() -> None:
    unconfirmed = CLINIC | {"opened": "", "closed": "", "last_confirmed": "2023-03"}
    question = silence_question(asked("2024-04"))
    for services, marked in (([unconfirmed, TOWN], True), ([TOWN], False)):
        made = wood(services=services)
        found = silence_classed(made, question, hours_ahead(made, question).segments)
        on_wood = found[found["leg_id"] == "b>c"]
        assert set(on_wood["class"]) == {"deaf_silent"}
        assert set(on_wood["unconfirmed"]) == {marked}
    assert silence_at(wood(services=[unconfirmed, TOWN]), question).at["wood", "deaf_listed_hours"] == 0


DAYS = st.dates(min_value=pd.Timestamp(2023, 1, 1).date(), max_value=pd.Timestamp(2024, 12, 31).date())


@st.composite
def any_reports(draw: st.DrawFn) -> list[dict[str, object]]:
    rows = []
    for name in range(draw(st.integers(0, 6))):
        start, end = sorted([draw(DAYS), draw(DAYS)])
        more = {
            "count": draw(st.integers(0, 5000)),
            "place_id": draw(st.sampled_from(["", "a", "c", "e"])),
            "measure": draw(st.sampled_from(["survivors_treated", "survey_share_percent", "deaths_recorded"])),
            "stretch_of_occurrence": draw(st.sampled_from(["wood", ""])),
        }
        record = dead(f"r{name}", str(start), draw(st.integers(0, 99)))
        rows.append(record if draw(st.booleans()) else told(f"r{name}", str(start), str(end), **more))
    return rows


@settings(max_examples=20)
@given(any_reports(), st.sampled_from(months_between(Month(2023, 1), Month(2024, 12))))
def test_no_report_and_no_want_of_reports_makes_a_deaf_stretch_anything_but_deaf(
    reports: list[dict[str, object]], month: Month
) -> None:
    made, question = wood(*reports), silence_question(asked(str(month)))
    _, deaf = hearing(made, question, *route_hours(made, question))
    _, without = hearing(wood(), question, *route_hours(wood(), question))
    found = silence_classed(made, question, hours_ahead(made, question).segments)["class"]
    assert (deaf == without).all()
    assert (found.str.startswith("deaf").to_numpy() == deaf[1]).all()


@settings(max_examples=8)
@given(any_reports())
def test_the_states_of_each_part_and_quarter_add_up_to_one(reports: list[dict[str, object]]) -> None:
    made = wood(*reports)
    found = silences(made, asked("2024-04"), quarters_of("2023-Q4/2024-Q2"))
    shares = found[[f"{state}_share" for state in SILENCE_STATES]]
    assert shares.sum(axis=1).to_numpy() == pytest.approx(1)
    assert (shares >= 0).all(axis=None)
    assert found["part"].tolist() == ["PAN", "wood"] * 3


def case(month: str) -> Question:
    return Question("clinical_care", "northbound", Month.parse(month), route=THE_ROUTE)


def test_the_case_of_the_darien_tells_itself_in_figures_with_dates_and_places() -> None:
    found = told_at(the_corridor(), case("2024-04"))
    year, before, after = (found.loc[name] for name in ("IN007", "IN010", "IN013"))
    assert [(row["period_start"], row["period_end"], row["count"]) for row in (year, before, after)] == [
        ("2023-01-01", "2023-12-31", 676),
        ("2024-01-01", "2024-02-29", 328),
        ("2024-04-15", "2024-05-15", 135),
    ]
    assert [row["told_of"] for row in (year, before, after)] == ["another_time", "another_time", "this_quarter"]
    assert (after["place_id"], after["made"]) == ("catem_sur", "elsewhere")


def test_the_lag_from_the_darien_to_the_next_place_of_report_is_the_sum_of_its_legs() -> None:
    """At a fast pace by Metetí, Panama City, David and Paso Canoas; else the direct bus is sooner."""
    after = told_at(the_corridor(), case("2024-04")).loc["IN013"]
    assert after["low_lag_hours"] == pytest.approx(0.43 + 3.6 + 6.5 + 0.8 + 0.3)
    assert [after["typical_lag_hours"], after["high_lag_hours"]] == [14, 18]


def test_the_day_of_the_suspension_is_told_and_ends_the_period_in_which_the_darien_was_heard() -> None:
    made = the_corridor()
    events = channel_events(made, case("2024-04"), Month(2024, 3), Month(2024, 3))
    suspended = events[events["date"] == "2024-03-04"]
    assert suspended["place_id"].tolist() == ["bajo_chiquito", "erm_san_vicente", "erm_lajas_blancas"]
    assert ["darien" in names.split(";") for names in suspended["changed"]] == [True] * 3
    bands = capacity_bands(made, case("2024-04"), "darien", Month(2021, 1), Month(2024, 12))
    assert bands[["from_day", "to_day", "capacity"]].to_numpy().tolist() == [
        ["2021-01-01", "2021-03-31", "deaf"],
        ["2021-04-01", "2024-03-04", "heard"],
        ["2024-03-05", "2024-10-01", "deaf"],
        ["2024-10-02", "2024-11-30", "heard"],
        ["2024-12-01", "2024-12-31", "deaf"],
    ]


@pytest.mark.parametrize(
    ("month", "state"),
    [
        ("2023-12", "heard_with_reports"),
        ("2024-02", "heard_with_reports"),
        ("2024-03", "deaf_silent"),
        ("2024-04", "deaf_with_reports"),
        ("2024-06", "deaf_with_reports"),
        ("2024-08", "deaf_silent"),
        ("2024-12", "deaf_silent"),
    ],
)
def test_the_whole_darien_is_in_one_state_at_each_date_of_the_case(month: str, state: str) -> None:
    row = silence_at(the_corridor(), case(month)).loc["darien"]
    assert row[f"{state}_hours"] == pytest.approx(row["hours"])


def test_when_care_came_back_in_part_the_figures_cover_other_times_too_and_nothing_is_called_quiet() -> None:
    row = silence_at(the_corridor(), case("2024-10")).loc["darien"]
    assert row["heard_quiet_hours"] == 0
    # Lajas Blancas is 75.5 h from where the trail begins: only what lies within 72 h of it is heard.
    assert row["not_assessed_hours"] == pytest.approx(72, abs=1.0)
    assert row["deaf_silent_hours"] + row["not_assessed_hours"] == pytest.approx(row["hours"])


def test_the_quarters_of_the_case_name_the_figures_and_the_day() -> None:
    found = silences(the_corridor(), case("2024-04"), quarters_of("2023-Q4/2024-Q3"))
    darien = found[found["part"] == "darien"].set_index("quarter")
    assert darien["heard_with_reports_share"].tolist() == pytest.approx([1, 2 / 3, 0, 0])
    assert darien["deaf_with_reports_share"].tolist() == pytest.approx([0, 0, 1, 0])
    assert darien["deaf_silent_share"].tolist() == pytest.approx([0, 1 / 3, 0, 1])
    assert "IN007" in darien.at["2023-Q4", "figures"].split(";")
    assert "IN010" in darien.at["2024-Q1", "figures"].split(";")
    assert "IN013" in darien.at["2024-Q2", "figures"].split(";")
    assert darien.at["2024-Q3", "figures"] == ""
    assert "2024-03-04" in darien.at["2024-Q1", "changes"].split(";")


def test_a_profile_takes_the_five_states_and_adds_up_to_the_route() -> None:
    made = the_corridor()
    for route, row in made.routes.iterrows():
        question = silence_question(Question("channel", row["direction"], Month(2024, 4), route=str(route)))
        found = profile(made, question, silence_classed, SILENCE_STATES)
        assert found.hours.index.tolist() == list(SILENCE_STATES)
        assert found.hours.sum() == pytest.approx(made.legs.loc[row["legs"].split(";"), "hours_typical"].sum())
        at_date = silence_at(made, question)[[f"{state}_hours" for state in SILENCE_STATES]].sum()
        assert at_date.to_numpy() == pytest.approx(found.hours.to_numpy())
