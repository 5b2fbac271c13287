"""Where the store is, by the settings."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

PROJECT = Path(__file__).parents[2]


def store_url(settings: Mapping[str, str]) -> str:
    """The URL of the store: AMPARO_STORE as it stands, else the file `amparo.sqlite` in AMPARO_VAR, else in `var/`."""
    if settings.get("AMPARO_STORE"):
        return settings["AMPARO_STORE"]
    folder = Path(settings.get("AMPARO_VAR") or PROJECT / "var")
    return f"sqlite:///{(folder / 'amparo.sqlite').absolute()}"
