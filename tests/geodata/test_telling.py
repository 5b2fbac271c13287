"""What was told of a stretch: which quarter it tells of, where it was made, and how far beyond the stretch that is."""

from __future__ import annotations

import math
from datetime import date

import pytest
from channels import BEFORE, LATER, asked, told, wood

from geodata.coverage.telling import figures
from geodata.coverage.telling import told as told_at
from geodata.errors import UnknownName
from geodata.units import Month, first_day, last_day, quarter, quarter_name, quarters_of

LAGS = ["low_lag_hours", "typical_lag_hours", "high_lag_hours"]


def of_quarter(month: str, *reports: dict[str, object]) -> dict[str, str]:
    return told_at(wood(*reports), asked(month))["told_of"].to_dict()


def test_a_figure_made_before_the_channel_closed_does_not_tell_of_the_deaf_stretch() -> None:
    assert of_quarter("2024-02", BEFORE) == {"before": "this_quarter"}
    assert of_quarter("2024-03", BEFORE) == {"before": "another_time"}


def test_a_figure_to_the_very_day_of_the_closing_tells_of_the_heard_stretch() -> None:
    assert of_quarter("2024-02", told("r", "2024-01-01", "2024-03-04")) == {"r": "this_quarter"}
    assert of_quarter("2024-02", told("r", "2024-01-01", "2024-03-05")) == {"r": "across_change"}
    assert of_quarter("2024-03", told("r", "2024-03-05", "2024-03-31")) == {"r": "this_quarter"}


def test_a_figure_of_a_year_over_a_change_tells_of_neither_side() -> None:
    year = told("year", "2024-01-01", "2024-12-31")
    assert {of_quarter(month, year)["year"] for month in ("2024-02", "2024-03", "2024-08")} == {"across_change"}


def test_a_figure_of_a_year_without_a_change_tells_of_each_of_its_quarters_and_is_marked_long() -> None:
    made = wood(told("year", "2023-03-01", "2023-12-31"), told("short", "2023-10-01", "2023-12-31"))
    assert told_at(made, asked("2023-05"))["told_of"].tolist() == ["this_quarter"]
    assert told_at(made, asked("2023-12"))["told_of"].to_dict() == {"year": "this_quarter", "short": "this_quarter"}
    assert told_at(made, asked("2023-12"))["long"].to_dict() == {"year": True, "short": False}


def test_the_quarter_and_the_year_before_are_told_and_nothing_else() -> None:
    shown = [told("old", "2022-10-01", "2022-12-31"), told("first", "2023-01-01", "2023-01-31"), BEFORE, LATER]
    assert set(of_quarter("2024-02", *shown)) == {"first", "before"}
    assert set(of_quarter("2024-04", *shown)) == {"before", "later"}


def test_the_lag_is_the_travel_from_the_end_of_the_stretch_to_the_place_of_report() -> None:
    made = wood(BEFORE, LATER, told("here", "2024-04-01", "2024-04-30", place_id="c"))
    found = told_at(made, asked("2024-04"))
    assert found.loc["later", LAGS].tolist() == [12, 14, 18]
    assert found["made"].to_dict() == {"before": "not_placed", "later": "elsewhere", "here": "on_stretch"}
    assert all(math.isnan(hours) for hours in found.loc["before", LAGS])  # published in words only
    assert all(math.isnan(hours) for hours in found.loc["here", LAGS])  # behind: she would have to turn back


def test_shares_of_those_asked_are_marked_and_blank_counts_are_no_figures() -> None:
    made = wood(
        told("share", "2024-01-01", "2024-01-31", measure="survey_share_percent"),
        told("blank", "2024-01-01", "2024-01-31", count=math.nan),
        told("imported", "2024-01-01", "2024-01-31", measure="dead_and_missing"),
        told("elsewhere", "2024-01-01", "2024-01-31", stretch_of_occurrence=""),
    )
    assert told_at(made, asked("2024-02"))["is_share"].to_dict() == {"share": True}
    assert figures(made, "wood").index.tolist() == ["share"]


def test_a_route_without_a_named_stretch_has_no_figures() -> None:
    made = wood(BEFORE, routes=[{"id": "r", "legs": "a>b"}])
    assert told_at(made, asked("2024-02")).empty
    with pytest.raises(UnknownName):
        told_at(made, asked("2024-02").with_(route=None))


def test_quarters_are_read_named_and_refused() -> None:
    assert quarter(Month(2024, 5)) == [Month(2024, 4), Month(2024, 5), Month(2024, 6)]
    assert quarter_name(Month(2024, 12)) == "2024-Q4"
    assert [quarter_name(month) for month in quarters_of("2023-Q4/2024-Q2")] == ["2023-Q4", "2024-Q1", "2024-Q2"]
    assert quarters_of("2024-Q1") == [Month(2024, 3)]
    for wrong in ("2024", "2024-Q5", "2024-Q2/2024-Q1", "2024-01/2024-03"):
        with pytest.raises(UnknownName):
            quarters_of(wrong)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024-03-04", date(2024, 3, 4), date(2024, 3, 4)),
    ],
)
def test_a_published_date_means_every_day_that_it_can_mean(text: str, first: date, last: date) -> None:
    assert (first_day(text), last_day(text)) == (first, last)
