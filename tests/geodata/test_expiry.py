"""The calendar of cover: each event in its month, read cautiously, with what hangs on it."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from closing import AT_C, asked, made
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.corridor import Corridor
from geodata.coverage.presence import confirmed_mask, open_mask
from geodata.errors import UnknownName
from geodata.planning.expiry import COLUMNS, EVENTS, expiring, year_after
from geodata.reference import read_reference
from geodata.snapshot import Snapshot
from geodata.units import Month, closing_month, months_of, opening_month

YEAR = months_of("2024-01/2024-12")


def told(whole: Corridor, **more: object) -> list[tuple[str, str, str, str]]:
    table = expiring(whole, asked(**more), YEAR)
    return list(table[["month", "event", "service_id", "date"]].itertuples(index=False, name=None))


@pytest.mark.parametrize(
    ("dates", "events"),
    [
        ({}, []),
        ({"closed": "2024-03-04"}, [("2024-03", "closes", "2024-03-04")]),
        ({"closed": "2024"}, [("2024-01", "closes", "2024")]),
        ({"opened": "2024"}, [("2024-12", "opens", "2024")]),
        (
            {"opened": "2024-02", "closed": "2024-06"},
            [("2024-02", "opens", "2024-02"), ("2024-06", "closes", "2024-06")],
        ),
        ({"opened": "2024-02", "closed": "2024-02"}, []),
        ({"closed": "2023-12"}, []),
        # 31 January to 30 April is 90 days: it is confirmed to the end of April
        ({"last_confirmed": "2024-01"}, [("2024-05", "goes_unconfirmed", "2024-01")]),
        ({"opened": "2023-01", "last_confirmed": "2024-01-15"}, [("2024-05", "goes_unconfirmed", "2024-01-15")]),
        # 29 February to 31 May is 92 days
        ({"last_confirmed": "2024-02"}, [("2024-05", "goes_unconfirmed", "2024-02")]),
        # closed first: there is nothing left to confirm
        ({"last_confirmed": "2024-01", "closed": "2024-03"}, [("2024-03", "closes", "2024-03")]),
    ],
)
def test_each_event_stands_in_its_month(dates: dict[str, object], events: list[tuple[str, str, str]]) -> None:
    found = told(made({"id": "B", "place_id": "b", **dates}))
    assert [(month, event, date) for month, event, _, date in found] == events


def test_what_hangs_on_a_closing_is_what_would_be_in_time_had_it_stayed() -> None:
    """As in the closures: 12 h of a to b, for which c is too far; woman-days play no part."""
    table = expiring(made({"id": "B", "place_id": "b", "closed": "2024-03"}, AT_C), asked(), YEAR)
    assert table["hours_at_stake"].tolist() == [pytest.approx(12)]
    assert table["unknown_hours_at_stake"].tolist() == [0]
    assert table["status"].tolist() == ["listed"]


def test_what_closes_together_each_would_have_held_and_what_is_backed_holds_nothing() -> None:
    both = [{"id": name, "place_id": "b", "closed": "2024-03"} for name in ("B", "B2")]
    assert expiring(made(*both, AT_C), asked(), YEAR)["hours_at_stake"].tolist() == pytest.approx([12, 12])
    stays = {"id": "B2", "place_id": "b"}
    assert expiring(made(both[0], stays, AT_C), asked(), YEAR)["hours_at_stake"].tolist() == [0]


def test_an_opening_brings_what_would_be_out_of_time_without_it() -> None:
    table = expiring(made({"id": "B", "place_id": "b", "opened": "2024-03"}, AT_C), asked(), YEAR)
    assert table["hours_at_stake"].tolist() == [pytest.approx(12)]


def test_a_stale_confirmation_is_read_among_confirmed_services_alone() -> None:
    """Nobody else is confirmed, and the listed ones may be there all the same: what is lost is known no longer."""
    seen = {"id": "B", "place_id": "b", "last_confirmed": "2024-01", "confirmed_source_id": "later"}
    table = expiring(made(seen, AT_C), asked(), YEAR)
    assert table[["event", "status", "source_id"]].to_numpy().tolist() == [["goes_unconfirmed", "confirmed", "later"]]
    assert table["hours_at_stake"].tolist() == [0]
    assert table["unknown_hours_at_stake"].tolist() == [pytest.approx(20)]


def test_off_the_route_and_other_help_is_not_told_and_the_network_knows_km_alone() -> None:
    ends = {"closed": "2024-03"}
    whole = made(
        {"id": "Y", "place_id": "y", **ends},
        {"id": "L", "place_id": "b", "capabilities": "legal_aid", **ends},
        {"id": "H", "place_id": "b", "capabilities": "", "possible_capabilities": "clinical_care", **ends},
    )
    assert told(whole) == []
    table = expiring(whole, asked(route=None), YEAR)
    assert table["service_id"].tolist() == ["Y"]
    assert np.isnan(table["hours_at_stake"]).all()
    assert table["km_at_stake"].iloc[0] > 0


def test_for_somebody_only_help_known_to_admit_her_is_in_the_calendar() -> None:
    whole = made(
        {"id": "B", "place_id": "b", "closed": "2024-03", "admits": "men"},
        {"id": "C", "place_id": "c", "closed": "2024-04", "admits": "women"},
    )
    assert [service for _, _, service, _ in told(whole, whom="woman")] == ["C"]


def test_nothing_that_happens_has_no_rows_and_all_columns() -> None:
    table = expiring(made(), asked(), YEAR)
    assert table.empty
    assert table.columns.tolist() == COLUMNS
    assert expiring(made(AT_C), asked(), []).empty


def test_institutions_and_what_is_not_there_are_refused() -> None:
    with pytest.raises(UnknownName, match="of services"):
        expiring(made(), asked().with_(capability="state:mixed"), YEAR)
    with pytest.raises(UnknownName, match="not one of"):
        expiring(made(), asked().with_(capability="magic"), YEAR)


def test_the_year_after_a_month_begins_with_the_next() -> None:
    assert [str(month) for month in (*year_after(Month(2024, 2))[:1], *year_after(Month(2024, 2))[-1:])] == [
        *("2024-03", "2025-02")
    ]


@cache
def the_corridor() -> Corridor:
    return Corridor.of(Snapshot.of(read_reference()))


@settings(max_examples=4)
@given(st.integers(2021 * 12, 2025 * 12 + 5), st.sampled_from(["clinical_care", "shelter", "channel"]))
def test_on_the_reference_every_event_is_seen_in_the_published_dates(start: int, capability: str) -> None:
    whole, month = the_corridor(), Month(start // 12, start % 12 + 1)
    question = asked(72, "north_acandi_tijuana").with_(capability=capability)
    table = expiring(whole, question, year_after(month))
    assert (table[["hours_at_stake", "unknown_hours_at_stake", "km_at_stake"]].to_numpy() >= 0).all()
    assert set(table["event"]) <= set(EVENTS)
    for row in table.to_dict("records"):
        service = whole.services.loc[[row["service_id"]]]
        now = Month.parse(row["month"])
        if row["event"] == "closes":
            assert closing_month(row["date"]) == now
        elif row["event"] == "opens":
            assert opening_month(row["date"]) == now
        else:
            assert open_mask(service, now).all()
            assert confirmed_mask(service, now.plus(-1)).all()
            assert not confirmed_mask(service, now).any()


def test_in_march_2024_the_care_at_the_jungles_exit_ends() -> None:
    question = asked(72, route="north_acandi_tijuana")
    table = expiring(the_corridor(), question, months_of("2024-03/2024-10")).set_index(["month", "event"])
    assert table.loc[("2024-03", "closes"), "service_id"].tolist() == ["SV002", "SV003", "SV004"]
    assert (table.loc[("2024-03", "closes"), "hours_at_stake"] > 12).all()
    assert table.loc[[("2024-10", "opens")], "service_id"].tolist() == ["SV005"]
