"""What a map in one file carries with it: Leaflet, jQuery, and the style of the file."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent
#: The style of the places that a question marks: the page's own.
MARKS = "../assets/css/45_marks.css"


@cache
def script(name: str) -> str:
    """The source of a vendored script, as it may stand in a `<script>`; it names no file beside it."""
    return re.sub(r"//# sourceMappingURL=\S+", "", _read(f"vendor/{name}")).replace("</script", "<\\/script")


@cache
def style(name: str) -> str:
    """The text of a stylesheet, as it may stand in a `<style>`; it loads nothing (pictures it names are left out)."""
    return re.sub(r"url\([^)]*\)", "none", _read(name))


def _read(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")
