"""The cascade: hand-computed steps, and shares that add up and never come back."""

from __future__ import annotations

import pandas as pd
import pytest
from corridors import corridor, leg, records
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.corridor import Corridor
from geodata.coverage import CHANNEL, Question, cascade, cascade_shares, cascade_steps
from geodata.errors import UnknownName
from geodata.reference import read_reference
from geodata.snapshot import Snapshot
from geodata.units import Hours, Month

APRIL = Month(2024, 4)
#: a → b → c northwards: 10 h each at the usual pace.
PLACES = {"a": (-77.0, 8.0), "b": (-77.1, 8.0), "c": (-77.2, 8.0)}
LEGS = [leg("a", "b", (5, 10, 20)), leg("b", "c", (5, 10, 20))]
ROUTES = [{"id": "r", "legs": "a>b;b>c"}]
#: A service that passes every step.
GOOD = {
    "id": "s",
    "place_id": "b",
    "last_confirmed": "2024-04",
    "hours": "24/7",
    "admits": "women",
    "asks_for": "nothing",
    "languages": "es;ht",
}
STEPS = ["listed", "confirmed", "open_on_arrival", "capable", "admits_her", "without_papers"]


def question(**more: object) -> Question:
    return Question("clinical_care", "northbound", APRIL).with_(**{"route": "r", **more})


def made(*services: dict[str, object], legs: list[dict[str, object]] = LEGS) -> Corridor:
    rows = [{**service, "id": f"s{number}"} for number, service in enumerate(services)]
    return corridor(PLACES, legs, services=rows, routes=ROUTES)


def first(built: Corridor, **more: object) -> tuple[str, str]:
    """Where the first segment after a loses protection, and how."""
    row = cascade(built, question(**more)).iloc[0]
    return row["lost_at"], row["how"]


def test_the_steps_are_those_of_the_design_and_her_language_only_where_it_is_asked_for() -> None:
    assert [step.name for step in cascade_steps(made(), question())] == STEPS
    spoken = [step.name for step in cascade_steps(made(), question(whom="speaks_french"))]
    assert spoken == [*STEPS, "in_her_language"]


@pytest.mark.parametrize("route", ["r", None])
@pytest.mark.parametrize(
    ("change", "lost_at", "how"),
    [
        ({}, "", ""),
        ({"capabilities": "shelter"}, "listed", "lost"),
        ({"opened": "2024-05"}, "listed", "lost"),
        ({"closed": "2024-04"}, "listed", "lost"),
        ({"confidentiality": "secret"}, "listed", "lost"),
        ({"place_id": ""}, "listed", "lost"),
        ({"last_confirmed": "2023-12"}, "confirmed", "unknown"),
        ({"hours": "day"}, "open_on_arrival", "lost"),
        ({"hours": "9:00-15:00"}, "open_on_arrival", "lost"),
        ({"hours": ""}, "open_on_arrival", "unknown"),
        ({"hours": "by appointment"}, "open_on_arrival", "unknown"),
        ({"capabilities": "", "possible_capabilities": "clinical_care"}, "capable", "unknown"),
        ({"admits": "men"}, "admits_her", "lost"),
        ({"admits": ""}, "admits_her", "unknown"),
        ({"asks_for": "papers"}, "without_papers", "lost"),
        ({"asks_for": ""}, "without_papers", "unknown"),
        ({"asks_for": "", "hours": "day"}, "open_on_arrival", "lost"),
    ],
)
def test_protection_is_lost_at_the_first_step_that_the_only_service_does_not_pass(
    change: dict[str, object], lost_at: str, how: str, route: str | None
) -> None:
    assert first(made(GOOD | change), route=route) == (lost_at, how)


def test_no_service_at_all_is_lost_on_the_list() -> None:
    assert first(made()) == ("listed", "lost")


@pytest.mark.parametrize(
    ("whom", "change", "expected"),
    [
        ("girl_alone", {}, ("admits_her", "lost")),
        ("girl_alone", {"admits": "girls"}, ("", "")),
        ("girl_alone", {"admits": "migrants"}, ("admits_her", "unknown")),
        ("without_papers", {}, ("", "")),
        ("speaks_haitian_creole", {}, ("", "")),
        ("speaks_french", {}, ("in_her_language", "unknown")),
    ],
)
def test_for_whom_it_is_asked_decides_its_own_step(
    whom: str, change: dict[str, object], expected: tuple[str, str]
) -> None:
    for route in ("r", None):
        assert first(made(GOOD | change), whom=whom, route=route) == expected


def test_a_farther_service_that_passes_keeps_what_the_nearer_one_loses() -> None:
    near, far = GOOD | {"hours": "day"}, GOOD | {"place_id": "c"}
    assert first(made(near, far)) == ("", "")
    assert first(made(near, far), window_hours=Hours(15)) == ("open_on_arrival", "lost")


def test_two_services_that_fail_different_steps_do_not_make_one_that_passes() -> None:
    assert first(made(GOOD | {"hours": "day"}, GOOD | {"asks_for": "papers"})) == ("without_papers", "lost")


def test_what_was_unknown_once_is_never_kept_again_and_may_still_be_lost() -> None:
    built = made(GOOD | {"hours": "", "asks_for": "papers"})
    shares = cascade_shares(built, question())
    assert first(built) == ("open_on_arrival", "unknown")
    assert shares["kept"].tolist() == pytest.approx([0.5, 0.5, 0, 0, 0, 0])
    assert shares["unknown"].tolist() == pytest.approx([0, 0, 0.5, 0.5, 0.5, 0])
    assert shares["lost"].tolist() == pytest.approx([0.5, 0.5, 0.5, 0.5, 0.5, 1])


def test_alone_a_step_is_held_against_the_listed_services() -> None:
    shares = cascade_shares(made(GOOD | {"hours": "", "asks_for": "papers"}), question())
    assert shares["kept_alone"].tolist() == pytest.approx([0.5, 0.5, 0, 0.5, 0.5, 0])
    assert shares["unknown_alone"].tolist() == pytest.approx([0, 0, 0.5, 0, 0, 0])


def test_each_pace_has_its_own_answer() -> None:
    row = cascade(made(GOOD), question(window_hours=Hours(8))).iloc[0]
    assert (row["lost_at_low"], row["lost_at"], row["lost_at_high"]) == ("", "listed", "listed")
    assert (row["how_low"], row["how"], row["how_high"]) == ("", "lost", "lost")


def test_a_service_on_the_limit_is_in_time() -> None:
    assert first(made(GOOD), window_hours=Hours(10)) == ("", "")
    assert first(made(GOOD), window_hours=Hours(9.999)) == ("listed", "lost")


def test_where_the_way_does_not_hold_nothing_is_known() -> None:
    built = made(GOOD, legs=[LEGS[0] | {"until": "2024-03"}, LEGS[1]])
    assert first(built) == ("listed", "unknown")
    built = made(GOOD | {"place_id": "c"}, legs=[LEGS[0], LEGS[1] | {"until": "2024-03"}])
    assert first(built) == ("listed", "unknown")


def test_late_help_on_the_list_stays_lost_though_later_steps_know_less() -> None:
    """The one listed service is late and does not admit her; beyond it the way is not known. That does not undo the loss."""
    built = made(GOOD | {"hours": "day"}, legs=[LEGS[0], LEGS[1] | {"until": "2024-03"}])
    shares = cascade_shares(built, question(window_hours=Hours(5)))
    assert shares["lost"].is_monotonic_increasing
    assert first(built, window_hours=Hours(5)) == ("listed", "lost")


def test_any_channel_can_be_asked_and_the_state_cannot() -> None:
    assert first(made(GOOD | {"capabilities": "legal_aid"}), capability=CHANNEL) == ("", "")
    with pytest.raises(UnknownName, match="take a capability"):
        cascade(made(GOOD), question(capability="state:protective"))
    with pytest.raises(UnknownName, match="clinical_care"):
        cascade(made(GOOD), question(capability="clinic"))


def test_the_status_asked_for_changes_nothing_since_confirmation_is_a_step() -> None:
    built = made(GOOD | {"last_confirmed": ""})
    assert first(built, status="confirmed") == first(built) == ("confirmed", "unknown")


def test_an_audience_of_an_attribute_that_no_row_names_has_no_step() -> None:
    rows = [row for row in records()["audiences"].to_dict("records") if row["attribute"] == "admits"]
    built = corridor(PLACES, LEGS, services=[GOOD], routes=ROUTES, audiences=rows)
    assert [step.name for step in cascade_steps(built, question())] == STEPS[:-1]


def held_to_sum(shares: pd.DataFrame) -> None:
    for suffix in ("", "_low", "_high", "_alone"):
        words = [f"{word}{suffix}" for word in ("kept", "unknown", "lost")]
        assert shares[words].sum(axis=1).tolist() == pytest.approx([1.0] * len(shares))
        assert (shares[words] >= 0).all(axis=None)
    for suffix in ("", "_low", "_high"):
        assert (shares[f"kept{suffix}"].diff().dropna() <= 1e-12).all()
        assert (shares[f"lost{suffix}"].diff().dropna() >= -1e-12).all()


@settings(max_examples=40)
@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "place_id": st.sampled_from("abc"),
                "capabilities": st.sampled_from(["clinical_care", ""]),
                "possible_capabilities": st.sampled_from(["clinical_care", ""]),
                "last_confirmed": st.sampled_from(["", "2024-04"]),
                "hours": st.sampled_from(["", "24/7", "day"]),
                "admits": st.sampled_from(["", "women", "men"]),
                "asks_for": st.sampled_from(["", "nothing", "papers"]),
            }
        ),
        max_size=6,
    ),
    st.sampled_from(["", "2024-03"]),
    st.sampled_from([5, 10, 20, 72]),
)
def test_shares_add_up_to_one_and_never_come_back(services: list[dict[str, object]], until: str, window: int) -> None:
    built = made(*services, legs=[LEGS[0], LEGS[1] | {"until": until}])
    held_to_sum(cascade_shares(built, question(window_hours=Hours(window))))


def test_the_reference_adds_up_for_every_audience_and_agrees_with_its_segments() -> None:
    reference = Corridor.of(Snapshot.of(read_reference()))
    for whom in ("", *reference.audiences.index):
        for route in ("north_acandi_ciudad_juarez", "south_miramar", None):
            direction = reference.routes.at[route, "direction"] if route else "northbound"
            put = Question("clinical_care", direction, Month(2024, 2), route=route, whom=whom)
            shares, segments = cascade_shares(reference, put), cascade(reference, put)
            held_to_sum(shares)
            kept = segments["lost_at"].isin(["", *shares.index[1:]])
            legs = reference.legs.loc[segments["leg_id"]]
            hours = (segments["to_km"] - segments["from_km"]).to_numpy() * (
                legs["hours_typical"] / legs["length_km"]
            ).to_numpy()
            assert shares["kept"].iloc[0] == pytest.approx(hours[kept.to_numpy()].sum() / hours.sum())
