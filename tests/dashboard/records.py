"""What the reference lists, for tests that need its words without a corridor."""

from __future__ import annotations

from geodata.reference import read_reference

CAPABILITIES = tuple(read_reference()["capabilities"].sort_values("rank")["id"])
