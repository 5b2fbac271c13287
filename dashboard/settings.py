"""What a deployment may set: the `AMPARO_*` environment, each with a default."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from geodata.errors import AmparoError


class SettingRefused(AmparoError):
    """A setting holds what cannot be used; the text names it, its value and the remedy."""


@dataclass(frozen=True)
class Settings:
    """The settings of one server; `tiles` is a tile URL template, "" for the project's own basemap alone."""

    host: str = "127.0.0.1"
    port: int = 8050
    workers: int = 2
    threads: int = 8
    body_limit_kb: int = 64
    tiles: str = ""
    tiles_attribution: str = ""

    @classmethod
    def of(cls, environ: Mapping[str, str]) -> Settings:
        """The settings that an environment holds; an absent or blank one has its default.

        Raises `SettingRefused` where a number is not one, or not positive, or the tiles are no http(s) address.
        """
        return cls(
            host=environ.get("AMPARO_HOST", "") or cls.host,
            port=_whole(environ, "AMPARO_PORT", cls.port),
            workers=_whole(environ, "AMPARO_WORKERS", cls.workers),
            threads=_whole(environ, "AMPARO_THREADS", cls.threads),
            body_limit_kb=_whole(environ, "AMPARO_BODY_LIMIT_KB", cls.body_limit_kb),
            tiles=_address(environ, "AMPARO_TILES"),
            tiles_attribution=environ.get("AMPARO_TILES_ATTRIBUTION", ""),
        )

    @property
    def address(self) -> str:
        """Where a browser on this machine finds the page; every interface is read as this machine."""
        host = "127.0.0.1" if self.host in ("0.0.0.0", "::", "") else self.host  # noqa: S104
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"

    @property
    def tiles_origin(self) -> str:
        """The one outside origin the page may load pictures from; "" where no tiles are set."""
        parts = urlsplit(self.tiles)
        return f"{parts.scheme}://{parts.netloc.replace('{s}', '*')}" if self.tiles else ""


def _whole(environ: Mapping[str, str], name: str, default: int) -> int:
    text = environ.get(name, "").strip()
    if not text:
        return default
    if not text.isdecimal() or int(text) == 0:
        raise SettingRefused(f"{name} is {text!r}: give a whole number above zero, or leave it out for {default}.")
    return int(text)


def _address(environ: Mapping[str, str], name: str) -> str:
    text = environ.get(name, "").strip()
    parts = urlsplit(text)
    clean = parts.netloc.isascii() and not set(" ;,'\"") & set(parts.netloc)
    if text and not (parts.scheme in ("http", "https") and parts.netloc and clean):
        raise SettingRefused(f"{name} is {text!r}: give an http(s) address such as https://host/{{z}}/{{x}}/{{y}}.png.")
    return text
