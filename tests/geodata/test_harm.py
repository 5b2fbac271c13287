"""What near a place speaks against help there: by hand, on the ellipsoid, with every doubt kept."""

from __future__ import annotations

import pandas as pd
import pytest
from corridors import corridor
from pyproj import Geod

from geodata.corridor import Corridor
from geodata.corridor.geodesy import distances_km
from geodata.errors import UnknownName
from geodata.planning.harm import COLUMNS, HARMS, NEAR_KM, harms, unchecked
from geodata.reference import read_reference
from geodata.snapshot import Snapshot
from geodata.units import Month, open_at

APRIL = Month(2024, 4)
#: At 8° N a degree of longitude is 110.26 km: b is 4.4 km from a, c 6.6 km from b.
PLACES = {"a": (-77.0, 8.0), "b": (-76.96, 8.0), "c": (-76.90, 8.0)}
POST = {"id": "X1", "kind": "border_police", "role": "control", "place_id": "a"}


def with_presence(*institutions: dict[str, object], places: list[dict[str, object]] | None = None) -> Corridor:
    more = {"places": places} if places else {}
    return corridor(PLACES, [], state_presence=list(institutions), **more)


def found(made: Corridor, as_of: Month = APRIL, **more: object) -> list[tuple[str, str, str]]:
    table = harms(made, made.places, as_of, **more)
    return list(zip(table.index, table["reason"], table["presence_id"], strict=True))


def test_a_control_post_counts_at_its_place_and_within_5_km_of_it() -> None:
    table = harms(made := with_presence(POST), made.places, APRIL)
    assert list(table.columns) == COLUMNS
    assert table.index.name == "place_id"
    assert found(made) == [("a", "control_post", "X1"), ("b", "control_post", "X1")]
    assert table["distance_km"].tolist() == pytest.approx([0, Geod(ellps="WGS84").inv(-77.0, 8, -76.96, 8)[2] / 1000])
    assert table["near_place"].tolist() == ["a", "a"]
    assert table["doubts"].tolist() == ["", ""]


def test_its_own_point_counts_where_it_stands_at_no_place() -> None:
    post = {**POST, "place_id": "", "lon": -76.93, "lat": 8.0}
    table = harms(made := with_presence(post), made.places, APRIL)
    assert table.index.tolist() == ["b", "c"]
    assert (table["near_place"] == "").all()
    assert table["distance_km"].to_numpy() == pytest.approx(3.308, abs=0.01)


@pytest.mark.parametrize(
    ("kind", "role", "reason"),
    [
        ("migration_post", "control", ["control_post"]),
        ("coast_guard", "control", ["control_post"]),
        ("reception_station", "mixed", ["holding_station"]),
        ("police", "mixed", ["holding_station"]),
        ("consulate", "mixed", []),
        ("prosecutor", "protective", []),
    ],
)
def test_the_reason_follows_from_kind_and_role(kind: str, role: str, reason: list[str]) -> None:
    made = with_presence({"id": "X1", "kind": kind, "role": role, "place_id": "c"})
    assert harms(made, made.places, APRIL)["reason"].tolist() == reason


@pytest.mark.parametrize(
    ("dates", "doubts"),
    [
        ({}, [""]),
        ({"opened": "2024-04"}, [""]),
        ({"opened": "2025-01"}, ["not_listed"]),
        ({"closed": "2024-05"}, [""]),
        ({"closed": "2024-04"}, []),
        ({"opened": "2025-01", "closed": "2025-06"}, []),
        ({"caveat": "undated_page;closing_inferred"}, ["possibly_closed"]),
        ({"caveat": "possibly_closed;seat_not_published_town_assumed"}, ["possibly_closed;place_approximate"]),
        ({"caveat": "announced_never_seen"}, ["never_seen"]),
    ],
)
def test_what_is_listed_or_never_known_to_have_closed_counts_and_its_doubts_stay(
    dates: dict[str, object], doubts: list[str]
) -> None:
    table = harms(made := with_presence({**POST, "place_id": "c", **dates}), made.places, APRIL)
    assert table["doubts"].tolist() == doubts
    assert table["caveat"].tolist() == [dates.get("caveat", "")] * len(doubts)
    assert table["source_id"].tolist() == ["s"] * len(doubts)


def test_a_distance_between_points_that_are_not_exact_is_doubtful_but_standing_at_a_place_is_not() -> None:
    made = with_presence(POST)
    made.places["precision"] = ["about_1km", "exact", "exact"]
    assert harms(made, made.places, APRIL)["doubts"].tolist() == ["", "place_approximate"]


def test_a_place_that_the_planner_marks_counts_for_itself_and_for_those_near_it() -> None:
    made = with_presence(POST)
    assert found(made, unsafe=["b", "b"]) == [
        ("a", "control_post", "X1"),
        ("a", "marked_unsafe", ""),
        ("b", "control_post", "X1"),
        ("b", "marked_unsafe", ""),
    ]
    with pytest.raises(UnknownName, match="no place 'nowhere'"):
        harms(made, made.places, APRIL, unsafe=["nowhere"])


def test_a_planners_own_point_is_held_against_the_same_institutions() -> None:
    made = with_presence(POST)
    own = made.places.iloc[[0]].set_axis(["8.00@-76.99"]).assign(lon=-76.99)
    assert harms(made, own, APRIL)["distance_km"].tolist() == pytest.approx([1.103], abs=0.001)


def test_what_no_source_places_is_counted_per_country_and_flags_nothing() -> None:
    hidden = {"place_id": "", "caveat": "site_not_published"}
    made = with_presence(
        POST | hidden,
        {"id": "X2", "kind": "police", "role": "mixed", **hidden},
        {"id": "X3", "kind": "coast_guard", "role": "control", "country_iso3": "GTM", **hidden},
        {"id": "X4", "kind": "coast_guard", "role": "control", "closed": "2020", **hidden},
    )
    assert harms(made, made.places, APRIL).empty
    assert unchecked(made, APRIL).to_dict("index") == {
        "GTM": {"control_post": 1, "holding_station": 0},
        "PAN": {"control_post": 1, "holding_station": 1},
    }


def test_nothing_to_check_gives_no_rows_and_all_columns() -> None:
    made = corridor(PLACES, [])
    for table in (harms(made, made.places, APRIL), harms(with_presence(POST), made.places.iloc[:0], APRIL)):
        assert table.empty
        assert list(table.columns) == COLUMNS
    assert unchecked(made, APRIL).empty


def test_on_the_reference_every_reason_agrees_with_a_check_one_by_one() -> None:
    made = Corridor.of(Snapshot.of(read_reference()))
    geod, expected = Geod(ellps="WGS84"), set()
    for presence, row in made.state_presence.iterrows():
        asked = row["role"] == "control" or (row["role"] == "mixed" and row["kind"] in ("reception_station", "police"))
        stands = not row["closed"] or open_at(row["opened"], row["closed"], APRIL)
        if not asked or not stands or not row["place_id"]:
            continue
        there = made.places.loc[row["place_id"]]
        for place, own in made.places.iterrows():
            if geod.inv(own["lon"], own["lat"], there["lon"], there["lat"])[2] <= 1000 * NEAR_KM:
                expected.add((place, presence))
    table = harms(made, made.places, APRIL)
    assert set(zip(table.index, table["presence_id"], strict=True)) == expected
    assert ("erm_lajas_blancas", "SP003") in expected
    assert set(table["reason"]) <= set(HARMS)


def test_distances_stand_in_rows_and_columns() -> None:
    points = pd.DataFrame(PLACES).T.to_numpy()
    table = distances_km(points, points[:2])
    assert table.shape == (3, 2)
    assert table[0].tolist() == pytest.approx([0, 4.410], abs=0.001)
    assert distances_km(points, points[:0]).shape == (3, 0)
