"""Scenarios as files: what is written is read back alike, and a faulty file is refused with all of its faults."""

from __future__ import annotations

import pytest
from corridors import corridor, leg
from hypothesis import given
from hypothesis import strategies as st

from geodata.errors import SchemaFault, UnreadableFile
from geodata.planning import Change, Scenario
from geodata.planning.scenario import CHANGES, OF_SERVICES, WEEKDAYS, WITH_CAPABILITIES, Visit
from geodata.sources.scenarios import COLUMNS, LONGEST_NAME, scenario_of, written_scenario
from geodata.units import Month

MADE = corridor(
    {"a": (-77.0, 8.0), "b": (-77.0, 8.1), "c": (-76.0, 9.0)},
    [leg("a", "b", (1, 1, 1)), leg("b", "c", (1, 1, 1))],
    services=[{"id": "S", "place_id": "a"}],
)
HEADER = "change,place,lat,lon,service,capabilities,since,until,timetable,cost"


def read(*lines: str, header: str = HEADER, end: str = "\n") -> Scenario:
    return scenario_of(end.join([header, *lines, ""]).encode(), MADE, "plan.csv")


def faults(*lines: str, **more: str) -> list[tuple[str, str]]:
    with pytest.raises(SchemaFault) as refusal:
        read(*lines, **more)
    return [(fault.row, fault.column) for fault in refusal.value.faults]


def test_a_row_is_a_change_as_a_planner_would_write_it() -> None:
    lines = [
        "open,a,,,,clinical_care;shelter,2024-03,,,50000",
        "suspend,,,,S,,2024-03,2024-06,,",
        "mobile,b,,,,clinical_care,,,mon-wed 8-16; Sat 9-12,1200.50",
        "mobile,,,,,clinical_care,,,a mon 8-9; b tue 10-11,",
    ]
    assert list(map(str, read(*lines).changes)) == [
        "open:a:clinical_care.shelter:2024-03::50000",
        "suspend:S::2024-03:2024-06",
        "mobile:b@mon.tue.wed@8-16~b@sat@9-12:clinical_care:::1200.5",
        "mobile:a@mon@8-9~b@tue@10-11:clinical_care",
    ]


def test_a_point_is_the_nearest_place_within_five_km_and_else_refused_with_how_far_it_is() -> None:
    assert read("open,,8.03,-77.0,,shelter,,,,").changes[0].target == "a"
    with pytest.raises(SchemaFault, match=r"the nearest is a, 5\.5 km away"):
        read("open,,8.05,-77.0,,shelter,,,,")


def test_a_place_may_be_given_by_its_name() -> None:
    own = corridor({"a": (-77.0, 8.0), "b": (-77.0, 8.1)}, [leg("a", "b", (1, 1, 1))])
    own.places.loc["a", "name"], own.places.loc["b", "name_en"] = "Bajo Chiquito", "The Port"
    for text, place in (("bajo chiquito", "a"), ("The port", "b")):
        body = f"change,place,capabilities\nopen,{text},shelter\n".encode()
        assert scenario_of(body, own, "plan.csv").changes[0].target == place
    own.places.loc["b", "name_es"] = "Bajo Chiquito"
    with pytest.raises(SchemaFault, match="write one of a, b"):
        scenario_of(b"change,place,capabilities\nopen,Bajo Chiquito,shelter\n", own, "plan.csv")


@pytest.mark.parametrize("form", ["bom", "semicolons", "crlf", "blank lines"])
def test_what_a_spreadsheet_makes_of_the_file_is_read_too(form: str) -> None:
    lines = ["change,place,capabilities,cost", 'open,a,"shelter;clinical_care",5', ""]
    body = "\n".join(lines)
    match form:
        case "bom":
            body = "\ufeff" + body
        case "semicolons":
            body = 'Change;place;capabilities;cost\nopen;a;"shelter;clinical_care";5\n'
        case "crlf":
            body = "\r\n".join(lines)
        case _:
            body += ",,,\n,,,\n"
    assert list(map(str, scenario_of(body.encode(), MADE, "plan.csv").changes)) == ["open:a:shelter.clinical_care:::5"]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("build,a,,,,shelter,,,,", ["change"]),
        ("open,,,,,shelter,,,,", ["place"]),
        ("open,nowhere,,,,shelter,,,,", ["place"]),
        ("open,a,8.0,-77.0,,shelter,,,,", ["place"]),
        ('open,,"8,0",-77.0,,shelter,,,,', ["lat"]),
        ("open,a,,,S,shelter,,,,", ["service"]),
        ("open,a,,,,magic,,,,", ["capabilities"]),
        ("open,a,,,,,,,,", [""]),
        ("open,a,,,,shelter,2024-3,,,", ["since"]),
        ("open,a,,,,shelter,2024-03,2024-03,,", [""]),
        ("open,a,,,,shelter,,,,1.000,00", [""]),
        ("open,a,,,,shelter,,,,-5", ["cost"]),
        ("close,,,,gone,,,,,", ["service"]),
        ("close,a,,,S,,,,,", ["place"]),
        ("close,,,,S,shelter,,,,", [""]),
        ("suspend,,,,S,,,,,", [""]),
        ("mobile,a,,,,shelter,,,,", ["timetable"]),
        ("mobile,a,,,,shelter,,,mon 16-8,", ["timetable"]),
        ("mobile,a,,,,shelter,,,Monday 8-16,", ["timetable"]),
        ("mobile,,,,,shelter,,,mon 8-16,", ["timetable"]),
        ("open,a,,,,shelter,,,mon 8-16,", ["timetable"]),
    ],
)
def test_a_fault_is_told_with_its_row_and_column(line: str, found: list[str]) -> None:
    assert faults("open,a,,,,shelter,,,,", line) == [("3", column) for column in found]


def test_every_fault_is_told_and_nothing_is_taken() -> None:
    lines = ["open,nowhere,,,,magic,2024-13,,,x", "build,,,,,,,,,", "close,,,,S,,,,,"]
    wanted = [("2", "place"), ("2", "since"), ("2", "cost"), ("2", "capabilities"), ("3", "change")]
    assert sorted(faults(*lines)) == sorted(wanted)


@pytest.mark.parametrize(
    ("header", "columns"), [("change,plaza", ["plaza"]), ("place", ["change"]), ("change,place,place", ["place"])]
)
def test_a_header_that_is_not_ours_is_refused(header: str, columns: list[str]) -> None:
    assert faults(header=header) == [("1", column) for column in columns]


def test_a_file_holds_one_scenario_with_a_short_name() -> None:
    header = "scenario,change,service"
    assert read("Cierre,close,S", ",close,S", header=header).name == "Cierre"
    assert faults("Cierre,close,S", "Otro,close,S", header=header) == [("3", "scenario")]
    assert faults(f"{'x' * (LONGEST_NAME + 1)},close,S", header=header) == [("2", "scenario")]
    assert faults(header=header) == [("2", "change")]


@pytest.mark.parametrize("body", [b"", b"\xff\xfe\x00", b"change\n" + b"x" * 200_000])
def test_what_is_no_such_file_is_refused(body: bytes) -> None:
    with pytest.raises(UnreadableFile):
        scenario_of(body, MADE, "plan.csv")


@st.composite
def changes(draw: st.DrawFn) -> Change:
    kind = draw(st.sampled_from(CHANGES))
    since = draw(st.none() | st.just(Month(2024, 3)))
    until = draw(st.none() | st.just(Month(2025, 1)))
    words = draw(st.lists(st.sampled_from(["shelter", "legal_aid", "clinical_care"]), min_size=1, unique=True))
    cost = draw(st.none() | st.integers(0, 10**9).map(lambda cents: cents / 100))
    visits = draw(st.lists(visits_(), min_size=1, max_size=3)) if kind == "mobile" else []
    return Change(
        kind=kind,
        target="" if kind == "mobile" else "S" if kind in OF_SERVICES else draw(st.sampled_from("abc")),
        capabilities=tuple(words) if kind in WITH_CAPABILITIES else (),
        since=Month(2024, 3) if kind in {"suspend", "move"} else since,
        until=until,
        cost=cost,
        visits=tuple(visits),
    )


@st.composite
def visits_(draw: st.DrawFn) -> Visit:
    days = draw(st.sets(st.sampled_from(WEEKDAYS), min_size=1))
    start = draw(st.integers(0, 23))
    return Visit(
        draw(st.sampled_from("abc")),
        tuple(day for day in WEEKDAYS if day in days),
        start,
        draw(st.integers(start + 1, 24)),
    )


NAMES = st.text(st.characters(categories=["L", "N", "P", "Sm"]), max_size=20)


@given(NAMES, st.lists(changes(), min_size=1, max_size=5))
def test_what_is_written_is_read_back_alike(name: str, made: list[Change]) -> None:
    scenario = Scenario(name, tuple(made))
    body = written_scenario(scenario)
    assert body.decode().splitlines()[0] == ",".join(COLUMNS)
    assert scenario_of(body, MADE, "plan.csv") == scenario
