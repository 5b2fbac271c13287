"""No bare word on the page: what is shown comes from the catalogues, and no colour is written outside the theme."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = [path for folder in ("dashboard", "callbacks") for path in sorted((ROOT / folder).rglob("*.py"))]
SHOWN = [path for path in PAGES if not str(path.relative_to(ROOT)).startswith(("dashboard/text/", "dashboard/theme/"))]
#: Arguments of components whose value a person reads or hears.
READ = {"children", "title", "placeholder", "label", "alt", "aria-label", "data-label"}
WORD = re.compile(r"[A-Za-zÀ-ÿ]{2,}")
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b(?![\w-])|\b(?:rgb|hsl)a?\(")


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def shown_literals(tree: ast.AST) -> list[str]:
    """String literals that stand as what a component shows."""
    found = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        owner = getattr(getattr(node.func, "value", None), "id", "")
        if owner not in {"html", "dcc", "dbc", "dl"}:
            continue
        values = [*node.args[:1], *(one.value for one in node.keywords if one.arg in READ)]
        for value in values:
            parts = value.elts if isinstance(value, ast.List | ast.Tuple) else [value]
            found += [part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)]
    return found


@pytest.mark.parametrize("path", SHOWN, ids=named)
def test_no_component_shows_a_bare_word(path: Path) -> None:
    assert [text for text in shown_literals(ast.parse(path.read_text())) if WORD.search(text)] == []


@pytest.mark.parametrize("path", sorted((ROOT / "dashboard" / "assets").rglob("*.js")), ids=named)
def test_no_script_shows_a_bare_word(path: Path) -> None:
    text = path.read_text()
    assert re.findall(r'(?:textContent|innerText|title|alt)\s*=\s*"[^"]*[A-Za-z]{2,}[^"]*"', text) == []
    assert "innerHTML" not in text


@pytest.mark.parametrize("path", [*SHOWN, *sorted((ROOT / "dashboard" / "assets").rglob("*.[cj]s*"))], ids=named)
def test_no_colour_is_written_outside_the_theme(path: Path) -> None:
    body = path.read_text()
    if path.suffix == ".py":
        body = "\n".join(
            node.value
            for node in ast.walk(ast.parse(body))
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        )
    assert COLOUR.findall(body) == []


def test_every_setting_is_in_the_readme() -> None:
    source = (ROOT / "dashboard" / "settings.py").read_text() + (ROOT / "geodata" / "store" / "place.py").read_text()
    settings = set(re.findall(r"AMPARO_[A-Z_]+", source)) - {"AMPARO_CONTENT_SECURITY_POLICY"}
    readme = (ROOT / "README.md").read_text()
    assert settings
    assert sorted(name for name in settings if f"`{name}`" not in readme) == []


def test_every_command_and_every_dependency_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text()
    makefile = (ROOT / "Makefile").read_text()
    listed = [line.split("==")[0] for line in (ROOT / "requirements.txt").read_text().split()]
    assert sorted(name for name in listed if name.lower() not in readme.lower()) == []
    assert all(f"make {target}" in readme for target in ("run", "test", "check", "bench"))
    assert all(
        re.search(rf"^{target}:", makefile, re.MULTILINE) for target in ("install", "run", "test", "check", "bench")
    )


def test_the_architecture_fits_on_its_pages() -> None:
    assert len((ROOT / "ARCHITECTURE.md").read_text().splitlines()) <= 150
