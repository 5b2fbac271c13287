"""Each service closed in turn: by hand, then that nothing is ever gained by it, then against corridors built anew."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd
import pytest
from closing import AT_B, AT_C, asked, made
from corridors import leg
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.corridor import Corridor
from geodata.coverage import CLASSES, Question, exposure, hours_ahead, segment_classes
from geodata.coverage.exposure import EXPOSED
from geodata.coverage.profile import codes_along
from geodata.coverage.spent import class_amounts
from geodata.errors import UnknownName
from geodata.planning.closures import closures, without
from geodata.planning.lost import reading
from geodata.reference import read_reference
from geodata.snapshot import Snapshot
from geodata.units import PACES, Month


def added(table: pd.DataFrame, name: str, unit: str = "hours") -> list[float]:
    return [table.at[name, f"added_{pace}_{unit}"] for pace in PACES]


def test_what_a_closing_adds_is_worked_out_by_hand() -> None:
    """Care at b and c, window 15.6 h; r is the share of the leg that is left where she enters a piece.

    a to b: low 10r, typical 20r, high 40r. Typical out where r > 0.78: 5 pieces of 1 h; high where r > 0.39: 13 of 2 h.
    Without b: low 6 + 10r, typical 12 + 20r, high 30 + 40r: low out in 1 piece of 0.5 h, typical in 17, high in all 20.
    Without c: b to c and c to d have none ahead; before, of b to c the first 6 pieces of 2.5 h are out at high pace.
    """
    table = closures(made(AT_B, AT_C), asked())
    assert table.index.tolist() == ["C", "B"]  # both add 12 h; at high pace c adds more
    assert added(table, "B") == pytest.approx([0.5, 12, 14])
    assert added(table, "C") == pytest.approx([6, 12, 15])
    assert added(table, "B", "woman_days") == pytest.approx([5, 120, 140])
    assert table["added_unknown_hours"].tolist() == [0, 0]
    assert table["backed_by"].tolist() == ["", ""]
    assert table["country_iso3"].tolist() == ["PAN", "PAN"]
    assert table["services"].tolist() == ["C", "B"]


def test_the_longest_stretch_it_leaves_is_told_with_what_of_it_was_out_of_time_before() -> None:
    table = closures(whole := made(AT_B, AT_C), asked())
    figures = ["stretch_hours", "stretch_hours_before", "from_place", "to_place"]
    assert table.loc["B", figures].tolist() == [pytest.approx(17), pytest.approx(5), "a", "b"]
    assert table.loc["C", figures].tolist() == [pytest.approx(22), pytest.approx(10), "b", "d"]
    assert table.at["B", "stretch_km"] == pytest.approx(whole.legs.at["a>b", "length_km"] * 17 / 20)
    assert table.at["C", "stretch_km_before"] == pytest.approx(whole.legs.at["c>d", "length_km"])


def test_the_hours_just_before_it_and_who_is_next() -> None:
    table = closures(made(AT_B, AT_C), asked())
    sides = [f"{pace}_hours_{side}" for side in ("before", "after") for pace in PACES]
    assert table.loc["B", sides].tolist() == pytest.approx([0.5, 1, 2, 6.5, 13, 32])
    assert table.loc["C", sides].tolist() == pytest.approx([0.5, 1, 2.5, *[np.nan] * 3], nan_ok=True)
    following = ["next_service", "next_place", *(f"next_{pace}_hours" for pace in PACES), "next_unknown"]
    assert table.loc["B", following].tolist() == ["C", "c", 6, 12, 30, False]
    assert table.loc["C", following].tolist()[:2] == ["", ""]
    assert table.loc["C", "next_typical_hours":"next_high_hours"].isna().all()


def test_of_two_services_at_a_place_either_stands_in_but_both_together_do_not() -> None:
    whole = made(AT_B, {"id": "B2", "place_id": "b"}, AT_C)
    table = closures(whole, asked())
    assert added(table, "B") == added(table, "B2") == [0, 0, 0]
    assert table.loc[["B", "B2"], "backed_by"].tolist() == ["B2", "B"]
    assert table.loc["B", ["stretch_hours", "from_place", "next_service", "next_typical_hours"]].tolist() == [
        *(0, "", "B2", 0)
    ]
    together = closures(whole, asked(), "place")
    assert together.index.name == "place_id"
    assert together.at["b", "services"] == "B;B2"
    assert added(together, "b") == pytest.approx([0.5, 12, 14])
    assert together.at["b", "backed_by"] == ""


def test_near_the_route_is_at_most_two_hours_off_it_and_the_stop_that_leads_there_counts() -> None:
    table = closures(made({"id": "X", "place_id": "x"}, {"id": "Y", "place_id": "y"}), asked())
    assert table.index.tolist() == ["X"]
    assert table.loc["X", ["at_place", "reached_from", "typical_hours_before"]].tolist() == ["x", "c", pytest.approx(2)]
    assert table.at["X", "next_service"] == ""
    assert np.isnan(table.at["X", "typical_hours_after"])


def test_at_the_start_of_the_route_there_is_no_just_before_it() -> None:
    table = closures(made({"id": "A", "place_id": "a"}, AT_B), asked())
    assert table.at["A", "reached_from"] == "a"
    assert table.loc["A", "low_hours_before":"high_hours_after"].isna().all()
    assert table.at["A", "next_service"] == "B"


def test_without_a_known_count_woman_days_are_unknown_and_hours_are_not() -> None:
    table = closures(made(AT_B, AT_C), asked(route="q"))
    assert np.isnan(added(table, "B", "woman_days")).all()
    assert added(table, "B") == pytest.approx([0.5, 12, 14])


def test_on_the_network_there_are_km_and_no_hours_of_a_journey() -> None:
    whole = made(AT_B, AT_C)
    table = closures(whole, asked(route=None))
    assert np.isnan(added(table, "B")).all()
    assert table.at["B", "added_typical_km"] == pytest.approx(whole.legs.at["a>b", "length_km"] * 12 / 20)
    assert table.at["B", "next_service"] == "C"
    assert table.at["B", "from_place"] == ""
    assert table.index[0] == max(table.index, key=lambda name: table.at[name, "added_typical_km"])


def test_what_a_possible_service_might_cover_goes_from_late_to_unknown_and_nothing_is_taken_off() -> None:
    """A possible one at c: without the one at b, a to b is in time only with it; what was late of it is now unknown."""
    hoped = {"id": "P", "place_id": "c", "capabilities": "", "possible_capabilities": "clinical_care"}
    whole = made(AT_B, hoped)
    table = closures(whole, asked())
    change = exposure(without(whole, ["B"]), asked()).woman_days.typical - exposure(whole, asked()).woman_days.typical
    assert change < 0
    assert added(table, "B")[:2] == pytest.approx([0.5, 0])  # of the first piece even the quick are late now
    assert table.at["B", "added_unknown_hours"] == pytest.approx(19)


def test_what_is_no_longer_known_decides_where_no_hours_do() -> None:
    """B and what may be at c: without B, a to b is not known; A, at the start, changes nothing and comes after it."""
    hoped = {"id": "P", "place_id": "c", "capabilities": "", "possible_capabilities": "clinical_care"}
    table = closures(made({"id": "A", "place_id": "a"}, AT_B, hoped), asked(100))
    assert table["added_high_hours"].tolist() == [0, 0]
    assert table.index.tolist() == ["B", "A"]
    assert table["added_unknown_hours"].tolist() == pytest.approx([20, 0])


def test_none_that_answers_gives_no_rows_and_all_columns() -> None:
    empty, full = closures(made(), asked()), closures(made(AT_B), asked())
    assert empty.empty
    assert empty.columns.tolist() == full.columns.tolist()
    assert empty.index.name == full.index.name == "service_id"


def test_institutions_and_strange_groups_are_refused() -> None:
    for question, by in ((asked().with_(capability="state:protective"), "service"), (asked(), "country")):
        with pytest.raises(UnknownName, match="Closures are of services"):
            closures(made(AT_B), question, by)
    with pytest.raises(UnknownName, match="no route"):
        closures(made(AT_B), asked(route="nowhere"))


HOURS = st.tuples(*[st.floats(0.3, 15)] * 3).map(lambda drawn: tuple(sorted(drawn)))
SITES = st.lists(
    st.tuples(st.sampled_from("abcd"), st.sampled_from(["clinical_care", "possible"])), max_size=5, unique=False
)


@settings(max_examples=15)
@given(st.tuples(HOURS, HOURS, HOURS), SITES, st.sampled_from([None, 0, 1, 2]), st.floats(1, 40))
def test_nothing_is_gained_by_a_closing_and_exposure_differs_by_what_was_late_and_is_now_unknown(
    hours: list[tuple[float, ...]], sites: list[tuple[str, str]], ended: int | None, window: float
) -> None:
    legs = [
        leg(start, end, own, **({"until": "2023-01"} if number == ended else {}))
        for number, (start, end, own) in enumerate(zip("abc", "bcd", hours, strict=True))
    ]
    hoped = {"capabilities": "", "possible_capabilities": "clinical_care"}
    services = [
        {"id": f"S{number}", "place_id": place, **(hoped if kind == "possible" else {})}
        for number, (place, kind) in enumerate(sites)
    ]
    whole, question = made(*services, legs=legs), asked(window)
    table, by_place = closures(whole, question), closures(whole, question, "place")
    assert (table.filter(like="added_").to_numpy() >= 0).all()
    assert set(table.index) == {f"S{number}" for number, (_, kind) in enumerate(sites) if kind != "possible"}
    before = class_amounts(whole, question).sum(axis=1)
    for name, row in table.iterrows():
        after = class_amounts(without(whole, [name]), question).sum(axis=1)
        now_unknown = reading(without(whole, [name]), question).codes == CLASSES.index("unknown")
        for number, pace in enumerate(PACES):
            classes = [CLASSES.index(one) for one in EXPOSED[pace]]
            taken_off = own_hours(whole, question)[number][reading(whole, question).out[number] & now_unknown].sum()
            change = (after - before)[number, classes].sum()
            assert row[f"added_{pace}_hours"] - taken_off == pytest.approx(change, abs=1e-9)
        assert row["stretch_hours"] >= row["stretch_hours_before"]
        figures = ["added_typical_hours", "added_unknown_hours"]
        assert by_place.loc[row["at_place"], figures].sum() + 1e-9 >= row[figures].sum()


def own_hours(whole: Corridor, question: Question) -> np.ndarray:
    """A segment's own hours, from the tables: its share of its leg's."""
    segments = segment_classes(whole, question)
    legs = whole.legs.loc[segments["leg_id"]]
    share = ((segments["to_km"] - segments["from_km"]) / legs["length_km"].to_numpy()).to_numpy()
    return legs[["hours_low", "hours_typical", "hours_high"]].to_numpy().T * share


@cache
def the_corridor() -> Corridor:
    return Corridor.of(Snapshot.of(read_reference()))


@pytest.mark.parametrize("month", ["2022-10", "2024-02", "2024-04", "2025-01"])
@pytest.mark.parametrize("status", ["listed", "confirmed"])
def test_a_reading_has_the_classes_and_hours_of_the_tables(month: str, status: str) -> None:
    corridor = the_corridor()
    for route in ("north_acandi_tijuana", "south_miramar", None):
        direction = "southbound" if route == "south_miramar" else "northbound"
        question = Question("clinical_care", direction, Month.parse(month), status=status, route=route)
        found = reading(corridor, question)
        table = segment_classes(corridor, question)
        if route:
            assert found.codes.tolist() == codes_along(corridor, question)[0].tolist()
            assert sorted(np.array(CLASSES)[found.codes]) == sorted(table["class"])
        else:
            assert np.array(CLASSES)[found.codes].tolist() == table["class"].tolist()
            told = np.where(np.isfinite(found.hours[1]), found.hours[1], np.nan)
            assert told == pytest.approx(table["typical_hours"].to_numpy(), nan_ok=True)


@pytest.mark.parametrize(("month", "capability"), [("2024-04", "clinical_care")])
def test_the_reference_without_a_service_built_anew_says_the_same(month: str, capability: str) -> None:
    question = Question(capability, "northbound", Month.parse(month), route="north_acandi_tijuana")
    whole = the_corridor()
    table = closures(whole, question)
    assert len(table) > 5
    for name in table.index[:3]:
        tables = read_reference()
        services = tables["services"]
        anew = Corridor.of(Snapshot.of(tables | {"services": services[services["id"] != name].reset_index(drop=True)}))
        was, now = exposure(whole, question), exposure(anew, question)
        for pace in PACES:
            change = getattr(now.woman_days, pace) - getattr(was.woman_days, pace)
            assert table.at[name, f"added_{pace}_woman_days"] == pytest.approx(change, abs=1e-6)
        following = hours_ahead(anew, question).places.loc[table.at[name, "reached_from"]]
        assert table.at[name, "next_service"] == following["next_service"]
        assert table.at[name, "next_typical_hours"] == pytest.approx(following["typical_hours"], nan_ok=True)
