"""Two dates side by side: a hand-computed change first, then that nothing is lost between them and either way agrees."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from corridors import corridor, leg, records
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.corridor import Corridor
from geodata.coverage import CLASSES, Question, profile
from geodata.coverage.choosing import Reason, dated_months, why_not
from geodata.coverage.compare import Change, compare, exposure_change, judgements, side_runs
from geodata.coverage.exposure import exposure
from geodata.errors import UnknownName
from geodata.snapshot import Snapshot
from geodata.units import Hours, Month

FEBRUARY, APRIL = Month(2024, 2), Month(2024, 4)
MAIN_ROUTE = "north_acandi_ciudad_juarez"
#: a → b → c → d northwards, 10 hours each at every pace; x lies 1 hour beside b, y 3 hours beside c.
PLACES = {
    "a": (-77.0, 8.0),
    "b": (-77.1, 8.0),
    "c": (-77.2, 8.0),
    "d": (-77.3, 8.0),
    "x": (-77.1, 8.1),
    "y": (-77.2, 8.1),
}
LEGS = [
    leg("a", "b", (10, 10, 10)),
    leg("b", "c", (10, 10, 10)),
    leg("c", "d", (10, 10, 10)),
    leg("b", "x", (1, 1, 1)),
    leg("c", "y", (3, 3, 3)),
]
ROUTE = [{"id": "r", "legs": "a>b;b>c;c>d"}]


def asked(as_of: Month, **more: Any) -> Question:
    return Question("clinical_care", "northbound", as_of, **({"route": "r", "window_hours": Hours(15)} | more))


def february_to_april(services: list[dict[str, object]], **tables: Any) -> Change:
    made = corridor(PLACES, tables.pop("legs", LEGS), services=services, routes=ROUTE, **tables)
    return compare(made, asked(FEBRUARY), asked(APRIL))


def closing_at_b() -> Change:
    """In February help stands at b and c; b's closes in March."""
    return february_to_april([{"id": "B", "place_id": "b", "closed": "2024-03"}, {"id": "C", "place_id": "c"}])


def test_the_hours_gained_and_lost_are_those_of_the_help_that_closed() -> None:
    change = closing_at_b().segments
    first = change.iloc[0]
    assert [first[f"typical_hours_{column}"] for column in ("before", "after", "change")] == pytest.approx([10, 20, 10])
    assert [first["next_service_before"], first["next_service_after"]] == ["B", "C"]
    on_b_c = change[change["leg_id"] == "b>c"]
    assert on_b_c["typical_hours_change"].tolist() == [0.0] * len(on_b_c)


def test_what_changed_is_one_run_and_half_the_first_leg() -> None:
    """From a more than 15 hours are left to c until 5 of the first leg's 10 are travelled: covered becomes gap there."""
    change = closing_at_b()
    hours = change.matrix["hours"]
    whole = change.segments["km"].sum()
    step = change.segments["hours"].max()
    assert hours["covered", "gap"] == pytest.approx(5, abs=step)
    assert hours["covered", "covered"] == pytest.approx(15, abs=step)
    assert hours["none_ahead", "none_ahead"] == pytest.approx(10)
    assert change.matrix["km"].sum() == pytest.approx(whole)
    assert change.runs["judgement"].tolist() == ["worse", "same", "same"]
    assert change.runs.loc[0, ["from_km", "from_hours"]].tolist() == [0, 0]
    assert change.runs["to_hours"].iloc[-1] == pytest.approx(30)
    assert change.leg_runs["leg_id"].tolist() == ["a>b", "a>b", "b>c", "c>d"]


def test_the_hours_of_a_class_and_their_change_come_from_the_pairs() -> None:
    table = closing_at_b().class_hours
    assert table.index.tolist() == list(CLASSES)
    assert table.loc["gap", "hours_before"] == 0
    assert table.loc["gap", "hours_change"] == -table.loc["covered", "hours_change"] > 4


def test_from_some_hours_to_none_ahead_there_is_no_number_but_it_is_worse() -> None:
    change = february_to_april([{"id": "B", "place_id": "b", "closed": "2024-03"}]).segments
    on_a_b = change[change["leg_id"] == "a>b"]
    assert on_a_b["typical_hours_change"].isna().all()
    assert set(on_a_b["judgement"]) == {"worse"}


@pytest.mark.parametrize(
    ("before", "after", "judged"),
    [
        ("covered", "covered", "same"),
        ("covered", "usual_pace", "worse"),
        ("fast_only", "usual_pace", "better"),
        ("gap", "none_ahead", "worse"),
        ("none_ahead", "gap", "better"),
        ("unknown", "covered", "not_comparable"),
        ("none_ahead", "unknown", "not_comparable"),
        ("unknown", "unknown", "not_comparable"),
    ],
)
def test_classes_have_an_order_and_unknown_is_outside_it(before: str, after: str, judged: str) -> None:
    assert judgements(pd.Series([before]), pd.Series([after])).tolist() == [judged]


@pytest.mark.parametrize(
    ("dates", "change", "states"),
    [
        ({"opened": "2024-03"}, "opened", ("", "listed")),
        ({"closed": "2024-04-02"}, "closed", ("listed", "")),
        ({"closed": "2024-05"}, "unchanged", ("listed", "listed")),
        ({"last_confirmed": "2023-12"}, "gone_unconfirmed", ("confirmed", "listed")),
        ({"last_confirmed": "2024-04"}, "newly_confirmed", ("listed", "confirmed")),
        ({"last_confirmed": "2024-02"}, "unchanged", ("confirmed", "confirmed")),
        ({"opened": "2024-03", "closed": "2024-04"}, "opened_and_closed", ("", "")),
    ],
)
def test_what_became_of_a_service_follows_from_its_dates(
    dates: dict[str, object], change: str, states: tuple[str, str]
) -> None:
    row = february_to_april([{"id": "S", "place_id": "b", **dates}]).services.loc["S"]
    assert (row["change"], row["state_before"], row["state_after"]) == (change, *states)
    assert row[list(dates)].to_dict() == dates


def test_a_service_that_was_open_at_neither_date_nor_between_them_is_not_listed() -> None:
    services = [
        {"id": "gone", "place_id": "b", "closed": "2024-02"},
        {"id": "later", "place_id": "b", "opened": "2024-05"},
        {"id": "law", "place_id": "b", "capabilities": "legal_aid"},
        {"id": "hoped", "place_id": "b", "capabilities": "", "possible_capabilities": "clinical_care"},
        {"id": "hidden", "place_id": "b", "confidentiality": "secret"},
    ]
    assert february_to_april(services).services.empty


def test_services_say_whether_they_stand_by_the_route_off_it_or_nowhere() -> None:
    services = [
        {"id": "on", "place_id": "b"},
        {"id": "near", "place_id": "x"},
        {"id": "off", "place_id": "y"},
        {"id": "nowhere"},
    ]
    found = february_to_april(services).services["where"].to_dict()
    assert found == {"on": "route", "near": "route", "off": "network", "nowhere": "not_connected"}


def test_institutions_are_listed_with_their_role_in_the_same_way() -> None:
    offices = [{"id": "P", "place_id": "b", "opened": "2024-03", "kind": "police", "role": "mixed"}]
    row = february_to_april([], state_presence=offices).state_presence.loc["P"]
    assert (row["role"], row["change"], row["where"]) == ("mixed", "opened", "route")


def test_a_leg_that_ceased_is_named_and_its_segments_are_not_comparable() -> None:
    legs = [LEGS[0], leg("b", "c", (10, 10, 10), until="2024-03"), *LEGS[2:]]
    change = february_to_april([{"id": "D", "place_id": "d"}], legs=legs)
    assert change.legs[["change", "on_route", "until"]].to_dict("index") == {
        "b>c": {"change": "ceased", "on_route": True, "until": "2024-03"}
    }
    on_b_c = change.segments[change.segments["leg_id"] == "b>c"]
    assert set(on_b_c["class_after"]) == {"unknown"}
    assert set(on_b_c["judgement"]) == {"not_comparable"}


def test_on_the_network_a_leg_that_began_is_unknown_before_it_did() -> None:
    made = corridor(PLACES, [*LEGS, leg("x", "d", (1, 1, 1), since="2024-03")], services=[{"id": "D", "place_id": "d"}])
    change = compare(made, asked(FEBRUARY, route=None), asked(APRIL, route=None))
    began = change.segments[change.segments["leg_id"] == "x>d"]
    assert set(began["class_before"]) == {"unknown"}
    assert set(began["class_after"]) == {"covered"}
    assert change.runs.empty
    assert change.legs["change"].to_dict() == {"x>d": "began"}


def test_two_ways_of_asking_on_one_date_can_be_compared_and_nothing_opens_or_closes() -> None:
    services = [{"id": "S", "place_id": "b"}]
    made = corridor(PLACES, LEGS, services=services, routes=ROUTE)
    change = compare(made, asked(APRIL), asked(APRIL, status="confirmed"))
    assert change.matrix.loc[("covered", "unknown"), "hours"] == pytest.approx(10)
    assert change.services["change"].to_dict() == {"S": "unchanged"}


def test_another_route_or_direction_is_refused_with_what_to_do() -> None:
    made = corridor(PLACES, LEGS, routes=ROUTE)
    with pytest.raises(UnknownName, match="ask both of the same"):
        compare(made, asked(FEBRUARY), asked(APRIL, route=None))
    with pytest.raises(UnknownName, match="southbound"):
        compare(made, asked(FEBRUARY, route=None), Question("clinical_care", "southbound", APRIL))


# ---- what holds for every corridor ----------------------------------------------------------------------------------

DATES = ["", "2023-11", "2024", "2024-01", "2024-02", "2024-03", "2024-04"]
MONTHS = [Month(2023, 12), Month(2024, 1), FEBRUARY, Month(2024, 3), APRIL]


@st.composite
def corridors(draw: st.DrawFn) -> Corridor:
    """A chain of places with a way beside it; legs and services begin and end at random."""
    dated = st.sampled_from(DATES)
    hours = st.integers(1, 40)
    legs = [
        leg(start, end, (fast := draw(hours), usual := fast + draw(hours), usual + draw(hours)), until=draw(dated))
        for start, end in ("ab", "bc", "cd", "bx", "xd")
    ]
    services = [
        {
            "id": f"S{at}",
            "place_id": draw(st.sampled_from(list("abcdxy"))),
            **{name: draw(dated) for name in ("opened", "closed", "last_confirmed")},
            "possible_capabilities": draw(st.sampled_from(["", "clinical_care"])),
            "capabilities": draw(st.sampled_from(["", "clinical_care"])),
        }
        for at in range(draw(st.integers(0, 4)))
    ]
    return corridor(PLACES, legs, services=services, routes=ROUTE)


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Question, Question]:
    """Two questions that differ in date, status and window."""
    route = draw(st.sampled_from(["r", None]))
    one, other = (
        asked(
            draw(st.sampled_from(MONTHS)),
            route=route,
            status=draw(st.sampled_from(["listed", "confirmed"])),
            window_hours=Hours(draw(st.sampled_from([10, 30, 72]))),
        )
        for _ in range(2)
    )
    return one, other


SWAPPED = {
    "better": "worse",
    "worse": "better",
    "opened": "closed",
    "closed": "opened",
    "began": "ceased",
    "ceased": "began",
    "gone_unconfirmed": "newly_confirmed",
    "newly_confirmed": "gone_unconfirmed",
}


def turned(table: pd.DataFrame) -> pd.DataFrame:
    """A table as it must be when the two questions change places."""
    swapped = {}
    for name in table:
        end = str(name).rsplit("_", 1)[-1]
        other = str(name).removesuffix(end) + {"before": "after", "after": "before"}.get(end, end)
        swapped[name] = -table[name] if end == "change" and end != name else table[other]
    turned_table = pd.DataFrame(swapped, index=table.index)
    words = turned_table.columns.intersection(["judgement", "change"])
    return turned_table.assign(**{name: turned_table[name].replace(SWAPPED) for name in words})


@settings(max_examples=40)
@given(corridors(), pairs())
def test_asked_the_other_way_round_everything_is_its_opposite(made: Corridor, pair: tuple[Question, Question]) -> None:
    there, back = compare(made, *pair), compare(made, *reversed(pair))
    for name in ("segments", "runs", "leg_runs", "class_hours", "services", "state_presence", "legs"):
        pd.testing.assert_frame_equal(turned(getattr(there, name)), getattr(back, name), check_dtype=False, atol=1e-9)
    other = back.matrix.swaplevel().reindex(there.matrix.index)
    pd.testing.assert_frame_equal(
        there.matrix.assign(judgement=there.matrix["judgement"].replace(SWAPPED)), other, check_dtype=False
    )


@settings(max_examples=40)
@given(corridors(), pairs())
def test_nothing_of_the_route_is_lost_between_the_two_dates(made: Corridor, pair: tuple[Question, Question]) -> None:
    change = compare(made, *pair)
    for unit in ("km", "hours"):
        whole = change.segments[unit].sum()
        assert change.matrix[unit].sum() == pytest.approx(whole)
        assert change.leg_runs[unit].sum() == pytest.approx(whole)
        assert change.class_hours[f"{unit}_change"].sum() == pytest.approx(0, abs=1e-9)
    if pair[0].route:
        assert change.segments["km"].sum() == pytest.approx(made.legs.loc[["a>b", "b>c", "c>d"], "length_km"].sum())
        assert change.runs["to_km"].iloc[-1] == pytest.approx(change.segments["km"].sum())
        assert change.runs["from_hours"].iloc[1:].tolist() == pytest.approx(change.runs["to_hours"].iloc[:-1].tolist())


@settings(max_examples=20)
@given(corridors(), pairs())
def test_each_side_is_the_answer_to_its_own_question(made: Corridor, pair: tuple[Question, Question]) -> None:
    pair = (pair[0].with_(route="r"), pair[1].with_(route="r"))
    change = compare(made, *pair)
    for side, question in zip(("before", "after"), pair, strict=True):
        own = profile(made, question)
        assert change.class_hours[f"hours_{side}"].tolist() == pytest.approx(own.hours.tolist())
        assert change.class_hours[f"km_{side}"].tolist() == pytest.approx(own.lengths_km.tolist())


# ---- the reference --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def reference() -> Corridor:
    return Corridor.of(Snapshot.of(records()))


def test_when_the_clinics_of_the_darien_closed_the_route_lost_hours_in_time(reference: Corridor) -> None:
    question = Question("clinical_care", "northbound", APRIL, route=MAIN_ROUTE)
    change = compare(reference, question.with_(as_of=FEBRUARY), question)
    closed = change.services.query("change == 'closed'")
    assert closed.index.tolist() == ["SV002", "SV003", "SV004"]
    assert set(closed["closed"]) == {"2024-03-04"}
    assert change.services.query("change == 'opened'").index.tolist() == ["SV023"]
    assert change.matrix["hours"]["usual_pace", "fast_only"] == pytest.approx(18.90, abs=0.01)
    assert "better" not in set(change.segments["judgement"])


def test_the_lists_are_those_that_the_dates_in_the_table_give(reference: Corridor) -> None:
    """The same from the texts of the table alone: a year is read cautiously, a blank bounds nothing."""
    question = Question("clinical_care", "northbound", Month(2025, 9), route=MAIN_ROUTE)
    change = compare(reference, question.with_(as_of=FEBRUARY), question)
    table = records()["services"]

    def is_open(row: dict[str, str], month: str) -> bool:
        since = (row["opened"] + "-12")[:7] if row["opened"] else ""
        until = (row["closed"] + "-01")[:7] if row["closed"] else "9999"
        return since <= month < until

    able = [
        row
        for row in table.to_dict("records")
        if row["confidentiality"] == "public" and "clinical_care" in row["capabilities"].split(";")
    ]
    opened = {row["id"] for row in able if is_open(row, "2025-09") and not is_open(row, "2024-02")}
    closed = {row["id"] for row in able if is_open(row, "2024-02") and not is_open(row, "2025-09")}
    assert opened
    assert closed
    assert set(change.services.query("change == 'opened'").index) == opened
    assert set(change.services.query("change == 'closed'").index) == closed


def test_woman_days_change_by_the_difference_of_the_two_months(reference: Corridor) -> None:
    question = Question("clinical_care", "northbound", APRIL, route=MAIN_ROUTE)
    earlier = question.with_(as_of=FEBRUARY)
    table = exposure_change(reference, earlier, question)
    was, now = exposure(reference, earlier).woman_days.typical, exposure(reference, question).woman_days.typical
    row = table.loc["exposed"]
    assert [row[f"typical_woman_days_{name}"] for name in ("before", "after", "change")] == [was, now, now - was]
    back = exposure_change(reference, question, earlier)
    changes = [f"{pace}_woman_days_change" for pace in ("low", "typical", "high")]
    pd.testing.assert_frame_equal(-table[changes], back[changes])


def test_where_nobody_counted_the_women_there_is_no_difference() -> None:
    made = corridor(PLACES, LEGS, services=[{"id": "B", "place_id": "b"}], routes=ROUTE)
    assert exposure_change(made, asked(FEBRUARY), asked(APRIL)).isna().all(axis=None)


# ---- why a month cannot be chosen -----------------------------------------------------------------------------------

DATED = [leg("a", "b", (1, 1, 1), since="2023-05"), leg("b", "c", (1, 1, 1), until="2024-08")]
SHORT = [{"id": "r", "legs": "a>b;b>c"}]


def dated_corridor(**tables: Any) -> Corridor:
    services = [{"id": "S", "place_id": "b", "opened": "2021", "last_confirmed": "2025-02"}]
    return corridor(PLACES, tables.get("legs", DATED), services=services, routes=SHORT)


@pytest.mark.parametrize(
    ("month", "reasons"),
    [
        (Month(2024, 1), ()),
        (Month(2023, 4), (Reason("legs_not_held", ("a>b",), Month(2023, 5), Month(2024, 7)),)),
        (Month(2024, 8), (Reason("legs_not_held", ("b>c",), Month(2023, 5), Month(2024, 7)),)),
        (
            Month(2021, 11),
            (
                Reason("before_first_fact", first=Month(2021, 12)),
                Reason("legs_not_held", ("a>b",), Month(2023, 5), Month(2024, 7)),
            ),
        ),
        (
            Month(2025, 3),
            (
                Reason("after_last_fact", last=Month(2025, 2)),
                Reason("legs_not_held", ("b>c",), Month(2023, 5), Month(2024, 7)),
            ),
        ),
    ],
)
def test_why_a_month_cannot_be_chosen_is_said_with_the_months_that_can(
    month: Month, reasons: tuple[Reason, ...]
) -> None:
    assert why_not(dated_corridor(), "r", month) == reasons


def test_a_month_is_held_only_against_a_later_one() -> None:
    made = dated_corridor()
    assert why_not(made, "r", Month(2024, 1), Month(2024, 2)) == ()
    assert why_not(made, "r", Month(2024, 2), Month(2024, 2)) == (Reason("not_earlier", last=Month(2024, 1)),)


def test_a_route_whose_legs_never_held_together_says_so() -> None:
    legs = [leg("a", "b", (1, 1, 1), since="2024-08"), leg("b", "c", (1, 1, 1), until="2024-08")]
    assert why_not(dated_corridor(legs=legs), "r", Month(2024, 1)) == (Reason("route_never_whole", ("a>b",)),)


def test_without_a_dated_fact_no_month_is_refused() -> None:
    made = corridor(PLACES, LEGS, routes=ROUTE)
    assert dated_months(made) == (None, None)
    assert why_not(made, "r", Month(1990, 1)) == ()


def test_a_route_that_is_not_there_is_refused() -> None:
    with pytest.raises(UnknownName, match="There are: r"):
        why_not(dated_corridor(), "nowhere", APRIL)


def test_the_southbound_route_holds_as_a_whole_only_since_february_2025(reference: Corridor) -> None:
    (reason,) = why_not(reference, "south_miramar", APRIL)
    assert (reason.code, reason.first, reason.last) == ("legs_not_held", Month(2025, 2), None)
    assert reason.legs == ("miramar_colon__puerto_obaldia__boat",)


@pytest.mark.parametrize("months", [("2024-02", "2024-04"), ("2023-01", "2025-06"), ("2021-05", "2022-05")])
def test_the_runs_of_a_side_are_those_of_its_own_question(months: tuple[str, str], reference: Corridor) -> None:
    made = reference
    for route, direction in made.routes["direction"].items():
        sides = [Question("clinical_care", direction, Month.parse(one), route=str(route)) for one in months]
        change = compare(made, *sides)
        for side, question in zip(("before", "after"), sides, strict=True):
            wanted = profile(made, question).leg_runs
            pd.testing.assert_frame_equal(side_runs(change, side)[wanted.columns], wanted)
