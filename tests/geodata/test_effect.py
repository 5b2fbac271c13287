"""What a plan does to a route: a hand-computed plan first, then that the sums hold and agree with the comparison."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from corridors import corridor, leg, records
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.corridor import Corridor
from geodata.coverage import CLASSES, Question, exposure
from geodata.coverage.compare import compare, exposure_change
from geodata.errors import UnknownName
from geodata.planning import Change, Scenario, effects, planned
from geodata.planning.effect import TODAY, TOGETHER
from geodata.snapshot import Snapshot
from geodata.units import PACES, Hours, Month

APRIL = Month(2024, 4)
MAIN_ROUTE = "north_acandi_ciudad_juarez"
#: a → b → c → d northwards, 10 hours each at every pace; 2400 women and girls are counted at a in April.
PLACES = {"a": (-77.0, 8.0), "b": (-77.1, 8.0), "c": (-77.2, 8.0), "d": (-77.3, 8.0)}
LEGS = [leg("a", "b", (10, 10, 10)), leg("b", "c", (10, 10, 10)), leg("c", "d", (10, 10, 10))]
ROUTE = [{"id": "r", "legs": "a>b;b>c;c>d", "counting_point": "a"}]
FLOWS = [
    {"period": "2024-04", "crossing": "a", "direction": "northbound", "total": 4800, "women": 2000, "girls": 400}
    | {"men": 2000, "boys": 400, "female_all_ages": 2400}
]


def made(services: list[dict[str, object]] | None = None) -> Corridor:
    return corridor(PLACES, LEGS, services=services or [{"id": "B", "place_id": "b"}], routes=ROUTE, flows=FLOWS)


def plan(*texts: str) -> Scenario:
    return Scenario("", tuple(map(Change.parse, texts)))


def asked(**more: Any) -> Question:
    return Question("clinical_care", "northbound", APRIL, **({"route": "r", "window_hours": Hours(12)} | more))


def test_a_service_at_the_end_takes_the_hours_before_it_out_of_the_late_ones() -> None:
    """Help at b leaves the last 20 hours without any ahead: 20 × 2400 ÷ 24 = 2000 woman-days.

    Help at d brings its last 12 hours into time and leaves 8 hours out of it, 800 woman-days: 1200 are taken out.
    """
    table = effects(made(), asked(), plan("open:d:clinical_care:::60000"))
    step = 10 / 11 + 1e-9
    assert table.index.tolist() == [TODAY, "1", TOGETHER]
    assert table.loc[TODAY, ["covered_hours", "none_ahead_hours", "longest_hours"]].tolist() == pytest.approx(
        [10, 20, 20]
    )
    assert table.loc[TODAY, ["longest_from_hours", "longest_to_hours"]].tolist() == pytest.approx([10, 30])
    assert table.loc[TODAY, "typical_woman_days"] == pytest.approx(2000)
    assert table.loc["1", "covered_hours"] == pytest.approx(22, abs=step)
    assert table.loc["1", "longest_hours"] == pytest.approx(8, abs=step)
    for pace in PACES:
        assert table.loc["1", f"{pace}_woman_days"] == pytest.approx(800, abs=100 * step)
        assert table.loc["1", f"{pace}_woman_days_taken_out"] == pytest.approx(1200, abs=100 * step)
        assert table.loc["1", f"{pace}_cost_per_woman_day"] == pytest.approx(50, abs=5)
    pd.testing.assert_series_equal(
        table.loc["1"].drop(["kind", "target", "capabilities"]),
        table.loc[TOGETHER].drop(["kind", "target", "capabilities"]),
        check_names=False,
    )


def test_two_that_help_on_the_same_stretch_do_not_add_up() -> None:
    table = effects(made(), asked(), plan("open:d:clinical_care", "open:d:clinical_care"))
    taken_out = table["typical_woman_days_taken_out"]
    assert taken_out["1"] == taken_out["2"] == taken_out[TOGETHER] > 0


def test_a_closing_takes_out_less_than_nothing_and_has_no_cost_per_woman_day() -> None:
    row = effects(made(), asked(), plan("close:B:::::".rstrip(":") + "::::100")).loc["1"]
    assert row["typical_woman_days_taken_out"] == pytest.approx(-1000)
    assert row["cost"] == 100
    assert pd.isna(row["typical_cost_per_woman_day"])


def test_a_cost_that_nobody_said_is_counted_as_missing_and_gives_no_cost_per_woman_day() -> None:
    table = effects(made(), asked(), plan("open:d:clinical_care:::60000", "open:c:clinical_care"))
    assert table.loc[TOGETHER, ["cost", "costs_missing"]].tolist() == [60000, 1]
    assert pd.isna(table.loc["2", "cost"])
    assert pd.isna(table.loc[TOGETHER, "typical_cost_per_woman_day"])
    assert pd.isna(effects(made(), asked(), plan("open:c:shelter")).loc[TOGETHER, "cost"])


def test_where_nobody_counted_the_women_there_are_hours_and_no_woman_days() -> None:
    table = effects(made(), asked().with_(as_of=Month(2024, 5)), plan("open:d:clinical_care"))
    assert table["covered_hours"].notna().all()
    assert table[[column for column in table if "woman_day" in column]].isna().all(axis=None)


def test_without_a_route_the_effect_is_refused() -> None:
    with pytest.raises(UnknownName, match="name it"):
        effects(made(), asked(route=None), plan("open:d:clinical_care"))


def test_services_of_a_plan_are_listed_with_what_becomes_of_them() -> None:
    own = made([{"id": "B", "place_id": "b"}, {"id": "C", "place_id": "c"}])
    then = planned(own, plan("close:B", "open:d:clinical_care:2024-03", "suspend:C::2023-01:2024-01"))
    listed = compare(own, asked(), asked(), then).services
    assert listed["change"].to_dict() == {"B": "closed", "C": "unchanged", "plan-2": "opened"}
    assert listed.loc["plan-2", ["state_before", "state_after", "where"]].tolist() == ["", "confirmed", "route"]
    still = compare(own, asked(), asked().with_(as_of=Month(2024, 5)), then).services
    assert still["change"].to_dict() == listed["change"].to_dict()


def test_an_upgrade_is_a_service_that_opens_for_what_it_can_do_from_then_on() -> None:
    own = made([{"id": "LAW", "place_id": "b", "capabilities": "legal_aid"}])
    then = planned(own, plan("upgrade:LAW:clinical_care"))
    assert compare(own, asked(), asked(), then).services["change"].to_dict() == {"LAW": "opened"}


# ---- the reference ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def reference() -> Corridor:
    return Corridor.of(Snapshot.of(records()))


def test_the_clinic_of_bajo_chiquito_back_in_april_2024_takes_the_hours_out_that_its_closing_cost(
    reference: Corridor,
) -> None:
    put = Question("clinical_care", "northbound", APRIL, route=MAIN_ROUTE)
    february = compare(reference, put.with_(as_of=Month(2024, 2)), put).class_hours
    table = effects(reference, put, plan("open:bajo_chiquito:clinical_care:2024-03"))
    assert table.loc["1", "fast_only_hours"] == pytest.approx(february.loc["fast_only", "hours_before"])
    assert table.loc["1", "typical_woman_days_taken_out"] > 8000


@settings(max_examples=15)
@given(st.data())
def test_effects_agree_with_the_comparison_and_with_the_exposure(reference: Corridor, data: st.DataObject) -> None:
    months = st.builds(Month, st.integers(2022, 2024), st.integers(1, 12))
    put = Question("clinical_care", "northbound", data.draw(months), route=MAIN_ROUTE)
    place = data.draw(st.sampled_from(reference.places.index.tolist()))
    service = data.draw(st.sampled_from(reference.services.index.tolist()))
    scenario = plan(f"open:{place}:clinical_care", f"close:{service}")
    then = planned(reference, scenario)
    table = effects(reference, put, scenario)
    change, days = compare(reference, put, put, then), exposure_change(reference, put, put, then)
    for row, side in ((TODAY, "before"), (TOGETHER, "after")):
        found = table.loc[row, [f"{name}_hours" for name in CLASSES]].tolist()
        assert found == pytest.approx(change.class_hours[f"hours_{side}"].tolist())
        own = [table.loc[row, f"{pace}_woman_days"] for pace in PACES]
        assert own == pytest.approx([days.loc["exposed", f"{pace}_woman_days_{side}"] for pace in PACES], nan_ok=True)
    assert exposure(then, put).woman_days.typical == pytest.approx(
        table.loc[TOGETHER, "typical_woman_days"], nan_ok=True
    )
