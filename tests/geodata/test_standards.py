"""Standards: hand-computed readiness, sections and shortest lists of changes, then agreement with brute force."""

from __future__ import annotations

from functools import cache
from itertools import combinations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from corridors import corridor, leg
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import box

from geodata.corridor import Corridor
from geodata.coverage import Question, profile, segment_classes
from geodata.coverage.profile import along
from geodata.errors import UnknownName
from geodata.planning import (
    STANDARD_CLASSES,
    Change,
    Standard,
    country_readiness,
    readiness,
    sections,
    shortest_changes,
    standard_along,
    standard_classed,
    target_readiness,
)
from geodata.planning.reach import hours_to
from geodata.reference import read_reference
from geodata.reference.boundaries import Boundaries
from geodata.snapshot import Snapshot
from geodata.units import Month

APRIL = Month(2024, 4)
#: a →10 h→ b →10 h→ c →60 h→ d northwards at the usual pace; c and d lie in Costa Rica.
PLACES = {"a": (-77.0, 8.0), "b": (-77.1, 8.0), "c": (-77.2, 8.0), "d": (-77.3, 8.0)}
COUNTRIES = {"c": "CRI", "d": "CRI"}
LEGS = [leg("a", "b", (5, 10, 20)), leg("b", "c", (5, 10, 20)), leg("c", "d", (30, 60, 120))]
ROUTES = [{"id": "r", "legs": "a>b;b>c;c>d"}]
SEEN, UNSEEN = {"last_confirmed": "2024-04"}, {"last_confirmed": "2022-04"}
CARE = {"id": "care", "place_id": "b", "capabilities": "clinical_care", **SEEN}
BED = {"id": "bed", "place_id": "c", "capabilities": "shelter", **SEEN}
BOTH = Standard("ours", {"clinical_care": 24, "shelter": 48})
CARE_ALONE = Standard("ours", {"clinical_care": 24})
LAST = BED | {"id": "last", "place_id": "d", "capabilities": "shelter;clinical_care"}
MAIN = "north_acandi_ciudad_juarez"


def question(**more: object) -> Question:
    return Question("clinical_care", "northbound", APRIL).with_(**{"route": "r", **more})


def made_of(*services: dict[str, object], legs: list[dict[str, object]] | None = None) -> Corridor:
    made = corridor(PLACES, legs or LEGS, countries=COUNTRIES, services=list(services), routes=ROUTES)
    return Corridor.of(made.snapshot, frontier())


@cache
def frontier() -> Boundaries:
    """Panama and Costa Rica as boxes that meet halfway between b and c."""
    boxes = {"PAN": box(-77.15, 7, -76, 9), "CRI": box(-78, 7, -77.15, 9)}
    states = gpd.GeoDataFrame({"country_iso3": list(boxes)}, geometry=list(boxes.values()), crs=4326)
    return Boundaries(countries=states, admin1=states.assign(name=list(boxes)), labels=pd.DataFrame())


def first_of(standard: Standard, *services: dict[str, object], **more: object) -> pd.Series:
    """What is said of the first segment after a."""
    return standard_along(made_of(*services), question(**more), standard).iloc[0]


def test_a_segment_is_ready_where_every_target_is_met_by_confirmed_services() -> None:
    found = first_of(BOTH, CARE, BED)
    assert (found["class"], found["missed"], found["unconfirmed"]) == ("ready", "", False)
    assert (found["clinical_care_target"], found["shelter_target"]) == ("ready", "ready")


def test_a_listed_service_that_nobody_confirmed_leaves_it_pending() -> None:
    found = first_of(BOTH, CARE, BED | UNSEEN)
    assert (found["class"], found["missed"], found["unconfirmed"]) == ("pending", "shelter", True)


@pytest.mark.parametrize(
    ("opened", "expected"), [("2024-05", "pending"), ("2025-04", "pending"), ("2025-05", "not_ready")]
)
def test_what_opens_within_twelve_months_is_pending_and_later_is_not(opened: str, expected: str) -> None:
    found = first_of(BOTH, CARE, BED | {"opened": opened, "last_confirmed": "2025-06"})
    assert (found["class"], found["missed"], found["unconfirmed"]) == (expected, "shelter", False)


def test_what_closes_in_the_month_in_which_it_opens_is_not_awaited() -> None:
    assert first_of(BOTH, CARE, BED | {"opened": "2024-06", "closed": "2024-06"})["class"] == "not_ready"


def test_a_possible_service_in_time_makes_it_unknown() -> None:
    hope = {"id": "hope", "place_id": "c", "capabilities": "", "possible_capabilities": "shelter"}
    assert first_of(BOTH, CARE, hope)["class"] == "unknown"
    assert first_of(BOTH, CARE, hope | {"place_id": "d"})["class"] == "not_ready", "80 h away, beyond its 48"


def test_an_admission_that_nobody_published_makes_it_unknown() -> None:
    admitting = CARE | {"admits": "girls"}
    assert first_of(CARE_ALONE, admitting, whom="girl_alone")["class"] == "ready"
    assert first_of(CARE_ALONE, CARE, whom="girl_alone")["class"] == "unknown"
    assert first_of(CARE_ALONE, CARE | {"admits": "men"}, whom="girl_alone")["class"] == "not_ready"


def test_an_awaited_service_must_be_known_to_admit_her() -> None:
    coming = CARE | {"opened": "2024-08", "last_confirmed": "", "admits": "girls"}
    assert first_of(CARE_ALONE, coming, whom="girl_alone")["class"] == "pending"
    assert first_of(CARE_ALONE, coming | {"admits": ""}, whom="girl_alone")["class"] == "not_ready"


def test_a_leg_that_does_not_hold_makes_what_lies_before_it_unknown() -> None:
    made = made_of(CARE | {"place_id": "c"}, legs=[LEGS[0], LEGS[1] | {"until": "2024-03"}, LEGS[2]])
    assert standard_along(made, question(), CARE_ALONE)["class"].iloc[0] == "unknown"


def test_where_confirmed_ones_alone_count_a_listed_one_makes_it_unknown() -> None:
    assert first_of(BOTH, CARE, BED | UNSEEN, status="confirmed")["class"] == "unknown"
    assert first_of(BOTH, CARE, BED, status="confirmed")["class"] == "ready"


HOPE = {"id": "hope", "place_id": "b", "capabilities": "", "possible_capabilities": "clinical_care"}


@pytest.mark.parametrize(
    ("services", "expected"),
    [
        ((HOPE,), ("not_ready", "shelter")),
        ((HOPE, BED | UNSEEN), ("unknown", "clinical_care")),
        ((CARE | UNSEEN, BED), ("pending", "clinical_care")),
        ((), ("not_ready", "clinical_care")),
    ],
)
def test_the_worst_target_decides_and_what_is_surely_missed_outweighs_a_doubt(
    services: tuple[dict[str, object], ...], expected: tuple[str, str]
) -> None:
    found = first_of(BOTH, *services)
    assert (found["class"], found["missed"]) == expected


def test_the_order_of_the_targets_says_which_is_named_first() -> None:
    turned = Standard("ours", {"shelter": 48, "clinical_care": 24})
    assert first_of(BOTH)["missed"] == "clinical_care"
    assert first_of(turned)["missed"] == "shelter"


@pytest.mark.parametrize(("hours", "expected"), [(10, "ready"), (9, "not_ready")])
def test_help_at_exactly_the_target_is_in_time(hours: int, expected: str) -> None:
    assert first_of(Standard("ours", {"clinical_care": hours}), CARE)["class"] == expected


def test_each_pace_has_its_own_reading() -> None:
    """From a the care at b is 5, 10 or 20 h away."""
    found = first_of(Standard("ours", {"clinical_care": 9}), CARE)
    assert (found["low_class"], found["class"], found["high_class"]) == ("ready", "not_ready", "not_ready")
    found = first_of(Standard("ours", {"clinical_care": 10}), CARE)
    assert (found["low_class"], found["class"], found["high_class"]) == ("ready", "ready", "not_ready")


def test_a_standard_without_a_target_or_with_impossible_hours_is_refused() -> None:
    with pytest.raises(UnknownName, match="at least one target"):
        Standard("empty", {})
    for hours in (0, 721):
        with pytest.raises(UnknownName, match="whole number"):
            Standard("wrong", {"shelter": hours})
    with pytest.raises(UnknownName, match="bread"):
        standard_along(made_of(), question(), Standard("wrong", {"bread": 1}))


def test_the_network_is_classed_too() -> None:
    made, put = made_of(CARE, BED), question(route=None)
    found = standard_classed(made, put, segment_classes(made, put), BOTH)
    assert list(found.index) == list(made.segments.index)
    assert found["class"].iloc[0] == "ready"


def test_a_profile_draws_a_standard() -> None:
    drawn = profile(
        made_of(CARE, BED),
        question(),
        classify=lambda made, put, segments: standard_classed(made, put, segments, BOTH),
        classes=STANDARD_CLASSES,
    )
    assert drawn.hours.to_dict() == pytest.approx({"ready": 10, "pending": 0, "not_ready": 70, "unknown": 0})


def test_sections_end_at_a_border_and_where_the_readiness_changes() -> None:
    """Ready from a to b; b to c no care ahead; beyond c, in Costa Rica, neither. The border lies halfway between b and c."""
    found = sections(made_of(CARE, BED), question(), BOTH)
    assert found["country_iso3"].tolist() == ["PAN", "PAN", "CRI"]
    assert found["class"].tolist() == ["ready", "not_ready", "not_ready"]
    assert found["missed"].tolist() == ["", "clinical_care", "clinical_care;shelter"]
    assert found["from_hours"].tolist() == pytest.approx([0, 10, found["from_hours"].iloc[2]])
    assert found["to_hours"].iloc[-1] == pytest.approx(80)
    for pace, total in (("low", 40), ("typical", 80), ("high", 160)):
        assert found[f"{pace}_hours"].sum() == pytest.approx(total)
    assert (found["to_hours"] - found["from_hours"]).tolist() == pytest.approx(found["typical_hours"].tolist())


def test_a_section_of_two_marks_is_one_section() -> None:
    """Near b the unconfirmed care alone is doubtful; the mark does not cut the section of one readiness."""
    coming = {"id": "soon", "place_id": "c", "capabilities": "clinical_care", "opened": "2024-06"}
    found = sections(made_of(CARE | UNSEEN, coming), question(), CARE_ALONE)
    marks = standard_along(made_of(CARE | UNSEEN, coming), question(), CARE_ALONE)["unconfirmed"]
    assert marks.nunique() == 2
    assert list(zip(found["country_iso3"], found["class"], found["unconfirmed"], strict=True)) == [
        ("PAN", "pending", True),
        ("CRI", "pending", False),
        ("CRI", "not_ready", False),
    ]


def test_the_shares_are_shares_of_the_hours() -> None:
    """Of 80 h, 10 before b are ready at the usual pace; at the slow pace a is 20 h from care, in time as well."""
    found = readiness(made_of(CARE, BED), question(), BOTH)
    assert list(found.index) == list(STANDARD_CLASSES)
    assert found["typical_share"].to_dict() == pytest.approx(
        {"ready": 1 / 8, "pending": 0, "not_ready": 7 / 8, "unknown": 0}
    )
    assert found["hours"].tolist() == pytest.approx([10, 0, 70, 0])
    assert found["km"].sum() == pytest.approx(along(made_of(), question())["end_km"].iloc[-1])


def test_each_country_has_shares_of_its_own_hours_in_the_order_of_travel() -> None:
    made = made_of(CARE, BED)
    found, parts = country_readiness(made, question(), BOTH), sections(made, question(), BOTH)
    assert list(dict.fromkeys(found.index.get_level_values("country_iso3"))) == ["PAN", "CRI"]
    panama = parts[parts["country_iso3"] == "PAN"]["typical_hours"].sum()
    assert found.loc[("PAN", "ready"), "typical_share"] == pytest.approx(10 / panama)
    assert found.loc[("CRI", "not_ready"), "typical_share"] == pytest.approx(1)


def test_each_target_has_shares_of_its_own() -> None:
    """Of 80 h, care is in time on 10, the bed at c (48 h) on 20."""
    found = target_readiness(made_of(CARE, BED), question(), BOTH)
    assert found.loc[("clinical_care", "ready"), "hours"] == pytest.approx(10)
    assert found.loc[("shelter", "ready"), "hours"] == pytest.approx(20)


SERVICES = st.lists(
    st.fixed_dictionaries(
        {
            "place_id": st.sampled_from("abcd"),
            "capabilities": st.sampled_from(["clinical_care", "shelter", "clinical_care;shelter", ""]),
            "possible_capabilities": st.sampled_from(["", "", "shelter", "clinical_care"]),
            "last_confirmed": st.sampled_from(["", "2022-01", "2024-04"]),
            "opened": st.sampled_from(["", "2020", "2024-09", "2026-01"]),
            "admits": st.sampled_from(["", "girls", "men"]),
        }
    ),
    max_size=6,
)
TARGETS = st.dictionaries(st.sampled_from(["clinical_care", "shelter"]), st.integers(1, 90), min_size=1)


def placed(services: list[dict[str, object]]) -> Corridor:
    return made_of(*({"id": f"s{number}", **service} for number, service in enumerate(services)))


@settings(max_examples=20, deadline=None)
@given(SERVICES, TARGETS, st.sampled_from(["", "girl_alone"]), st.sampled_from(["listed", "confirmed"]))
def test_the_shares_of_each_pace_add_up_to_one_and_the_hours_to_the_route(
    services: list[dict[str, object]], targets: dict[str, int], whom: str, status: str
) -> None:
    made, put, standard = placed(services), question(whom=whom, status=status), Standard("any", targets)
    whole = readiness(made, put, standard)
    for column in ("low_share", "typical_share", "high_share"):
        assert whole[column].sum() == pytest.approx(1)
    assert whole["hours"].sum() == pytest.approx(80)
    by_country = country_readiness(made, put, standard)
    assert by_country["hours"].groupby("class").sum().to_dict() == pytest.approx(whole["hours"].to_dict())
    parts = sections(made, put, standard).groupby("class")["typical_hours"].sum()
    assert parts.to_dict() == pytest.approx({name: hours for name, hours in whole["hours"].items() if hours > 0})


@settings(max_examples=20, deadline=None)
@given(SERVICES, st.integers(1, 90), st.sampled_from(["", "girl_alone"]))
def test_one_target_agrees_with_the_six_classes_against_its_hours(
    services: list[dict[str, object]], hours: int, whom: str
) -> None:
    """Ready is covered or usual pace by confirmed services; met by listed ones is at least pending, and nothing more is."""
    made, put = placed(services), question(whom=whom, window_hours=hours)
    found = standard_along(made, put, Standard("any", {"clinical_care": hours}))["class"]
    in_time = {
        status: segment_classes(made, put.with_(status=status))["class"].isin(["covered", "usual_pace"])[found.index]
        for status in ("listed", "confirmed")
    }
    assert ((found == "ready") == in_time["confirmed"]).all()
    assert found[in_time["listed"]].isin(["ready", "pending"]).all()


# ---- the shortest list -----------------------------------------------------------------------------------------------


def test_one_place_that_gets_two_capabilities_counts_once() -> None:
    """Nothing stands anywhere: at b both targets of a are met; what lies between b and the border b cannot serve."""
    found = shortest_changes(made_of(), question(), BOTH, "PAN")
    assert found.changes["change"].tolist() == ["open:b:clinical_care.shelter"]
    assert (found.places, found.optimal) == (1, True)
    assert found.changes["typical_hours"].tolist() == pytest.approx([10])
    assert found.left_over["reason"].tolist() == ["beyond_border"] * 2
    assert found.left_over["next_place"].tolist() == ["c", "c"]
    assert found.left_over["from_hours"].tolist() == pytest.approx([10, 10])


def test_ahead_of_the_border_one_place_serves_the_whole_country() -> None:
    found = shortest_changes(made_of(), question(), BOTH, "PAN", ahead=True)
    assert found.changes["change"].tolist() == ["open:c:clinical_care.shelter"]
    assert found.changes["country_iso3"].tolist() == ["CRI"]
    assert found.left_over.empty


def test_only_what_is_missing_is_asked_for() -> None:
    found = shortest_changes(made_of(CARE | {"place_id": "c"}), question(), BOTH, "PAN", ahead=True)
    assert found.changes["change"].tolist() == ["upgrade:care:shelter"]


def test_a_confirmed_service_at_the_place_is_upgraded_and_no_other() -> None:
    talk = {"id": "talk", "place_id": "b", "capabilities": "psychosocial", **SEEN}
    for service, expected in (
        (talk, "upgrade:talk:clinical_care"),
        (talk | UNSEEN, "open:b:clinical_care"),
        (talk | {"capabilities": "", "possible_capabilities": "psychosocial"}, "open:b:clinical_care"),
    ):
        found = shortest_changes(made_of(service), question(), CARE_ALONE, "PAN")
        assert found.changes["change"].tolist() == [expected]


def test_an_upgraded_service_must_admit_her() -> None:
    talk = {"id": "talk", "place_id": "b", "capabilities": "psychosocial", "admits": "girls", **SEEN}
    put = question(whom="girl_alone")
    assert shortest_changes(made_of(talk), put, CARE_ALONE, "PAN").changes["kind"].tolist() == ["upgrade"]
    refusing = made_of(talk | {"admits": "men"})
    assert shortest_changes(refusing, put, CARE_ALONE, "PAN").changes["kind"].tolist() == ["open"]


def test_what_is_listed_is_to_be_confirmed_and_what_opens_soon_awaited() -> None:
    soon = {"id": "soon", "place_id": "d", "capabilities": "shelter", "opened": "2024-09", "last_confirmed": "2024-10"}
    made = made_of(CARE | UNSEEN | {"place_id": "c"}, soon)
    standard = Standard("ours", {"clinical_care": 24, "shelter": 90})
    found = shortest_changes(made, question(), standard, "PAN")
    assert found.places == 0
    rows = list(zip(found.changes["kind"], found.changes["service_id"], found.changes["country_iso3"], strict=True))
    assert rows == [("confirm", "care", "CRI"), ("await", "soon", "CRI")]
    assert found.changes["change"].tolist() == ["", ""]


def test_no_place_near_enough_and_no_known_way_are_told_apart() -> None:
    """Nobody lives between a and b: what lies more than 4 h before b is too far; the border is 5 h before c."""
    short = Standard("ours", {"clinical_care": 4})
    found = shortest_changes(made_of(), question(), short, "PAN").left_over
    assert found["reason"].tolist() == ["too_far", "too_far"]
    assert found["next_place"].tolist() == ["b", "c"]
    assert found["hours"].tolist() == pytest.approx([6, 5], abs=1)
    ended = made_of(legs=[LEGS[0], LEGS[1] | {"until": "2024-03"}, LEGS[2]])
    found = shortest_changes(ended, question(), CARE_ALONE, "PAN").left_over
    assert found["reason"].tolist() == ["way_not_known"]
    assert found["next_place"].tolist() == [""]


def test_a_country_that_is_ready_or_not_on_the_route_needs_nothing() -> None:
    for country, services in (("MEX", ()), ("PAN", (LAST | {"place_id": "c"},))):
        found = shortest_changes(made_of(*services), question(), BOTH, country)
        assert found.changes.empty
        assert found.left_over.empty
        assert (found.places, found.optimal) == (0, True)


def test_what_speaks_against_a_place_is_told_with_it() -> None:
    post = {"id": "post", "place_id": "b", "kind": "border_police", "role": "control", "name": "post"}
    made = corridor(PLACES, LEGS, countries=COUNTRIES, routes=ROUTES, state_presence=[post])
    made = Corridor.of(made.snapshot, frontier())
    assert shortest_changes(made, question(), BOTH, "PAN").changes["harms"].tolist() == ["control_post"]
    assert shortest_changes(made_of(), question(), BOTH, "PAN").changes["harms"].tolist() == [""]


def applied(made: Corridor, changes: pd.DataFrame, as_of: Month) -> Corridor:
    """The corridor with the list carried out: what is opened or upgraded works and is confirmed, what is promised too."""
    services = made.services.copy()
    today = as_of.end.toordinal()
    for number, row in enumerate(changes.to_dict("records")):
        if row["kind"] == "open":
            change = Change.parse(row["change"])
            template = dict.fromkeys(services.columns, "") | {"since": -1, "until": 10**6, "walk_hours": 0.0}
            numbers = dict.fromkeys(services.select_dtypes("float"), np.nan) | {"walk_hours": 0.0}
            new = template | numbers | {"at_place": change.target, "capabilities": ";".join(change.capabilities)}
            new |= {"seen": today, "opened": "2000-01", "admits": "women;girls;boys;men"}
            services.loc[f"new{number}"] = new
        elif row["kind"] == "upgrade":
            words = [services.at[row["service_id"], "capabilities"], row["capabilities"]]
            services.loc[row["service_id"], "capabilities"] = ";".join(words)
        else:
            services.loc[row["service_id"], ["seen", "since"]] = [
                today,
                min(services.at[row["service_id"], "since"], 24000),
            ]
    return made.with_services(services)


def still_unmet(made: Corridor, put: Question, standard: Standard, country: str) -> float:
    """Hours of (segment, target) pairs of the country that are not ready."""
    segments = standard_along(made, put, standard)
    own = segments[segments["country_iso3"] == country]
    return float(sum(own["hours"][own[f"{name}_target"] != "ready"].sum() for name in standard.targets))


@settings(max_examples=15, deadline=None)
@given(SERVICES, TARGETS, st.sampled_from(["PAN", "CRI"]), st.sampled_from(["", "girl_alone"]), st.booleans())
def test_once_the_list_is_carried_out_everything_that_can_be_ready_is(
    services: list[dict[str, object]], targets: dict[str, int], country: str, whom: str, ahead: bool
) -> None:
    made, put, standard = placed(services), question(whom=whom), Standard("any", targets)
    found = shortest_changes(made, put, standard, country, ahead=ahead)
    after = applied(made, found.changes, put.as_of)
    assert still_unmet(after, put, standard, country) == pytest.approx(found.left_over["hours"].sum())


@settings(max_examples=15, deadline=None)
@given(SERVICES, TARGETS, st.sampled_from(["PAN", "CRI"]))
def test_no_shorter_list_of_places_does_it(
    services: list[dict[str, object]], targets: dict[str, int], country: str
) -> None:
    """Every smaller set of places, each with every capability, leaves more unmet than the list does."""
    made, put, standard = placed(services), question(), Standard("any", targets)
    found = shortest_changes(made, put, standard, country, ahead=True)
    relied = found.changes[found.changes["kind"].isin(["confirm", "await"])]
    every = ".".join(standard.targets)
    for chosen in combinations(PLACES, found.places - 1) if found.places else ():
        opened = pd.DataFrame(
            [{"kind": "open", "change": f"open:{place}:{every}"} for place in chosen], columns=["kind", "change"]
        )
        after = applied(made, pd.concat([opened, relied]), put.as_of)
        assert still_unmet(after, put, standard, country) > found.left_over["hours"].sum() + 1e-9


@cache
def reference() -> Corridor:
    return Corridor.of(Snapshot.of(read_reference()))


@pytest.mark.parametrize("country", ["COL", "PAN", "CRI", "HND", "MEX"])
@pytest.mark.parametrize("month", [Month(2024, 2), Month(2024, 4), Month(2025, 1)])
def test_on_the_real_corridor_the_list_makes_ready_what_it_says(country: str, month: Month) -> None:
    made, put = reference(), Question("clinical_care", "northbound", month, route=MAIN)
    found = shortest_changes(made, put, BOTH, country)
    after = applied(made, found.changes, month)
    assert found.optimal
    assert still_unmet(after, put, BOTH, country) == pytest.approx(found.left_over["hours"].sum())


def test_on_the_real_corridor_readiness_agrees_with_the_hours_to_each_service() -> None:
    """An independent reading of clinical care within 24 h: the least hours to any confirmed service, one at a time."""
    made, put = reference(), Question("clinical_care", "northbound", APRIL, route=MAIN)
    services = made.services[
        (made.services["at_place"] != "") & made.services["capabilities"].str.contains("clinical_care")
    ]
    now, end = APRIL.year * 12 + APRIL.month - 1, APRIL.end.toordinal()
    there = services[(services["since"] <= now) & (services["until"] > now) & (services["seen"] > 0)]
    fresh = (end - there["seen"]).between(0, 90) | ((there["seen"] > end) & (there["opened"] != ""))
    hours = hours_to(made, put, there[fresh])[1].min(axis=0)
    found = standard_along(made, put, CARE_ALONE)["class"].to_numpy()
    assert ((found == "ready") == (hours <= 24)).all()
