"""Border hand-over: by hand on a small corridor with frontiers, sums and mirror images, and on the reference."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from corridors import records
from frontiers import (
    APRIL,
    AT_BOTH_ENDS,
    MIRROR,
    MIRROR_LEGS,
    POLICE,
    asks,
    both_ways,
    mirror,
    presence_profile,
    state_corridor,
)
from test_state_classes import random_state

from geodata.corridor import Corridor
from geodata.coverage import Profile, Question, handovers, late_parts, profile
from geodata.coverage.handover import AMOUNTS, LATE_CLASSES
from geodata.snapshot import Snapshot
from geodata.units import Hours

HOURS = ["low_hours", "typical_hours", "high_hours"]


def side(row: pd.Series, name: str) -> list[float]:
    return [round(float(row[f"{name}_{column}"]), 9) for column in HOURS]


def only(made: Corridor, window: float = 10.6, route: str = "north") -> pd.Series:
    rows = handovers(made, presence_profile(made, asks(window, route=route)))
    assert len(rows) == 1
    return rows.iloc[0]


def test_a_gap_over_a_frontier_is_cut_there_with_the_hours_worked_out_by_hand() -> None:
    # In time at the usual pace from share 0.3 of b – c on: late are a – b (4 h), the 10 h up to the frontier, and 4 h more.
    made = mirror(*POLICE)
    row = only(made)
    assert row[["from_country", "to_country", "before_class", "after_class"]].tolist() == [
        "COL",
        "PAN",
        "fast_only",
        "fast_only",
    ]
    assert side(row, "before") == [7.0, 14.0, 28.0]
    assert side(row, "after") == [2.0, 4.0, 8.0]
    assert side(row, "sea") == [0.0, 0.0, 0.0]
    lengths = made.legs["length_km"]
    assert row["before_km"] == pytest.approx(lengths["a>b"] + lengths["b>c"] / 2, rel=1e-6)
    assert row["after_km"] == pytest.approx(lengths["b>c"] / 5, rel=1e-6)
    assert row["at_hours"] == pytest.approx(14.0, abs=1e-9)
    assert row["at_km"] == pytest.approx(lengths["a>b"] + lengths["b>c"] / 2, rel=1e-6)


def test_it_names_the_institution_behind_and_the_one_ahead_with_state_hours_and_caveats() -> None:
    row = only(mirror(*POLICE))
    behind = row[["behind_service", "behind_place", "behind_country", "behind_caveat"]].tolist()
    assert behind == ["P1", "a", "COL", "opening_not_published"]
    assert row[["ahead_service", "ahead_place", "ahead_country", "ahead_caveat"]].tolist() == ["P2", "d", "PAN", ""]
    assert side(row, "ahead") == [7.0, 14.0, 28.0]  # half of b – c and c – d


def test_the_other_way_the_two_states_change_sides() -> None:
    made = mirror(*POLICE)
    north, south = only(made), only(made, route="south")
    assert (south["from_country"], south["to_country"]) == (north["to_country"], north["from_country"])
    for name in ("before", "after", "ahead"):
        assert side(south, name) == pytest.approx(side(north, name))
    assert south["before_km"] == pytest.approx(north["before_km"], rel=1e-6)
    assert south["after_km"] == pytest.approx(north["after_km"], rel=1e-6)
    assert (south["behind_service"], south["ahead_service"]) == ("P2", "P1")


def test_a_stretch_that_touches_no_frontier_stands_in_its_one_state() -> None:
    made = mirror({"id": "P3", "place_id": "b", "country_iso3": "COL"}, {"id": "P4", "place_id": "c"})
    # Within 3.5 h: each short leg is late for its first hour, the long one up to 3 h before its end.
    rows = handovers(made, presence_profile(made, asks(3.5)))
    assert rows["from_country"].tolist() == ["COL", "COL", "PAN"]
    assert rows["to_country"].tolist() == ["", "PAN", ""]
    assert side(rows.iloc[0], "before") == [0.5, 1.0, 2.0]
    alone = rows.iloc[[0, 2]]
    assert alone[["at_km", "at_hours", *(f"after_{name}" for name in AMOUNTS)]].isna().all(axis=None)
    assert alone["after_class"].tolist() == ["", ""]
    assert rows["behind_service"].tolist() == ["P1", "P3", "P4"]
    assert rows["ahead_service"].tolist() == ["P3", "P4", "P2"]


def test_a_stretch_that_only_comes_up_to_the_frontier_has_nothing_late_on_the_other_side() -> None:
    # Usual 4 + 20 f: within 13.5 h from share 0.45 on, so that the last late hour is the one after the frontier;
    # within 14.5 h from share 0.5 on, the frontier itself.
    row = only(mirror(), 14.5)
    assert side(row, "before")[1] == 14.0
    assert (row["after_km"], row["after_class"]) == (0.0, "usual_pace")
    assert side(row, "after") == [0.0, 0.0, 0.0]
    assert side(only(mirror(), 13.5), "after")[1] == 1.0


def test_a_stretch_that_begins_at_the_frontier_has_nothing_late_before_it() -> None:
    places = {"a": ("COL", -77.07), "b": ("COL", -77.0400001), "c": ("PAN", -77.01)}
    legs = [both_ways("a", "b", (1, 1, 1)), both_ways("b", "c", (5, 5, 5))]
    made = state_corridor(places, legs, [{"id": "P1", "place_id": "b", "country_iso3": "COL"}])
    row = only(made)
    assert (row["from_country"], row["to_country"]) == ("COL", "PAN")
    assert (row["before_class"], row["before_km"]) == ("covered", 0.0)
    assert side(row, "after") == pytest.approx([5.0, 5.0, 5.0])
    assert np.isnan(row["ahead_typical_hours"])


def test_water_between_two_states_is_counted_apart_and_in_neither() -> None:
    # d – e: a quarter in PAN, half at sea, a quarter in CRI; 12 h, a segment an hour. Nothing protects anywhere.
    places = {"d": ("PAN", -76.98), "e": ("CRI", -76.90)}
    made = state_corridor(places, [both_ways("d", "e", (6, 12, 24))], [])
    row = only(made)
    assert (row["from_country"], row["to_country"]) == ("PAN", "CRI")
    assert [side(row, name)[1] for name in ("before", "sea", "after")] == pytest.approx([3.0, 6.0, 3.0], rel=1e-5)
    assert row["at_hours"] == pytest.approx(9.0, rel=1e-5)  # where she comes ashore
    parts = late_parts(presence_profile(made, asks()))
    assert parts["country_iso3"].tolist() == ["PAN", "", "CRI"]


def test_a_line_that_leaves_a_state_for_the_sea_and_comes_back_crosses_no_frontier() -> None:
    places = {"d": ("PAN", -76.98), "s": ("CRI", -76.94), "e": ("PAN", -76.97)}
    made = state_corridor(places, [both_ways("d", "s", (1, 2, 4)), both_ways("s", "e", (1, 2, 4))], [])
    row = only(made)  # s itself lies in the water, and in no box
    assert (row["from_country"], row["to_country"]) == ("PAN", "")
    assert side(row, "before")[1] + side(row, "sea")[1] == pytest.approx(4.0)
    assert side(row, "sea")[1] > 0


def test_a_state_crossed_whole_stands_after_one_frontier_and_before_the_next() -> None:
    places = {"a": ("COL", -77.05), "c": ("PAN", -77.01), "d": ("PAN", -76.97), "e": ("CRI", -76.91)}
    legs = [both_ways("a", "c", (1, 2, 3)), both_ways("c", "d", (1, 2, 3)), both_ways("d", "e", (1, 2, 3))]
    rows = handovers(made := state_corridor(places, legs, []), presence_profile(made, asks()))
    assert rows[["from_country", "to_country"]].to_numpy().tolist() == [["COL", "PAN"], ["PAN", "CRI"]]
    assert rows["stretch"].tolist() == [0, 0]
    assert rows["after_km"].iloc[0] == rows["before_km"].iloc[1]
    assert late_parts(presence_profile(made, asks()))["country_iso3"].tolist() == ["COL", "PAN", "", "CRI"]


def test_without_a_late_stretch_there_is_no_row() -> None:
    made = mirror()
    assert len(handovers(made, presence_profile(made, asks(100)))) == 0
    assert len(late_parts(presence_profile(made, asks(100)))) == 0


def test_unknown_is_not_late() -> None:
    ended = [*MIRROR_LEGS[:2], MIRROR_LEGS[2] | {"until": "2024-04"}]
    made = state_corridor(MIRROR, ended, AT_BOTH_ENDS)
    assert len(handovers(made, presence_profile(made, asks()))) == 0


@pytest.mark.parametrize("seed", range(60))
@pytest.mark.parametrize("window", [1.5, 4.0, 9.0])
def test_the_rows_add_up_to_the_late_runs_of_the_profile(seed: int, window: float) -> None:
    made = random_state(seed)
    for route in ("north", "south"):
        found = presence_profile(made, asks(window, route=route))
        check_sums(made, found)


def check_sums(made: Corridor, found: Profile) -> None:
    """Parts add up to the late classes, rows to the parts, and rows are where a walk along the runs finds frontiers."""
    parts, rows = late_parts(found), handovers(made, found)
    late = [name for name in LATE_CLASSES if name in found.hours.index]
    assert parts["km"].sum() == pytest.approx(found.lengths_km[late].sum(), rel=1e-9, abs=1e-9)
    assert parts["typical_hours"].sum() == pytest.approx(found.hours[late].sum(), rel=1e-9, abs=1e-9)
    assert set(rows["stretch"]) == set(parts["stretch"])
    assert rows["stretch"].is_monotonic_increasing
    for stretch, its in rows.groupby("stretch"):
        own = parts[parts["stretch"] == stretch]
        ashore = own[own["country_iso3"] != ""]
        for amount in AMOUNTS:
            # Each State once: before the first frontier, and after each.
            total = its[f"before_{amount}"].iloc[0] + its[f"after_{amount}"].fillna(0.0).sum()
            assert total == pytest.approx(ashore[amount].sum(), rel=1e-9, abs=1e-9)
            assert its[f"before_{amount}"].iloc[1:].tolist() == its[f"after_{amount}"].iloc[:-1].tolist()
    assert crossings(rows) == walked(found)


def crossings(rows: pd.DataFrame) -> set[tuple[str, str]]:
    crossed = rows[rows["at_km"].notna()]
    return set(zip(crossed["from_country"], crossed["to_country"], strict=True))


def walked(found: Profile) -> set[tuple[str, str]]:
    """The frontiers that late runs cross or touch, by walking along the runs one after the other."""
    pairs, state, late_since = set(), "", False
    for run in found.runs.to_dict("records"):
        late = run["class"] in LATE_CLASSES
        if run["country_iso3"] == "":
            late_since = late_since or late
        else:
            if state not in ("", run["country_iso3"]) and (late_since or late):
                pairs.add((state, run["country_iso3"]))
            state, late_since = run["country_iso3"], late
    return pairs


@pytest.fixture(scope="module")
def reference() -> Corridor:
    return Corridor.of(Snapshot.of(records()))


@pytest.mark.parametrize("window", [12.0, 24.0, 72.0])
def test_on_the_reference_every_route_adds_up_for_the_state_and_for_care(reference: Corridor, window: float) -> None:
    for route, row in reference.routes.iterrows():
        for capability in ("clinical_care", "shelter"):
            put = Question(capability, row["direction"], APRIL, Hours(window), route=str(route))
            found = profile(reference, put)
            late_parts_km = late_parts(found)["km"].sum()
            late = [name for name in LATE_CLASSES if name in found.lengths_km.index]
            assert late_parts_km == pytest.approx(found.lengths_km[late].sum(), rel=1e-9, abs=1e-9)
        if not str(route).startswith("north_san_andres"):  # begins at sea, where the walk above has no State to leave
            check_sums(reference, presence_profile(reference, put.with_(capability="state:protective")))


def test_in_the_darien_the_gap_is_handed_from_colombia_to_panama_at_the_ridge(reference: Corridor) -> None:
    put = Question("state:protective", "northbound", APRIL, Hours(24), route="north_acandi_ciudad_juarez")
    row = handovers(reference, presence_profile(reference, put)).iloc[0]
    assert (row["from_country"], row["to_country"]) == ("COL", "PAN")
    assert (row["behind_place"], row["ahead_place"]) == ("acandi", "bajo_chiquito")
    # From Acandí by motorcycle 0.75 h and on foot towards the ridge; past it 60 h through the forest and 3 h by canoe.
    assert 7 < row["before_typical_hours"] < 9.5
    assert 63 < row["ahead_typical_hours"] < 65
    assert row["after_high_hours"] > 3 * row["after_typical_hours"]


def test_a_route_that_begins_at_sea_leaves_no_state_behind(reference: Corridor) -> None:
    put = Question("state:protective", "northbound", APRIL, Hours(4), route="north_san_andres_tijuana")
    row = handovers(reference, presence_profile(reference, put)).iloc[0]
    assert (row["from_country"], row["to_country"]) == ("", "NIC")
    assert row["before_km"] == 0.0
    assert row["sea_km"] > 100
