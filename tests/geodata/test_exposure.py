"""Exposure: worked out by hand, then what must add up and never fall, then recomputed from the published tables."""

from __future__ import annotations

import math
from functools import cache

import pytest
from corridors import corridor, leg
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.commands.reaching import segments_reached
from geodata.corridor import Corridor
from geodata.coverage import CLASSES, Exposure, Question, exposure, exposures, profile
from geodata.coverage import shares as shares_of
from geodata.coverage.exposure import POPULATIONS, Readings, days_of, populations, woman_days_by_class
from geodata.errors import UnknownName
from geodata.reference import read_reference
from geodata.snapshot import Snapshot
from geodata.units import PACES, Hours, Month, months_between

APRIL = Month(2024, 4)
PLACES = {"a": (-77.0, 8.0), "b": (-77.1, 8.0), "c": (-77.2, 8.0), "d": (-77.3, 8.0)}
#: Cut into pieces of 1 h at typical pace: twenty from a to b, twelve from b to c.
LEGS = [leg("a", "b", (10, 20, 40)), leg("b", "c", (6, 12, 30)), leg("c", "d", (5, 10, 20))]
ROUTES = [
    {"id": "r", "legs": "a>b;b>c;c>d", "counting_point": "gate", "caveat": "counting_point_shared"},
    {"id": "q", "legs": "a>b;b>c;c>d", "caveat": "no_counting_point"},
]
FLOWS = [
    {"crossing": "gate", "direction": "northbound", "period": "2024-04", "total": 900, "female_all_ages": 240},
    {"crossing": "gate", "direction": "northbound", "period": "2024-05", "total": 90, "caveat": "no_sex_split"},
    {"crossing": "gate", "direction": "northbound", "period": "2024-06", "total": 9000, "female_all_ages": 2400},
    {"crossing": "gate", "direction": "northbound", "period": "2025-05", "total": 90, "caveat": "no_sex_split"},
]
CLINIC = {"id": "S", "place_id": "c"}


def made(*services: dict[str, object], legs: list[dict[str, object]] = LEGS) -> Corridor:
    return corridor(PLACES, legs, services=list(services), routes=ROUTES, flows=FLOWS)


def asked(window: float = 15.6, route: str = "r", **more: object) -> Question:
    return Question("clinical_care", "northbound", APRIL, Hours(window), route=route, **more)


def values(readings: Readings) -> list[float]:
    return [readings.low, readings.typical, readings.high]


def test_exposure_is_the_sum_worked_out_by_hand() -> None:
    """Care at c, window 15.6 h; r is the share of the leg that is left where she enters a piece.

    a to b: low 6 + 10r, typical 12 + 20r, high 30 + 40r. typical ≤ 15.6 where r ≤ 0.18: 3 pieces at the usual pace;
    low ≤ 15.6 where r ≤ 0.96: 16 pieces only when fast; the first piece (r = 1) is a gap. Each takes 0.5, 1, 2 h.
    b to c: high 30r ≤ 15.6 where r ≤ 0.52: 6 pieces are covered, 6 at the usual pace. Each takes 0.5, 1, 2.5 h.
    c to d: none ahead, 5, 10, 20 h.
    low: 0.5 + 5 = 5.5 h; typical: 1 + 16 + 10 = 27 h; high: (1 + 16 + 3) × 2 + 6 × 2.5 + 20 = 75 h.
    240 women and girls: × 240 ÷ 24 = × 10. The whole route is 21, 42, 90 h.
    """
    found = exposure(made(CLINIC), asked())
    assert values(found.woman_days) == pytest.approx([55, 270, 750])
    assert values(found.left_out_woman_days) == [0, 0, 0]
    assert values(found.all_woman_days) == pytest.approx([210, 420, 900])
    assert (found.flow.count, found.flow.basis, found.missing) == (240.0, "counted", "")


def test_the_populations_of_an_average_day_are_the_ones_worked_out_by_hand() -> None:
    """In time 3 + 12 pieces: 7.5, 15, 3 × 2 + 12 × 2.5 = 36 h; fast only 16: 8, 16, 32 h; out of time 5.5, 11, 22 h.

    × 10 woman-days an hour ÷ 30 days of April.
    """
    women = {part.name: values(part.women) for part in exposure(made(CLINIC), asked()).populations}
    assert women["in_time"] == pytest.approx([2.5, 5, 12])
    assert women["fast_only"] == pytest.approx([80 / 30, 160 / 30, 320 / 30])
    assert women["out_of_time"] == pytest.approx([55 / 30, 110 / 30, 220 / 30])
    assert women["unknown"] == [0, 0, 0]


def test_unknown_is_left_out_and_said_with_its_own_hours() -> None:
    """A service that should exist at d: of c to d nothing is known, and of the one late piece from a to b.

    That piece is 15.5 h from c when fast, 5 h more to d: it stays late, and a gap.
    """
    hoped = {"id": "P", "place_id": "d", "capabilities": "", "possible_capabilities": "clinical_care"}
    found = exposure(made(CLINIC, hoped), asked())
    assert values(found.woman_days) == pytest.approx([5, 170, 550])
    assert values(found.left_out_woman_days) == pytest.approx([50, 100, 200])
    women = {part.name: values(part.women) for part in found.populations}
    assert women["unknown"] == pytest.approx([50 / 30, 100 / 30, 200 / 30])
    assert women["out_of_time"] == pytest.approx([5 / 30, 10 / 30, 20 / 30])


def test_a_leg_that_no_longer_holds_is_left_out_and_not_counted_as_late() -> None:
    found = exposure(made(CLINIC, legs=[*LEGS[:2], LEGS[2] | {"until": "2024-04"}]), asked())
    assert values(found.woman_days) == pytest.approx([5, 170, 550])
    assert values(found.left_out_woman_days) == pytest.approx([50, 100, 200])


def all_nan(found: Exposure) -> bool:
    figures = (found.woman_days, found.left_out_woman_days, found.all_woman_days)
    women = [part.women for part in found.populations]
    return all(math.isnan(value) for readings in (*figures, *women) for value in values(readings))


@pytest.mark.parametrize(
    ("route", "month", "reason"),
    [("q", "2024-04", "no_counting_point"), ("r", "2024-03", "no_count"), ("r", "2025-05", "no_sex_split")],
)
def test_without_a_count_every_figure_is_unknown_with_the_reason(route: str, month: str, reason: str) -> None:
    found = exposure(made(CLINIC), at(route, month))
    assert all_nan(found)
    assert found.missing == reason
    assert not any(part.material for part in found.populations)
    row = exposures(made(CLINIC), at(route, month), [Month.parse(month)]).iloc[0]
    assert row[[f"{pace}_woman_days" for pace in PACES]].isna().all()
    assert (row["missing"], row["basis"]) == (reason, "none")


def at(route: str, month: str) -> Question:
    return Question("clinical_care", "northbound", Month.parse(month), Hours(15.6), route=route)


def test_where_nothing_of_the_route_is_late_an_unknown_count_is_still_not_zero() -> None:
    found = exposure(made({"id": "S", "place_id": "d"}), at("r", "2024-03").with_(window_hours=Hours(720)))
    assert math.isnan(found.woman_days.typical)


def test_a_month_with_a_years_share_is_marked() -> None:
    row = exposures(made(CLINIC), asked(), [Month(2024, 5)]).iloc[0]
    assert row["women_and_girls"] == pytest.approx(90 * 240 / 900)
    assert row["basis"] == "year_share"
    assert row["caveat"] == "no_sex_split;counting_point_shared"
    assert row["typical_woman_days"] == pytest.approx(27)


def out_of_time(found: Exposure) -> tuple[float, bool]:
    return next((part.women.typical, part.material) for part in found.populations if part.name == "out_of_time")


def test_a_population_is_material_from_one_woman_a_day_and_one_in_a_hundred_on() -> None:
    """Care at d, low 11 + 10r from a to b: within 20.1 h but for two pieces (r > 0.91), 2 of 42 h at typical pace.

    In April 240 × 2 ÷ 24 ÷ 30 = 0.67 on an average day: too few. In June 2400 make 6.67: enough, and 2 of 42 h too.
    With 200 h from c to d they are 2 of 232 h: less than one in a hundred.
    """
    clinic, june = {"id": "S", "place_id": "d"}, Month(2024, 6)
    assert out_of_time(exposure(made(clinic), asked(20.1))) == (pytest.approx(2 / 3), False)
    assert out_of_time(exposure(made(clinic), asked(20.1).with_(as_of=june))) == (pytest.approx(20 / 3), True)
    slow = made(clinic, legs=[*LEGS[:2], leg("c", "d", (5, 200, 300))])
    assert out_of_time(exposure(slow, asked(20.1).with_(as_of=june))) == (pytest.approx(20 / 3), False)


def test_without_a_known_route_it_is_refused() -> None:
    for route in (None, "nowhere"):
        for ask in (lambda put: exposure(made(), put), lambda put: exposures(made(), put, [APRIL])):
            with pytest.raises(UnknownName, match="There are: q, r"):
                ask(asked().with_(route=route))


def test_the_shares_of_a_route_are_given_under_both_readings() -> None:
    seen = {**CLINIC, "opened": "2020-01", "last_confirmed": "2020-02"}
    table = shares_of(made(seen), asked()).set_index(["status", "class"])
    assert table.loc[("listed", "fast_only"), "typical_hours"] == pytest.approx(16)
    assert table.loc[("listed", "fast_only"), "share_of_hours"] == pytest.approx(16 / 42)
    # nobody confirmed it of late: where it would help in time (31 pieces of an hour) it is not known whether it does
    assert table.loc[("confirmed", "unknown"), "share_of_hours"] == pytest.approx(31 / 42)
    assert table.loc[("confirmed", "none_ahead"), "share_of_hours"] == pytest.approx(11 / 42)
    assert table.groupby("status")["share_of_km"].sum().tolist() == pytest.approx([1, 1])


HOURS = st.tuples(*[st.floats(0.3, 15)] * 3).map(lambda drawn: tuple(sorted(drawn)))
SITES = st.lists(
    st.tuples(st.sampled_from("abcd"), st.sampled_from(["clinical_care", "possible"])), max_size=4, unique=True
)


def drawn(
    hours: list[tuple[float, ...]], sites: list[tuple[str, str]], ended: int | None = None, gone: int | None = None
) -> Corridor:
    """Three legs, `ended` one of them over; services at places, all but the one that is `gone`."""
    legs = [
        leg(start, end, own, **({"until": "2023-01"} if number == ended else {}))
        for number, (start, end, own) in enumerate(zip("abc", "bcd", hours, strict=True))
    ]
    services = [
        {"id": f"S{number}", "place_id": place}
        | ({"capabilities": "", "possible_capabilities": "clinical_care"} if kind == "possible" else {})
        for number, (place, kind) in enumerate(sites)
        if number != gone
    ]
    return made(*services, legs=legs)


def together(found: Exposure) -> list[float]:
    return [a + b for a, b in zip(values(found.woman_days), values(found.left_out_woman_days), strict=True)]


def no_less(after: list[float], before: list[float]) -> bool:
    return all(b <= a + 1e-9 for b, a in zip(before, after, strict=True))


@settings(max_examples=25)
@given(st.tuples(HOURS, HOURS, HOURS), SITES, st.sampled_from([None, 0, 1, 2]), st.floats(1, 40), st.floats(1, 40))
def test_exposure_and_what_was_left_out_never_fall_together_when_help_closes_or_the_window_shrinks(
    hours: list[tuple[float, ...]], sites: list[tuple[str, str]], ended: int | None, one: float, other: float
) -> None:
    whole, (short, long) = drawn(hours, sites, ended), sorted((one, other))
    before = together(exposure(whole, asked(long)))
    assert no_less(together(exposure(whole, asked(short))), before)
    for gone in range(len(sites)):
        assert no_less(together(exposure(drawn(hours, sites, ended, gone), asked(long))), before)


@settings(max_examples=15)
@given(
    st.tuples(HOURS, HOURS, HOURS), st.lists(st.sampled_from("abcd"), max_size=3), st.floats(1, 40), st.floats(1, 40)
)
def test_exposure_alone_never_falls_where_no_service_is_only_possible_and_every_leg_holds(
    hours: list[tuple[float, ...]], places: list[str], one: float, other: float
) -> None:
    sites = [(place, "clinical_care") for place in places]
    whole, (short, long) = drawn(hours, sites), sorted((one, other))
    before = values(exposure(whole, asked(long)).woman_days)
    assert no_less(values(exposure(whole, asked(short)).woman_days), before)
    for gone in range(len(sites)):
        assert no_less(values(exposure(drawn(hours, sites, None, gone), asked(long)).woman_days), before)


def test_where_a_service_is_only_possible_closing_another_can_move_exposure_into_what_is_left_out() -> None:
    hoped = {"id": "P", "place_id": "c", "capabilities": "", "possible_capabilities": "clinical_care"}
    before, after = exposure(made(CLINIC, hoped), asked()), exposure(made(hoped), asked())
    assert after.woman_days.typical < before.woman_days.typical
    assert no_less(together(after), together(before))


@settings(max_examples=15)
@given(st.tuples(HOURS, HOURS, HOURS), SITES, st.sampled_from([None, 0, 1, 2]), st.floats(1, 40))
def test_classes_add_up_to_the_route_and_populations_to_all_woman_days(
    hours: list[tuple[float, ...]], sites: list[tuple[str, str]], ended: int | None, window: float
) -> None:
    whole = drawn(hours, sites, ended)
    found = exposure(whole, asked(window))
    route = [sum(own[row] for own in hours) for row in range(3)]
    assert values(found.all_woman_days) == pytest.approx([total * 10 for total in route])
    for pace in PACES:
        assert sum(getattr(part.women, pace) for part in found.populations) == pytest.approx(
            getattr(found.all_woman_days, pace) / days_of(APRIL)
        )
    by_class = woman_days_by_class(whole, asked(window), [APRIL])
    assert by_class["class"].tolist() == list(CLASSES)
    assert by_class[[f"{pace}_woman_days" for pace in PACES]].sum().tolist() == pytest.approx(
        values(found.all_woman_days)
    )
    assert values(found.woman_days) == sorted(values(found.woman_days))


@cache
def the_corridor() -> Corridor:
    return Corridor.of(Snapshot.of(read_reference()))


MAIN = "north_acandi_ciudad_juarez"


def test_each_class_is_in_one_population() -> None:
    assert sorted(name for classes in POPULATIONS.values() for name in classes) == sorted(CLASSES)


@pytest.mark.parametrize("month", ["2021-03", "2022-10", "2024-02", "2024-04", "2025-01", "2025-06"])
@pytest.mark.parametrize("route", [MAIN, "south_miramar"])
def test_the_reference_gives_what_its_reach_table_legs_and_flows_give_in_plain_python(route: str, month: str) -> None:
    made = the_corridor()
    direction = "southbound" if route == "south_miramar" else "northbound"
    question = Question("clinical_care", direction, Month.parse(month), route=route)
    legs = {row["id"]: row for row in read_reference()["legs"].to_dict("records")}
    reached = segments_reached(made, question).drop(columns="geometry").to_dict("records")
    length: dict[str, float] = {}
    for row in reached:
        length[row["leg_id"]] = max(length.get(row["leg_id"], 0.0), row["to_km"])
    counted = {"low": {"gap", "none_ahead"}}
    counted["typical"] = counted["low"] | {"fast_only"}
    counted["high"] = counted["typical"] | {"usual_pace"}
    hours, left_out = dict.fromkeys(PACES, 0.0), 0.0
    for row in reached:
        share = (row["to_km"] - row["from_km"]) / length[row["leg_id"]]
        for pace in PACES:
            if row["class"] in counted[pace]:
                hours[pace] += legs[row["leg_id"]][f"hours_{pace}"] * share
        if row["class"] == "unknown":
            left_out += legs[row["leg_id"]]["hours_typical"] * share
    crossing = "darien" if direction == "northbound" else "panama_southbound_entry"
    women = [
        row["female_all_ages"]
        for row in read_reference()["flows"].to_dict("records")
        if (row["crossing"], row["direction"], row["period"]) == (crossing, direction, month)
    ]
    people = women[0] if women else math.nan
    found = exposure(made, question)
    assert values(found.woman_days) == pytest.approx([hours[pace] * people / 24 for pace in PACES], nan_ok=True)
    assert found.left_out_woman_days.typical == pytest.approx(left_out * people / 24, nan_ok=True)
    assert math.isnan(found.woman_days.typical) == (direction == "southbound" or month == "2025-06")


def test_month_by_month_is_the_same_as_each_month_for_itself() -> None:
    made, months = the_corridor(), months_between(Month(2021, 1), Month(2025, 6))
    question = Question("clinical_care", "northbound", APRIL, route=MAIN)
    table = exposures(made, question, months)
    people = populations(made, question, months).set_index(["month", "population"])
    assert table["month"].tolist() == [str(month) for month in months]
    assert table["typical_woman_days"].isna().tolist() == [month > Month(2025, 4) for month in months]
    for row in table.to_dict("records"):
        found = exposure(made, question.with_(as_of=Month.parse(row["month"])))
        for pace in PACES:
            exposed, left = getattr(found.woman_days, pace), getattr(found.left_out_woman_days, pace)
            assert row[f"{pace}_woman_days"] == pytest.approx(exposed, nan_ok=True)
            assert row[f"left_out_{pace}_woman_days"] == pytest.approx(left, nan_ok=True)
        for part in found.populations:
            told = people.loc[(row["month"], part.name)]
            assert told["typical_women"] == pytest.approx(part.women.typical, nan_ok=True)
            assert told["material"] == part.material


def test_no_months_have_no_rows() -> None:
    assert len(exposures(the_corridor(), Question("clinical_care", "northbound", APRIL, route=MAIN), [])) == 0


@pytest.mark.parametrize("month", ["2022-05", "2024-04", "2025-06"])
def test_the_shares_are_those_of_the_profile(month: str) -> None:
    made = the_corridor()
    for route, row in made.routes.iterrows():
        question = Question("clinical_care", row["direction"], Month.parse(month), route=str(route))
        table = shares_of(made, question)
        for status, part in table.groupby("status"):
            shown = profile(made, question.with_(status=str(status)))
            assert part["typical_hours"].tolist() == pytest.approx(shown.hours.tolist())
            assert part["length_km"].tolist() == pytest.approx(shown.lengths_km.tolist())
