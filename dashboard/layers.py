"""The geometry that the browser fetches once per data version: named, hashed and compressed at the start."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import brotli
import orjson
from werkzeug.datastructures import Accept

#: The first that the browser takes is sent.
ENCODINGS = ("br", "gzip")


@dataclass(frozen=True)
class Layer:
    """One file of geometry: its JSON text, the hash of it that stands in its address, and its compressed forms."""

    name: str
    sha: str
    plain: bytes
    br: bytes
    gzip: bytes

    @classmethod
    def of(cls, name: str, content: Any) -> Layer:  # noqa: ANN401 - any JSON
        """The layer of any JSON content; equal content has an equal hash."""
        plain = orjson.dumps(content)
        return cls(
            name=name,
            sha=hashlib.sha256(plain).hexdigest()[:16],
            plain=plain,
            br=brotli.compress(plain, quality=11),
            gzip=gzip.compress(plain, 9, mtime=0),
        )

    @property
    def url(self) -> str:
        """Where the browser finds it."""
        return f"/layers/{self.name}.{self.sha}.json"

    def encoded(self, accepted: Accept) -> tuple[bytes, str]:
        """The bytes to send and the name of their encoding, "" where the browser takes none of ours."""
        encoding = next((one for one in ENCODINGS if accepted.quality(one) > 0), "")
        return {"br": self.br, "gzip": self.gzip, "": self.plain}[encoding], encoding


class LayerStore:
    """Every layer of one data version, by name. Made at the start, never changed."""

    def __init__(self, layers: Iterable[Layer]) -> None:
        self._layers = {layer.name: layer for layer in layers}

    def __iter__(self) -> Iterator[Layer]:
        return iter(self._layers.values())

    def get(self, name: str, sha: str) -> Layer | None:
        """The layer of that name and hash; None where there is none, or where it has another hash by now."""
        layer = self._layers.get(name)
        return layer if layer is not None and layer.sha == sha else None

    @property
    def urls(self) -> dict[str, str]:
        """Each layer's address, by its name."""
        return {name: layer.url for name, layer in self._layers.items()}
