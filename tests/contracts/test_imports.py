"""Who may import whom, and which absences hold: read from the imports themselves."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("geodata", "dashboard", "callbacks")
FILES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
WEB = {
    "dash",
    "dash_leaflet",
    "dash_bootstrap_components",
    "flask",
    "flask_compress",
    "plotly",
    "folium",
    "branca",
    "babel",
    "jinja2",
    "markupsafe",
}
#: Which rooms of geodata may import which others; a room not named may import none.
ROOMS = {
    "errors": set(),
    "units": {"errors"},
    "schema": set(),
    "values": {"errors", "schema", "units"},
    "tables": {"errors", "schema", "units", "values"},
    "snapshot": {"errors", "schema", "tables"},
    "reference": {"errors", "schema", "tables", "units"},
    "sources": {"corridor", "errors", "planning", "schema", "tables", "units", "values"},
    "store": {"errors", "units", "values", "reference", "schema", "snapshot", "sources", "tables"},
    "protection": set(),
    "corridor": {"errors", "protection", "reference", "schema", "snapshot", "units"},
    "coverage": {"corridor", "errors", "protection", "schema", "units"},
    "indicators": {"corridor", "coverage", "errors", "schema", "snapshot", "store", "tables", "units", "values"},
    "planning": {"corridor", "coverage", "errors", "protection", "schema", "units"},
    "sheets": set(),
    "commands": {
        "corridor",
        "coverage",
        "errors",
        "indicators",
        "planning",
        "protection",
        "reference",
        "schema",
        "sheets",
        "snapshot",
        "sources",
        "store",
        "tables",
        "units",
    },
    "__main__": {"commands", "errors"},
}


def imported(path: Path) -> Iterator[str]:
    """The full names of the modules that a file imports."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def package_of(path: Path) -> str:
    return path.relative_to(ROOT).parts[0]


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def roots(path: Path) -> set[str]:
    return {name.split(".")[0] for name in imported(path)}


@pytest.mark.parametrize("path", FILES, ids=named)
def test_arrows_run_from_callbacks_over_dashboard_to_geodata(path: Path) -> None:
    allowed = {
        "geodata": {"geodata"},
        "dashboard": {"geodata", "dashboard"},
        "callbacks": {"geodata", "dashboard", "callbacks"},
    }
    own = set(PACKAGES) if named(path) == "dashboard/app.py" else allowed[package_of(path)]
    assert roots(path) & set(PACKAGES) <= own


def test_nothing_imports_the_composition_root() -> None:
    assert [named(path) for path in FILES if "dashboard.app" in imported(path)] == []


@pytest.mark.parametrize("path", [path for path in FILES if package_of(path) == "geodata"], ids=named)
def test_geodata_knows_no_page_no_map_library_and_no_language(path: Path) -> None:
    assert roots(path) & WEB == set()


@pytest.mark.parametrize("path", [path for path in FILES if package_of(path) == "callbacks"], ids=named)
def test_callbacks_do_no_arithmetic_on_tables(path: Path) -> None:
    assert roots(path) & {"pandas", "numpy", "geopandas", "shapely"} == set()


@pytest.mark.parametrize("path", [path for path in FILES if package_of(path) == "geodata"], ids=named)
def test_rooms_of_geodata_import_only_the_rooms_below_them(path: Path) -> None:
    room = path.relative_to(ROOT / "geodata").parts[0].removesuffix(".py")
    if room == "__init__":
        return
    others = {name.split(".")[1] for name in imported(path) if name.startswith("geodata.")} - {room}
    known = {other for other in others if other in ROOMS}
    assert room in ROOMS, f"{room} is a new room: say in ROOMS what it may import"
    assert known <= ROOMS[room]


@pytest.mark.parametrize("path", sorted((ROOT / "geodata" / "planning" / "optima").glob("*.py")), ids=named)
def test_the_solvers_know_nothing_of_the_corridor(path: Path) -> None:
    ours = {name for name in imported(path) if name.startswith("geodata.")}
    assert {name for name in ours if not name.startswith(("geodata.planning.optima", "geodata.errors"))} == set()


def test_every_third_party_import_is_a_named_dependency() -> None:
    listed = {line.split("==")[0].lower() for line in (ROOT / "requirements.txt").read_text().split()}
    names = {
        "sqlalchemy": "sqlalchemy",
        "python_calamine": "python-calamine",
        "flask_compress": "flask-compress",
        "flask": "dash",
    }
    names |= {
        "branca": "folium",
        "dash_leaflet": "dash-leaflet",
        "dash_bootstrap_components": "dash-bootstrap-components",
        "werkzeug": "dash",
        "jinja2": "dash",
        "markupsafe": "dash",
    }
    own = set(PACKAGES) | set(sys.stdlib_module_names)
    found = {root for path in FILES for root in roots(path)} - own
    assert {root for root in found if names.get(root, root).lower() not in listed} == set()


@pytest.mark.parametrize("path", FILES, ids=named)
def test_data_files_are_opened_only_where_data_is_read(path: Path) -> None:
    """Readers and writers live where data, words and what a map carries are kept, and in the command line's output."""
    allowed = (
        "geodata/sources/",
        "geodata/store/",
        "geodata/reference/",
        "geodata/commands/output.py",
        "dashboard/text/",
        "dashboard/questions/records.py",
        "dashboard/exports/",
        "dashboard/jobs/",
    )
    if named(path).startswith(allowed):
        return
    opening = {"open", "read_csv", "read_file", "read_text", "read_bytes", "read_excel", "read_parquet"}
    calls = [node.func for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    found = {getattr(call, "attr", getattr(call, "id", "")) for call in calls} & opening
    assert found == set()


@pytest.mark.parametrize("path", FILES, ids=named)
def test_no_module_holds_state(path: Path) -> None:
    """A module's own names are constants: no empty dict, list or set waits at module level to be filled."""
    for node in ast.parse(path.read_text()).body:
        value = getattr(node, "value", None) if isinstance(node, ast.Assign | ast.AnnAssign) else None
        empty = isinstance(value, ast.Dict | ast.List | ast.Set) and not getattr(
            value, "elts", getattr(value, "keys", None)
        )
        called = isinstance(value, ast.Call) and getattr(value.func, "id", "") in {"dict", "list", "set", "Lock"}
        assert not empty, f"line {node.lineno}"
        assert not (called and not value.args and not value.keywords), f"line {node.lineno}"  # type: ignore[union-attr]


@pytest.mark.parametrize("path", [path for path in FILES if package_of(path) != "geodata"], ids=named)
def test_suppress_callback_exceptions_stays_off(path: Path) -> None:
    assert "suppress_callback_exceptions" not in path.read_text()
