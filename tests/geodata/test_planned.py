"""A corridor as a plan would have it: each change by hand, then what must hold of any of them."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from corridors import corridor, leg, records
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.corridor import Corridor
from geodata.coverage import Question, hours_ahead, segment_classes, services_at
from geodata.coverage.hours import HOUR_COLUMNS
from geodata.coverage.presence import sites_for
from geodata.errors import UnknownName
from geodata.planning import Change, Scenario, planned
from geodata.planning.planned import change_of, service_of
from geodata.snapshot import Snapshot
from geodata.units import Hours, Month

APRIL = Month(2024, 4)
#: a → b → c → d northwards, 10 hours each; x lies 1 hour beside b, y 3 hours beside c.
PLACES = {
    "a": (-77.0, 8.0),
    "b": (-77.1, 8.0),
    "c": (-77.2, 8.0),
    "d": (-77.3, 8.0),
    "x": (-77.1, 8.1),
    "y": (-77.2, 8.1),
}
LEGS = [
    leg("a", "b", (8, 10, 12)),
    leg("b", "c", (8, 10, 12)),
    leg("c", "d", (8, 10, 12)),
    leg("b", "x", (1, 1, 1)),
    leg("c", "y", (3, 3, 3)),
]
ROUTE = [{"id": "r", "legs": "a>b;b>c;c>d"}]
SERVICES = [
    {"id": "S", "place_id": "c", "opened": "2024-01", "closed": "2024-10", "last_confirmed": "2024-04"},
    {"id": "HOPED", "place_id": "b", "capabilities": "", "possible_capabilities": "clinical_care"},
    {"id": "LAW", "place_id": "b", "capabilities": "legal_aid"},
]


def made(services: list[dict[str, object]] | None = None) -> Corridor:
    return corridor(PLACES, LEGS, services=SERVICES if services is None else services, routes=ROUTE)


def plan(*texts: str) -> Scenario:
    return Scenario("", tuple(map(Change.parse, texts)))


def asked(as_of: Month = APRIL, **more: Any) -> Question:
    return Question("clinical_care", "northbound", as_of, **({"route": "r", "window_hours": Hours(15)} | more))


def hours(of: Corridor, place: str, **more: Any) -> list[float]:
    return hours_ahead(of, asked(**more)).places.loc[place, HOUR_COLUMNS].tolist()


def open_months(of: Corridor, service: str) -> list[str]:
    """The months of 2024 at whose end some interval of the service is open."""
    months = [Month(2024, month) for month in range(1, 13)]
    return [str(month)[5:] for month in months if service in set(map(service_of, services_at(of, month).index))]


def test_without_a_change_everything_is_as_it_is() -> None:
    own = made()
    same = planned(own, plan()).services.drop(columns=["planned", "own_id"])
    pd.testing.assert_frame_equal(same, own.services)


@pytest.mark.parametrize(
    ("change", "months"),
    [
        ("close:S::2024-06", "01 02 03 04 05"),
        ("close:S", ""),
        ("close:S:::2024-03", "03 04 05 06 07 08 09"),
        ("suspend:S::2024-03:2024-06", "01 02 06 07 08 09"),
        ("suspend:S::2023-03:2024-02", "02 03 04 05 06 07 08 09"),
        ("suspend:S::2025-03", "01 02 03 04 05 06 07 08 09"),
        ("move:S::2024-11", "11 12"),
        ("move:S:::2024-03", "01 02"),
    ],
)
def test_a_service_is_open_in_the_months_that_the_change_leaves_it(change: str, months: str) -> None:
    assert open_months(planned(made(), plan(change)), "S") == months.split()


def test_a_pause_makes_two_intervals_of_one_service_that_never_overlap() -> None:
    services = planned(made(), plan("suspend:S::2024-03:2024-06")).services
    intervals = services[services["own_id"] == "S"]
    assert intervals.index.tolist() == ["S", "S~2"]
    assert intervals[["opened", "closed"]].to_numpy().tolist() == [["2024-01", "2024-03"], ["2024-06", "2024-10"]]
    assert services.index.is_unique


def test_a_new_service_stands_at_its_place_from_its_month_and_counts_as_confirmed() -> None:
    then = planned(made(), plan("open:b:clinical_care.shelter:2024-04"))
    assert hours(then, "a", status="confirmed") == [8, 10, 12]
    assert hours(then, "a", as_of=Month(2024, 3)) == [16, 20, 24]
    assert services_at(then, APRIL).loc["plan-1", ["at_place", "confirmed", "country_iso3", "name"]].tolist() == [
        "b",
        True,
        "PAN",
        "",
    ]
    assert change_of("plan-1") == 1
    assert change_of("plan-12~2") == 12
    assert change_of("S") == 0


@pytest.mark.parametrize("audience", ["woman", "girl_alone", "without_papers", "speaks_haitian_creole"])
def test_a_new_service_is_assumed_to_admit_everybody(audience: str) -> None:
    then = planned(made(), plan("open:b:clinical_care"))
    assert sites_for(then, asked(whom=audience)).index.tolist() == ["plan-1"]


def test_an_upgrade_adds_a_capability_for_its_months_alone() -> None:
    then = planned(made(), plan("upgrade:LAW:clinical_care:2024-03:2024-06"))
    assert [hours(then, "a", as_of=Month(2024, month))[1] for month in (2, 3, 5, 6)] == [20, 10, 10, 20]
    held = [services_at(then, Month(2024, month))["capabilities"].filter(like="LAW").tolist() for month in (2, 5, 6)]
    assert held == [["legal_aid"], ["legal_aid;clinical_care"], ["legal_aid"]]


def test_a_possible_service_that_a_plan_opens_is_listed_and_no_more_only_possible() -> None:
    own = made([SERVICES[1]])
    then = planned(own, plan("upgrade:HOPED:clinical_care"))
    on_a_b = [segment_classes(one, asked())["class"].iloc[0] for one in (own, then)]
    assert on_a_b == ["unknown", "covered"]
    assert sites_for(then, asked(status="confirmed")).empty
    assert then.services.at["HOPED", "possible_capabilities"] == ""


def test_a_move_undoes_what_closed_the_service_before_and_keeps_its_upgrades() -> None:
    then = planned(made(), plan("upgrade:S:shelter", "close:S", "move:S::2024-02:2024-05"))
    assert open_months(then, "S") == ["02", "03", "04"]
    assert set(then.services.loc[["S"], "capabilities"]) == {"clinical_care;shelter"}
    assert open_months(planned(made(), plan("move:S::2024-02", "close:S::2024-05")), "S") == ["02", "03", "04"]


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        ("close:gone", "no service 'gone'"),
        ("open:nowhere:shelter", "no place 'nowhere'"),
        ("open:a:magic", "'magic' is not one of clinical_care"),
        ("mobile:a@mon@8-9~nowhere@tue@8-9:shelter", "no place 'nowhere'"),
    ],
)
def test_what_is_not_there_is_refused_by_its_name(change: str, wanted: str) -> None:
    with pytest.raises(UnknownName, match=wanted):
        planned(made(), plan(change))


# ---- a mobile team, and waiting --------------------------------------------------------------------------------------


def test_a_mobile_team_makes_her_wait_none_the_mean_or_the_longest() -> None:
    """Mondays 8 to 16 at b: 8 to 12 hours of travel from a, then 0, 160²/2/168 and 160 hours of waiting."""
    then = planned(made([]), plan("mobile:b@mon@8-16:clinical_care"))
    assert hours(then, "a") == pytest.approx([8, 10 + 160 * 160 / 2 / 168, 172])
    assert hours(then, "a", route=None) == pytest.approx([8, 10 + 160 * 160 / 2 / 168, 172])


def test_she_takes_whichever_help_is_in_her_hands_first_at_each_pace() -> None:
    """The team at b is sooner only if she need not wait; with the mean wait the clinic at c, 20 hours away, is."""
    then = planned(made(), plan("mobile:b@mon@8-16:clinical_care"))
    place = hours_ahead(then, asked()).places.loc["a"]
    assert place[HOUR_COLUMNS].tolist() == [8, 20, 24]
    assert place["next_service"] == "S"
    daily = planned(made(), plan("mobile:b@mon.tue.wed.thu.fri.sat.sun@8-20:clinical_care"))
    assert hours(daily, "a") == pytest.approx([8, 10 + 7 * 12 * 12 / 2 / 168, 24])
    assert hours_ahead(daily, asked()).places.loc["a", "next_service"] == "plan-1"


def test_how_far_off_the_route_a_team_is_is_judged_by_travel_and_not_by_the_wait() -> None:
    """The place x is 1 hour off the route and counts, whatever the wait; y is 3 hours off it and does not."""
    near = planned(made([]), plan("mobile:x@mon@8-16:clinical_care"))
    assert hours(near, "b") == pytest.approx([1, 1 + 160 * 160 / 2 / 168, 161])
    far = planned(made([]), plan("mobile:y@mon.tue.wed.thu.fri.sat.sun@0-24:clinical_care"))
    assert pd.isna(hours(far, "b")).all()


def test_a_team_that_is_always_there_is_a_service() -> None:
    always = "mon.tue.wed.thu.fri.sat.sun@0-24"
    for own in (made(), made([])):
        team = planned(own, plan(f"mobile:b@{always}~x@{always}:clinical_care"))
        fixed = planned(own, plan("open:b:clinical_care", "open:x:clinical_care"))
        for route in ("r", None):
            for table in ("places", "segments"):
                one, other = (getattr(hours_ahead(each, asked(route=route)), table) for each in (team, fixed))
                pd.testing.assert_frame_equal(one.drop(columns="next_service"), other.drop(columns="next_service"))


@settings(max_examples=12)
@given(
    st.lists(
        st.tuples(st.sampled_from(list(PLACES)), st.sampled_from(["mon@8-16", "mon.thu@0-24", "sat.sun@9-12"])),
        min_size=1,
        max_size=4,
    ),
    st.booleans(),
)
def test_hours_with_waits_are_the_least_over_the_teams_each_alone(teams: list[tuple[str, str]], fixed: bool) -> None:
    own = made(SERVICES if fixed else [])
    texts = [f"mobile:{place}@{when}:clinical_care" for place, when in teams]
    together = planned(own, plan(*texts))
    alone = [own, *(planned(made([]), plan(text)) for text in texts)]
    for route in ("r", None):
        whole = hours_ahead(together, asked(route=route)).places[HOUR_COLUMNS]
        each = [hours_ahead(one, asked(route=route)).places[HOUR_COLUMNS] for one in alone]
        least = pd.concat(each, keys=range(len(each))).groupby(level=1, sort=False).min()
        pd.testing.assert_frame_equal(whole, least.loc[whole.index], check_names=False)


# ---- what holds of any plan ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def reference() -> Corridor:
    return Corridor.of(Snapshot.of(records()))


def dated(own: Corridor) -> list[str]:
    """The services whose opening and closing months are known."""
    services = own.services
    return services.index[(services["opened"].str.len() >= 7) & (services["closed"].str.len() >= 7)].tolist()


MONTHS = st.builds(Month, st.integers(2021, 2025), st.integers(1, 12))


@settings(max_examples=12)
@given(st.data())
def test_closing_then_reopening_changes_nothing(reference: Corridor, data: st.DataObject) -> None:
    service = data.draw(st.sampled_from(dated(reference)))
    row = reference.services.loc[service]
    back = f"move:{service}::{row['opened'][:7]}:{row['closed'][:7]}"
    then = planned(reference, plan(f"close:{service}", back))
    month = data.draw(MONTHS)
    own, other = services_at(reference, month), services_at(then, month)
    columns = ["capabilities", "at_place", "walk_hours", "since", "until"]
    assert set(own.index) == set(other.index)
    pd.testing.assert_frame_equal(own[columns], other.loc[own.index, columns])


@settings(max_examples=12)
@given(st.data())
def test_closing_and_opening_another_in_its_place_changes_no_hour(reference: Corridor, data: st.DataObject) -> None:
    able = reference.services[(reference.services["at_place"] != "") & (reference.services["walk_hours"] == 0)]
    able = able[able["capabilities"].str.contains("clinical_care")]
    service = data.draw(st.sampled_from(able.index.tolist()))
    row, month = able.loc[service], data.draw(MONTHS)
    dates = [row["opened"][:7] if len(row["opened"]) >= 7 else "", row["closed"][:7] if len(row["closed"]) >= 7 else ""]
    if [bool(row["opened"]), bool(row["closed"])] != [bool(date) for date in dates]:
        return
    again = f"open:{row['at_place']}:{row['capabilities'].replace(';', '.')}:{':'.join(dates)}".rstrip(":")
    then = planned(reference, plan(f"close:{service}", again))
    put = Question("clinical_care", "northbound", month)
    own, other = (segment_classes(one, put)[[*HOUR_COLUMNS, "class"]] for one in (reference, then))
    pd.testing.assert_frame_equal(own, other)


@settings(max_examples=12)
@given(st.data())
def test_opening_never_makes_help_later_and_closing_never_sooner(reference: Corridor, data: st.DataObject) -> None:
    put = Question("clinical_care", "northbound", data.draw(MONTHS))
    place = data.draw(st.sampled_from(reference.places.index.tolist()))
    service = data.draw(st.sampled_from(reference.services.index.tolist()))
    own, more, less = (
        hours_ahead(planned(reference, plan(*texts)), put).segments[HOUR_COLUMNS].fillna(1e9)
        for texts in ((), (f"open:{place}:clinical_care",), (f"close:{service}",))
    )
    assert (more <= own + 1e-9).all(axis=None)
    assert (less >= own - 1e-9).all(axis=None)
